//! The decision about another try, as tables.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};

use crate::runtime::retry::{AttemptOutcome, FailedAttempt, RetryDecision, RetryPolicy};
use crate::runtime::retry_after;
use crate::runtime::retry_budget::RetryBudget;

/// 1994-11-06T08:49:37Z, the date of RFC 9110's examples.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

/// Header names and their values.
type Pairs<'a> = &'a [(&'static str, &'a str)];

fn headers(pairs: Pairs<'_>) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_bytes(value.as_bytes()).expect("a header"),
        )
    });
    pairs.collect()
}

fn verdict(
    method: &Method,
    has_idempotency_key: bool,
    outcome: AttemptOutcome<'_>,
) -> RetryDecision {
    RetryPolicy::default().default_decision(&FailedAttempt {
        method,
        has_idempotency_key,
        attempt: 1,
        max_retries: 2,
        outcome,
        now: now(),
    })
}

fn after(status: u16, method: &Method, pairs: Pairs<'_>) -> RetryDecision {
    let headers = headers(pairs);
    verdict(
        method,
        false,
        AttemptOutcome::Status(StatusCode::from_u16(status).expect("a status"), &headers),
    )
}

const SAFE: [Method; 6] = [
    Method::GET,
    Method::HEAD,
    Method::PUT,
    Method::DELETE,
    Method::OPTIONS,
    Method::TRACE,
];
const UNSAFE: [Method; 2] = [Method::POST, Method::PATCH];

#[test]
fn retry_of_idempotent_requests() {
    for method in &SAFE {
        assert_eq!(
            verdict(method, false, AttemptOutcome::ConnectError),
            RetryDecision::Retry
        );
        assert_eq!(
            verdict(method, false, AttemptOutcome::NoResponse),
            RetryDecision::Retry
        );
        assert_eq!(
            verdict(method, false, AttemptOutcome::NotRetryable),
            RetryDecision::Stop
        );
        for status in [408, 409, 429, 500, 502, 503, 504, 599] {
            assert_eq!(after(status, method, &[]), RetryDecision::Retry, "{status}");
        }
        for status in [300, 304, 400, 401, 403, 404, 410, 422, 425, 499, 600] {
            assert_eq!(after(status, method, &[]), RetryDecision::Stop, "{status}");
        }
    }
}

#[test]
fn retry_of_other_requests_only_if_not_processed() {
    for method in &UNSAFE {
        assert_eq!(
            verdict(method, false, AttemptOutcome::ConnectError),
            RetryDecision::Retry
        );
        assert_eq!(
            verdict(method, false, AttemptOutcome::NoResponse),
            RetryDecision::Stop
        );
        for status in [408, 409, 500, 502, 503, 504] {
            assert_eq!(after(status, method, &[]), RetryDecision::Stop, "{status}");
        }
        assert_eq!(after(429, method, &[]), RetryDecision::Retry);
        let wait = RetryDecision::RetryAfter(Duration::from_secs(3));
        assert_eq!(after(503, method, &[("retry-after", "3")]), wait);
        assert_eq!(
            after(503, method, &[("retry-after", "soon")]),
            RetryDecision::Stop
        );
        for status in [408, 409, 500, 502, 504] {
            assert_eq!(
                after(status, method, &[("retry-after", "3")]),
                RetryDecision::Stop,
                "{status}"
            );
        }
    }
}

#[test]
fn retry_with_an_idempotency_key() {
    let none = HeaderMap::new();
    assert_eq!(
        verdict(&Method::POST, true, AttemptOutcome::NoResponse),
        RetryDecision::Retry
    );
    let failed = AttemptOutcome::Status(StatusCode::INTERNAL_SERVER_ERROR, &none);
    assert_eq!(verdict(&Method::POST, true, failed), RetryDecision::Retry);
    let refused = AttemptOutcome::Status(StatusCode::NOT_FOUND, &none);
    assert_eq!(verdict(&Method::POST, true, refused), RetryDecision::Stop);
}

#[test]
fn retry_header_of_the_server_decides() {
    for method in &[Method::GET, Method::POST] {
        for status in [400, 404, 429, 500, 503] {
            assert_eq!(
                after(status, method, &[("x-should-retry", "true")]),
                RetryDecision::Retry
            );
            assert_eq!(
                after(
                    status,
                    method,
                    &[("x-should-retry", "false"), ("retry-after", "1")]
                ),
                RetryDecision::Stop
            );
        }
    }
    assert_eq!(
        after(404, &Method::GET, &[("x-should-retry", "maybe")]),
        RetryDecision::Stop
    );
    let both = [("x-should-retry", "true"), ("retry-after", "61")];
    assert_eq!(after(400, &Method::GET, &both), RetryDecision::Stop);
}

#[test]
fn retry_after_replaces_the_backoff_up_to_a_minute() {
    let wait = |value| after(429, &Method::POST, &[("retry-after", value)]);
    assert_eq!(wait("0"), RetryDecision::Retry);
    assert_eq!(
        wait("0.25"),
        RetryDecision::RetryAfter(Duration::from_millis(250))
    );
    assert_eq!(
        wait("60"),
        RetryDecision::RetryAfter(Duration::from_secs(60))
    );
    assert_eq!(wait("60.001"), RetryDecision::Stop);
    assert_eq!(wait("99999999999999999999999"), RetryDecision::Stop);
    assert_eq!(wait("-5"), RetryDecision::Retry);
    assert_eq!(
        wait("Sun, 06 Nov 1994 08:49:39 GMT"),
        RetryDecision::RetryAfter(Duration::from_secs(2))
    );
    assert_eq!(wait("Sun, 06 Nov 1994 08:50:38 GMT"), RetryDecision::Stop);
    assert_eq!(wait("Sun, 06 Nov 1994 08:49:00 GMT"), RetryDecision::Retry);
}

