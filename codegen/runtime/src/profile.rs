//! What holds for all clients of an API, and for all calls of a client.

use std::time::Duration;

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
    /// The environment variable of the credential.
    pub(crate) api_key_env: Option<&'static str>,
    /// Where the credential goes.
    pub(crate) auth: Auth,
    /// The header by which the server knows a repeated request.
    pub(crate) idempotency_header: Option<&'static str>,
}

/// Where the credential stands in a request (the description's Security Scheme Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// The API asks for none.
    None,
    /// `Authorization: Bearer KEY` (RFC 6750).
    Bearer,
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
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
        }
    }
}
