//! Where in the description something is that was compared by the model.
//!
//! The model doesn't know the places of all schemas, and types of the same fields share one. So the steps of a
//! comparison are noted, and followed through the description as it is written, where the line is that somebody has to
//! change. Where they get lost, the place of the type is used.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::model::{HttpMethod, TypeDef};
use crate::pointer::{get, local, push};

/// A step from a value into it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// The member of an object, which has this type.
    Field(&'a str, &'a TypeDef),
    /// An item of an array.
    Item,
    /// A member of an object that has no field for it.
    Value,
    /// A variant of a union, which has this type.
    Variant(&'a TypeDef),
}

/// The steps from a body to a value in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path<'a> {
    pub(super) before: Option<&'a Path<'a>>,
    pub(super) step: Step<'a>,
}

impl<'a> Path<'a> {
    /// The steps in their order.
    fn steps(&'a self) -> Vec<Step<'a>> {
        let mut steps = vec![self.step];
        let mut path = self.before;
        while let Some(before) = path {
            steps.push(before.step);
            path = before.before;
        }
        steps.reverse();
        steps
    }
}

/// Longer chains of references, and compositions that are nested more deeply, aren't followed.
const DEEPEST: usize = 32;

/// Most schemas of a composition that are looked into.
const MOST: usize = 200;

/// The schemas that were looked into, and what was found in them.
struct Searched<T> {
    seen: HashSet<String>,
    all: Vec<T>,
}

/// What is looked for in a schema, at its pointer.
type Search<'f, 'v, T> = dyn Fn(&str, &'v Map<String, Value>) -> Option<T> + 'f;

/// The schemas of a description as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'v> {
    pub(super) root: &'v Value,
}

impl<'v> Places<'v> {
    fn object(self, pointer: &str) -> Option<&'v Map<String, Value>> {
        get(self.root, pointer)?.as_object()
    }

    /// What the references at a pointer lead to.
    pub(super) fn follow(self, pointer: String) -> String {
        let mut pointer = pointer;
        for _ in 0..DEEPEST {
            let reference = self.object(&pointer).and_then(|it| it.get("$ref"));
            let target = reference.and_then(Value::as_str).and_then(local);
            match target {
                Some(target) if get(self.root, &target).is_some() => pointer = target.into_owned(),
                _ => break,
            }
        }
        pointer
    }

    /// The longest part of a pointer that the description has.
    pub(super) fn existing(self, mut pointer: String) -> String {
        while !pointer.is_empty() && get(self.root, &pointer).is_none() {
            pointer.truncate(pointer.rfind('/').unwrap_or(0));
        }
        pointer
    }

    /// The pointers of a schema and of those that it is composed of, for which there is something.
    pub(super) fn search<T>(self, pointer: &str, found: &Search<'_, 'v, T>) -> Vec<T> {
        let mut search = Searched {
            seen: HashSet::new(),
            all: Vec::new(),
        };
        self.search_below(pointer, DEEPEST, found, &mut search);
        search.all
    }

    fn search_below<T>(
        self,
        pointer: &str,
        depth: usize,
        found: &Search<'_, 'v, T>,
        search: &mut Searched<T>,
    ) {
        let pointer = self.follow(pointer.to_owned());
        let Some(schema) = self.object(&pointer) else {
            return;
        };
        // A schema can be a member of many others, and of itself.
        if search.seen.len() >= MOST || !search.seen.insert(pointer.clone()) {
            return;
        }
        search.all.extend(found(&pointer, schema));
        if depth == 0 {
            return;
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let members = schema.get(keyword).and_then(Value::as_array);
            for index in 0..members.map_or(0, Vec::len) {
                let member = format!("{pointer}/{keyword}/{index}");
                self.search_below(&member, depth - 1, found, search);
            }
        }
    }

    /// The first place that a schema, or one that it is composed of, has for a keyword.
    pub(super) fn keyword(self, pointer: &str, keyword: &str) -> Option<String> {
        let found = |at: &str, schema: &Map<String, Value>| {
            schema.contains_key(keyword).then(|| push(at, keyword))
        };
        self.search(pointer, &found).into_iter().next()
    }

