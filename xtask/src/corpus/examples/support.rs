//! What the program that tries examples has beside its table. It is a module of this crate too,
//! where it is tested; the program gets a copy.

use serde_json::Value;

/// Takes JSON to a type and back, and tells the first difference.
#[allow(dead_code, reason = "the program alone has types to try")]
pub fn check<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> Option<String> {
    let typed: T = match serde_json::from_str(json) {
        Ok(typed) => typed,
        Err(error) => return Some(format!("is not read: {error}")),
    };
    let written = match serde_json::to_string(&typed) {
        Ok(written) => written,
        Err(error) => return Some(format!("is not written: {error}")),
    };
    let both = serde_json::from_str(json).and_then(|before| {
        let after = serde_json::from_str(&written)?;
        Ok((before, after))
    });
    match both {
        Ok((before, after)) => difference(&before, &after, ""),
        Err(error) => Some(format!("is not written as JSON: {error}")),
    }
}

/// The first difference between two values, with the JSON pointer of its place.
///
/// A member that was null may be absent: that is the one thing a type needn't keep. Numbers
/// are equal as JSON Schema has it: `1` and `1.0` are.
pub fn difference(before: &Value, after: &Value, at: &str) -> Option<String> {
    let differ = || Some(format!("{}: {before} became {after}", place(at)));
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                match new.get(key) {
                    Some(other) => {
                        let found = difference(value, other, &at);
                        if found.is_some() {
                            return found;
                        }
                    }
                    None if value.is_null() => {}
                    None => return Some(format!("{}: {value} got lost", place(&at))),
                }
            }
            let added = new.iter().find(|(key, _)| !old.contains_key(*key));
            added.map(|(key, value)| format!("{}: {key:?} came with {value}", place(at)))
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let mut pairs = old.iter().zip(new).enumerate();
            pairs.find_map(|(index, (old, new))| difference(old, new, &format!("{at}/{index}")))
        }
        (Value::Number(old), Value::Number(new)) => {
            let both_whole = !old.is_f64() && !new.is_f64();
            let same = old == new || !both_whole && old.as_f64() == new.as_f64();
            if same { None } else { differ() }
        }
        _ if before == after => None,
        _ => differ(),
    }
}

fn place(at: &str) -> &str {
    if at.is_empty() { "the whole" } else { at }
}
