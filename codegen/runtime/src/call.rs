//! One call: an operation with the caller's values and options.

mod bodies;
mod values;

use std::borrow::Cow;
use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Method, Url};

use super::base_url::BaseUrl;
use super::client::Client;
use super::content::Body;
use super::credential::Credential;
use super::deadline::Deadline;
use super::header;
use super::keyring::{Secrets, Security};
use super::operation::{Operation, Place, USUAL_SECURITY};
use super::random;
use super::retry::{self, RetryPolicy};
use super::scrub::{self, Scrubber};

pub(crate) use self::values::Items;
use self::values::Value;

/// A call that is being put together.
///
/// What can't be sent is remembered, the first of it, and comes out as an error when the call is
/// sent: so that the methods of a request chain. It always lives in a box, because it is moved by each
/// of these methods, and into the future that sends it.
#[derive(Clone)]
pub(crate) struct Call {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    /// Where the call goes instead of the operation's path and query.
    pub(super) at: Option<Url>,
    values: Vec<Value>,
    pub(super) body: Option<Body>,
    /// The value of the `Accept` header.
    pub(super) accept: &'static str,
    /// The redirects that are documented as responses: each status, or the first digit of a hundred.
    pub(super) redirects: &'static [u16],
    pub(super) options: Options,
    pub(super) refused: Option<String>,
    /// What credentials it takes.
    pub(super) security: Security,
    /// The operation's own server, where calls go there.
    server: Option<BaseUrl>,
    /// The secrets of the try that is made, or that was made last.
    pub(super) credentials: Secrets,
    /// Those of earlier tries, where they were others.
    earlier_credentials: Vec<Arc<Credential>>,
    /// Which page of a stream it is for, counted from 1; 0 where it is for none.
    pub(super) page: u32,
    /// The time by which the wait has to end that it is a question of.
    pub(super) within: Option<Deadline>,
}

/// What the caller asks of this call alone.
#[derive(Clone, Default)]
pub(super) struct Options {
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_retries: Option<u32>,
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<(String, String)>,
    /// Names of headers that are not sent.
    pub(super) left_out: Vec<HeaderName>,
}

/// What emitted code says.
impl Call {
    pub(crate) fn new(client: &Client, operation: &'static Operation) -> Box<Self> {
        let mut refused = None;
        let own = operation.server.filter(|_| !client.inner.is_own_server);
        let server = own.and_then(|url| match BaseUrl::parse(url) {
            Ok(server) => Some(server),
            Err(message) => {
                refused = Some(message);
                None
            }
        });
        let security = if operation.security == USUAL_SECURITY {
            client.inner.profile.usual_security
        } else {
            operation.security
        };
        Box::new(Self {
            client: client.clone(),
            operation,
            method: operation.method.to_http(),
            at: None,
            values: Vec::new(),
            body: None,
            accept: operation.accept,
            redirects: operation.redirects,
            options: Options::default(),
            refused,
            security,
            server,
            credentials: Secrets::default(),
            earlier_credentials: Vec::new(),
            page: 0,
            within: None,
        })
    }
}

/// What the caller of a request says.
impl Call {
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    pub(crate) fn set_total_timeout(&mut self, timeout: Duration) {
        self.options.total_timeout = Some(timeout);
    }

    pub(crate) fn set_max_retries(&mut self, retries: u32) {
        self.options.max_retries = Some(retries);
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match header::parse(name, value) {
            Ok((name, value)) => {
                self.options.left_out.retain(|left_out| *left_out != name);
                self.options.headers.insert(name, value);
            }
            Err(message) => self.refuse(message),
        }
    }

    pub(crate) fn leave_out_header(&mut self, name: &str) {
        match header::name(name) {
            Ok(name) => {
                self.options.headers.remove(&name);
                self.options.left_out.push(name);
            }
            Err(message) => self.refuse(message),
        }
    }

    pub(crate) fn push_query(&mut self, name: String, value: String) {
        self.options.query.push((name, value));
    }

    pub(super) fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }

    /// Takes the secrets of the next try. Those before them were sent, so messages keep silent about
    /// them too.
    pub(super) fn set_credentials(&mut self, credentials: Secrets) {
        let earlier = mem::replace(&mut self.credentials, credentials);
        let now = &self.credentials;
        let replaced = |old: &Arc<Credential>| !now.iter().any(|now| Arc::ptr_eq(old, now));
        self.earlier_credentials
            .extend(earlier.iter().filter(|old| replaced(old)).cloned());
    }
}

