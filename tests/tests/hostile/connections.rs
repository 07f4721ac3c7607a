//! Connections that aren't made, that end early, and that stall.

use std::time::Duration;

use llama_cloud::{Client, Error};

use crate::harness::{
    BATCH, KEY, OK, SHORT, assert_batch, assert_no_response, assert_presentable, assert_times_out,
    broken_off, builder, client, error_of, get, new_batch, run, run_on_virtual_clock, run_within,
    status, timeless_client,
};
use crate::server::{Script, Server, closed_port};

async fn error_at(url: String) -> Error {
    let builder = Client::builder().api_key(KEY).base_url(url).max_retries(0);
    let client = builder.build().expect("a client");
    get(&client).await.expect_err("nobody responds there")
}

#[test]
fn a_refused_connection_is_told() {
    run(async {
        let port = closed_port();
        let error = error_at(format!("http://127.0.0.1:{port}")).await;
        assert!(error.is_connect() && !error.is_timeout(), "{error}");
        assert_eq!((status(&error), error.attempts()), (None, 1));
        assert!(error.to_string().contains(&port.to_string()), "{error}");
    });
}

#[test]
fn a_connection_that_is_closed_at_once_is_an_error() {
    run(async {
        assert_no_response(Script::deaf()).await;
    });
}

#[test]
fn a_connection_that_is_closed_before_a_response_is_an_error() {
    run(async {
        assert_no_response(Script::new()).await;
    });
}

#[test]
fn a_connection_that_is_closed_within_the_headers_is_an_error() {
    run(async {
        for head in ["H", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\n", OK, "\r\n"] {
            assert_no_response(Script::raw(head)).await;
        }
        assert_no_response(Script::raw(format!("{OK}content-length: 5\r\n"))).await;
    });
}

#[test]
fn a_body_that_ends_before_its_length_is_an_error_that_has_what_came() {
    run(async {
        let cut = &BATCH[..40];
        let head = format!("{OK}content-length: {}\r\n\r\n", BATCH.len());
        let error = broken_off(Script::raw(head).send(cut)).await;
        assert_eq!(error.body(), cut.as_bytes());
        assert!(error.to_string().contains("40 bytes"), "{error}");
    });
}

#[test]
fn a_whole_batch_in_a_body_that_lacks_a_byte_is_not_taken() {
    run(async {
        let head = format!("{OK}content-length: {}\r\n\r\n", BATCH.len() + 1);
        broken_off(Script::raw(head).send(BATCH)).await;
    });
}

#[test]
fn chunks_without_an_end_are_an_error_that_has_what_came() {
    run(async {
        let chunk = format!("{:x}\r\n{BATCH}\r\n", BATCH.len());
        let head = format!("{OK}transfer-encoding: chunked\r\n\r\n");
        let error = broken_off(Script::raw(head).send(chunk)).await;
        assert_eq!(error.body(), BATCH.as_bytes());
    });
}

#[test]
fn an_error_whose_body_breaks_off_keeps_its_status() {
    run(async {
        let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 100\r\n\r\n";
        let error = error_of(Script::raw(head).send("there is no")).await;
        assert!(error.is_not_found(), "{error}");
        assert_eq!(error.body(), b"there is no");
    });
}

#[test]
fn a_stall_before_the_headers_ends_at_the_timeout() {
    run(assert_times_out(Script::new().stall()));
}

#[test]
fn a_stall_within_the_headers_ends_at_the_timeout() {
    run(async {
        for head in ["H", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\n", OK] {
            assert_times_out(Script::raw(head).stall()).await;
        }
    });
}

#[test]
fn a_stall_within_the_body_ends_at_the_timeout() {
    run(async {
        for rest in [
            "content-length: 1000\r\n\r\n",
            "content-length: 1000\r\n\r\n{\"id\"",
            "transfer-encoding: chunked\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\n5",
            "transfer-encoding: chunked\r\n\r\n5\r\n{\"i",
            "\r\n{\"id\"",
        ] {
            assert_times_out(Script::raw(format!("{OK}{rest}")).stall()).await;
        }
    });
}

#[test]
fn an_error_whose_body_stalls_is_told_by_its_status() {
    run(async {
        let head = "HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\nnot";
        let server = Server::start([Script::raw(head).stall()]);
        let client = builder(&server).timeout(SHORT).build().expect("a client");
        let error = get(&client).await.expect_err("it is no batch");
        assert!(error.is_permission_denied(), "{error}");
        assert_eq!(error.body(), b"not");
        server.abandoned().await;
    });
}

#[test]
fn headers_a_byte_at_a_time_end_at_the_timeout() {
    run(async {
        assert_times_out(Script::raw(OK).drip("x-slow: yes\r\n")).await;
        assert_times_out(Script::raw("HTTP/1.1 200 ").drip("O")).await;
    });
}

