//! The ways in which a call ends without a result.

use std::error::Error as _;
use std::time::Duration;

use super::raw_response::RawResponse;
use super::scrub::{Cause, Scrubber};

/// Which limit passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The one for making a connection.
    Connect,
    /// The one for a try, body included.
    Try,
    /// The one for a try, as the longest time for each piece of a body that is read as it comes.
    Piece,
    /// The one for the whole call, waits included.
    Total,
    /// One of the HTTP client that the user gave.
    Given,
    /// The one for a wait, from its first question.
    Wait,
}

/// What went wrong.
pub(crate) enum Kind {
    /// Something can't be sent; nothing went out.
    InvalidInput(String),
    /// No connection; the server surely saw nothing.
    Connect(Cause),
    /// The provider of tokens gave none that can be sent; nothing went out.
    Token(Cause),
    /// A limit passed.
    Timeout {
        limit: Limit,
        length: Option<Duration>,
        cause: Option<Cause>,
    },
    /// The connection broke after the request may have gone out, before an answer came.
    Broken(Cause),
    /// The server said that it didn't process the request.
    NotProcessed(Cause),
    /// The server answered, and not with a success.
    Status(Box<RawResponse>),
    /// The server refused the token (401), and the provider gave no other one.
    NotRenewed {
        answer: Box<RawResponse>,
        cause: Cause,
    },
    /// The server pointed elsewhere, and the client didn't go there.
    Redirect {
        answer: Box<RawResponse>,
        reason: String,
    },
    /// A success whose body broke off, or can't be decompressed: it holds what came until then.
    BrokenBody {
        answer: Box<RawResponse>,
        received: usize,
        path: String,
        is_corrupt: bool,
        cause: Cause,
    },
    /// A success whose body is above the cap.
    TooLarge {
        answer: Box<RawResponse>,
        cap: usize,
    },
    /// What was waited for ended badly, in this state.
    Ended {
        answer: Box<RawResponse>,
        state: String,
    },
    /// A page of the documented type, after which its list can't go on, or would do so for ever.
    Stuck {
        answer: Box<RawResponse>,
        reason: String,
    },
    /// A success, or a documented error, whose body isn't the documented type.
    Decode {
        answer: Box<RawResponse>,
        path: String,
        cause: Cause,
    },
}

impl Kind {
    /// The server's answer, where one came.
    pub(crate) fn answer(&self) -> Option<&RawResponse> {
        match self {
            Self::Status(answer)
            | Self::NotRenewed { answer, .. }
            | Self::Redirect { answer, .. }
            | Self::BrokenBody { answer, .. }
            | Self::TooLarge { answer, .. }
            | Self::Ended { answer, .. }
            | Self::Stuck { answer, .. }
            | Self::Decode { answer, .. } => Some(answer),
            Self::InvalidInput(_)
            | Self::Token(_)
            | Self::Connect(_)
            | Self::Timeout { .. }
            | Self::Broken(_)
            | Self::NotProcessed(_) => None,
        }
    }

    /// Where in the JSON of the body something is wrong; `None` where that isn't what is wrong.
    pub(crate) fn json_path(&self) -> Option<&str> {
        match self {
            Self::Decode { path, .. } | Self::BrokenBody { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The error under this one.
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
            | Self::Ended { .. }
            | Self::Stuck { .. }
            | Self::Status(_)
            | Self::Redirect { .. }
            | Self::TooLarge { .. } => None,
        }
    }

    /// The kind of an error of the HTTP library from before an answer came.
    pub(crate) fn of_library(error: reqwest::Error, connect_timeout: Option<Duration>) -> Self {
        // The URL may hold a key in its query; messages have their own, without one.
        let error = error.without_url();
        let cause = |error| Some(Box::new(error) as Cause);
        match (error.is_connect(), error.is_timeout()) {
            _ if error.is_builder() => {
                // It says no more than "builder error"; what is under it says which.
                let under = std::error::Error::source(&error).map(ToString::to_string);
                let reason = under.unwrap_or_else(|| error.to_string());
                Self::InvalidInput(format!("the request can't be made: {reason}"))
            }
            (true, true) => Self::Timeout {
                limit: Limit::Connect,
                length: connect_timeout,
                cause: cause(error),
            },
            (true, false) => Self::Connect(Box::new(error)),
            (false, true) => Self::Timeout {
                limit: Limit::Given,
                length: None,
                cause: cause(error),
            },
            (false, false) if is_unprocessed(&error) => Self::NotProcessed(Box::new(error)),
            (false, false) => Self::Broken(Box::new(error)),
        }
    }

    /// The same kind with a message and causes that show no secret.
    pub(crate) fn scrubbed(mut self, scrubber: &Scrubber) -> Self {
        match &mut self {
            Self::InvalidInput(message) => *message = scrubber.show(message.as_bytes(), 2000),
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
                *cause = scrubber.cause(bare);
            }
            _ => {}
        }
        self
    }
}

/// Whether the server gave a request back without having processed it (RFC 9113, 8.7): by
/// `REFUSED_STREAM`, or by a `GOAWAY` whose last stream is one before it. Of the streams before that
/// one the HTTP library doesn't report a `GOAWAY`, because they go on.
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
