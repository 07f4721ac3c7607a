//! Resources, operations and their parts.

use crate::names::Ident;

use super::{Body, Constant, Docs, Events, ResponseContent, Security, Statuses, Type, TypeId};

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
    /// `description` of the Tag Object, or what the configuration says instead.
    pub docs: Docs,
    /// Whether the Tag Object or its extensions mark it as deprecated, experimental, beta or a preview.
    pub unstable: bool,
    /// Its operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// Operations that are polled until a final state, as the configuration names them.
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

/// A method on a path (Operation Object).
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or a name made from method and path where there is none.
    pub id: String,
    /// The method of the resource.
    pub method: Ident,
    /// The struct of its request.
    pub request: Ident,
    /// HTTP method.
    pub http: HttpMethod,
    /// Path template as in the document: `/pets/{id}`.
    pub path: String,
    /// The path template as it is sent: without a fragment, and with the query parameters that have one value only.
    pub sent_path: String,
    /// The first of its `tags`.
    pub tag: Option<String>,
    /// Documentation.
    pub docs: Docs,
    /// Whether `deprecated` or an extension marks it as deprecated, experimental, beta or a preview.
    pub unstable: bool,
    /// `parameters` of the operation and of its path item, in the order of the description.
    pub parameters: Vec<Parameter>,
    /// `requestBody` (Request Body Object).
    pub body: Option<Body>,
    /// What the 2xx responses contain.
    pub output: Output,
    /// The `Accept` header: media types of its responses, as far as the client reads them.
    pub accept: String,
    /// The redirects that are responses of it, and aren't followed: each a status, or the first digit
    /// of a hundred of them.
    pub redirects: Vec<u16>,
    /// The stream of events that it can respond with.
    pub events: Option<Events>,
    /// How to get the next page, if its responses are pages of a list.
    pub pagination: Option<Pagination>,
    /// `headers` of its 2xx responses (Header Object).
    pub headers: Vec<ResponseHeader>,
    /// Its documented error responses: `responses` other than 2xx.
    pub errors: Vec<ErrorResponse>,
    /// The enum of its error bodies, if they are of several types.
    pub failure_types: Option<FailureTypes>,
    /// `security`: the Security Requirement Objects that apply to it.
    pub security: Security,
    /// The URL from its own `servers`, if that isn't the default of the API.
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
            .filter(|parameter| parameter.place == ParameterLocation::Path);
        let others = self
            .parameters
            .iter()
            .filter(|parameter| parameter.place != ParameterLocation::Path);
        path.chain(others).filter(|it| it.is_asked_for())
    }

    /// Whether it can't be called without a body.
    pub fn needs_body(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.required)
    }

    /// The types that what it sends is made of.
    pub fn request_types(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(self.body.iter().flat_map(Body::types))
    }

    /// The types that its successes are made of, events among them.
    pub fn response_types(&self) -> impl Iterator<Item = &Type> {
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
    /// `in`: where it is sent.
    pub place: ParameterLocation,
    /// `style`: how an array or an object is serialized.
    pub style: Style,
    /// `explode`: whether each item of an array is a parameter of its own.
    pub explode: bool,
    /// `allowReserved`: whether reserved characters of a query aren't percent-encoded.
    pub allow_reserved: bool,
    /// Its type, `null` left aside.
    pub ty: Type,
    /// `required`.
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
pub enum ParameterLocation {
    /// In the path template.
    Path,
    /// Behind the question mark.
    Query,
    /// A header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl ParameterLocation {
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

/// How a value is serialized (OpenAPI 3.0.3, "Style Values").
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

/// What a successful response contains.
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
                contents.filter_map(ResponseContent::ty).collect()
            }
        }
    }
}

/// One of several successful responses.
#[derive(Clone, Debug)]
pub struct OutputCase {
    /// The variant.
    pub name: Ident,
    /// Its key in `responses`.
    pub statuses: Statuses,
    /// `content`, if the response has a body.
    pub content: Option<ResponseContent>,
    /// The media types of `content`, if other variants have the same statuses; none if the
    /// status alone identifies it.
    pub media_types: Vec<String>,
    /// `description` of the Response Object.
    pub docs: Docs,
}

/// A documented error response (Response Object).
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// Its key in `responses`.
    pub statuses: Statuses,
    /// The type of its JSON body, if one is described.
    pub ty: Option<Type>,
    /// `description` of the Response Object.
    pub docs: Docs,
}

/// The error bodies of an operation, selected by status.
#[derive(Clone, Debug)]
pub struct FailureTypes {
    /// The enum's name, in the resource's module.
    pub name: Ident,
    /// Its variants.
    pub cases: Vec<FailureCase>,
    /// Statuses without a described body.
    pub untyped: Vec<Statuses>,
}

/// One of the types of error bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct FailureCase {
    /// The variant.
    pub name: Ident,
    /// The keys in `responses` that have this body.
    pub statuses: Vec<Statuses>,
    /// The type of the body.
    pub ty: Type,
}

/// `webhooks` and `callbacks`: requests that the server sends.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// The module with the payload types.
    pub module: Ident,
    /// The union of all payloads, if there is one.
    pub event: Option<Type>,
    /// `webhooks`, in the order of the description.
    pub offered: Vec<Webhook>,
    /// `callbacks` of operations (Callback Object).
    pub callbacks: Vec<Webhook>,
}

impl Webhooks {
    /// The types of all payloads.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let all = self.offered.iter().chain(&self.callbacks);
        all.map(|it| &it.ty).chain(&self.event)
    }
}

/// A request that the server sends (Path Item Object of a webhook or callback).
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its key in `webhooks` or `callbacks`.
    pub name: String,
    /// The type of its payload.
    pub ty: Type,
    /// `description` of its operation.
    pub docs: Docs,
}

/// A header of a response (Header Object).
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value.
    pub ty: Type,
    /// `description` of the Header Object.
    pub docs: Docs,
}

/// How an operation is paginated.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// How the next page is requested.
    pub by: PagesBy,
    /// Path of the array of items in a page; empty if the page itself is the array.
    pub items: Vec<Ident>,
    /// The type of an item.
    pub item: Type,
    /// Path of the boolean that says whether there are more pages.
    pub more: Option<Vec<Ident>>,
}

/// How the next page is requested. Parameters are query parameters by their names on the
/// wire; paths of fields begin at the page.
#[derive(Clone, Debug)]
pub enum PagesBy {
    /// A page token in the page is sent as a parameter.
    Token {
        /// The parameter.
        parameter: String,
        /// Path of the token.
        next: Vec<Ident>,
    },
    /// A value in the last item of the page, a cursor, is sent as a parameter.
    Item {
        /// The parameter.
        parameter: String,
        /// Path of the value in the item.
        next: Vec<Ident>,
    },
    /// A parameter is the number of the page.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: i64,
        /// Path of the page's own number, if the number of the first page isn't known.
        number: Option<Vec<Ident>>,
        /// Path of the number of pages.
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
        /// Path of the URL.
        next: Vec<Ident>,
    },
}

/// An operation that is polled until a field of its response has a final value.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// The method of the resource.
    pub method: Ident,
    /// The struct of its poller.
    pub request: Ident,
    /// Index of the operation that reads the state, in the waiter's resource.
    pub operation: usize,
    /// Index of the operation that starts the job.
    pub start: Option<usize>,
    /// Path of the state in the response.
    pub field: Vec<Ident>,
    /// The state's type, an open enum.
    pub state: TypeId,
    /// States that end polling with success.
    pub done: Vec<Ident>,
    /// States that end polling with an error.
    pub failed: Vec<Ident>,
}
