//! What calls send and answer, by the kind of its media type.

use crate::names::Ident;

use super::{Constant, Docs, Style, Type};

/// What a call sends.
#[derive(Clone, Debug)]
pub struct Body {
    /// Name of the argument or setter.
    pub name: Ident,
    /// What it is made of.
    pub content: BodyContent,
    /// The media type that it is sent as.
    pub media_type: String,
    /// Whether the call must have one.
    pub required: bool,
    /// What the document says about it.
    pub docs: Docs,
}

impl Body {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match &self.content {
            BodyContent::Json(ty)
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
                types.collect()
            }
            BodyContent::Text | BodyContent::Binary => Vec::new(),
        }
    }
}

/// What a body is made of.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// JSON of this type.
    Json(Type),
    /// The items of this list, each as JSON: in lines or as a JSON text sequence.
    Lines(Type),
    /// The fields of this type as `application/x-www-form-urlencoded`.
    Form {
        /// An object.
        ty: Type,
        /// What the document says about how fields are written.
        encodings: Vec<Encoding>,
    },
    /// `multipart/form-data`, or another kind of `multipart`, with known parts.
    Multipart(MultipartForm),
    /// The same, whose parts are the members of this type, none of them a file.
    Members(Type),
    /// Text as it is.
    Text,
    /// Anything, as it is: bytes or a stream.
    Binary,
}

/// How a field of a form is written (OpenAPI 3.0.3, "Encoding Object").
#[derive(Clone, Debug)]
pub struct Encoding {
    /// Name of the field on the wire.
    pub wire: String,
    /// How a list or an object is written.
    pub style: Style,
    /// Whether each item of a list stands alone.
    pub explode: bool,
}

/// A form whose parts are set one by one.
#[derive(Clone, Debug)]
pub struct MultipartForm {
    /// The name of its type, in the resource's module.
    pub name: Ident,
    /// In the document's order.
    pub parts: Vec<Part>,
}

/// A part of a form.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name of the argument or setter.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub kind: PartKind,
    /// The media type that the document gives it.
    pub media_type: Option<String>,
    /// How a value is written.
    pub writing: PartWriting,
    /// The headers that the document gives it.
    pub headers: Vec<PartHeader>,
    /// Whether the form must have it.
    pub required: bool,
    /// The one value that a required one can have: nobody is asked for it, it is sent.
    pub constant: Option<Constant>,
    /// What the document says about it.
    pub docs: Docs,
}

impl Part {
    /// Whether the form can't be made without a value for it.
    pub fn is_asked_for(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

/// How the value of a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartWriting {
    /// An object as JSON, all else as text.
    Usual,
    /// All of it as JSON, texts too.
    Json,
    /// As a parameter of the query would be (OpenAPI 3.1.1, "Encoding Object", `style`), without
    /// percent-encoding.
    Style {
        /// How a list or an object is written.
        style: Style,
        /// Whether each item or member is a part of its own.
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
    /// The one value that it can have: nobody is asked for it.
    pub constant: Option<String>,
    /// What the document says about it.
    pub docs: Docs,
}

/// What a part of a form holds.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// A file.
    File,
    /// Any number of files.
    Files,
    /// A value, a part for each item where it is a list.
    Value(Type),
}

/// What a response is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnswerContent {
    /// JSON of this type.
    Json(Type),
    /// A string of this type: JSON, or text as it is, by its `Content-Type`.
    String(Type),
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
    /// A redirect: its status, and where it leads.
    Redirection,
}

impl AnswerContent {
    /// The type of the API's that it holds.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::String(ty) => Some(ty),
            Self::Text | Self::Bytes | Self::Redirection => None,
        }
    }
}

/// An answer that can come as a stream of events.
#[derive(Clone, Debug)]
pub struct Events {
    /// How events are told apart.
    pub format: EventFormat,
    /// What an event holds: JSON of a type, or text.
    pub item: AnswerContent,
    /// The media type to ask for.
    pub accept: String,
    /// The field of the body that asks for the stream by being `true`, by its name on the wire.
    pub switch: Option<String>,
}

/// How the events of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// `text/event-stream` (WHATWG HTML, 9.2).
    ServerSent,
    /// A JSON value a line.
    Lines,
    /// A JSON value behind each separator (RFC 7464).
    Sequence,
}
