//! Resources, operations and their parts.

use std::time::Duration;

use crate::names::Ident;

use super::{
    Body, BodyContent, Constant, Docs, Encoding, Events, HttpMethod, Pagination, ResponseContent,
    Security, Statuses, Type, XmlId,
};

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
    /// Optional parameters that the configuration leaves out: places and names on the wire.
    pub left_out: Vec<(ParameterLocation, String)>,
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
    /// Whether its responses are lists, paginated or not.
    pub lists: bool,
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
    /// Time limit of one attempt, where a request sets none.
    pub timeout: Option<Duration>,
    /// How often a failure is followed by another attempt, where a request doesn't say.
    pub max_retries: Option<u32>,
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

/// A parameter; its place and wire name together are its identity.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a keyword of its own in the description"
)]
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
    /// `allowReserved`: whether reserved characters of a query or a path aren't percent-encoded.
    pub allow_reserved: bool,
    /// `encoding` of a form that is the whole query (Encoding Object).
    pub encodings: Vec<Encoding>,
    /// Its type, `null` left aside.
    pub ty: Type,
    /// Whether each call has to give it.
    pub required: bool,
    /// `required`: whether the server insists on it, whoever gives it.
    pub is_needed: bool,
    /// The one value that a required one can have: nobody is asked for it, it is sent.
    pub constant: Option<Constant>,
    /// The value that is sent where a call sets none.
    pub default: Option<Constant>,
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
    /// `name=a; name=b`, with nothing escaped: cookies.
    Cookie,
    /// JSON in the place of the whole query: `in: querystring`.
    WholeJson,
    /// Text in the place of the whole query.
    WholeText,
    /// A form in the place of the whole query.
    WholeForm,
}

impl Style {
    /// Whether the value is all of the query.
    pub fn is_whole_query(self) -> bool {
        matches!(self, Self::WholeJson | Self::WholeText | Self::WholeForm)
    }

    /// The default of `explode`.
    pub fn explodes(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }
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
    /// XML of this type, with this root.
    Xml(Type, XmlId),
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
    /// The type of all successes, where they are JSON or XML of one type, and never without content.
    pub fn value_type(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Xml(ty, _) => Some(ty),
            _ => None,
        }
    }
}

impl Operation {
    /// The roots of its bodies that are XML: of the request, of responses and of errors.
    pub fn xml_roots(&self) -> impl Iterator<Item = XmlId> {
        let sent = match self.body.as_ref().map(|body| &body.content) {
            Some(BodyContent::Xml(_, root)) => Some(*root),
            _ => None,
        };
        let of_content = |content: &ResponseContent| match content {
            ResponseContent::Xml(_, root) => Some(*root),
            _ => None,
        };
        let received: Vec<XmlId> = match &self.output {
            Output::Xml(_, root) => vec![*root],
            Output::Several { cases, .. } => {
                let contents = cases.iter().filter_map(|case| case.content.as_ref());
                contents.filter_map(of_content).collect()
            }
            _ => Vec::new(),
        };
        let errors = self.errors.iter().filter_map(|error| error.xml);
        sent.into_iter().chain(received).chain(errors)
    }
}

impl Output {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::None | Self::Text | Self::Bytes | Self::Redirection => Vec::new(),
            Self::Json(ty) | Self::Maybe(ty) | Self::Xml(ty, _) | Self::String(ty) => vec![ty],
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
    /// The type of its body, if one is described that is JSON or XML.
    pub ty: Option<Type>,
    /// The root of that body, if it is XML.
    pub xml: Option<XmlId>,
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
    /// Whether the body is XML.
    pub is_xml: bool,
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