#[test]
fn retry_attempts_are_counted() {
    let facts = |attempt, max_retries| FailedAttempt {
        method: &Method::GET,
        has_idempotency_key: false,
        attempt,
        max_retries,
        outcome: AttemptOutcome::ConnectError,
        now: now(),
    };
    assert_eq!(
        RetryPolicy::default().default_decision(&facts(1, 0)),
        RetryDecision::Stop
    );
    assert_eq!(
        RetryPolicy::default().default_decision(&facts(1, 1)),
        RetryDecision::Retry
    );
    assert_eq!(
        RetryPolicy::default().default_decision(&facts(2, 1)),
        RetryDecision::Stop
    );
    assert_eq!(
        RetryPolicy::default().default_decision(&facts(u32::MAX, u32::MAX)),
        RetryDecision::Retry
    );
}

#[test]
fn retry_after_headers_in_all_formats() {
    let second = Some(Duration::from_secs(1));
    let cases: &[(Pairs<'_>, Option<Duration>)] = &[
        (&[], None),
        (&[("retry-after", "1")], second),
        (&[("retry-after", " 1 ")], second),
        (&[("retry-after", "1.")], second),
        (&[("retry-after-ms", "1000")], second),
        (
            &[("retry-after-ms", "1.5")],
            Some(Duration::from_micros(1500)),
        ),
        (&[("retry-after-ms", "1000"), ("retry-after", "7")], second),
        (&[("retry-after-ms", "soon"), ("retry-after", "1")], second),
        (&[("retry-after-ms", "0"), ("retry-after", "1")], second),
        (&[("retry-after-ms", "0")], Some(Duration::ZERO)),
        (&[("retry-after", "Sun, 06 Nov 1994 08:49:38 GMT")], second),
        (&[("retry-after", "Sunday, 06-Nov-94 08:49:38 GMT")], second),
        (&[("retry-after", "Sun Nov  6 08:49:38 1994")], second),
        (
            &[("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT")],
            Some(Duration::ZERO),
        ),
        (&[("retry-after", "Mon, 01 Jan 1900 00:00:00 GMT")], None),
        (&[("retry-after", "Sun, 06 Nov 1994 08:49:38 CET")], None),
        (&[("retry-after", "Sun, 32 Nov 1994 08:49:38 GMT")], None),
        (&[("retry-after", "Sun, 06 Now 1994 08:49:38 GMT")], None),
        (&[("retry-after", "Sun, 06 Nov 1994 24:49:38 GMT")], None),
        (&[("retry-after", "Sun, 06 Nov 1994 08:49 GMT")], None),
        (&[("retry-after", "")], None),
        (&[("retry-after", ".")], None),
        (&[("retry-after", "1.2.3")], None),
        (&[("retry-after", "inf")], None),
        (&[("retry-after", "NaN")], None),
        (&[("retry-after", "1e3")], None),
        (&[("retry-after", "+1")], None),
        (&[("retry-after", "\u{e9}")], None),
    ];
    for (pairs, expected) in cases {
        assert_eq!(
            retry_after::read(&headers(pairs), now()),
            *expected,
            "{pairs:?}"
        );
    }
}

#[test]
fn retry_after_dates_over_leap_days() {
    let read = |date| retry_after::read(&headers(&[("retry-after", date)]), SystemTime::UNIX_EPOCH);
    for (date, seconds) in [
        ("Thu, 01 Jan 1970 00:00:01 GMT", 1),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
        ("Fri, 31 Dec 2027 23:59:59 GMT", 1_830_297_599),
        ("Sun, 01 Mar 2100 12:00:00 GMT", 4_107_585_600),
        ("Fri, 31 Dec 9999 23:59:60 GMT", 253_402_300_800),
    ] {
        assert_eq!(read(date), Some(Duration::from_secs(seconds)), "{date}");
    }
}

#[test]
fn retry_backoff_doubles_up_to_a_limit() {
    let policy = RetryPolicy::default();
    let waits: Vec<u128> = (1..=7)
        .map(|attempt| policy.backoff(attempt, 0.0).as_millis())
        .collect();
    assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert_eq!(policy.backoff(1, 1.0).as_millis(), 375);
    assert_eq!(policy.backoff(u32::MAX, 0.5).as_millis(), 7000);
    let drawn: Vec<Duration> = (0..100)
        .map(|_| policy.backoff(1, crate::runtime::random::fraction()))
        .collect();
    assert!(
        drawn
            .iter()
            .all(|wait| (375..=500).contains(&wait.as_millis()))
    );
    assert!(drawn.iter().any(|wait| *wait != drawn[0]));
}

#[test]
fn retry_budget_stops_a_storm_and_fills_with_successes() {
    let bucket = RetryBudget::full();
    bucket.reward(true);
    let taken = (0..1000).filter(|_| bucket.take()).count();
    assert_eq!(taken, 100);
    for _ in 0..4 {
        bucket.reward(false);
        assert!(!bucket.take());
    }
    bucket.reward(false);
    assert!(bucket.take() && !bucket.take());
    bucket.reward(true);
    assert!(bucket.take() && !bucket.take());
}
