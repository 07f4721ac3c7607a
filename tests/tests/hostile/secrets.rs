//! Servers that hand a secret back, so that it ends up in somebody's log.
//!
//! `get` asserts that no error shows a part of one.

use llama_cloud::Client;

use crate::harness::{
    BATCH, COOKIE, KEY, broken_off, builder, client, error_of, get, run, undecoded,
};
use crate::server::{Script, Server};

#[test]
fn a_secret_in_the_body_of_an_error_is_not_shown() {
    run(async {
        for secret in [KEY, COOKIE] {
            for before in (0..30).step_by(5) {
                // Across the place where an excerpt is cut.
                let body = format!("{}{secret} is wrong", "x".repeat(175 + before));
                error_of(Script::response(401, &[], body)).await;
            }
            let body =
                format!("{{\"you_sent\":\"Bearer {secret}\",\"cookie\":\"session={secret}\"}}");
            error_of(Script::json(500, body)).await;
            error_of(Script::response(403, &[], secret.repeat(100))).await;
        }
    });
}

#[test]
fn a_secret_in_a_header_is_not_shown() {
    run(async {
        for secret in [KEY, COOKIE] {
            for name in ["x-request-id", "content-type", "retry-after", "location"] {
                error_of(Script::response(500, &[(name, secret)], secret)).await;
                error_of(Script::response(200, &[(name, secret)], secret)).await;
            }
            let to = format!("http://127.0.0.1:1/?key={secret}");
            error_of(Script::redirect(307, &to)).await;
            let to = format!("http://{secret}@127.0.0.1:1/{secret}");
            error_of(Script::redirect(307, &to)).await;
        }
    });
}

#[test]
fn a_secret_in_what_is_no_http_is_not_shown() {
    run(async {
        error_of(Script::raw(format!("{KEY}\r\n\r\n"))).await;
        error_of(Script::raw(format!("HTTP/1.1 {KEY}\r\n\r\n"))).await;
        error_of(Script::raw(format!("HTTP/1.1 200 OK\r\n{KEY}\r\n\r\n"))).await;
        error_of(Script::raw(format!("HTTP/1.1 500 {KEY}\r\n\r\n"))).await;
        error_of(Script::raw(format!("HTTP/1.1 200 OK\r\n\r\n{{\"{KEY}"))).await;
    });
}

#[test]
fn a_secret_as_a_value_of_the_wrong_type_is_not_shown() {
    run(async {
        for secret in [KEY, COOKIE] {
            for body in [
                format!("\"{secret}\""),
                BATCH.replace("\"results\":null", &format!("\"results\":\"{secret}\"")),
                BATCH.replace("\"results\":null", &format!("\"{secret}\":nope")),
                BATCH.replace(
                    "\"results\":null",
                    &format!("\"results\":[{{\"{secret}\":1}}]"),
                ),
            ] {
                undecoded(Script::json(200, body)).await;
            }
        }
    });
}

#[test]
fn a_secret_across_the_end_of_a_path_in_the_json_is_not_shown() {
    run(async {
        for before in (150..230).step_by(5) {
            let key = format!("{}{KEY}", "x".repeat(before));
            undecoded(Script::json(200, format!("{{\"{key}\":nope}}"))).await;
        }
    });
}

#[test]
fn a_secret_across_the_end_of_a_long_value_is_not_shown() {
    run(async {
        for before in (150..230).chain(440..520).step_by(5) {
            let value = format!("{}{KEY}", "x".repeat(before));
            let body = BATCH.replace("\"results\":null", &format!("\"results\":\"{value}\""));
            undecoded(Script::json(200, body)).await;
        }
    });
}

#[test]
fn a_secret_as_the_host_of_a_redirect_is_not_shown() {
    run(async {
        // Hosts are turned into lower case.
        error_of(Script::redirect(302, &format!("http://{KEY}.example.com/"))).await;
        error_of(Script::redirect(302, &format!("{KEY}:x"))).await;
    });
}

#[test]
fn a_secret_cut_by_the_cap_is_not_shown() {
    run(async {
        let body = format!("bad key: {KEY}");
        for cap in (0..KEY.len()).map(|part| body.len() - part) {
            let server = Server::start([Script::response(401, &[], &body)]);
            let client = builder(&server).max_error_body_size(cap);
            let error = get(&client.build().expect("a client")).await;
            assert!(error.expect_err("it says no").is_authentication());
        }
    });
}

#[test]
fn a_secret_in_a_part_of_the_body_that_came_before_the_end_is_not_shown() {
    run(async {
        let body = format!("{{\"bad key\": \"{KEY}");
        for length in body.len() - KEY.len()..body.len() {
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
            broken_off(Script::raw(head).send(&body[..length])).await;
        }
    });
}

