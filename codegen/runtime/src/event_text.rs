//! The text of a stream of events, cut into events wherever its pieces begin and end.

use std::mem;
use std::sync::Arc;

use bytes::Bytes;

/// The longest name and the longest id of an event, in bytes. A longer one counts as not sent: it is
/// kept beside every event that comes after it.
const LONGEST_LABEL: usize = 4096;

/// A buffer that is larger is given back after the line that needed it.
const KEPT_BUFFER: usize = 64 * 1024;

/// How the events of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// Server-sent events, `text/event-stream` (WHATWG HTML, 9.2).
    ServerSent,
    /// A JSON value a line: `application/x-ndjson` and `application/jsonl`.
    Lines,
    /// A JSON value behind each record separator, in any number of lines: `application/json-seq`
    /// (RFC 7464).
    Sequence,
}

/// An event before decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawEvent {
    /// Its type; empty where the stream tells none.
    pub(crate) name: String,
    /// The last id that the stream told, with this event or before. All events behind it share it.
    pub(crate) id: Arc<str>,
    pub(crate) data: Vec<u8>,
    /// The last time to wait before another connection that the stream told, in milliseconds.
    pub(crate) retry: Option<u64>,
}

/// What a stream told of the next event before its data.
#[derive(Default)]
struct Told {
    name: String,
    /// It holds for the events behind it too.
    id: Arc<str>,
    /// So does this.
    retry: Option<u64>,
}

/// Reads a stream of events, one at a time: events that nobody has asked for yet are only text, in
/// the piece of the stream that holds them.
pub(crate) struct EventReader {
    format: EventFormat,
    /// The most bytes that one event may have.
    cap: usize,
    /// What was not read yet of the piece that came last.
    piece: Bytes,
    is_at_end: bool,
    /// The start of a line, from the pieces before this one.
    line: Vec<u8>,
    /// Whether a carriage return ended the last line, so that a line feed ends no other.
    after_return: bool,
    is_first: bool,
    /// The data of the next event, where it has any.
    data: Option<Vec<u8>>,
    next: Told,
}

/// One event has more bytes than the cap.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl EventReader {
    pub(crate) fn new(format: EventFormat, cap: usize) -> Self {
        Self {
            format,
            cap,
            piece: Bytes::new(),
            is_at_end: false,
            line: Vec::new(),
            after_return: false,
            is_first: true,
            data: None,
            next: Told::default(),
        }
    }

    /// Takes the next piece of the stream. It is to be called where [`pop`](Self::pop) gave nothing.
    pub(crate) fn read(&mut self, piece: Bytes) {
        debug_assert!(self.piece.is_empty(), "events of a piece were passed over");
        self.piece = piece;
    }

    /// Ends the stream. A JSON value needs no line end behind it; an event that is not ended by an
    /// empty line is none (WHATWG HTML, 9.2.6).
    pub(crate) fn finish(&mut self) {
        self.is_at_end = true;
    }

    /// The next event; `None` where another piece is needed for it, or the stream is at its end.
    ///
    /// # Errors
    ///
    /// Where the events before are used up, and the one behind them is too long.
    pub(crate) fn pop(&mut self) -> Option<Result<RawEvent, TooLong>> {
        let piece = mem::take(&mut self.piece);
        let mut rest: &[u8] = &piece;
        let mut event = None;
        while event.is_none() && !rest.is_empty() {
            event = self.step(&mut rest).transpose();
        }
        self.piece = piece.slice_ref(rest);
        if event.is_none() && self.is_at_end && self.format != EventFormat::ServerSent {
            event = self.end_line(&[]).map(Ok);
        }
        event
    }

    /// Reads what a piece has of a line; the event that ends with it.
    fn step(&mut self, piece: &mut &[u8]) -> Result<Option<RawEvent>, TooLong> {
        if mem::take(&mut self.after_return) && piece.first() == Some(&b'\n') {
            *piece = &piece[1..];
            return Ok(None);
        }
        if self.is_first && self.line.is_empty() && !matches!(piece.first(), Some(0x1e)) {
            self.without_separators();
        }
        let is_sequence = self.format == EventFormat::Sequence;
        let is_end = |byte: &u8| match byte {
            0x1e => is_sequence,
            b'\n' | b'\r' => !is_sequence,
            _ => false,
        };
        let length = piece.iter().position(is_end).unwrap_or(piece.len());
        let (line, rest) = piece.split_at(length);
        let held = self.line.len() + self.data.as_ref().map_or(0, Vec::len);
        if held + length > self.cap {
            // It stays where it is, and is too long the next time as well.
            return Err(TooLong);
        }
        *piece = rest.get(1..).unwrap_or_default();
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

    /// A sequence that doesn't begin with a separator is of lines, whatever its media type says.
    fn without_separators(&mut self) {
        if self.format == EventFormat::Sequence {
            self.format = EventFormat::Lines;
        }
    }

    /// Ends a line with these bytes behind those of it that came before.
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
            EventFormat::Lines | EventFormat::Sequence => {
                let data = line.strip_prefix(b"\x1e").unwrap_or(line).trim_ascii();
                (!data.is_empty()).then(|| RawEvent {
                    data: data.to_vec(),
                    ..RawEvent::default()
                })
            }
        };
        // The room for the next line is there already.
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
        let is_label = value.len() <= LONGEST_LABEL;
        match name {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_vec()),
            },
            // The one that came before doesn't name this event.
            b"event" if !is_label => self.next.name.clear(),
            b"event" => self.next.name = String::from_utf8_lossy(value).into_owned(),
            // As with one that holds a NUL (WHATWG HTML, 9.2.6), the one before stays: whoever goes
            // on from there gets events twice, and loses none.
            b"id" if is_label && !value.contains(&0) => {
                self.next.id = String::from_utf8_lossy(value).into();
            }
            // Anything but digits counts as not sent (WHATWG HTML, 9.2.6).
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let digits = std::str::from_utf8(value).unwrap_or_default();
                self.next.retry = digits.parse().ok().or(self.next.retry);
            }
            // Comments (no name) keep connections alive.
            _ => {}
        }
        None
    }

    /// The end of an event, which is one where it has data.
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
