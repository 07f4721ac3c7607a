//! How each operation is called, for those who write programs that call all of them.

use crate::model::{
    Api, Auth, Body, BodyContent, Operation, Output, Parameter, Part, PartKind, Resource,
    ResponseContent, Statuses, Type,
};
use crate::spelling::outside;

/// How an operation is called in Rust. Types are spelled as that of a
/// [`TypedSchema`](super::TypedSchema).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedOperation {
    /// Its `operationId`, or what it is called where it has none.
    pub id: String,
    /// The method of HTTP, in capitals.
    pub http: String,
    /// The path, with `{name}` for parameters.
    pub path: String,
    /// The calls that lead from a client to the request, without arguments: `pets().list`.
    pub call: String,
    /// Parameters that the method takes, in its order; a required body comes behind them.
    pub arguments: Vec<TypedParameter>,
    /// Parameters that have a setter.
    pub options: Vec<TypedParameter>,
    /// The body.
    pub body: Option<TypedBody>,
    /// What a success gives.
    pub output: TypedOutput,
    /// Whether it gives a stream of events and nothing else.
    pub is_stream: bool,
    /// The types of documented failures.
    pub failures: Vec<(TypedStatuses, String)>,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedParameter {
    /// Its name on the wire.
    pub wire: String,
    /// Where it is sent, as OpenAPI calls it: `path`, `query`, `header`, `cookie`.
    pub place: String,
    /// Name of the argument or setter.
    pub name: String,
    /// Its type.
    pub rust: String,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBody {
    /// Its media type.
    pub media_type: String,
    /// The setter, where it may be left out.
    pub setter: Option<String>,
    /// What it is made of.
    pub content: TypedContent,
}

/// What the body of a request is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedContent {
    /// A value of this type, however it is written.
    Value(String),
    /// A form whose parts are set one by one.
    Form {
        /// Its type, as a path from the root of the crate.
        rust: String,
        /// In the document's order; the required ones are the arguments of `new`.
        parts: Vec<TypedPart>,
    },
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPart {
    /// Its name on the wire.
    pub wire: String,
    /// Name of the argument or setter.
    pub name: String,
    /// Whether the form must have it.
    pub required: bool,
    /// Its type; none for a file.
    pub rust: Option<String>,
    /// Whether it is any number of files.
    pub several: bool,
}

/// What a successful call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedOutput {
    /// `()`.
    Nothing,
    /// A value that was read from JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// The status of a redirect, and where it leads.
    Redirection,
    /// A variant of an enum, by status and `Content-Type`.
    Several {
        /// The enum, as a path from the root of the crate.
        rust: String,
        /// Its variants, each with what it holds.
        variants: Vec<(String, Self)>,
    },
}

/// The statuses of a response (OpenAPI 3.1.1, "Responses Object").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedStatuses {
    /// One status.
    One(u16),
    /// A hundred of them, by their first digit.
    Range(u16),
    /// All others.
    Default,
}

/// A credential that a client can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCredential {
    /// The method of the builder.
    pub setter: String,
    /// Whether it takes a user name and a password; one text otherwise.
    pub is_pair: bool,
}

/// The credentials of an API.
pub(super) fn credentials(api: &Api) -> Vec<TypedCredential> {
    let schemes = api.profile.schemes.iter();
    let schemes = schemes.map(|scheme| TypedCredential {
        setter: scheme.name.as_str().to_owned(),
        is_pair: scheme.auth == Auth::Basic,
    });
    schemes.collect()
}

/// The operations of an API, in the order of its resources.
pub(super) fn find(api: &Api) -> Vec<TypedOperation> {
    let operations = api.operations();
    operations
        .map(|(resource, operation)| of(api, resource, operation))
        .collect()
}

fn of(api: &Api, resource: &Resource, operation: &Operation) -> TypedOperation {
    let mut call: Vec<String> = resource
        .path()
        .filter(|_| !resource.is_client)
        .map(|module| format!("{module}()"))
        .collect();
    call.push(operation.method.as_str().to_owned());
    let parameter = |parameter: &Parameter| TypedParameter {
        wire: parameter.wire.clone(),
        place: parameter.place.as_str().to_owned(),
        name: parameter.name.as_str().to_owned(),
        rust: outside(api, &parameter.ty),
    };
    let failures = operation.errors.iter().filter_map(|failure| {
        let ty = failure.ty.as_ref()?;
        Some((statuses(failure.statuses), outside(api, ty)))
    });
    TypedOperation {
        id: operation.id.clone(),
        http: operation.http.as_str().to_owned(),
        path: operation.path.clone(),
        call: call.join("."),
        arguments: operation.arguments().map(parameter).collect(),
        options: operation.options().map(parameter).collect(),
        body: operation.body.as_ref().map(|it| body(api, resource, it)),
        output: output(resource, &operation.output),
        is_stream: operation.events.is_some() && matches!(operation.output, Output::Text),
        failures: failures.collect(),
    }
}

