//! Dates and bytes that are text on the wire.

use crate::runtime::{Base64, Base64Url, Date};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn date_parses_valid_days() {
    let leap = date("2028-02-29");
    assert_eq!(
        (leap.year(), leap.month(), leap.day()),
        (Some(2028), Some(2), Some(29))
    );
    for text in [
        "2026-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-04-31",
        "2026-00-01",
        "2026-01-00",
    ] {
        assert!(Date::parse(text).is_err(), "{text}");
    }
    for text in [
        "",
        "2026-1-2",
        "+026-01-02",
        "2026-01-02T00:00:00Z",
        "2026-01-02-03",
        "20260102",
    ] {
        let error = Date::parse(text).expect_err(text);
        assert!(error.is_invalid_input(), "{text}");
    }
    assert!(date("2026-01-31") < date("2026-02-01"));
}

#[test]
fn date_keeps_invalid_strings() {
    let odd: Date = serde_json::from_str("\"soon\"").expect("any text");
    assert_eq!(
        (odd.as_str(), odd.year(), odd.month(), odd.day()),
        ("soon", None, None, None)
    );
    assert_eq!(serde_json::to_string(&odd).expect("JSON"), "\"soon\"");
    let number: Date = serde_json::from_str("20260102").expect("any JSON");
    assert_eq!((number.as_str(), number.year()), ("20260102", None));
    assert_eq!(serde_json::to_string(&number).expect("JSON"), "20260102");
}

#[cfg(feature = "jiff")]
#[test]
fn date_converts_with_jiff() {
    let day = jiff::civil::date(2026, 1, 2);
    assert_eq!(Date::from(day), date("2026-01-02"));
    assert_eq!(
        jiff::civil::Date::try_from(date("2026-01-02")).expect("a date"),
        day
    );
    let odd: Date = serde_json::from_str("\"soon\"").expect("any text");
    let error = jiff::civil::Date::try_from(&odd).expect_err("no date");
    assert!(error.is_invalid_input());
}

#[cfg(feature = "chrono")]
#[test]
fn date_converts_with_chrono() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).expect("a date");
    assert_eq!(Date::from(day), date("2026-01-02"));
    assert_eq!(
        chrono::NaiveDate::try_from(date("2026-01-02")).expect("a date"),
        day
    );
}

#[cfg(feature = "time")]
#[test]
fn date_converts_with_time() {
    let day = time::Date::from_calendar_date(2026, time::Month::January, 2).expect("a date");
    assert_eq!(Date::from(day), date("2026-01-02"));
    assert_eq!(
        time::Date::try_from(date("2026-01-02")).expect("a date"),
        day
    );
}

#[test]
fn base64_round_trip() {
    // RFC 4648, section 10.
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
    ] {
        let encoded = Base64::from(bytes.as_bytes());
        assert_eq!(encoded.as_str(), text);
        assert_eq!(encoded.decode().expect("Base64"), bytes.as_bytes());
    }
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(Base64::from(all.clone()).decode().expect("Base64"), all);
}

#[test]
fn base64_variants_are_decoded() {
    for text in ["+/8=", "-_8=", "-_8", "+\r\n/8=\n"] {
        let bytes = Base64::from_encoded(text).decode().expect(text);
        assert_eq!(bytes, [0xfb, 0xff], "{text}");
    }
    for text in ["A", "Zg==Zg==", "Zg*=", "é"] {
        let error = Base64::from_encoded(text).decode().expect_err(text);
        assert!(error.is_invalid_input(), "{text}");
        let kept: Base64 = serde_json::from_value(text.into()).expect("any text");
        assert_eq!(kept.as_str(), text);
    }
}

#[test]
fn integers_may_be_written_as_floats() {
    use crate::runtime::decode::read_within as read;
    let i64_of = |text: &str| read::<i64, _>(&mut serde_json::Deserializer::from_str(text));
    assert_eq!(i64_of("3.0").expect("3"), 3);
    assert_eq!(i64_of("-2e3").expect("-2000"), -2000);
    for text in ["3.5", "1e19", "9223372036854775808", "\"3\""] {
        assert!(i64_of(text).is_err(), "{text}");
    }
    let u64_of = |text: &str| read::<u64, _>(&mut serde_json::Deserializer::from_str(text));
    assert_eq!(u64_of("18446744073709551615").expect("the last"), u64::MAX);
    assert!(u64_of("-1").is_err() && u64_of("-1.0").is_err());
    let i128_of = |text: &str| read::<i128, _>(&mut serde_json::Deserializer::from_str(text));
    assert_eq!(i128_of("-1").expect("-1"), -1);
    assert_eq!(
        i128_of("18446744073709551615").expect("the last"),
        u64::MAX.into()
    );
}

#[test]
fn base64_url_alphabet_without_padding() {
    // RFC 4648 section 10, and the bytes in which the alphabets differ.
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg"),
        (b"fo", "Zm8"),
        (b"foo", "Zm9v"),
        (b"foobar", "Zm9vYmFy"),
        (b"\xfb\xff", "-_8"),
    ] {
        let encoded = Base64Url::from(bytes);
        assert_eq!(encoded.as_str(), text);
        assert_eq!(encoded.decode().expect("base64url"), bytes);
        assert_eq!(serde_json::to_value(&encoded).expect("JSON"), text);
    }
    // What comes is read and goes back, whatever alphabet it has.
    for text in ["+/8=", "-_8", "not base64!"] {
        let kept: Base64Url = serde_json::from_value(text.into()).expect("any text");
        assert_eq!(kept.to_string(), text);
    }
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(Base64Url::from(all.clone()).decode().expect("bytes"), all);
}
