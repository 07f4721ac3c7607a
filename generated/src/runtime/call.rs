//! A request under construction: an operation with the caller's values and options.

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
use super::client::ClientCore;
use super::content::Body;
use super::credential::Credential;
use super::deadline::Deadline;
use super::header;
use super::keyring::{Secrets, Security};
use super::operation::{Operation, Place, USUAL_SECURITY};
use super::query;
use super::random;
use super::redact::{self, Redactor};
use super::retry::{self, RetryPolicy};

pub(crate) use self::values::Items;
use self::values::Value;

/// A request under construction.
///
/// The first value that can't be sent is remembered and returned as an error when the request is sent,
/// so that the methods of a request chain. It is always boxed, because it is moved by each of these
/// methods and into the future that sends it.
#[derive(Clone)]
pub struct Call {
    pub(super) client: ClientCore,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    /// The URL in place of the operation's path and query.
    pub(super) at: Option<Url>,
    values: Vec<Value>,
    pub(super) body: Option<Body>,
    /// The value of the `Accept` header.
    pub(super) accept: &'static str,
    /// The redirects that are documented as responses: a status, or the first digit of a range.
    pub(super) redirects: &'static [u16],
    pub(super) options: Options,
    pub(super) refused: Option<String>,
    /// The security requirements.
    pub(super) security: Security,
    /// The operation's own server, if the client has no base URL of the user's.
    server: Option<BaseUrl>,
    /// The credentials of the current attempt, or of the last one.
    pub(super) credentials: Secrets,
    /// Other credentials that earlier attempts sent.
    earlier_credentials: Vec<Arc<Credential>>,
    /// The number of the page that it requests in a page stream, from 1; 0 outside of a stream.
    pub(super) page: u32,
    /// The deadline of the polling that it is a part of.
    pub(super) within: Option<Deadline>,
}

/// Options of this request alone.
#[derive(Clone, Default)]
pub(super) struct Options {
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_retries: Option<u32>,
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<(String, String)>,
    /// Names of headers that are omitted.
    pub(super) left_out: Vec<HeaderName>,
}

/// Called by emitted code.
impl Call {
    pub(crate) fn new(client: &ClientCore, operation: &'static Operation) -> Box<Self> {
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

/// Options of the caller.
impl Call {
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    pub fn set_total_timeout(&mut self, timeout: Duration) {
        self.options.total_timeout = Some(timeout);
    }

    pub fn set_max_retries(&mut self, retries: u32) {
        self.options.max_retries = Some(retries);
    }

    pub fn set_header(&mut self, name: &str, value: &str) {
        match header::parse(name, value) {
            Ok((name, value)) => {
                self.options.left_out.retain(|left_out| *left_out != name);
                self.options.headers.insert(name, value);
            }
            Err(message) => self.refuse(message),
        }
    }

    pub fn leave_out_header(&mut self, name: &str) {
        match header::name(name) {
            Ok(name) => {
                self.options.headers.remove(&name);
                self.options.left_out.push(name);
            }
            Err(message) => self.refuse(message),
        }
    }

    pub fn push_query(&mut self, name: String, value: String) {
        self.options.query.push((name, value));
    }

    pub(super) fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }

    /// Sets the credentials of the next attempt. Earlier ones were sent, so they are redacted too.
    pub(super) fn set_credentials(&mut self, credentials: Secrets) {
        let earlier = mem::replace(&mut self.credentials, credentials);
        let now = &self.credentials;
        let replaced = |old: &Arc<Credential>| !now.iter().any(|now| Arc::ptr_eq(old, now));
        self.earlier_credentials
            .extend(earlier.iter().filter(|old| replaced(old)).cloned());
    }
}

/// Used when the request is sent.
impl Call {
    /// The path template, which holds the names of parameters and not their values, so that it can be
    /// shown anywhere.
    ///
    /// Without a template it is the path itself, with secrets redacted; empty if the path is invalid.
    pub(crate) fn template(&self) -> Cow<'static, str> {
        match &self.at {
            Some(url) if self.operation.path.is_empty() => {
                self.redactor().show(url.path().as_bytes(), 2000).into()
            }
            _ => self.operation.path.into(),
        }
    }

