//! Interim responses (1xx), which come before the final one.

use crate::harness::{
    BATCH, OK, assert_batch, assert_no_response, assert_times_out, error_of, run, status,
};
use crate::server::Script;

const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
const HINTS: &str = "HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n";

#[test]
fn interim_responses_are_passed_over() {
    run(async {
        let before = [CONTINUE, HINTS, "HTTP/1.1 102 Processing\r\n\r\n"].concat();
        let response = format!("{}{OK}\r\n{BATCH}", before.repeat(50));
        assert_batch(Script::raw(response)).await;
    });
}

#[test]
fn interim_responses_without_end_end_at_the_timeout() {
    run(async {
        for before in [CONTINUE, HINTS, "HTTP/1.1 199 Whatever\r\n\r\n"] {
            assert_times_out(Script::new().drip(before)).await;
            assert_times_out(Script::new().pour(before.repeat(100))).await;
        }
    });
}

#[test]
#[ignore = "the HTTP library reads up to 50 MB of them before it lets a timer run: seconds late where \
            it isn't optimised"]
fn interim_responses_without_end_as_fast_as_they_come_end_at_the_timeout() {
    run(async {
        assert_times_out(Script::new().forever(CONTINUE.repeat(1000))).await;
    });
}

#[test]
fn an_interim_response_and_then_nothing_is_an_error() {
    run(async {
        assert_no_response(Script::raw(CONTINUE)).await;
        assert_times_out(Script::raw(CONTINUE).stall()).await;
    });
}

#[test]
fn too_many_headers_of_an_interim_response_are_an_error() {
    run(async {
        let headers = "x: y\r\n".repeat(100_000);
        assert_no_response(Script::raw(format!("HTTP/1.1 103 Hints\r\n{headers}\r\n"))).await;
    });
}

#[test]
fn another_protocol_that_nobody_asked_for_is_an_error() {
    run(async {
        let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
        let error = error_of(Script::raw(head).send(BATCH)).await;
        assert!(!error.is_decode(), "{error}");
        assert!(matches!(status(&error), Some(101) | None), "{error}");
    });
}
