//! `not` where it takes something away that is listed: a type, a value, an alternative.

use serde_json::{Value, json};

use super::Object;
use super::composition::is_annotation;

/// Takes out of the types, values and alternatives of a schema what its `not` excludes. What is left of `not` can't
/// be expressed by a type, and is warned of later.
pub(super) fn apply(map: &mut Object) {
    let Some(Value::Object(not)) = map.get("not") else {
        return;
    };
    // None of several is the same as not the one, and not the other.
    let several = ["anyOf", "oneOf"].iter().find_map(|keyword| {
        let members = not.get(*keyword).and_then(Value::as_array)?;
        (bare(not) == 1).then(|| members.clone())
    });
    let excluded = several.unwrap_or_else(|| vec![Value::Object(not.clone())]);
    let left: Vec<Value> = excluded
        .into_iter()
        .filter(|schema| !exclude(map, schema))
        .collect();
    match left.as_slice() {
        [] => {
            map.shift_remove("not");
        }
        [only] => {
            map.insert("not".to_owned(), only.clone());
        }
        several => {
            map.insert("not".to_owned(), json!({ "anyOf": several }));
        }
    }
}

/// How many keywords a schema has that say what matches.
fn bare(map: &Object) -> usize {
    map.keys().filter(|key| !is_annotation(key)).count()
}

/// Takes a schema away from what is listed; says whether nothing more is to be said of it.
fn exclude(map: &mut Object, schema: &Value) -> bool {
    let Value::Object(excluded) = schema else {
        return false;
    };
    let mut done = false;
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(members)) = map.get_mut(keyword) {
            done |= retain(members, |member| !is_covered(member, excluded));
        }
    }
    if bare(excluded) != 1 {
        return done;
    }
    if let Some(values) = values(excluded)
        && let Some(Value::Array(listed)) = map.get_mut("enum")
    {
        done |= retain(listed, |value| !values.contains(value));
    }
    let names = type_names(excluded.get("type"));
    if names.is_empty() {
        return done;
    }
    if let Some(Value::Array(listed)) = map.get_mut("type") {
        let is_kept = |it: &Value| {
            let number = it == "integer" && names.contains(&"number");
            !number && !it.as_str().is_some_and(|it| names.contains(&it))
        };
        done |= retain(listed, is_kept);
    }
    if names == ["null"] && map.shift_remove("nullable").is_some() {
        done = true;
    }
    done
}

/// Takes items out unless none would be left; says whether any was.
fn retain(items: &mut Vec<Value>, keep: impl Fn(&Value) -> bool) -> bool {
    let count = items.iter().filter(|item| keep(item)).count();
    if count == 0 || count == items.len() {
        return false;
    }
    items.retain(keep);
    true
}

/// Whether whatever matches a member is excluded: it is the excluded schema itself, or lists the same values or type.
fn is_covered(member: &Value, excluded: &Object) -> bool {
    let Value::Object(member) = member else {
        return false;
    };
    let telling = |map: &Object| -> Vec<(String, Value)> {
        let keywords = map.iter().filter(|(key, _)| !is_annotation(key));
        keywords
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    };
    let (own, other) = (telling(member), telling(excluded));
    if own.len() == other.len() && own.iter().all(|it| other.contains(it)) {
        return true;
    }
    if bare(excluded) != 1 {
        return false;
    }
    if let (Some(listed), Some(values)) = (values(member), values(excluded)) {
        return listed.iter().all(|value| values.contains(value));
    }
    let names = type_names(excluded.get("type"));
    let listed = type_names(member.get("type"));
    !listed.is_empty() && listed.iter().all(|name| names.contains(name))
}

/// The values that a schema lists.
fn values(map: &Object) -> Option<Vec<Value>> {
    let one = map.get("const").map(|value| vec![value.clone()]);
    one.or_else(|| map.get("enum").and_then(Value::as_array).cloned())
}

fn type_names(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A schema without what its `not` takes away.
    fn applied(schema: Value) -> Value {
        let Value::Object(mut map) = schema else {
            panic!("an object");
        };
        apply(&mut map);
        Value::Object(map)
    }

    #[test]
    fn what_is_listed_is_taken_away() {
        let (cat, dog) = (json!({"$ref": "#/cat"}), json!({"$ref": "#/dog"}));
        let table = [
            (
                json!({"oneOf": [cat, dog], "not": dog}),
                json!({"oneOf": [cat]}),
            ),
            (
                json!({"anyOf": [cat, {"type": "string"}, {"type": "null"}], "not": {"type": ["string", "null"]}}),
                json!({"anyOf": [cat]}),
            ),
            (
                json!({"oneOf": [{"const": 1, "title": "A"}, {"const": 2}], "not": {"enum": [2, 3]}}),
                json!({"oneOf": [{"const": 1, "title": "A"}]}),
            ),
            (
                json!({"enum": ["a", "b", "c"], "not": {"anyOf": [{"const": "a"}, {"const": "b"}]}}),
                json!({"enum": ["c"]}),
            ),
            (
                json!({"type": ["string", "null"], "not": {"type": "null"}}),
                json!({"type": ["string"]}),
            ),
            (
                json!({"type": "string", "nullable": true, "not": {"type": "null"}}),
                json!({"type": "string"}),
            ),
        ];
        for (schema, expected) in table {
            assert_eq!(applied(schema.clone()), expected, "{schema}");
        }
    }

    #[test]
    fn what_no_type_says_stays() {
        let table = [
            json!({"type": "string", "not": {"const": "a"}}),
            json!({"type": "object", "not": {"required": ["a"]}}),
            json!({"enum": ["a"], "not": {"enum": ["a", "b"]}}),
            json!({"not": {"type": "string"}}),
            json!({"type": ["string", "null"], "not": {"type": "null", "minLength": 1}}),
        ];
        for schema in table {
            assert_eq!(applied(schema.clone()), schema);
        }
        assert_eq!(
            applied(json!({"enum": [1, 2], "not": {"anyOf": [{"const": 1}, {"required": ["a"]}]}})),
            json!({"enum": [2], "not": {"required": ["a"]}})
        );
    }
}
