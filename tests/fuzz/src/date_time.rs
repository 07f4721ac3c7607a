//! Texts in place of dates: they compare in one order, and four libraries agree on the instant.

use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::Utc;
use llama_cloud::DateTime;

/// Takes each of up to three lines as a date, and compares them.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let dates: Vec<DateTime> = text.split('\n').take(3).map(received).collect();
    for date in &dates {
        conversions_agree(date);
    }
    for left in &dates {
        for right in &dates {
            assert_eq!(left.cmp(right), right.cmp(left).reverse(), "{dates:?}");
            let is_equal = left.cmp(right) == Ordering::Equal;
            assert_eq!(left == right, is_equal, "{dates:?}");
            assert!(!is_equal || hash(left) == hash(right), "{dates:?}");
            for third in &dates {
                let is_in_order = left <= right && right <= third;
                assert!(!is_in_order || left <= third, "{dates:?}");
            }
        }
    }
}

/// The date as a server sends it.
fn received(text: &str) -> DateTime {
    let date: DateTime = serde_json::from_value(text.into()).expect("any text is taken");
    assert_eq!(date.as_str(), text, "the text is kept");
    if let Ok(parsed) = DateTime::parse(text) {
        assert_eq!(parsed, date);
        assert_eq!(parsed.as_str(), text, "the text is kept");
    }
    date
}

/// What one library makes of the date is what the others make of it.
fn conversions_agree(date: &DateTime) {
    let strict = DateTime::parse(date.as_str()).is_ok();
    let jiff = jiff::Timestamp::try_from(date).ok();
    let chrono = chrono::DateTime::<Utc>::try_from(date).ok();
    let time = time::OffsetDateTime::try_from(date).ok();
    assert!(strict || (jiff.is_none() && chrono.is_none() && time.is_none()));
    let instants = [
        jiff.map(jiff::Timestamp::as_nanosecond),
        chrono.map(nanoseconds),
        time.map(time::OffsetDateTime::unix_timestamp_nanos),
    ];
    let mut known = instants.iter().flatten();
    if let Some(first) = known.next() {
        assert!(known.all(|other| first == other), "{date:?}: {instants:?}");
    }
    // jiff has a reader of its own. It knows no leap seconds, and takes them for the second before.
    let read = date.as_str().parse::<jiff::Timestamp>();
    if let (Some(ours), Ok(theirs), false) = (jiff, read, date.as_str().contains(":60")) {
        assert_eq!(ours, theirs, "{date:?}");
    }
    if let Some(jiff) = jiff {
        let back = DateTime::from(jiff);
        let read = jiff::Timestamp::try_from(&back).ok();
        assert!(read == Some(jiff) || is_far(&back), "{date:?}: {back:?}");
    }
    if let Some(time) = time {
        let back = DateTime::from(time);
        let read = time::OffsetDateTime::try_from(&back).ok();
        assert!(read == Some(time) || is_far(&back), "{date:?}: {back:?}");
    }
}

/// Whether RFC 3339, whose years have four digits, can't write the date.
fn is_far(date: &DateTime) -> bool {
    date.as_str().starts_with(['+', '-'])
}

/// Nanoseconds since 1970. Chrono counts on within a leap second, where the others stay at the last
/// nanosecond before its end.
fn nanoseconds(date: chrono::DateTime<Utc>) -> i128 {
    let of_second = date.timestamp_subsec_nanos();
    let of_second = if of_second < 1_000_000_000 {
        of_second
    } else {
        999_999_999
    };
    i128::from(date.timestamp()) * 1_000_000_000 + i128::from(of_second)
}

fn hash(date: &DateTime) -> u64 {
    let mut hasher = DefaultHasher::new();
    date.hash(&mut hasher);
    hasher.finish()
}
