//! Successes that aren't what the API documents.

use std::error::Error as _;

use crate::harness::{BATCH, assert_presentable, client, run, status, undecoded};
use crate::server::{Script, Server};

#[test]
fn a_page_of_html_is_told_as_one() {
    run(async {
        let html = "<!doctype html>\n<title>Sign in</title>";
        for content_type in ["text/html", "application/json", "\u{e9}", ""] {
            let headers = [("content-type", content_type)];
            let error = undecoded(Script::response(200, &headers, html)).await;
            assert!(error.to_string().contains("<!doctype html>"), "{error}");
            assert_eq!(error.body(), html.as_bytes());
            assert!(error.source().is_some());
        }
    });
}

#[test]
fn an_empty_body_is_told_as_one() {
    run(async {
        for body in ["", " ", "\r\n\t", "\u{feff}"] {
            let error = undecoded(Script::json(200, body)).await;
            assert_eq!(error.body(), body.as_bytes());
        }
    });
}

#[test]
fn a_success_without_a_body_is_not_a_batch() {
    run(async {
        for code in [204, 205] {
            let server = Server::start([Script::response(code, &[], "")]);
            let sent = client(&server).batches().get("bat-1").send().await;
            let error = sent.expect_err("it is no batch");
            assert_presentable(&error);
            assert!(error.is_decode(), "{error}");
            assert_eq!(status(&error), Some(code));
        }
    });
}

#[test]
fn json_that_is_cut_anywhere_is_an_error() {
    run(async {
        for length in (1..BATCH.len()).step_by(7) {
            let error = undecoded(Script::json(200, &BATCH[..length])).await;
            assert_eq!(error.body(), &BATCH.as_bytes()[..length]);
        }
        let error = undecoded(Script::json(200, &BATCH[..52])).await;
        let path = "config.job.configuration_id";
        assert!(error.to_string().contains(path), "{error}");
    });
}

#[test]
fn json_of_another_type_is_an_error() {
    run(async {
        for body in [
            "null",
            "true",
            "0",
            "-1.5e3",
            "\"\"",
            "\"bat-1\"",
            "[]",
            "{}",
            "[null]",
            "{\"\":0}",
        ] {
            let error = undecoded(Script::json(200, body)).await;
            assert!(error.to_string().contains(body), "{error}");
        }
        undecoded(Script::json(200, format!("[{BATCH}]"))).await;
    });
}

#[test]
fn a_field_of_another_type_is_named() {
    run(async {
        for (name, value) in [
            ("id", "7"),
            ("config", "[]"),
            ("project_id", "{}"),
            ("status", "true"),
            ("status", "{}"),
            ("results", "{}"),
            ("results", "[null]"),
        ] {
            let open = BATCH.strip_suffix('}').expect("it is an object");
            let body = format!("{open},\"{name}\":{value}}}");
            let error = undecoded(Script::json(200, body)).await;
            assert!(error.to_string().contains(name), "{name} {value}: {error}");
        }
    });
}

#[test]
fn what_is_wrong_with_one_of_many_is_found() {
    run(async {
        let many = format!("{BATCH},").repeat(10_000);
        let body = format!("{{\"items\":[{many}{{\"id\":1}}],\"next_page_token\":null}}");
        let server = Server::start([Script::json(200, body)]);
        let sent = client(&server).batches().list().send().await;
        let error = sent.expect_err("it is no page");
        assert_presentable(&error);
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains("items[10000].id"), "{error}");
    });
}

#[test]
fn pages_without_items_that_go_on_for_ever_end() {
    run(async {
        let page = |n| format!("{{\"items\":[],\"next_page_token\":\"{n}\"}}");
        // Far more than the limit is, each with a token of its own.
        let response = |n| {
            let page = page(n);
            let length = page.len();
            format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{page}")
        };
        let script = (0..20_000).fold(Script::raw(response(0)), |script, n| {
            script.next_request().send(response(n + 1))
        });
        let server = Server::start([script]);
        let mut items = client(&server).batches().list().into_stream();
        let error = items.next().await.expect("an end").expect_err("no items");
        assert_presentable(&error);
        assert!(error.is_decode(), "{error}");
        assert!(items.next().await.is_none());
    });
}
