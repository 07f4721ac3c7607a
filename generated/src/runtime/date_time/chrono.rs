//! Conversions from and to `chrono`.

use chrono::{TimeZone, Utc};

use super::super::error::Error;
use super::DateTime;

/// In UTC, such as `2026-01-02T03:04:05.678Z`.
impl<Z: TimeZone> From<chrono::DateTime<Z>> for DateTime {
    fn from(date: chrono::DateTime<Z>) -> Self {
        Self::from_unix(date.timestamp(), date.timestamp_subsec_nanos())
    }
}

/// A fraction is truncated to nanoseconds.
impl TryFrom<&DateTime> for chrono::DateTime<Utc> {
    type Error = Error;

    /// Returns an error with [`Error::is_invalid_input`] if this isn't a valid date-time with an offset.
    fn try_from(date: &DateTime) -> Result<Self, Error> {
        let moment = date.moment()?;
        let beyond = if moment.leap { 1_000_000_000 } else { 0 };
        Self::from_timestamp(moment.seconds, moment.nanoseconds() + beyond)
            .ok_or_else(|| date.out_of_range())
    }
}

/// The same as for a reference.
impl TryFrom<DateTime> for chrono::DateTime<Utc> {
    type Error = Error;

    fn try_from(date: DateTime) -> Result<Self, Error> {
        Self::try_from(&date)
    }
}
