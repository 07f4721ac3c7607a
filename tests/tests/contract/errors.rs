//! Errors: one type that tells what happened, by predicates, by what came, and in words.

use std::error::Error as StdError;
use std::time::Duration;

use llama_cloud::types::{HttpValidationError, ValidationErrorLocItem};
use llama_cloud::{DateTime, Error, Reading};
use tests::sample::{BATCH, KEY, builder, client, error_of};
use tests::server::{Server, ServerResponse};

#[test]
fn error_is_opaque_and_non_exhaustive() {
    let source = include_str!("../../../generated/src/runtime/error.rs");
    let file = syn::parse_file(source).expect("it is Rust");
    let mut structs = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Struct(it) if it.ident == "Error" => Some(it),
        _ => None,
    });
    let error = structs.next().expect("the error is a struct");
    let marked = |it: &syn::Attribute| it.path().is_ident("non_exhaustive");
    assert!(error.attrs.iter().any(marked));
    let private = |it: &syn::Field| matches!(it.vis, syn::Visibility::Inherited);
    assert!(error.fields.iter().all(private));
}

#[test]
fn error_is_send_sync_and_static() {
    fn assert<T: StdError + Send + Sync + 'static>() {}
    assert::<Error>();
    let boxed: Box<dyn StdError + Send + Sync> = llama_cloud::Client::new("")
        .expect_err("a blank key")
        .into();
    assert!(boxed.is::<Error>());
}

#[test]
fn error_is_as_small_as_a_box() {
    assert_eq!(size_of::<Error>(), size_of::<Box<u8>>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<Box<u8>>());
}

/// The errors under an error, from the outermost to the innermost.
fn sources(error: &Error) -> Vec<&(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |source| (*source).source()).collect()
}

#[tokio::test]
async fn error_has_a_source_chain() {
    let decode = error_of(ServerResponse::json(200, "{]")).await;
    let chain = sources(&decode);
    assert!(chain[0].is::<serde_json::Error>(), "{chain:?}");

    let url = "http://127.0.0.1:1";
    let client = llama_cloud::Client::builder().api_key(KEY).base_url(url);
    let client = client.max_retries(0).build().expect("a client");
    let refused = client.batches().list().send().await.expect_err("nobody");
    let chain = sources(&refused);
    assert!(chain[0].is::<reqwest::Error>(), "{chain:?}");
    let io = chain
        .last()
        .and_then(|it| it.downcast_ref::<std::io::Error>());
    let kind = io.map(std::io::Error::kind);
    assert_eq!(
        kind,
        Some(std::io::ErrorKind::ConnectionRefused),
        "{chain:?}"
    );

    let broken = error_of(ServerResponse::cut_off(200, "{")).await;
    assert!(!sources(&broken).is_empty(), "{broken}");
}

