//! Resources, operations and their parts.

use crate::names::Ident;

use super::{AnswerContent, Body, Constant, Docs, Events, Security, Type, TypeId};

/// A group of operations: `client.dishes()`.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Module, and method of the client or of the resource that leads to it.
    pub module: Ident,
    /// The modules of the resources that lead to it, outermost first; none for most.
    pub parents: Vec<Ident>,
    /// The Cargo feature that it is compiled with, where not always.
    pub feature: Option<String>,
    /// The handle's type.
    pub handle: Ident,
    /// What the document says about it.
    pub docs: Docs,
    /// Whether the document calls it deprecated, experimental, beta or a preview.
    pub unstable: bool,
    /// In the document's order.
    pub operations: Vec<Operation>,
    /// Calls that are repeated until something has ended.
    pub waiters: Vec<Waiter>,
}

impl Resource {
    /// The modules that lead to it, its own the last.
    pub fn path(&self) -> impl Iterator<Item = &Ident> {
        self.parents.iter().chain([&self.module])
    }

    /// The modules that lead to it, with this between two of them.
    pub fn path_joined(&self, separator: &str) -> String {
        let path: Vec<&str> = self.path().map(Ident::as_str).collect();
        path.join(separator)
    }
}

/// One call that the API offers.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The document's id, or one made from method and path.
    pub id: String,
    /// The method of the resource.
    pub method: Ident,
    /// The struct of its request.
    pub request: Ident,
    /// HTTP method.
    pub http: HttpMethod,
    /// Path template as in the document: `/pets/{id}`.
    pub path: String,
    /// What is sent of it: without a fragment, and with a query whose values are always the same.
    pub sent_path: String,
    /// The first of its tags in the document.
    pub tag: Option<String>,
    /// Documentation.
    pub docs: Docs,
    /// Whether the document calls it deprecated, experimental, beta or a preview.
    pub unstable: bool,
    /// Path, query, header and cookie parameters, in the document's order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What a successful call gives.
    pub output: Output,
    /// The media types that it answers with, as far as they are read.
    pub accept: String,
    /// The redirects that are responses of it, and aren't followed: each a status, or the first digit
    /// of a hundred of them.
    pub redirects: Vec<u16>,
    /// How it answers with a stream, where it can.
    pub events: Option<Events>,
    /// How its answers go on, where they are pages of a list.
    pub pagination: Option<Pagination>,
    /// The headers of successes that the document describes.
    pub headers: Vec<AnswerHeader>,
    /// What the document says about failures.
    pub errors: Vec<ErrorResponse>,
    /// What failures answer with, where that is of several types.
    pub failure_types: Option<FailureTypes>,
    /// What credentials it takes.
    pub security: Security,
    /// The server it goes to, where that isn't the API's default.
    pub server: Option<String>,
}

impl Operation {
    /// HTTP method and path: `GET /pets/{id}`.
    pub fn route(&self) -> String {
        format!("{} {}", self.http.as_str(), self.path)
    }

    /// Parameters that the method takes as arguments: those of the path, then required others, without
    /// those that have one value only.
    pub fn arguments(&self) -> impl Iterator<Item = &Parameter> {
        let path = self
            .parameters
            .iter()
            .filter(|parameter| parameter.place == Place::Path);
        let others = self
            .parameters
            .iter()
            .filter(|parameter| parameter.place != Place::Path);
        path.chain(others).filter(|it| it.is_asked_for())
    }

    /// Whether it can't be called without a body.
    pub fn needs_body(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.required)
    }

    /// The types that what it sends is made of.
    pub fn types_sent(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(self.body.iter().flat_map(Body::types))
    }

    /// The types that its successes are made of, events among them.
    pub fn types_answered(&self) -> impl Iterator<Item = &Type> {
        let events = self.events.iter().filter_map(|events| events.item.ty());
        self.output.types().into_iter().chain(events)
    }

    /// Parameters that the builder sets.
    pub fn options(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| !parameter.required)
    }
}

/// HTTP methods that a path item can hold (OpenAPI 3.0.3, "Path Item Object").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
}

impl HttpMethod {
    /// The method as it goes over the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// A parameter; its place and wire name together are its identity.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name of the argument or setter.
    pub name: Ident,
    /// Name on the wire.
    pub wire: String,
    /// Where it goes.
    pub place: Place,
    /// How a list or an object is written.
    pub style: Style,
    /// Whether each item of a list stands alone.
    pub explode: bool,
    /// Whether reserved characters of a query stay as they are.
    pub allow_reserved: bool,
    /// Its type, `null` left aside.
    pub ty: Type,
    /// Whether a call without it is refused.
    pub required: bool,
    /// The one value that a required one can have: nobody is asked for it, it is sent.
    pub constant: Option<Constant>,
    /// Documentation.
    pub docs: Docs,
}

