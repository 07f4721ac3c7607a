//! Transports that stand for a server or watch one.

use std::sync::Arc;

use super::pets::{BEARER, KEY};
use crate::runtime::builder::BuilderCore;
use crate::runtime::client::ClientCore;
use crate::runtime::mock::MockTransport;
use crate::runtime::profile::Profile;
use crate::runtime::transport::{Transport, TransportFuture};

/// Settings for a mock: the key and a base URL with a prefix, and otherwise what is the default.
///
/// Waits between tries are the real ones, so calls that are tried again want the paused clock.
pub(crate) fn settings(profile: &'static Profile, mock: &MockTransport) -> BuilderCore {
    BuilderCore::new(profile)
        .base_url("https://pets.test/v1")
        .credential(0, KEY.to_owned())
        .transport(mock.clone())
}

/// A client that sends to a mock.
pub(crate) fn client(mock: &MockTransport) -> ClientCore {
    settings(&BEARER, mock).build().expect("good settings")
}

/// Passes requests on, after it looked at them or changed them.
pub(crate) struct Watched<F> {
    pub(crate) inner: Arc<dyn Transport>,
    pub(crate) watch: F,
}

impl<F: Fn(&mut reqwest::Request) + Send + Sync + 'static> Transport for Watched<F> {
    fn send(&self, mut request: reqwest::Request) -> TransportFuture<'_> {
        (self.watch)(&mut request);
        self.inner.send(request)
    }
}
