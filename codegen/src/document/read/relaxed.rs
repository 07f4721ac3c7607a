//! JSON with comments, trailing commas and the rest of JSON5 (<https://spec.json5.org>), rewritten as JSON.
//!
//! It is tried where a text is no JSON, so JSON is read as fast as before. Places of errors are those of the text as
//! written: where each token is in both is kept.

use std::ops::Range;

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use serde::de::DeserializeSeed;
use serde_json::Value;

use super::super::text::{self, Format};
use super::visitor::{Node, Reading};

/// A text as JSON.
pub(super) struct Strict {
    json: String,
    /// Where tokens begin, in the JSON and in the text as written.
    places: Vec<(usize, usize)>,
}

/// Why a text can't be read, and where.
pub(super) struct Mistake {
    pub(super) reason: String,
    pub(super) span: Range<usize>,
}

/// Rewrites a text. Up to the first token that JSON5 doesn't have, which is kept as it begins and is an error in JSON too.
pub(super) fn strict(body: &str) -> Strict {
    let mut scanner = Scanner::new(body, &ScannerOptions::default());
    let mut tokens: Vec<(Token<'_>, usize)> = Vec::new();
    let mut broken = None;
    loop {
        match scanner.scan() {
            Ok(Some(Token::CommentLine(_) | Token::CommentBlock(_))) => {}
            Ok(Some(token)) => tokens.push((token, scanner.token_start())),
            Ok(None) => break,
            Err(_) => {
                broken = Some(scanner.token_start());
                break;
            }
        }
    }
    let mut strict = Strict {
        json: String::with_capacity(body.len()),
        places: Vec::with_capacity(tokens.len()),
    };
    for (index, (token, start)) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &tokens[before].0);
        let after = tokens.get(index + 1).map(|(after, _)| after);
        if is_trailing(token, before, after) {
            continue;
        }
        strict.places.push((strict.json.len(), *start));
        let is_key = matches!(after, Some(Token::Colon));
        strict.json.push_str(&written(token, is_key));
    }
    if let Some(start) = broken {
        strict.places.push((strict.json.len(), start));
        strict.json.extend(body[start..].chars().next());
    }
    strict
}

/// Whether a comma follows an item and is the last.
fn is_trailing(token: &Token<'_>, before: Option<&Token<'_>>, after: Option<&Token<'_>>) -> bool {
    let begins = |token: &Token<'_>| {
        use Token::{Colon, Comma, OpenBrace, OpenBracket};
        matches!(token, OpenBrace | OpenBracket | Comma | Colon)
    };
    let ends = |token: &Token<'_>| matches!(token, Token::CloseBrace | Token::CloseBracket);
    *token == Token::Comma && before.is_some_and(|it| !begins(it)) && after.is_some_and(ends)
}

fn written(token: &Token<'_>, is_key: bool) -> String {
    match token {
        Token::String(text) => quoted(text),
        Token::Word(_) | Token::Boolean(_) | Token::Null | Token::Number(_) if is_key => {
            quoted(token.as_str())
        }
        // Words and numbers that touch are one of neither.
        Token::Number(number) => format!(" {}", plain(number)),
        _ => format!(" {}", token.as_str()),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A number as JSON has it: decimal, without a plus, with digits on both sides of the point.
fn plain(number: &str) -> String {
    let (sign, digits) = match number.as_bytes() {
        [b'-', ..] => ("-", &number[1..]),
        [b'+', ..] => ("", &number[1..]),
        _ => ("", number),
    };
    let hexadecimal = digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"));
    if let Some(hexadecimal) = hexadecimal {
        return match u128::from_str_radix(hexadecimal, 16) {
            Ok(number) => format!("{sign}{number}"),
            Err(_) => number.to_owned(),
        };
    }
    let end = digits.find(['e', 'E']).unwrap_or(digits.len());
    let (mantissa, exponent) = digits.split_at(end);
    let zero = if mantissa.starts_with('.') { "0" } else { "" };
    let mantissa = mantissa.strip_suffix('.').unwrap_or(mantissa);
    format!("{sign}{zero}{mantissa}{exponent}")
}

impl Strict {
    /// Reads the JSON that a text has become.
    pub(super) fn read(&self, body: &str, reading: &Reading) -> Result<Value, Mistake> {
        let mut deserializer = serde_json::Deserializer::from_str(&self.json);
        let value = Node::root(reading).deserialize(&mut deserializer);
        let value = value.and_then(|value| deserializer.end().map(|()| value));
        value.map_err(|error| {
            let place = format!(" at line {} column {}", error.line(), error.column());
            let at = text::at(&self.json, error.line(), error.column(), Format::Json);
            let token = self.places.partition_point(|(start, _)| *start <= at.start);
            let written = token.checked_sub(1).and_then(|it| self.places.get(it));
            let start = written.map_or(0, |(_, start)| *start);
            let length = body[start..].chars().next().map_or(0, char::len_utf8);
            Mistake {
                reason: error.to_string().replace(&place, ""),
                span: start..start + length,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::text::Format;
    use super::{Reading, strict};

    fn read(body: &str) -> Result<String, (String, usize)> {
        let strict = strict(body);
        let reading = Reading::new(Format::Json, body.len());
        let value = strict.read(body, &reading);
        value
            .map(|value| value.to_string())
            .map_err(|mistake| (mistake.reason, mistake.span.start))
    }

    #[test]
    fn json5_is_read() {
        let body = "// A comment.\n{/* another */ a: 'it''s', 'b': [1, 2, ], $ref: \"#/x\", null: .5, \
                    hex: 0x1F, plus: +1., minus: -.5e1, 1: 'a\\\nb\\x41', nullable: true, }";
        assert_eq!(read(body), Err(("expected `,` or `}`".to_owned(), 36)));
        let body = body.replace("'it''s'", "'it\"s'");
        assert_eq!(
            read(&body).as_deref(),
            Ok(
                "{\"a\":\"it\\\"s\",\"b\":[1,2],\"$ref\":\"#/x\",\"null\":0.5,\"hex\":31,\"plus\":1,\
                \"minus\":-5.0,\"1\":\"abA\",\"nullable\":true}"
            )
        );
    }

    #[test]
    fn what_is_no_value_stays_none() {
        for body in [
            "{a: b}",
            "[,]",
            "[1,,2]",
            "{,}",
            "[1 2]",
            "{a: Infinity}",
            "{a: NaN}",
            "{a 1}",
            "{a: 1}}",
        ] {
            assert!(read(body).is_err(), "{body}");
        }
        assert_eq!(read("{a: 1,\n b: x}").map_err(|(_, at)| at), Err(11));
    }
}
