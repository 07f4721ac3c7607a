//! Texts in place of the headers that ask a client to wait: a wait that can be waited, or none.

use std::time::{Duration, SystemTime};

use http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode};
use llama_cloud::{AttemptOutcome, FailedAttempt, RetryDecision, RetryPolicy};

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
    match (decision(&policy, &headers, now), asked) {
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
    if let (None, Some(text)) = (text("retry-after-ms"), text("retry-after")) {
        agrees(text.trim(), &headers, now);
    }
}

/// Whether what the book says of `Retry-After` (RFC 9110, 10.2.3) is what is waited: whole seconds, or
/// a date, of which another library says which it is.
fn agrees(text: &str, headers: &HeaderMap, now: SystemTime) {
    let expected = |wait: Duration| Some(wait).filter(|wait| !wait.is_zero());
    // More digits than these are beyond what a float counts exactly, and nobody waits.
    if text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        if let Ok(seconds) = text.parse() {
            let wait = Duration::from_secs(seconds);
            assert_eq!(asked(headers, now), expected(wait), "{text:?}");
        }
        return;
    }
    let Ok(date) = httpdate::parse_http_date(text) else {
        return;
    };
    // The library takes any byte for a separator, so its word counts where the date is taken here too,
    // and where it is written in the form that is to be preferred.
    let is_taken = asked(headers, SystemTime::UNIX_EPOCH).is_some();
    if is_taken || httpdate::fmt_http_date(date) == text {
        let wait = date.duration_since(now).unwrap_or_default();
        assert_eq!(asked(headers, now), expected(wait), "{text:?} at {now:?}");
    }
}

/// The wait that is asked for, however long.
fn asked(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let mut policy = RetryPolicy::default();
    policy.max_retry_after = Duration::MAX;
    match decision(&policy, headers, now) {
        RetryDecision::RetryAfter(wait) => Some(wait),
        _ => None,
    }
}

/// What a policy says of a 429 with these headers.
fn decision(policy: &RetryPolicy, headers: &HeaderMap, now: SystemTime) -> RetryDecision {
    let outcome = AttemptOutcome::Status(StatusCode::TOO_MANY_REQUESTS, headers);
    let mut failed = FailedAttempt::new(&Method::GET, outcome);
    failed.now = now;
    policy.default_decision(&failed)
}
