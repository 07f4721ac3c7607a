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

/// The type of integers that 63 bits don't hold, as a format: where a bound, an example, the default
/// or a value of the enum says that there are some.
///
/// OpenAPI's Format Registry has `uint64`; `int128` is beyond it.
pub(super) fn width(map: &mut Object) {
    if map.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let format = map.get("format").and_then(Value::as_str).unwrap_or("");
    if matches!(format, "uint64" | "uint" | "int128" | "uint128") {
        return;
    }
    let value = |keyword: &str| map.get(keyword).and_then(Value::as_number);
    let bounds = ["minimum", "maximum"].into_iter().filter_map(value);
    let listed = map.get("enum").and_then(Value::as_array);
    let values = ["default", "example"].into_iter().filter_map(value);
    let values = values.chain(listed.into_iter().flatten().filter_map(Value::as_number));
    let span = Span::of(bounds, values);
    let format = match (span.negative, span.most) {
        (_, most) if most <= SIGNED => return,
        (false, most) if most <= UNSIGNED => "uint64",
        (_, most) if most < 1.7e38 => "int128",
        // Nothing holds these, so they are as good as none.
        _ => return,
    };
    map.insert("format".to_owned(), Value::String(format.to_owned()));
}

/// 2^63 and 2^64: the first numbers that 63 and 64 bits don't hold.
const SIGNED: f64 = 9_223_372_036_854_775_808.0;
const UNSIGNED: f64 = 18_446_744_073_709_551_616.0;

/// How far numbers go.
struct Span {
    negative: bool,
    /// The size of the largest.
    most: f64,
}

impl Span {
    /// Of some bounds and some values.
    ///
    /// Bounds are compared as floats: writers of documents often have the largest numbers of 63 and
    /// 64 bits rounded by a program that knows no others, as in `maximum: 9223372036854776000`.
    fn of<'n>(
        bounds: impl Iterator<Item = &'n Number>,
        values: impl Iterator<Item = &'n Number>,
    ) -> Self {
        let mut span = Self {
            negative: false,
            most: 0.0,
        };
        let mut add = |number: &Number, is_value: bool| {
            let Some(float) = number.as_f64() else { return };
            span.negative |= float < 0.0;
            // Just beyond 63 bits, a float can't say so.
            let beyond = is_value && number.is_u64() && !number.is_i64();
            let most = float.abs().max(if beyond { UNSIGNED } else { 0.0 });
            span.most = span.most.max(most);
        };
        bounds.for_each(|number| add(number, false));
        values.for_each(|number| add(number, true));
        span
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
