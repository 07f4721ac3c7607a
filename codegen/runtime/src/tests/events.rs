//! Responses that are streams of events.

use std::future::poll_fn;
use std::iter;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde_json::json;

use super::peer::Peer;
use super::pets::{self, Pet};
use super::server::{Reply, Server};
use super::structs;
use crate::runtime::call::Call;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::event_text::{EventFormat, EventReader, RawEvent, TooLong};
use crate::runtime::events::{Events, Streamed};
use crate::runtime::operation::{Method, Operation};
use crate::runtime::request::Request;
use crate::runtime::requests;
use crate::runtime::response::Payload;

structs::structs! { WatchPets -> String }
requests::methods! { WatchPets -> String }

impl Request for WatchPets {
    structs::builder!();
    type Output = String;
    const OPERATION: Operation = Operation {
        id: "watchPets",
        method: Method::GET,
        path: "/pets/watch",
        parameters: &[],
        accept: "application/json",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<String, Error> {
        payload.text()
    }
}

crate::runtime::events::methods! { WatchPets of Pet }

impl Streamed for WatchPets {
    type Event = Pet;
    const FORMAT: EventFormat = EventFormat::ServerSent;
    const ACCEPT: &'static str = "text/event-stream";
    fn event(payload: &Payload) -> Result<Pet, Error> {
        payload.json_as()
    }
}

/// The events that a client gets.
pub(super) fn events_of(client: &ClientCore) -> Events<Pet> {
    watch_with(client).into_events()
}

pub(super) fn watch(url: &str) -> WatchPets {
    watch_with(&pets::client(url))
}

pub(super) fn watch_with(client: &ClientCore) -> WatchPets {
    WatchPets::new(Call::new(client, &WatchPets::OPERATION))
}

/// All events of a text that comes in these pieces.
fn read<'a>(format: EventFormat, pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<RawEvent> {
    let mut reader = EventReader::new(format, 1000);
    let mut events = Vec::new();
    for piece in pieces {
        reader.read(Bytes::copy_from_slice(piece));
        events.extend(iter::from_fn(|| reader.pop()));
    }
    reader.finish();
    events.extend(iter::from_fn(|| reader.pop()));
    let events = events.into_iter();
    events
        .map(|event| event.expect("events are short"))
        .collect()
}

fn event(name: &str, id: &str, data: &str) -> RawEvent {
    RawEvent {
        name: name.into(),
        id: id.into(),
        data: data.into(),
        retry: None,
    }
}

/// The same event behind `retry: 10`.
fn late(event: RawEvent) -> RawEvent {
    RawEvent {
        retry: Some(10),
        ..event
    }
}

const TEXT: &str = "\u{feff}: hello\nevent: add\ndata: one\ndata:two\ndata:  three\n\nid: 7\n\
                    data\n\nretry: 10\nunknown: x\nevent: none\n\ndata: \u{e9}: x\nid: a\0b\n\nid\n\
                    data: last\n\ndata: not ended\n";

fn expected() -> [RawEvent; 4] {
    [
        event("add", "", "one\ntwo\n three"),
        event("", "7", ""),
        late(event("", "7", "\u{e9}: x")),
        late(event("", "", "last")),
    ]
}

#[test]
fn server_sent_events_are_read_whatever_ends_their_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let text = TEXT.replace('\n', end);
        assert_eq!(
            read(EventFormat::ServerSent, [text.as_bytes()]),
            expected(),
            "{end:?}"
        );
    }
}

#[test]
fn server_sent_events_are_read_wherever_their_text_is_cut() {
    for end in ["\n", "\r\n", "\r"] {
        let text = TEXT.replace('\n', end);
        let bytes = text.as_bytes();
        for at in 0..=bytes.len() {
            let (left, right) = bytes.split_at(at);
            assert_eq!(
                read(EventFormat::ServerSent, [left, right]),
                expected(),
                "{at}"
            );
        }
        assert_eq!(read(EventFormat::ServerSent, bytes.chunks(1)), expected());
    }
}

#[test]
fn lines_of_json_are_events() {
    let text = "{\"a\":1}\n\n  2 \r\n\u{1e}[3]\n\u{1e}\"end\"";
    let expected = ["{\"a\":1}", "2", "[3]", "\"end\""].map(|data| event("", "", data));
    assert_eq!(read(EventFormat::Lines, [text.as_bytes()]), expected);
    assert_eq!(
        read(EventFormat::Lines, text.as_bytes().chunks(1)),
        expected
    );
}

