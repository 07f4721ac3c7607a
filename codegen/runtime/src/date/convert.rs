//! Conversions from and to the dates of other crates.

#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
use super::{Date, Error};

#[cfg(feature = "jiff")]
impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        let part = |number: i8| number.unsigned_abs();
        Self::of(date.year().into(), part(date.month()), part(date.day()))
    }
}

#[cfg(feature = "jiff")]
impl TryFrom<&Date> for jiff::civil::Date {
    type Error = Error;

    /// Returns an error with [`Error::is_invalid_input`] if this isn't a valid date.
    fn try_from(date: &Date) -> Result<Self, Error> {
        let (year, month, day) = date.read()?;
        Self::new(year, month.cast_signed(), day.cast_signed()).map_err(|_| date.out_of_range())
    }
}

#[cfg(feature = "jiff")]
impl TryFrom<Date> for jiff::civil::Date {
    type Error = Error;

    /// The same as for a reference.
    fn try_from(date: Date) -> Result<Self, Error> {
        Self::try_from(&date)
    }
}

#[cfg(feature = "chrono")]
impl From<chrono::NaiveDate> for Date {
    fn from(date: chrono::NaiveDate) -> Self {
        use chrono::Datelike as _;

        let part = |number: u32| u8::try_from(number).unwrap_or_default();
        Self::of(date.year(), part(date.month()), part(date.day()))
    }
}

#[cfg(feature = "chrono")]
impl TryFrom<&Date> for chrono::NaiveDate {
    type Error = Error;

    /// Returns an error with [`Error::is_invalid_input`] if this isn't a valid date.
    fn try_from(date: &Date) -> Result<Self, Error> {
        let (year, month, day) = date.read()?;
        Self::from_ymd_opt(year.into(), month.into(), day.into()).ok_or_else(|| date.out_of_range())
    }
}

#[cfg(feature = "chrono")]
impl TryFrom<Date> for chrono::NaiveDate {
    type Error = Error;

    /// The same as for a reference.
    fn try_from(date: Date) -> Result<Self, Error> {
        Self::try_from(&date)
    }
}

#[cfg(feature = "time")]
impl From<time::Date> for Date {
    fn from(date: time::Date) -> Self {
        Self::of(date.year(), date.month().into(), date.day())
    }
}

#[cfg(feature = "time")]
impl TryFrom<&Date> for time::Date {
    type Error = Error;

    /// Returns an error with [`Error::is_invalid_input`] if this isn't a valid date.
    fn try_from(date: &Date) -> Result<Self, Error> {
        let (year, month, day) = date.read()?;
        time::Month::try_from(month)
            .and_then(|month| Self::from_calendar_date(year.into(), month, day))
            .map_err(|_| date.out_of_range())
    }
}

#[cfg(feature = "time")]
impl TryFrom<Date> for time::Date {
    type Error = Error;

    /// The same as for a reference.
    fn try_from(date: Date) -> Result<Self, Error> {
        Self::try_from(&date)
    }
}
