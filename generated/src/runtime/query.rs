//! Serializing parameters for a query, a header and a cookie.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use super::argument::Argument;
use super::operation::{Parameter, Place, Style};

/// Percent-encoded in names and values of a query: everything but `unreserved` (RFC 3986, 2.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encoded in values with `allowReserved`: the same without `reserved` (RFC 3986, 2.2), except for
/// the characters that are invalid in a query (`#`, `[`, `]`) or have another meaning in it (`&`, `+`).
const RESERVED: &AsciiSet = &QUERY
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// A comma in an item would be read as a delimiter, so it is always encoded.
const RESERVED_ITEM: &AsciiSet = &RESERVED.add(b',');

/// Percent-encoded in a cookie's value: everything but `cookie-octet` (RFC 6265, 4.1.1). `%` isn't, because
/// a value that a server sent may already be encoded and must be returned unchanged.
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// Percent-encoded in a cookie's name, which ends at `=`.
const COOKIE_NAME: &AsciiSet = &COOKIE.add(b'=');

/// Percent-encoded in an undocumented name, in which nothing is encoded yet.
const FREE_COOKIE_NAME: &AsciiSet = &COOKIE_NAME.add(b'%');

/// Whether a query has a parameter of this name.
pub(crate) fn has(query: &str, name: &str) -> bool {
    query.split('&').any(|pair| is_named(pair, name))
}

/// Removes the parameters of one name from a query, and leaves the others unchanged.
pub(crate) fn remove(query: &mut String, name: &str) {
    if has(query, name) {
        let others = query.split('&').filter(|pair| !is_named(pair, name));
        *query = others.collect::<Vec<_>>().join("&");
    }
}

fn is_named(pair: &str, name: &str) -> bool {
    let written = pair.split('=').next().unwrap_or_default();
    !pair.is_empty() && percent_decode_str(written).eq(name.bytes())
}

/// Appends `name=value` to a query, after `&` unless the query is empty.
pub(crate) fn push_pair(query: &mut String, name: &str, value: &str) {
    push_in(query, false, name, value);
}

/// Appends a value without a name.
pub(crate) fn push_value(query: &mut String, value: &str) {
    query.extend(utf8_percent_encode(value, QUERY));
}

fn push_in(query: &mut String, allow_reserved: bool, name: &str, value: &str) {
    push_name(query, name);
    if allow_reserved {
        encode_reserved(query, value, RESERVED);
    } else {
        push_value(query, value);
    }
}

/// Appends a value with `allowReserved`: what is percent-encoded already stays as it is (RFC 6570, 3.2.3).
pub(crate) fn encode_reserved(text: &mut String, value: &str, set: &'static AsciiSet) {
    let mut rest = value;
    while let Some(at) = rest.find('%') {
        let (before, behind) = rest.split_at(at);
        text.extend(utf8_percent_encode(before, set));
        let digits = behind.as_bytes().get(1..3);
        let is_triple = digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
        let length = if is_triple { 3 } else { 1 };
        let (sign, after) = behind.split_at(length);
        text.push_str(if is_triple { sign } else { "%25" });
        rest = after;
    }
    text.extend(utf8_percent_encode(rest, set));
}

/// Appends a documented parameter to a query, by its style and `explode`.
///
/// An empty array or object adds nothing; an empty string adds `name=`.
pub(crate) fn push(query: &mut String, parameter: &Parameter, argument: &Argument) {
    let name = parameter.name;
    let delimiter = match parameter.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let reserved = parameter.allow_reserved;
    match argument {
        Argument::Text(text) if parameter.style.is_whole_query() => {
            push_whole(query, parameter.style, text);
        }
        Argument::Text(text) => push_in(query, reserved, name, text),
        Argument::List(items) if parameter.style == Style::DeepObject => {
            for (index, item) in items.iter().enumerate() {
                push_in(query, reserved, &format!("{name}[{index}]"), item);
            }
        }
        Argument::List(items) if parameter.explode => {
            for item in items {
                push_in(query, reserved, name, item);
            }
        }
        Argument::List(items) => {
            push_joined(
                query,
                parameter,
                delimiter,
                items.iter().map(String::as_str),
            );
        }
        Argument::Object(fields) if parameter.style == Style::DeepObject => {
            for (key, value) in fields {
                push_in(query, reserved, &format!("{name}[{key}]"), value);
            }
        }
        Argument::Object(fields) if parameter.explode => {
            for (key, value) in fields {
                push_in(query, reserved, key, value);
            }
        }
        Argument::Object(fields) => {
            let texts = fields
                .iter()
                .flat_map(|(key, value)| [key.as_str(), value.as_str()]);
            push_joined(query, parameter, delimiter, texts);
        }
    }
}

