//! Custom requests, to endpoints that the API description doesn't document.

use std::fmt;

use bytes::Bytes;
use reqwest::{Method, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::base_url::BaseUrl;
use super::call::Call;
use super::client::ClientCore;
use super::error::Error;
use super::execute::execute;
use super::finite::is_finite;
use super::header;
use super::number;
use super::operation::{self, Operation};
use super::request_builder::Builder;
use super::requests;
use super::response::Response;

/// The operation of a custom request.
const UNDOCUMENTED: Operation = Operation {
    id: "request",
    method: operation::Method::GET,
    path: "",
    parameters: &[],
    accept: "application/json",
    security: &[],
    server: None,
    fields: &[],
    redirects: &[],
};

impl ClientCore {
    /// `Client::request`.
    pub fn request<M>(&self, method: M, path: impl AsRef<str>) -> CustomRequest
    where
        M: TryInto<Method>,
    {
        let mut call = Call::new(self, &UNDOCUMENTED);
        call.security = self.inner.profile.security;
        match method.try_into() {
            Ok(method) => call.method = method,
            Err(_) => call.refuse("the method is not a valid HTTP method".to_owned()),
        }
        match locate(&self.inner.base_url, path.as_ref()) {
            Ok(url) => call.at = Some(url),
            Err(message) => call.refuse(message),
        }
        CustomRequest(Builder { call })
    }
}

/// The URL of a path below the base URL, or an absolute URL of the same origin.
fn locate(base: &BaseUrl, path: &str) -> Result<Url, String> {
    let (without_query, _) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    check(path, without_query)?;
    let is_absolute = without_query
        .split_once("://")
        .is_some_and(|(scheme, _)| scheme.bytes().all(is_of_scheme));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let text = if is_absolute {
        path.to_owned()
    } else {
        format!("{}{slash}{path}", base.as_str())
    };
    let url = Url::parse(&text).map_err(|error| format!("the path is invalid: {error}"))?;
    if !base.is_origin_of(&url) || !url.username().is_empty() || url.password().is_some() {
        return Err(format!(
            "the URL has another origin ({}) than the base URL {}, and credentials are only sent to \
             the base URL's origin: create a client with that base URL",
            url.origin().ascii_serialization(),
            base.as_str()
        ));
    }
    if url.fragment().is_some() {
        return Err(
            "the path contains a fragment (`#`), which isn't sent: encode it as %23".to_owned(),
        );
    }
    Ok(url)
}

/// Rejects a path that would be sent differently.
fn check(path: &str, without_query: &str) -> Result<(), &'static str> {
    if without_query.starts_with("//") {
        return Err("the path starts with `//`, which would name another host");
    }
    if path.ends_with(' ') || path.contains(|character: char| character.is_ascii_control()) {
        return Err(
            "the path contains a control character or ends with a space, which aren't sent: \
             percent-encode it (a space is %20)",
        );
    }
    if without_query.contains('\\') {
        return Err("the path contains a backslash, which is sent as `/`: encode it as %5C");
    }
    if without_query.split('/').any(is_dots) {
        return Err("the path contains a segment `.` or `..`, which is removed before it is sent");
    }
    Ok(())
}

fn is_of_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)
}

fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// A request to an undocumented endpoint; see `Client::request`.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct CustomRequest(Builder);

impl CustomRequest {
    /// Sets a JSON body. A NaN or an infinity in it makes sending fail with [`Error::is_invalid_input`].
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        if !is_finite(body) {
            let problem = number::NOT_FINITE;
            self.0
                .call
                .refuse(format!("a number in the body {problem}"));
        }
        self.0.call.json(body);
        self
    }

    /// Sets a body of this media type.
    pub fn body(mut self, body: impl Into<Bytes>, media_type: impl AsRef<str>) -> Self {
        self.0
            .call
            .bytes(body.into(), header::value(media_type.as_ref()));
        self
    }

    requests::options!();

    /// Sends the request and decodes the JSON response as any type: `serde_json::Value`, one of this
    /// crate's types, or your own.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send<T: DeserializeOwned>(self) -> Result<T, Error> {
        execute(self.0.call).await?.json_as()
    }

    /// Sends the request and decodes the JSON response; also returns its status and headers.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send_with_response<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let payload = execute(self.0.call).await?;
        let body = payload.json_as()?;
        Ok(Response::new(payload, body))
    }

    requests::raw!();
}

/// Shows which values are set, not what they are.
impl fmt::Debug for CustomRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomRequest")
            .field("call", &self.0)
            .finish()
    }
}