    /// The place of a property.
    pub(super) fn property(self, pointer: &str, name: &str) -> Option<String> {
        let found = |at: &str, schema: &Map<String, Value>| {
            let properties = schema.get("properties")?.as_object()?;
            let has = properties.contains_key(name);
            has.then(|| push(&push(at, "properties"), name))
        };
        self.search(pointer, &found).into_iter().next()
    }

    /// The schemas whose `required` has a name.
    pub(super) fn requiring(self, pointer: &str, name: &str) -> Vec<String> {
        let found = |at: &str, schema: &Map<String, Value>| {
            let required = schema.get("required")?.as_array()?;
            required.iter().any(|it| it == name).then(|| at.to_owned())
        };
        let mut all = self.search(pointer, &found);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The place of a value, from the schema at `base`. References of the last step aren't followed.
    pub(super) fn place(self, base: &str, path: Option<&Path<'_>>) -> String {
        let mut at = base.to_owned();
        for step in path.map(Path::steps).unwrap_or_default() {
            at = match step {
                Step::Field(name, owner) => self
                    .property(&at, name)
                    .or_else(|| self.property(&owner.pointer, name))
                    .unwrap_or_else(|| self.existing(owner.pointer.clone())),
                Step::Item => self.keyword(&at, "items").unwrap_or(at),
                Step::Value => self.keyword(&at, "additionalProperties").unwrap_or(at),
                Step::Variant(definition) => match self.object(&definition.pointer) {
                    Some(_) => definition.pointer.clone(),
                    None => at,
                },
            };
        }
        self.existing(at)
    }

    /// The pointer of an operation, by its method and the key of its path.
    pub(super) fn operation(self, path: &str, http: HttpMethod) -> String {
        let item = self.follow(push("/paths", path));
        self.existing(push(&item, &http.as_str().to_ascii_lowercase()))
    }

    /// The pointer of a parameter of an operation.
    pub(super) fn parameter(self, path: &str, http: HttpMethod, key: (&str, &str)) -> String {
        let own = self.operation(path, http);
        let item = self.follow(push("/paths", path));
        for owner in [&own, &item] {
            let list = push(owner, "parameters");
            let items = get(self.root, &list).and_then(Value::as_array);
            for index in 0..items.map_or(0, Vec::len) {
                let at = self.follow(format!("{list}/{index}"));
                let is = |name: &str, value: &str| {
                    self.object(&at)
                        .and_then(|it| it.get(name))
                        .is_some_and(|it| it == value)
                };
                if is("in", key.0) && is("name", key.1) {
                    return at;
                }
            }
        }
        own
    }

    /// The keys of an object.
    pub(super) fn keys(self, pointer: &str) -> Vec<&'v str> {
        let object = self.object(pointer).into_iter();
        object
            .flat_map(|it| it.keys().map(String::as_str))
            .collect()
    }

    /// Whether the description is of OpenAPI 3.0, whose schemas have `nullable` and no type `null`.
    pub(super) fn is_3_0(self) -> bool {
        let version = get(self.root, "/openapi").and_then(Value::as_str);
        version.is_none_or(|it| it.starts_with("3.0"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_found_through_references_and_compositions() {
        let root = json!({"components": {"schemas": {
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"required": ["x"], "properties": {"y": {}}}]},
            "B": {"required": ["x"], "properties": {"x": {"anyOf": [{"items": {}}, {"type": "null"}]}}},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"$ref": "#/components/schemas/Loop"}]},
        }}});
        let places = Places { root: &root };
        let a = "/components/schemas/A";
        let x = "/components/schemas/B/properties/x";
        assert_eq!(places.property(a, "x").as_deref(), Some(x));
        assert_eq!(
            places.keyword(x, "items"),
            Some(format!("{x}/anyOf/0/items"))
        );
        assert_eq!(
            places.requiring(a, "x"),
            ["/components/schemas/A/allOf/1", "/components/schemas/B"]
        );
        assert_eq!(places.property("/components/schemas/Loop", "x"), None);
        assert_eq!(places.existing(format!("{a}/nothing/here")), a);
    }
}
