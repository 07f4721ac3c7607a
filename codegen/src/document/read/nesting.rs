//! Lists and mappings in brackets, one in another without end.
//!
//! The YAML parser looks at all that are open with each token it takes, so a short text of nothing but opening
//! brackets would keep it for minutes. No parser here takes more than 128 levels, so whatever has far more is refused
//! before.

use saphyr_parser::{Event, Parser};

/// So many levels are worth a closer look.
const MANY: usize = 1_000;

/// Most levels that the parsers take.
pub(crate) const DEEPEST: usize = 128;

/// Where a YAML text opens one bracket too many; nothing where it stays in bounds.
///
/// Found out in two steps: a glance that counts brackets, and may count some that are text, and a parser that goes forward by tokens and stops at the limit.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    if !is_suspicious(text) {
        return None;
    }
    let mut depth = 0;
    let mut parser = Parser::new_from_str(text);
    let place = |character: usize| text.char_indices().map(|(index, _)| index).nth(character);
    while let Some(next) = parser.next_event() {
        let (event, span) = match next {
            Ok(next) => next,
            // This parser has a limit of its own, which is twice as high.
            Err(error) if error.info().contains("recursion limit") => {
                return place(error.marker().index());
            }
            Err(_) => return None,
        };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            _ => {}
        }
        if depth > DEEPEST {
            return place(span.start.index());
        }
    }
    None
}

/// What stands around a bracket.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Nothing,
    Quotes(u8),
    Comment,
    /// Brackets may stand in a tag: it is a URI.
    Tag,
}

/// Whether so many brackets may be open somewhere: all that open one count, and those alone that
/// surely close one.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut open, mut around, mut at) = (0_usize, Around::Nothing, 0);
    while let Some(&byte) = bytes.get(at) {
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        let begins = matches!(
            before,
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b'{' | b':'
        );
        around = match (around, byte) {
            (Around::Quotes(b'"'), b'\\') => {
                at += 1;
                around
            }
            (Around::Quotes(b'\''), b'\'') if bytes.get(at + 1) == Some(&b'\'') => {
                at += 1;
                around
            }
            (Around::Quotes(end), _) if end == byte => Around::Nothing,
            (Around::Comment, b'\n') | (Around::Tag, b' ' | b'\t' | b'\r' | b'\n') => {
                Around::Nothing
            }
            (Around::Nothing, b'"' | b'\'') if begins => Around::Quotes(byte),
            (Around::Nothing, b'#') if begins => Around::Comment,
            (Around::Nothing, b'!') if begins => Around::Tag,
            _ => around,
        };
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' if around == Around::Nothing => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MANY {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_and_never_closed_is_found_where_it_goes_too_far() {
        for (open, width) in [
            ("[", 1),
            ("{a: ", 4),
            ("[ \"]\" , ", 8),
            ("[ # ]\n  ", 8),
            ("[ \"\n  ]\" , ", 11),
            ("[ \"\\\"]\" , ", 10),
            ("[ ''']' , ", 10),
            ("[ !<]> a, ", 10),
        ] {
            let text = format!("é: {}", open.repeat(5_000));
            let place = too_deep(&text).unwrap_or_else(|| panic!("{open:?} is taken"));
            let depth = (place - "é: ".len()) / width;
            assert!(
                (DEEPEST - 1..=2 * DEEPEST).contains(&depth),
                "{open}: {depth}"
            );
        }
    }

    #[test]
    fn brackets_that_are_text_do_no_harm() {
        for text in ["x: \"", "x: |\n  [\n  ", "x: a "] {
            let text = format!("{text}{}", "[".repeat(3_000));
            assert_eq!(too_deep(&text), None, "{}", &text[..20]);
        }
        assert_eq!(too_deep(&"- [a, {b: c}]\n".repeat(3_000)), None);
    }
}
