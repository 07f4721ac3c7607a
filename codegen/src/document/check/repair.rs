//! Common slips that are clear enough to mend before the tables look at them.

use serde_json::{Map, Value, json};

use super::shape::{Shape, Want};
use super::{Checker, tables, warning};
use crate::diagnostic::WarningCode;
use crate::pointer::Place;

/// Mends a value that isn't the mapping that it should be.
pub(super) fn object(
    checker: &mut Checker,
    value: &mut Value,
    shape: &'static Shape,
    place: &Place<'_>,
) {
    let is_discriminator = tables::SCHEMA.member("discriminator").is_some_and(
        |want| matches!(want, Want::Object(discriminator) if std::ptr::eq(discriminator, shape)),
    );
    if let (true, Value::String(name)) = (is_discriminator, &*value) {
        // Swagger 2.0 had the bare name of the property.
        let mended = json!({ "propertyName": name });
        let message = "the discriminator is an object since OpenAPI 3.0";
        checker.report(
            warning(WarningCode::WrongType, place, message).label("treated as its `propertyName`"),
        );
        *value = mended;
    }
}

/// Mends keywords of a schema.
pub(super) fn schema(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    if !map.contains_key("$ref")
        && let Some(target) = map.shift_remove("$dynamicRef")
    {
        // Where it leads without a schema around that says otherwise (JSON Schema 2020-12 core, section 8.2.3.2).
        map.insert("$ref".to_owned(), target);
    }
    if map.get("required").is_some_and(Value::is_boolean) {
        // JSON Schema draft 3, and parameters, have a boolean.
        map.shift_remove("required");
        let message = "`required` of a schema is an array of property names";
        let help = "add the property to the `required` array of the enclosing object";
        let diagnostic =
            warning(WarningCode::WrongType, &place.key("required"), message).label("ignored");
        checker.report(diagnostic.help(help));
    }
}

/// Makes a list of a single item that stands for one.
pub(super) fn list(checker: &mut Checker, value: &mut Value, want: Want, place: &Place<'_>) {
    let is_item = match want {
        Want::Schema => value.is_object(),
        Want::Text => value.is_string() || value.is_number() || value.is_boolean(),
        Want::Any => !value.is_array() && !value.is_object(),
        _ => false,
    };
    if is_item {
        let message = format!("expected an array, found {}", super::described(value));
        checker.report(
            warning(WarningCode::WrongType, place, message)
                .label("treated as an array with this item"),
        );
        *value = Value::Array(vec![value.take()]);
    }
}

/// Puts a slash before paths that have none.
///
/// Paths are appended to the URL of the server (OpenAPI 3.0 section 4.7.8), whose path is taken without a slash at the end.
pub(super) fn paths(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    let bare = |key: &str| !key.starts_with('/') && !key.starts_with("x-");
    if !map.keys().any(|key| bare(key)) {
        return;
    }
    for (key, value) in std::mem::take(map) {
        if !bare(&key) {
            map.insert(key, value);
            continue;
        }
        let message = format!("the path `{key}` doesn't begin with `/`");
        let place = place.key(&key);
        let mended = format!("/{key}");
        let is_clear = !key.contains("://") && !map.contains_key(&mended);
        let label = if is_clear {
            format!("treated as `{mended}`")
        } else {
            "ignored".to_owned()
        };
        let diagnostic = warning(WarningCode::PathSlash, &place, message)
            .at_key()
            .label(label);
        checker.report(diagnostic.help(format!("write `{mended}`")));
        if is_clear {
            map.insert(mended, value);
        }
    }
}
