//! The text of a stream of events, cut into events wherever its pieces begin and end.

use std::collections::VecDeque;
use std::mem;

/// How the events of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// Server-sent events, `text/event-stream` (WHATWG HTML, 9.2).
    ServerSent,
    /// A JSON value a line: `application/x-ndjson`, `application/jsonl`, and `application/json-seq`,
    /// whose mark before each value (RFC 7464) is passed over.
    Lines,
}

/// An event before decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawEvent {
    /// Its type; empty where the stream tells none.
    pub(crate) name: String,
    /// The last id that the stream told, with this event or before.
    pub(crate) id: String,
    pub(crate) data: Vec<u8>,
}

/// What a stream told of the next event before its data.
#[derive(Default)]
struct Told {
    name: String,
    /// It holds for the events behind it too.
    id: String,
}

/// Reads a stream of events.
pub(crate) struct EventReader {
    format: EventFormat,
    /// The most bytes that one event may have.
    cap: usize,
    line: Vec<u8>,
    /// Whether a carriage return ended the last line, so that a line feed ends no other.
    after_return: bool,
    is_first: bool,
    /// The data of the next event, where it has any.
    data: Option<Vec<u8>>,
    is_next_too_long: bool,
    next: Told,
    ready: VecDeque<RawEvent>,
}

/// One event has more bytes than the cap.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl EventReader {
    pub(crate) fn new(format: EventFormat, cap: usize) -> Self {
        Self {
            format,
            cap,
            line: Vec::new(),
            after_return: false,
            is_first: true,
            data: None,
            is_next_too_long: false,
            next: Told::default(),
            ready: VecDeque::new(),
        }
    }

    /// The next event of what was read so far.
    ///
    /// # Errors
    ///
    /// Where the events before are used up, and the one behind them is too long.
    pub(crate) fn pop(&mut self) -> Option<Result<RawEvent, TooLong>> {
        let is_next_too_long = self.is_next_too_long;
        let event = self.ready.pop_front().map(Ok);
        event.or(is_next_too_long.then_some(Err(TooLong)))
    }

    /// Reads a further piece of the stream, up to an event that is too long.
    pub(crate) fn read(&mut self, mut piece: &[u8]) {
        while let Some(&first) = piece.first() {
            if mem::take(&mut self.after_return) && first == b'\n' {
                piece = &piece[1..];
                continue;
            }
            let end = piece
                .iter()
                .position(|&byte| byte == b'\n' || byte == b'\r');
            let (line, rest) = piece.split_at(end.unwrap_or(piece.len()));
            if self.line.len() + line.len() + self.data.as_ref().map_or(0, Vec::len) > self.cap {
                self.is_next_too_long = true;
                return;
            }
            self.line.extend_from_slice(line);
            piece = rest.get(1..).unwrap_or_default();
            if let Some(&end) = rest.first() {
                self.after_return = end == b'\r';
                self.end_line();
            }
        }
    }

    /// Ends the stream. A JSON value needs no line end behind it; an event that is not ended by an
    /// empty line is none (WHATWG HTML, 9.2.6).
    pub(crate) fn finish(&mut self) {
        if self.format == EventFormat::Lines {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let mut line = mem::take(&mut self.line);
        if mem::take(&mut self.is_first) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        match self.format {
            EventFormat::ServerSent => self.field(&line),
            EventFormat::Lines => {
                let data = line.strip_prefix(b"\x1e").unwrap_or(&line).trim_ascii();
                if !data.is_empty() {
                    self.ready.push_back(RawEvent {
                        data: data.to_vec(),
                        ..RawEvent::default()
                    });
                }
            }
        }
        // The room for the next line is there already.
        line.clear();
        self.line = line;
    }

    /// A line of server-sent events: a field, a comment, or the end of an event.
    fn field(&mut self, line: &[u8]) {
        if line.is_empty() {
            self.dispatch();
            return;
        }
        let at = line.iter().position(|&byte| byte == b':');
        let (name, value) = line.split_at(at.unwrap_or(line.len()));
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_vec()),
            },
            b"event" => self.next.name = text(),
            b"id" if !value.contains(&0) => self.next.id = text(),
            // `retry` is for clients that connect again, comments (no name) keep connections alive.
            _ => {}
        }
    }

    /// The end of an event, which is one where it has data.
    fn dispatch(&mut self) {
        let name = mem::take(&mut self.next.name);
        if let Some(data) = self.data.take() {
            let id = self.next.id.clone();
            self.ready.push_back(RawEvent { name, id, data });
        }
    }
}
