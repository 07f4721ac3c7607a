//! Dates to and from the libraries for dates.

use crate::runtime::DateTime;

fn received(text: &str) -> DateTime {
    serde_json::from_value(text.into()).expect("any text is taken")
}

/// Texts in UTC that come back as they were.
const SAME: [&str; 6] = [
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.67Z",
    "1969-12-31T23:59:59.5Z",
    "1970-01-01T00:00:00Z",
    "0001-03-01T00:00:00.000000001Z",
    "2024-12-31T23:59:59.999999999Z",
];

/// Checks one library, given its way there and back.
fn check(there_and_back: impl Fn(&DateTime) -> Result<DateTime, crate::runtime::Error>) {
    for text in SAME {
        let date = there_and_back(&received(text)).expect(text);
        assert_eq!(date.as_str(), text);
    }
    let other = [
        ("2026-01-02T03:04:05.678+01:00", "2026-01-02T02:04:05.678Z"),
        (
            "2026-01-02T03:04:05.1234567899Z",
            "2026-01-02T03:04:05.123456789Z",
        ),
        ("0000-01-01T00:00:00+01:00", "-000001-12-31T23:00:00Z"),
    ];
    for (text, expected) in other {
        assert_eq!(
            there_and_back(&received(text)).expect(text).as_str(),
            expected
        );
    }
    for (text, reason) in [
        ("2026-01-02T03:04:05", "has no offset"),
        ("soon", "is not an RFC 3339 date-time"),
    ] {
        let error = there_and_back(&received(text)).expect_err(text);
        assert!(error.is_invalid_input());
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[cfg(feature = "jiff")]
#[test]
fn jiff() {
    check(|date| jiff::Timestamp::try_from(date).map(DateTime::from));
    let leap = jiff::Timestamp::try_from(received("1998-12-31T23:59:60Z")).expect("a timestamp");
    assert_eq!(leap.to_string(), "1998-12-31T23:59:59.999999999Z");
    let before: DateTime = jiff::Timestamp::MIN.into();
    assert!(before.as_str().starts_with("-009999-01-"), "{before}");
    let last = jiff::Timestamp::try_from(received("9999-12-31T23:59:59-23:00"));
    assert!(
        last.expect_err("too late for jiff")
            .to_string()
            .contains("out of range")
    );
}

#[cfg(feature = "chrono")]
#[test]
fn chrono() {
    check(|date| chrono::DateTime::<chrono::Utc>::try_from(date).map(DateTime::from));
    let leap = received("1998-12-31T23:59:60.25Z");
    let converted = chrono::DateTime::<chrono::Utc>::try_from(&leap).expect("a date");
    assert_eq!(
        DateTime::from(converted).as_str(),
        "1998-12-31T23:59:60.25Z"
    );
    let far: DateTime = chrono::DateTime::<chrono::Utc>::MAX_UTC.into();
    assert!(
        far.as_str().starts_with("+262142-12-31T23:59:59.999"),
        "{far}"
    );
}

#[cfg(feature = "time")]
#[test]
fn time() {
    check(|date| time::OffsetDateTime::try_from(date).map(DateTime::from));
    let leap = time::OffsetDateTime::try_from(received("1998-12-31T23:59:60Z")).expect("a date");
    assert_eq!(
        DateTime::from(leap).as_str(),
        "1998-12-31T23:59:59.999999999Z"
    );
}
