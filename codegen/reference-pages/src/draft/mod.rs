//! Facts to an OpenAPI description.

mod access;
mod evidence;
mod naming;
mod operations;
mod schemas;
mod yaml;

use serde_json::{Map, Value, json};

use super::facts::{Form, Operation};
use super::{Note, Pages};

use access::Access;
use evidence::Known;
use operations::Described;
use schemas::Schemas;

/// A description that was made from pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The description, as YAML.
    pub text: String,
    /// What the pages say too little of.
    pub notes: Vec<Note>,
}

/// What is said at the start of a draft.
const HEAD: &str = "\
# Draft of the description, from the pages that document the API. What they don't state follows these rules:
# - `optional` in a response means not required and nullable, as pages use one word for both, unless they have
#   `or null` somewhere.
# - Successful responses have status 200, or 204 without content; errors are omitted.
# - A string is a date-time if an example shows one, or another form of the page has it.
# - Equal types are one schema, named after the operation and field of their first use.
# - A request body is required if one of its fields is.
# - Operations that are only described for Go have no required fields, as that form doesn't state them.
# Comments state what else was inferred, and from which line.
";

/// Writes what pages say as a description.
pub(super) fn draft(pages: &Pages<'_>) -> Draft {
    let operations = merged(pages);
    let all = pages.facts.iter().flat_map(|it| &it.operations);
    let known = Known::of(all.clone().filter(|it| it.form != Form::Other));
    let mut schemas = Schemas::new(pages, &known);
    let access = Access::of(all);
    let mut paths = Map::new();
    let mut ids = operations::Ids::default();
    let mut described = Vec::new();
    // Responses give the better names: those of what there is, not of what is done with it.
    for operation in &operations {
        described.push(Described::response(operation, &mut schemas));
    }
    for (operation, described) in operations.iter().zip(&mut described) {
        described.request(operation, &mut schemas, &known);
    }
    for (operation, described) in operations.iter().zip(described) {
        let value = described.finished(operation, &mut ids, &schemas);
        let item = paths
            .entry(operation.path.clone())
            .or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            item.insert(operation.method.to_ascii_lowercase(), value);
        }
    }
    let notes = std::mem::take(&mut schemas.notes);
    let mut root = Map::new();
    root.insert("openapi".to_owned(), "3.1.0".into());
    root.insert("info".to_owned(), info(&operations));
    access.servers(&mut root, &schemas);
    let mut components = Map::new();
    access.schemes(&mut root, &mut components, &schemas);
    root.insert("paths".to_owned(), paths.into());
    let named: Map<String, Value> = std::mem::take(&mut schemas.named).into_iter().collect();
    if !named.is_empty() {
        components.insert("schemas".to_owned(), named.into());
    }
    if !components.is_empty() {
        root.insert("components".to_owned(), components.into());
    }
    let text = format!("{HEAD}\n{}", yaml::write(&Value::Object(root)));
    Draft { text, notes }
}

fn info(operations: &[&Operation]) -> Value {
    let group = operations.iter().find_map(|it| it.group.clone());
    let title = group.unwrap_or_else(|| "API".to_owned());
    json!({
        yaml::COMMENT: "The pages state neither the title of the API nor its version.",
        "title": title,
        "version": "1.0.0",
    })
}

/// Each operation once, in the order in which pages describe them: in the form for HTTP, if there is one.
fn merged<'p>(pages: &'p Pages<'p>) -> Vec<&'p Operation> {
    let mut merged: Vec<&Operation> = Vec::new();
    let mut by_name = std::collections::HashMap::new();
    for operation in pages.facts.iter().flat_map(|it| &it.operations) {
        let index = *by_name.entry(operation.name()).or_insert(merged.len());
        match merged.get_mut(index) {
            None => merged.push(operation),
            Some(first) => {
                let rank = |it: &Operation| match it.form {
                    Form::Http => 0,
                    Form::Go => 1,
                    Form::Other => 2,
                };
                // A page that describes the whole group says more about the operation.
                let better = (rank(operation), operation.group.is_none());
                if better < (rank(first), first.group.is_none()) {
                    *first = operation;
                }
            }
        }
    }
    merged
}
