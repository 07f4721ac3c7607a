//! Rules of single objects that a table can't say.

use serde_json::{Map, Value};

use super::shape::{Kind, Rest, Shape};
use super::{Checker, error, tables, warning};
use crate::diagnostic::WarningCode;
use crate::pointer::Place;

/// Checks what the fields of an object have to do with each other.
pub(super) fn object(
    checker: &mut Checker,
    map: &mut Map<String, Value>,
    shape: &Shape,
    place: &Place<'_>,
) -> bool {
    match shape.kind {
        Some(Kind::Parameter) => {
            required_path(checker, map, place);
            // A parameter of Swagger 2.0 has neither.
            if shape.field("content").is_some() {
                style(checker, map, place);
                whole_query(checker, map, place);
                schema_or_content(checker, map, shape, place);
            }
            true
        }
        Some(Kind::Header) => {
            header_style(checker, map, place);
            schema_or_content(checker, map, shape, place);
            true
        }
        Some(Kind::SecurityScheme) => security_scheme(checker, map, place),
        Some(Kind::Link) => link(checker, map, place),
        _ => true,
    }
}

/// Checks the name of a member of the responses or the additional operations; says whether it stays.
pub(super) fn key(checker: &mut Checker, key: &str, shape: &Shape, place: &Place<'_>) -> bool {
    match shape.rest {
        Rest::Methods(_) => return method(checker, key, place),
        Rest::Statuses(_) if !is_status(key) => {}
        _ => return true,
    }
    let label = "expected `200`, `2XX` or `default`; ignored";
    let diagnostic = warning(
        WarningCode::InvalidStatus,
        place,
        format!("invalid status code `{key}`"),
    );
    checker.report(diagnostic.at_key().label(label));
    false
}

/// The longest method that is sent; the longest of the IANA registry has 17 characters.
pub(crate) const LONGEST_METHOD: usize = 32;

/// Checks the name of a method that has no field of its own (OpenAPI 3.2.0, "Path Item Object").
fn method(checker: &mut Checker, key: &str, place: &Place<'_>) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let lower = key.to_ascii_lowercase();
    let own = tables::METHODS.contains(&&*lower) && key == key.to_ascii_uppercase();
    let (what, help) = if key.is_empty() || !key.bytes().all(is_token) {
        (
            "is not an HTTP method",
            "a method is a token (RFC 9110, 5.6.2)".to_owned(),
        )
    } else if own {
        (
            "has a field of its own",
            format!("move it to `{lower}` of the path item"),
        )
    } else if key == "CONNECT" {
        (
            "can't be sent",
            "it asks a proxy for a tunnel (RFC 9110, 9.3.6)".to_owned(),
        )
    } else if key.len() > LONGEST_METHOD {
        (
            "is too long",
            format!("methods of up to {LONGEST_METHOD} characters are sent"),
        )
    } else {
        return true;
    };
    let shown: String = key.chars().take(2 * LONGEST_METHOD).collect();
    let message = format!("the method `{shown}` {what}");
    let diagnostic = warning(WarningCode::InvalidMethod, place, message);
    checker.report(
        diagnostic
            .at_key()
            .label("ignored, with its operation")
            .help(help),
    );
    false
}

/// A parameter that is the whole query is described by a media type, and by nothing else (OpenAPI 3.2.0,
/// "Parameter Object").
fn whole_query(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    if map.get("in").and_then(Value::as_str) != Some("querystring") {
        return;
    }
    for field in ["style", "explode", "allowReserved"] {
        if map.shift_remove(field).is_some() {
            let message = format!("`{field}` means nothing with `in: querystring`");
            let diagnostic = warning(WarningCode::InvalidStyle, &place.key(field), message);
            checker.report(diagnostic.at_key().label("ignored"));
        }
    }
    if !map.contains_key("content")
        && let Some(schema) = map.shift_remove("schema")
    {
        let message = "a parameter with `in: querystring` has a `content`";
        let diagnostic = warning(WarningCode::SchemaOrContent, &place.key("schema"), message);
        let label = "treated as that of `application/x-www-form-urlencoded`";
        checker.report(diagnostic.at_key().label(label));
        let media =
            serde_json::json!({ "application/x-www-form-urlencoded": { "schema": schema } });
        map.insert("content".to_owned(), media);
    }
}

/// Whether a key of the Responses Object is a status code or a range of them.
fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    match bytes {
        [first, rest @ ..] if rest.len() == 2 => {
            let code = (b'1'..=b'9').contains(first) && rest.iter().all(u8::is_ascii_digit);
            code || first.is_ascii_digit() && rest.eq_ignore_ascii_case(b"XX")
        }
        _ => false,
    }
}

/// Path parameters are always required (OpenAPI 3.0 section 4.7.12.2).
fn required_path(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    let is_path = map.get("in").and_then(Value::as_str) == Some("path");
    if !is_path || map.get("required") == Some(&Value::Bool(true)) {
        return;
    }
    let name = map.get("name").and_then(Value::as_str).unwrap_or_default();
    let message = format!("the path parameter `{name}` is not `required`");
    let diagnostic =
        warning(WarningCode::OptionalPathParameter, place, message).label("treated as required");
    checker.report(diagnostic.help("add `required: true`"));
    map.insert("required".to_owned(), Value::Bool(true));
}

