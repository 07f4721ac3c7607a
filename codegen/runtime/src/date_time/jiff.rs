//! Conversions from and to `jiff`.

use jiff::Timestamp;

use super::super::error::Error;
use super::DateTime;

/// In UTC, such as `2026-01-02T03:04:05.678Z`.
impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        // Before 1970 both parts are negative: the seconds were rounded up.
        let (seconds, rest) = (timestamp.as_second(), timestamp.subsec_nanosecond());
        let borrowed = i32::from(rest < 0);
        let rest = (rest + borrowed * 1_000_000_000).unsigned_abs();
        Self::from_unix(seconds - i64::from(borrowed), rest)
    }
}

/// A fraction is truncated to nanoseconds; a leap second becomes the last nanosecond before it.
impl TryFrom<&DateTime> for Timestamp {
    type Error = Error;

    /// Returns an error with [`Error::is_invalid_input`] if this isn't a valid date-time with an offset.
    fn try_from(date: &DateTime) -> Result<Self, Error> {
        let (seconds, nanoseconds) = date.moment()?.without_leap();
        Self::new(seconds, nanoseconds.cast_signed()).map_err(|_| date.out_of_range())
    }
}

/// The same as for a reference.
impl TryFrom<DateTime> for Timestamp {
    type Error = Error;

    fn try_from(date: DateTime) -> Result<Self, Error> {
        Self::try_from(&date)
    }
}
