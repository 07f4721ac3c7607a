//! What became of each schema, for those who try the generator on many documents.

mod calls;
mod unions;

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::description::Description;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, PREFIX_ITEMS, as_written, open};
use crate::lower;
use crate::model::{Shape, Type, TypeId};
use crate::source::Source;
use crate::spelling::outside;

pub use calls::{
    TypedBody, TypedContent, TypedCredential, TypedOperation, TypedOutput, TypedParameter,
    TypedPart, TypedStatuses,
};
pub use unions::{TypedUnion, TypedVariant};

/// What became of the schemas of a description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Every schema that was typed, each place once: first the named ones, then the others in the
    /// order in which they were met.
    pub schemas: Vec<TypedSchema>,
    /// Those of them that any JSON value is taken for.
    pub free_values: Vec<FreeValue>,
    /// The unions, each with its variants.
    pub unions: Vec<TypedUnion>,
    /// The operations, each with how it is called.
    pub operations: Vec<TypedOperation>,
    /// What a client can be given to sign in with.
    pub credentials: Vec<TypedCredential>,
}

/// A schema and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedSchema {
    /// JSON pointer (RFC 6901) of the schema.
    pub pointer: String,
    /// The type in Rust, `null` left aside, as a crate writes it that has imported `BTreeMap` and
    /// everything from the root of the generated crate: `types::Pet`, `Vec<types::Pet>`.
    pub rust: String,
    /// The same behind other names for it.
    pub resolved: String,
}

/// A place where any JSON value is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeValue {
    /// JSON pointer (RFC 6901) of the schema.
    pub pointer: String,
    /// The keyword by which the description says more than that, such as `oneOf`; `None` where it
    /// says nothing more.
    pub keyword: Option<String>,
}

/// Tells what the schemas of a description become, without making the crate.
///
/// # Errors
///
/// Those of [`generate`](crate::generate).
///
/// # Examples
///
/// ```
/// use codegen::{Source, survey};
///
/// let spec = r#"{
///     "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": {},
///     "components": {"schemas": {"Names": {"type": "array", "items": {"type": "string"}}, "Any": {}}}
/// }"#;
/// let found = survey(Source { name: "pets.json", text: spec }, Source { name: "", text: "" })
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// assert_eq!(found.schemas[0].pointer, "/components/schemas/Names");
/// assert_eq!(found.schemas[0].rust, "types::Names");
/// assert_eq!(found.free_values[0].pointer, "/components/schemas/Any");
/// assert_eq!(found.free_values[0].keyword, None);
/// # Ok::<(), String>(())
/// ```
pub fn survey<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
) -> Result<Survey, Vec<Diagnostic>> {
    survey_only(spec, config, &[])
}

/// Tells what the schemas become that some operations reach, named as
/// [`generate_only`](crate::generate_only) takes them.
///
/// # Errors
///
/// Those of [`generate_only`](crate::generate_only).
pub fn survey_only<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    only: &[String],
) -> Result<Survey, Vec<Diagnostic>> {
    let (document, _, config) = open(spec.into(), config)?;
    let (api, typed) = lower::lower_recording(&document, &config, only)?;
    let mut survey = Survey {
        operations: calls::find(&api),
        credentials: calls::credentials(&api),
        ..Survey::default()
    };
    let mut seen = HashSet::new();
    let declared: HashSet<TypeId> = api
        .modules
        .iter()
        .flat_map(|module| module.types.iter().copied())
        .collect();
    survey.unions = unions::find(&api, &declared);
    // A named schema is known by its name, whatever stands behind that.
    for (index, definition) in api.types.iter().enumerate() {
        let ty = Type::Named(TypeId(index));
        if is_declared(&ty, &declared) && seen.insert(definition.pointer.clone()) {
            survey.schemas.push(TypedSchema {
                pointer: as_written(&definition.pointer),
                rust: outside(&api, &ty),
                resolved: outside(&api, api.resolve(&ty)),
            });
            if let Shape::Alias(target) = &definition.shape {
                survey.note_free_value(&document, &definition.pointer, target);
            }
        }
    }
    for (pointer, ty) in &typed {
        if is_declared(ty, &declared) && seen.insert(pointer.clone()) {
            survey.schemas.push(TypedSchema {
                pointer: as_written(pointer),
                rust: outside(&api, ty),
                resolved: outside(&api, api.resolve(ty)),
            });
            survey.note_free_value(&document, pointer, ty);
        }
    }
    Ok(survey)
}

/// Whether the crate has all that a type is made of.
fn is_declared(ty: &Type, declared: &HashSet<TypeId>) -> bool {
    match ty {
        Type::Named(id) => declared.contains(id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            is_declared(inner, declared)
        }
        _ => true,
    }
}

impl Survey {
    /// Adds the schema to the free values if it is one.
    fn note_free_value(&mut self, document: &Document, pointer: &str, ty: &Type) {
        let is_free = match ty {
            Type::Value => true,
            // The items of a tuple are not met one by one.
            Type::Array(item) => {
                **item == Type::Value
                    && schema(document, pointer).is_some_and(|it| it.contains_key(PREFIX_ITEMS))
            }
            _ => false,
        };
        if is_free {
            let keyword = schema(document, pointer).and_then(keyword);
            self.free_values.push(FreeValue {
                pointer: as_written(pointer),
                keyword,
            });
        }
    }
}

/// The converted schema at a pointer, references followed.
fn schema<'d>(document: &'d Document, pointer: &str) -> Option<&'d Map<String, Value>> {
    // Loops were refused when the document was checked; no chain is this long.
    const LONGEST_CHAIN: usize = 100;
    let mut found = document.value(pointer)?.as_object()?;
    for _ in 0..LONGEST_CHAIN {
        let Some(reference) = found.get("$ref").and_then(Value::as_str) else {
            break;
        };
        found = document.value(reference.strip_prefix('#')?)?.as_object()?;
    }
    Some(found)
}

/// The keyword by which a schema says what values it takes, the one that weighs most first.
fn keyword(schema: &Map<String, Value>) -> Option<String> {
    const COMBINING: [&str; 9] = [
        "oneOf",
        "anyOf",
        "allOf",
        "not",
        "enum",
        PREFIX_ITEMS,
        "properties",
        "items",
        "additionalProperties",
    ];
    // `true` and `{}` say that there is nothing to be said.
    let says_something = |value: &Value| match value {
        Value::Bool(allowed) => !allowed,
        Value::Object(members) => !members.is_empty(),
        Value::Array(members) => !names_all_kinds(members),
        _ => true,
    };
    let combining = COMBINING
        .iter()
        .find(|keyword| schema.get(**keyword).is_some_and(says_something));
    match (combining, schema.get("type").and_then(Value::as_str)) {
        (Some(keyword), _) => Some(as_written(keyword)),
        (None, Some(name)) => Some(format!("type: {name}")),
        (None, None) => None,
    }
}

/// Whether alternatives name all kinds of JSON, so that nothing is left out.
fn names_all_kinds(members: &[Value]) -> bool {
    let kinds = ["object", "array", "string", "number", "boolean"];
    let named = |kind: &&str| {
        let mut types = members.iter().filter_map(|member| member.get("type"));
        types.any(|ty| ty == *kind)
    };
    kinds.iter().all(named)
}
