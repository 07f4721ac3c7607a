//! The API as other tools can read it: resources, operations and types with their names in Rust.

use crate::description::Description;
use crate::diagnostic::Diagnostic;
use crate::document::{as_written, open};
use crate::lower;
use crate::model::{
    Api, BodyContent, Operation as ModelOperation, Output, PagesBy, Resource as ModelResource,
    Shape, TypeDef, Variant as ModelVariant,
};
use crate::source::Source;
use crate::spelling::outside;

/// An API, as it is generated. Types are spelled as a crate does that has imported all of the generated one's root:
/// `types::Pet`, `Vec<types::Pet>`, `DateTime`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Model {
    /// `title` of the description.
    pub title: String,
    /// The name of the crate.
    pub package: String,
    /// Its resources, in the order of the description, each with those that it leads to right behind it.
    pub resources: Vec<Resource>,
    /// Its types, in the order in which they are generated.
    pub types: Vec<Type>,
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// The names of the methods that lead from the client to it: `["beta", "pets"]` for `client.beta().pets()`. None
    /// where its operations are methods of the client itself.
    pub path: Vec<String>,
    /// Its operations, in the order of the description.
    pub operations: Vec<Operation>,
}

/// A method that makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// `operationId`, or a name made from method and path where there is none.
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with `{name}` for parameters.
    pub path: String,
    /// Its parameters, in the order of the description.
    pub parameters: Vec<Parameter>,
    /// The body of the request.
    pub body: Option<Body>,
    /// The type of a decoded response, or what else a success gives: `String`, `Bytes`, `Redirection`, the path of the
    /// enum where it depends on status and `Content-Type`; `None` without content.
    pub response: Option<String>,
    /// What leads to the next page, where responses are pages of a list: `token`, `item`, `page`, `offset`, `link`, `url`.
    pub paged_by: Option<String>,
    /// Whether the description marks it as deprecated.
    pub deprecated: bool,
    /// What the description says of it.
    pub description: String,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Name of the argument or setter.
    pub name: String,
    /// Name in the request.
    pub wire: String,
    /// Where it is sent, as OpenAPI calls it: `path`, `query`, `header`, `cookie`.
    pub location: String,
    /// Its type.
    pub ty: String,
    /// Whether each call has to give it.
    pub required: bool,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Body {
    /// Its media type.
    pub media_type: String,
    /// Its type, or `String`, `Upload`, or the name of the form.
    pub ty: String,
    /// Whether each call has to give it.
    pub required: bool,
}

/// A type of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Type {
    /// Its name.
    pub name: String,
    /// The JSON pointer (RFC 6901) of its schema.
    pub pointer: String,
    /// What it is.
    pub kind: TypeKind,
    /// What the description says of it.
    pub description: String,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeKind {
    /// An object with fields.
    Struct(Vec<Field>),
    /// An open enum of strings or integers.
    Enum(Vec<Value>),
    /// A value of one of several types.
    Union(Vec<Variant>),
    /// Another name for a type, or a type of its own around it.
    Alias(String),
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its name in JSON.
    pub wire: String,
    /// Its type, absence and `null` left aside.
    pub ty: String,
    /// Whether the description requires it.
    pub required: bool,
    /// Whether `null` is allowed.
    pub nullable: bool,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Value {
    /// The name of its variant.
    pub name: String,
    /// The value in JSON, integers as their text.
    pub wire: String,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// The type that it holds.
    pub ty: String,
}

/// Reads a description and its configuration as [`generate_only`](crate::generate_only) does, and returns the API
/// instead of a crate, with the warnings.
///
/// # Errors
///
/// Those of [`generate_only`](crate::generate_only).
///
/// # Examples
///
/// ```
/// use codegen::{Source, model};
///
/// let spec = r#"{
///     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
///     "servers": [{"url": "https://pets.example.com"}],
///     "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"],
///         "responses": {"200": {"description": "All.", "content": {"application/json": {
///             "schema": {"type": "array", "items": {"type": "string"}}}}}}}}}
/// }"#;
/// let source = |name, text| Source { name, text };
/// let (model, warnings) = model(source("pets.json", spec), source("sdk.toml", ""), &[])
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// let list = &model.resources[0].operations[0];
/// assert_eq!((&*list.method, &*list.path), ("GET", "/pets"));
/// assert_eq!(list.response.as_deref(), Some("Vec<String>"));
/// assert!(warnings.is_empty());
/// # Ok::<(), String>(())
/// ```
pub fn model<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    only: &[String],
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    let spec = spec.into();
    let (document, mut warnings, config_read) = open(spec, config)?;
    match lower::lower(&document, &config_read, only) {
        Ok((api, more)) => {
            warnings.extend(more);
            config_read.drop_allowed(&mut warnings);
            Ok((of(&api), document.located(warnings, spec, config)))
        }
        Err(found) => {
            warnings.extend(found);
            config_read.drop_allowed(&mut warnings);
            Err(document.located(warnings, spec, config))
        }
    }
}