#[test]
fn a_body_a_byte_at_a_time_ends_at_the_timeout() {
    run(async {
        let sized = format!("{OK}content-length: 1000000\r\n\r\n");
        assert_times_out(Script::raw(sized).drip(" ")).await;
        let chunked = format!("{OK}transfer-encoding: chunked\r\n\r\n");
        assert_times_out(Script::raw(chunked).drip("1\r\n \r\n")).await;
        let to_the_end = format!("{OK}\r\n");
        assert_times_out(Script::raw(to_the_end).drip("[")).await;
    });
}

#[test]
fn the_total_timeout_ends_a_body_that_drips() {
    run(async {
        let server = Server::start([Script::raw(format!("{OK}\r\n")).drip("[")]);
        let client = builder(&server).total_timeout(SHORT).build();
        let error = get(&client.expect("a client")).await.expect_err("no batch");
        assert!(error.is_timeout(), "{error}");
        assert!(error.to_string().contains("total timeout"), "{error}");
        server.abandoned().await;
    });
}

#[test]
fn the_total_timeout_ends_a_call_whose_every_try_stalls() {
    run(async {
        let stalls = std::iter::repeat_n(Script::new().stall(), 100);
        let server = Server::start(stalls);
        let client = builder(&server)
            .timeout(Duration::from_millis(50))
            .total_timeout(Duration::from_secs(1))
            .max_retries(99);
        let error = get(&client.build().expect("a client")).await;
        let error = error.expect_err("nobody responds");
        assert!(error.is_timeout(), "{error}");
        assert!(server.connections() < 20, "{}", server.connections());
        server.abandoned().await;
    });
}

#[test]
fn a_call_that_is_dropped_lets_go_of_its_connection() {
    run(async {
        for script in [
            Script::new().stall(),
            Script::raw(format!("{OK}content-length: 9\r\n\r\n[")).stall(),
            Script::raw(format!("{OK}\r\n")).drip("["),
        ] {
            let server = Server::start([script]);
            let client = client(&server);
            let dropped = tokio::time::timeout(SHORT, get(&client)).await;
            assert!(dropped.is_err(), "{dropped:?}");
            assert_eq!(server.connections(), 1);
            server.abandoned().await;
        }
    });
}

#[test]
fn tries_that_fail_in_each_way_end_in_a_success_all_the_same() {
    run_on_virtual_clock(async {
        let server = Server::start([
            Script::deaf(),
            Script::raw(&OK[..20]),
            Script::raw("nonsense\r\n\r\n"),
            Script::raw(format!("{OK}content-length: 1000\r\n\r\n{{")),
            Script::raw(format!("{OK}transfer-encoding: chunked\r\n\r\nzz\r\n")),
            Script::json(200, BATCH),
        ]);
        let call = timeless_client(&server).batches().get("bat-1");
        let response = call.with_max_retries(5).send_with_response().await;
        assert_eq!(response.expect("the sixth is sound").attempts(), 6);
    });
}

#[test]
fn a_response_before_the_request_was_read_is_the_response() {
    // The body is the caller's own.
    run_within(128 * 1024 * 1024, async {
        let refusal = "HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nbig";
        let server = Server::start([Script::after_the_head().send(refusal).stall()]);
        let mut body = new_batch();
        body.source_directory_id = "d".repeat(16 * 1024 * 1024);
        let sent = client(&server).batches().create(body).send().await;
        let error = sent.expect_err("it is too large");
        assert_presentable(&error);
        assert_eq!((status(&error), error.body()), (Some(413), &b"big"[..]));
    });
}

#[test]
fn a_server_that_does_not_speak_tls_is_told() {
    run(async {
        let server = Server::start([Script::deaf().send("HTTP/1.1 400 Bad Request\r\n\r\n")]);
        let error = error_at(server.url().replace("http:", "https:")).await;
        assert!(error.is_connect(), "{error}");
        assert_eq!(status(&error), None);
    });
}

#[test]
fn a_tls_handshake_that_stalls_ends_at_the_timeout() {
    run(async {
        let server = Server::start([Script::deaf().stall()]);
        let builder = Client::builder()
            .api_key(KEY)
            .base_url(server.url().replace("http:", "https:"))
            .timeout(SHORT)
            .max_retries(0);
        let error = get(&builder.build().expect("a client")).await;
        let error = error.expect_err("it never ends");
        assert!(error.is_timeout(), "{error}");
        server.abandoned().await;
    });
}

#[test]
fn a_response_a_byte_at_a_time_is_taken_when_it_comes_in_time() {
    run(async {
        let response = format!("{OK}content-length: {}\r\n\r\n{BATCH}", BATCH.len());
        // The bytes after its length aren't part of it.
        assert_batch(Script::new().drip(response)).await;
    });
}
