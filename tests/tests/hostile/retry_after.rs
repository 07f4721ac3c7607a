//! The waits that a server asks for, in all the ways in which nobody should.
//!
//! The clock is virtual, and the wait is the only timer: what has passed at the end is the wait.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use llama_cloud::Error;
use tokio::time::Instant;

use crate::harness::{
    BATCH, COOKIE, assert_presentable, builder, client, get, new_batch, run, run_on_virtual_clock,
    status, timeless_client,
};
use crate::server::{Script, Server};

/// What the client makes of the headers.
#[derive(Clone, Copy, Debug)]
enum Wait {
    /// Its own first pause.
    Own,
    /// As many milliseconds.
    Of(u64),
    /// None, since it would be too long: the error comes at once.
    TooLong,
}

use Wait::{Of, Own, TooLong};

/// How far a virtual clock is off, which counts in milliseconds.
const TICKS: Duration = Duration::from_millis(2);

type Headers<'a> = &'a [(&'a str, &'a str)];

/// Asserts which wait follows a response with these headers.
async fn assert_wait(code: u16, headers: Headers<'_>, expected: Wait) {
    let server = Server::start([
        Script::response(code, headers, "no"),
        Script::json(200, BATCH),
    ]);
    let client = timeless_client(&server);
    let started = Instant::now();
    let sent = client.batches().get("bat-1").session(COOKIE);
    let sent = sent.send_with_response().await;
    let waited = started.elapsed();
    let (least, most) = match expected {
        Own => (Duration::from_millis(375), Duration::from_millis(500)),
        Of(wait) => (Duration::from_millis(wait), Duration::from_millis(wait)),
        TooLong => {
            let error = sent.expect_err("the wait is too long");
            assert_presentable(&error);
            assert_eq!((status(&error), error.attempts()), (Some(code), 1));
            let asked = error.retry_after().expect("it asks for a wait");
            assert!(asked > Duration::from_secs(60), "{headers:?}: {asked:?}");
            assert_eq!(waited, Duration::ZERO, "{headers:?}");
            return;
        }
    };
    let response = sent.unwrap_or_else(|error| panic!("{headers:?}: {error}"));
    assert_eq!(response.attempts(), 2, "{headers:?}");
    assert!(least <= waited, "{headers:?}: {waited:?}");
    assert!(waited <= most + TICKS, "{headers:?}: {waited:?}");
}

/// The wait that an error tells of, where nobody tries again.
async fn told(headers: Headers<'_>) -> Option<Duration> {
    let server = Server::start([Script::response(429, headers, "no")]);
    let error: Error = get(&client(&server)).await.expect_err("it says no");
    error.retry_after()
}

#[test]
fn retry_after_of_every_odd_value() {
    run_on_virtual_clock(async {
        let digits = "9".repeat(400);
        for (value, wait) in [
            ("5", Of(5000)),
            (" 5 ", Of(5000)),
            ("005", Of(5000)),
            ("0.5", Of(500)),
            (".5", Of(500)),
            ("5.", Of(5000)),
            ("0.001", Of(1)),
            ("59.999", Of(59_999)),
            ("60", Of(60_000)),
            ("60.001", TooLong),
            ("61", TooLong),
            ("1000000000", TooLong),
            ("18446744073709551616", TooLong),
            (&digits, TooLong),
            ("0", Own),
            ("0.0", Own),
            ("-0", Own),
            ("-1", Own),
            ("+5", Own),
            ("1e9", Own),
            ("1e309", Own),
            ("1e-400", Own),
            ("nan", Own),
            ("NaN", Own),
            ("inf", Own),
            ("-inf", Own),
            ("infinity", Own),
            ("abc", Own),
            ("", Own),
            (".", Own),
            ("1.2.3", Own),
            ("5s", Own),
            ("5, 10", Own),
            ("0x5", Own),
            ("1_000", Own),
            ("5\u{a0}", Own),
            ("\u{665}", Own),
        ] {
            assert_wait(503, &[("retry-after", value)], wait).await;
        }
    });
}

#[test]
fn retry_after_ms_of_every_odd_value() {
    run_on_virtual_clock(async {
        for (value, wait) in [
            ("5", Of(5)),
            (" 5 ", Of(5)),
            ("1500.5", Of(1501)),
            ("60000", Of(60_000)),
            ("60001", TooLong),
            ("1000000000000", TooLong),
            ("99999999999999999999999999", TooLong),
            ("0", Own),
            ("-1", Own),
            ("1e3", Own),
            ("1e309", Own),
            ("nan", Own),
            ("inf", Own),
            ("abc", Own),
            ("", Own),
            ("\u{665}", Own),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Own),
        ] {
            assert_wait(429, &[("retry-after-ms", value)], wait).await;
        }
    });
}

#[test]
fn milliseconds_go_before_seconds_where_they_can_be_read() {
    run_on_virtual_clock(async {
        for (milliseconds, seconds, wait) in [
            ("7000", "9", Of(7000)),
            ("7000", "abc", Of(7000)),
            ("7000", "3600", Of(7000)),
            ("60001", "1", TooLong),
            ("abc", "9", Of(9000)),
            ("-1", "9", Of(9000)),
            ("nan", "9", Of(9000)),
            ("", "9", Of(9000)),
            ("abc", "3600", TooLong),
            ("abc", "abc", Own),
        ] {
            let headers = [("retry-after", seconds), ("retry-after-ms", milliseconds)];
            assert_wait(500, &headers, wait).await;
        }
    });
}

