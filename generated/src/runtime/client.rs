//! What a client holds: connections, credentials and settings, which its clones share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use super::base_url::BaseUrl;
use super::keyring::Keyring;
use super::profile::{Profile, Settings};
use super::retry_budget::RetryBudget;
use super::transport::ClientTransport;

/// What a client of any API holds. Clones share it.
#[derive(Clone)]
pub struct ClientCore {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) profile: &'static Profile,
    pub(crate) transport: ClientTransport,
    pub(crate) base_url: BaseUrl,
    /// Whether the base URL was set by the user, and replaces the servers of all operations.
    pub(crate) is_own_server: bool,
    /// Headers of all requests, without the credentials.
    pub(crate) headers: HeaderMap,
    /// Query parameters of all requests that don't set the same parameter.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) credentials: Keyring,
    pub(crate) settings: Settings,
    pub(crate) retry_budget: RetryBudget,
}

/// Shows no credentials and no header values.
impl fmt::Debug for ClientCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.inner.settings;
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("timeout", &settings.timeout)
            .field("max_retries", &settings.retry.max_retries)
            .finish_non_exhaustive()
    }
}
