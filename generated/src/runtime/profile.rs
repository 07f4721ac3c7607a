//! Settings of an API, and of a client.

use std::time::Duration;

use super::reading::Reading;
use super::retry::RetryPolicy;

/// Settings of all clients of an API, from its description and the generator's configuration.
#[derive(Debug)]
pub struct Profile {
    /// The `User-Agent` header.
    pub user_agent: &'static str,
    /// The default base URL.
    pub base_url: &'static str,
    /// The environment variable of the base URL.
    pub base_url_env: Option<&'static str>,
    /// The security schemes, which operations refer to by index.
    pub schemes: &'static [Scheme],
    /// The security requirements of custom requests.
    pub security: &'static [&'static [usize]],
    /// The default security requirements of operations.
    pub usual_security: &'static [&'static [usize]],
    /// Whether a client can be built without credentials, because some operations require none.
    pub anonymous: bool,
    /// The header of the idempotency key.
    pub idempotency_header: Option<&'static str>,
    /// The default of how strictly responses are checked against the description.
    pub reading: Reading,
    /// The parameters that a client sends with all requests.
    pub parameters: &'static [ClientParameter],
}

impl Profile {
    /// Whether a credential is sent as the query parameter of this name.
    pub(crate) fn has_query_credential(&self, name: &str) -> bool {
        let mut schemes = self.schemes.iter();
        schemes.any(|it| matches!(it.auth, Auth::Query(known) if known == name))
    }

    /// The error of an unknown credential name.
    pub(super) fn unknown_credential(&self, name: &str) -> String {
        let name: String = name.escape_debug().take(100).collect();
        let known = match self.methods().as_slice() {
            [] => "none".to_owned(),
            some => some.join(", "),
        };
        format!("unknown credential `{name}`: the API has {known}")
    }

    /// The builder's methods that set credentials.
    pub(super) fn methods(&self) -> Vec<String> {
        let name = |scheme: &Scheme| format!("`{}`", scheme.name);
        self.schemes.iter().map(name).collect()
    }
}

/// A header or query parameter that a client sends with all requests.
#[derive(Clone, Copy, Debug)]
pub struct ClientParameter {
    /// The builder's method that sets it.
    pub name: &'static str,
    /// Its name in requests.
    pub wire: &'static str,
    /// Whether it is a header, and else a query parameter.
    pub is_header: bool,
    /// The environment variable of its value.
    pub env: Option<&'static str>,
    /// The value that is sent if none is set.
    pub default: Option<&'static str>,
}

impl ClientParameter {
    /// The message if it has no value.
    pub(super) fn missing(&self) -> String {
        let Self { name, wire, .. } = self;
        match self.env {
            Some(variable) => format!(
                "missing `{wire}`: set it with the builder's `{name}`, or set {variable} and use \
                 `from_env`"
            ),
            None => format!("missing `{wire}`: set it with the builder's `{name}`"),
        }
    }
}

/// A security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The builder's method that sets its credential.
    pub name: &'static str,
    /// How the credential is sent.
    pub auth: Auth,
    /// The environment variable of the credential.
    pub env: Option<&'static str>,
}

impl Scheme {
    /// The name of its credential in messages.
    pub(crate) fn noun(&self) -> &'static str {
        match self.auth {
            Auth::Basic => "user name and password",
            _ if self.name == "api_key" => "API key",
            _ => "credential",
        }
    }

    /// Whether both are the same scheme: several may send their credentials in the same header.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// How a credential is sent (Security Scheme Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer KEY` (RFC 6750).
    Bearer,
    /// `Authorization: Basic` with user name and password (RFC 7617), which are joined by a colon.
    Basic,
    /// `Authorization` with another authentication scheme (RFC 9110, 11.4).
    Http(&'static str),
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
}

impl Auth {
    /// Whether it is sent in the header of this name.
    pub(crate) fn is_header(self, name: &str) -> bool {
        matches!(self, Self::Header(own) if own.eq_ignore_ascii_case(name))
    }

    /// Whether it is sent in the query parameter of this name.
    pub(crate) fn is_query(self, name: &str) -> bool {
        matches!(self, Self::Query(own) if own == name)
    }

    /// The header of the credential; `None` for a query parameter.
    pub(crate) fn header(self) -> Option<&'static str> {
        match self {
            Self::Bearer | Self::Basic | Self::Http(_) => Some("authorization"),
            Self::Header(name) => Some(name),
            Self::Cookie(_) => Some("cookie"),
            Self::Query(_) => None,
        }
    }
}

/// Settings of a client, which requests may override.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) total_timeout: Option<Duration>,
    /// `None` if a custom HTTP client has its own.
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) max_body_size: usize,
    pub(crate) max_error_body_size: usize,
    pub(crate) retry: RetryPolicy,
    /// How strictly responses are checked against the description.
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
