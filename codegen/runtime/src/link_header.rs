//! The `Link` header (RFC 8288, "Web Linking").

use reqwest::header::{HeaderMap, LINK};

use super::cursor::Paging;

impl Paging {
    /// The `Link` header contains the URL of the next page, in a link with `rel="next"`.
    pub const LINK: Self = Self::Header(next);
}

/// The target of the first link whose relation is `next`.
///
/// An invalid header is parsed up to its first error.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        let target = Links(&text).find(|link| link.is_next)?.target;
        Some(target.to_owned())
    })
}

/// A link of the header.
struct Link<'a> {
    target: &'a str,
    is_next: bool,
}

/// An iterator over the links of a header (RFC 8288, appendix B.2).
struct Links<'a>(&'a str);

impl<'a> Iterator for Links<'a> {
    type Item = Link<'a>;

    fn next(&mut self) -> Option<Link<'a>> {
        let rest = self.0.trim_start_matches([' ', '\t', ',']);
        let (target, mut rest) = rest.strip_prefix('<')?.split_once('>')?;
        let (mut relation, mut has_anchor) = (None, false);
        while let Some(after) = rest.trim_start_matches([' ', '\t']).strip_prefix(';') {
            let (name, value, after) = parameter(after);
            match name.to_ascii_lowercase().as_str() {
                // Only the first one counts (RFC 8288, 3.3).
                "rel" => {
                    relation.get_or_insert(value);
                }
                "anchor" => has_anchor = true,
                _ => {}
            }
            rest = after;
        }
        self.0 = rest;
        let relation = relation.unwrap_or_default();
        let mut relations = relation.split_ascii_whitespace();
        // A link with an anchor is about another resource than the page (RFC 8288, 3.2).
        let is_next = !has_anchor && relations.any(|it| it.eq_ignore_ascii_case("next"));
        Some(Link { target, is_next })
    }
}

/// The name and the value of a link's parameter, and the rest of the text.
fn parameter(text: &str) -> (&str, String, &str) {
    let at = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(at);
    let name = name.trim_matches([' ', '\t']);
    let Some(value) = rest.strip_prefix('=') else {
        return (name, String::new(), rest);
    };
    let value = value.trim_start_matches([' ', '\t']);
    if let Some(quoted) = value.strip_prefix('"') {
        let (value, rest) = unquote(quoted);
        return (name, value, rest);
    }
    let (value, rest) = value.split_at(value.find([';', ',']).unwrap_or(value.len()));
    (name, value.trim_end().to_owned(), rest)
}

/// The value of a quoted string (RFC 9110, 5.6.4) after its first quote, and the rest of the text. An
/// unclosed one extends to the end.
fn unquote(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (text, &quoted[at + 1..]),
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            other => text.push(other),
        }
    }
    (text, "")
}
