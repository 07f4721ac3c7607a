//! The client: a handle that its clones share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use super::base_url::BaseUrl;
use super::bucket::Bucket;
use super::keyring::Keyring;
use super::profile::{Profile, Settings};
use super::transport::Carrier;

/// A handle to the API.
///
/// It holds the connections, the credentials and the settings of all calls. Cloning it is cheap, and
/// clones share connections and the limit on retries: make one and pass clones around.
///
/// Calls run on a Tokio runtime with its timers and I/O on, as `#[tokio::main]` has them.
#[derive(Clone)]
pub struct Client {
    // Few methods are here, and all of those are names that no resource of an API gets.
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) profile: &'static Profile,
    pub(crate) transport: Carrier,
    pub(crate) base_url: BaseUrl,
    /// Whether the user named the server, which then is that of all operations.
    pub(crate) is_own_server: bool,
    /// Headers of every call, but the one with the credential.
    pub(crate) headers: HeaderMap,
    /// Pairs of the query of every call, where the call has none of the same name.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) credentials: Keyring,
    pub(crate) settings: Settings,
    pub(crate) bucket: Bucket,
}

/// Leaves out the credential and the values of headers.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.inner.settings;
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("timeout", &settings.timeout)
            .field("max_retries", &settings.retry.max_retries)
            .finish_non_exhaustive()
    }
}
