//! Arrays whose first items have schemas of their own.

use serde_json::Value;

use super::{Object, PREFIX_ITEMS};

/// `prefixItems`, or a list in `items` as older drafts have it, moves to the extension [`PREFIX_ITEMS`].
///
/// OpenAPI 3.0 knows one schema for all items, so that `items` takes any value then.
pub(super) fn prefix(map: &mut Object) {
    let list = if map.contains_key("prefixItems") {
        map.shift_remove("prefixItems")
    } else if map.get("items").is_some_and(Value::is_array) {
        map.shift_remove("items")
    } else {
        return;
    };
    let Some(Value::Array(mut items)) = list else {
        return;
    };
    items.iter_mut().for_each(super::schema);
    map.insert("items".to_owned(), Value::Object(Object::new()));
    map.insert(PREFIX_ITEMS.to_owned(), Value::Array(items));
}
