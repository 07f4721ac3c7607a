//! Texts in place of the headers that ask a client to wait: a wait that can be waited, or none.

use std::time::{Duration, SystemTime};

use http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode};
use llama_cloud::{FailedTry, Outcome, RetryDecision, RetryPolicy};

/// The longest wait that a client takes from a server.
const LONGEST: Duration = Duration::from_secs(60);

/// Takes three lines: `Retry-After`, `retry-after-ms`, and the time in seconds since 1970.
pub fn check(bytes: &[u8]) {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let mut headers = HeaderMap::new();
    let names = [RETRY_AFTER, HeaderName::from_static("retry-after-ms")];
    for (name, line) in names.into_iter().zip(&mut lines) {
        if let (false, Ok(value)) = (line.is_empty(), HeaderValue::from_bytes(line)) {
            headers.insert(name, value);
        }
    }
    let seconds = lines.next().map(String::from_utf8_lossy);
    let seconds = seconds.and_then(|text| text.trim().parse::<u32>().ok());
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.unwrap_or_default().into());

    let asked = asked(&headers, now);
    let policy = RetryPolicy::default();
    match (decision(policy, &headers, now), asked) {
        (RetryDecision::RetryAfter(wait), asked) => {
            assert!(
                !wait.is_zero() && wait <= LONGEST,
                "{wait:?} of {headers:?}"
            );
            assert_eq!(Some(wait), asked, "{headers:?}");
        }
        (RetryDecision::Stop, Some(asked)) => assert!(asked > LONGEST, "{headers:?}"),
        (RetryDecision::Retry, None) => {}
        other => panic!("{other:?} of {headers:?}"),
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("retry-after-ms").is_none()
        && let Some(text) = text("retry-after")
        && let Some(expected) = expected(text.trim(), now)
    {
        let expected = Some(expected).filter(|wait| !wait.is_zero());
        assert_eq!(asked, expected, "{text:?} at {now:?}");
    }
}

/// The wait that is asked for, however long.
fn asked(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let mut policy = RetryPolicy::default();
    policy.longest_asked = Duration::MAX;
    match decision(policy, headers, now) {
        RetryDecision::RetryAfter(wait) => Some(wait),
        _ => None,
    }
}

/// What a policy says of a 429 with these headers.
fn decision(policy: RetryPolicy, headers: &HeaderMap, now: SystemTime) -> RetryDecision {
    let outcome = Outcome::Status(StatusCode::TOO_MANY_REQUESTS, headers);
    let mut failed = FailedTry::new(&Method::GET, outcome);
    failed.now = now;
    policy.standard(&failed)
}

/// What `Retry-After` says by the book (RFC 9110, 10.2.3): whole seconds, or a date as another
/// library reads it. `None` where it isn't written by the book.
fn expected(text: &str, now: SystemTime) -> Option<Duration> {
    // More digits than these are beyond what a float counts exactly, and nobody waits.
    if !text.is_empty() && text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
