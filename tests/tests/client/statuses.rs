//! Answers that aren't a success: each status has its predicate, and what came is there to look at.

use std::time::Duration;

use llama_cloud::Error;
use llama_cloud::types::{HttpValidationError, ValidationErrorLocItem};

use crate::sample::{BATCH, client, error_of, new_batch};
use crate::server::{Answer, Server};

/// The predicates of an error that hold.
fn holds(error: &Error) -> String {
    let predicates = [
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("status", error.is_status()),
        ("decode", error.is_decode()),
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
        let error = error_of(Answer::with(status, &[], "")).await;
        assert_eq!(holds(&error), predicates, "{status}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(error.to_string().contains(&status.to_string()), "{error}");
    }
}

#[tokio::test]
async fn a_call_without_an_answer_has_no_status() {
    let error = error_of(Answer::hang_up()).await;
    assert_eq!(holds(&error), "", "{error}");
    assert_eq!(error.status(), None);
    assert!(error.headers().is_none());
    assert_eq!(error.request_id(), None);
    assert_eq!(error.body(), b"");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn the_text_of_an_error_says_what_was_called_and_what_came() {
    let headers = [("x-request-id", "req-7")];
    let error = error_of(Answer::with(500, &headers, "it is\nour fault")).await;
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

#[tokio::test]
async fn headers_request_id_and_body_are_there_as_received() {
    let headers = [("x-request-id", "req-7"), ("x-other", "1")];
    let error = error_of(Answer::with(404, &headers, b"\xff\0raw")).await;
    assert_eq!(error.request_id(), Some("req-7"));
    assert_eq!(error.headers().expect("an answer")["x-other"], "1");
    assert_eq!(error.body(), b"\xff\0raw");
}

const INVALID: &str = r#"{"detail": [
    {"loc": ["body", "items", 3], "msg": "Field required", "type": "missing"},
    {"loc": ["query", "page_size"], "msg": "too large", "type": "less_than",
     "input": 18446744073709551615, "ctx": {"lt": 100}}
]}"#;

#[tokio::test]
async fn a_422_is_typed() {
    let error = error_of(Answer::json(422, INVALID)).await;
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
    let error = error_of(Answer::json(422, r#"{"detail": "no"}"#)).await;
    assert!(error.is_unprocessable());
    let typed = error.body_as::<HttpValidationError>();
    let inner = typed.expect_err("it isn't the documented body");
    assert!(inner.is_decode(), "{inner}");
    assert!(inner.to_string().contains("detail"), "{inner}");
    assert_eq!(inner.body(), error.body());
}

#[tokio::test]
async fn a_call_without_an_answer_has_no_body_to_read() {
    let error = error_of(Answer::hang_up()).await;
    let inner = error.body_as::<HttpValidationError>();
    assert!(inner.expect_err("there is none").is_invalid_input());
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
        let error = error_of(Answer::with(429, &[(name, value)], "")).await;
        assert_eq!(error.retry_after(), wait, "{name}: {value}");
    }
}

#[tokio::test]
async fn any_success_with_the_documented_body_is_taken() {
    for status in [200, 201, 202, 206, 299] {
        let server = Server::start([Answer::json(status, BATCH)]).await;
        let created = client(&server).batches().create(new_batch());
        let response = created.send_with_response().await;
        let response = response.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(response.status().as_u16(), status);
    }
}