impl Parameter {
    /// Whether a call can't be made without a value for it.
    pub fn is_asked_for(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

/// Where a parameter goes (OpenAPI 3.0.3, "Parameter Locations").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the path template.
    Path,
    /// Behind the question mark.
    Query,
    /// A header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl Place {
    /// The word for it in descriptions, which emitted tables have too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value is written (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`: default of path and header.
    Simple,
    /// `.a.b`: in a path.
    Label,
    /// `;name=a`: in a path.
    Matrix,
    /// `name=a&name=b` or `name=a,b`: default of query and cookie.
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[key]=value`
    DeepObject,
    /// JSON text: parameters described by `content`.
    Json,
}

/// What a successful call gives.
#[derive(Clone, Debug)]
pub enum Output {
    /// No content.
    None,
    /// JSON of this type.
    Json(Type),
    /// JSON of this type, or no content.
    Maybe(Type),
    /// A string of this type: JSON, or text as it is, by its `Content-Type`.
    String(Type),
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
    /// A redirect: its status, and where it leads.
    Redirection,
    /// One of several, told apart by status and by `Content-Type`.
    Several {
        /// The enum's name, in the resource's module.
        name: Ident,
        /// Its variants.
        cases: Vec<OutputCase>,
    },
}

impl Output {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::None | Self::Text | Self::Bytes | Self::Redirection => Vec::new(),
            Self::Json(ty) | Self::Maybe(ty) | Self::String(ty) => vec![ty],
            Self::Several { cases, .. } => {
                let contents = cases.iter().filter_map(|case| case.content.as_ref());
                contents.filter_map(AnswerContent::ty).collect()
            }
        }
    }
}

/// One of several successful answers.
#[derive(Clone, Debug)]
pub struct OutputCase {
    /// The variant.
    pub name: Ident,
    /// The statuses it stands for.
    pub statuses: Statuses,
    /// What it is made of; nothing where it has no content.
    pub content: Option<AnswerContent>,
    /// The media types that it comes as, where others come with the same statuses; none where the
    /// status alone says it.
    pub media_types: Vec<String>,
    /// What the document says about it.
    pub docs: Docs,
}

/// A key of the responses object (OpenAPI 3.0.3, "Responses Object").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statuses {
    /// One status: `404`.
    One(u16),
    /// A hundred of them: `4XX`.
    Range(u16),
    /// All that no other key names.
    Default,
}

/// What the document says about a failure.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// When.
    pub statuses: Statuses,
    /// JSON of this type, where the document says so.
    pub ty: Option<Type>,
    /// What the document says about it.
    pub docs: Docs,
}

/// What the failures of an operation answer with, told apart by status.
#[derive(Clone, Debug)]
pub struct FailureTypes {
    /// The enum's name, in the resource's module.
    pub name: Ident,
    /// Its variants.
    pub cases: Vec<FailureCase>,
    /// Failures of no documented type.
    pub untyped: Vec<Statuses>,
}

/// One of the types that failures answer with.
#[derive(Clone, Debug, PartialEq)]
pub struct FailureCase {
    /// The variant.
    pub name: Ident,
    /// The statuses that it comes with.
    pub statuses: Vec<Statuses>,
    /// What it is.
    pub ty: Type,
}

/// Requests that the server makes by itself.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// The module for those who serve them.
    pub module: Ident,
    /// The type of whatever webhook, if there is one.
    pub event: Option<Type>,
    /// Those that it makes to whoever asked for them elsewhere, in the document's order.
    pub offered: Vec<Webhook>,
    /// Those that operations ask for.
    pub callbacks: Vec<Webhook>,
}

impl Webhooks {
    /// The types that they send.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let all = self.offered.iter().chain(&self.callbacks);
        all.map(|it| &it.ty).chain(&self.event)
    }
}

/// A request that the server makes by itself.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name in the document.
    pub name: String,
    /// What it sends.
    pub ty: Type,
    /// What the document says about it.
    pub docs: Docs,
}

/// A header of an answer.
#[derive(Clone, Debug)]
pub struct AnswerHeader {
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub ty: Type,
    /// What the document says about it.
    pub docs: Docs,
}

/// A list that comes in pages, each of which leads to the one after it.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// What leads to the next page.
    pub by: PagesBy,
    /// Fields that lead to the items, from the page inwards; none where the page is the list.
    pub items: Vec<Ident>,
    /// What the list is of.
    pub item: Type,
    /// Fields that lead to whether there are more pages.
    pub more: Option<Vec<Ident>>,
}

/// What leads from a page to the next one. Parameters are those of the query, by their names on the
/// wire; fields lead from the page inwards.
#[derive(Clone, Debug)]
pub enum PagesBy {
    /// A value in the page is sent as a parameter.
    Token {
        /// The parameter.
        parameter: String,
        /// Fields that lead to the value.
        next: Vec<Ident>,
    },
    /// A value in the last item of the page is sent as a parameter.
    Item {
        /// The parameter.
        parameter: String,
        /// Fields that lead to the value, from the item inwards.
        next: Vec<Ident>,
    },
    /// A parameter is the number of the page.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: i64,
        /// Fields that lead to the page's own number, where that of the first one isn't known.
        number: Option<Vec<Ident>>,
        /// Fields that lead to the number of pages.
        total: Option<Vec<Ident>>,
    },
    /// A parameter is the number of items before the page.
    Offset {
        /// The parameter.
        parameter: String,
        /// The offset of the first page.
        first: i64,
    },
    /// A `Link` header holds the URL of the next page.
    Link,
    /// A value in the page is the URL of the next one.
    Url {
        /// Fields that lead to the value.
        next: Vec<Ident>,
    },
}

/// A call that is repeated until a field of its answer has one of some values.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// The method of the resource.
    pub method: Ident,
    /// The struct of its poller.
    pub request: Ident,
    /// Index of the operation that reads the state, in the waiter's resource.
    pub operation: usize,
    /// Index of the operation that starts what is waited for.
    pub start: Option<usize>,
    /// Fields that lead to the state, from the answer inwards.
    pub field: Vec<Ident>,
    /// The state's type, an open enum.
    pub state: TypeId,
    /// Variants that end it well.
    pub done: Vec<Ident>,
    /// Variants that end it badly.
    pub failed: Vec<Ident>,
}
