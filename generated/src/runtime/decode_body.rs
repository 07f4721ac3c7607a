//! Decoding a response body as JSON or as text.

use std::borrow::Cow;
use std::str::{self, Utf8Error};

use serde::de::{DeserializeOwned, Error as _};

use super::error_kind::Kind;
use super::json_path;
use super::raw_response::RawResponse;

impl RawResponse {
    /// Decodes the body as JSON of any type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Kind> {
        self.read(|text| serde_json::from_str(text))
    }

    /// Has `read` decode the body as JSON.
    ///
    /// The body is validated as UTF-8 once, as a whole: string by string that takes several times as
    /// long.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&str) -> Result<T, serde_json::Error>,
    ) -> Result<T, Kind> {
        let (text, broken) = match str::from_utf8(self.text()) {
            Ok(text) => (Cow::Borrowed(text), None),
            Err(error) => (Cow::Owned(mark_invalid(self.text())), Some(error)),
        };
        read(&text).map_err(|error| self.not_json(&text, error, broken))
    }

    /// The body as text.
    pub(crate) fn utf8(&self) -> Result<String, Kind> {
        match str::from_utf8(self.text()) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Kind::Decode {
                response: Box::new(self.clone()),
                path: String::new(),
                cause: Box::new(error),
            }),
        }
    }

    #[cold]
    fn not_json(&self, text: &str, error: serde_json::Error, broken: Option<Utf8Error>) -> Kind {
        let path = json_path::locate(text.as_bytes(), error.line(), error.column());
        Kind::Decode {
            response: Box::new(self.clone()),
            path,
            cause: Box::new(match broken {
                // A syntax error may come from the marks in the text; an error of type doesn't.
                Some(broken) if !error.is_data() => serde_json::Error::custom(broken),
                _ => error,
            }),
        }
    }
}

/// The maximum number of invalid UTF-8 sequences in a body: each mark takes more memory than the bytes
/// that it replaces.
const MAX_MARKS: usize = 10_000;

/// The text of a body that isn't UTF-8, in which each invalid sequence is replaced by a mark. A string
/// with a mark can't be decoded, but can be skipped where no field reads it. A body with too many
/// invalid sequences is truncated, and so is not valid JSON.
#[cold]
fn mark_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + MAX_MARKS);
    for chunk in bytes.utf8_chunks().take(MAX_MARKS) {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            // Half a surrogate pair; the character before it keeps it apart from another half.
            text.push_str("?\\udc00");
        }
    }
    text
}
