//! The body of a request, which is made anew for each try.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::HeaderValue;

/// What a call sends, and of what media type it is.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) content: Content,
    pub(crate) media_type: HeaderValue,
}

/// What a body is made of.
#[derive(Clone)]
pub(crate) enum Content {
    /// Bytes, which can be sent any number of times.
    Bytes(Bytes),
    /// Something that makes the body of each try, as long as it can.
    Made(Arc<dyn Source>),
}

/// What makes the bodies of a call's tries.
pub(crate) trait Source: Send + Sync {
    /// The body of the next try; `None` where an earlier one has used it up.
    fn open(&self) -> Option<reqwest::Body>;

    /// Whether there is a body for another try.
    fn is_whole(&self) -> bool;
}

impl Content {
    /// The body of the next try; the message says why there is none.
    pub(crate) fn open(&self) -> Result<reqwest::Body, String> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone().into()),
            Self::Made(source) => source.open().ok_or_else(|| {
                "the body is a stream that was already read, and can't be sent twice".to_owned()
            }),
        }
    }

    /// Whether it is known to be of no bytes.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if bytes.is_empty())
    }

    /// Whether another try could be made with it.
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Made(source) => source.is_whole(),
        }
    }
}
