//! Bounds of numbers.

use serde_json::{Number, Value};

use super::Object;
use crate::document::check::whole;

/// `exclusiveMinimum` and `exclusiveMaximum`, numbers in JSON Schema 2020-12, become the boolean beside
/// `minimum` and `maximum` that OpenAPI 3.0 has. Of two bounds the tighter one stays.
pub(super) fn exclusive(map: &mut Object) {
    bound(map, "exclusiveMinimum", "minimum", |exclusive, other| {
        exclusive >= other
    });
    bound(map, "exclusiveMaximum", "maximum", |exclusive, other| {
        exclusive <= other
    });
}

fn bound(map: &mut Object, keyword: &str, inclusive: &str, tighter: fn(f64, f64) -> bool) {
    let Some(Value::Number(limit)) = map.get(keyword) else {
        return;
    };
    let limit = limit.clone();
    let other = map.get(inclusive).and_then(Value::as_f64);
    let wins = match (limit.as_f64(), other) {
        (Some(limit), Some(other)) => tighter(limit, other),
        _ => true,
    };
    if wins {
        map.insert(inclusive.to_owned(), Value::Number(limit));
        map.insert(keyword.to_owned(), Value::Bool(true));
    } else {
        map.shift_remove(keyword);
    }
}

/// Makes the bounds and values of an integer whole numbers within 64 bits, as openapiv3 has them.
///
/// Bounds beyond that are no bounds for what a client can hold, and are dropped.
pub(super) fn integers(map: &mut Object) {
    if map.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    for (keyword, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
        ("multipleOf", ""),
    ] {
        let Some(Value::Number(limit)) = map.get_mut(keyword) else {
            continue;
        };
        if !make_whole(limit) {
            map.shift_remove(keyword);
            map.shift_remove(exclusive);
        }
    }
    if let Some(Value::Array(values)) = map.get_mut("enum") {
        for value in values {
            if let Value::Number(number) = value {
                make_whole(number);
            }
        }
    }
}

/// Writes a whole number without a fraction; says whether it is one within 64 bits.
fn make_whole(number: &mut Number) -> bool {
    if number.is_i64() {
        return true;
    }
    match number.as_f64().and_then(whole) {
        Some(exact) if !number.is_u64() => {
            *number = exact.into();
            true
        }
        _ => false,
    }
}
