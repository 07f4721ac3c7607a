//! Every status that says no, with every kind of body.

use llama_cloud::{Client, Error};

use crate::harness::{assert_presentable, builder, get, new_batch, run, status};
use crate::server::{Script, Server};

/// The status, and the one predicate beside `is_status` that holds for it.
const STATUSES: [(u16, &str); 19] = [
    (400, "bad_request"),
    (401, "authentication"),
    (403, "permission_denied"),
    (404, "not_found"),
    (405, ""),
    (408, ""),
    (409, "conflict"),
    (410, ""),
    (413, ""),
    (418, ""),
    (422, "unprocessable"),
    (429, "rate_limited"),
    (500, "server"),
    (501, "server"),
    (502, "server"),
    (503, "server"),
    (504, "server"),
    (520, "server"),
    (599, "server"),
];

const JSON: &str = "{\"detail\":\n  \"no\"}";
const HTML: &str = "<!DOCTYPE html>\n<html><body><h1>No</h1>\r\n</body></html>";

const BODIES: [(&str, &str); 4] = [
    ("application/json", JSON),
    ("text/html; charset=utf-8", HTML),
    ("application/json", HTML),
    ("text/plain", ""),
];

/// The predicates that hold, but for `is_status`.
fn holds(error: &Error) -> String {
    let predicates = [
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("decode", error.is_decode()),
        ("interrupted", error.is_interrupted()),
        ("bad_request", error.is_bad_request()),
        ("authentication", error.is_authentication()),
        ("permission_denied", error.is_permission_denied()),
        ("not_found", error.is_not_found()),
        ("conflict", error.is_conflict()),
        ("unprocessable", error.is_unprocessable()),
        ("rate_limited", error.is_rate_limited()),
        ("server", error.is_server()),
        ("invalid_input", error.is_invalid_input()),
        ("failed", error.is_operation_failed()),
    ];
    let names = predicates.iter().filter(|(_, holds)| *holds);
    names.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

fn all() -> impl Iterator<Item = (u16, &'static str, &'static str, &'static str)> {
    STATUSES.into_iter().flat_map(|(status, predicate)| {
        BODIES.map(|(content_type, body)| (status, predicate, content_type, body))
    })
}

/// One response for each case: a try too many would take the next one's.
fn server(headers: &[(&str, &str)]) -> Server {
    Server::start(all().map(|(status, _, content_type, body)| {
        let mut headers = headers.to_vec();
        headers.push(("content-type", content_type));
        Script::response(status, &headers, body)
    }))
}

#[test]
fn each_status_is_told_with_its_body() {
    run(async {
        let server = server(&[]);
        let client = builder(&server).build().expect("a client");
        for (code, predicate, content_type, body) in all() {
            let error = get(&client).await.expect_err("it says no");
            assert!(error.is_status(), "{code}: {error}");
            assert_eq!(status(&error), Some(code), "{error}");
            assert_eq!(holds(&error), predicate, "{code}: {error}");
            assert_eq!(error.body(), body.as_bytes(), "{code}");
            assert_eq!(error.attempts(), 1, "{code}: {error}");
            let headers = error.headers().expect("a response");
            assert_eq!(headers["content-type"], content_type, "{code}");
            let text = error.to_string();
            assert!(text.contains(&code.to_string()), "{text}");
            assert!(text.contains("1 attempt"), "{text}");
            assert!(text.len() < 500 && text.lines().count() == 1, "{text}");
            let start = body.split_whitespace().next().unwrap_or("empty");
            assert!(text.contains(start), "{text}");
        }
    });
}

#[test]
fn each_status_is_tried_as_often_as_there_is_use_in_it() {
    run(async {
        for (code, _) in STATUSES {
            let again = [("retry-after-ms", "1")];
            let no = Script::response(code, &again, HTML);
            let may_pass = matches!(code, 408 | 409 | 429 | 500..);
            let tries = if may_pass { 3 } else { 1 };
            assert_tries(no.clone(), code, tries, async |client| {
                get(&client).await.map(drop)
            })
            .await;
            let surely_not_done = matches!(code, 429 | 503);
            let tries = if surely_not_done { 3 } else { 1 };
            assert_tries(no, code, tries, async |client| {
                let call = client.batches().create(new_batch());
                call.send().await.inspect_err(assert_presentable).map(drop)
            })
            .await;
        }
    });
}

/// Asserts how often a call is tried that may be tried three times, where it always gets this response.
async fn assert_tries(
    script: Script,
    code: u16,
    tries: usize,
    call: impl AsyncFnOnce(Client) -> Result<(), Error>,
) {
    let server = Server::start(std::iter::repeat_n(script, 5));
    let client = builder(&server).max_retries(2).build().expect("a client");
    let error = call(client).await.expect_err("it says no");
    assert_eq!(status(&error), Some(code), "{error}");
    assert_eq!(server.connections(), tries, "{code}");
    assert_eq!(usize::try_from(error.attempts()), Ok(tries), "{code}");
}
