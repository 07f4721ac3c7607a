//! The text of a path to a query: segments and selectors (RFC 9535, sections 2.2, 2.3 and 2.5).

use super::condition::condition;
use super::query::{Query, Segment, Selector};
use super::scanner::Scanner;

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// The byte of the text where that shows.
    pub(crate) at: usize,
    /// What is wrong there.
    pub(crate) message: String,
    /// How to write it.
    pub(crate) help: Option<String>,
}

impl Invalid {
    pub(super) fn at(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads a whole path.
pub(super) fn parse(text: &str) -> Result<Query, Invalid> {
    let mut text = Scanner::new(text);
    if !text.take("$") {
        let invalid = text.invalid("a path starts with `$`");
        return Err(invalid.help("`$` is the whole description, `$.info` its `info`"));
    }
    let query = segments(&mut text)?;
    if text.peek().is_some() {
        let invalid = text.invalid("expected `.`, `[` or the end of the path");
        return Err(invalid.help("names of other characters are written as `['x-name']`"));
    }
    Ok(query)
}

/// Reads segments, as many as there are.
pub(super) fn segments(text: &mut Scanner<'_>) -> Result<Query, Invalid> {
    let mut query = Query::default();
    loop {
        let before = text.at;
        text.space();
        let start = text.at;
        let Some((descends, selectors)) = segment(text)? else {
            // Whitespace belongs to what follows it.
            text.at = before;
            return Ok(query);
        };
        query.segments.push(Segment {
            descends,
            selectors,
            span: start..text.at,
        });
    }
}

fn segment(text: &mut Scanner<'_>) -> Result<Option<(bool, Vec<Selector>)>, Invalid> {
    let descends = text.take("..");
    if !descends && text.peek() == Some('[') || descends && text.peek() == Some('[') {
        return Ok(Some((descends, bracketed(text)?)));
    }
    if !descends && !text.take(".") {
        return Ok(None);
    }
    if text.take("*") {
        return Ok(Some((descends, vec![Selector::Wildcard])));
    }
    Ok(Some((descends, vec![Selector::Name(shorthand(text)?)])))
}

/// The name behind a dot.
fn shorthand(text: &mut Scanner<'_>) -> Result<String, Invalid> {
    let starts = |sign: char| sign.is_ascii_alphabetic() || sign == '_' || !sign.is_ascii();
    let start = text.at;
    if !text.peek().is_some_and(starts) {
        let name = text
            .rest()
            .split(['.', '[', ' '])
            .next()
            .unwrap_or_default();
        let invalid = text.invalid("expected a name or `*`");
        return Err(if quotable(name) {
            invalid.help(format!("write `['{name}']`, without the dot"))
        } else {
            invalid
        });
    }
    let name = text.take_while(|sign| starts(sign) || sign.is_ascii_digit());
    // A dash is what names of extensions have, and no name behind a dot.
    if text.peek() == Some('-') {
        let more = text.take_while(|sign| starts(sign) || sign.is_ascii_digit() || sign == '-');
        let message = format!("`{name}{more}` can't be written behind a dot: it contains `-`");
        let help = format!("write `['{name}{more}']`, without the dot");
        return Err(Invalid::at(start, message).help(help));
    }
    Ok(name.to_owned())
}

fn quotable(name: &str) -> bool {
    !name.is_empty() && !name.contains(['\'', '"', '\\', ']', '?', '*'])
}

fn bracketed(text: &mut Scanner<'_>) -> Result<Vec<Selector>, Invalid> {
    text.expect("[")?;
    let mut selectors = Vec::new();
    loop {
        text.space();
        selectors.push(selector(text)?);
        text.space();
        if text.take("]") {
            return Ok(selectors);
        }
        if !text.take(",") {
            return Err(text.invalid("expected `,` or `]`"));
        }
    }
}

fn selector(text: &mut Scanner<'_>) -> Result<Selector, Invalid> {
    match text.peek() {
        Some('\'' | '"') => Ok(Selector::Name(string(text)?)),
        Some('*') => {
            text.take("*");
            Ok(Selector::Wildcard)
        }
        Some('?') => {
            text.take("?");
            text.space();
            let found = text.nested(condition)?;
            Ok(Selector::Filter(found))
        }
        Some('-' | ':' | '0'..='9') => index_or_slice(text),
        _ => {
            let invalid = text.invalid("expected a selector");
            Err(invalid.help("use a quoted name, an index, `*`, a slice or a filter `?`"))
        }
    }
}

fn index_or_slice(text: &mut Scanner<'_>) -> Result<Selector, Invalid> {
    let start = integer(text)?;
    let before = text.at;
    text.space();
    if !text.take(":") {
        text.at = before;
        return match start {
            Some(index) => Ok(Selector::Index(index)),
            None => Err(text.invalid("expected an index")),
        };
    }
    text.space();
    let end = integer(text)?;
    text.space();
    let mut step = None;
    if text.take(":") {
        text.space();
        step = integer(text)?;
    }
    let step = step.unwrap_or(1);
    Ok(Selector::Slice { start, end, step })
}

/// Most that an index can be: what all programs read exactly (RFC 7493, section 2.2).
const LARGEST: i64 = (1 << 53) - 1;

/// An index, where there is one.
fn integer(text: &mut Scanner<'_>) -> Result<Option<i64>, Invalid> {
    let start = text.at;
    let is_negative = text.take("-");
    let digits = text.take_while(|sign| sign.is_ascii_digit());
    if digits.is_empty() && !is_negative {
        return Ok(None);
    }
    let number = text.text[start..text.at].parse::<i64>();
    let is_plain = !digits.starts_with('0') || digits == "0" && !is_negative;
    match number {
        Ok(number) if is_plain && number.abs() <= LARGEST => Ok(Some(number)),
        _ => Err(Invalid::at(
            start,
            format!("`{}` is not an index", &text.text[start..text.at]),
        )),
    }
}

/// A name or text in quotes, of either kind.
pub(super) fn string(text: &mut Scanner<'_>) -> Result<String, Invalid> {
    let start = text.at;
    let quote = if text.take("'") { '\'' } else { '"' };
    if quote == '"' {
        text.expect("\"")?;
    }
    let mut found = String::new();
    loop {
        let at = text.at;
        let Some(sign) = text.peek() else {
            return Err(Invalid::at(
                start,
                format!("the closing `{quote}` is missing"),
            ));
        };
        text.at += sign.len_utf8();
        match sign {
            _ if sign == quote => return Ok(found),
            '\\' => found.push(escaped(text, quote, at)?),
            '\0'..='\x1f' => {
                let message = format!("`{}` must be escaped", sign.escape_debug());
                return Err(Invalid::at(at, message));
            }
            _ => found.push(sign),
        }
    }
}

/// The character that an escape is, whose backslash at `at` has been read.
fn escaped(text: &mut Scanner<'_>, quote: char, at: usize) -> Result<char, Invalid> {
    let invalid = || Invalid::at(at, "this escape is not one of JSON");
    let sign = text.peek().ok_or_else(invalid)?;
    text.at += sign.len_utf8();
    Ok(match sign {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '/' | '\\' => sign,
        _ if sign == quote => sign,
        'u' => {
            let first = hex(text).ok_or_else(invalid)?;
            let code = match first {
                0xD800..=0xDBFF => {
                    let second = if text.take("\\u") { hex(text) } else { None };
                    let second = second.filter(|it| (0xDC00..=0xDFFF).contains(it));
                    let second = second.ok_or_else(invalid)?;
                    0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
                }
                _ => first,
            };
            char::from_u32(code).ok_or_else(invalid)?
        }
        _ => return Err(invalid()),
    })
}

/// Four hexadecimal digits.
fn hex(text: &mut Scanner<'_>) -> Option<u32> {
    let digits = text.rest().get(..4)?;
    if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    text.at += 4;
    u32::from_str_radix(digits, 16).ok()
}
