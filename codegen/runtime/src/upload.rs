//! Files and other content to send, from memory or from a stream.

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
use super::cause::Cause;
use super::content::{Content, Source};
use super::header;
use super::request_builder::Builder;

/// Content to send: bytes, or a stream of bytes, with an optional file name and media type.
///
/// Bytes and strings convert with `into`. A stream is read while it is sent, so it is never in memory as a
/// whole, and it can be sent once: a request with a stream is retried only if nothing of the stream was
/// read, for example because connecting failed. Clones share the stream.
#[derive(Clone)]
#[must_use = "content does nothing until it is sent"]
pub struct Upload {
    pub(crate) data: Data,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Upload {
    /// Creates content from bytes in memory.
    pub fn bytes(content: impl Into<Bytes>) -> Self {
        Self::new(Data::Bytes(content.into()))
    }

    /// Creates content from a stream. Unless [`length`](Self::length) is set, it is sent with chunked
    /// transfer encoding, which not every server accepts.
    ///
    /// An error of the stream makes the request fail.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Cause>,
    {
        let chunks: Chunks = Box::pin(Converted(Box::pin(stream)));
        Self::new(Data::Stream {
            slot: Arc::new(Mutex::new(Some(chunks))),
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

    /// Sets the length of a stream, in bytes. The request fails if the stream has another length.
    pub fn length(mut self, bytes: u64) -> Self {
        if let Data::Stream { length, .. } = &mut self.data {
            *length = Some(bytes);
        }
        self
    }

    /// Sets the file name in a form; the default is the name of the field.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, which replaces the documented one.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to its part of a form, which already has `Content-Disposition` and `Content-Type`.
    /// It is ignored outside of a form.
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

/// JSON with the media type `application/json`. For other types, use `serde_json::to_vec` and
/// [`content_type`](Upload::content_type).
impl From<Value> for Upload {
    fn from(content: Value) -> Self {
        Self::bytes(content.to_string()).content_type("application/json")
    }
}

/// Shows the length, not the content.
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
    /// Sets content as the body, with its own media type or else the documented one.
    pub(crate) fn upload(&mut self, media_type: &'static str, content: impl Into<Upload>) {
        let content = content.into();
        let sent = content.content_type.as_deref().unwrap_or(media_type);
        if is_without_boundary(sent) {
            self.refuse(format!(
                "the media type `{sent}` has no `boundary` parameter, which separates the parts of the body: \
                 set one with `content_type`"
            ));
        }
        let media_type = match &content.content_type {
            Some(own) => header::value(own),
            None => header::fixed(media_type),
        };
        match content.data {
            Data::Bytes(bytes) => self.bytes(bytes, media_type),
            data @ Data::Stream { .. } => {
                self.set_body(Content::Source(Arc::new(Chain(vec![data]))), media_type);
            }
        }
    }
}

/// Whether a media type is `multipart` and has no `boundary` parameter (RFC 2046 section 5.1.1).
fn is_without_boundary(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type.starts_with("multipart/") && !media_type.contains("boundary=")
}

impl Builder {
    /// As the call's.
    pub fn upload(mut self, media_type: &'static str, content: impl Into<Upload>) -> Self {
        self.call.upload(media_type, content);
        self
    }
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// Holds a stream while it isn't being sent.
type Slot = Arc<Mutex<Option<Chunks>>>;

/// Bytes, or a stream of bytes.
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

/// A body of several parts in sequence.
pub(crate) struct Chain(pub(crate) Vec<Data>);

impl Source for Chain {
    fn open(&self) -> Option<reqwest::Body> {
        // If a later stream is missing, the streams before it return to their slots.
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

fn lock<T>(slot: &Slot, with: impl FnOnce(&mut Option<Chunks>) -> T) -> T {
    with(&mut slot.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A part of a body that is being sent.
enum Link {
    Bytes(Bytes),
    Stream(SendingStream),
}

impl Link {
    fn open(data: &Data) -> Option<Self> {
        Some(match data {
            Data::Bytes(bytes) => Self::Bytes(bytes.clone()),
            Data::Stream { slot, length } => Self::Stream(SendingStream {
                chunks: Mutex::new(Some(lock(slot, Option::take)?)),
                slot: slot.clone(),
                length: *length,
                sent: 0,
                touched: false,
            }),
        })
    }
}

/// A stream that is being sent; it returns to its slot if nothing was read.
struct SendingStream {
    /// This lock is never contended: it makes the body `Sync`.
    chunks: Mutex<Option<Chunks>>,
    slot: Slot,
    length: Option<u64>,
    sent: u64,
    touched: bool,
}

impl SendingStream {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Cause>>> {
        self.touched = true;
        let chunks = self
            .chunks
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(stream) = chunks else {
            return Poll::Ready(None);
        };
        let chunk = ready!(stream.as_mut().poll_next(context));
        match &chunk {
            Some(Ok(chunk)) => self.sent += chunk.len() as u64,
            Some(Err(_)) | None => *chunks = None,
        }
        let ended = chunks.is_none();
        Poll::Ready(match (chunk, self.length) {
            (Some(Err(error)), _) => Some(Err(error)),
            (_, Some(length)) if self.sent > length || (ended && self.sent < length) => {
                *chunks = None;
                let sent = self.sent;
                Some(Err(format!(
                    "the request body stream has {sent} bytes so far, but its declared length is {length}"
                )
                .into()))
            }
            (chunk, _) => chunk,
        })
    }
}

impl Drop for SendingStream {
    fn drop(&mut self) {
        if !self.touched {
            let chunks = self
                .chunks
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            lock(&self.slot, |slot| *slot = chunks);
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
            let chunk = match links.front_mut() {
                None => return Poll::Ready(None),
                Some(Link::Bytes(bytes)) => Some(Ok(std::mem::take(bytes))),
                Some(Link::Stream(stream)) => ready!(stream.poll(context)),
            };
            match (chunk, links.front()) {
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

/// Converts the chunks and errors of a stream.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Cause>,
{
    type Item = Result<Bytes, Cause>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.get_mut().0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}
