//! A document's Markdown made harmless for rustdoc.
//!
//! The text is parsed with the parser that rustdoc uses and written anew from what was found,
//! so nothing in it can become a doc test, HTML, or a link to code:
//! - code of every kind is fenced as `text`;
//! - HTML is made Markdown, and where that has no form for it shown, not rendered;
//! - links lead to `http`, `https` and `mailto` alone, images are their text;
//! - characters that are invisible or turn the direction of writing are left out
//!   (Unicode Technical Report 36, section 2.10).

mod events;
mod known;

pub(super) use known::forget;

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser};
use pulldown_cmark_to_cmark::cmark_with_options;

use super::html;

/// Width that paragraphs are broken at.
const WIDTH: usize = 92;

/// Rewrites `CommonMark` of unknown origin.
pub(super) fn sanitise(text: &str) -> String {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return String::new();
    }
    if is_plain(trimmed) {
        return wrap(trimmed);
    }
    known::text(text, rewritten)
}

/// As [`sanitise`], for a text that means something to Markdown.
fn rewritten(text: &str) -> String {
    let visible = visible(text).replace('\t', "    ");
    if visible.trim().is_empty() {
        return String::new();
    }
    let markdown = html::to_markdown(visible.trim());
    let as_it_is = || format!("```text\n{}\n```", visible.replace("```", "'''"));
    let parser = Parser::new_ext(markdown.trim(), Options::ENABLE_TABLES);
    let Some(events) = events::rewritten(parser) else {
        return as_it_is();
    };
    let options = pulldown_cmark_to_cmark::Options {
        list_token: '-',
        code_block_token_count: 3,
        ..pulldown_cmark_to_cmark::Options::default()
    };
    let mut written = String::with_capacity(visible.len());
    let source = Options::ENABLE_TABLES;
    let state = cmark_with_options(events.iter(), &mut written, source, options);
    match state {
        Ok(_) => wrap(written.trim_matches('\n')),
        // Text that can't be written as Markdown is shown as it is.
        Err(_) => as_it_is(),
    }
}

/// Whether a text is one line of words, of code, and of signs that mean nothing to Markdown where they
/// stand: written anew, it is what it was.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| PLAIN[usize::from(byte)];
    let code =
        |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'<' | b'>' | b'&' | b'\\');
    let mut spans = 0;
    let are_fit = text.split('`').enumerate().all(|(index, part)| {
        spans = index;
        // Code stands at every other place.
        if index % 2 == 0 {
            part.bytes().all(plain) && !part.contains("://")
        } else {
            part.bytes().all(code) && !part.is_empty() && part == part.trim()
        }
    });
    are_fit
        && spans % 2 == 0
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.contains("  ")
}

/// Which bytes mean nothing to Markdown; a table, because all documentation is looked up in it.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b' ' | b','
                    | b'.'
                    | b';'
                    | b':'
                    | b'\''
                    | b'"'
                    | b'('
                    | b')'
                    | b'/'
                    | b'?'
                    | b'%'
                    | b'-'
            );
        byte += 1;
    }
    plain
};

/// The text without control, invisible and direction-changing characters.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let is_shown = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if !text.bytes().all(is_shown) && text.chars().any(invisible) {
        Cow::Owned(
            text.replace("\r\n", "\n")
                .chars()
                .filter(|&it| !invisible(it))
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a character can't be seen but changes what is.
pub(super) fn invisible(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => true,
        other => other.is_control(),
    }
}

/// Breaks the lines of paragraphs and lists; everything else keeps its lines.
pub(super) fn wrap(markdown: &str) -> String {
    let mut fenced = false;
    let mut wrapped = String::with_capacity(markdown.len() + 16);
    for (index, line) in markdown.lines().enumerate() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if index > 0 {
            wrapped.push('\n');
        }
        let keeps = line.trim_start().starts_with(['|', '>', '#']);
        if fenced || fence || keeps || line.len() <= WIDTH {
            wrapped.push_str(line);
        } else {
            let indent = indent(line);
            wrapped.push_str(&line[..line.len() - line.trim_start().len()]);
            wrap_line(line, &" ".repeat(indent), &mut wrapped);
        }
    }
    wrapped
}

/// Where the text of a line begins, behind blanks and the mark of a list's item.
fn indent(line: &str) -> usize {
    let text = line.trim_start();
    let blank = line.len() - text.len();
    let (mark, _) = text.split_once(' ').unwrap_or_default();
    let number = mark.trim_end_matches(['.', ')']);
    let is_number = number.len() < mark.len() && number.chars().all(|it| it.is_ascii_digit());
    if mark == "-" || mark == "*" || mark == "+" || (is_number && !number.is_empty()) {
        let behind = text[mark.len()..].trim_start();
        line.len() - behind.len()
    } else {
        blank
    }
}