#[test]
fn values_of_a_json_text_sequence_stand_behind_separators() {
    let text = "\u{1e}{\"a\":\n 1}\n\u{1e}\u{1e} 2\r\n\u{1e}\"end\"";
    let expected = ["{\"a\":\n 1}", "2", "\"end\""].map(|data| event("", "", data));
    assert_eq!(read(EventFormat::Sequence, [text.as_bytes()]), expected);
    assert_eq!(
        read(EventFormat::Sequence, text.as_bytes().chunks(1)),
        expected
    );
    // Some servers send lines under that name.
    let lines = b"[1]\n[2]\n";
    let expected = ["[1]", "[2]"].map(|data| event("", "", data));
    assert_eq!(read(EventFormat::Sequence, lines.chunks(1)), expected);
}

#[test]
fn a_reconnection_time_is_digits_and_holds_until_the_next() {
    let text = b"data: a\n\nretry: 3000\ndata: b\n\nretry: soon\ndata: c\n\nretry: 99999999999999999999\n\n\
                 data: d\n\nretry:\nretry: 5\ndata: e\n\n";
    let retries: Vec<Option<u64>> = read(EventFormat::ServerSent, [&text[..]])
        .into_iter()
        .map(|event| event.retry)
        .collect();
    let kept = Some(3000);
    assert_eq!(retries, [None, kept, kept, kept, Some(5)]);
}

#[test]
fn an_event_has_no_more_bytes_than_the_cap() {
    for format in [EventFormat::ServerSent, EventFormat::Lines] {
        let mut reader = EventReader::new(format, 20);
        let long = [b"data: 12345\n\n".repeat(100), vec![b'x'; 21]].concat();
        reader.read(long.into());
        for _ in 0..100 {
            assert!(
                reader.pop().is_some_and(|event| event.is_ok()),
                "{format:?}"
            );
        }
        assert_eq!(reader.pop(), Some(Err(TooLong)));
    }
    let mut reader = EventReader::new(EventFormat::ServerSent, 20);
    reader.read(b"data: 12345\n".repeat(10).into());
    assert_eq!(reader.pop(), Some(Err(TooLong)));
}

structs::structs! { AskPets -> Pet }
requests::methods! { AskPets -> Pet }

impl Request for AskPets {
    structs::builder!();
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "askPets",
        method: Method::POST,
        path: "/pets/ask",
        parameters: &[],
        accept: "application/json",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Pet, Error> {
        payload.json_as()
    }
}

crate::runtime::events::methods! { AskPets of String }

impl Streamed for AskPets {
    type Event = String;
    const FORMAT: EventFormat = EventFormat::ServerSent;
    const ACCEPT: &'static str = "text/event-stream";
    const SWITCH: Option<&'static str> = Some("stream");
    fn event(payload: &Payload) -> Result<String, Error> {
        payload.text()
    }
}

