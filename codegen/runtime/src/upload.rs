//! Files and other content that is sent as it is, from memory or from a stream.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use serde_json::Value;

use super::call::Call;
use super::content::{Content, Source};
use super::header;
use super::request_builder::Builder;
use super::scrub::Cause;

/// Content to send: bytes, or a stream of them, with a name and a type where they matter.
///
/// Bytes and texts become one by `into`. A stream is read while it is sent, so it never has to be in
/// memory whole; and it can be sent once. A call that sends one is tried again only where nothing
/// of the stream was read, as without a connection. Clones share the stream.
#[derive(Clone)]
#[must_use = "content does nothing until it is sent"]
pub struct Upload {
    pub(crate) data: Data,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Upload {
    /// Content that is in memory.
    pub fn bytes(content: impl Into<Bytes>) -> Self {
        Self::new(Data::Bytes(content.into()))
    }

    /// Content that comes from a stream. Where its length isn't told by [`length`](Self::length), it
    /// is sent in chunks, which not every server takes.
    ///
    /// An error of the stream ends the call.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Cause>,
    {
        let pieces: Pieces = Box::pin(Converted(Box::pin(stream)));
        Self::new(Data::Stream {
            slot: Arc::new(Mutex::new(Some(pieces))),
            length: None,
        })
    }

    fn new(data: Data) -> Self {
        Self {
            data,
            file_name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// The number of bytes that a stream gives. One that gives another number fails the call.
    pub fn length(mut self, bytes: u64) -> Self {
        if let Data::Stream { length, .. } = &mut self.data {
            *length = Some(bytes);
        }
        self
    }

    /// The file name that a form tells; without one, the name of its field is told.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type, in the place of the one that the API documents.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// A further header of the part that a form makes of it, besides `Content-Disposition` and
    /// `Content-Type`, which it has. Outside of a form it isn't sent.
    pub fn part_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl From<Bytes> for Upload {
    fn from(content: Bytes) -> Self {
        Self::bytes(content)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(content: Vec<u8>) -> Self {
        Self::bytes(content)
    }
}

impl From<&'static [u8]> for Upload {
    fn from(content: &'static [u8]) -> Self {
        Self::bytes(content)
    }
}

impl From<String> for Upload {
    fn from(content: String) -> Self {
        Self::bytes(content)
    }
}

impl From<&'static str> for Upload {
    fn from(content: &'static str) -> Self {
        Self::bytes(content)
    }
}

/// JSON, of the media type `application/json`. Another type is made of a value by
/// `serde_json::to_vec`, and [`content_type`](Upload::content_type).
impl From<Value> for Upload {
    fn from(content: Value) -> Self {
        Self::bytes(content.to_string()).content_type("application/json")
    }
}

/// Shows how much there is, not what.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.data.length())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

impl Call {
    /// Takes content as the body, of its own media type or else of the documented one.
    pub(crate) fn upload(&mut self, media_type: &'static str, content: impl Into<Upload>) {
        let content = content.into();
        let sent = content.content_type.as_deref().unwrap_or(media_type);
        if is_without_boundary(sent) {
            self.refuse(format!(
                "`{sent}` has no boundary, without which nobody finds the parts of the body: give it with \
                 `content_type`"
            ));
        }
        let media_type = match &content.content_type {
            Some(own) => header::value(own),
            None => header::fixed(media_type),
        };
        match content.data {
            Data::Bytes(bytes) => self.bytes(bytes, media_type),
            data @ Data::Stream { .. } => {
                self.set_body(Content::Made(Arc::new(Chain(vec![data]))), media_type);
            }
        }
    }
}

/// Whether a media type is of several parts, and doesn't say what is between them (RFC 2046 section 5.1.1).
fn is_without_boundary(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type.starts_with("multipart/") && !media_type.contains("boundary=")
}

impl Builder {
    /// As the call's.
    pub(crate) fn upload(mut self, media_type: &'static str, content: impl Into<Upload>) -> Self {
        self.call.upload(media_type, content);
        self
    }
}

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// Where a stream is while nobody sends it.
type Slot = Arc<Mutex<Option<Pieces>>>;

/// Bytes, or where to take them from.
#[derive(Clone)]
pub(crate) enum Data {
    Bytes(Bytes),
    Stream { slot: Slot, length: Option<u64> },
}

impl Data {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream { length, .. } => *length,
        }
    }
}

/// A body of several pieces, one after the other.
pub(crate) struct Chain(pub(crate) Vec<Data>);

impl Source for Chain {
    fn open(&self) -> Option<reqwest::Body> {
        // A stream that was taken goes back where one behind it is missing.
        let links = self.0.iter().map(Link::open).collect::<Option<_>>()?;
        let length = self.0.iter().map(Data::length).sum();
        Some(reqwest::Body::wrap(Chained { links, length }))
    }

