//! The one place where requests go out.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::body::{self, End};
use super::call::Call;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::profile::Settings;
use super::random;
use super::redirect::{self, Redirect};
use super::response::{Answer, Payload};
use super::retry::{self, Facts, Verdict};

/// Sends a call until it succeeds or there is no use in another try.
///
/// The future is boxed so that what is compiled for each endpoint stays small.
pub(crate) fn execute(call: Call) -> Pin<Box<dyn Future<Output = Result<Payload, Error>> + Send>> {
    Box::pin(run(call))
}

async fn run(mut call: Call) -> Result<Payload, Error> {
    let started = Instant::now();
    let total = Deadline::after(call.total_timeout(), Limit::Total);
    call.add_idempotency_key();
    let mut attempts = 0;
    loop {
        attempts += 1;
        let kind = match attempt(&call, total).await {
            Ok(answer) => {
                call.client().inner.bucket.reward(attempts > 1);
                return Ok(Payload {
                    call,
                    answer,
                    attempts,
                    elapsed: started.elapsed(),
                });
            }
            Err(kind) => kind,
        };
        let fail = |kind, out_of_retries| {
            Error::of_call(kind, &call, attempts, started.elapsed(), out_of_retries)
        };
        let Some(wait) = wait_after(&call, &kind, attempts) else {
            return Err(fail(kind, false));
        };
        if total.passes_within(wait) {
            let last = Box::new(fail(kind, false));
            return Err(fail(total.passed(Some(last)), false));
        }
        if !call.client().inner.bucket.take() {
            return Err(fail(kind, true));
        }
        tokio::time::sleep(wait).await;
    }
}

/// The wait before the next try; `None` where there is none.
fn wait_after(call: &Call, kind: &Kind, attempt: u32) -> Option<Duration> {
    let facts = Facts {
        method: call.operation().method,
        has_idempotency_key: call.has_idempotency_key(),
        attempt,
        max_retries: call.max_retries(),
        happened: kind.happened(),
        now: SystemTime::now(),
    };
    match retry::decide(&facts) {
        Verdict::Stop => None,
        Verdict::Again => Some(
            call.client()
                .inner
                .settings
                .backoff
                .wait(attempt, random::fraction()),
        ),
        Verdict::AgainAfter(wait) => Some(wait),
    }
}

/// One try: the request, redirects on the same origin, the body. `Ok` is a success (2xx).
async fn attempt(call: &Call, total: Deadline) -> Result<Answer, Kind> {
    let deadline = total.sooner(Deadline::after(call.timeout(), Limit::Try));
    let settings = &call.client().inner.settings;
    let mut request = call.request().map_err(Kind::InvalidInput)?;
    let mut followed = 0;
    loop {
        let sent = deadline
            .guard(call.client().inner.http.execute(request))
            .await?;
        let response = sent.map_err(|error| Kind::of_transport(error, settings.connect_timeout))?;
        match redirect::read(
            &response,
            &call.client().inner.base_url,
            call.operation().method,
            followed,
        ) {
            Redirect::No => return receive(response, settings, deadline).await,
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
) -> Result<Answer, Kind> {
    if !response.status().is_success() {
        // The status says what happened, so whatever came of the body is enough.
        let (answer, _) = read(response, settings.max_error_body_size, deadline).await;
        return Err(Kind::Status(answer.into()));
    }
    let cap = settings.max_body_size;
    match read(response, cap, deadline).await {
        (answer, End::Complete) => Ok(answer),
        (answer, End::Capped) => Err(Kind::TooLarge {
            answer: answer.into(),
            cap,
        }),
        (_, End::TimedOut(kind)) => Err(kind),
        (_, End::Broken(error)) if error.is_timeout() => Err(Kind::of_transport(error, None)),
        (answer, End::Broken(error)) => Err(Kind::BrokenBody {
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
