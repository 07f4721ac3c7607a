//! One attempt of a request: sending it, following redirects to the same origin, reading the response.

use std::mem;

use reqwest::Url;

use super::body::{self, End};
use super::call::Call;
use super::deadline::Deadline;
use super::error_kind::Kind;
use super::raw_response::RawResponse;
use super::redirect::{self, Redirect};
use super::transport::{self, TransportError};

/// How much of a successful response is read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BodyMode {
    /// All of it, with its body.
    Buffered,
    /// Status and headers; the body is streamed.
    Streamed,
}

/// A successful response.
pub(crate) struct Success {
    pub(crate) response: RawResponse,
    /// The response whose body isn't read yet, if only its head was wanted.
    pub(crate) rest: Option<reqwest::Response>,
    /// The URL that redirects led to.
    pub(crate) redirected: Option<Box<Url>>,
}

/// Makes one attempt. `Ok` is a success (2xx), or a redirect that is documented as a response.
///
/// Variables that live across an `await` are part of each in-flight request, so they are kept few.
pub(crate) async fn attempt(
    call: &Call,
    deadline: Deadline,
    mode: BodyMode,
) -> Result<Success, Kind> {
    let settings = &call.client.inner.settings;
    let mut redirected: Option<Box<Url>> = None;
    let mut followed = 0;
    let (mut response, refused) = loop {
        let sent = deadline.guard(send(call, redirected.as_deref())?).await;
        let sent = sent.map_err(|_| deadline.passed(None))?;
        let response = sent.map_err(|error| error.into_kind(settings.connect_timeout))?;
        match redirect(call, &response, redirected.as_deref(), followed)? {
            Redirect::No => break (response, None),
            Redirect::Refused(reason) => break (response, Some(reason)),
            Redirect::To(url) => {
                redirected = Some(Box::new(url));
                followed += 1;
            }
        }
    };
    // The body is read in one place only, because each `await` adds to the size of the future.
    let succeeded = refused.is_none() && call.ends_with(response.status());
    let cap = match mode {
        BodyMode::Streamed if succeeded => {
            return Ok(Success {
                response: RawResponse::head(&response),
                rest: Some(response),
                redirected,
            });
        }
        BodyMode::Buffered if succeeded => settings.max_body_size,
        _ => settings.max_error_body_size,
    };
    let (body, end) = body::read(call, &mut response, cap, deadline).await;
    let response = RawResponse {
        status: response.status(),
        headers: mem::take(response.headers_mut()),
        body,
    };
    // The status of an error response says what happened; a truncated body is good enough.
    match refused {
        None if succeeded => success(response, end, cap, redirected),
        None => Err(Kind::Status(response.into())),
        Some(reason) => Err(Kind::Redirect {
            response: response.into(),
            reason,
        }),
    }
}

/// Sends the request, to the URL that it was redirected to.
fn send(
    call: &Call,
    redirected: Option<&Url>,
) -> Result<impl Future<Output = Result<reqwest::Response, TransportError>> + Send, Kind> {
    let mut request = call.request().map_err(Kind::InvalidInput)?;
    if let Some(url) = redirected {
        *request.url_mut() = url.clone();
    }
    Ok(call.client.inner.transport.send(request))
}

/// Whether a response is a redirect; `redirected` is the URL of its request, if that was redirected
/// before.
fn redirect(
    call: &Call,
    response: &reqwest::Response,
    redirected: Option<&Url>,
    followed: u32,
) -> Result<Redirect, Kind> {
    let requested = match redirected {
        _ if transport::has_url(response) => None,
        Some(url) => Some(url.clone()),
        None => Some(call.target().map_err(Kind::InvalidInput)?),
    };
    let from = requested.as_ref().unwrap_or(response.url());
    let base = call.base_url();
    let is_documented = call.documents_redirect(response.status());
    Ok(redirect::read(
        response,
        from,
        base,
        &call.method,
        followed,
        is_documented,
    ))
}

/// The result for a successful response, by how its body ended.
fn success(
    response: RawResponse,
    end: End,
    cap: usize,
    redirected: Option<Box<Url>>,
) -> Result<Success, Kind> {
    match end {
        End::Complete => Ok(Success {
            response,
            rest: None,
            redirected,
        }),
        End::Capped => Err(Kind::TooLarge {
            response: response.into(),
            cap,
        }),
        End::TimedOut(kind) => Err(kind),
        End::Broken(fault) => Err(Kind::BrokenBody {
            received: response.body.len(),
            path: response.end_of_json(),
            response: response.into(),
            is_corrupt: fault.is_corrupt,
            cause: fault.cause,
        }),
    }
}