#[tokio::test]
async fn the_body_asks_for_the_stream_unless_it_says_otherwise() {
    let cases = [
        (json!({}), r#"{"stream":true}"#),
        (json!({"a": 1e30}), r#"{"a":1e+30,"stream":true}"#),
        (json!({"stream": false}), r#"{"stream":false}"#),
        (json!([1]), "[1]"),
    ];
    let server = Server::start(cases.iter().map(|_| Reply::with(200, &[], "data: x\n\n"))).await;
    let client = pets::client(&server.url);
    for (body, _) in &cases {
        let mut call = Call::new(&client, &AskPets::OPERATION);
        call.json(body);
        let mut events = AskPets::new(call).into_events();
        assert_eq!(events.next().await.unwrap().unwrap(), "x");
    }
    let bodies: Vec<String> = server.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, cases.map(|(_, expected)| expected));
}

async fn next(events: &mut Events<Pet>) -> Option<Result<Pet, Error>> {
    poll_fn(|context| Pin::new(&mut *events).poll_next(context)).await
}

#[tokio::test]
async fn events_are_there_as_they_come() {
    let peer = Peer::new().await;
    let mut events = watch(&peer.url).into_events();
    let reading = tokio::spawn(async move {
        let first = events.next().await;
        (first, events)
    });
    let (mut connection, head) = peer.accept_with_head().await;
    assert!(head.contains("accept: text/event-stream\r\n"), "{head}");
    connection
        .chunked("content-type: text/event-stream\r\n")
        .await;
    connection
        .chunk(b": welcome\n\nid: 1\nretry: 2500\nevent: born\ndata: {\"na")
        .await;
    connection.chunk(b"me\":\"Rex\"}\n\n").await;
    let (first, mut events) = reading.await.unwrap();
    assert_eq!(first.unwrap().unwrap(), Pet::new("Rex"));
    assert_eq!(
        (events.event_name(), events.last_event_id()),
        (Some("born"), Some("1"))
    );
    assert_eq!(events.retry(), Some(Duration::from_millis(2500)));
    // What can't be read is an error in its place, and the stream goes on.
    connection
        .chunk(b"data: {\"name\":1}\n\ndata: {\"name\":\"Tom\"}\n\n")
        .await;
    let error = next(&mut events).await.unwrap().unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains(" at name"),
        "{error}"
    );
    assert_eq!(error.body(), b"{\"name\":1}");
    assert_eq!(next(&mut events).await.unwrap().unwrap(), Pet::new("Tom"));
    assert_eq!(
        (events.event_name(), events.last_event_id()),
        (None, Some("1"))
    );
    let shown = format!("{events:?}");
    assert!(
        shown.contains("reading") && !shown.contains("Tom"),
        "{shown}"
    );
    connection.chunk(b"data: [DONE]\n\n").await;
    assert!(next(&mut events).await.is_none());
    assert!(next(&mut events).await.is_none());
    connection.closed().await;
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_event_is_asked_for() {
    let server = Server::start([]).await;
    drop(watch(&server.url).into_events());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_call_is_tried_again_until_the_stream_begins() {
    let body = "data: {\"name\":\"Rex\"}\n\n";
    let replies = [
        Reply::with(503, &[], ""),
        Reply::with(200, &["content-type: text/event-stream"], body),
    ];
    let server = Server::start(replies).await;
    let mut events = watch(&server.url).into_events();
    assert_eq!(events.next().await.unwrap().unwrap(), Pet::new("Rex"));
    assert!(events.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_in_an_error() {
    let body = "data: {\"name\":\"Rex\"}\n\ndata: {\"na";
    let server = Server::start([Reply::broken(
        200,
        &["content-type: text/event-stream"],
        body,
    )])
    .await;
    let mut events = watch(&server.url).into_events();
    assert_eq!(events.next().await.unwrap().unwrap(), Pet::new("Rex"));
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_interrupted() && !error.is_decode(), "{error}");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_response_that_is_no_stream_is_an_error() {
    let server = Server::start([Reply::json(200, r#"{"name":"Rex"}"#)]).await;
    let mut events = watch(&server.url).into_events();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert!(
        error.to_string().contains("expected a stream of events"),
        "{error}"
    );
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn the_limit_of_a_body_is_one_for_each_event() {
    let small = "data: {\"name\":\"Rex\"}\n\n".repeat(20);
    let body = format!("{small}data: {}\n\n", "x".repeat(101));
    let server = Server::start([Reply::with(200, &[], &body)]).await;
    let client = pets::settings(&pets::BEARER, &server.url)
        .max_body_size(100)
        .build()
        .unwrap();
    let request = WatchPets::new(Call::new(&client, &WatchPets::OPERATION));
    let mut events = request.into_events();
    for _ in 0..20 {
        assert_eq!(events.next().await.unwrap().unwrap(), Pet::new("Rex"));
    }
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("exceeds 100 bytes"), "{error}");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_text_has_to_be_utf_8() {
    let latin = Reply::Bytes(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n\xe9a".to_vec(),
    );
    let replies = [
        Reply::with(200, &[], "\u{feff}h\u{e9}"),
        Reply::with(204, &[], ""),
        latin,
    ];
    let server = Server::start(replies).await;
    assert_eq!(watch(&server.url).send().await.unwrap(), "h\u{e9}");
    assert_eq!(watch(&server.url).send().await.unwrap(), "");
    let error = watch(&server.url).send().await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("utf-8"),
        "{error}"
    );
    assert!(!error.to_string().contains("JSON"), "{error}");
}