fn wrap_line(line: &str, indent: &str, wrapped: &mut String) {
    let start = line.len() - line.trim_start().len();
    let mut column = start;
    let hard_break = line.ends_with("  ");
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        // A word that would start a list, a heading or the like stays where it is.
        // So does one that would begin HTML, a footnote or a block of code, in a span of code that is cut here.
        let starts = |first: char| first.is_alphabetic() || "`(\"'<[".contains(first);
        let is_link = word.starts_with("<http") || word.starts_with("<mailto:");
        let plain = word.starts_with(starts)
            && (is_link || !word.starts_with('<'))
            && !["```", "[^"].iter().any(|mark| word.starts_with(mark));
        let width = word.chars().count();
        // The mark of an item alone would be text, or make a heading of the line above (CommonMark 5.2).
        if column > indent.len() && column + 1 + width > WIDTH && plain {
            wrapped.push('\n');
            wrapped.push_str(indent);
            column = indent.len();
        } else if column > start {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += width;
    }
    if hard_break {
        wrapped.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::sanitise;

    #[test]
    fn code_never_becomes_a_doc_test() {
        assert_eq!(sanitise("```rust\npanic!()\n```"), "```text\npanic!()\n```");
        assert_eq!(
            sanitise("Before\n\n    panic!()"),
            "Before\n\n```text\npanic!()\n```"
        );
        assert_eq!(sanitise("~~~\npanic!()\n"), "```text\npanic!()\n```");
    }

    #[test]
    fn plain_text_is_what_it_would_be_if_it_was_parsed() {
        let signs = "A, b. c; d: e's \"f\" (g) h/i? 100% - j-k";
        assert!(super::is_plain(signs));
        // The sign at the end makes Markdown of it, and is the only one to be escaped.
        assert_eq!(sanitise(&format!("{signs}*")), format!("{signs}\\*"));
        let code = "A `b_c` and `d *e* [f]` g.";
        assert!(super::is_plain(code));
        assert_eq!(sanitise(&format!("{code}*")), format!("{code}\\*"));
        for text in [
            "1. a",
            "- a",
            "a *b*",
            "a  b",
            "http://a.example",
            "a\nb",
            "a <b>",
            "a `b",
            "a ``b``",
            "a ` b` c",
        ] {
            assert!(!super::is_plain(text), "{text}");
        }
    }

    #[test]
    fn html_is_shown() {
        assert_eq!(sanitise("a <x>c</x>"), r"a \<x>c\</x>");
        assert_eq!(sanitise("a <b>c</b>"), "a **c**");
        assert_eq!(
            sanitise("<pre>`http://a.example/?b=c&amp;d`</pre>"),
            r"\<pre>\`<http://a.example/?b=c&amp;d>\`\</pre>"
        );
        assert!(!sanitise("<script>\nalert(1)\n</script>").contains("\n<"));
    }

    #[test]
    fn links_lead_out_or_nowhere() {
        assert_eq!(sanitise("[a](javascript:x)"), "a");
        assert_eq!(
            sanitise("[a](https://example.com)"),
            "[a](https://example.com)"
        );
        assert_eq!(
            sanitise("see https://example.com."),
            "see <https://example.com>."
        );
        assert_eq!(sanitise("![a](https://example.com/x.png)"), "a");
        assert_eq!(sanitise("an [intra_doc] link"), r"an \[intra_doc\] link");
    }

    #[test]
    fn invisible_characters_go() {
        assert_eq!(sanitise("a\u{202E}b\u{200B}c\0"), "abc");
        assert_eq!(sanitise("a&#x202e;b&#8203;c&#13;d&#9;e"), "abcd e");
        let link = sanitise("[a&#x202e;b](http://a.example/&#x202e;)");
        assert_eq!(link, "[ab](http://a.example/)");
    }

    #[test]
    fn lines_begin_with_words() {
        for code in ["<script>alert(1)</script>", "```rust", "````"] {
            let text = format!("{} ````` {code} `````", "word ".repeat(15));
            let lines = sanitise(&text);
            let is_word = |line: &str| !line.starts_with('<') && !line.starts_with("```");
            assert!(lines.lines().all(is_word), "{lines}");
        }
    }

    #[test]
    fn the_mark_of_an_item_keeps_its_first_word() {
        let link = format!("[`{}`](a::B::c)", "long_name_".repeat(12));
        let list = format!("- parent\n    - {link} and so on\n    12. {link}");
        let (first, second) = (format!("    - {link}\n"), format!("    12. {link}"));
        let wrapped = super::wrap(&list);
        assert!(
            wrapped.contains(&first) && wrapped.ends_with(&second),
            "{wrapped}"
        );
    }

    #[test]
    fn long_paragraphs_are_wrapped() {
        let text = "word ".repeat(60);
        assert!(sanitise(&text).lines().all(|line| line.len() <= 92));
    }
}
