//! What calls send and return, by the kind of its media type.

use crate::names::Ident;

use super::{Constant, Docs, Style, Type, XmlId};

/// The body of a request (Request Body Object).
#[derive(Clone, Debug)]
pub struct Body {
    /// Name of the argument or setter.
    pub name: Ident,
    /// How it is serialized, and its type.
    pub content: BodyContent,
    /// The key in `content`: its media type.
    pub media_type: String,
    /// `required`.
    pub required: bool,
    /// `description` of the Request Body Object.
    pub docs: Docs,
}

impl Body {
    /// The types that it contains.
    pub fn types(&self) -> Vec<&Type> {
        match &self.content {
            BodyContent::Json(ty)
            | BodyContent::Xml(ty, _)
            | BodyContent::Lines(ty)
            | BodyContent::Form { ty, .. }
            | BodyContent::Members(ty) => vec![ty],
            BodyContent::Multipart(form) => {
                let parts = form.parts.iter();
                let types = parts.flat_map(|part| {
                    let headers = part.headers.iter().map(|header| &header.ty);
                    let value = match &part.kind {
                        PartKind::Value(ty) => Some(ty),
                        PartKind::File | PartKind::Files => None,
                    };
                    value.into_iter().chain(headers)
                });
                types.chain(form.additional_value()).collect()
            }
            BodyContent::Text | BodyContent::Binary => Vec::new(),
        }
    }
}

/// How a body is serialized.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// JSON of this type.
    Json(Type),
    /// XML of this type, with this root.
    Xml(Type, XmlId),
    /// The items of this array, each as JSON: in lines, or as a JSON text sequence.
    Lines(Type),
    /// The fields of this type as `application/x-www-form-urlencoded`.
    Form {
        /// An object.
        ty: Type,
        /// `encoding` (Encoding Object).
        encodings: Vec<Encoding>,
    },
    /// `multipart/form-data`, or another kind of `multipart`, with known parts.
    Multipart(MultipartForm),
    /// The same, whose parts are the members of this type, none of them a file.
    Members(Type),
    /// A string, sent as it is.
    Text,
    /// Bytes or a stream, sent as they are.
    Binary,
}

/// How a field of a form is serialized (OpenAPI 3.0.3, "Encoding Object").
#[derive(Clone, Debug)]
pub struct Encoding {
    /// Name of the field on the wire.
    pub wire: String,
    /// `style`: how an array or an object is serialized.
    pub style: Style,
    /// `explode`: whether each item of an array is a field of its own.
    pub explode: bool,
    /// `allowReserved`: whether reserved characters aren't percent-encoded.
    pub allow_reserved: bool,
}

/// A form whose parts are set one by one.
#[derive(Clone, Debug)]
pub struct MultipartForm {
    /// The name of its type, in the resource's module.
    pub name: Ident,
    /// Its parts, in the order of the description.
    pub parts: Vec<Part>,
    /// Parts with names that users choose.
    pub additional: Option<AdditionalParts>,
    /// Whether the parts have no names: their order says what they are.
    pub is_list: bool,
}

impl MultipartForm {
    /// The type of additional parts that are no files.
    pub fn additional_value(&self) -> Option<&Type> {
        let values = self.additional.as_ref()?.values.as_ref();
        values.map(|it| &it.ty)
    }
}

/// What a form can have beside its named parts (JSON Schema, `additionalProperties`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdditionalParts {
    /// The name of the setter of files, where they can be files.
    pub file: Option<Ident>,
    /// The setter of values, where they can be values.
    pub values: Option<AdditionalValues>,
}

/// The setter of additional parts that are no files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdditionalValues {
    /// Its name.
    pub name: Ident,
    /// The type of a value.
    pub ty: Type,
}

/// A part of a form.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name of the argument or setter.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it is a file or a value.
    pub kind: PartKind,
    /// `contentType` of the Encoding Object.
    pub media_type: Option<String>,
    /// How a value is serialized.
    pub writing: PartWriting,
    /// `headers` of the Encoding Object.
    pub headers: Vec<PartHeader>,
    /// Whether it is in `required`.
    pub required: bool,
    /// The one value that a required one can have: nobody is asked for it, it is sent.
    pub constant: Option<Constant>,
    /// `description` of its schema.
    pub docs: Docs,
}

impl Part {
    /// Whether the form can't be made without a value for it.
    pub fn is_asked_for(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

/// How the value of a part is serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartWriting {
    /// Objects as JSON, and everything else as text.
    Usual,
    /// Everything as JSON, strings too.
    Json,
    /// As a parameter of the query would be (OpenAPI 3.1.1, "Encoding Object", `style`), without
    /// percent-encoding.
    Style {
        /// `style`: how an array or an object is serialized.
        style: Style,
        /// `explode`: whether each item or member is a part of its own.
        explode: bool,
    },
}

/// A header of a part (OpenAPI 3.1.1, "Encoding Object", `headers`).
#[derive(Clone, Debug)]
pub struct PartHeader {
    /// Name of the setter.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: Type,
    /// The only value that it can have: it has no setter.
    pub constant: Option<String>,
    /// `description` of the Header Object.
    pub docs: Docs,
}

/// What a part of a form contains.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// A file.
    File,
    /// Any number of files.
    Files,
    /// A value; an array has a part for each item.
    Value(Type),
}

/// What a response is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ResponseContent {
    /// JSON of this type.
    Json(Type),
    /// XML of this type, with this root.
    Xml(Type, XmlId),
    /// A string of this type: JSON, or text as it is, by its `Content-Type`.
    String(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A redirect: its status, and where it leads.
    Redirection,
}

impl ResponseContent {
    /// The type of the API that it contains.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Xml(ty, _) | Self::String(ty) => Some(ty),
            Self::Text | Self::Bytes | Self::Redirection => None,
        }
    }
}

/// A response that is a stream of events.
#[derive(Clone, Debug)]
pub struct Events {
    /// How events are separated.
    pub format: EventFormat,
    /// What an event contains: JSON of a type, or text.
    pub item: ResponseContent,
    /// The media type for `Accept`.
    pub accept: String,
    /// Name on the wire of the field of the request body that has to be `true` for a stream.
    pub switch: Option<String>,
}

/// How the events of a stream are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// `text/event-stream` (WHATWG HTML, 9.2).
    ServerSent,
    /// A JSON value a line.
    Lines,
    /// A JSON value behind each separator (RFC 7464).
    Sequence,
    /// The parts of a `multipart` body (RFC 2046).
    Parts,
}
