//! HAR files (HTTP Archive 1.2), read an entry at a time: they can be larger than memory.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read};
use std::rc::Rc;

use codegen::Exchange;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::entry::Entry;

/// Most bytes of one entry, and of all that is between two of them.
pub(super) const LONGEST_ENTRY: u64 = 32 * 1024 * 1024;

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;

/// Why a recording can't be read; nothing of it is in the message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

/// Gives each exchange of a file to a function, with its number from 1; returns how many there are.
///
/// # Errors
///
/// The file can't be read, or is no HAR file.
pub(super) fn read(
    source: impl Read,
    each: &mut dyn FnMut(Exchange, u64),
) -> Result<u64, Unreadable> {
    let left = Rc::new(Cell::new(LONGEST_ENTRY));
    let limited = Limited {
        inner: source,
        left: Rc::clone(&left),
    };
    let mut source = BufReader::with_capacity(CHUNK, limited);
    begins_as_text(&mut source)?;
    let mut walk = Walk {
        each,
        left,
        count: 0,
        has_entries: false,
    };
    let mut json = serde_json::Deserializer::from_reader(source);
    let read = Root(&mut walk)
        .deserialize(&mut json)
        .and_then(|()| json.end());
    read.map_err(|error| unreadable(&error, walk.count))?;
    if !walk.has_entries {
        return Err(not_har("it has no `log.entries`"));
    }
    Ok(walk.count)
}

/// Looks at the first bytes, and skips a byte order mark.
fn begins_as_text(source: &mut BufReader<impl Read>) -> Result<(), Unreadable> {
    let bytes = source.fill_buf().map_err(|error| failed(&error, 0))?;
    let (is, help) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => {
            source.consume(3);
            return Ok(());
        }
        [0x1F, 0x8B, ..] => (
            "compressed with gzip",
            "decompress it first: `gzip --decompress`",
        ),
        [b'P', b'K', 3, 4, ..] => ("a ZIP archive", "decompress it first"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => ("UTF-16, not UTF-8", "save the file as UTF-8"),
        [] => return Err(not_har("it is empty")),
        _ => return Ok(()),
    };
    Err(Unreadable {
        message: format!("it is {is}"),
        help: Some(help),
    })
}

fn not_har(why: &str) -> Unreadable {
    Unreadable {
        message: format!("{why}, so it is not a HAR file"),
        help: Some("expected HAR 1.2: a JSON object with `log.entries`"),
    }
}

/// An error of a library, without the values that it may contain.
fn unreadable(error: &serde_json::Error, entries: u64) -> Unreadable {
    let place = match (error.line(), entries) {
        (0, _) => String::new(),
        (line, 0) => format!(" (line {line}, column {})", error.column()),
        (line, entries) => {
            let column = error.column();
            format!(" (behind entry {entries}, line {line}, column {column})")
        }
    };
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    if let Some(kind) = error.io_error_kind() {
        return failed(&kind.into(), entries);
    }
    if error.is_eof() {
        return Unreadable {
            message: format!("it is truncated{place}"),
            help: Some("record again, and wait until the file is complete"),
        };
    }
    if text.starts_with("invalid type") || text.starts_with("invalid value") {
        // What was found instead comes first in the message.
        let wanted = error.to_string();
        let wanted = wanted
            .rsplit_once(", expected ")
            .map_or("another value", |(_, it)| it);
        let wanted = wanted.split(" at line ").next().unwrap_or_default();
        return not_har(&format!("a value is of another type than {wanted}{place}"));
    }
    let is_field = ["missing field", "duplicate field"]
        .iter()
        .any(|it| text.starts_with(it));
    let is_known = error.is_syntax() || is_field;
    let text = if is_known { text } else { "it can't be read" };
    not_har(&format!("{text}{place}"))
}

fn failed(error: &io::Error, entries: u64) -> Unreadable {
    let megabytes = LONGEST_ENTRY / 1024 / 1024;
    let message = match error.kind() {
        ErrorKind::FileTooLarge => format!("entry {} has more than {megabytes} MiB", entries + 1),
        kind => format!("reading failed: {kind}"),
    };
    Unreadable {
        message,
        help: None,
    }
}

