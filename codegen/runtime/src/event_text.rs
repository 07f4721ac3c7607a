//! Splitting the text of a stream into events, independently of its chunks.

use std::mem;
use std::sync::Arc;

use bytes::Bytes;

use super::event_parts::PartReader;

/// The maximum length of an event's type and ID, in bytes. A longer one is ignored, because it would be
/// kept with every event after it.
const MAX_LABEL: usize = 4096;

/// A larger buffer is freed after the line that needed it.
const KEPT_BUFFER: usize = 64 * 1024;

/// How the events of a stream are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// Server-sent events, `text/event-stream` (WHATWG HTML, 9.2).
    ServerSent,
    /// One JSON value on each line: `application/x-ndjson` and `application/jsonl`.
    Lines,
    /// A JSON value after each record separator, on any number of lines: `application/json-seq`
    /// (RFC 7464).
    Sequence,
    /// The parts of a multipart body (RFC 2046, 5.1).
    Parts,
}

/// An event before its data is decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawEvent {
    /// Its type; empty if it has none.
    pub(crate) name: String,
    /// The last ID of the stream, of this event or an earlier one. Later events share it.
    pub(crate) id: Arc<str>,
    pub(crate) data: Vec<u8>,
    /// The last reconnection time of the stream, in milliseconds.
    pub(crate) retry: Option<u64>,
}

/// The fields of the next event that were read so far.
#[derive(Default)]
struct Fields {
    name: String,
    /// Also applies to later events.
    id: Arc<str>,
    /// Also applies to later events.
    retry: Option<u64>,
}

/// Reads a stream of events, one at a time: events that weren't requested yet are kept as text, in the
/// chunk that contains them.
pub(crate) struct EventReader {
    format: EventFormat,
    /// The maximum size of an event, in bytes.
    cap: usize,
    /// The rest of the last chunk.
    chunk: Bytes,
    is_at_end: bool,
    /// The start of a line, from earlier chunks.
    line: Vec<u8>,
    /// Whether a carriage return ended the last line, so that a line feed doesn't end another one.
    after_return: bool,
    is_first: bool,
    /// The data of the next event, if it has any.
    data: Option<Vec<u8>>,
    next: Fields,
    parts: PartReader,
}

