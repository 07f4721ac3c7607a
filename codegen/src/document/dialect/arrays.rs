//! Arrays whose first items have schemas of their own.

use serde_json::Value;

use super::{Object, PREFIX_ITEMS, PREFIX_REST};

/// `prefixItems`, or a list in `items` as older drafts have it, moves to the extension [`PREFIX_ITEMS`].
///
/// So does the schema for the items that follow, as the last. OpenAPI 3.0 knows one schema for all
/// items, so that `items` takes any value then.
pub(super) fn prefix(map: &mut Object) {
    let list = if map.contains_key("prefixItems") {
        map.shift_remove("prefixItems")
    } else if map.get("items").is_some_and(Value::is_array) {
        map.shift_remove("items")
    } else {
        // What no other keyword speaks of are all items.
        if !map.contains_key("items")
            && !super::combines(map)
            && let Some(rest @ Value::Object(_)) = map.get("unevaluatedItems").cloned()
        {
            map.insert("items".to_owned(), rest);
        }
        return;
    };
    let Some(Value::Array(mut items)) = list else {
        return;
    };
    items.iter_mut().for_each(super::schema);
    // What comes behind them (JSON Schema 2020-12 core, section 10.3.1.2), `additionalItems` before.
    let rest = map.shift_remove("items");
    let rest = rest.or_else(|| map.shift_remove("additionalItems"));
    let rest = rest.or_else(|| map.get("unevaluatedItems").cloned());
    if let Some(mut rest @ Value::Object(_)) = rest {
        super::schema(&mut rest);
        items.push(rest);
        map.insert(PREFIX_REST.to_owned(), Value::Bool(true));
    }
    map.insert("items".to_owned(), Value::Object(Object::new()));
    map.insert(PREFIX_ITEMS.to_owned(), Value::Array(items));
}
