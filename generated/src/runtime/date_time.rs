//! Dates, kept as the server wrote them.

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

/// A date and time, as text that can be compared and converted.
///
/// The text is kept byte for byte as it was received or given, so that nothing is lost on the way
/// through a program, and a response never fails because of a date: servers leave out the offset
/// now and then, or write something else altogether. [`DateTime::parse`] is strict instead: it is
/// for dates that are to be sent.
///
/// # Comparison
///
/// Two dates that have an offset are compared as instants: `2026-01-02T03:00:00Z` equals
/// `2026-01-02T04:00:00.000+01:00`. Dates without offset are compared among themselves by what
/// the clock shows, and all else as text. Between these kinds there is no chronology, only an
/// order: instants come first, then dates without offset, then other text,
/// then what is no text at all.
///
/// # Conversion
///
/// With the feature `jiff` (on by default) it converts from and, with `try_into()`, to
/// `jiff::Timestamp`; with the feature `chrono`, `chrono::DateTime<Utc>`; with the feature `time`,
/// `time::OffsetDateTime`. A date without offset is no instant, and fails to convert.
#[derive(Clone)]
pub struct DateTime(Received);

impl DateTime {
    /// Takes a date-time as of RFC 3339, such as `2026-01-02T03:04:05Z`.
    ///
    /// The offset may be left out; between date and time may stand `T`, `t` or a space; the
    /// fraction of a second may have any number of digits; a leap second is accepted where one
    /// can be, at 23:59:60 UTC.
    ///
    /// # Errors
    ///
    /// If the text is anything else, such as a date without time or a day that doesn't exist.
    /// For such an error [`Error::is_invalid_input`] is true.
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

    /// The text, as it was received or given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes any text.
    pub(crate) fn as_received(text: &str) -> Self {
        Self(Received::text(text))
    }

    /// The date that lies so many seconds (rounded down) and nanoseconds after the start of 1970,
    /// UTC. From 1,000,000,000 nanoseconds on, it lies in the leap second that follows.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn from_unix(seconds: i64, nanoseconds: u32) -> Self {
        Self(Received::text(&rfc3339::write(seconds, nanoseconds)))
    }

    /// The instant that this is.
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

    /// The error of a date that a library has no place for.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn out_of_range(&self) -> Error {
        Error::invalid_input(format!(
            "the date-time `{}` is out of range",
            excerpt(&self.0)
        ))
    }

    /// What comparison, equality and hash go by.
    fn key(&self) -> Key<'_> {
        match rfc3339::read(&self.0) {
            Some(Stamp::Instant(moment)) => Key::Instant(moment),
            Some(Stamp::Local(moment)) => Key::Local(moment),
            None if self.0.is_json() => Key::Json(&self.0),
            None => Key::Text(&self.0),
        }
    }
}

/// The start of a text, for a message: it may be long, or hold what a terminal would act upon.
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
        // The text alone decides most comparisons, without reading it.
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
    /// Takes any string, and keeps whatever other JSON stands in its place.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer, Reading::default())
    }
}
