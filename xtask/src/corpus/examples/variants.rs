//! Which variants of a union an example is valid as, wherever in the example a union is met.
//!
//! A document is walked along with the value: a union's branches are those of `oneOf` and `anyOf`, and
//! each is judged by the validator. Which variant a branch became is known by its type.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use codegen::pointer::push;
use codegen::{Survey, TypedUnion};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::judge::{Judge, Judgement};
use crate::corpus::calls::document::resolved;

/// Deepest nesting that is walked.
const DEEPEST: usize = 64;

/// A value of a union, and what it may be read as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Choice {
    /// The index of the union in the survey.
    pub(super) union: usize,
    /// Its type.
    pub(super) ty: String,
    /// JSON pointer of the example, with that of the value in it.
    pub(super) pointer: String,
    /// The names of the variants that it is valid as.
    pub(super) fits: BTreeSet<String>,
    /// The value.
    pub(super) value: Value,
}

/// What was met in the examples of a description.
pub(super) struct Walk<'d> {
    judge: &'d Judge,
    survey: &'d Survey,
    /// Unions by the pointer of their schemas.
    unions: HashMap<&'d str, usize>,
    /// Types by the pointer of their schemas.
    types: HashMap<&'d str, &'d str>,
    /// The values of unions, each once.
    pub(super) choices: Vec<Choice>,
    known: HashSet<(usize, String)>,
    /// How many values of unions there are of which nothing can be said.
    pub(super) unjudged: usize,
}

/// Where in an example the walk is.
struct Visit<'v> {
    example: &'v str,
    /// Pointers of the members that the description knows of.
    described: BTreeSet<String>,
    /// Pairs of schema and value where the walk was before.
    been: HashSet<(String, String)>,
}

impl<'d> Walk<'d> {
    pub(super) fn new(judge: &'d Judge, survey: &'d Survey) -> Self {
        let unions = survey.unions.iter().enumerate();
        let types = survey.schemas.iter();
        Self {
            judge,
            survey,
            unions: unions
                .map(|(index, union)| (&*union.pointer, index))
                .collect(),
            types: types
                .map(|schema| (&*schema.pointer, &*schema.resolved))
                .collect(),
            choices: Vec::new(),
            known: HashSet::new(),
            unjudged: 0,
        }
    }

    /// Walks through an example of the schema at a pointer. Gives the pointers of the members that the
    /// description has a schema for: an emitted type has to keep these.
    pub(super) fn example(
        &mut self,
        schema: &str,
        example: &str,
        value: &Value,
    ) -> BTreeSet<String> {
        let mut visit = Visit {
            example,
            described: BTreeSet::new(),
            been: HashSet::new(),
        };
        self.walk(&mut visit, schema, "", value, 0);
        visit.described
    }

