//! Dynamic references (JSON Schema 2020-12 core, section 8.2.3.2): a schema that refers to another and has anchors of
//! the names of its dynamic references says what these lead to.
//!
//! Which anchor is meant depends on where one comes from, so there is no single schema that could be referred to. The schema
//! that says it gets a copy of the other, as a generic type is instantiated.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::super::check::shape::Want;
use super::super::check::tables::OPENAPI;
use super::ids::Ids;
use super::without::reference;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::pointer::{canonical, get, local, push};

/// The keyword of a dynamic reference.
pub(crate) const DYNAMIC_REF: &str = "$dynamicRef";

const DYNAMIC_ANCHOR: &str = "$dynamicAnchor";

/// Where schemas that are only referred to are kept.
const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// So many references are followed to dynamic ones.
const DEEPEST: usize = 8;

/// So many values are looked at or copied in all: copies can contain copies, in more ways than there is room for.
const MOST_STEPS: usize = 1_000_000;

/// What the dynamic anchors of a schema lead to: pointers by names.
type Anchors = BTreeMap<String, String>;

/// Replaces dynamic references by plain ones; `file` is the name of the document's.
pub(crate) fn instantiate(root: &mut Value, file: &str) -> Vec<Diagnostic> {
    let mut places = Vec::new();
    collect(root, Want::Object(&OPENAPI), "", &mut places);
    let original = root.clone();
    let mut work = Work {
        root: &original,
        ids: Ids::of(file),
        left: MOST_STEPS,
        diagnostics: Vec::new(),
    };
    for pointer in places {
        let Some(Value::Object(schema)) = get(&original, &pointer) else {
            continue;
        };
        let anchors = anchors(schema, &pointer);
        let mut schema = schema.clone();
        if !anchors.is_empty() && work.replace(&mut schema, &anchors, &pointer) {
            // What is inside of it may have been replaced before.
            if let Some(place) = root.pointer_mut(&pointer) {
                *place = Value::Object(schema);
            }
        }
    }
    if work.left == 0 {
        work.stop("", "there are too many dynamic references");
    }
    let mut diagnostics = work.diagnostics;
    to_plain_references(root, "", &mut Vec::new());
    diagnostics.dedup_by(|one, other| one.pointer == other.pointer);
    diagnostics
}

/// Collects the schemas of a value, the inner ones last.
fn collect(value: &Value, want: Want, pointer: &str, found: &mut Vec<String>) {
    match (value, want) {
        (Value::Object(map), Want::Schema | Want::SchemaOrList) => {
            found.push(pointer.to_owned());
            for (key, value) in map {
                let kept = DEFINITIONS.contains(&key.as_str());
                let want = if kept {
                    Some(Want::Map(&Want::Schema))
                } else {
                    Want::Schema.member(key)
                };
                if let Some(want) = want {
                    collect(value, want, &push(pointer, key), found);
                }
            }
        }
        (Value::Object(map), want) => {
            for (key, value) in map {
                if let Some(want) = want.member(key) {
                    collect(value, want, &push(pointer, key), found);
                }
            }
        }
        (Value::Array(items), Want::List(_) | Want::SchemaOrList) => {
            for (index, item) in items.iter().enumerate() {
                let index = index.to_string();
                if let Some(want) = want.member(&index) {
                    collect(item, want, &push(pointer, &index), found);
                }
            }
        }
        _ => {}
    }
}

/// The dynamic anchors that a schema has, itself or among its definitions.
fn anchors(schema: &Map<String, Value>, pointer: &str) -> Anchors {
    let own = schema.get(DYNAMIC_ANCHOR).and_then(Value::as_str);
    let mut found: Anchors = own
        .into_iter()
        .map(|name| (name.to_owned(), pointer.to_owned()))
        .collect();
    for keyword in DEFINITIONS {
        let definitions = schema.get(keyword).and_then(Value::as_object);
        for (key, definition) in definitions.into_iter().flatten() {
            if let Some(name) = definition.get(DYNAMIC_ANCHOR).and_then(Value::as_str) {
                let place = push(&push(pointer, keyword), key);
                found.entry(name.to_owned()).or_insert(place);
            }
        }
    }
    found
}

/// The name of the anchor that a dynamic reference of a schema asks for.
fn dynamic_reference(schema: &Map<String, Value>) -> Option<&str> {
    schema
        .get(DYNAMIC_REF)?
        .as_str()?
        .split_once('#')
        .map(|(_, name)| name)
}

