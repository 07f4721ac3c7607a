//! The message of an error: the request, what happened, where, and how to fix it.

use std::error::Error as StdError;
use std::fmt::Write as _;
use std::time::Duration;

use super::call::Call;
use super::cause::Cause;
use super::error_kind::{Kind, Limit};
use super::no_retry::{self, NoRetry};
use super::raw_response::RawResponse;
use super::redact::Redactor;

/// How much of a body a message shows, in characters.
const EXCERPT: usize = 200;

/// What the message contains besides the kind of the error.
pub(crate) struct Context {
    /// The number of attempts.
    pub(crate) attempts: u32,
    /// The time since the request started.
    pub(crate) elapsed: Duration,
    /// Why there was no retry.
    pub(crate) no_retry: NoRetry,
    /// The delay that the server asked for.
    pub(crate) retry_after: Option<Duration>,
}

/// The message of an error of `call`.
pub(crate) fn render(kind: &Kind, call: &Call, redactor: &Redactor, context: &Context) -> String {
    let method = call.method.as_str();
    if let Kind::InvalidInput(message) = kind {
        return match &*call.template() {
            "" => format!("the {method} can't be sent: {message}"),
            path if call.page > 0 => {
                format!(
                    "{method} {path} (page {}) can't be sent: {message}",
                    call.page
                )
            }
            path => format!("{method} {path} can't be sent: {message}"),
        };
    }
    let url = redactor.show(call.shown_url().as_bytes(), 2000);
    let mut text = format!("{method} {url}: ");
    text.push_str(&description(kind, redactor));
    details(&mut text, kind, call, redactor, context);
    if let Some(hint) = hint(kind, call, context) {
        text.push_str("; ");
        text.push_str(&hint);
    }
    if let Some(response) = kind.response() {
        excerpt(&mut text, response, redactor);
    }
    if context.no_retry != NoRetry::Silent {
        let _ = write!(text, "; {}", context.no_retry);
    }
    text
}

/// The message of an error about a response body that is decoded after the request has ended.
pub(crate) fn render_body(kind: &Kind, redactor: &Redactor) -> String {
    let mut text = description(kind, redactor);
    if let Some(success) = success(kind, redactor) {
        // Writing to a String can't fail.
        let _ = write!(text, " ({success})");
    }
    if let Some(response) = kind.response() {
        excerpt(&mut text, response, redactor);
    }
    text
}

/// What went wrong, behind `METHOD URL: `.
fn description(kind: &Kind, redactor: &Redactor) -> String {
    let show = |text: &str| redactor.show(text.as_bytes(), EXCERPT);
    let show_cause = |cause: &Cause| show(&root(cause));
    match kind {
        Kind::InvalidInput(message) => message.clone(),
        Kind::Token(cause) => format!(
            "request not sent: the token provider failed: {}",
            show_cause(cause)
        ),
        Kind::Connect(cause) => format!("could not connect: {}", show_cause(cause)),
        Kind::Timeout { limit, length, .. } => timed_out(*limit, *length),
        Kind::Broken(cause) => format!(
            "connection closed before a response was received: {}",
            show_cause(cause)
        ),
        Kind::NotProcessed(cause) => format!(
            "the server did not process the request: {}",
            show_cause(cause)
        ),
        Kind::OperationFailed { state, .. } => {
            format!("operation failed: status is {}", show(state))
        }
        Kind::Pagination { reason, .. } => show(reason),
        Kind::Status(response) => response.status.to_string(),
        Kind::NotRenewed { response, cause } => format!(
            "{}, and the token provider returned no new token: {}",
            response.status,
            show_cause(cause)
        ),
        Kind::Redirect { response, reason } => {
            format!(
                "{}, redirect not followed: {}",
                response.status,
                show(reason)
            )
        }
        Kind::BrokenBody {
            received,
            path,
            is_corrupt,
            cause,
            ..
        } => format!(
            "response body {} after {received} bytes{}: {}",
            if *is_corrupt {
                "can't be decompressed"
            } else {
                "truncated"
            },
            at(path, redactor),
            show_cause(cause)
        ),
        Kind::TooLarge { cap, .. } => format!("response body exceeds {cap} bytes"),
        Kind::Decode { path, cause, .. } => format!(
            "response body is not the documented {}{}: {}",
            // Only JSON has paths; what isn't even UTF-8 has none.
            if cause.is::<std::str::Utf8Error>() {
                "text"
            } else {
                "JSON"
            },
            at(path, redactor),
            show(&cause.to_string())
        ),
    }
}

