//! Date-times, kept as received.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod rfc3339;
#[cfg(feature = "time")]
mod time;
mod wire;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::rfc3339::{Moment, Stamp};
use super::decode;
use super::error::Error;
use super::reading::Reading;
use super::received::Received;

/// A date and time.
///
/// The string is kept exactly as received or given, so that nothing is lost, and an invalid date-time
/// doesn't make a response fail: some servers omit the offset, or send something else.
/// [`DateTime::parse`] is strict: it is for date-times to send.
///
/// # Comparison
///
/// Date-times with an offset are compared as instants: `2026-01-02T03:00:00Z` equals
/// `2026-01-02T04:00:00.000+01:00`. Date-times without an offset are compared with each other by their
/// local time, and all others as strings. Between these kinds the order is arbitrary: instants come
/// first, then date-times without an offset, then other strings, then other JSON.
///
/// # Conversion
///
/// With the feature `jiff` (enabled by default) it converts from and, with `try_into()`, to
/// `jiff::Timestamp`; with the feature `chrono`, `chrono::DateTime<Utc>`; with the feature `time`,
/// `time::OffsetDateTime`. A date-time without an offset is not an instant, and fails to convert.
#[derive(Clone)]
pub struct DateTime(Received);

impl DateTime {
    /// Parses an RFC 3339 date-time, such as `2026-01-02T03:04:05Z`.
    ///
    /// The offset is optional; date and time may be separated by `T`, `t` or a space; the fraction of a
    /// second may have any number of digits; a leap second is accepted at 23:59:60 UTC.
    ///
    /// # Errors
    ///
    /// Returns an error with [`Error::is_invalid_input`] for any other string, such as a date without a
    /// time or a day that doesn't exist.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match rfc3339::read(text) {
            Some(_) => Ok(Self::as_received(text)),
            None => Err(Error::invalid_input(format!(
                "invalid date-time `{}`: expected an RFC 3339 date-time, such as 2026-01-02T03:04:05Z, \
                 2026-01-02T03:04:05.678+01:00 or, without an offset, 2026-01-02T03:04:05",
                excerpt(text)
            ))),
        }
    }

    /// Returns the string, as received or given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Keeps any string.
    pub(crate) fn as_received(text: &str) -> Self {
        Self(Received::text(text))
    }

    /// Creates a date-time from the seconds (rounded down) and nanoseconds since the Unix epoch. With
    /// 1,000,000,000 nanoseconds or more, it is within the following leap second.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn from_unix(seconds: i64, nanoseconds: u32) -> Self {
        Self(Received::text(&rfc3339::write(seconds, nanoseconds)))
    }

    /// The instant; an error if it isn't one.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn moment(&self) -> Result<Moment<'_>, Error> {
        let reason = match rfc3339::read(&self.0) {
            Some(Stamp::Instant(moment)) => return Ok(moment),
            Some(Stamp::Local(_)) => "has no offset, so it is not an instant",
            None => "is not an RFC 3339 date-time",
        };
        Err(Error::invalid_input(format!(
            "the date-time `{}` {reason}",
            excerpt(&self.0)
        )))
    }

    /// The error of a date-time that is out of a library's range.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn out_of_range(&self) -> Error {
        Error::invalid_input(format!(
            "the date-time `{}` is out of range",
            excerpt(&self.0)
        ))
    }

    /// The key of comparison, equality and hash.
    fn key(&self) -> Key<'_> {
        match rfc3339::read(&self.0) {
            Some(Stamp::Instant(moment)) => Key::Instant(moment),
            Some(Stamp::Local(moment)) => Key::Local(moment),
            None if self.0.is_json() => Key::Json(&self.0),
            None => Key::Text(&self.0),
        }
    }
}

/// The start of a string, for a message: it may be long, or contain control characters.
fn excerpt(text: &str) -> Cow<'_, str> {
    let plain = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    if plain && text.len() <= 64 {
        return text.into();
    }
    let mut start: String = text
        .chars()
        .take(64)
        .collect::<String>()
        .escape_debug()
        .to_string();
    if text.chars().nth(64).is_some() {
        start.push('…');
    }
    start.into()
}

// The order of the variants is the documented order of the kinds.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key<'a> {
    Instant(Moment<'a>),
    Local(Moment<'a>),
    Text(&'a str),
    Json(&'a str),
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        // Most comparisons are decided by the strings, without parsing them.
        self.0 == other.0 || self.key() == other.key()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DateTime").field(&self.as_str()).finish()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<DateTime> for String {
    fn from(date: DateTime) -> Self {
        date.0.into()
    }
}

impl FromStr for DateTime {
    type Err = Error;

    /// The same as [`DateTime::parse`].
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for DateTime {
    type Error = Error;

    /// The same as [`DateTime::parse`].
    fn try_from(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    /// Accepts any string, and keeps any other JSON.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer, Reading::default())
    }
}
