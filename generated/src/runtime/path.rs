//! Path templates: values put in, encoded, and refused where they would change the path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::argument::Argument;
use super::operation::{Parameter, Style};
use super::query;

/// What is encoded in a value: everything but `pchar` (RFC 3986, 3.3).
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

/// What is encoded in a value that stands beside others: also what could be read as a delimiter.
const PART: &AsciiSet = &VALUE.add(b',').add(b';').add(b'=');

/// What is encoded in the template's own text, which may already be encoded and holds slashes.
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

/// Where a template finds its values: by the name between braces.
pub(crate) type Values<'a> = &'a dyn Fn(&str) -> Option<(Parameter, &'a Argument)>;

/// What is encoded in the text of a query that stands in a template.
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

/// A template's path, and the query that stands behind it with each call.
pub(crate) fn parts(template: &str) -> (&str, &str) {
    let mut is_inside = false;
    let at = template.bytes().position(|byte| {
        is_inside = byte == b'{' || is_inside && byte != b'}';
        byte == b'?' && !is_inside
    });
    let parts = at.and_then(|at| Some((template.get(..at)?, template.get(at + 1..)?)));
    parts.unwrap_or((template, ""))
}

/// The query of a template with every `{name}` replaced. In contrast to a path, there is no value that
/// it can't hold.
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

fn missing(name: &str) -> String {
    format!("the path parameter `{name}` is missing")
}

/// Appends the path for `template` with every `{name}` replaced.
///
/// A value is one piece of one segment, whatever is in it. A value that is empty, `.` or `..` is
/// refused: servers and URL parsers resolve those away, and the request would reach another
/// endpoint. The message says which value and why.
pub(crate) fn expand(path: &mut String, template: &str, values: Values<'_>) -> Result<(), String> {
    let start = path.len();
    let mut rest = template;
    while let Some((literal, after)) = split(rest, b'{') {
        let Some((name, tail)) = split(after, b'}') else {
            break;
        };
        path.extend(utf8_percent_encode(literal, LITERAL));
        let (parameter, argument) = values(name).ok_or_else(|| missing(name))?;
        let piece = piece(&parameter, argument);
        if let "" | "." | ".." = &*piece {
            return Err(refusal(name, &piece));
        }
        path.push_str(&piece);
        rest = tail;
    }
    path.extend(utf8_percent_encode(rest, LITERAL));
    // Values side by side in one segment can still make what no single value was.
    let made = path.get(start..).unwrap_or_default();
    let has_dot = made.as_bytes().contains(&b'.');
    match has_dot.then(|| made.split('/').find(|it| matches!(*it, "." | ".."))) {
        Some(Some(segment)) => Err(format!(
            "the path parameters make `{segment}` a segment of the path `{template}`, which is removed from paths"
        )),
        _ => Ok(()),
    }
}

/// What stands before and after a character of ASCII. Templates are too short for the standard
/// library's search to be worth its start.
fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let found = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..found)?, text.get(found + 1..)?))
}

fn refusal(name: &str, piece: &str) -> String {
    if piece.is_empty() {
        return format!(
            "the path parameter `{name}` is empty, so the request would reach another endpoint"
        );
    }
    format!(
        "the path parameter `{name}` is `{piece}`, which is removed from paths, so the request would \
         reach another endpoint"
    )
}

/// The value as it stands in the path (`OpenAPI` 3.1, 4.8.12.4, rows simple, label and matrix).
fn piece<'a>(parameter: &Parameter, argument: &'a Argument) -> Cow<'a, str> {
    let name = parameter.name;
    match argument {
        Argument::List(items) if items.is_empty() => return "".into(),
        Argument::Object(fields) if fields.is_empty() => return "".into(),
        _ => {}
    }
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

fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, VALUE).into()
}

fn part(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, PART).into()
}
