//! What an API description says about an operation, as constants.
//!
//! Emitted code writes one [`Operation`] for each; everything that a call needs beside the caller's
//! values is read from it, so one code path serves all operations.

/// A request method, one of those that a Path Item Object can hold.
///
/// This isn't the HTTP library's type because a reference to a constant of that one doesn't live
/// for `'static`: it owns memory where a method has an unusual name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method(&'static str);

impl Method {
    /// `DELETE`
    pub const DELETE: Self = Self("DELETE");
    /// `GET`
    pub const GET: Self = Self("GET");
    /// `HEAD`
    pub const HEAD: Self = Self("HEAD");
    /// `OPTIONS`
    pub const OPTIONS: Self = Self("OPTIONS");
    /// `PATCH`
    pub const PATCH: Self = Self("PATCH");
    /// `POST`
    pub const POST: Self = Self("POST");
    /// `PUT`
    pub const PUT: Self = Self("PUT");
    /// `QUERY` (RFC 10008)
    pub const QUERY: Self = Self("QUERY");
    /// `TRACE`
    pub const TRACE: Self = Self("TRACE");

    /// Any other method: a token (RFC 9110, 5.6.2), which the generator has checked.
    pub const fn of(token: &'static str) -> Self {
        Self(token)
    }

    /// The method's name, as it is sent.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The same method in the HTTP library's type.
    pub(crate) fn to_http(self) -> reqwest::Method {
        reqwest::Method::from_bytes(self.0.as_bytes())
            .expect("the constants above are all valid methods, and so are tokens")
    }
}

/// In the place of an operation's security: it takes what most operations of the API take, which is
/// in the profile.
///
/// No API has this set, for an index of a scheme is smaller.
pub const USUAL_SECURITY: &[&[usize]] = &[&[usize::MAX]];

/// One operation of the API.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The operation's `operationId`, or a replacement for it.
    pub id: &'static str,
    /// The request method.
    pub method: Method,
    /// The path template, such as `/pets/{pet_id}`.
    pub path: &'static str,
    /// All documented parameters, in the order in which they are sent.
    pub parameters: &'static [Parameter],
    /// The value of the `Accept` header; empty where the response has no body, and then
    /// the HTTP library says `*/*`.
    pub accept: &'static str,
    /// What credentials it takes: any one of these sets, each all of its members, by their index
    /// among the API's schemes (the description's Security Requirement Object). An empty set means that no
    /// credential is needed; without any set none is sent. Most operations
    /// have a mark for what most of them take.
    pub security: &'static [&'static [usize]],
    /// The server that it goes to where the user named none, if that isn't the API's default.
    pub server: Option<&'static str>,
    /// How the fields of the form in its body are written, where the API says something about them.
    pub fields: &'static [Parameter],
    /// The redirects (3xx) that the API documents as responses, which therefore aren't followed: each
    /// status, or the first digit for all that begin with it.
    pub redirects: &'static [u16],
}

/// A parameter's `in`; with the name, its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path, for a `{name}`.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How lists and objects are written (`OpenAPI` 3.1, 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`: paths and headers.
    Simple,
    /// `.a.b`: paths.
    Label,
    /// `;name=a,b`: paths.
    Matrix,
    /// `name=a&name=b`, or `name=a,b` when not exploded: queries and cookies.
    Form,
    /// `name=a%20b`: queries.
    SpaceDelimited,
    /// `name=a%7Cb`: queries.
    PipeDelimited,
    /// `name[key]=a`: objects in queries, whatever is in them.
    DeepObject,
    /// The value as JSON text: parameters that are described by `content`.
    Json,
    /// As `Form`, each pair a cookie, and nothing escaped: cookies.
    Cookie,
    /// JSON text in the place of the whole query.
    WholeJson,
    /// Text in the place of the whole query, percent-encoded.
    WholeText,
    /// A form (`application/x-www-form-urlencoded`) in the place of the whole query.
    WholeForm,
}

impl Style {
    /// Whether the value is all of the query, so that the parameter's name isn't sent.
    pub(crate) const fn is_whole_query(self) -> bool {
        matches!(self, Self::WholeJson | Self::WholeText | Self::WholeForm)
    }
}

/// A documented parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
}

impl Parameter {
    /// A parameter in the path, with style `simple`.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path)
    }

    /// A parameter in the query, with style `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query)
    }

    /// A header, with style `simple`.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header)
    }

    /// A cookie, with style `form`, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie)
    }

    /// The parameter with the style that its place has by default.
    pub(crate) const fn new(name: &'static str, place: Place) -> Self {
        let style = match place {
            Place::Path | Place::Header => Style::Simple,
            Place::Query | Place::Cookie => Style::Form,
        };
        Self {
            name,
            place,
            style,
            explode: matches!(style, Style::Form),
            allow_reserved: false,
        }
    }

    /// The same parameter in another style, with that style's default of `explode`.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self.explode = matches!(style, Style::Form | Style::Cookie);
        self
    }

    /// The same parameter in style `label`.
    #[must_use]
    pub const fn label(self) -> Self {
        self.style(Style::Label)
    }

    /// The same parameter in style `matrix`.
    #[must_use]
    pub const fn matrix(self) -> Self {
        self.style(Style::Matrix)
    }

    /// The same parameter in style `simple`.
    #[must_use]
    pub const fn simple(self) -> Self {
        self.style(Style::Simple)
    }

    /// The same parameter in style `form`, exploded.
    #[must_use]
    pub const fn form(self) -> Self {
        self.style(Style::Form)
    }

    /// The same parameter in style `form`, its items in one, with commas.
    #[must_use]
    pub const fn comma_delimited(self) -> Self {
        self.style(Style::Form).explode(false)
    }

    /// The same parameter in style `spaceDelimited`.
    #[must_use]
    pub const fn space_delimited(self) -> Self {
        self.style(Style::SpaceDelimited)
    }

    /// The same parameter in style `pipeDelimited`.
    #[must_use]
    pub const fn pipe_delimited(self) -> Self {
        self.style(Style::PipeDelimited)
    }

    /// The same parameter in style `deepObject`.
    #[must_use]
    pub const fn deep_object(self) -> Self {
        self.style(Style::DeepObject)
    }

    /// The same parameter as JSON text.
    #[must_use]
    pub const fn as_json(self) -> Self {
        self.style(Style::Json)
    }

    /// The same parameter in style `cookie`, exploded.
    #[must_use]
    pub const fn unescaped(self) -> Self {
        self.style(Style::Cookie)
    }

    /// The same parameter as JSON that is the whole query.
    #[must_use]
    pub const fn whole_json(self) -> Self {
        self.style(Style::WholeJson)
    }

    /// The same parameter as text that is the whole query.
    #[must_use]
    pub const fn whole_text(self) -> Self {
        self.style(Style::WholeText)
    }

    /// The same parameter as a form that is the whole query.
    #[must_use]
    pub const fn whole_form(self) -> Self {
        self.style(Style::WholeForm)
    }

    /// The same parameter in style `form`, with reserved characters.
    #[must_use]
    pub const fn reserved(self) -> Self {
        self.form().allow_reserved()
    }

    /// The same parameter in style `form`, its items in one, with reserved characters.
    #[must_use]
    pub const fn reserved_comma_delimited(self) -> Self {
        self.comma_delimited().allow_reserved()
    }

    /// The same parameter, each item of a list (or field of an object) on its own or all in one.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The same parameter, in whose value percent-encoded characters and the reserved ones that can't be
    /// taken for another part of the URL stay as they are.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }
}