/// Appends the value of a parameter that is the whole query, which has no name there.
fn push_whole(query: &mut String, style: Style, text: &str) {
    if !query.is_empty() && !text.is_empty() {
        query.push('&');
    }
    match style {
        Style::WholeForm => query.push_str(text),
        _ => push_value(query, text),
    }
}

/// A value as pairs of names and strings, by its style and `explode`, without percent-encoding.
pub(crate) fn pairs(
    parameter: &Parameter,
    argument: Argument,
) -> Result<Vec<(String, String)>, String> {
    let name = || parameter.name.to_owned();
    let delimiter = match parameter.style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    Ok(match argument {
        Argument::Text(text) => vec![(name(), text)],
        Argument::List(items) if parameter.explode => {
            items.into_iter().map(|item| (name(), item)).collect()
        }
        Argument::Object(fields) if parameter.style == Style::DeepObject => {
            let fields = fields.into_iter();
            fields
                .map(|(key, value)| (format!("{}[{key}]", parameter.name), value))
                .collect()
        }
        Argument::Object(fields) if parameter.explode => fields,
        Argument::List(items) if items.is_empty() => Vec::new(),
        Argument::List(items) => vec![(name(), items.join(delimiter))],
        Argument::Object(fields) => {
            let mut texts = fields.into_iter().flat_map(|(key, value)| [key, value]);
            let texts: Vec<String> = texts.by_ref().collect();
            if let Some(found) = texts.iter().find(|text| text.contains(delimiter)) {
                let shown: String = found.escape_debug().take(100).collect();
                return Err(format!(
                    "has a member `{shown}`, which contains the delimiter `{delimiter}`"
                ));
            }
            if texts.is_empty() {
                Vec::new()
            } else {
                vec![(name(), texts.join(delimiter))]
            }
        }
    })
}

fn push_joined<'a>(
    query: &mut String,
    parameter: &Parameter,
    delimiter: &str,
    texts: impl Iterator<Item = &'a str>,
) {
    for (index, text) in texts.enumerate() {
        if index == 0 {
            push_name(query, parameter.name);
        } else {
            query.push_str(delimiter);
        }
        if parameter.allow_reserved {
            encode_reserved(query, text, RESERVED_ITEM);
        } else {
            push_value(query, text);
        }
    }
}

fn push_name(query: &mut String, name: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, QUERY));
    query.push('=');
}

/// Appends a cookie parameter to the value of a `Cookie` header (RFC 6265, 4.2.1).
pub(crate) fn push_cookie(cookies: &mut String, parameter: &Parameter, argument: &Argument) {
    let name = parameter.name;
    let push = |cookies: &mut String, set, name: &str, value: &str| {
        if parameter.style == Style::Cookie {
            begin_cookie(cookies);
            cookies.extend([name, "=", value]);
        } else {
            push_cookie_in(cookies, set, name, value);
        }
    };
    match argument {
        Argument::List(items) if parameter.explode => {
            for item in items {
                push(cookies, COOKIE_NAME, name, item);
            }
        }
        Argument::Object(fields) if parameter.explode => {
            for (key, value) in fields {
                push(cookies, FREE_COOKIE_NAME, key, value);
            }
        }
        Argument::List(items) if items.is_empty() => {}
        Argument::Object(fields) if fields.is_empty() => {}
        _ => push(cookies, COOKIE_NAME, name, &plain(parameter, argument)),
    }
}

