//! What a description means, with the names of Rust and all documentation left aside.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::generate::read;
use crate::lower;
use crate::model::{
    AnswerContent, Api, Body, BodyContent, Constant, Field, Operation, Output, PagesBy, Pagination,
    Parameter, PartKind, Shape, Type, TypeId,
};
use crate::names::Ident;
use crate::source::Source;

/// Tells what a description means, a fact a line: operations in the order of their paths and methods, what they send
/// and answer, and the types of that, numbered in the order in which they are met. Two descriptions with the
/// same outline give crates that differ in names and documentation alone, and in what failures are typed as and
/// which calls are waited for, which the outline leaves aside.
///
/// # Errors
///
/// Those of [`generate`](crate::generate).
///
/// # Examples
///
/// ```
/// use codegen::{Source, outline};
///
/// let spec = r#"{
///     "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
///     "paths": {"/pets": {"get": {"responses": {"200": {"description": "All.", "content": {
///         "application/json": {"schema": {"type": "array", "items": {"type": "object",
///             "properties": {"name": {"type": "string"}}}}}}}}}}}
/// }"#;
/// let outline = outline(Source { name: "pets.json", text: spec }, Source { name: "", text: "" })
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// assert_eq!(outline, "GET /pets in group 1\n  answers list of type 1\n\
///     type 1: object\n  name: optional text\n");
/// # Ok::<(), String>(())
/// ```
pub fn outline(spec: Source<'_>, config: Source<'_>) -> Result<String, Vec<Diagnostic>> {
    let (document, _, config) = read(spec, config)?;
    let (api, _) = lower::lower(&document, &config, &[])?;
    let mut outline = Outline {
        api: &api,
        numbers: HashMap::new(),
        met: Vec::new(),
        text: String::new(),
    };
    outline.operations();
    outline.types();
    Ok(outline.text)
}

struct Outline<'a> {
    api: &'a Api,
    /// Numbers of the types that were met.
    numbers: HashMap<TypeId, usize>,
    /// Those types, in the order of their numbers.
    met: Vec<TypeId>,
    text: String,
}

impl Outline<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn operations(&mut self) {
        let mut all: Vec<(Vec<&Ident>, &Operation)> = self
            .api
            .operations()
            .map(|(resource, operation)| (resource.path().collect(), operation))
            .collect();
        all.sort_by_key(|(_, it)| (it.path.clone(), it.http.as_str()));
        let mut groups: Vec<Vec<&Ident>> = Vec::new();
        for (group, operation) in all {
            let number = match groups.iter().position(|it| *it == group) {
                Some(index) => index + 1,
                None => {
                    groups.push(group);
                    groups.len()
                }
            };
            let http = operation.http.as_str();
            self.line(&format!("{http} {} in group {number}", operation.path));
            self.operation(operation);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.parameter(parameter);
        }
        if let Some(body) = &operation.body {
            self.body(body);
        }
        let output = match &operation.output {
            Output::None => "nothing".to_owned(),
            Output::Json(ty) => self.ty(ty),
            Output::String(ty) => format!("{} or its text", self.ty(ty)),
            Output::Maybe(ty) => format!("{} or nothing", self.ty(ty)),
            Output::Text => "plain text".to_owned(),
            Output::Bytes => "bytes".to_owned(),
            Output::Redirection => "a redirect".to_owned(),
            Output::Several { cases, .. } => {
                let mut all = Vec::new();
                for case in cases {
                    let content = match &case.content {
                        Some(AnswerContent::Json(ty)) => self.ty(ty),
                        Some(AnswerContent::String(ty)) => format!("{} or its text", self.ty(ty)),
                        Some(AnswerContent::Text) => "plain text".to_owned(),
                        Some(AnswerContent::Bytes) => "bytes".to_owned(),
                        Some(AnswerContent::Redirection) => "a redirect".to_owned(),
                        None => "nothing".to_owned(),
                    };
                    all.push(format!("{content} with {:?}", case.statuses));
                }
                all.join(" or ")
            }
        };
        self.line(&format!("  answers {output}"));
        if let Some(events) = &operation.events {
            self.line(&format!("  can answer with events: {:?}", events.format));
        }
        if let Some(pagination) = &operation.pagination {
            let told = self.pagination(operation, pagination);
            self.line(&format!("  in pages: {told}"));
        }
        for header in &operation.headers {
            let ty = self.ty(&header.ty);
            self.line(&format!("  with header {}: {ty}", header.wire));
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let place = format!("{:?}", parameter.place).to_lowercase();
        let optional = if parameter.required { "" } else { "optional " };
        let ty = self.ty(&parameter.ty);
        let style = format!("{:?}", parameter.style).to_lowercase();
        let explode = if parameter.explode { ", exploded" } else { "" };
        self.line(&format!(
            "  {place} {}: {optional}{ty}, {style}{explode}{}",
            parameter.wire,
            always(parameter.constant.as_ref())
        ));
    }

