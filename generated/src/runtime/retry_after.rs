//! `Retry-After`: how long a server asks to wait (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The delay that the headers of a response ask for, counted from `now`.
///
/// `retry-after-ms` (milliseconds) takes precedence over `Retry-After` (seconds, which may have a
/// fraction, or a date), unless it is zero. A date in the past is a delay of zero. An invalid header is
/// ignored.
pub(crate) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let short = text("retry-after-ms").and_then(|text| number(text, 1e-3));
    if short.is_some_and(|wait| !wait.is_zero()) {
        return short;
    }
    let seconds = text(RETRY_AFTER.as_str()).and_then(|text| {
        let until = |date: SystemTime| date.duration_since(now).unwrap_or(Duration::ZERO);
        number(text, 1.0).or_else(|| date(text).map(until))
    });
    seconds.or(short)
}

/// A decimal number in units of `unit` seconds. It has digits and a point only: other forms of a float
/// (`inf`, `1e9`, a sign) are invalid.
fn number(text: &str, unit: f64) -> Option<Duration> {
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let seconds = text.parse::<f64>().ok()? * unit;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// An HTTP date in any of the three formats that a recipient must accept (RFC 9110, 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
fn date(text: &str) -> Option<SystemTime> {
    let parts: Vec<&str> = text
        .split([' ', '-', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let ([_, day, month, year, time, "GMT"] | [_, month, day, time, year]) = parts[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)?;
    let day = digits(day).filter(|day| (1..=31).contains(day))?;
    let year = match (year.len(), digits(year)?) {
        (4, year) => year,
        // A year of two digits (RFC 850) is the closest one.
        (2, year) if year < 70 => 2000 + year,
        (2, year) => 1900 + year,
        _ => return None,
    };
    let mut clock = time.split(':').map(digits);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days_since_epoch(year, month, day)?;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

fn digits(text: &str) -> Option<u64> {
    let short = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if short { text.parse().ok() } else { None }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `month` counts from 0. `None` before 1970.
fn days_since_epoch(year: u64, month: usize, day: u64) -> Option<u64> {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let past = year.checked_sub(1970).map(|_| year - 1)?;
    // Leap days from year 1 to the last complete year, less those up to 1969.
    let leap_days = (past / 4 - past / 100 + past / 400) - 477;
    let this_year = BEFORE[month] + day - 1 + u64::from(leap && month > 1);
    Some((year - 1970) * 365 + leap_days + this_year)
}
