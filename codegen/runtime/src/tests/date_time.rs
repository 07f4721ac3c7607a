use std::hash::{DefaultHasher, Hash, Hasher};

use proptest::prelude::*;

use crate::runtime::DateTime;

fn date(text: &str) -> DateTime {
    DateTime::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// As a server sends it.
fn received(text: &str) -> DateTime {
    serde_json::from_value(text.into()).expect("any text is taken")
}

fn hash(date: &DateTime) -> u64 {
    let mut hasher = DefaultHasher::new();
    date.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn date_time_keeps_the_string() {
    for text in [
        "2026-01-02T03:04:05.1200+01:00",
        "",
        "soon",
        "2026-13-45",
        "null",
        "é\u{0}\"\\",
    ] {
        let date = received(text);
        assert_eq!((date.as_str(), date.to_string().as_str()), (text, text));
        assert_eq!(serde_json::to_value(&date).expect("json"), text);
    }
    for json in [
        "5",
        "1700000000.25",
        "[2026,1,2]",
        r#"{"seconds":5}"#,
        "true",
    ] {
        let date: DateTime = serde_json::from_str(json).expect("any JSON");
        assert_eq!(date.as_str(), json);
        assert_eq!(serde_json::to_string(&date).expect("json"), json);
        assert_ne!(date, received(json));
    }
}

#[test]
fn date_time_parses_rfc_3339() {
    for text in [
        "2026-01-02T03:04:05Z",
        "2026-01-02t03:04:05z",
        "2026-01-02 03:04:05+00:00",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04:05.123456789012345678901234567890-23:59",
        "2024-02-29T00:00:00Z",
        "2000-02-29T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "1998-12-31T23:59:60Z",
        "1998-12-31T15:59:60.5-08:00",
        "1998-12-31T23:59:60",
    ] {
        assert_eq!(date(text).as_str(), text);
        assert_eq!(text.parse::<DateTime>().expect("a date"), date(text));
    }
}

#[test]
fn date_time_rejects_other_strings() {
    for text in [
        "",
        "2026-01-02",
        "2026-01-02T03:04Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05,5Z",
        "2026-01-02T03:04:05+0100",
        "2026-01-02T03:04:05+24:00",
        "2026-01-02T03:04:05+01:60",
        "2026-01-02T03:04:05ZZ",
        "2026-01-02T03:04:05Z ",
        " 2026-01-02T03:04:05Z",
        "2026-1-2T03:04:05Z",
        "2026-00-02T03:04:05Z",
        "2026-13-02T03:04:05Z",
        "2026-04-31T03:04:05Z",
        "2026-02-29T03:04:05Z",
        "1900-02-29T03:04:05Z",
        "2026-01-00T03:04:05Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T03:60:05Z",
        "2026-01-02T03:04:61Z",
        "1998-12-31T23:58:60Z",
        "1998-12-31T23:59:60+01:00",
        "20260102T030405Z",
        "+2026-01-02T03:04:05Z",
        "２０２６-01-02T03:04:05Z",
    ] {
        let error = DateTime::parse(text).expect_err(text);
        assert!(error.is_invalid_input(), "{text}");
        let message = error.to_string();
        assert!(
            message.contains("RFC 3339") && message.contains("2026-01-02T03:04:05Z"),
            "{message}"
        );
    }
    let message = DateTime::parse(&"\u{1b}é".repeat(500))
        .expect_err("no date")
        .to_string();
    assert!(
        message.len() < 1000 && !message.contains('\u{1b}'),
        "{message}"
    );
}

#[test]
fn date_time_compares_instants() {
    let equal = [
        "2026-01-02T03:00:00Z",
        "2026-01-02 04:00:00.000+01:00",
        "2026-01-01t22:30:00.0-04:30",
    ];
    for (left, right) in equal.iter().zip(equal.iter().skip(1)) {
        assert_eq!(date(left), date(right));
        assert_eq!(hash(&date(left)), hash(&date(right)));
    }
    let rising = [
        "0000-01-01T00:00:00+23:59",
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00Z",
        "1998-12-31T23:59:59.9999Z",
        "1998-12-31T23:59:60Z",
        "1998-12-31T23:59:60.5Z",
        "1999-01-01T00:00:00Z",
        "2026-01-02T03:04:05.12Z",
        "2026-01-02T03:04:05.1200000000000000000001Z",
        "2026-01-02T03:04:05.2Z",
        "2026-01-02T03:00:00-01:00",
    ];
    assert!(rising.windows(2).all(|pair| date(pair[0]) < date(pair[1])));
}

#[test]
fn date_time_orders_instants_first() {
    let rising = [
        "9999-01-01T00:00:00Z",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04:05.5",
        "",
        "2026",
        "soon",
    ];
    assert!(
        rising
            .windows(2)
            .all(|pair| received(pair[0]) < received(pair[1]))
    );
    assert_eq!(
        received("2026-01-02T03:04:05"),
        received("2026-01-02 03:04:05.0")
    );
    assert_ne!(
        received("2026-01-02T03:04:05"),
        received("2026-01-02T03:04:05Z")
    );
}

#[test]
fn date_time_debug_shows_the_string() {
    assert_eq!(format!("{:?}", received("so\"on")), r#"DateTime("so\"on")"#);
    assert_eq!(format!("[{:>6}]", received("soon")), "[  soon]");
}

fn any_date() -> impl Strategy<Value = String> {
    prop_oneof![
        r"202[0-9]-0[1-9]-(0[1-9]|2[0-8])[Tt ](0[0-9]|1[0-9]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,3})?(Z|[+-]0[0-9]:[0-5]0)?",
        r"2026-01-01T0[0-2]:00:0[01](\.[05]0?)?(Z|\+0[01]:00|)",
        ".{0,12}",
    ]
}

proptest! {
    #[test]
    fn date_time_order_equality_and_hash_agree(a in any_date(), b in any_date(), c in any_date()) {
        let (a, b, c) = (received(&a), received(&b), received(&c));
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        if a == b {
            prop_assert_eq!(hash(&a), hash(&b));
        }
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
    }

    #[test]
    fn date_time_parses_or_rejects_any_string(text in r"[0-9TtZz:.+\- é]{0,40}") {
        let _ = DateTime::parse(&text);
        let _ = received(&text) == received("2026-01-02T03:04:05Z");
    }
}