/// The predicates of an error that hold.
fn holds(error: &Error) -> String {
    let predicates = [
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("status", error.is_status()),
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
    ];
    let names = predicates.iter().filter(|(_, holds)| *holds);
    names.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn each_status_holds_its_own_predicate_and_no_other() {
    for (status, predicates) in [
        (400, "status bad_request"),
        (401, "status authentication"),
        (402, "status"),
        (403, "status permission_denied"),
        (404, "status not_found"),
        (408, "status"),
        (409, "status conflict"),
        (410, "status"),
        (422, "status unprocessable"),
        (429, "status rate_limited"),
        (500, "status server"),
        (502, "status server"),
        (503, "status server"),
        (529, "status server"),
        (599, "status server"),
        (300, "status"),
        (304, "status"),
        (600, "status"),
        (999, "status"),
    ] {
        let error = error_of(ServerResponse::with(status, &[], "")).await;
        assert_eq!(holds(&error), predicates, "{status}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(error.to_string().contains(&status.to_string()), "{error}");
    }
}

#[tokio::test]
async fn is_timeout_is_for_a_limit_of_time() {
    let server = Server::start([ServerResponse::silence()]).await;
    let call = client(&server).batches().get("bat-1").with_max_retries(0);
    let error = call.with_timeout(Duration::from_millis(50)).send().await;
    assert_eq!(holds(&error.expect_err("no response")), "timeout");
}

#[tokio::test]
async fn is_connect_is_for_a_server_that_is_not_there() {
    let client = llama_cloud::Client::builder().api_key(KEY);
    let client = client.base_url("http://127.0.0.1:1").max_retries(0);
    let call = client.build().expect("a client").batches().get("bat-1");
    let error = call.send().await.expect_err("nobody is there");
    assert_eq!(holds(&error), "connect", "{error}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn is_decode_is_for_a_success_that_is_not_the_documented_type() {
    assert_eq!(
        holds(&error_of(ServerResponse::json(200, "[]")).await),
        "decode"
    );
}

#[tokio::test]
async fn is_invalid_input_is_for_what_can_not_be_sent() {
    let server = Server::start([]).await;
    let batches = client(&server).batches();
    for call in [batches.get(".."), batches.get("x").with_header("a b", "c")] {
        let error = call.send().await.expect_err("it can't be sent");
        assert_eq!(holds(&error), "invalid_input", "{error}");
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_call_without_a_response_has_nothing_of_one() {
    let error = error_of(ServerResponse::hang_up()).await;
    assert_eq!(holds(&error), "interrupted", "{error}");
    assert_eq!(error.status(), None);
    assert!(error.headers().is_none());
    assert_eq!(error.request_id(), None);
    assert_eq!(error.retry_after(), None);
    assert_eq!(error.body(), b"");
    assert_eq!(error.attempts(), 1);
    let inner = error.body_as::<HttpValidationError>();
    assert!(inner.expect_err("there is none").is_invalid_input());
}

#[tokio::test]
async fn status_headers_request_id_and_body_are_there_as_received() {
    let headers = [("x-request-id", "req-7"), ("x-other", "1")];
    let error = error_of(ServerResponse::with(404, &headers, b"\xff\0raw")).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.request_id(), Some("req-7"));
    assert_eq!(error.headers().expect("a response")["x-other"], "1");
    assert_eq!(error.body(), b"\xff\0raw");
}

#[tokio::test]
async fn attempts_counts_the_tries_of_the_call() {
    let failure = || ServerResponse::with(500, &[("retry-after-ms", "1")], "");
    for retries in [0, 1, 3] {
        let server = Server::start(std::iter::repeat_with(failure).take(9)).await;
        let call = client(&server).batches().get("bat-1");
        let error = call.with_max_retries(retries).send().await;
        assert_eq!(error.expect_err("failures").attempts(), retries + 1);
    }
}

#[tokio::test]
async fn retry_after_is_told_in_all_its_forms() {
    for (name, value, wait) in [
        ("retry-after", "120", Some(Duration::from_secs(120))),
        ("retry-after", "1.5", Some(Duration::from_millis(1500))),
        ("retry-after-ms", "90000", Some(Duration::from_secs(90))),
        (
            "retry-after",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some(Duration::ZERO),
        ),
        ("retry-after", "soon", None),
        ("retry-after", "-1", None),
        ("x-other", "1", None),
    ] {
        let error = error_of(ServerResponse::with(429, &[(name, value)], "")).await;
        assert_eq!(error.retry_after(), wait, "{name}: {value}");
    }
}

#[tokio::test]
async fn body_is_capped() {
    let server = Server::start([ServerResponse::with(400, &[], "0123456789")]).await;
    let client = builder(&server).max_error_body_size(4).build();
    let sent = client.expect("a client").batches().get("bat-1").send();
    let error = sent.await.expect_err("the status is an error");
    assert!(error.is_bad_request());
    assert_eq!(error.body(), b"0123");
}

const INVALID: &str = r#"{"detail": [
    {"loc": ["body", "items", 3], "msg": "Field required", "type": "missing"},
    {"loc": ["query", "page_size"], "msg": "too large", "type": "less_than",
     "input": 18446744073709551615, "ctx": {"lt": 100}}
]}"#;

#[tokio::test]
async fn a_documented_error_body_is_typed() {
    let error = error_of(ServerResponse::json(422, INVALID)).await;
    assert!(error.is_unprocessable());
    let typed: HttpValidationError = error.body_as().expect("the documented body");
    let [first, second] = &typed.detail[..] else {
        panic!("{typed:?}");
    };
    assert_eq!(
        first.loc[0],
        ValidationErrorLocItem::String("body".to_owned())
    );
    assert_eq!(first.loc[2], ValidationErrorLocItem::Integer(3));
    assert_eq!((&*first.msg, &*first.type_), ("Field required", "missing"));
    assert_eq!((&first.input, &first.ctx), (&None, &None));
    assert_eq!(second.input, Some(u64::MAX.into()));
    let context = second.ctx.as_ref().expect("a context");
    assert_eq!(context["lt"], 100);
}

#[tokio::test]
async fn a_422_with_another_body_is_still_an_error_of_the_call() {
    let error = error_of(ServerResponse::json(422, r#"{"detail": "no"}"#)).await;
    assert!(error.is_unprocessable());
    let typed = error.body_as::<HttpValidationError>();
    let inner = typed.expect_err("it isn't the documented body");
    assert!(inner.is_decode(), "{inner}");
    assert!(inner.to_string().contains("detail"), "{inner}");
    assert_eq!(inner.body(), error.body());
}

fn assert_says(error: &Error, parts: &[&str]) {
    assert!(error.is_decode() && !error.is_status(), "{error:?}");
    let text = error.to_string();
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

/// A page whose fourth batch is this one.
fn page_with(batch: &str) -> String {
    format!(r#"{{"items":[{BATCH},{BATCH},{BATCH},{batch}],"next_page_token":null}}"#)
}

/// The error of `list` where the server gives this response. There is no second try: reading it again
/// gives the same.
async fn error_of_list(response: ServerResponse) -> Error {
    let server = Server::start([response, ServerResponse::json(200, page_with(BATCH))]).await;
    let sent = client(&server).batches().list().send().await;
    let error = sent.expect_err("it isn't the documented page");
    assert_eq!(server.requests().len(), 1);
    error
}

#[tokio::test]
async fn html_with_a_2xx_is_a_decode_error() {
    let html = "<!doctype html><title>Sign in</title>";
    let error = error_of_list(ServerResponse::with(
        200,
        &[("content-type", "text/html")],
        html,
    ))
    .await;
    assert_says(&error, &["200", "text/html", html]);
    assert_eq!(error.body(), html.as_bytes());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[tokio::test]
async fn an_empty_body_with_a_2xx_is_a_decode_error() {
    let error = error_of_list(ServerResponse::json(200, "")).await;
    assert_says(&error, &["200", "application/json", "empty"]);
    assert_eq!(error.body(), b"");
    let error = error_of_list(ServerResponse::with(204, &[], "")).await;
    assert_says(&error, &["204", "empty"]);
}

#[tokio::test]
async fn truncated_json_with_a_2xx_is_a_decode_error_that_names_where_it_ends() {
    let whole = page_with(r#"{"id":"bat-2","config":{"job":{"configuration_id":"cf"#);
    let cut = whole.rfind("cf").map_or("", |at| &whole[..at + 2]);
    let error = error_of_list(ServerResponse::json(200, cut)).await;
    let place = "items[3].config.job.configuration_id";
    assert_says(&error, &[place, "200", "application/json", &cut[..100]]);
}

#[tokio::test]
async fn a_connection_that_ends_within_a_body_is_an_interruption_that_names_where() {
    let error = error_of(ServerResponse::cut_off(200, &BATCH[..50])).await;
    assert_eq!(holds(&error), "interrupted", "{error}");
    let place = "config.job.configuration_id";
    let text = error.to_string();
    for part in [place, "200", &BATCH[..50], "50 bytes", "application/json"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(error.body(), &BATCH.as_bytes()[..50]);
}

#[tokio::test]
async fn a_wrong_type_with_a_2xx_is_a_decode_error_that_names_the_path_in_the_json() {
    let replaced = |from: &str, to: &str| BATCH.replace(from, to);
    for (wrong, path) in [
        (replaced("\"PENDING\"", "7"), "items[3].status"),
        (replaced("\"bat-1\"", "[]"), "items[3].id"),
        (replaced("\"parse_v2\"", "{}"), "items[3].config.job.type"),
        (
            replaced("\"results\":null", "\"results\":{}"),
            "items[3].results",
        ),
        (
            replaced("\"results\":null", "\"results\":[null]"),
            "items[3].results[0]",
        ),
        ("null".to_owned(), "items[3]"),
    ] {
        let body = page_with(&wrong);
        let error = error_of_list(ServerResponse::json(200, &body)).await;
        let path = format!(" {path}:");
        assert_says(&error, &[&path, "200", "application/json", &body[..100]]);
    }
    let body = r#"{"items":[],"total_size":9223372036854775808}"#;
    let error = error_of_list(ServerResponse::json(200, body)).await;
    assert_says(&error, &[" total_size:", "200", "application/json", body]);
}

#[tokio::test]
async fn what_a_2xx_lacks_is_read_as_blank_and_told() {
    let lacks = BATCH
        .replace("\"configuration_id\":\"cfg-1\",", "")
        .replace("\"bat-1\"", "null")
        .replace("\"updated_at\":null", "\"updated_at\":0");
    let server = Server::start([ServerResponse::json(200, page_with(&lacks))]).await;
    let sent = client(&server).batches().list().send_with_response().await;
    let response = sent.expect("it is read");
    let told: Vec<String> = response
        .deviations()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "items[3].id: expected a string, found null",
            "items[3].config.job.configuration_id: expected a string, found nothing",
            "items[3].updated_at: expected a string (DateTime), found a number",
        ]
    );
    let batch = &response.body().items[3];
    assert_eq!(
        (
            batch.id.as_str(),
            batch.config.job.configuration_id.as_str()
        ),
        ("", "")
    );
    assert_eq!(batch.updated_at.as_ref().map(DateTime::as_str), Some("0"));
}

#[tokio::test]
async fn strictly_each_of_them_is_a_decode_error_that_names_its_path() {
    for (from, to, path) in [
        ("\"configuration_id\":\"cfg-1\",", "", "items[3].config.job"),
        ("\"bat-1\"", "null", "items[3].id"),
        (
            "\"updated_at\":null",
            "\"updated_at\":0",
            "items[3].updated_at",
        ),
    ] {
        let page = page_with(&BATCH.replace(from, to));
        let server = Server::start([ServerResponse::json(200, page)]).await;
        let strict = builder(&server)
            .reading(Reading::Strict)
            .build()
            .expect("a client");
        let error = strict.batches().list().send().await.expect_err(path);
        assert_says(&error, &[path, "200"]);
    }
}

#[tokio::test]
async fn an_object_without_any_of_its_required_fields_is_a_decode_error() {
    let error = error_of_list(ServerResponse::json(200, "{}")).await;
    assert_says(&error, &["`items`"]);
    let error = error_of_list(ServerResponse::json(200, page_with("{\"error\":\"none\"}"))).await;
    assert_says(&error, &["items[3]", "`id`"]);
}

#[tokio::test]
async fn null_and_other_json_with_a_2xx_is_a_decode_error() {
    for body in ["null", "[]", "{}", "\"bat-1\"", "7", "true"] {
        let error = error_of(ServerResponse::json(200, body)).await;
        assert_says(&error, &["200", "application/json", body]);
        let error = error_of_list(ServerResponse::json(200, body)).await;
        assert_says(&error, &["200", "application/json", body]);
    }
}

#[tokio::test]
async fn json_with_another_content_type_is_taken() {
    let types = [
        "text/plain",
        "text/html; charset=utf-8",
        "application/problem+json",
        "?",
    ];
    for content_type in types {
        let headers = [("content-type", content_type)];
        let server = Server::start([ServerResponse::with(200, &headers, BATCH)]).await;
        let sent = client(&server).batches().get("bat-1").send().await;
        sent.unwrap_or_else(|error| panic!("{content_type}: {error}"));
    }
    let server = Server::start([ServerResponse::with(200, &[], BATCH)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("no content type is fine, too");
}

#[tokio::test]
async fn the_text_says_what_was_called_and_what_came_on_one_line() {
    let headers = [("x-request-id", "req-7")];
    let error = error_of(ServerResponse::with(500, &headers, "it is\nour fault")).await;
    let text = error.to_string();
    for part in [
        "GET",
        "/api/v2/batches/bat-1",
        "500",
        "req-7",
        "it is our fault",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.lines().count(), 1, "{text}");
}
