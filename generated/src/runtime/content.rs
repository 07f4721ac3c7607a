//! The body of a request, which is built for each attempt.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::HeaderValue;

/// A request body and its media type.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) content: Content,
    pub(crate) media_type: HeaderValue,
}

/// The content of a request body.
#[derive(Clone)]
pub(crate) enum Content {
    /// Bytes, which can be sent any number of times.
    Bytes(Bytes),
    /// A source of the body of each attempt.
    Source(Arc<dyn Source>),
}

/// A source of request bodies.
pub trait Source: Send + Sync {
    /// The body of the next attempt; `None` if an earlier one has consumed it.
    fn open(&self) -> Option<reqwest::Body>;

    /// Whether there is a body for another attempt.
    fn is_whole(&self) -> bool;
}

impl Content {
    /// The body of the next attempt; the message says why there is none.
    pub(crate) fn open(&self) -> Result<reqwest::Body, String> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone().into()),
            Self::Source(source) => source.open().ok_or_else(|| {
                "the body is a stream that was already read, and can't be sent twice".to_owned()
            }),
        }
    }

    /// Whether it is known to be empty.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if bytes.is_empty())
    }

    /// Whether it can be sent in another attempt.
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Source(source) => source.is_whole(),
        }
    }
}
