//! Dates, kept as received.

mod convert;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::Scalar;
use super::calendar::month_length;
use super::decode::{self, Decode, Fault, Hint, Input, Kind};
use super::error::Error;
use super::reading::Reading;
use super::received::Received;

/// A date without a time, such as `2026-01-02`.
///
/// The string is kept as received or given, so that an invalid date doesn't make a response fail: some
/// servers append a time, or send something else. [`Date::parse`] is strict: it is for dates to send.
///
/// Dates compare as strings, which is chronological (RFC 3339 has four digits for the year).
///
/// # Conversion
///
/// With the feature `jiff` (enabled by default) it converts from and, with `try_into()`, to
/// `jiff::civil::Date`; with the feature `chrono`, `chrono::NaiveDate`; with the feature `time`,
/// `time::Date`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Received);

impl Date {
    /// Parses an RFC 3339 full-date (section 5.6): `2026-01-02`.
    ///
    /// # Errors
    ///
    /// Returns an error with [`Error::is_invalid_input`] for any other string, such as a date with a time
    /// or a day that doesn't exist.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let date = Self(Received::text(text));
        date.read().map(|_| date.clone())
    }

    /// Returns the string, as received or given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the year, 0 to 9999; `None` if this isn't a valid date.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        self.read().ok().map(|(year, ..)| year)
    }

    /// Returns the month, 1 to 12; `None` if this isn't a valid date.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        self.read().ok().map(|(_, month, _)| month)
    }

    /// Returns the day of the month, 1 to 31; `None` if this isn't a valid date.
    #[must_use]
    pub fn day(&self) -> Option<u8> {
        self.read().ok().map(|(.., day)| day)
    }

    /// Year, month and day.
    fn read(&self) -> Result<(i16, u8, u8), Error> {
        read(&self.0).ok_or_else(|| {
            let shown: String = self.0.chars().take(64).collect();
            Error::invalid_input(format!(
                "invalid date `{}`: expected an RFC 3339 full-date, such as 2026-01-02",
                shown.escape_debug()
            ))
        })
    }

    /// The error of a date that is out of a library's range.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn out_of_range(&self) -> Error {
        Error::invalid_input(format!("the date `{}` is out of range", &*self.0))
    }

    /// Creates a date from numbers that are a valid date.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    fn of(year: i32, month: u8, day: u8) -> Self {
        // A year with more than four digits, or a sign, has a sign and six digits (ISO 8601).
        let year = if (0..=9999).contains(&year) {
            format!("{year:04}")
        } else {
            format!("{year:+07}")
        };
        Self(Received::text(&format!("{year}-{month:02}-{day:02}")))
    }
}

/// Year, month and day of a full date (RFC 3339, section 5.6).
fn read(text: &str) -> Option<(i16, u8, u8)> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let lengths = [year.len(), month.len(), day.len()];
    if parts.next().is_some() || lengths != [4, 2, 2] || ![year, month, day].into_iter().all(digits)
    {
        return None;
    }
    let (year, month, day): (i16, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let exists = (1..=12).contains(&month)
        && (1..=month_length(year.into(), month.into())).contains(&day.into());
    exists.then_some((year, month, day))
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Date").field(&self.as_str()).finish()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Date {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0.into()
    }
}

impl FromStr for Date {
    type Err = Error;

    /// The same as [`Date::parse`].
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Date {
    type Error = Error;

    /// The same as [`Date::parse`].
    fn try_from(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    /// Accepts any string, and keeps any other JSON.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer, Reading::default())
    }
}

impl Decode for Date {
    const HINT: &'static Hint = &Hint::of(Kind::StringOrJson, "Date");

    fn blank() -> Self {
        Self(Received::default())
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        self.0.put(found, Self::HINT)
    }
}

impl Scalar for Date {
    fn into_text(self) -> String {
        self.into()
    }
}
