//! One try of a call: the request, redirects on the same origin, the answer.

use super::body::{self, End};
use super::call::Call;
use super::deadline::Deadline;
use super::error_kind::Kind;
use super::profile::Settings;
use super::redirect::{self, Redirect};
use super::response::Answer;
use super::transport;

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
    pub(crate) answer: Answer,
    /// What of it is still to come, where only its head was wanted.
    pub(crate) rest: Option<reqwest::Response>,
}

/// Makes one try. `Ok` is a success (2xx).
pub(crate) async fn attempt(call: &Call, deadline: Deadline, take: Take) -> Result<Taken, Kind> {
    let inner = &call.client.inner;
    let settings = &inner.settings;
    let mut request = call.request().map_err(Kind::InvalidInput)?;
    let mut followed = 0;
    loop {
        let requested = request.url().clone();
        let sent = deadline.guard(inner.transport.send(request)).await?;
        let response = sent.map_err(|error| error.into_kind(settings.connect_timeout))?;
        let from = transport::origin_of(&response, &requested);
        match redirect::read(&response, from, call.base_url(), &call.method, followed) {
            Redirect::No => return receive(response, settings, deadline, take).await,
            Redirect::Refused(reason) => {
                let (answer, _) = read(response, settings.max_error_body_size, deadline).await;
                return Err(Kind::Redirect {
                    answer: answer.into(),
                    reason,
                });
            }
            Redirect::To(url) => {
                request = call.request().map_err(Kind::InvalidInput)?;
                *request.url_mut() = url;
                followed += 1;
            }
        }
    }
}

/// Takes in the answer, which isn't a redirect.
async fn receive(
    response: reqwest::Response,
    settings: &Settings,
    deadline: Deadline,
    take: Take,
) -> Result<Taken, Kind> {
    if !response.status().is_success() {
        // The status says what happened, so whatever came of the body is enough.
        let (answer, _) = read(response, settings.max_error_body_size, deadline).await;
        return Err(Kind::Status(answer.into()));
    }
    if let Take::Head = take {
        return Ok(Taken {
            answer: Answer::head(&response),
            rest: Some(response),
        });
    }
    let cap = settings.max_body_size;
    match read(response, cap, deadline).await {
        (answer, End::Complete) => Ok(Taken { answer, rest: None }),
        (answer, End::Capped) => Err(Kind::TooLarge {
            answer: answer.into(),
            cap,
        }),
        (_, End::TimedOut(kind)) => Err(kind),
        (_, End::Broken(error)) if error.is_timeout() => Err(Kind::of_library(error, None)),
        (answer, End::Broken(error)) => Err(Kind::BrokenBody {
            received: answer.body.len(),
            path: answer.end_of_json(),
            answer: answer.into(),
            cause: Box::new(error),
        }),
    }
}

async fn read(mut response: reqwest::Response, cap: usize, deadline: Deadline) -> (Answer, End) {
    let (body, end) = body::read(&mut response, cap, deadline).await;
    let headers = std::mem::take(response.headers_mut());
    (
        Answer {
            status: response.status(),
            headers,
            body,
        },
        end,
    )
}