/// What sending needs to know.
impl Call {
    /// The path with the names of its values, not the values: what may be told of it anywhere.
    ///
    /// Where there is no template it is the path itself, without secrets; empty where that can't be
    /// one.
    pub(crate) fn template(&self) -> Cow<'static, str> {
        match &self.at {
            Some(url) if self.operation.path.is_empty() => {
                self.scrubber().show(url.path().as_bytes(), 2000).into()
            }
            _ => self.operation.path.into(),
        }
    }

    /// The address that the path is put behind.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        self.server.as_ref().unwrap_or(&self.client.inner.base_url)
    }

    /// The environment variable of the first credential that was sent.
    pub(crate) fn credential_env(&self) -> Option<&'static str> {
        self.credentials.first()?.scheme().env
    }

    /// Whether the HTTP library sends it, with nothing in its place or around it.
    pub(crate) fn is_sent_by_library(&self) -> bool {
        self.client.inner.transport.is_library()
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.options
            .timeout
            .unwrap_or(self.client.inner.settings.timeout)
    }

    pub(crate) fn total_timeout(&self) -> Duration {
        self.options
            .total_timeout
            .or(self.client.inner.settings.total_timeout)
            .unwrap_or(Duration::MAX)
    }

    pub(crate) fn max_retries(&self) -> u32 {
        self.options
            .max_retries
            .unwrap_or(self.retry_policy().max_retries)
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.client.inner.settings.retry
    }

    /// Gives the call a key by which the server knows its repetitions, where the API has such a
    /// header, the operation needs it, and the caller gave none.
    pub(crate) fn add_idempotency_key(&mut self) {
        if let Some(name) = self.client.inner.profile.idempotency_header
            && !retry::is_idempotent(&self.method)
            && !self.has_idempotency_key()
            && !self.leaves_out(name)
        {
            self.set_header(name, &random::uuid());
        }
    }

    /// Whether the request could go out again: a body that is a stream goes out once.
    pub(crate) fn is_whole(&self) -> bool {
        self.body
            .as_ref()
            .is_none_or(|body| body.content.is_whole())
    }

    /// Whether the request carries a key by which the server knows its repetitions.
    pub(crate) fn has_idempotency_key(&self) -> bool {
        self.client
            .inner
            .profile
            .idempotency_header
            .is_some_and(|name| {
                let mut documented = self.arguments(Place::Header);
                self.options.headers.contains_key(name)
                    || documented.any(|(parameter, _)| parameter.name.eq_ignore_ascii_case(name))
            })
    }

    /// Whether no header of this name is sent.
    pub(crate) fn leaves_out(&self, name: &str) -> bool {
        let mut left_out = self.options.left_out.iter();
        left_out.any(|known| known.as_str().eq_ignore_ascii_case(name))
    }

    /// All secrets that this call sends, or sent.
    pub(crate) fn scrubber(&self) -> Scrubber {
        let mut scrubber = Scrubber::default();
        // What there is before the first try may be told by a provider that has no other.
        let at_hand = self.client.inner.credentials.at_hand();
        let sent = self.credentials.iter().chain(&self.earlier_credentials);
        for credential in sent.cloned().chain(at_hand) {
            credential.secrets().for_each(|secret| scrubber.add(secret));
        }
        let schemes = self.client.inner.profile.schemes;
        scrubber.add_headers(&self.client.inner.headers, schemes);
        scrubber.add_headers(&self.options.headers, schemes);
        for (parameter, argument) in self.all_arguments() {
            if self.is_secret(parameter.place, parameter.name) {
                scrubber.add_argument(&parameter, argument);
            }
        }
        let given = self.options.query.iter();
        for (name, value) in given {
            if self.is_secret(Place::Query, name) {
                scrubber.add(value);
            }
        }
        for (name, value) in self.at.iter().flat_map(Url::query_pairs) {
            if self.is_secret(Place::Query, &name) {
                scrubber.add(&value);
            }
        }
        let pairs = self.client.inner.query.iter().chain(&self.options.query);
        for (_, value) in pairs.filter(|(name, _)| self.is_secret_query(name)) {
            scrubber.add(value);
        }
        scrubber
    }

    /// Whether what stands here under this name is a secret: any cookie, what a scheme of the API
    /// says so of, and what usually is.
    fn is_secret(&self, place: Place, name: &str) -> bool {
        let mut schemes = self.client.inner.profile.schemes.iter();
        match place {
            Place::Cookie => true,
            Place::Header => {
                scrub::is_secret_header(name) || schemes.any(|it| it.auth.is_header(name))
            }
            Place::Query => {
                scrub::is_secret_parameter(name) || schemes.any(|it| it.auth.is_query(name))
            }
            Place::Path => scrub::is_secret_parameter(name),
        }
    }
}

impl Call {
    /// Whether a parameter of the query that no table documents holds a secret, by its name.
    fn is_secret_query(&self, name: &str) -> bool {
        self.client.inner.profile.has_query_credential(name)
            || scrub::is_secret_header(&name.to_ascii_lowercase())
    }
}

/// Shows which values are set, not what they are.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.values.iter().map(|value| value.name).collect();
        let headers: Vec<&str> = self
            .options
            .headers
            .keys()
            .map(HeaderName::as_str)
            .collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("parameters", &names)
            .field("headers", &headers)
            .field("has_body", &self.body.is_some())
            .finish_non_exhaustive()
    }
}