struct Work<'r> {
    root: &'r Value,
    ids: Ids<'r>,
    /// How many more steps may be taken.
    left: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'r> Work<'r> {
    fn stop(&mut self, at: &str, message: &str) {
        self.diagnostics.push(
            Diagnostic::warning(WarningCode::CircularReference, Origin::Spec, at, message)
                .label("some keep the schema that they have without the one that refers here"),
        );
    }

    /// Replaces the references of a schema that lead to dynamic ones which its anchors are meant for; says whether there
    /// was any.
    fn replace(
        &mut self,
        schema: &mut Map<String, Value>,
        anchors: &Anchors,
        pointer: &str,
    ) -> bool {
        let mut done = false;
        if let Some(copy) = self.copy_behind(schema, anchors, pointer) {
            schema.shift_remove("$ref");
            match schema.get_mut("allOf") {
                Some(Value::Array(members)) => members.insert(0, copy),
                _ => {
                    schema.insert("allOf".to_owned(), json!([copy]));
                }
            }
            done = true;
        }
        let members = schema.get_mut("allOf").and_then(Value::as_array_mut);
        for member in members.into_iter().flatten() {
            if let Value::Object(map) = &*member
                && map.len() == 1
                && let Some(copy) = self.copy_behind(map, anchors, pointer)
            {
                *member = copy;
                done = true;
            }
        }
        done
    }

    /// A copy of what a schema's `$ref` leads to, for these anchors; none where it has no use for them.
    fn copy_behind(
        &mut self,
        schema: &Map<String, Value>,
        anchors: &Anchors,
        pointer: &str,
    ) -> Option<Value> {
        let (target, value) = self.target(schema, pointer)?;
        let mut met = BTreeSet::from([target.clone()]);
        if !self.asks(value, &target, anchors, &mut met) {
            return None;
        }
        let mut copy = self.copy(value, &target, anchors, &mut vec![target.clone()]);
        if let Value::Object(map) = &mut copy {
            for name in ["$id", "$anchor", DYNAMIC_ANCHOR] {
                map.shift_remove(name);
            }
        }
        Some(copy)
    }

    /// What a schema's `$ref` leads to.
    fn target(&mut self, schema: &Map<String, Value>, at: &str) -> Option<(String, &'r Value)> {
        let text = schema.get("$ref")?.as_str()?;
        let plain = local(text).map(|it| canonical(&it));
        let plain = plain.filter(|it| get(self.root, it).is_some());
        let target = plain.or_else(|| self.ids.find(self.root, text, at))?;
        let value = get(self.root, &target)?;
        Some((target, value))
    }

    /// Whether a schema has a dynamic reference for one of the anchors, itself or behind its references.
    fn asks(
        &mut self,
        value: &'r Value,
        at: &str,
        anchors: &Anchors,
        met: &mut BTreeSet<String>,
    ) -> bool {
        self.left = self.left.saturating_sub(1);
        match value {
            _ if self.left == 0 => false,
            Value::Object(map) => {
                if dynamic_reference(map).is_some_and(|name| anchors.contains_key(name)) {
                    return true;
                }
                if let Some((target, behind)) = self.target(map, at)
                    && met.len() < 8 * DEEPEST
                    && met.insert(target.clone())
                    && self.asks(behind, &target, anchors, met)
                {
                    return true;
                }
                map.values().any(|value| self.asks(value, at, anchors, met))
            }
            Value::Array(items) => items.iter().any(|item| self.asks(item, at, anchors, met)),
            _ => false,
        }
    }

    /// A copy of a schema with the dynamic references replaced; `line` are the schemas that it is copied within.
    fn copy(
        &mut self,
        value: &'r Value,
        at: &str,
        anchors: &Anchors,
        line: &mut Vec<String>,
    ) -> Value {
        self.left = self.left.saturating_sub(1);
        let map = match value {
            _ if self.left == 0 => return value.clone(),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.copy(item, at, anchors, line));
                return Value::Array(items.collect());
            }
            Value::Object(map) => map,
            other => return other.clone(),
        };
        let mut copy = Map::new();
        for (key, value) in map {
            // Nothing refers to the copy's definitions, which would be second ones of their names.
            let value = if DEFINITIONS.contains(&key.as_str()) {
                value.clone()
            } else {
                self.copy(value, at, anchors, line)
            };
            copy.insert(key.clone(), value);
        }
        if let Some(pointer) = dynamic_reference(map).and_then(|name| anchors.get(name)) {
            copy.shift_remove(DYNAMIC_REF);
            copy.insert("$ref".to_owned(), Value::String(reference(pointer)));
            return Value::Object(copy);
        }
        let Some((target, behind)) = self.target(map, at) else {
            return Value::Object(copy);
        };
        let is_own = anchors
            .values()
            .any(|it| it == &target || target.starts_with(&format!("{it}/")));
        if is_own
            || !self.asks(
                behind,
                &target,
                anchors,
                &mut BTreeSet::from([target.clone()]),
            )
        {
            return Value::Object(copy);
        }
        if line.contains(&target) || line.len() >= DEEPEST {
            let at = line.first().cloned().unwrap_or_default();
            self.stop(
                &at,
                "dynamic references lead in a circle, or through too many references",
            );
            return Value::Object(copy);
        }
        line.push(target.clone());
        let inner = self.copy(behind, &target, anchors, line);
        line.pop();
        copy.shift_remove("$ref");
        if copy.is_empty() {
            return inner;
        }
        copy.insert("allOf".to_owned(), json!([inner]));
        Value::Object(copy)
    }
}