#[test]
fn of_two_waits_the_first_one_counts() {
    run_on_virtual_clock(async {
        for (first, second, wait) in [
            ("3", "9", Of(3000)),
            ("3", "3600", Of(3000)),
            ("61", "1", TooLong),
        ] {
            let headers = [("retry-after", first), ("retry-after", second)];
            assert_wait(503, &headers, wait).await;
        }
    });
}

#[test]
fn a_date_in_the_past_is_no_wait() {
    run_on_virtual_clock(async {
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Thu, 01 Jan 1970 00:00:00 GMT",
        ] {
            assert_wait(503, &[("retry-after", date)], Own).await;
        }
    });
}

#[test]
fn a_date_that_is_none_is_no_wait() {
    run_on_virtual_clock(async {
        for date in [
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "Mon, 01 Jan 0000 00:00:00 GMT",
            "Fri, 31 Dec 99999 23:59:59 GMT",
            "Fri, 32 Dec 2100 23:59:59 GMT",
            "Fri, 00 Dec 2100 23:59:59 GMT",
            "Fri, 31 Foo 2100 23:59:59 GMT",
            "Fri, 31 Dec 2100 24:59:59 GMT",
            "Fri, 31 Dec 2100 23:60:59 GMT",
            "Fri, 31 Dec 2100 23:59:99 GMT",
            "Fri, 31 Dec 2100 23:59 GMT",
            "Fri, 31 Dec 2100 23:59:59 +0000",
            "Fri, 31 Dec 2100",
            "2100-12-31T23:59:59Z",
            ", , , , GMT",
            "Fri, -1 Dec 2100 -1:-1:-1 GMT",
        ] {
            assert_wait(503, &[("retry-after", date)], Own).await;
        }
    });
}

#[test]
fn a_date_far_away_is_too_long() {
    run_on_virtual_clock(async {
        for date in [
            "Fri, 31 Dec 2199 23:59:59 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Fri Dec 31 23:59:59 9999",
            "Mon, 29 Feb 2096 00:00:00 GMT",
        ] {
            assert_wait(503, &[("retry-after", date)], TooLong).await;
        }
    });
}

#[test]
fn a_date_that_is_near_is_waited_for() {
    run(async {
        let near = Timestamp::now() + SignedDuration::from_secs(50);
        for form in [
            "%a, %d %b %Y %H:%M:%S GMT",
            "%A, %d-%b-%y %H:%M:%S GMT",
            "%a %b %e %H:%M:%S %Y",
        ] {
            let date = near.strftime(form).to_string();
            let wait = told(&[("retry-after", &date)]).await;
            let wait = wait.unwrap_or_else(|| panic!("{date} is a date"));
            let expected = Duration::from_secs(20)..=Duration::from_secs(50);
            assert!(expected.contains(&wait), "{date}: {wait:?}");
        }
    });
}

#[test]
fn an_error_tells_the_wait_that_was_asked_for() {
    run(async {
        for (name, value, wait) in [
            ("retry-after", "120", Some(Duration::from_mins(2))),
            ("retry-after", "0.5", Some(Duration::from_millis(500))),
            ("retry-after-ms", "90000", Some(Duration::from_secs(90))),
            ("retry-after", "-1", None),
            ("retry-after", "nan", None),
            ("retry-after", "inf", None),
            ("retry-after", "1e309", None),
            ("retry-after", "abc", None),
            ("retry-after", "", None),
        ] {
            assert_eq!(told(&[(name, value)]).await, wait, "{name}: {value}");
        }
        let far = told(&[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")]).await;
        let millennia = Duration::from_secs(7000 * 365 * 24 * 60 * 60);
        assert!(far.expect("a date") > millennia);
    });
}

#[test]
fn a_wait_that_cannot_be_read_does_not_make_a_create_repeatable() {
    run(async {
        for value in ["-1", "nan", "inf", "1e309", "abc", ""] {
            let refusal = Script::response(503, &[("retry-after", value)], "no");
            let server = Server::start([refusal, Script::json(201, BATCH)]);
            let client = builder(&server).max_retries(2).build().expect("a client");
            let sent = client.batches().create(new_batch()).send().await;
            let error = sent.expect_err("it isn't sent again");
            assert_presentable(&error);
            assert_eq!((error.attempts(), server.connections()), (1, 1), "{value}");
        }
    });
}

#[test]
fn a_server_that_always_asks_for_one_more_minute_is_left_after_the_last_retry() {
    run_on_virtual_clock(async {
        let patience = [("retry-after", "60"), ("x-should-retry", "true")];
        let no = Script::response(400, &patience, "no");
        let server = Server::start(std::iter::repeat_n(no, 10));
        let client = timeless_client(&server);
        let call = client.batches().get("bat-1").with_max_retries(3);
        let error = call.send().await.expect_err("it says no");
        assert_eq!((error.attempts(), server.connections()), (4, 4));
    });
}