#[test]
fn a_secret_in_the_body_of_a_page_or_a_success_is_only_where_it_was_asked_for() {
    run(async {
        let body = BATCH.replace("prj-1", KEY);
        let server = Server::start([Script::json(200, body)]);
        let batch = get(&client(&server)).await.expect("a batch");
        assert_eq!(batch.project_id, KEY);
    });
}

#[test]
fn a_value_of_the_wrong_type_makes_no_long_error_however_long_it_is() {
    run(async {
        let long = "v".repeat(1_000_000);
        for body in [
            format!("\"{long}\""),
            BATCH.replace("\"results\":null", &format!("\"results\":\"{long}\"")),
            BATCH.replace(
                "\"status\":\"PENDING\"",
                &format!("\"status\":{{\"{long}\":1}}"),
            ),
        ] {
            undecoded(Script::json(200, body)).await;
        }
    });
}

#[test]
fn a_key_that_is_handed_back_in_another_spelling_is_not_shown() {
    run(async {
        let key = "Zq8v/Xw3R+tK7m=Pn5s-Ld2h_Yc9u.Fg6e~Wa1o";
        for spelled in [
            key.to_owned(),
            // As browsers and most libraries encode it for a URL, and as some of them do.
            "Zq8v%2FXw3R%2BtK7m%3DPn5s-Ld2h_Yc9u.Fg6e~Wa1o".to_owned(),
            "Zq8v%2fXw3R%2btK7m%3dPn5s-Ld2h_Yc9u.Fg6e~Wa1o".to_owned(),
            "Zq8v%2FXw3R%2BtK7m%3DPn5s-Ld2h_Yc9u.Fg6e%7EWa1o".to_owned(),
            // As PHP and Python write it in JSON, or .NET.
            key.replace('/', "\\/"),
            key.replace('+', "\\u002B"),
            // As it stands in HTML.
            key.replace('/', "&#x2F;").replace('=', "&#x3D;"),
            key.to_uppercase(),
            // In URLs and JSON that stand in others.
            "Zq8v%252FXw3R%252BtK7m%253DPn5s-Ld2h_Yc9u.Fg6e~Wa1o".to_owned(),
            key.replace('/', "\\\\/"),
            key.replace('+', "\\\\u002b"),
            key.replace('/', "\\u0025%32F"),
        ] {
            let server = Server::start([Script::response(401, &[], format!("no: {spelled}"))]);
            let builder = Client::builder().api_key(key).base_url(server.url());
            let client = builder.max_retries(0).build().expect("a client");
            let sent = client.batches().get("bat-1").send().await;
            let text = sent.expect_err("it says no").to_string();
            for part in ["Zq8v", "Xw3R", "tK7m", "Pn5s-Ld2h_Yc9u.Fg6e"] {
                let lower = part.to_lowercase();
                assert!(!text.to_lowercase().contains(&lower), "{spelled}: {text}");
            }
        }
    });
}

#[test]
fn a_key_that_is_handed_back_in_base64_is_not_shown() {
    run(async {
        // The key alone, `Bearer KEY`, `user:KEY`, `x:KEY`; the last two in the alphabet for URLs.
        let key = "llx-Zq8v?Xw3R>tK7m~Pn5s";
        for (spelled, parts) in [
            ("bGx4LVpxOHY/WHczUj50SzdtflBuNXM=", ["LVpxOHY", "WHczUj50"]),
            (
                "QmVhcmVyIGxseC1acTh2P1h3M1I+dEs3bX5QbjVz",
                ["eC1acTh2", "M1I+dEs3"],
            ),
            (
                "dXNlcjpsbHgtWnE4dj9YdzNSPnRLN21-UG41cw",
                ["WnE4dj9Y", "PnRLN21"],
            ),
            (
                "eDpsbHgtWnE4dj9YdzNSPnRLN21-UG41cw==",
                ["WnE4dj9Y", "PnRLN21"],
            ),
        ] {
            let server = Server::start([Script::response(401, &[], format!("no: {spelled}"))]);
            let builder = Client::builder().api_key(key).base_url(server.url());
            let client = builder.max_retries(0).build().expect("a client");
            let sent = client.batches().get("bat-1").send().await;
            let text = sent.expect_err("it says no").to_string();
            assert!(text.contains("[redacted]"), "{spelled}: {text}");
            for part in parts {
                assert!(!text.contains(part), "{spelled}: {text}");
            }
        }
    });
}
