//! What a description of the OpenAPI objects says: the vocabulary of the tables.

/// What a value has to be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Want {
    /// Any value at all; nothing in it is looked at.
    Any,
    /// Text. A number or a boolean is taken as its text, with a warning.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// A boolean or a number: `exclusiveMinimum` in OpenAPI 3.0 and in JSON Schema 2020-12.
    FlagOrNumber,
    /// One type name or a list of them.
    TypeNames,
    /// A schema object, a boolean, or a reference.
    Schema,
    /// A schema, or a list of them (`items` in the older drafts of JSON Schema).
    SchemaOrList,
    /// An object of this shape.
    Object(&'static Shape),
    /// An object of this shape, or a Reference Object in its place.
    OrReference(&'static Shape),
    /// A mapping of any names to such values.
    Map(&'static Want),
    /// A list of such values.
    List(&'static Want),
}

/// What is to be done where a field is missing or wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    /// It has to be there and right, or the object can't be used.
    Must,
    /// It may be left out; if it is wrong, the object can't be used.
    Right,
    /// It may be left out; if it is wrong it is taken out with a warning.
    May,
    /// Where it is missing or wrong this text takes its place, with a warning unless the text is empty.
    Text(&'static str),
    /// Where it is missing or wrong an empty mapping takes its place, with a warning.
    Empty,
}

/// A field of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) want: Want,
    pub(crate) need: Need,
}

/// A field that has to be there.
pub(crate) const fn must(name: &'static str, want: Want) -> Field {
    let need = Need::Must;
    Field { name, want, need }
}

/// A field that may be left out, and is taken out if it is wrong.
pub(crate) const fn may(name: &'static str, want: Want) -> Field {
    let need = Need::May;
    Field { name, want, need }
}

/// What fields may be there beside the named ones. Names that begin with `x-` always may.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest {
    /// None: another name gets a warning.
    Nothing,
    /// Any name, since new keywords come and go; one that looks misspelt gets a warning.
    Keywords,
    /// Path templates, each with such a value.
    Paths(Want),
    /// HTTP status codes, each with such a value.
    Statuses(Want),
    /// Runtime expressions, each with such a value.
    Expressions(Want),
    /// HTTP methods without a field of their own, each with such a value.
    Methods(Want),
}

/// Kinds of objects that references can point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Schema,
    Response,
    Parameter,
    Example,
    RequestBody,
    Header,
    SecurityScheme,
    Link,
    Callback,
    PathItem,
    MediaType,
}

impl Kind {
    /// Each kind with its section of the Components Object.
    pub(crate) const SECTIONS: [(Self, &'static str); 11] = [
        (Self::Schema, "schemas"),
        (Self::Response, "responses"),
        (Self::Parameter, "parameters"),
        (Self::Example, "examples"),
        (Self::RequestBody, "requestBodies"),
        (Self::Header, "headers"),
        (Self::SecurityScheme, "securitySchemes"),
        (Self::Link, "links"),
        (Self::Callback, "callbacks"),
        (Self::PathItem, "pathItems"),
        (Self::MediaType, "mediaTypes"),
    ];

    /// What to call one of this kind: `a schema`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Schema => "a schema",
            Self::Response => "a response",
            Self::Parameter => "a parameter",
            Self::Example => "an example",
            Self::RequestBody => "a request body",
            Self::Header => "a header",
            Self::SecurityScheme => "a security scheme",
            Self::Link => "a link",
            Self::Callback => "a callback",
            Self::PathItem => "a path item",
            Self::MediaType => "a media type",
        }
    }

    /// The section of the Components Object that holds this kind.
    pub(crate) fn section(self) -> &'static str {
        let found = Self::SECTIONS.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, section)| section)
    }
}

/// An OpenAPI object.
#[derive(Debug)]
pub(crate) struct Shape {
    /// What to call one: `an operation`.
    pub(crate) name: &'static str,
    /// The kind of component that it is, if it can be one.
    pub(crate) kind: Option<Kind>,
    pub(crate) fields: &'static [Field],
    pub(crate) rest: Rest,
}

impl Shape {
    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What the member of this name has to be.
    pub(crate) fn member(&self, name: &str) -> Option<Want> {
        if let Some(field) = self.field(name) {
            return Some(field.want);
        }
        match self.rest {
            Rest::Nothing | Rest::Keywords => None,
            _ if name.starts_with("x-") => None,
            Rest::Paths(want)
            | Rest::Statuses(want)
            | Rest::Expressions(want)
            | Rest::Methods(want) => Some(want),
        }
    }
}

impl Want {
    /// What the member `token` of such a value has to be; `None` where the tables don't say.
    pub(crate) fn member(self, token: &str) -> Option<Self> {
        match self {
            Self::Object(shape) | Self::OrReference(shape) => shape.member(token),
            Self::SchemaOrList if token.parse::<usize>().is_ok() => Some(Self::Schema),
            Self::Schema | Self::SchemaOrList => super::tables::SCHEMA.member(token),
            Self::Map(want) | Self::List(want) => Some(*want),
            _ => None,
        }
    }

    /// The kind of component that such a value is.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Self::Schema | Self::SchemaOrList => Some(Kind::Schema),
            Self::Object(shape) | Self::OrReference(shape) => shape.kind,
            _ => None,
        }
    }

    /// What a component of this kind has to be.
    pub(crate) fn component(kind: Kind) -> Self {
        let sections = super::tables::COMPONENTS.field(kind.section());
        match sections.map(|field| field.want) {
            Some(Self::Map(want)) => *want,
            _ => Self::Any,
        }
    }
}
