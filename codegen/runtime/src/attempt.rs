//! One try of a call: the request, redirects on the same origin, the answer.

use std::mem;

use reqwest::Url;

use super::body::{self, End};
use super::call::Call;
use super::deadline::Deadline;
use super::error_kind::Kind;
use super::raw_response::RawResponse;
use super::redirect::{self, Redirect};
use super::transport::{self, TransportError};

/// How much of a successful answer is taken in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Take {
    /// All of it.
    Whole,
    /// Status and headers.
    Head,
}

/// A successful answer.
pub(crate) struct Taken {
    pub(crate) answer: RawResponse,
    /// What of it is still to come, where only its head was wanted.
    pub(crate) rest: Option<reqwest::Response>,
    /// Where redirects led the request to that got it.
    pub(crate) redirected: Option<Box<Url>>,
}

/// Makes one try. `Ok` is a success (2xx), or a redirect that is documented as a response.
///
/// What a variable holds here while something is waited for is held by each call under way: many at
/// once are faster the less that is.
pub(crate) async fn attempt(call: &Call, deadline: Deadline, take: Take) -> Result<Taken, Kind> {
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
    // There is one place where a body is read, because what waits there is held by every call.
    let succeeded = refused.is_none() && call.ends_with(response.status());
    let cap = match take {
        Take::Head if succeeded => {
            return Ok(Taken {
                answer: RawResponse::head(&response),
                rest: Some(response),
                redirected,
            });
        }
        Take::Whole if succeeded => settings.max_body_size,
        _ => settings.max_error_body_size,
    };
    let (body, end) = body::read(call, &mut response, cap, deadline).await;
    let answer = RawResponse {
        status: response.status(),
        headers: mem::take(response.headers_mut()),
        body,
    };
    // Where there is no success the status says what happened, and whatever came of the body is enough.
    match refused {
        None if succeeded => whole(answer, end, cap, redirected),
        None => Err(Kind::Status(answer.into())),
        Some(reason) => Err(Kind::Redirect {
            answer: answer.into(),
            reason,
        }),
    }
}

/// Sends the request, to where it was redirected.
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

/// What an answer says about going elsewhere; `redirected` is where its request went, if that isn't
/// where the call goes.
fn redirect(
    call: &Call,
    response: &reqwest::Response,
    redirected: Option<&Url>,
    followed: u32,
) -> Result<Redirect, Kind> {
    let requested = match redirected {
        _ if transport::tells_origin(response) => None,
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

/// A success whose body ended so.
fn whole(
    answer: RawResponse,
    end: End,
    cap: usize,
    redirected: Option<Box<Url>>,
) -> Result<Taken, Kind> {
    match end {
        End::Complete => Ok(Taken {
            answer,
            rest: None,
            redirected,
        }),
        End::Capped => Err(Kind::TooLarge {
            answer: answer.into(),
            cap,
        }),
        End::TimedOut(kind) => Err(kind),
        End::Broken(fault) => Err(Kind::BrokenBody {
            received: answer.body.len(),
            path: answer.end_of_json(),
            answer: answer.into(),
            is_corrupt: fault.is_corrupt,
            cause: fault.cause,
        }),
    }
}
