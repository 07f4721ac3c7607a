//! Responses that are read by their `Content-Type`.

#![allow(missing_docs, reason = "as in emitted code")]

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Value, json};

use super::pets;
use super::server::{Reply, Server};
use super::structs;
use crate::runtime::base64::Base64;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::media_type::choose;
use crate::runtime::requests;

struct Clips {
    client: ClientCore,
}

impl Clips {
    fn clip(&self) -> Clip {
        Clip(requests::call::<Clip>(&self.client))
    }

    fn note(&self) -> Note {
        Note(requests::call::<Note>(&self.client))
    }

    fn code(&self) -> Code {
        Code(requests::call::<Code>(&self.client))
    }

    fn free(&self) -> Free {
        Free(requests::call::<Free>(&self.client))
    }

    fn done(&self) -> Done {
        Done(requests::call::<Done>(&self.client))
    }

    fn log(&self, items: Vec<Value>) -> Log {
        Log(requests::call::<Log>(&self.client).lines::<Value>("application/jsonl", items))
    }

    fn sequence(&self, items: Vec<f64>) -> Sequence {
        Sequence(
            requests::call::<Sequence>(&self.client).lines::<f64>("application/json-seq", items),
        )
    }
}

structs::structs! {
    Clip -> Found,
    Note -> String,
    Code -> Base64,
    Free -> Value,
    Done -> (),
    Log -> (),
    Sequence -> (),
}

requests::request! {
    Clip: "clip" GET "/clip" -> several(Found);
}

requests::request! {
    Note: "note" GET "/note" -> string(String);
}

requests::request! {
    Code: "code" GET "/code" -> string(Base64);
}

requests::request! {
    Free: "free" GET "/free" -> value(Value);
}

requests::request! {
    Done: "done" GET "/done" -> nothing;
}

requests::request! {
    Log: "log" POST "/log" -> nothing;
}

requests::request! {
    Sequence: "sequence" POST "/log" -> nothing;
}

#[derive(Debug, PartialEq)]
pub enum Found {
    Json(String),
    Video(Bytes),
}

impl requests::Several for Found {
    fn read(payload: &requests::Payload) -> Result<Self, Error> {
        match payload.content(&[&["application/json"], &["video/mp4", "video/webm"]]) {
            0 => payload.json().map(Self::Json),
            _ => Ok(Self::Video(payload.bytes())),
        }
    }
}

/// A reply of this media type; none where it is empty.
fn of(media_type: &str, body: &str) -> Reply {
    let header = format!("content-type: {media_type}");
    let headers: &[&str] = if media_type.is_empty() {
        &[]
    } else {
        &[&header]
    };
    Reply::with(200, headers, body)
}

async fn clips(replies: impl IntoIterator<Item = Reply>) -> Clips {
    let server = Server::start(replies).await;
    Clips {
        client: pets::client(&server.url),
    }
}

#[tokio::test]
async fn content_type_selects_the_documented_content() {
    let json = || Found::Json("a".to_owned());
    let video = |body: &str| Found::Video(body.to_owned().into());
    let cases = [
        ("application/json; charset=utf-8", "\"a\"", json()),
        ("Video/MP4", "\"a\"", video("\"a\"")),
        ("video/webm;codecs=vp9", "\u{1}\u{2}", video("\u{1}\u{2}")),
        ("application/problem+json", "\"a\"", json()),
        ("text/plain", "\"a\"", json()),
        ("", "\"a\"", json()),
        ("", "\u{1}", video("\u{1}")),
        ("application/octet-stream", "\u{1}", video("\u{1}")),
        ("video/mp4", "", video("")),
    ];
    let clips = clips(
        cases
            .iter()
            .map(|(media_type, body, _)| of(media_type, body)),
    )
    .await;
    for (media_type, _, expected) in cases {
        let found = clips.clip().send().await.unwrap();
        assert_eq!(found, expected, "{media_type}");
    }
}

