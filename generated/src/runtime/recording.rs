//! Recording requests and responses, with secrets redacted (feature `test-util`).

use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Instant, SystemTime};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::Url;
use reqwest::header::HeaderMap;

use super::har;
use super::transport::{Transport, TransportFuture};

/// The maximum size of a body that is recorded: of a larger one, only the size is.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// What clients sent and received, to be written as a file in the format HAR 1.2.
///
/// Clones share what was recorded: give a transport to a client with
/// `ClientBuilder::wrap_transport`, and keep a clone. Each attempt
/// is an entry.
///
/// Credentials are redacted: in headers, parameters and JSON fields whose names suggest a secret, and
/// wherever the credentials of a request occur in its response. Other values are recorded as sent and
/// received; don't publish a recording without reviewing it.
///
/// # Examples
///
/// ```ignore
/// let recording = Recording::new();
/// let builder = Client::builder().wrap_transport({
///     let recording = recording.clone();
///     move |inner| recording.transport(inner)
/// });
/// // Build the client and send requests.
/// recording.write("calls.har")?;
/// ```
#[derive(Clone, Default)]
pub struct Recording {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    /// Names of further headers, parameters and fields that are secret.
    secret_names: Vec<String>,
}

/// An attempt.
pub(super) struct Entry {
    pub(super) started: SystemTime,
    pub(super) milliseconds: f64,
    pub(super) method: String,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    /// `None` if it is streamed.
    pub(super) body: Option<Bytes>,
    /// `None` until it is received, and if there is none.
    pub(super) response: Option<Received>,
}

/// A response as far as it was read.
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// The number of bytes that were read, which may be more than are kept.
    pub(super) size: usize,
}

impl Recording {
    /// Creates an empty recording.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a transport that passes requests on to another one, and records them.
    #[must_use]
    pub fn transport(&self, inner: Arc<dyn Transport>) -> RecordingTransport {
        RecordingTransport {
            inner,
            recording: self.clone(),
        }
    }

    /// Redacts headers, parameters and JSON fields of this name as well, in any case.
    pub fn redact(&self, name: &str) {
        self.lock().secret_names.push(name.to_ascii_lowercase());
    }

    /// Returns the number of attempts that were recorded.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().entries.len()
    }

    /// Returns whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the recording as HAR 1.2, with secrets redacted.
    #[must_use]
    pub fn to_har(&self) -> String {
        let state = self.lock();
        har::document(&state.entries, &state.secret_names)
    }

    /// Writes the recording to a file, as HAR 1.2 with secrets redacted. An existing file is replaced.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be written.
    pub fn write(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, self.to_har())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing is left half done where a panic can happen.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request; returns its index.
    fn begin(&self, request: &reqwest::Request) -> usize {
        let body = match request.body() {
            Some(body) => body.as_bytes().map(Bytes::copy_from_slice),
            None => Some(Bytes::new()),
        };
        let mut state = self.lock();
        state.entries.push(Entry {
            started: SystemTime::now(),
            milliseconds: 0.0,
            method: request.method().to_string(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            body: body.filter(|body| body.len() <= MAX_BODY),
            response: None,
        });
        state.entries.len() - 1
    }

    fn with(&self, index: usize, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.lock().entries.get_mut(index) {
            change(entry);
        }
    }
}

/// Shows how many attempts were recorded.
impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// A transport that records what is sent and received; see [`Recording`].
#[derive(Clone)]
pub struct RecordingTransport {
    inner: Arc<dyn Transport>,
    recording: Recording,
}

impl RecordingTransport {
    /// Returns the recording, which clones share.
    #[must_use]
    pub fn recording(&self) -> &Recording {
        &self.recording
    }
}

impl fmt::Debug for RecordingTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordingTransport")
            .field("recording", &self.recording)
            .finish_non_exhaustive()
    }
}

impl Transport for RecordingTransport {
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        let index = self.recording.begin(&request);
        let start = Instant::now();
        let sending = self.inner.send(request);
        Box::pin(async move {
            let response = http::Response::from(sending.await?);
            let (parts, body) = response.into_parts();
            self.recording.with(index, |entry| {
                entry.milliseconds = start.elapsed().as_secs_f64() * 1000.0;
                entry.response = Some(Received {
                    status: parts.status.as_u16(),
                    headers: parts.headers.clone(),
                    body: Vec::new(),
                    size: 0,
                });
            });
            let body = reqwest::Body::wrap(RecordedBody {
                inner: body,
                recording: self.recording.clone(),
                index,
            });
            Ok(http::Response::from_parts(parts, body).into())
        })
    }
}

/// A body whose chunks are recorded as they are read, so that a stream stays one.
struct RecordedBody {
    inner: reqwest::Body,
    recording: Recording,
    index: usize,
}

impl http_body::Body for RecordedBody {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled
            && let Some(chunk) = frame.data_ref()
        {
            self.recording.with(self.index, |entry| {
                if let Some(received) = &mut entry.response {
                    received.size += chunk.len();
                    if received.size <= MAX_BODY {
                        received.body.extend_from_slice(chunk);
                    } else {
                        received.body = Vec::new();
                    }
                }
            });
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
