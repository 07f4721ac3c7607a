//! One call: an operation with the caller's values and options.

use std::borrow::Cow;
use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde::Serialize;

use super::argument::{Argument, IntoArgument, Scalar};
use super::client::Client;
use super::credential::Credential;
use super::header;
use super::operation::{Operation, Parameter, Place};
use super::query;
use super::random;
use super::retry::{self, RetryPolicy};
use super::scrub::Scrubber;

/// A call that is being put together.
///
/// What can't be sent is remembered, the first of it, and comes out as an error when the call is
/// sent: so that the methods of a request chain.
#[derive(Clone)]
pub(crate) struct Call {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    /// Where the call goes instead of the operation's path and query.
    pub(super) at: Option<Url>,
    values: Vec<Value>,
    pub(super) body: Option<Body>,
    pub(super) options: Options,
    pub(super) refused: Option<String>,
    /// The secret of the try that is made, or that was made last.
    pub(super) credential: Option<Arc<Credential>>,
    /// Those of earlier tries, where they were others.
    earlier_credentials: Vec<Arc<Credential>>,
}

/// What a call sends, and of what media type it is.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) media_type: HeaderValue,
}

/// The value of a parameter. Its place and its name together are its identity.
#[derive(Clone)]
struct Value {
    place: Place,
    name: &'static str,
    argument: Argument,
}

/// What the caller asks of this call alone.
#[derive(Clone, Default)]
pub(super) struct Options {
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_retries: Option<u32>,
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<(String, String)>,
}

/// What emitted code says.
impl Call {
    pub(crate) fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            method: operation.method.to_http(),
            at: None,
            values: Vec::new(),
            body: None,
            options: Options::default(),
            refused: None,
            credential: None,
            earlier_credentials: Vec::new(),
        }
    }

    pub(crate) fn path<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Path, name, value.into().into_argument());
    }

    pub(crate) fn path_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Path, name, list(items));
    }

    pub(crate) fn query<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Query, name, value.into().into_argument());
    }

    pub(crate) fn query_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Query, name, list(items));
    }

    pub(crate) fn header<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Header, name, value.into().into_argument());
    }

    pub(crate) fn header_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Header, name, list(items));
    }

    pub(crate) fn cookie<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Cookie, name, value.into().into_argument());
    }

    pub(crate) fn cookie_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Cookie, name, list(items));
    }

    /// Takes the body; it is serialised once, here, whatever number of tries sends it.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.json_as("application/json", body);
    }

    /// Takes a body of another media type that is JSON, such as `application/merge-patch+json`.
    pub(crate) fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.bytes(bytes.into(), header::fixed(media_type)),
            Err(error) => self.refuse(format!("the body can't be written as JSON: {error}")),
        }
    }

    /// Takes a body as it is.
    pub(super) fn bytes(&mut self, bytes: Bytes, media_type: Result<HeaderValue, &'static str>) {
        match media_type {
            Ok(media_type) => self.body = Some(Body { bytes, media_type }),
            Err(problem) => self.refuse(format!("the media type of the body {problem}")),
        }
    }

    fn set(&mut self, place: Place, name: &'static str, argument: Argument) {
        match self
            .values
            .iter_mut()
            .find(|value| value.place == place && value.name == name)
        {
            Some(value) => value.argument = argument,
            None => self.values.push(Value {
                place,
                name,
                argument,
            }),
        }
    }
}

/// Whatever gives things that become `T`.
pub(crate) trait Items<T>: IntoIterator<Item: Into<T>> {}

impl<T, I: IntoIterator<Item: Into<T>>> Items<T> for I {}

fn list<T: Scalar>(items: impl Items<T>) -> Argument {
    let texts = items.into_iter().map(|item| item.into().into_text());
    Argument::List(texts.collect())
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
            Ok((name, value)) => drop(self.options.headers.insert(name, value)),
            Err(message) => self.refuse(message),
        }
    }

    pub(crate) fn push_query(&mut self, name: String, value: String) {
        self.options.query.push((name, value));
    }

    pub(super) fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }

    /// Takes the secret of the next try. The one before it was sent, so messages keep silent about it
    /// too.
    pub(super) fn set_credential(&mut self, credential: Option<Arc<Credential>>) {
        let earlier = mem::replace(&mut self.credential, credential);
        if let (Some(earlier), Some(now)) = (earlier, &self.credential)
            && !Arc::ptr_eq(&earlier, now)
        {
            self.earlier_credentials.push(earlier);
        }
    }
}

/// What sending needs to know.
impl Call {
    /// The value of a query parameter that is a single text, or what the caller put there beside it.
    pub(crate) fn given(&self, name: &str) -> Option<String> {
        let mut further = self.options.query.iter().rev();
        if let Some((_, value)) = further.find(|(known, _)| known == name) {
            return Some(value.clone());
        }
        let mut set = self.values.iter();
        match &set
            .find(|it| it.place == Place::Query && it.name == name)?
            .argument
        {
            Argument::Text(text) => Some(text.clone()),
            Argument::List(_) | Argument::Object(_) => None,
        }
    }

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
        {
            self.set_header(name, &random::uuid());
        }
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

    /// All secrets that this call sends, or sent.
    pub(crate) fn scrubber(&self) -> Scrubber {
        let mut scrubber = Scrubber::default();
        // What there is before the first try may be told by a provider that has no other.
        let at_hand = self.client.inner.credentials.at_hand();
        let sent = self.credential.iter().chain(&self.earlier_credentials);
        for credential in sent.chain(&at_hand) {
            scrubber.add(credential.secret());
        }
        scrubber.add_headers(&self.client.inner.headers);
        scrubber.add_headers(&self.options.headers);
        for (parameter, argument) in self.arguments(Place::Cookie) {
            scrubber.add(&query::plain(&parameter, argument));
        }
        scrubber
    }

    /// The values for one place, in the order in which the operation documents them. A value that it
    /// doesn't document isn't sent; emitted code sets none.
    pub(super) fn arguments(&self, place: Place) -> impl Iterator<Item = (Parameter, &Argument)> {
        let documented = self
            .operation
            .parameters
            .iter()
            .filter(move |parameter| parameter.place == place);
        documented.filter_map(move |parameter| {
            let mut values = self.values.iter();
            let value =
                values.find(|value| value.place == place && value.name == parameter.name)?;
            Some((*parameter, &value.argument))
        })
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