#[test]
fn content_type_matches_the_closest_media_type() {
    let documented: &[&[&str]] = &[
        &["application/json"],
        &["application/vnd.b+json"],
        &["image/*"],
        &["application/json; profile=\"b\""],
        &["text/plain", "text/csv"],
        &["*/*"],
    ];
    for (media_type, expected) in [
        ("application/json", 0),
        ("application/vnd.b+json", 1),
        ("application/vnd.c+json", 0),
        ("image/png", 2),
        ("imagery/png", 5),
        ("application/json; profile=\"b\"", 3),
        ("application/json; profile=\"c\"", 0),
        ("text/csv; header=present", 4),
        ("application/pdf", 5),
        ("nonsense", 5),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, media_type.parse().unwrap());
        assert_eq!(
            choose(&headers, documented, || false),
            expected,
            "{media_type}"
        );
    }
    let nothing = HeaderMap::new();
    assert_eq!(choose(&nothing, documented, || true), 0);
    assert_eq!(choose(&nothing, documented, || false), 2);
    assert_eq!(choose(&nothing, &[&["application/json"]], || false), 0);
}

#[tokio::test]
async fn string_body_is_json_or_text() {
    let clips = clips([
        of("application/json", "\"a \\\"b\\\"\""),
        of("text/plain", "a \"b\""),
        of("", "\"a\""),
        of("application/json", "\"AQI=\""),
        of("text/plain; charset=utf-8", "AQI="),
        of("application/json", "plain"),
    ])
    .await;
    for expected in ["a \"b\"", "a \"b\"", "\"a\""] {
        assert_eq!(clips.note().send().await.unwrap(), expected);
    }
    for _ in 0..2 {
        assert_eq!(clips.code().send().await.unwrap().decode().unwrap(), [1, 2]);
    }
    assert!(clips.note().send().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn empty_body_is_blank_for_any_json() {
    let clips = clips([of("application/json", ""), of("", "[1.50]"), of("", "x")]).await;
    assert_eq!(clips.free().send().await.unwrap(), Value::Null);
    assert_eq!(clips.free().send().await.unwrap(), json!([1.5]));
    assert!(clips.free().send().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn response_body_can_be_decoded_as_another_type() {
    let reply = || of("application/json", "{\"a\":[1,2]}");
    let clips = clips([reply(), reply(), of("", "\u{feff}text"), of("", "")]).await;
    let done = clips.done().send_with_response().await.unwrap();
    assert_eq!(done.bytes(), "{\"a\":[1,2]}");
    assert_eq!(done.json::<Value>().unwrap(), json!({"a": [1, 2]}));
    let error = done.json::<Vec<i64>>().unwrap_err();
    assert!(error.is_decode() && error.status().is_some(), "{error}");
    let raw = clips.free().send_raw().await.unwrap();
    assert_eq!(raw.json::<Value>().unwrap(), json!({"a": [1, 2]}));
    let text = clips.done().send_with_response().await.unwrap();
    assert_eq!(text.text().unwrap(), "text");
    let empty = clips.done().send_with_response().await.unwrap();
    assert!(empty.bytes().is_empty() && empty.json::<Value>().unwrap_err().is_decode());
}

#[tokio::test]
async fn body_of_items_is_json_lines_or_a_sequence() {
    let server = Server::start([of("", ""), of("", ""), of("", "")]).await;
    let clips = Clips {
        client: pets::client(&server.url),
    };
    let items = vec![json!({"a": "b\nc"}), json!([1])];
    clips.log(items).send().await.unwrap();
    clips.sequence(vec![1.0, 2.5]).send().await.unwrap();
    clips.log(Vec::new()).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].body, "{\"a\":\"b\\nc\"}\n[1]\n");
    assert_eq!(
        requests[0].header("content-type").unwrap(),
        "application/jsonl"
    );
    assert_eq!(requests[1].body, "\u{1e}1\n\u{1e}2.5\n");
    assert_eq!(requests[2].body, "");
}