/// Drops a `style` that the place of a parameter hasn't (OpenAPI 3.0 section 4.7.12.3).
fn style(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    let location = map.get("in").and_then(Value::as_str);
    let styles = tables::STYLES
        .iter()
        .find(|(name, _)| Some(*name) == location);
    if let Some((location, styles)) = styles {
        keep_style(checker, map, location, styles, place);
    }
}

fn header_style(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    keep_style(checker, map, "header", &["simple"], place);
}

fn keep_style(
    checker: &mut Checker,
    map: &mut Map<String, Value>,
    location: &str,
    styles: &[&str],
    place: &Place<'_>,
) {
    let Some(style) = map.get("style").and_then(Value::as_str) else {
        return;
    };
    if styles.contains(&style) {
        return;
    }
    let message = format!("invalid style `{style}` for `in: {location}`");
    let known: Vec<String> = styles.iter().map(|style| format!("`{style}`")).collect();
    let label = format!("expected {}; ignored", known.join(", "));
    checker.report(warning(WarningCode::InvalidStyle, &place.key("style"), message).label(label));
    map.shift_remove("style");
}

/// A parameter or header has either a schema or a content.
fn schema_or_content(
    checker: &mut Checker,
    map: &mut Map<String, Value>,
    shape: &Shape,
    place: &Place<'_>,
) {
    match (map.contains_key("schema"), map.contains_key("content")) {
        (true, true) => {
            let message = format!("{} has either a `schema` or a `content`", shape.name);
            let diagnostic =
                warning(WarningCode::SchemaOrContent, &place.key("content"), message).at_key();
            checker.report(diagnostic.label("ignored"));
            map.shift_remove("content");
        }
        (false, false) => {
            let message = format!("{} has neither a `schema` nor a `content`", shape.name);
            checker.report(
                warning(WarningCode::SchemaOrContent, place, message).label("treated as any value"),
            );
            map.insert("schema".to_owned(), Value::Object(Map::new()));
        }
        _ => {}
    }
}

/// Fields that each type of security scheme needs (OpenAPI 3.0 section 4.7.27).
fn security_scheme(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) -> bool {
    // How a token is had is the users' matter: where it is sent is clear all the same.
    let filler = match map.get("type").and_then(Value::as_str) {
        Some("oauth2") => Some(("flows", Value::Object(Map::new()))),
        Some("openIdConnect") => Some(("openIdConnectUrl", Value::String(String::new()))),
        _ => None,
    };
    if let Some((field, filler)) = filler
        && !map.contains_key(field)
    {
        let message = format!("`{field}` is missing in {}", tables::SECURITY_SCHEME.name);
        checker
            .report(warning(WarningCode::MissingField, place, message).label("treated as empty"));
        map.insert(field.to_owned(), filler);
    }
    let kind = map.get("type").and_then(Value::as_str).unwrap_or_default();
    let needed: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        _ => &[],
    };
    let mut fit = true;
    for field in needed.iter().filter(|field| !map.contains_key(**field)) {
        let message = format!("`{field}` is missing in a security scheme of type `{kind}`");
        let diagnostic = error(place, message).label(format!("needs `{field}`"));
        checker.report(diagnostic.help(format!("add `{field}`")));
        fit = false;
    }
    fit
}

fn link(checker: &mut Checker, map: &Map<String, Value>, place: &Place<'_>) -> bool {
    let fit = map.contains_key("operationId") || map.contains_key("operationRef");
    if !fit {
        let message = "`operationId` or `operationRef` is missing in a link";
        checker.report(error(place, message).label("has no target"));
    }
    fit
}

/// Looks at a schema whose keywords are of the right types.
pub(super) fn schema(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    let mapping = map
        .get("discriminator")
        .and_then(|found| found.get("mapping"));
    if let Some(Value::Object(mapping)) = mapping {
        let discriminator = place.key("discriminator");
        let place = discriminator.key("mapping");
        let pointers = mapping.keys().map(|key| place.key(key).pointer());
        checker.mappings.extend(pointers);
    }
    let discriminator = map.get("discriminator");
    if discriminator.is_some_and(|found| found.get("defaultMapping").is_some()) {
        let place = place.key("discriminator");
        checker.mappings.push(place.key("defaultMapping").pointer());
    }
    let is_text = match map.get("type") {
        Some(Value::String(name)) => name == "string",
        Some(Value::Array(names)) => names.iter().all(|name| name == "string" || name == "null"),
        _ => false,
    };
    if !is_text {
        return;
    }
    if let Some(Value::Array(values)) = map.get_mut("enum") {
        let place = place.key("enum");
        for (index, value) in values.iter_mut().enumerate() {
            if value.is_number() || value.is_boolean() {
                checker.text(value, &place.index(index));
            }
        }
    }
}
