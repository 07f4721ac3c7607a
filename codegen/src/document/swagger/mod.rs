//! Swagger 2.0, converted to the forms of OpenAPI 3 before anything else is done with it.
//!
//! A description is checked against the tables of Swagger 2.0 (`tables`), then written anew: servers of `host`, `basePath` and
//! `schemes` (`servers`), parameters (`parameters`), bodies of body and form parameters (`body`, `form`), contents of responses
//! (`responses`) by the media types that hold for an operation (`media`), and security schemes (`security`). Schemas stay as they are, but
//! for a few keywords and the targets of references (`schemas`).
//!
//! Where each value was written is kept (`moves`), so what is said of the converted description later points at the lines of
//! the original. Overlays are applied before, to the original.
//!
//! All parts of the description are copied once, or as often as there may be media types: what is referred to often is
//! small, or becomes a component (`shared`).

mod body;
mod form;
mod inheritance;
mod media;
mod moves;
mod parameters;
mod responses;
mod schemas;
mod security;
mod servers;
mod shared;
mod tables;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::check::Checker;
use super::check::shape::Want;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::pointer::{Place, push};

use media::MediaTypes;
pub(crate) use moves::Moves;
use parameters::Sorted;
use shared::Shared;

type Object = Map<String, Value>;

/// A description of Swagger 2.0 as one of OpenAPI 3.
pub(crate) struct Converted {
    pub(crate) value: Value,
    /// Where its values were.
    pub(crate) moves: Moves,
    /// What is to be said of the original, by its pointers.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// Whether a description calls itself one of Swagger 2.0.
pub(crate) fn is_swagger(root: &Value) -> bool {
    root.get("openapi").is_none() && root.get("swagger").is_some_and(is_two)
}

/// What a description of Swagger 2.0 has to be.
pub(super) const WANT: Want = Want::Object(&tables::SWAGGER);

/// Whether a version is 2.0. YAML makes a number of it where it has no quotes.
fn is_two(version: &Value) -> bool {
    match version {
        Value::String(text) => matches!(text.trim(), "2.0" | "2"),
        Value::Number(number) => number.as_f64() == Some(2.0),
        _ => false,
    }
}

/// Checks the original in place, and says what is wrong with it; a second pass converts it.
pub(crate) fn check(root: &mut Value) -> Checker {
    let mut checker = Checker::default();
    checker.check(root, Want::Object(&tables::SWAGGER), &Place::new(""));
    checker
}

/// Converts a checked description.
pub(crate) fn convert(root: &Value) -> Converted {
    let mut conversion = Conversion::new(root);
    let mut value = conversion.root();
    schemas::convert(&mut value, &conversion.moves);
    inheritance::map_values(&mut value);
    Converted {
        value,
        moves: conversion.moves.without_targets(),
        warnings: conversion.warnings,
    }
}

/// A conversion under way.
struct Conversion<'d> {
    root: &'d Value,
    consumes: MediaTypes<'d>,
    produces: MediaTypes<'d>,
    shared: Shared,
    moves: Moves,
    warnings: Vec<Diagnostic>,
    /// Places and messages of the warnings.
    reported: HashSet<(String, String)>,
}

impl<'d> Conversion<'d> {
    fn new(root: &'d Value) -> Self {
        let mut conversion = Self {
            root,
            consumes: MediaTypes::default(),
            produces: MediaTypes::default(),
            shared: Shared::new(root),
            moves: Moves::default(),
            warnings: Vec::new(),
            reported: HashSet::new(),
        };
        conversion.consumes = conversion.media_types(root, "consumes", "");
        conversion.produces = conversion.media_types(root, "produces", "");
        conversion
    }

    fn root(&mut self) -> Value {
        let root = self.root;
        let mut made = Object::new();
        // A body is part of any request in Swagger 2.0; OpenAPI 3.0 would have those of GET and DELETE ignored.
        made.insert("openapi".to_owned(), "3.1.0".into());
        self.moves.note("/swagger", "/openapi");
        copy(
            root,
            &mut made,
            &["info", "tags", "externalDocs", "security"],
        );
        let servers = self.servers();
        if !servers.is_empty() {
            made.insert("servers".to_owned(), servers.into());
        }
        let components = self.components();
        if let Some(paths) = root.get("paths").and_then(Value::as_object) {
            let mut converted = Object::new();
            for (template, item) in paths {
                let at = push("/paths", template);
                let is_item = item.is_object() && !template.starts_with("x-");
                let item = if is_item {
                    self.path_item(item, &at)
                } else {
                    item.clone()
                };
                converted.insert(template.clone(), item);
            }
            made.insert("paths".to_owned(), Value::Object(converted));
        }
        made.insert("components".to_owned(), self.with_shared(components));
        Value::Object(made)
    }

