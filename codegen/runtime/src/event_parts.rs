//! Splitting a multipart body into its parts (RFC 2046, 5.1), independently of its chunks.

use super::event_text::{RawEvent, TooLong};

/// Reads a multipart body, one part at a time. The header fields of a part are skipped.
#[derive(Default)]
pub(crate) struct PartReader {
    /// A line break, two dashes and the boundary: what ends a part.
    delimiter: Vec<u8>,
    /// What was received and isn't read yet.
    held: Vec<u8>,
    /// So much of it is known not to contain the delimiter.
    searched: usize,
    /// Whether a delimiter was met, so that what follows is a part.
    is_in_part: bool,
    /// Whether the last delimiter was met: what follows it is none of the parts.
    is_closed: bool,
}

impl PartReader {
    /// Begins a body whose parts are separated by this boundary.
    pub(crate) fn begin(&mut self, boundary: &str) {
        self.delimiter = [b"\r\n--", boundary.as_bytes()].concat();
        // The first delimiter needs no line break before it.
        self.held = b"\r\n".to_vec();
    }

    /// Adds bytes of the body.
    pub(crate) fn read(&mut self, chunk: &[u8]) {
        if !self.is_closed {
            self.held.extend_from_slice(chunk);
        }
    }

    /// The next part; `None` if it needs more bytes, or there is none.
    ///
    /// # Errors
    ///
    /// If the next part is longer than `cap`.
    pub(crate) fn pop(&mut self, cap: usize, is_at_end: bool) -> Option<Result<RawEvent, TooLong>> {
        if self.delimiter.is_empty() {
            return None;
        }
        while !self.is_closed {
            let Some((start, end)) = self.delimiter_at() else {
                break;
            };
            // What stands behind the boundary on its line is known only with the whole line.
            let rest = self.held.get(end..).unwrap_or_default();
            let closes = rest.starts_with(b"--");
            let line = rest.iter().position(|byte| *byte == b'\n');
            let is_longer = |line: usize| {
                rest.get(..line)
                    .is_some_and(|it| !it.trim_ascii().is_empty())
            };
            let next = match line {
                _ if closes => self.held.len(),
                // Another line that begins in the same way.
                Some(line) if is_longer(line) => {
                    self.searched = end;
                    continue;
                }
                Some(line) => end + line + 1,
                None => {
                    self.searched = start;
                    break;
                }
            };
            let part = self.held.get(..start).map(data);
            self.held.drain(..next);
            self.searched = 0;
            // The header fields may be empty: the line break before the data ends the delimiter as well.
            self.held.splice(..0, *b"\r\n");
            self.is_closed = closes;
            let was_in_part = std::mem::replace(&mut self.is_in_part, true);
            if let Some(data) = part.filter(|_| was_in_part) {
                return Some(if data.len() > cap {
                    Err(TooLong)
                } else {
                    Ok(event(data))
                });
            }
        }
        if !self.is_closed && self.held.len() > cap.saturating_add(self.delimiter.len()) {
            return Some(Err(TooLong));
        }
        // A body may break off without its last delimiter; what there is of the part is read.
        let is_open = is_at_end && self.is_in_part && !self.is_closed;
        self.is_closed |= is_at_end;
        let rest = is_open
            .then(|| data(&self.held))
            .filter(|data| !data.is_empty());
        rest.map(|data| Ok(event(data)))
    }

    /// Where the next delimiter begins and ends.
    fn delimiter_at(&mut self) -> Option<(usize, usize)> {
        let length = self.delimiter.len();
        let rest = self.held.get(self.searched..)?;
        let found = rest.windows(length).position(|it| it == self.delimiter);
        match found {
            Some(at) => Some((self.searched + at, self.searched + at + length)),
            None => {
                self.searched += (rest.len() + 1).saturating_sub(length);
                None
            }
        }
    }
}

/// What follows the header fields of a part, which end at an empty line.
fn data(part: &[u8]) -> Vec<u8> {
    let end = part.windows(4).position(|it| it == b"\r\n\r\n");
    end.and_then(|end| part.get(end + 4..))
        .unwrap_or_default()
        .to_vec()
}

fn event(data: Vec<u8>) -> RawEvent {
    RawEvent {
        data,
        ..RawEvent::default()
    }
}

/// The boundary that the media type of a multipart body names (RFC 2046, 5.1.1).
pub(crate) fn boundary(media_type: &str) -> Option<String> {
    let (kind, parameters) = media_type.split_once(';')?;
    if !kind.trim().get(..10)?.eq_ignore_ascii_case("multipart/") {
        return None;
    }
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then(|| value.trim())
    })?;
    let plain = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let boundary = plain.unwrap_or(value);
    (!boundary.is_empty()).then(|| boundary.to_owned())
}
