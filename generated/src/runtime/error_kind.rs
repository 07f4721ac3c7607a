//! The kinds of errors.

use std::error::Error as _;
use std::time::Duration;

use super::cause::Cause;
use super::raw_response::RawResponse;
use super::redact::Redactor;

/// Which timeout elapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The connect timeout.
    Connect,
    /// The timeout of an attempt, including the body.
    Attempt,
    /// The timeout of an attempt, applied to each chunk of a streamed body.
    Chunk,
    /// The total timeout of a request, including backoffs.
    Total,
    /// A timeout of a custom HTTP client.
    Custom,
    /// The timeout of polling, from its first request.
    Polling,
}

/// What went wrong.
pub enum Kind {
    /// A value can't be sent; nothing was sent.
    InvalidInput(String),
    /// No connection was established; the server received nothing.
    Connect(Cause),
    /// The token provider returned no token that can be sent; nothing was sent.
    Token(Cause),
    /// A timeout elapsed.
    Timeout {
        limit: Limit,
        length: Option<Duration>,
        cause: Option<Cause>,
    },
    /// The connection closed after the request may have been sent, and before a response was received.
    Broken(Cause),
    /// The server reported that it didn't process the request.
    NotProcessed(Cause),
    /// The status of the response is not a success.
    Status(Box<RawResponse>),
    /// The server rejected the token (401), and the provider returned no new one.
    NotRenewed {
        response: Box<RawResponse>,
        cause: Cause,
    },
    /// A redirect was not followed.
    Redirect {
        response: Box<RawResponse>,
        reason: String,
    },
    /// A successful response whose body was truncated, or can't be decompressed. It holds what was
    /// received.
    BrokenBody {
        response: Box<RawResponse>,
        received: usize,
        path: String,
        is_corrupt: bool,
        cause: Cause,
    },
    /// A successful response whose body exceeds the maximum size.
    TooLarge {
        response: Box<RawResponse>,
        cap: usize,
    },
    /// The operation that was polled failed, with this status.
    OperationFailed {
        response: Box<RawResponse>,
        state: String,
    },
    /// A page after which pagination can't continue, or would never end.
    Pagination {
        response: Box<RawResponse>,
        reason: String,
    },
    /// A successful response, or a documented error, whose body isn't of the documented type.
    Decode {
        response: Box<RawResponse>,
        path: String,
        cause: Cause,
    },
}

impl Kind {
    /// The response; `None` if none was received.
    pub(crate) fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Status(response)
            | Self::NotRenewed { response, .. }
            | Self::Redirect { response, .. }
            | Self::BrokenBody { response, .. }
            | Self::TooLarge { response, .. }
            | Self::OperationFailed { response, .. }
            | Self::Pagination { response, .. }
            | Self::Decode { response, .. } => Some(response),
            Self::InvalidInput(_)
            | Self::Token(_)
            | Self::Connect(_)
            | Self::Timeout { .. }
            | Self::Broken(_)
            | Self::NotProcessed(_) => None,
        }
    }

    /// The path in the JSON body of a value that can't be decoded; `None` for other errors.
    pub(crate) fn json_path(&self) -> Option<&str> {
        match self {
            Self::Decode { path, .. } | Self::BrokenBody { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The source of the error.
    pub(crate) fn cause(&self) -> Option<&Cause> {
        match self {
            Self::Connect(cause)
            | Self::Token(cause)
            | Self::NotRenewed { cause, .. }
            | Self::Broken(cause)
            | Self::NotProcessed(cause)
            | Self::BrokenBody { cause, .. }
            | Self::Decode { cause, .. } => Some(cause),
            Self::Timeout { cause, .. } => cause.as_ref(),
            Self::InvalidInput(_)
            | Self::OperationFailed { .. }
            | Self::Pagination { .. }
            | Self::Status(_)
            | Self::Redirect { .. }
            | Self::TooLarge { .. } => None,
        }
    }

    /// The kind of an error that the HTTP library returned in place of a response.
    pub(crate) fn of_library(error: reqwest::Error, connect_timeout: Option<Duration>) -> Self {
        // The URL may have a key in its query; messages show one without it.
        let error = error.without_url();
        let cause = |error| Some(Box::new(error) as Cause);
        match (error.is_connect(), error.is_timeout()) {
            _ if error.is_builder() => {
                // Its message is just "builder error"; its source says which.
                let source = std::error::Error::source(&error).map(ToString::to_string);
                let reason = source.unwrap_or_else(|| error.to_string());
                Self::InvalidInput(format!("the request can't be built: {reason}"))
            }
            (true, true) => Self::Timeout {
                limit: Limit::Connect,
                length: connect_timeout,
                cause: cause(error),
            },
            (true, false) => Self::Connect(Box::new(error)),
            (false, true) => Self::Timeout {
                limit: Limit::Custom,
                length: None,
                cause: cause(error),
            },
            (false, false) if is_unprocessed(&error) => Self::NotProcessed(Box::new(error)),
            (false, false) => Self::Broken(Box::new(error)),
        }
    }

    /// The same kind with secrets redacted in its message and source.
    pub(crate) fn redacted(mut self, redactor: &Redactor) -> Self {
        match &mut self {
            Self::InvalidInput(message) => *message = redactor.show(message.as_bytes(), 2000),
            Self::Connect(cause)
            | Self::Token(cause)
            | Self::NotRenewed { cause, .. }
            | Self::Broken(cause)
            | Self::NotProcessed(cause)
            | Self::BrokenBody { cause, .. }
            | Self::Decode { cause, .. }
            | Self::Timeout {
                cause: Some(cause), ..
            } => {
                let bare = std::mem::replace(cause, Box::new(std::fmt::Error));
                *cause = redactor.cause(bare);
            }
            _ => {}
        }
        self
    }
}

/// Whether the server reported that it didn't process a request (RFC 9113, 8.7): by `REFUSED_STREAM`, or
/// by a `GOAWAY` whose last stream comes before it. For earlier streams the HTTP library doesn't report a
/// `GOAWAY`, because they continue.
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let mut next = error.source();
    while let Some(link) = next {
        if let Some(error) = link.downcast_ref::<h2::Error>() {
            let is_refused = error.reason() == Some(h2::Reason::REFUSED_STREAM);
            return error.is_remote() && (error.is_go_away() || error.is_reset() && is_refused);
        }
        next = link.source();
    }
    false
}