    fn body(&mut self, body: &Body) {
        let content = match &body.content {
            BodyContent::Json(ty) => self.ty(ty),
            BodyContent::Lines(ty) => format!("items of {}", self.ty(ty)),
            BodyContent::Form { ty, .. } => format!("form of {}", self.ty(ty)),
            BodyContent::Members(ty) => format!("parts of {}", self.ty(ty)),
            BodyContent::Multipart(form) => {
                let mut parts = Vec::new();
                for part in &form.parts {
                    let kind = match &part.kind {
                        PartKind::File => "file".to_owned(),
                        PartKind::Files => "files".to_owned(),
                        PartKind::Value(ty) => self.ty(ty),
                    };
                    let optional = if part.required { "" } else { "optional " };
                    let constant = always(part.constant.as_ref());
                    parts.push(format!("{}: {optional}{kind}{constant}", part.wire));
                }
                format!("parts {}", parts.join(", "))
            }
            BodyContent::Text => "plain text".to_owned(),
            BodyContent::Binary => "bytes".to_owned(),
        };
        let optional = if body.required { "" } else { "optional " };
        self.line(&format!(
            "  sends {optional}{content} as {}",
            body.media_type
        ));
    }

    /// How a list goes on, by names on the wire.
    fn pagination(&self, operation: &Operation, pagination: &Pagination) -> String {
        let page = operation.output.types().into_iter().next();
        let wires = |path: &[Ident], from: Option<&Type>| {
            let fields = from.map(|ty| self.api.fields(ty, path)).unwrap_or_default();
            let names: Vec<&str> = fields
                .iter()
                .map(|(field, _)| field.wire.as_str())
                .collect();
            names.join(".")
        };
        let by = match &pagination.by {
            PagesBy::Token { parameter, next } => {
                format!("{} goes into {parameter}", wires(next, page))
            }
            PagesBy::Item { parameter, next } => {
                let last = wires(next, Some(&pagination.item));
                format!("{last} of the last item goes into {parameter}")
            }
            PagesBy::Page { parameter, .. } => format!("by number in {parameter}"),
            PagesBy::Offset { parameter, .. } => format!("by offset in {parameter}"),
            PagesBy::Link => "by header".to_owned(),
            PagesBy::Url { next } => format!("by URL in {}", wires(next, page)),
        };
        format!("items in {}, {by}", wires(&pagination.items, page))
    }

    fn types(&mut self) {
        let mut index = 0;
        while let Some(&id) = self.met.get(index) {
            index += 1;
            let shape = self.api.type_def(id).shape.clone();
            match shape {
                Shape::Struct(shape) => {
                    self.line(&format!("type {index}: object"));
                    for field in &shape.fields {
                        self.field(field);
                    }
                    if let Some(rest) = &shape.rest {
                        let rest = self.ty(&rest.ty);
                        self.line(&format!("  others: {rest}"));
                    }
                }
                Shape::TextEnum(variants) => {
                    self.line(&format!("type {index}: values"));
                    for variant in variants {
                        self.line(&format!("  {:?}", variant.value));
                    }
                }
                Shape::IntegerEnum(variants) => {
                    self.line(&format!("type {index}: values"));
                    for variant in variants {
                        self.line(&format!("  {}", variant.value));
                    }
                }
                Shape::Union(union) => {
                    let open = if union.any { ", or anything" } else { "" };
                    self.line(&format!("type {index}: one of these{open}"));
                    for variant in &union.variants {
                        let ty = self.ty(&variant.ty);
                        self.line(&format!("  {ty} told by {:?}", variant.told));
                    }
                }
                Shape::Alias(ty) | Shape::Newtype(ty) => {
                    let ty = self.ty(&ty);
                    self.line(&format!("type {index}: {ty}"));
                }
            }
        }
    }

    fn field(&mut self, field: &Field) {
        let optional = if field.required { "" } else { "optional " };
        let nullable = if field.nullable { " or null" } else { "" };
        let ty = self.ty(&field.ty);
        let constant = always(field.constant.as_ref());
        self.line(&format!(
            "  {}: {optional}{ty}{nullable}{constant}",
            field.wire
        ));
    }

    fn ty(&mut self, ty: &Type) -> String {
        match self.api.resolve(ty) {
            Type::String => "text".to_owned(),
            Type::Bool => "boolean".to_owned(),
            Type::I64 | Type::U64 | Type::I128 => "whole number".to_owned(),
            Type::F64 | Type::Decimal => "number".to_owned(),
            Type::DateTime => "time".to_owned(),
            Type::Date => "date".to_owned(),
            Type::Base64 => "base64".to_owned(),
            Type::Base64Url => "base64url".to_owned(),
            Type::Value => "anything".to_owned(),
            Type::Array(item) => format!("list of {}", self.ty(item)),
            Type::Map(value) => format!("map of {}", self.ty(value)),
            Type::Nullable(inner) => format!("{} or null", self.ty(inner)),
            Type::Named(id) => {
                let next = self.numbers.len() + 1;
                let number = *self.numbers.entry(*id).or_insert(next);
                if number == next {
                    self.met.push(*id);
                }
                format!("type {number}")
            }
        }
    }
}

/// The one value that something has.
fn always(constant: Option<&Constant>) -> String {
    constant.map_or_else(String::new, |it| format!(", always {it:?}"))
}
