//! What holds for all clients of an API, and for all calls of a client.

use std::time::Duration;

use super::reading::Reading;
use super::retry::RetryPolicy;

/// What the API description and the generator's configuration say about all clients of an API.
#[derive(Debug)]
pub(crate) struct Profile {
    /// The `User-Agent` header.
    pub(crate) user_agent: &'static str,
    /// The default server; calls go there unless a base URL is given.
    pub(crate) base_url: &'static str,
    /// The environment variable of the base URL.
    pub(crate) base_url_env: Option<&'static str>,
    /// All ways to authenticate; operations name them by their index.
    pub(crate) schemes: &'static [Scheme],
    /// What calls that the description doesn't have are made with, in the form of an operation's.
    pub(crate) security: &'static [&'static [usize]],
    /// What operations take whose tables say nothing of it.
    pub(crate) usual_security: &'static [&'static [usize]],
    /// Whether a client can be made without any credential, because some operations take none.
    pub(crate) anonymous: bool,
    /// The header by which the server knows a repeated request.
    pub(crate) idempotency_header: Option<&'static str>,
    /// How strictly responses are held against the description, where nothing else is said.
    pub(crate) reading: Reading,
}

impl Profile {
    /// Whether a credential is sent as the query parameter of this name.
    pub(crate) fn has_query_credential(&self, name: &str) -> bool {
        let mut schemes = self.schemes.iter();
        schemes.any(|it| matches!(it.auth, Auth::Query(known) if known == name))
    }

    /// What is wrong with the name of a credential that there isn't.
    pub(super) fn no_such_credential(&self, name: &str) -> String {
        let name: String = name.escape_debug().take(100).collect();
        let known = match self.methods().as_slice() {
            [] => "none".to_owned(),
            some => some.join(", "),
        };
        format!("unknown credential `{name}`: the API has {known}")
    }

    /// The builder's methods that take credentials.
    pub(super) fn methods(&self) -> Vec<String> {
        let name = |scheme: &Scheme| format!("`{}`", scheme.name);
        self.schemes.iter().map(name).collect()
    }
}

/// A way to authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// The method of the builder that takes its credential.
    pub(crate) name: &'static str,
    /// Where the credential goes.
    pub(crate) auth: Auth,
    /// The environment variable of the credential.
    pub(crate) env: Option<&'static str>,
}

impl Scheme {
    /// What its credential is called in messages.
    pub(crate) fn noun(&self) -> &'static str {
        match self.auth {
            Auth::Basic => "user name and password",
            _ if self.name == "api_key" => "API key",
            _ => "credential",
        }
    }

    /// Whether it is this one: several can have their credentials in one place.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Where a credential stands in a request (the description's Security Scheme Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// `Authorization: Bearer KEY` (RFC 6750).
    Bearer,
    /// `Authorization: Basic` with user name and password (RFC 7617). As one text they have a colon
    /// between them.
    Basic,
    /// `Authorization` with another scheme of HTTP and the credential behind it (RFC 9110, 11.4).
    Http(&'static str),
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
}

impl Auth {
    /// Whether it goes into a header of its own with this name.
    pub(crate) fn is_header(self, name: &str) -> bool {
        matches!(self, Self::Header(own) if own.eq_ignore_ascii_case(name))
    }

    /// Whether it goes into a query parameter of this name.
    pub(crate) fn is_query(self, name: &str) -> bool {
        matches!(self, Self::Query(own) if own == name)
    }

    /// The header that a credential stands in; none where it stands in the query.
    pub(crate) fn header(self) -> Option<&'static str> {
        match self {
            Self::Bearer | Self::Basic | Self::Http(_) => Some("authorization"),
            Self::Header(name) => Some(name),
            Self::Cookie(_) => Some("cookie"),
            Self::Query(_) => None,
        }
    }
}

/// What holds for all calls of a client, unless a call says otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) total_timeout: Option<Duration>,
    /// `None` where the user's own HTTP client decides.
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) max_body_size: usize,
    pub(crate) max_error_body_size: usize,
    pub(crate) retry: RetryPolicy,
    /// How strictly responses are held against the description.
    pub(crate) reading: Reading,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            total_timeout: None,
            connect_timeout: None,
            max_body_size: 64 * 1024 * 1024,
            max_error_body_size: 1024 * 1024,
            retry: RetryPolicy::default(),
            reading: Reading::default(),
        }
    }
}