/// An event exceeds the maximum size.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl EventReader {
    pub(crate) fn new(format: EventFormat, cap: usize) -> Self {
        Self {
            format,
            cap,
            chunk: Bytes::new(),
            is_at_end: false,
            line: Vec::new(),
            after_return: false,
            is_first: true,
            data: None,
            next: Fields::default(),
            parts: PartReader::default(),
        }
    }

    /// Begins a multipart body, whose parts are separated by this boundary.
    pub(crate) fn begin_parts(&mut self, boundary: &str) {
        self.parts.begin(boundary);
    }

    /// Adds the next chunk of the stream. To be called when [`pop`](Self::pop) returned `None`.
    pub(crate) fn read(&mut self, chunk: Bytes) {
        debug_assert!(self.chunk.is_empty(), "events of a chunk were skipped");
        self.chunk = chunk;
    }

    /// Ends the stream. A JSON value needs no line end; a server-sent event that isn't ended by an empty
    /// line is discarded (WHATWG HTML, 9.2.6).
    pub(crate) fn finish(&mut self) {
        self.is_at_end = true;
    }

    /// The next event; `None` if it needs another chunk, or the stream has ended.
    ///
    /// # Errors
    ///
    /// If the next event is too long.
    pub(crate) fn pop(&mut self) -> Option<Result<RawEvent, TooLong>> {
        let chunk = mem::take(&mut self.chunk);
        if self.format == EventFormat::Parts {
            self.parts.read(&chunk);
            return self.parts.pop(self.cap, self.is_at_end);
        }
        let mut rest: &[u8] = &chunk;
        let mut event = None;
        while event.is_none() && !rest.is_empty() {
            event = self.step(&mut rest).transpose();
        }
        self.chunk = chunk.slice_ref(rest);
        if event.is_none() && self.is_at_end && self.format != EventFormat::ServerSent {
            event = self.end_line(&[]).map(Ok);
        }
        event
    }

    /// Reads one line of a chunk, or a part of one; returns the event that ends with it.
    fn step(&mut self, chunk: &mut &[u8]) -> Result<Option<RawEvent>, TooLong> {
        if mem::take(&mut self.after_return) && chunk.first() == Some(&b'\n') {
            *chunk = &chunk[1..];
            return Ok(None);
        }
        if self.is_first && self.line.is_empty() && !matches!(chunk.first(), Some(0x1e)) {
            self.without_separators();
        }
        let is_sequence = self.format == EventFormat::Sequence;
        let is_end = |byte: &u8| match byte {
            0x1e => is_sequence,
            b'\n' | b'\r' => !is_sequence,
            _ => false,
        };
        let length = chunk.iter().position(is_end).unwrap_or(chunk.len());
        let (line, rest) = chunk.split_at(length);
        let held = self.line.len() + self.data.as_ref().map_or(0, Vec::len);
        if held + length > self.cap {
            // It isn't consumed, so that it is too long the next time as well.
            return Err(TooLong);
        }
        *chunk = rest.get(1..).unwrap_or_default();
        Ok(match rest.first() {
            None => {
                self.line.extend_from_slice(line);
                None
            }
            Some(end) => {
                self.after_return = *end == b'\r';
                self.end_line(line)
            }
        })
    }

    /// A sequence that doesn't start with a separator has a value on each line, whatever its media type.
    fn without_separators(&mut self) {
        if self.format == EventFormat::Sequence {
            self.format = EventFormat::Lines;
        }
    }

    /// Ends a line with these bytes, which follow those of earlier chunks.
    fn end_line(&mut self, rest: &[u8]) -> Option<RawEvent> {
        let mut held = mem::take(&mut self.line);
        let mut line = rest;
        if !held.is_empty() {
            held.extend_from_slice(rest);
            line = &held;
        }
        if mem::take(&mut self.is_first) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        let event = match self.format {
            EventFormat::ServerSent => self.field(line),
            EventFormat::Lines | EventFormat::Sequence | EventFormat::Parts => {
                let data = line.strip_prefix(b"\x1e").unwrap_or(line).trim_ascii();
                (!data.is_empty()).then(|| RawEvent {
                    data: data.to_vec(),
                    ..RawEvent::default()
                })
            }
        };
        // The buffer is reused for the next line.
        if held.capacity() <= KEPT_BUFFER {
            held.clear();
            self.line = held;
        }
        event
    }

    /// A line of server-sent events: a field, a comment, or the end of an event.
    fn field(&mut self, line: &[u8]) -> Option<RawEvent> {
        if line.is_empty() {
            return self.dispatch();
        }
        let at = line.iter().position(|&byte| byte == b':');
        let (name, value) = line.split_at(at.unwrap_or(line.len()));
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let is_label = value.len() <= MAX_LABEL;
        match name {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_vec()),
            },
            // An earlier type doesn't apply to this event.
            b"event" if !is_label => self.next.name.clear(),
            b"event" => self.next.name = String::from_utf8_lossy(value).into_owned(),
            // As for an ID with a NUL (WHATWG HTML, 9.2.6), the one before stays: resuming from it
            // repeats events, and loses none.
            b"id" if is_label && !value.contains(&0) => {
                self.next.id = String::from_utf8_lossy(value).into();
            }
            // Anything but digits is ignored (WHATWG HTML, 9.2.6).
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let digits = std::str::from_utf8(value).unwrap_or_default();
                self.next.retry = digits.parse().ok().or(self.next.retry);
            }
            // Comments (no name) keep connections alive.
            _ => {}
        }
        None
    }

    /// The end of an event, which is discarded if it has no data.
    fn dispatch(&mut self) -> Option<RawEvent> {
        let name = mem::take(&mut self.next.name);
        let data = self.data.take()?;
        let id = Arc::clone(&self.next.id);
        let retry = self.next.retry;
        Some(RawEvent {
            name,
            id,
            data,
            retry,
        })
    }
}
