//! Conversions from and to `time`.

use time::OffsetDateTime;

use super::super::error::Error;
use super::DateTime;

/// In UTC, such as `2026-01-02T03:04:05.678Z`.
impl From<OffsetDateTime> for DateTime {
    fn from(date: OffsetDateTime) -> Self {
        Self::from_unix(date.unix_timestamp(), date.nanosecond())
    }
}

/// A fraction is truncated to nanoseconds; a leap second becomes the last nanosecond before it.
impl TryFrom<&DateTime> for OffsetDateTime {
    type Error = Error;

    /// Returns an error with [`Error::is_invalid_input`] if this isn't a valid date-time with an offset.
    fn try_from(date: &DateTime) -> Result<Self, Error> {
        let (seconds, nanoseconds) = date.moment()?.without_leap();
        Self::from_unix_timestamp(seconds)
            .and_then(|whole| whole.replace_nanosecond(nanoseconds))
            .map_err(|_| date.out_of_range())
    }
}

/// The same as for a reference.
impl TryFrom<DateTime> for OffsetDateTime {
    type Error = Error;

    fn try_from(date: DateTime) -> Result<Self, Error> {
        Self::try_from(&date)
    }
}
