//! Successes that aren't what the API documents, and limits of size.

use std::error::Error as _;

use llama_cloud::Error;

use crate::sample::{BATCH, builder, client, error_of};
use crate::server::{Answer, Server};

/// A page with one sound batch and then this one.
fn page_with(batch: &str) -> String {
    format!(r#"{{"items":[{BATCH},{batch}],"next_page_token":null}}"#)
}

async fn error_of_list(body: &str) -> Error {
    let server = Server::start([Answer::json(200, body)]).await;
    let sent = client(&server).batches().list().send().await;
    let error = sent.expect_err(body);
    // Reading it again gives the same, so there is no second try.
    assert_eq!(server.requests().len(), 1);
    error
}

fn assert_says(error: &Error, parts: &[&str]) {
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn a_page_of_html_is_not_a_batch() {
    let html = "<!doctype html><title>Sign in</title>";
    let error = error_of(Answer::with(200, &[("content-type", "text/html")], html)).await;
    assert_says(&error, &["200", "text/html", "<!doctype html>"]);
    assert_eq!(error.body(), html.as_bytes());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(!error.is_status());
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_empty_body_is_not_a_batch() {
    for answer in [Answer::json(200, ""), Answer::with(204, &[], "")] {
        let error = error_of(answer).await;
        assert_says(&error, &["empty"]);
        assert_eq!(error.body(), b"");
    }
}

#[tokio::test]
async fn null_and_other_json_are_not_a_batch() {
    for body in ["null", "[]", "{}", "\"bat-1\"", "7", "true"] {
        let error = error_of(Answer::json(200, body)).await;
        assert_says(&error, &["application/json", body]);
    }
}

#[tokio::test]
async fn json_that_ends_too_early_names_where() {
    let body = page_with(r#"{"id":"bat-2","config":{"job":{"configuration_id":"cf"#);
    let body = body
        .split_at(body.len() - r#"],"next_page_token":null}"#.len())
        .0;
    let error = error_of_list(body).await;
    assert_says(&error, &["items[1].config.job.configuration_id"]);
}

#[tokio::test]
async fn text_after_the_json_is_not_taken() {
    let error = error_of(Answer::json(200, format!("{BATCH}{{"))).await;
    assert_says(&error, &["200"]);
}

#[tokio::test]
async fn a_connection_that_breaks_within_the_body_is_told_with_what_came() {
    let error = error_of(Answer::cut_off(200, &BATCH[..40])).await;
    assert_says(&error, &["200", "40 bytes"]);
    assert_eq!(error.body(), &BATCH.as_bytes()[..40]);
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_named_by_its_place() {
    for (wrong, path) in [
        (BATCH.replace("\"PENDING\"", "7"), "items[1].status"),
        (BATCH.replace("\"bat-1\"", "null"), "items[1].id"),
        (
            BATCH.replace("\"parse_v2\"", "{}"),
            "items[1].config.job.type",
        ),
        (
            BATCH.replace("\"results\":null", "\"results\":{}"),
            "items[1].results",
        ),
        (
            BATCH.replace("\"results\":null", "\"results\":[null]"),
            "items[1].results[0]",
        ),
        (
            BATCH.replace("\"updated_at\":null", "\"updated_at\":0"),
            "items[1].updated_at",
        ),
        ("null".to_owned(), "items[1]"),
    ] {
        let error = error_of_list(&page_with(&wrong)).await;
        assert_says(&error, &[&format!(" {path}:"), "application/json"]);
    }
    let error = error_of_list(r#"{"items":[],"total_size":9223372036854775808}"#).await;
    assert_says(&error, &[" total_size:"]);
}

#[tokio::test]
async fn a_missing_field_is_named_with_the_object_that_lacks_it() {
    let lacks = BATCH.replace("\"configuration_id\":\"cfg-1\",", "");
    let error = error_of_list(&page_with(&lacks)).await;
    assert_says(&error, &["items[1].config.job", "`configuration_id`"]);
    let error = error_of_list("{}").await;
    assert_says(&error, &["`items`"]);
}

#[tokio::test]
async fn json_under_another_content_type_is_taken() {
    let types = [
        "text/plain",
        "text/html; charset=utf-8",
        "application/problem+json",
        "?",
    ];
    for content_type in types {
        let headers = [("content-type", content_type)];
        let server = Server::start([Answer::with(200, &headers, BATCH)]).await;
        let sent = client(&server).batches().get("bat-1").send().await;
        sent.unwrap_or_else(|error| panic!("{content_type}: {error}"));
    }
    let server = Server::start([Answer::with(200, &[], BATCH)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("no content type is fine, too");
}

#[tokio::test]
async fn a_byte_order_mark_and_blanks_around_the_json_are_passed_over() {
    let body = format!("\u{feff}\r\n {BATCH}\n");
    let server = Server::start([Answer::json(200, body)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("it is the documented JSON");
}

#[tokio::test]
async fn unknown_fields_and_values_are_no_error() {
    let body = BATCH
        .replace("PENDING", "ON_HOLD")
        .replace("\"id\":", "\"new\":{\"a\":[1,null]},\"id\":")
        .replace("parse_v2", "parse_v9");
    let server = Server::start([Answer::json(200, body)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    let batch = sent.expect("it is the documented JSON");
    assert_eq!(batch.status.as_str(), "ON_HOLD");
    assert_eq!(batch.config.job.type_.as_str(), "parse_v9");
}

#[tokio::test]
async fn a_success_above_the_limit_of_size_is_an_error_and_is_not_tried_again() {
    for (limit, is_taken) in [(BATCH.len(), true), (BATCH.len() - 1, false)] {
        let server = Server::start([Answer::json(200, BATCH)]).await;
        let client = builder(&server).max_body_size(limit).build();
        let sent = client
            .expect("a client")
            .batches()
            .get("bat-1")
            .send()
            .await;
        assert_eq!(sent.is_ok(), is_taken, "{sent:?}");
        if let Err(error) = sent {
            assert_says(&error, &[&limit.to_string(), "max_body_size"]);
            assert!(error.body().len() <= limit);
        }
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn the_body_of_an_error_is_cut_at_its_limit() {
    let server = Server::start([Answer::with(400, &[], "0123456789")]).await;
    let client = builder(&server).max_error_body_size(4).build();
    let sent = client.expect("a client").batches().get("bat-1").send();
    let error = sent.await.expect_err("the status is an error");
    assert!(error.is_bad_request());
    assert_eq!(error.body(), b"0123");
}

#[tokio::test]
async fn a_mebibyte_of_an_error_is_kept_where_nothing_else_is_said() {
    let most = 1024 * 1024;
    let error = error_of(Answer::with(500, &[], "x".repeat(most + 1))).await;
    assert!(error.is_server());
    assert_eq!(error.body().len(), most);
}

/// The data as gzip (RFC 1952), in one block that is stored as it is (RFC 1951, 3.2.4).
fn gzip(data: &[u8]) -> Vec<u8> {
    let mut checksum = u32::MAX;
    for byte in data {
        checksum ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = 0_u32.wrapping_sub(checksum & 1);
            checksum = (checksum >> 1) ^ (0xedb8_8320 & mask);
        }
    }
    let length = u16::try_from(data.len()).expect("one block is enough");
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(data);
    packed.extend((!checksum).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

#[tokio::test]
async fn a_compressed_answer_is_unpacked_and_one_that_is_damaged_is_an_error() {
    let headers = [("content-encoding", "gzip")];
    let mut packed = gzip(BATCH.as_bytes());
    let server = Server::start([Answer::with(200, &headers, &packed)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    assert_eq!(sent.expect("a batch").id, "bat-1");

    packed[11] ^= 1;
    let error = error_of(Answer::with(200, &headers, &packed)).await;
    assert_says(&error, &["200"]);
    let error = error_of(Answer::with(404, &headers, &packed)).await;
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn json_that_is_nested_without_end_is_an_error() {
    for body in ["[".repeat(200_000), "{\"items\":".repeat(100_000)] {
        let error = error_of_list(&body).await;
        assert!(error.is_decode());
        assert!(error.to_string().len() < 2000, "{error}");
    }
    let deep = format!("{{\"x\":{}", "[".repeat(200_000));
    assert!(error_of_list(&deep).await.is_decode());
}

#[tokio::test]
async fn an_error_shows_a_long_or_hostile_body_only_in_part() {
    let hostile = format!("\u{1b}[2J\u{202e}{}", "x".repeat(100_000));
    let error = error_of(Answer::json(500, &hostile)).await;
    let text = error.to_string();
    assert!(text.len() < 2000, "{}", text.len());
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    assert_eq!(error.body(), hostile.as_bytes());
}
