//! Common slips that are clear enough to mend before the tables look at them.

use serde_json::{Map, Value, json};

use super::shape::Shape;
use super::{Checker, tables, warning};
use crate::document::pointer::Place;

/// Mends a value that isn't the mapping that it should be.
pub(super) fn object(
    checker: &mut Checker,
    value: &mut Value,
    shape: &'static Shape,
    place: &Place<'_>,
) {
    let is_discriminator = tables::SCHEMA.member("discriminator").is_some_and(|want| {
        matches!(want, super::Want::Object(discriminator) if std::ptr::eq(discriminator, shape))
    });
    if let (true, Value::String(name)) = (is_discriminator, &*value) {
        // Swagger 2.0 had the bare name of the property.
        let mended = json!({ "propertyName": name });
        let message = "the discriminator is a mapping since OpenAPI 3.0";
        checker.report(warning(place, message).label("taken as its `propertyName`"));
        *value = mended;
    }
}

/// Mends keywords of a schema.
pub(super) fn schema(checker: &mut Checker, map: &mut Map<String, Value>, place: &Place<'_>) {
    if map.get("required").is_some_and(Value::is_boolean) {
        // JSON Schema draft 3, and parameters, have a boolean.
        map.shift_remove("required");
        let message = "in a schema, `required` is a list of property names";
        let help = "name the property in the `required` list of the object around it";
        let diagnostic = warning(&place.key("required"), message).label("ignored");
        checker.report(diagnostic.help(help));
    }
}