fn of(api: &Api) -> Model {
    let resources = api.resources.iter().map(|it| Resource {
        path: it
            .path()
            .filter(|_| !it.is_client)
            .map(|name| name.as_str().to_owned())
            .collect(),
        operations: it
            .operations
            .iter()
            .map(|operation| self::operation(api, it, operation))
            .collect(),
    });
    Model {
        title: api.title.clone(),
        package: api.package.name.clone(),
        resources: resources.collect(),
        types: api.declared().map(|it| type_of(api, it)).collect(),
    }
}

fn operation(api: &Api, resource: &ModelResource, operation: &ModelOperation) -> Operation {
    let parameters = operation.parameters.iter().map(|it| Parameter {
        name: it.name.as_str().to_owned(),
        wire: it.wire.clone(),
        location: it.place.as_str().to_owned(),
        ty: outside(api, &it.ty),
        required: it.is_asked_for(),
    });
    let body = operation.body.as_ref().map(|it| Body {
        media_type: it.media_type.clone(),
        ty: match &it.content {
            BodyContent::Json(ty)
            | BodyContent::Xml(ty, _)
            | BodyContent::Lines(ty)
            | BodyContent::Form { ty, .. }
            | BodyContent::Members(ty) => outside(api, ty),
            BodyContent::Multipart(form) => in_module(resource, form.name.as_str()),
            BodyContent::Text => "String".to_owned(),
            BodyContent::Binary => "Upload".to_owned(),
        },
        required: it.required,
    });
    Operation {
        name: operation.method.as_str().to_owned(),
        id: operation.id.clone(),
        method: operation.http.as_str().to_owned(),
        path: operation.path.clone(),
        parameters: parameters.collect(),
        body,
        response: response(api, resource, &operation.output),
        paged_by: operation
            .pagination
            .as_ref()
            .map(|it| paged_by(&it.by).to_owned()),
        deprecated: operation.docs.deprecated,
        description: operation.docs.text.clone(),
    }
}

/// The word that a configuration has for it.
fn paged_by(by: &PagesBy) -> &'static str {
    match by {
        PagesBy::Token { .. } => "token",
        PagesBy::Item { .. } => "item",
        PagesBy::Page { .. } => "page",
        PagesBy::Offset { .. } => "offset",
        PagesBy::Link => "link",
        PagesBy::Url { .. } => "url",
    }
}

fn response(api: &Api, resource: &ModelResource, output: &Output) -> Option<String> {
    Some(match output {
        Output::None => return None,
        Output::Json(ty) | Output::Xml(ty, _) | Output::String(ty) => outside(api, ty),
        Output::Maybe(ty) => format!("Option<{}>", outside(api, ty)),
        Output::Text => "String".to_owned(),
        Output::Bytes => "Bytes".to_owned(),
        Output::Redirection => "Redirection".to_owned(),
        Output::Several { name, .. } => in_module(resource, name.as_str()),
    })
}

/// The path of a type in the module of a resource.
fn in_module(resource: &ModelResource, name: &str) -> String {
    format!("{}::{name}", resource.path_joined("::"))
}

fn type_of(api: &Api, definition: &TypeDef) -> Type {
    let kind = match &definition.shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter().map(|it| Field {
                name: it.name.as_str().to_owned(),
                wire: it.wire.clone(),
                ty: outside(api, &it.ty),
                required: it.required,
                nullable: it.nullable,
            });
            TypeKind::Struct(fields.collect())
        }
        Shape::StringEnum(values) => TypeKind::Enum(values.iter().map(value).collect()),
        Shape::IntegerEnum(values) => TypeKind::Enum(values.iter().map(value).collect()),
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|it| Variant {
                name: it.name.as_str().to_owned(),
                ty: outside(api, &it.ty),
            });
            TypeKind::Union(variants.collect())
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => TypeKind::Alias(outside(api, ty)),
    };
    Type {
        name: definition.name.as_str().to_owned(),
        pointer: as_written(&definition.pointer),
        kind,
        description: definition.docs.text.clone(),
    }
}

fn value<T: ToString>(variant: &ModelVariant<T>) -> Value {
    Value {
        name: variant.name.as_str().to_owned(),
        wire: variant.value.to_string(),
    }
}
