//! Parsing and formatting RFC 3339 date-times.

use super::super::calendar::month_length;

const DAY: i64 = 86_400;

/// Days from the first day of the year 0 to the first of 1970.
const EPOCH: i64 = 719_528;

/// A parsed date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp<'a> {
    /// With an offset.
    Instant(Moment<'a>),
    /// Without an offset; the moment is that of UTC.
    Local(Moment<'a>),
}

/// A moment; its order is chronological.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Moment<'a> {
    /// Seconds since the Unix epoch. A leap second has those of the second before it.
    pub(super) seconds: i64,
    /// Whether it lies in a leap second.
    pub(super) leap: bool,
    /// The digits of the fraction without trailing zeros, which compare as strings.
    fraction: &'a str,
}

impl Moment<'_> {
    /// The nanoseconds of the fraction, truncated.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    pub(super) fn nanoseconds(&self) -> u32 {
        let digits = self.fraction.bytes().chain(std::iter::repeat(b'0'));
        digits
            .take(9)
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    }

    /// Seconds and nanoseconds on a scale without leap seconds, where the time within one is the
    /// last nanosecond before it ends.
    #[allow(dead_code, reason = "used by the conversions, which are features")]
    pub(super) fn without_leap(&self) -> (i64, u32) {
        (
            self.seconds,
            if self.leap {
                999_999_999
            } else {
                self.nanoseconds()
            },
        )
    }
}

/// Parses a date-time; `None` if it is invalid.
pub(super) fn read(text: &str) -> Option<Stamp<'_>> {
    let mut cursor = Cursor { text, at: 0 };
    let year = cursor.number(4)?;
    cursor.expect(b"-")?;
    let month = cursor.number(2)?;
    cursor.expect(b"-")?;
    let day = cursor.number(2)?;
    cursor.expect(b"Tt ")?;
    let hour = cursor.number(2)?;
    cursor.expect(b":")?;
    let minute = cursor.number(2)?;
    cursor.expect(b":")?;
    let second = cursor.number(2)?;
    let fraction = cursor.fraction()?;
    let offset = cursor.offset()?;
    let in_range = (1..=12).contains(&month)
        && (1..=month_length(year, month)).contains(&day)
        && hour <= 23
        && minute <= 59
        && second <= 60;
    if !in_range {
        return None;
    }
    let days = days_before_year(year) + days_before_month(year, month) + day - 1 - EPOCH;
    let leap = second == 60;
    let clock = hour * 3600 + minute * 60 + if leap { 59 } else { second };
    let seconds = days * DAY + clock - offset.unwrap_or(0);
    let moment = Moment {
        seconds,
        leap,
        fraction,
    };
    match offset {
        // Leap seconds are inserted at the end of a day of UTC (RFC 3339, 5.7).
        Some(_) if leap && seconds.rem_euclid(DAY) != DAY - 1 => None,
        Some(_) => Some(Stamp::Instant(moment)),
        None => Some(Stamp::Local(moment)),
    }
}

/// Formats an instant in UTC, without trailing zeros of the fraction.
///
/// RFC 3339 has four digits for the year. A year with more digits, or a sign, has a sign and six digits
/// (ISO 8601). With 1,000,000,000 nanoseconds or more, the instant is within the following leap second.
#[allow(dead_code, reason = "used by the conversions, which are features")]
pub(super) fn write(seconds: i64, nanoseconds: u32) -> String {
    let days = seconds.div_euclid(DAY) + EPOCH;
    let clock = seconds.rem_euclid(DAY);
    // The mean year has 146,097 / 400 days: the quotient is at most one year off.
    let mut year = (days * 400).div_euclid(146_097);
    while days_before_year(year) > days {
        year -= 1;
    }
    while days_before_year(year + 1) <= days {
        year += 1;
    }
    let rest = days - days_before_year(year);
    let month = (2..=12)
        .take_while(|month| days_before_month(year, *month) <= rest)
        .count()
        + 1;
    let month = i64::try_from(month).unwrap_or(12);
    let day = rest - days_before_month(year, month) + 1;
    let year = if (0..=9999).contains(&year) {
        format!("{year:04}")
    } else {
        format!("{year:+07}")
    };
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    let second = second + i64::from(nanoseconds / 1_000_000_000);
    let nanoseconds = nanoseconds % 1_000_000_000;
    let fraction = if nanoseconds == 0 {
        String::new()
    } else {
        format!(".{nanoseconds:09}")
    };
    let fraction = fraction.trim_end_matches('0');
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// Days from the first day of the year 0.
fn days_before_year(year: i64) -> i64 {
    let last = year - 1;
    let leap_days = last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400) + 1;
    365 * year + leap_days
}

/// Days from the first day of the year.
fn days_before_month(year: i64, month: i64) -> i64 {
    (1..month).map(|month| month_length(year, month)).sum()
}

/// A position in a string that is parsed.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Parses one of several characters.
    fn expect(&mut self, any_of: &[u8]) -> Option<u8> {
        let byte = self.peek().filter(|byte| any_of.contains(byte))?;
        self.at += 1;
        Some(byte)
    }

    /// Parses a number of exactly `digits` digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| {
            let digit = self.expect(b"0123456789")?;
            Some(number * 10 + i64::from(digit - b'0'))
        })
    }

    /// Parses the fraction of a second, if there is one.
    fn fraction(&mut self) -> Option<&'a str> {
        if self.expect(b".").is_none() {
            return Some("");
        }
        let start = self.at;
        while self.expect(b"0123456789").is_some() {}
        let digits = self.text.get(start..self.at)?;
        if digits.is_empty() {
            None
        } else {
            Some(digits.trim_end_matches('0'))
        }
    }

    /// Parses the offset in seconds, if there is one, and the end of the string.
    #[allow(
        clippy::option_option,
        reason = "the outer one is for an invalid offset"
    )]
    fn offset(&mut self) -> Option<Option<i64>> {
        let offset = match self.expect(b"Zz+-") {
            None => None,
            Some(b'+') => Some(self.distance()?),
            Some(b'-') => Some(-self.distance()?),
            Some(_) => Some(0),
        };
        if self.peek().is_none() {
            Some(offset)
        } else {
            None
        }
    }

    fn distance(&mut self) -> Option<i64> {
        let hours = self.number(2)?;
        self.expect(b":")?;
        let minutes = self.number(2)?;
        if hours <= 23 && minutes <= 59 {
            Some(hours * 3600 + minutes * 60)
        } else {
            None
        }
    }
}
