//! Lists and mappings in brackets, one in another without end.
//!
//! The YAML parser looks at all that are open with each token it takes, so a short text of nothing but opening
//! brackets would keep it for minutes. No parser here takes more than 128 levels, so whatever has far more is refused
//! before.

use saphyr_parser::{Event, Parser};

/// So many levels are worth a closer look.
const MANY: usize = 1_000;

/// Most levels that the parsers take.
pub(super) const DEEPEST: usize = 128;

/// Where a YAML text opens one bracket too many; nothing where it stays in bounds.
///
/// Found out in two steps: a glance that counts brackets, which can be misled by text in brackets
/// that are no syntax, and a parser that goes forward by tokens and stops at the limit.
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

/// Whether so many brackets are open somewhere, those in quotes on their line left aside.
fn is_suspicious(text: &str) -> bool {
    let mut open = 0_usize;
    let mut quote = None;
    let mut before = b'\n';
    for byte in text.bytes() {
        match (quote, byte) {
            (_, b'\n') => quote = None,
            (Some(end), _) if end == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if matches!(before, b' ' | b'\n' | b',' | b'[' | b'{' | b':') => {
                quote = Some(byte);
            }
            (None, b'[' | b'{') => open += 1,
            (None, b']' | b'}') => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MANY {
            return true;
        }
        before = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_and_never_closed_is_found_where_it_goes_too_far() {
        for (open, width) in [("[", 1), ("{a: ", 4), ("[ \"]\" , ", 8)] {
            let place = too_deep(&format!("é: {}", open.repeat(5_000)));
            let depth = (place.unwrap() - "é: ".len()) / width;
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