fn begin_cookie(cookies: &mut String) {
    if !cookies.is_empty() {
        cookies.push_str("; ");
    }
}

/// Appends `name=value` to the value of a `Cookie` header.
pub(crate) fn push_cookie_pair(cookies: &mut String, name: &str, value: &str) {
    push_cookie_in(cookies, COOKIE_NAME, name, value);
}

fn push_cookie_in(cookies: &mut String, set: &'static AsciiSet, name: &str, value: &str) {
    begin_cookie(cookies);
    cookies.extend(utf8_percent_encode(name, set));
    cookies.push('=');
    cookies.extend(utf8_percent_encode(value, COOKIE));
}

/// The value in style `simple` without percent-encoding, as in headers.
pub(crate) fn plain(parameter: &Parameter, argument: &Argument) -> String {
    let equals = if parameter.explode { "=" } else { "," };
    match argument {
        Argument::Text(text) => text.clone(),
        Argument::List(items) => items.join(","),
        Argument::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{key}{equals}{value}"))
                .collect();
            fields.join(",")
        }
    }
}

/// Rejects an object whose names or values contain a delimiter: they may come from elsewhere, and would be
/// read as members that the caller didn't set.
///
/// Arrays are accepted: at worst, an item is read as two.
pub(crate) fn check(parameter: &Parameter, argument: &Argument) -> Result<(), String> {
    check_unescaped(parameter, argument)?;
    let Argument::Object(fields) = argument else {
        return Ok(());
    };
    let (in_names, in_values) = delimiters(parameter);
    for (key, value) in fields {
        let name = parameter.name;
        let shown: String = key.escape_debug().take(100).collect();
        if key.is_empty() && parameter.place == Place::Cookie && parameter.explode {
            return Err(format!("`{name}` has a member without a name"));
        }
        if let Some(found) = key.chars().find(|it| in_names.contains(*it)) {
            return Err(format!(
                "`{name}` has a member `{shown}`, whose name contains the delimiter `{found}`"
            ));
        }
        if let Some(found) = value.chars().find(|it| in_values.contains(*it)) {
            return Err(format!(
                "`{name}` has a member `{shown}`, whose value contains the delimiter `{found}`"
            ));
        }
    }
    Ok(())
}

/// Rejects what would end a cookie that is sent as it is, or isn't text of a header.
fn check_unescaped(parameter: &Parameter, argument: &Argument) -> Result<(), String> {
    if parameter.style != Style::Cookie {
        return Ok(());
    }
    let whole = match argument {
        Argument::Text(text) => Some(text.as_str()),
        Argument::List(_) | Argument::Object(_) => None,
    };
    let mut parts = whole.into_iter().chain(argument.parts());
    let is_wrong = |it: char| it == ';' || !(it == ' ' || it.is_ascii_graphic());
    match parts.find_map(|part| part.chars().find(|it| is_wrong(*it))) {
        Some(found) => Err(format!(
            "`{}` contains {found:?}, which has to be escaped by the caller: the cookie is sent as it is",
            parameter.name
        )),
        None => Ok(()),
    }
}

/// The delimiters that aren't percent-encoded in the names and the values of an object, or are encoded
/// like them.
fn delimiters(parameter: &Parameter) -> (&'static str, &'static str) {
    match (parameter.place, parameter.style, parameter.explode) {
        (_, Style::Json | Style::DeepObject, _) => ("", ""),
        (Place::Header, _, true) => (",=", ","),
        (Place::Header | Place::Cookie, _, false) => (",", ","),
        (Place::Cookie, Style::Cookie, true) => ("=; ", ";"),
        (Place::Path, Style::Label, true) => (".", "."),
        (Place::Query, Style::SpaceDelimited, false) => (" ", " "),
        (Place::Query, Style::PipeDelimited, false) => ("|", "|"),
        _ => ("", ""),
    }
}
