//! Bodies that are larger than a client wants.

use crate::harness::{OK, builder, get, run, run_within, status};
use crate::server::{Script, Server};

const MEBIBYTE: usize = 1024 * 1024;

/// A body of zeros without end, in all the ways in which one can be sent.
fn endless(head: &str) -> [Script; 3] {
    let zeros = "0".repeat(0x10000);
    let script = |headers: &str| Script::raw(format!("{head}{headers}\r\n\r\n"));
    [
        script("content-length: 1000000000000").forever(&zeros),
        script("transfer-encoding: chunked").forever(format!("10000\r\n{zeros}\r\n")),
        script("x-to-the: end").forever(&zeros),
    ]
}

#[test]
fn a_body_without_end_ends_at_the_cap() {
    run(async {
        for cap in [0, 1, 1000, MEBIBYTE] {
            for script in endless(OK) {
                let server = Server::start([script]);
                let client = builder(&server).max_body_size(cap).build();
                let error = get(&client.expect("a client")).await;
                let error = error.expect_err("it is no batch");
                assert!(error.is_decode(), "{error}");
                assert_eq!((status(&error), error.attempts()), (Some(200), 1));
                assert_eq!(error.body().len(), cap);
                assert!(error.to_string().contains(&cap.to_string()), "{error}");
                server.abandoned().await;
            }
        }
    });
}

#[test]
fn a_body_over_the_cap_is_not_asked_for_again() {
    run(async {
        let server = Server::start([Script::json(200, "[1, 2, 3]")]);
        let client = builder(&server).max_body_size(5).max_retries(2).build();
        let error = get(&client.expect("a client")).await.expect_err("no batch");
        assert!(error.is_decode(), "{error}");
        assert_eq!((error.attempts(), server.connections()), (1, 1));
    });
}

#[test]
fn the_body_of_an_error_is_cut_at_the_cap_and_the_error_is_the_status() {
    run(async {
        for cap in [0, 1, 1000, MEBIBYTE] {
            for script in endless("HTTP/1.1 409 Conflict\r\n") {
                let server = Server::start([script]);
                let client = builder(&server).max_error_body_size(cap).build();
                let error = get(&client.expect("a client")).await;
                let error = error.expect_err("it is a conflict");
                assert!(error.is_conflict(), "{error}");
                assert_eq!(error.body().len(), cap);
                server.abandoned().await;
            }
        }
    });
}

#[test]
fn the_body_of_a_redirect_that_is_not_followed_is_cut_at_the_cap() {
    run(async {
        for script in endless("HTTP/1.1 302 Found\r\nlocation: http://example.com\r\n") {
            let server = Server::start([script]);
            let client = builder(&server).max_error_body_size(1000).build();
            let error = get(&client.expect("a client")).await;
            let error = error.expect_err("it leads elsewhere");
            assert_eq!((status(&error), error.body().len()), (Some(302), 1000));
            server.abandoned().await;
        }
    });
}

#[test]
fn a_client_that_says_nothing_takes_64_mebibytes_and_1_of_an_error() {
    // The allocator that counts doesn't grow in place, so old and new are held at once.
    run_within(256 * MEBIBYTE as u64, async {
        let [sized, ..] = endless(OK);
        let [refused, ..] = endless("HTTP/1.1 500 No\r\n");
        for (script, most) in [(sized, 64 * MEBIBYTE), (refused, MEBIBYTE)] {
            let server = Server::start([script]);
            let error = get(&builder(&server).build().expect("a client")).await;
            let error = error.expect_err("it is no batch");
            assert_eq!(error.body().len(), most);
            server.abandoned().await;
        }
    });
}

#[test]
fn a_body_in_a_hundred_thousand_pieces_is_held_once() {
    run(async {
        let head = format!("{OK}transfer-encoding: chunked\r\n\r\n");
        let server = Server::start([Script::raw(head).forever("1\r\n0\r\n".repeat(10_000))]);
        let client = builder(&server).max_body_size(100_000).build();
        let error = get(&client.expect("a client")).await.expect_err("no batch");
        assert!(error.is_decode(), "{error}");
        assert_eq!(error.body().len(), 100_000);
    });
}