/// A source of which so many bytes may be read until the next entry.
struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self
            .left
            .get()
            .checked_sub(u64::try_from(read).unwrap_or(u64::MAX));
        match left {
            Some(left) => self.left.set(left),
            None => return Err(ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}

/// What is known on the way through a file.
struct Walk<'f> {
    each: &'f mut dyn FnMut(Exchange, u64),
    left: Rc<Cell<u64>>,
    count: u64,
    has_entries: bool,
}

/// The object around `log`.
struct Root<'w, 'f>(&'w mut Walk<'f>);

/// The object around `entries`.
struct Log<'w, 'f>(&'w mut Walk<'f>);

/// The array of entries.
struct Entries<'w, 'f>(&'w mut Walk<'f>);

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `log`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "log" {
                map.next_value_seed(Log(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Log<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Log<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a `log` object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "entries" if self.0.has_entries => {
                    return Err(A::Error::duplicate_field("entries"));
                }
                "entries" => {
                    self.0.has_entries = true;
                    map.next_value_seed(Entries(self.0))?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while let Some(entry) = sequence.next_element::<Entry>()? {
            self.0.count += 1;
            (self.0.each)(entry.exchange(), self.0.count);
            self.0.left.set(LONGEST_ENTRY);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Result<u64, String> {
        read(bytes, &mut |_, _| {}).map_err(|error| error.message)
    }

    #[test]
    fn entries_are_read_one_by_one() {
        let entry = r#"{"time": 1, "request": {"method": "GET", "url": "/a"}, "response": {"status": 200}}"#;
        let text = format!(
            "\u{feff}{{\"x\": [[]], \"log\": {{\"pages\": [{{}}], \"entries\": [{entry}, {entry}]}}}}\n"
        );
        assert_eq!(of(text.as_bytes()), Ok(2));
        assert_eq!(of(br#"{"log": {"entries": []}}"#), Ok(0));
    }

    #[test]
    fn hostile_files_are_rejected_without_their_values() {
        let deep = "[".repeat(200_000);
        let deep = format!("{{\"log\": {{\"entries\": [{{\"request\": {deep}");
        for (text, expected) in [
            ("", "it is empty"),
            ("[]", "than an object with `log` (line 1"),
            ("{\"log\": 7}", "than a `log` object"),
            ("{\"log\": {}}", "it has no `log.entries`"),
            ("{\"log\": {\"entries\": {}}}", "than an array of entries"),
            (
                "{\"log\": {\"entries\": [",
                "it is truncated (line 1, column 21)",
            ),
            (
                "{\"log\": {\"entries\": [{\"request\": {}}]}}",
                "missing field `method`",
            ),
            (
                "{\"log\": {\"entries\": [{\"request\": {\"method\": \"a\", \"url\": \"b\"}, \"response\": {\"status\": \"sesame, expected none\"}}]}}",
                "a value is of another type than i64",
            ),
            (
                "{\"log\": {\"entries\": [\"sesame\"]}}",
                "than struct Entry",
            ),
            ("{\"log\": {\"entries\": []}} {", "trailing characters"),
            ("\u{1f}\u{8b}", "not a HAR file"),
            ("openapi: 3.0.0", "expected value (line 1, column 1)"),
            (&deep, "so it is not a HAR file"),
        ] {
            let error = of(text.as_bytes()).expect_err(expected);
            assert!(error.contains(expected), "{expected}: {error}");
            assert!(!error.contains("sesame"), "{error}");
        }
        assert!(of(&[0x1F, 0x8B, 8]).is_err_and(|it| it == "it is compressed with gzip"));
    }

    #[test]
    fn an_entry_without_end_is_stopped() {
        let endless = io::Cursor::new(&b"{\"log\": {\"entries\": [{\"request\": {\"url\": \""[..]);
        let endless = endless.chain(io::repeat(b'a'));
        let error = read(endless, &mut |_, _| {}).expect_err("too long");
        assert_eq!(error.message, "entry 1 has more than 32 MiB");
    }
}