fn body(api: &Api, resource: &Resource, body: &Body) -> TypedBody {
    let value = |ty: &Type| TypedContent::Value(outside(api, ty));
    let content = match &body.content {
        BodyContent::Json(ty)
        | BodyContent::Xml(ty, _)
        | BodyContent::Lines(ty)
        | BodyContent::Form { ty, .. }
        | BodyContent::Members(ty) => value(ty),
        BodyContent::Multipart(form) => TypedContent::Form {
            rust: in_module(resource, form.name.as_str()),
            parts: form.parts.iter().map(|it| part(api, it)).collect(),
        },
        BodyContent::Text => TypedContent::Text,
        BodyContent::Binary => TypedContent::Bytes,
    };
    TypedBody {
        media_type: body.media_type.clone(),
        setter: (!body.required).then(|| body.name.as_str().to_owned()),
        content,
    }
}

fn part(api: &Api, part: &Part) -> TypedPart {
    TypedPart {
        wire: part.wire.clone(),
        name: part.name.as_str().to_owned(),
        required: part.required,
        rust: match &part.kind {
            PartKind::Value(ty) => Some(outside(api, ty)),
            PartKind::File | PartKind::Files => None,
        },
        several: matches!(part.kind, PartKind::Files),
    }
}

fn output(resource: &Resource, output: &Output) -> TypedOutput {
    match output {
        Output::None => TypedOutput::Nothing,
        Output::Json(_) | Output::Maybe(_) | Output::Xml(..) | Output::String(_) => {
            TypedOutput::Json
        }
        Output::Text => TypedOutput::Text,
        Output::Bytes => TypedOutput::Bytes,
        Output::Redirection => TypedOutput::Redirection,
        Output::Several { name, cases } => TypedOutput::Several {
            rust: in_module(resource, name.as_str()),
            variants: cases
                .iter()
                .map(|case| {
                    let held = match &case.content {
                        None => TypedOutput::Nothing,
                        Some(
                            ResponseContent::Json(_)
                            | ResponseContent::Xml(..)
                            | ResponseContent::String(_),
                        ) => TypedOutput::Json,
                        Some(ResponseContent::Redirection) => TypedOutput::Redirection,
                        Some(ResponseContent::Text) => TypedOutput::Text,
                        Some(ResponseContent::Bytes) => TypedOutput::Bytes,
                    };
                    (case.name.as_str().to_owned(), held)
                })
                .collect(),
        },
    }
}

/// The path of a type in the module of a resource.
fn in_module(resource: &Resource, name: &str) -> String {
    format!("{}::{name}", resource.path_joined("::"))
}

fn statuses(statuses: Statuses) -> TypedStatuses {
    match statuses {
        Statuses::One(status) => TypedStatuses::One(status),
        Statuses::Range(first) => TypedStatuses::Range(first),
        Statuses::Default => TypedStatuses::Default,
    }
}

#[cfg(test)]
mod tests {
    use super::{TypedContent, TypedOutput, TypedStatuses};
    use crate::source::Source;
    use crate::survey::survey;

    #[test]
    fn operations_are_told_as_they_are_called() {
        let spec = r#"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
            "servers": [{"url": "https://pets.example.com"}],
            "components": {"securitySchemes": {"login": {"type": "http", "scheme": "basic"}}},
            "security": [{"login": []}],
            "paths": {"/login": {"post": {"operationId": "login", "responses": {"204": {"description": "In."}}}},
                "/pets/{id}": {"put": {"operationId": "putPhoto", "tags": ["pets"],
                "parameters": [
                    {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
                    {"name": "x-age", "in": "header", "schema": {"type": "array", "items": {"type": "string"}}}],
                "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {
                    "type": "object", "required": ["file"], "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "title": {"type": "string"}}}}}},
                "responses": {"204": {"description": "Done."}, "4XX": {"description": "Not.",
                    "content": {"application/json": {"schema": {"type": "string"}}}}}}}}}"#;
        let source = |text| Source { name: "", text };
        let found = survey(source(spec), source("")).unwrap();
        assert_eq!(found.credentials[0].setter, "basic_auth");
        assert!(found.credentials[0].is_pair);
        assert_eq!(found.operations[0].call, "login");
        let operation = &found.operations[1];
        assert_eq!((&*operation.http, &*operation.path), ("PUT", "/pets/{id}"));
        assert_eq!(operation.call, "pets().update");
        assert_eq!(operation.arguments[0].rust, "i64");
        assert_eq!(
            (&*operation.options[0].place, &*operation.options[0].name),
            ("header", "x_age")
        );
        assert_eq!(operation.options[0].rust, "Vec<String>");
        assert_eq!(operation.output, TypedOutput::Nothing);
        assert_eq!(
            operation.failures,
            [(TypedStatuses::Range(4), "String".to_owned())]
        );
        let body = operation.body.as_ref().unwrap();
        assert_eq!(body.setter, None);
        let TypedContent::Form { rust, parts } = &body.content else {
            panic!("{body:?}");
        };
        assert!(rust.starts_with("pets::"), "{rust}");
        let parts: Vec<(&str, bool, Option<&str>)> = parts
            .iter()
            .map(|part| (&*part.wire, part.required, part.rust.as_deref()))
            .collect();
        assert_eq!(
            parts,
            [("file", true, None), ("title", false, Some("String"))]
        );
    }
}
