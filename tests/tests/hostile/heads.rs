//! Status lines and headers that are wrong, or too many.

use crate::harness::{
    BATCH, OK, assert_batch, assert_no_response, client, error_of, get, run, status, undecoded,
};
use crate::server::{Script, Server};

#[test]
fn what_is_not_http_is_an_error() {
    run(async {
        for bytes in [
            "hello\r\n\r\n",
            "\0\u{1}\u{2}\r\n\r\n",
            "220 smtp.example.com ESMTP\r\n",
            "SSH-2.0-OpenSSH_9.9\r\n",
            "\u{16}\u{3}\u{1}\0\u{5}hello",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
            BATCH,
        ] {
            assert_no_response(Script::raw(bytes)).await;
        }
    });
}

#[test]
fn a_response_without_a_status_line_is_an_error() {
    run(async {
        assert_no_response(Script::raw(format!("content-length: 2\r\n\r\n{BATCH}"))).await;
        assert_no_response(Script::raw(format!("\r\n\r\n{BATCH}"))).await;
        // HTTP/0.9: the body alone.
        assert_no_response(Script::raw(format!("<html>{BATCH}</html>\r\n"))).await;
    });
}

#[test]
fn a_bad_status_line_is_an_error() {
    run(async {
        for line in [
            "HTTP/1.1",
            "HTTP/1.1 ",
            "HTTP/1.1 OK",
            "HTTP/1.1 20",
            "HTTP/1.1 2000 OK",
            "HTTP/1.1 -200 OK",
            "HTTP/1.1 2x0 OK",
            "HTTP/1.1 099 OK",
            "HTTP/1.1 000 OK",
            "HTTP/1.1\t200 OK",
            "HTTP/1.1200 OK",
            "http/1.1 200 OK",
            " HTTP/1.1 200 OK",
            "HTTP/1.1 200 O\0K",
        ] {
            let response = format!("{line}\r\ncontent-length: {}\r\n\r\n{BATCH}", BATCH.len());
            assert_no_response(Script::raw(response)).await;
        }
    });
}

#[test]
fn a_wrong_version_is_an_error() {
    run(async {
        for version in [
            "0.9", "1.2", "1.10", "2", "2.0", "3", "9.9", "1", "x.y", "-1.1",
        ] {
            let response = format!("HTTP/{version} 200 OK\r\n\r\n{BATCH}");
            assert_no_response(Script::raw(response)).await;
        }
    });
}

#[test]
fn a_status_that_nobody_knows_is_told() {
    run(async {
        for number in [600, 777, 999] {
            let error = error_of(Script::response(number, &[], "?")).await;
            assert!(error.is_status() && !error.is_server(), "{error}");
            assert_eq!(status(&error), Some(number));
        }
    });
}

#[test]
fn a_status_line_without_a_reason_is_taken() {
    run(async {
        for line in [
            "HTTP/1.1 200",
            "HTTP/1.1 200 ",
            "HTTP/1.0 200 OK",
            "HTTP/1.1 200 \u{e9}",
        ] {
            assert_batch(Script::raw(format!("{line}\r\n\r\n{BATCH}"))).await;
        }
    });
}

#[test]
fn bad_bytes_in_a_header_are_an_error() {
    run(async {
        for header in [
            "no colon here",
            ": no name",
            "x y: z",
            "x\0: z",
            "x: a\0b",
            "x: a\u{1}b",
            "\u{e9}: z",
            "(x): z",
        ] {
            assert_no_response(Script::raw(format!("{OK}{header}\r\n\r\n{BATCH}"))).await;
        }
    });
}

#[test]
fn a_header_that_is_not_utf8_is_there_as_bytes() {
    run(async {
        let head = b"HTTP/1.1 500 No\r\nx-request-id: \xff\xfe\r\nx-odd: \xe9\r\n\r\n";
        let error = error_of(Script::raw(head).send("oh")).await;
        assert_eq!(error.request_id(), None);
        assert_eq!(
            error.headers().expect("a response")["x-odd"].as_bytes(),
            b"\xe9"
        );
        let head = b"HTTP/1.1 200 OK\r\ncontent-type: \xff\x80\r\n\r\n";
        assert_batch(Script::raw(head).send(BATCH)).await;
        undecoded(Script::raw(head).send("no")).await;
    });
}

#[test]
fn a_hundred_thousand_headers_are_an_error() {
    run(async {
        let numbered: Vec<String> = (0..100_000).map(|n| format!("x-{n}: y\r\n")).collect();
        for headers in [numbered.concat(), "x: y\r\n".repeat(100_000)] {
            assert_no_response(Script::raw(format!("{OK}{headers}\r\n{BATCH}"))).await;
        }
    });
}

#[test]
fn headers_without_end_are_an_error() {
    run(async {
        assert_no_response(Script::raw(OK).forever("x-more: y\r\n")).await;
        assert_no_response(Script::raw(OK).forever("x")).await;
        assert_no_response(Script::raw("HTTP/1.1 200 ").forever("O")).await;
        assert_no_response(Script::new().forever("\r\n")).await;
        assert_no_response(Script::new().forever("\0")).await;
    });
}

#[test]
fn a_header_of_ten_megabytes_is_an_error() {
    run(async {
        let thousand = "y".repeat(1000);
        for (before, after) in [
            (OK, "\r\n\r\n"),
            (OK, ": x\r\n\r\n"),
            ("HTTP/1.1 200 ", "\r\n\r\n"),
        ] {
            for before in [before.to_owned(), format!("{before}x: ")] {
                let script = Script::raw(before).times(10_000, &thousand);
                assert_no_response(script.send(after).send(BATCH)).await;
            }
        }
    });
}

#[test]
fn long_headers_that_are_let_through_make_no_long_error() {
    run(async {
        let long = "y".repeat(100_000);
        let headers = [("x-request-id", &*long), ("content-type", &long)];
        for script in [
            Script::response(500, &headers, &long),
            Script::response(200, &headers, &long),
            Script::response(302, &[("location", &format!("http://{long}"))], ""),
        ] {
            let error = error_of(script).await;
            assert!(error.to_string().len() < 2000, "{error}");
        }
    });
}

#[test]
fn a_cookie_that_a_server_sets_is_not_sent_back() {
    run(async {
        let cookie = [("set-cookie", "evil=1; path=/"), ("alt-svc", "h3=\":1\"")];
        let server = Server::start([
            Script::response(200, &cookie, BATCH),
            Script::json(200, BATCH),
        ]);
        let client = client(&server);
        for _ in 0..2 {
            get(&client).await.expect("a batch");
        }
        let requests = server.requests();
        assert!(!requests[1].contains("evil"), "{requests:?}");
        assert_eq!(requests[0], requests[1]);
    });
}
