//! Expanding path templates; values that would change the path are rejected.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::argument::Argument;
use super::operation::{Parameter, Style};
use super::query;

/// Percent-encoded in a value: everything but `pchar` (RFC 3986, 3.3).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Percent-encoded in a part of a value: also what could be read as a delimiter.
const PART: &AsciiSet = &VALUE.add(b',').add(b';').add(b'=');

/// Percent-encoded in a value with `allowReserved`: what a path can't contain, such as `?` and `#`.
const RESERVED: &AsciiSet = &VALUE.remove(b'/');

/// Percent-encoded in a part of such a value.
const RESERVED_PART: &AsciiSet = &PART.remove(b'/');

/// Percent-encoded in the template's own text, which may already be encoded and contains slashes.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Returns the value of a template expression by its name.
pub(crate) type Values<'a> = &'a dyn Fn(&str) -> Option<(Parameter, &'a Argument)>;

/// Percent-encoded in the query of a template.
const QUERY_LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The path and the query of a template.
pub(crate) fn parts(template: &str) -> (&str, &str) {
    let mut is_inside = false;
    let at = template.bytes().position(|byte| {
        is_inside = byte == b'{' || is_inside && byte != b'}';
        byte == b'?' && !is_inside
    });
    let parts = at.and_then(|at| Some((template.get(..at)?, template.get(at + 1..)?)));
    parts.unwrap_or((template, ""))
}

/// The query of a template with every `{name}` expanded. In contrast to a path, it can contain any value.
pub(crate) fn expand_query(template: &str, values: Values<'_>) -> Result<String, String> {
    let mut query = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, after)) = split(rest, b'{') {
        let Some((name, tail)) = split(after, b'}') else {
            break;
        };
        query.extend(utf8_percent_encode(literal, QUERY_LITERAL));
        let (parameter, argument) = values(name).ok_or_else(|| missing(name))?;
        query::push_value(&mut query, &query::plain(&parameter, argument));
        rest = tail;
    }
    query.extend(utf8_percent_encode(rest, QUERY_LITERAL));
    Ok(query)
}

/// Whether a segment is one that URL parsers remove (WHATWG URL, "single-dot" and "double-dot").
fn is_dots(segment: &str) -> bool {
    let is_short = segment.len() <= 6;
    is_short
        && matches!(
            &*segment.to_ascii_lowercase().replace("%2e", "."),
            "." | ".."
        )
}

fn missing(name: &str) -> String {
    format!("the path parameter `{name}` is missing")
}

/// Appends the path for `template` with every `{name}` expanded.
///
/// A value is always a part of one segment, unless `allowReserved` lets it contain slashes. A value that
/// is empty, `.` or `..` is rejected: servers and URL parsers remove those, and the request would reach
/// another endpoint. The error names the parameter.
pub(crate) fn expand(path: &mut String, template: &str, values: Values<'_>) -> Result<(), String> {
    let start = path.len();
    let mut rest = template;
    while let Some((literal, after)) = split(rest, b'{') {
        let Some((name, tail)) = split(after, b'}') else {
            break;
        };
        path.extend(utf8_percent_encode(literal, LITERAL));
        let (parameter, argument) = values(name).ok_or_else(|| missing(name))?;
        let value = expand_value(&parameter, argument);
        if value.is_empty() || is_dots(&value) {
            return Err(rejection(name, &value));
        }
        path.push_str(&value);
        rest = tail;
    }
    path.extend(utf8_percent_encode(rest, LITERAL));
    // Several values in one segment can form a `.` or `..` together, and percent-encoded ones are dots as well.
    let made = path.get(start..).unwrap_or_default();
    let has_dot = made.as_bytes().iter().any(|it| matches!(it, b'.' | b'%'));
    match has_dot.then(|| made.split('/').find(|it| is_dots(it))) {
        Some(Some(segment)) => Err(format!(
            "the path parameters make `{segment}` a segment of the path `{template}`, which is removed from paths"
        )),
        _ => Ok(()),
    }
}

/// Splits a string at an ASCII character. Templates are too short for the standard library's search to
/// pay off.
fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let found = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..found)?, text.get(found + 1..)?))
}

fn rejection(name: &str, value: &str) -> String {
    if value.is_empty() {
        return format!(
            "the path parameter `{name}` is empty, so the request would reach another endpoint"
        );
    }
    format!(
        "the path parameter `{name}` is `{value}`, which is removed from paths, so the request would \
         reach another endpoint"
    )
}

/// The value as it is written in the path (`OpenAPI` 3.1, 4.8.12.4, rows simple, label and matrix).
fn expand_value<'a>(parameter: &Parameter, argument: &'a Argument) -> Cow<'a, str> {
    let name = parameter.name;
    match argument {
        Argument::List(items) if items.is_empty() => return "".into(),
        Argument::Object(fields) if fields.is_empty() => return "".into(),
        _ => {}
    }
    let encode = |text: &'a str| encoded(text, parameter.allow_reserved, VALUE, RESERVED);
    let part = |text: &'a str| encoded(text, parameter.allow_reserved, PART, RESERVED_PART);
    let joined = |separator: &str, equals: &str| -> String {
        match argument {
            Argument::Text(text) => encode(text).into_owned(),
            Argument::List(items) => {
                let items: Vec<_> = items.iter().map(|item| part(item)).collect();
                items.join(separator)
            }
            Argument::Object(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(key, value)| format!("{}{equals}{}", part(key), part(value)))
                    .collect();
                fields.join(separator)
            }
        }
    };
    let equals = if parameter.explode { "=" } else { "," };
    match (parameter.style, argument) {
        (Style::Label, _) if parameter.explode => format!(".{}", joined(".", equals)).into(),
        (Style::Label, _) => format!(".{}", joined(",", equals)).into(),
        (Style::Matrix, Argument::List(items)) if parameter.explode => {
            format!(";{name}={}", joined(&format!(";{name}="), "")).into()
        }
        (Style::Matrix, Argument::Object(_)) if parameter.explode => {
            format!(";{}", joined(";", equals)).into()
        }
        (Style::Matrix, _) => format!(";{name}={}", joined(",", equals)).into(),
        (_, Argument::Text(text)) => encode(text),
        _ => joined(",", equals).into(),
    }
}

fn encoded<'a>(
    text: &'a str,
    allow_reserved: bool,
    set: &'static AsciiSet,
    reserved: &'static AsciiSet,
) -> Cow<'a, str> {
    if !allow_reserved {
        return utf8_percent_encode(text, set).into();
    }
    let mut written = String::with_capacity(text.len());
    query::encode_reserved(&mut written, text, reserved);
    written.into()
}