/// Makes plain references of the dynamic ones that are left: each leads to the anchor of the nearest schema around
/// it that has one.
fn to_plain_references(value: &mut Value, pointer: &str, around: &mut Vec<Anchors>) {
    match value {
        Value::Object(map) => {
            around.push(anchors(map, pointer));
            let target = dynamic_reference(map)
                .and_then(|name| around.iter().rev().find_map(|anchors| anchors.get(name)))
                .map(|pointer| reference(pointer));
            if let Some(target) = target.filter(|_| !map.contains_key("$ref")) {
                map.shift_remove(DYNAMIC_REF);
                map.insert("$ref".to_owned(), Value::String(target));
            }
            for (key, value) in map {
                if value.is_object() || value.is_array() {
                    to_plain_references(value, &push(pointer, key), around);
                }
            }
            around.pop();
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                to_plain_references(item, &push(pointer, &index.to_string()), around);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schemas: &Value) -> Value {
        json!({"openapi": "3.1.0", "components": {"schemas": schemas}})
    }

    #[test]
    fn a_schema_says_what_the_items_of_a_generic_list_are() {
        let mut root = document(&json!({
            "Page": {
                "$defs": {"item": {"$dynamicAnchor": "item", "not": {}}},
                "properties": {"items": {"items": {"$dynamicRef": "#item"}}}
            },
            "Pets": {"$defs": {"item": {"$dynamicAnchor": "item", "$ref": "#/components/schemas/Pet"}}, "$ref": "#/components/schemas/Page"},
            "Pet": {"type": "string"}
        }));
        assert!(instantiate(&mut root, "api.yaml").is_empty());
        let at = |pointer: &str| get(&root, pointer).cloned();
        let items = "/allOf/0/properties/items/items/$ref";
        assert_eq!(
            at(&format!("/components/schemas/Pets{items}")),
            Some(json!("#/components/schemas/Pets/$defs/item"))
        );
        assert_eq!(at("/components/schemas/Pets/$ref"), None);
        assert_eq!(
            at("/components/schemas/Page/properties/items/items/$ref"),
            Some(json!("#/components/schemas/Page/$defs/item"))
        );
    }

    #[test]
    fn a_tree_is_extended_at_every_level_and_behind_further_references() {
        let mut root = document(&json!({
            "Strict": {"$dynamicAnchor": "node", "$ref": "#/components/schemas/Tree", "properties": {"extra": {}}},
            "Tree": {"$dynamicAnchor": "node", "properties": {"branch": {"$ref": "#/components/schemas/Branch"}}},
            "Branch": {"properties": {"nodes": {"items": {"$dynamicRef": "#node"}}}}
        }));
        assert!(instantiate(&mut root, "api.yaml").is_empty());
        let nodes =
            "/components/schemas/Strict/allOf/0/properties/branch/properties/nodes/items/$ref";
        assert_eq!(
            get(&root, nodes),
            Some(&json!("#/components/schemas/Strict"))
        );
        // Where it stands for itself nothing says which node is meant: the first of the name is.
        let branch = get(&root, "/components/schemas/Branch/properties/nodes/items");
        assert_eq!(branch, Some(&json!({"$dynamicRef": "#node"})));
    }

    #[test]
    fn copies_of_copies_end() {
        let mut schemas = json!({"Own": {
            "$defs": {"x": {"$dynamicAnchor": "x"}}, "$ref": "#/components/schemas/L0"
        }});
        for level in 0..8 {
            let next = format!("#/components/schemas/L{}", level + 1);
            let members: Map<String, Value> = (0..40)
                .map(|it| (format!("m{it}"), json!({"$ref": next})))
                .collect();
            schemas[format!("L{level}")] = json!({"properties": members});
        }
        schemas["L8"] = json!({"$dynamicRef": "#x"});
        let mut root = document(&schemas);
        let problems = instantiate(&mut root, "api.yaml");
        assert!(
            problems.iter().any(|it| it.message.contains("too many")),
            "{problems:?}"
        );
    }

    #[test]
    fn what_leads_to_itself_ends() {
        let mut root = document(&json!({
            "Own": {"$defs": {"x": {"$dynamicAnchor": "x", "type": "string"}}, "$ref": "#/components/schemas/Loop"},
            "Loop": {"properties": {"again": {"$ref": "#/components/schemas/Loop"}, "value": {"$dynamicRef": "#x"}}}
        }));
        let problems = instantiate(&mut root, "api.yaml");
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}
