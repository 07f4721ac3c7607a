//! What the program that tries examples has beside its table. It is a module of this crate too,
//! where it is tested; the program gets a copy.

use serde_json::Value;

/// Where two values differ: the JSON pointer of the place, and how.
pub type Difference = (String, String);

/// Takes JSON to a type and back, and tells the differences.
#[allow(dead_code, reason = "the program alone has types to try")]
pub fn check<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> Vec<Difference> {
    let whole = |what: String| vec![(String::new(), what)];
    let typed: T = match serde_json::from_str(json) {
        Ok(typed) => typed,
        Err(error) => return whole(format!("is not decoded: {error}")),
    };
    let written = match serde_json::to_string(&typed) {
        Ok(written) => written,
        Err(error) => return whole(format!("is not encoded: {error}")),
    };
    let both = serde_json::from_str(json).and_then(|before| {
        let after = serde_json::from_str(&written)?;
        Ok((before, after))
    });
    match both {
        Ok((before, after)) => differences(&before, &after),
        Err(error) => whole(format!("is not encoded as JSON: {error}")),
    }
}

/// The differences between two values.
///
/// A member that was null may be absent: that is the one thing a type needn't keep. Numbers
/// are equal as JSON Schema has it: `1` and `1.0` are.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(before, after, "", &mut found);
    found
}

fn compare(before: &Value, after: &Value, at: &str, found: &mut Vec<Difference>) {
    let below = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(other) => compare(value, other, &below(key), found),
                    None if value.is_null() => {}
                    None => found.push((below(key), format!("{} was lost", shown(value)))),
                }
            }
            for (key, value) in new {
                if !old.contains_key(key) {
                    found.push((below(key), format!("{} was added", shown(value))));
                }
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(old, new, &format!("{at}/{index}"), found);
            }
        }
        (Value::Number(old), Value::Number(new)) => {
            let both_whole = !old.is_f64() && !new.is_f64();
            if old != new && (both_whole || old.as_f64() != new.as_f64()) {
                found.push((at.to_owned(), format!("{old} became {new}")));
            }
        }
        _ if before == after => {}
        _ => {
            let what = format!("{} became {}", shown(before), shown(after));
            found.push((at.to_owned(), what));
        }
    }
}

/// A value, short enough to be read.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 200;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}