    /// The base URL of the request.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        self.server.as_ref().unwrap_or(&self.client.inner.base_url)
    }

    /// The environment variable of the first credential that was sent.
    pub(crate) fn credential_env(&self) -> Option<&'static str> {
        self.credentials.first()?.scheme().env
    }

    /// Whether the HTTP library sends it, without a custom transport.
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

    /// Adds an idempotency key, by which the server recognizes a retry, if the API has a header for it,
    /// the method isn't idempotent, and the caller set none.
    pub(crate) fn add_idempotency_key(&mut self) {
        if let Some(name) = self.client.inner.profile.idempotency_header
            && !retry::is_idempotent(&self.method)
            && !self.has_idempotency_key()
            && !self.leaves_out(name)
        {
            self.set_header(name, &random::uuid());
        }
    }

    /// Whether the request can be sent again: a streamed body can be sent once.
    pub(crate) fn is_whole(&self) -> bool {
        self.body
            .as_ref()
            .is_none_or(|body| body.content.is_whole())
    }

    /// Whether the request has an idempotency key.
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

    /// Whether the header of this name is omitted.
    pub(crate) fn leaves_out(&self, name: &str) -> bool {
        let mut left_out = self.options.left_out.iter();
        left_out.any(|known| known.as_str().eq_ignore_ascii_case(name))
    }

    /// Redacts all secrets that this request sends, or has sent.
    pub(crate) fn redactor(&self) -> Redactor {
        let mut redactor = Redactor::default();
        // Before the first attempt, a provider's error may contain the stored token.
        let stored = self.client.inner.credentials.stored();
        let sent = self.credentials.iter().chain(&self.earlier_credentials);
        for credential in sent.cloned().chain(stored) {
            credential.secrets().for_each(|secret| redactor.add(secret));
        }
        let schemes = self.client.inner.profile.schemes;
        let is_credential = |name: &str| schemes.iter().any(|it| it.auth.is_header(name));
        redactor.add_headers(&self.client.inner.headers, is_credential);
        redactor.add_headers(&self.options.headers, is_credential);
        for (parameter, argument) in self.all_arguments() {
            if self.is_secret(parameter.place, parameter.name) {
                redactor.add(&query::plain(&parameter, argument));
                argument.parts().for_each(|part| redactor.add(part));
            }
        }
        let given = self.options.query.iter();
        for (name, value) in given {
            if self.is_secret(Place::Query, name) {
                redactor.add(value);
            }
        }
        for (name, value) in self.at.iter().flat_map(Url::query_pairs) {
            if self.is_secret(Place::Query, &name) {
                redactor.add(&value);
            }
        }
        let pairs = self.client.inner.query.iter().chain(&self.options.query);
        for (_, value) in pairs.filter(|(name, _)| self.is_secret_query(name)) {
            redactor.add(value);
        }
        redactor
    }

    /// Whether a parameter is a secret: any cookie, the credential of a security scheme, and parameters
    /// whose names suggest it.
    fn is_secret(&self, place: Place, name: &str) -> bool {
        let mut schemes = self.client.inner.profile.schemes.iter();
        match place {
            Place::Cookie => true,
            Place::Header => {
                redact::is_secret_header(name) || schemes.any(|it| it.auth.is_header(name))
            }
            Place::Query => {
                redact::is_secret_parameter(name) || schemes.any(|it| it.auth.is_query(name))
            }
            Place::Path => redact::is_secret_parameter(name),
        }
    }
}

impl Call {
    /// Whether an undocumented query parameter is a secret, by its name.
    fn is_secret_query(&self, name: &str) -> bool {
        self.client.inner.profile.has_query_credential(name)
            || redact::is_secret_header(&name.to_ascii_lowercase())
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
