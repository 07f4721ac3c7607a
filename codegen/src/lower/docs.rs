//! Descriptions, examples and other marks that documentation is made of.

use indexmap::IndexMap;
use openapiv3::{Example, ReferenceOr, Schema};
use serde_json::Value;

use crate::model::Docs;
use crate::names::{pascal_case, snake_case, words};

use super::schema::{Form, SchemaRef};
use super::schemas::Schemas;

impl Schemas<'_> {
    /// What a schema says about itself where it is used: a reference says nothing of its own,
    /// since the type it leads to has its own documentation.
    pub(super) fn docs_of(&self, schema: SchemaRef<'_>) -> Docs {
        match schema {
            SchemaRef::Item(item) => {
                let mut docs = of_schema(item);
                let form = Form::of(item);
                for words in annotations(&form) {
                    fill(&mut docs, of_schema(words));
                }
                let mut telling = form.all_of.iter().filter(|it| !is_annotation(it));
                if let (Some(only), None) = (telling.next(), telling.next()) {
                    docs.example = docs.example.or_else(|| self.example_of(only.into()));
                }
                docs
            }
            SchemaRef::Reference(_) => Docs {
                example: self.example_of(schema),
                ..Docs::default()
            },
        }
    }

    /// The example of a parameter or a media type: the single one, or the first of named ones that holds
    /// a value (OpenAPI 3.0.3, "Media Type Object").
    pub(super) fn example(
        &self,
        single: Option<&Value>,
        named: &IndexMap<String, ReferenceOr<Example>>,
    ) -> Option<Value> {
        let value = |example: &ReferenceOr<Example>| match example {
            ReferenceOr::Item(example) => example.value.clone(),
            ReferenceOr::Reference { reference } => {
                let (_, example) = self.document.example(reference)?;
                example.value.clone()
            }
        };
        single.cloned().or_else(|| named.values().find_map(value))
    }

    fn example_of(&self, schema: SchemaRef<'_>) -> Option<Value> {
        match schema {
            SchemaRef::Item(item) => item.schema_data.example.clone(),
            SchemaRef::Reference(reference) => {
                let (_, item) = self.document.schema(reference)?;
                item.schema_data.example.clone()
            }
        }
    }
}

/// The members of `allOf` that say something of the schema in words alone: `allOf: [$ref, {description: ..}]` is
/// how a description is put beside a reference in OpenAPI 3.0.
pub(super) fn annotations<'s>(form: &Form<'s>) -> impl Iterator<Item = &'s Schema> {
    let members = form.all_of.iter();
    members
        .filter(|member| is_annotation(member))
        .filter_map(ReferenceOr::as_item)
}

fn is_annotation(member: &ReferenceOr<Schema>) -> bool {
    member
        .as_item()
        .is_some_and(|item| Form::of(item).is_annotation())
}

/// Adds what is said where nothing is said so far.
fn fill(docs: &mut Docs, other: Docs) {
    if docs.text.is_empty() {
        docs.text = other.text;
    }
    docs.deprecated |= other.deprecated;
    docs.default = docs.default.take().or(other.default);
    docs.example = docs.example.take().or(other.example);
}

/// Forgets a text that only spells the name out, as frameworks make them up: "Pipeline Id" of
/// `pipeline_id`.
pub(super) fn drop_title(docs: &mut Docs, name: &str) {
    // A long text is none, and needn't be looked at.
    if docs.text.len() <= 2 * name.len() + 8 && words(&docs.text) == words(name) {
        docs.text.clear();
    }
}

/// What a schema says about itself.
pub(super) fn of_schema(schema: &Schema) -> Docs {
    let data = &schema.schema_data;
    Docs {
        constant: None,
        text: with_values(
            data.description
                .clone()
                .or_else(|| data.title.clone())
                .unwrap_or_default(),
            schema,
        ),
        deprecated: data.deprecated,
        default: data.default.clone(),
        example: data.example.clone(),
        renamed_from: None,
        schema_name: None,
    }
}

/// A text with the values of an enum behind it, where these have no type of their own to be seen in.
fn with_values(text: String, schema: &Schema) -> String {
    /// Most values that are listed.
    const MOST: usize = 20;
    let listed = Form::of(schema).values;
    if listed.is_empty() || listed.len() > MOST {
        return text;
    }
    let values = listed.values();
    let fractions = values.iter().all(Value::is_number) && values.iter().any(Value::is_f64);
    if !fractions {
        return text;
    }
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    let list = format!("One of {}.", values.join(", "));
    match text.trim_end() {
        "" => list,
        text => format!("{text}\n\n{list}"),
    }
}

/// Title and text of a thing, the summary first.
pub(super) fn summary_and_description(summary: Option<&str>, description: Option<&str>) -> String {
    match (summary.map(str::trim), description.map(str::trim)) {
        (Some(summary), Some(description)) if !description.is_empty() => {
            if description.starts_with(summary) || begins_with(description, summary) {
                return description.to_owned();
            }
            let stop = if summary.ends_with(['.', '!', '?']) {
                ""
            } else {
                "."
            };
            format!("{summary}{stop}\n\n{description}")
        }
        (Some(text), _) | (None, Some(text)) => text.to_owned(),
        (None, None) => String::new(),
    }
}

/// Whether the first sentence of a text is another one, whatever their case and their stops.
fn begins_with(text: &str, sentence: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let line = text.lines().next().unwrap_or_default();
    let first = line.split_inclusive(". ").next().unwrap_or_default();
    let wanted = letters(sentence);
    !wanted.is_empty() && (letters(first) == wanted || letters(line) == wanted)
}

/// The name in the document, if nobody would guess it from the name in Rust.
pub(super) fn renamed(wire: &str, name: &str) -> Option<String> {
    let plain = name.trim_end_matches('_');
    let same = plain == wire || plain == snake_case(wire) || plain == pascal_case(wire);
    (!same).then(|| wire.to_owned())
}

#[cfg(test)]
mod tests {
    use super::summary_and_description;

    #[test]
    fn a_summary_that_begins_the_description_is_said_once() {
        let both = |summary, description| summary_and_description(Some(summary), Some(description));
        assert_eq!(both("Get Assets.", "Get assets."), "Get assets.");
        assert_eq!(both("Count Flows", "Count flows."), "Count flows.");
        assert_eq!(both("Get it.", "Get it"), "Get it");
        assert_eq!(
            both("List pets", "List Pets. All of them.\nBy name."),
            "List Pets. All of them.\nBy name."
        );
        assert_eq!(both("List", "Lists pets."), "Lists pets.");
        assert_eq!(both("Pets", "All of them."), "Pets.\n\nAll of them.");
    }
}