    fn components(&mut self) -> Object {
        let root = self.root;
        let mut made = Object::new();
        if let Some(definitions) = root.get("definitions") {
            made.insert("schemas".to_owned(), definitions.clone());
            self.moves.note("/definitions", "/components/schemas");
        }
        let responses = self.response_components();
        let (parameters, bodies) = self.parameter_components();
        let schemes = self.security_schemes();
        for (section, members) in [
            ("responses", responses),
            ("parameters", parameters),
            ("requestBodies", bodies),
            ("securitySchemes", schemes),
        ] {
            if !members.is_empty() {
                made.insert(section.to_owned(), Value::Object(members));
            }
        }
        made
    }

    fn with_shared(&mut self, mut components: Object) -> Value {
        let shared = self.shared.take();
        if !shared.is_empty() {
            let schemas = components.entry("schemas");
            if let Value::Object(schemas) = schemas.or_insert_with(|| Object::new().into()) {
                schemas.extend(shared);
            }
        }
        Value::Object(components)
    }

    fn path_item(&mut self, item: &'d Value, at: &str) -> Value {
        let mut made = Object::new();
        copy(item, &mut made, &["$ref"]);
        let shared = self.sorted(item, at);
        self.insert_parameters(&mut made, &shared, at);
        // In the order of the description, as is all that is emitted.
        for (method, operation) in item.as_object().into_iter().flatten() {
            if tables::METHODS.contains(&method.as_str()) {
                let operation = self.operation(operation, &shared, &push(at, method));
                made.insert(method.clone(), operation);
            }
        }
        Value::Object(made)
    }

    fn operation(&mut self, operation: &'d Value, shared: &Sorted<'d>, at: &str) -> Value {
        let mut made = Object::new();
        let alike = [
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "deprecated",
            "security",
        ];
        copy(operation, &mut made, &alike);
        let own = self.sorted(operation, at);
        self.insert_parameters(&mut made, &own, at);
        let consumes = self.media_types_or(operation, "consumes", at, &self.consumes.clone());
        if let Some(body) = self.request_body(&own.over(shared), &consumes, at) {
            made.insert("requestBody".to_owned(), body);
        }
        if let Some(responses) = operation.get("responses") {
            let produces = self.media_types_or(operation, "produces", at, &self.produces.clone());
            let at = push(at, "responses");
            let responses = self.responses(responses, &produces, &at);
            made.insert("responses".to_owned(), responses);
        }
        let servers = self.servers_of(operation, at);
        if !servers.is_empty() {
            made.insert("servers".to_owned(), servers.into());
        }
        Value::Object(made)
    }

    /// Warns once of what may be seen from several places.
    fn warn(&mut self, code: WarningCode, at: impl Into<String>, message: String, label: &str) {
        let at = at.into();
        if !self.reported.insert((at.clone(), message.clone())) {
            return;
        }
        let warning = Diagnostic::warning(code, Origin::Spec, at, message);
        self.warnings.push(warning.label(label));
    }
}

/// Copies members that OpenAPI 3 has in the same form, and extensions.
fn copy(from: &Value, to: &mut Object, names: &[&str]) {
    for (key, value) in from.as_object().into_iter().flatten() {
        if names.contains(&key.as_str()) || key.starts_with("x-") {
            to.insert(key.clone(), value.clone());
        }
    }
}

/// Gives diagnostics about the converted description the references that the original has.
pub(crate) fn as_written(text: &mut String) {
    const SECTIONS: [(&str, &str); 6] = [
        ("#/components/schemas/", "#/definitions/"),
        ("#/components/parameters/", "#/parameters/"),
        ("#/components/requestBodies/", "#/parameters/"),
        ("#/components/responses/", "#/responses/"),
        ("#/components/securitySchemes/", "#/securityDefinitions/"),
        ("components/securitySchemes", "securityDefinitions"),
    ];
    for (new, old) in SECTIONS {
        if text.contains(new) {
            *text = text.replace(new, old);
        }
    }
}