    fn walk(&mut self, visit: &mut Visit<'_>, schema: &str, at: &str, value: &Value, depth: usize) {
        let document = self.judge.document();
        let is_new = visit.been.insert((schema.to_owned(), at.to_owned()));
        let node = document
            .pointer(schema)
            .filter(|_| is_new && depth < DEEPEST);
        let Some(node) = node.and_then(Value::as_object) else {
            return;
        };
        if let Some(&union) = self.unions.get(schema) {
            self.choice(visit, union, schema, at, value);
        }
        if node.contains_key("$ref") {
            let target = resolved(document, schema);
            if target != schema {
                self.walk(visit, &target, at, value, depth + 1);
            }
        }
        for part in parts(node, schema, "allOf") {
            self.walk(visit, &part, at, value, depth + 1);
        }
        for keyword in ["oneOf", "anyOf"] {
            for part in parts(node, schema, keyword) {
                if self.is_valid(&part, value) {
                    self.walk(visit, &part, at, value, depth + 1);
                }
            }
        }
        if node.contains_key("if") {
            let holds = self.is_valid(&push(schema, "if"), value);
            let keyword = if holds { "then" } else { "else" };
            self.walk(visit, &push(schema, keyword), at, value, depth + 1);
        }
        match value {
            Value::Object(members) => self.members(visit, node, (schema, at), members, depth),
            Value::Array(items) => {
                let first = parts(node, schema, "prefixItems");
                for (index, item) in items.iter().enumerate() {
                    let own = first.get(index).cloned();
                    let own = own.unwrap_or_else(|| push(schema, "items"));
                    let at = push(at, &index.to_string());
                    self.walk(visit, &own, &at, item, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn members(
        &mut self,
        visit: &mut Visit<'_>,
        node: &Map<String, Value>,
        (schema, at): (&str, &str),
        members: &Map<String, Value>,
        depth: usize,
    ) {
        let properties = node.get("properties").and_then(Value::as_object);
        let has_others = node
            .get("additionalProperties")
            .is_some_and(Value::is_object);
        for (name, member) in members {
            let own = if properties.is_some_and(|known| known.contains_key(name)) {
                push(&push(schema, "properties"), name)
            } else if has_others {
                push(schema, "additionalProperties")
            } else {
                continue;
            };
            let at = push(at, name);
            visit.described.insert(at.clone());
            self.walk(visit, &own, &at, member, depth + 1);
        }
    }

    fn choice(&mut self, visit: &Visit<'_>, union: usize, schema: &str, at: &str, value: &Value) {
        if value.is_null() || !self.known.insert((union, value.to_string())) {
            return;
        }
        let typed = &self.survey.unions[union];
        match self.fits(typed, schema, value, 0) {
            Some(fits) if !fits.is_empty() => self.choices.push(Choice {
                union,
                ty: typed.rust.clone(),
                pointer: format!("{}{at}", visit.example),
                fits,
                value: value.clone(),
            }),
            _ => self.unjudged += 1,
        }
    }

    /// The variants that a value is valid as; none where it is valid as a branch of which it isn't known
    /// what it became.
    fn fits(
        &self,
        union: &TypedUnion,
        schema: &str,
        value: &Value,
        depth: usize,
    ) -> Option<BTreeSet<String>> {
        let document = self.judge.document();
        let node = document.pointer(schema).filter(|_| depth < DEEPEST)?;
        let node = node.as_object()?;
        let mut fits = BTreeSet::new();
        for keyword in ["oneOf", "anyOf"] {
            for branch in parts(node, schema, keyword) {
                if !self.is_valid(&branch, value) {
                    continue;
                }
                let target = resolved(document, &branch);
                let mut own = self.variants_of(union, &branch);
                own.extend(self.variants_of(union, &target));
                if own.is_empty() {
                    // A union whose variants this one has.
                    own = self.fits(union, &target, value, depth + 1)?;
                }
                fits.extend(own);
            }
        }
        (!fits.is_empty()).then_some(fits)
    }

    /// The variants of the type that a schema became.
    fn variants_of(&self, union: &TypedUnion, schema: &str) -> BTreeSet<String> {
        let Some(ty) = self.types.get(schema) else {
            return BTreeSet::new();
        };
        let variants = union.variants.iter().filter(|variant| variant.rust == *ty);
        variants.map(|variant| variant.name.clone()).collect()
    }

    fn is_valid(&self, schema: &str, value: &Value) -> bool {
        self.judge.check(schema, value) == Judgement::Valid
    }
}

/// The pointers of the schemas in a list below a schema.
fn parts(node: &Map<String, Value>, schema: &str, keyword: &str) -> Vec<String> {
    let count = node
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let list = push(schema, keyword);
    (0..count)
        .map(|index| push(&list, &index.to_string()))
        .collect()
}

/// The variants of unions by their types, for the program's table.
pub(super) fn unions_of(survey: &Survey, choices: &[Choice]) -> BTreeMap<usize, TypedUnion> {
    let used = choices.iter().map(|choice| choice.union);
    let used = used.filter_map(|index| Some((index, survey.unions.get(index)?.clone())));
    used.collect()
}

#[cfg(test)]
mod tests {
    use codegen::Source;
    use serde_json::json;

    use super::*;

    fn met(document: &Value, schema: &str, value: &Value) -> (Vec<Choice>, BTreeSet<String>) {
        let text = document.to_string();
        let source = |text| Source { name: "", text };
        let survey = codegen::survey(source(&text), source("")).unwrap();
        let judge = Judge::new(document).unwrap();
        let mut walk = Walk::new(&judge, &survey);
        let described = walk.example(schema, "/example", value);
        (walk.choices, described)
    }

    fn document(schemas: &Value) -> Value {
        json!({
            "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {},
            "components": {"schemas": schemas},
        })
    }

    #[test]
    fn variants_are_those_of_the_branches_that_a_value_is_valid_as() {
        let object = |property: &str| {
            json!({"type": "object", "required": [property],
                "properties": {property: {"type": "string"}}})
        };
        let document = document(&json!({
            "Cat": object("meows"), "Dog": object("barks"), "Bird": object("sings"),
            "Flying": {"oneOf": [{"$ref": "#/components/schemas/Bird"}]},
            "Pet": {"oneOf": [
                {"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"},
            ]},
            "Home": {"type": "object", "properties": {
                "pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
            }},
        }));
        let value = json!({"pets": [{"meows": "a"}, {"barks": "b", "age": 1}], "free": {"a": 1}});
        let (choices, described) = met(&document, "/components/schemas/Home", &value);
        let reported: Vec<(&str, Vec<&str>)> = choices
            .iter()
            .map(|it| (&*it.pointer, it.fits.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(
            reported,
            [
                ("/example/pets/0", vec!["Cat"]),
                ("/example/pets/1", vec!["Dog"])
            ]
        );
        let described: Vec<&str> = described.iter().map(String::as_str).collect();
        assert_eq!(described, ["/pets", "/pets/0/meows", "/pets/1/barks"]);
    }

    #[test]
    fn a_value_of_several_variants_may_be_any_of_them() {
        let document = document(&json!({
            "A": {"type": "object", "properties": {"a": {"type": "string"}}},
            "B": {"type": "object", "properties": {"b": {"type": "string"}}},
            "Either": {"anyOf": [
                {"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"},
                {"type": "integer"},
            ]},
        }));
        let either = "/components/schemas/Either";
        let fits = |value: Value| {
            let (choices, _) = met(&document, either, &value);
            choices[0].fits.len()
        };
        assert_eq!(fits(json!({"a": "1"})), 2);
        assert_eq!(fits(json!(1)), 1);
    }
}
