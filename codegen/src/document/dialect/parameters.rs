//! Places and styles of parameters that OpenAPI 3.0 doesn't know (OpenAPI 3.2.0, "Parameter Object").

use serde_json::Value;

use super::Object;

/// The extension that marks a parameter of the query which is the whole of it: `in: querystring`.
pub const WHOLE_QUERY: &str = "x-whole-query";

/// The extension that marks a cookie which is sent as it is: `style: cookie`.
pub const COOKIE_STYLE: &str = "x-cookie-style";

/// Rewrites what has no form in OpenAPI 3.0.
pub(super) fn places(map: &mut Object) {
    let text =
        |map: &Object, field: &str| map.get(field).and_then(Value::as_str).map(str::to_owned);
    if text(map, "in").as_deref() == Some("querystring") {
        map.insert("in".to_owned(), "query".into());
        map.insert(WHOLE_QUERY.to_owned(), Value::Bool(true));
    }
    if text(map, "style").as_deref() == Some("cookie") {
        map.shift_remove("style");
        map.insert(COOKIE_STYLE.to_owned(), Value::Bool(true));
    }
}
