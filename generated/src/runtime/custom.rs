//! Calls of what the API description doesn't have.

use std::fmt;

use bytes::Bytes;
use reqwest::{Method, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::base_url::BaseUrl;
use super::call::Call;
use super::client::Client;
use super::error::Error;
use super::execute::execute;
use super::finite::is_finite;
use super::header;
use super::number;
use super::operation::{self, Operation};
use super::request_builder::Builder;
use super::requests;
use super::response::Response;

/// What stands for an operation where there is none.
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

impl Client {
    /// A call of something that this crate has no method for, with the credentials, retries, limits
    /// and errors of all others.
    ///
    /// `path` is put behind the base URL, with a slash between them. It may have a query, and is sent
    /// as it is: encode the values that you put into it. A whole URL is taken too where it is of the
    /// base URL's origin; credentials go nowhere else. What can't be sent, or wouldn't be sent as it
    /// stands there (`..`, `\`, `#`), makes sending fail with [`Error::is_invalid_input`].
    pub fn request<M>(&self, method: M, path: impl AsRef<str>) -> CustomRequest
    where
        M: TryInto<Method>,
    {
        let mut call = Call::new(self, &UNDOCUMENTED);
        call.security = self.inner.profile.security;
        match method.try_into() {
            Ok(method) => call.method = method,
            Err(_) => call.refuse("the method has a character that no method can have".to_owned()),
        }
        match locate(&self.inner.base_url, path.as_ref()) {
            Ok(url) => call.at = Some(url),
            Err(message) => call.refuse(message),
        }
        CustomRequest(Builder { call })
    }
}

/// The URL of a path behind the base URL, or of a whole URL of the same origin.
fn locate(base: &BaseUrl, path: &str) -> Result<Url, String> {
    let (way, _) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    check(path, way)?;
    let is_whole = way
        .split_once("://")
        .is_some_and(|(scheme, _)| scheme.bytes().all(is_of_scheme));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let text = if is_whole {
        path.to_owned()
    } else {
        format!("{}{slash}{path}", base.as_str())
    };
    let url = Url::parse(&text).map_err(|error| format!("the path can't be one: {error}"))?;
    if !base.is_origin_of(&url) || !url.username().is_empty() || url.password().is_some() {
        return Err(format!(
            "the URL is of another origin ({}) than the client's {}, and credentials stay on \
             their own: make a client with that base URL",
            url.origin().ascii_serialization(),
            base.as_str()
        ));
    }
    if url.fragment().is_some() {
        return Err("the path has a fragment (`#`), which isn't sent: encode it as %23".to_owned());
    }
    Ok(url)
}

/// Refuses what would be sent as something else than it says; `way` is the path without its query.
fn check(path: &str, way: &str) -> Result<(), &'static str> {
    if way.starts_with("//") {
        return Err("the path begins with `//`, behind which another host would stand");
    }
    if path.ends_with(' ') || path.contains(|character: char| character.is_ascii_control()) {
        return Err(
            "the path has a control character, or a blank at its end, which aren't sent: \
             encode it (a blank is %20)",
        );
    }
    if way.contains('\\') {
        return Err("the path has a backslash, which is sent as `/`: encode it as %5C");
    }
    if way.split('/').any(is_dots) {
        return Err("the path has a segment `.` or `..`, which is resolved away before it is sent");
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

/// A call of something that the API description doesn't have; see [`Client::request`].
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct CustomRequest(Builder);

impl CustomRequest {
    /// Sends this as the body, as JSON. A float in it that is no number makes sending fail with
    /// [`Error::is_invalid_input`].
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

    /// Sends these bytes as the body, as of this media type.
    pub fn body(mut self, body: impl Into<Bytes>, media_type: impl AsRef<str>) -> Self {
        self.0
            .call
            .bytes(body.into(), header::value(media_type.as_ref()));
        self
    }

    requests::options!();

    /// Sends the request and reads the JSON that comes back as any type: `serde_json::Value`, one of
    /// this crate's types, or one of yours.
    ///
    /// # Errors
    ///
    /// See [`Error`], which tells apart what can go wrong.
    pub async fn send<T: DeserializeOwned>(self) -> Result<T, Error> {
        execute(self.0.call).await?.json_as()
    }

    /// Sends the request and reads the JSON that comes back, with status, headers and the like.
    ///
    /// # Errors
    ///
    /// See [`Error`], which tells apart what can go wrong.
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