/// Status and content type of a response whose body is what is wrong.
fn success(kind: &Kind, redactor: &Redactor) -> Option<String> {
    match kind {
        Kind::BrokenBody { response, .. }
        | Kind::TooLarge { response, .. }
        | Kind::Decode { response, .. } => Some(format!(
            "{}, {}",
            response.status,
            content_type(response, redactor)
        )),
        Kind::Pagination { response, .. } => Some(response.status.to_string()),
        _ => None,
    }
}

fn timed_out(limit: Limit, length: Option<Duration>) -> String {
    let after = length
        .map(|length| format!(" after {length:?}"))
        .unwrap_or_default();
    match limit {
        Limit::Connect => format!("connecting timed out{after}"),
        Limit::Attempt => format!("attempt timed out{after}"),
        Limit::Chunk => format!("reading the next chunk of the response body timed out{after}"),
        Limit::Total => format!("total timeout elapsed{after}"),
        Limit::Polling => format!("polling timed out{after}"),
        Limit::Custom => "the custom HTTP client's timeout elapsed".to_owned(),
    }
}

fn details(text: &mut String, kind: &Kind, call: &Call, redactor: &Redactor, context: &Context) {
    text.push_str(" (");
    if let Some(success) = success(kind, redactor) {
        text.push_str(&success);
        text.push_str(", ");
    }
    let attempts = if context.attempts == 1 {
        "attempt"
    } else {
        "attempts"
    };
    // Writing to a String can't fail.
    let _ = write!(
        text,
        "{} {attempts} in {:.1?}",
        context.attempts, context.elapsed
    );
    if call.page > 0 {
        let _ = write!(text, ", page {}", call.page);
    }
    if let Some(id) = kind.response().and_then(RawResponse::request_id) {
        let _ = write!(
            text,
            ", request id {}",
            redactor.show(id.as_bytes(), EXCERPT)
        );
    }
    text.push(')');
    if let Kind::Timeout {
        cause: Some(cause), ..
    } = kind
    {
        let _ = write!(
            text,
            ", last: {}",
            redactor.show(root(cause).as_bytes(), 2 * EXCERPT)
        );
    }
}

fn hint(kind: &Kind, call: &Call, context: &Context) -> Option<String> {
    let hint = match kind {
        Kind::Connect(_) => "check the base URL and the network",
        Kind::Timeout {
            limit: Limit::Connect,
            ..
        } => "check the network, or raise `connect_timeout`",
        Kind::Timeout {
            limit: Limit::Attempt | Limit::Chunk,
            ..
        } => "raise it with `timeout` or `with_timeout`",
        Kind::Timeout {
            limit: Limit::Total,
            ..
        } => "raise it with `total_timeout` or `with_total_timeout`",
        Kind::Timeout {
            limit: Limit::Polling,
            ..
        } => {
            "the operation may still be running: poll again, or raise the timeout with `with_wait_timeout`"
        }
        Kind::TooLarge { .. } => "request less data, or raise `max_body_size`",
        Kind::OperationFailed { .. } => "`last_polled` returns the last response",
        Kind::Status(response) => match response.status.as_u16() {
            401 if call.client.inner.credentials.has_provider() => {
                "the token provider's token was not accepted"
            }
            401 => match call.credential_env() {
                Some(name) => {
                    return Some(format!("check the API key ({name}), it was not accepted"));
                }
                None => "check the credentials, they were not accepted",
            },
            403 => "the credentials don't permit this request",
            404 if call.operation.path.contains('{') => {
                "check the IDs in the path and the base URL"
            }
            404 if call.operation.path.is_empty() => "check the path and the base URL",
            404 => "check the base URL",
            429 | 503 if !matches!(context.no_retry, NoRetry::RetryAfterTooLong { .. }) => {
                let asked = context.retry_after.map(no_retry::show_delay);
                return asked.map(|wait| format!("the server asks to retry after {wait}"));
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(hint.to_owned())
}

fn excerpt(text: &mut String, response: &RawResponse, redactor: &Redactor) {
    if response.body.is_empty() {
        text.push_str("; the body is empty");
    } else {
        text.push_str("; body: ");
        text.push_str(&redactor.show(&response.body, EXCERPT));
    }
}

fn at(path: &str, redactor: &Redactor) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!(" at {}", redactor.show(path.as_bytes(), EXCERPT))
    }
}

fn content_type(response: &RawResponse, redactor: &Redactor) -> String {
    match response.headers.get(reqwest::header::CONTENT_TYPE) {
        Some(value) => redactor.show(value.as_bytes(), EXCERPT),
        None => "no content type".to_owned(),
    }
}

/// The message of the innermost source, which is the most specific: others say "error sending request".
fn root(cause: &Cause) -> String {
    let mut innermost: &dyn StdError = &**cause;
    while let Some(next) = innermost.source() {
        innermost = next;
    }
    innermost.to_string()
}