    fn is_whole(&self) -> bool {
        self.0.iter().all(|data| match data {
            Data::Bytes(_) => true,
            Data::Stream { slot, .. } => lock(slot, |stream| stream.is_some()),
        })
    }
}

fn lock<T>(slot: &Slot, with: impl FnOnce(&mut Option<Pieces>) -> T) -> T {
    with(&mut slot.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A piece of a body that is being sent.
enum Link {
    Bytes(Bytes),
    Stream(Taken),
}

impl Link {
    fn open(data: &Data) -> Option<Self> {
        Some(match data {
            Data::Bytes(bytes) => Self::Bytes(bytes.clone()),
            Data::Stream { slot, length } => Self::Stream(Taken {
                pieces: Mutex::new(Some(lock(slot, Option::take)?)),
                slot: slot.clone(),
                length: *length,
                given: 0,
                touched: false,
            }),
        })
    }
}

/// A stream that is being sent; it goes back if nobody has read of it.
struct Taken {
    /// Nobody ever waits for this lock: it is there because bodies are shared between threads.
    pieces: Mutex<Option<Pieces>>,
    slot: Slot,
    length: Option<u64>,
    given: u64,
    touched: bool,
}

impl Taken {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Cause>>> {
        self.touched = true;
        let pieces = self
            .pieces
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(stream) = pieces else {
            return Poll::Ready(None);
        };
        let piece = ready!(stream.as_mut().poll_next(context));
        match &piece {
            Some(Ok(piece)) => self.given += piece.len() as u64,
            Some(Err(_)) | None => *pieces = None,
        }
        let ended = pieces.is_none();
        Poll::Ready(match (piece, self.length) {
            (Some(Err(error)), _) => Some(Err(error)),
            (_, Some(length)) if self.given > length || (ended && self.given < length) => {
                *pieces = None;
                let given = self.given;
                Some(Err(format!(
                    "the stream to send has {given} bytes so far, and was said to have {length}"
                )
                .into()))
            }
            (piece, _) => piece,
        })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if !self.touched {
            let pieces = self
                .pieces
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            lock(&self.slot, |slot| *slot = pieces);
        }
    }
}

struct Chained {
    links: VecDeque<Link>,
    length: Option<u64>,
}

impl http_body::Body for Chained {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        let links = &mut self.get_mut().links;
        loop {
            let piece = match links.front_mut() {
                None => return Poll::Ready(None),
                Some(Link::Bytes(bytes)) => Some(Ok(std::mem::take(bytes))),
                Some(Link::Stream(stream)) => ready!(stream.poll(context)),
            };
            match (piece, links.front()) {
                (Some(Ok(bytes)), front) => {
                    if let Some(Link::Bytes(_)) = front {
                        links.pop_front();
                    }
                    if !bytes.is_empty() {
                        return Poll::Ready(Some(Ok(Frame::data(bytes))));
                    }
                }
                (Some(Err(error)), _) => {
                    links.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                (None, _) => drop(links.pop_front()),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.links.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A stream with pieces and errors made what a body has.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Cause>,
{
    type Item = Result<Bytes, Cause>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.get_mut().0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Into::into).map_err(Into::into)))
    }
}
