//! The client: a handle that its clones share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use super::base_url::BaseUrl;
use super::bucket::Bucket;
use super::profile::{Profile, Settings};

/// A handle to the API.
///
/// It holds the connections, the credentials and the settings of all calls. Cloning it is cheap, and
/// clones share connections and the limit on retries: make one and pass clones around.
///
/// Calls run on a Tokio runtime with its timers and I/O on, as `#[tokio::main]` has them.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) profile: &'static Profile,
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    /// Headers of every call, the one with the credential among them.
    pub(crate) headers: HeaderMap,
    /// The credential as given; empty for an API without.
    pub(crate) credential: String,
    pub(crate) settings: Settings,
    pub(crate) bucket: Bucket,
}

impl Client {
    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn profile(&self) -> &'static Profile {
        self.inner.profile
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.inner.http
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.inner.base_url
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(crate) fn credential(&self) -> &str {
        &self.inner.credential
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    pub(crate) fn bucket(&self) -> &Bucket {
        &self.inner.bucket
    }

    /// The environment variable of the credential, for messages.
    pub(crate) fn key_variable(&self) -> Option<&'static str> {
        self.inner.profile.api_key_env
    }
}

/// Leaves out the credential and the values of headers.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url().as_str())
            .field("settings", self.settings())
            .finish_non_exhaustive()
    }
}
