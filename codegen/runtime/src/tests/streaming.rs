//! Bodies that are read as they come, and bodies that are taken as they are.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::doubles;
use super::peer::Peer;
use super::pets::{self, BEARER, KEY, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::body_stream::BodyStream;
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::response::Response;

const SECOND: Duration = Duration::from_secs(1);

/// `{"name":"Rex"}`, compressed.
pub(super) const GZIPPED: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0xab, 0x56, 0xca, 0x4b, 0xcc, 0x4d,
    0x55, 0xb2, 0x52, 0x0a, 0x4a, 0xad, 0x50, 0xaa, 0x05, 0x00, 0xcd, 0x60, 0xf1, 0xa5, 0x0e, 0x00,
    0x00, 0x00,
];

async fn next(stream: &mut BodyStream) -> Option<Result<Bytes, Error>> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

/// What is left of a body, and the error in which it ends.
pub(super) async fn rest(mut stream: BodyStream) -> (Vec<u8>, Option<Error>) {
    let mut bytes = Vec::new();
    while let Some(piece) = stream.chunk().await {
        match piece {
            Ok(piece) => bytes.extend_from_slice(&piece),
            Err(error) => {
                assert!(stream.chunk().await.is_none(), "an error is the end");
                return (bytes, Some(error));
            }
        }
    }
    assert!(stream.chunk().await.is_none(), "the end stays the end");
    (bytes, None)
}

/// A response of which the first piece was read, and the other end of its connection.
async fn begun(peer: &Peer, pets: &Pets) -> (BodyStream, super::peer::Connection) {
    let call = tokio::spawn(pets.get("1").send_streaming());
    let mut connection = peer.accept().await;
    connection.chunked("").await;
    let mut stream = call.await.unwrap().unwrap().into_body();
    connection.chunk(b"one").await;
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "one");
    (stream, connection)
}

#[tokio::test]
async fn streaming_yields_chunks_before_the_end() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let call = tokio::spawn(pets.get("1").send_streaming());
    let mut connection = peer.accept().await;
    connection.chunked("x-request-id: r-1\r\n").await;
    // The head alone is enough for the response.
    let response = call.await.unwrap().unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.attempts(), 1);
    let mut stream = response.into_body();
    for piece in ["one", "\u{0}\u{e9}"] {
        connection.chunk(piece.as_bytes()).await;
        assert_eq!(next(&mut stream).await.unwrap().unwrap(), piece);
    }
    let shown = format!("{stream:?}");
    assert!(
        shown.contains("received: 6") && !shown.contains("one"),
        "{shown}"
    );
    connection.chunk(b"").await;
    assert!(next(&mut stream).await.is_none());
    assert!(next(&mut stream).await.is_none());
}

#[tokio::test]
async fn streaming_a_truncated_body_ends_in_an_error() {
    let replies = [Reply::broken(200, &["x-request-id: r-2"], "so far")];
    let server = Server::start(replies).await;
    let pets = Pets(pets::client(&server.url));
    let response = pets.get("1").send_streaming().await.unwrap();
    let (bytes, error) = rest(response.into_body()).await;
    assert_eq!(bytes, b"so far");
    let error = error.expect("it broke off");
    assert!(error.is_interrupted() && !error.is_timeout(), "{error}");
    assert!(!error.is_decode(), "{error}");
    assert_eq!((error.attempts(), error.request_id()), (1, Some("r-2")));
    let text = error.to_string();
    assert!(
        text.contains("/pets/1: response body truncated after 6 bytes: "),
        "{text}"
    );
    assert!(text.contains(" (200 OK, no content type, "), "{text}");
    // Nothing is tried again once the body was begun.
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn streaming_timeout_applies_to_each_chunk() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let (mut stream, mut connection) = begun(&peer, &pets).await;
    // From here on time passes when nothing else happens. Whoever reads slowly is not late.
    tokio::time::pause();
    for _ in 0..3 {
        tokio::time::sleep(SECOND * 59).await;
        connection.chunk(b"more").await;
        tokio::time::resume();
        assert_eq!(stream.chunk().await.unwrap().unwrap(), "more");
        tokio::time::pause();
    }
    let (bytes, error) = rest(stream).await;
    assert_eq!(bytes, b"");
    let error = error.expect("nothing comes");
    assert!(error.is_timeout() && !error.is_decode(), "{error}");
    let text = error.to_string();
    let part = "reading the next chunk of the response body timed out after 60s (1 attempt in ";
    assert!(text.contains(part), "{text}");
    connection.closed().await;
}

#[tokio::test]
async fn streaming_total_timeout_applies_to_the_end() {
    let peer = Peer::new().await;
    let builder = pets::settings(&BEARER, &peer.url).total_timeout(SECOND * 90);
    let pets = Pets(builder.build().unwrap());
    let (stream, connection) = begun(&peer, &pets).await;
    tokio::time::pause();
    tokio::time::sleep(SECOND * 60).await;
    let (_, error) = rest(stream).await;
    let error = error.expect("nothing comes");
    assert!(error.is_timeout(), "{error}");
    let part = "total timeout elapsed after 90s";
    assert!(error.to_string().contains(part), "{error}");
    connection.closed().await;
}

#[tokio::test(start_paused = true)]
async fn streaming_timeouts_apply_to_the_head() {
    let mock = MockTransport::new();
    let pets = Pets(doubles::client(&mock));
    for _ in 0..2 {
        mock.expect("GET", "/v1/pets/1")
            .respond(MockResponse::pending());
    }
    let request = pets.get("1").with_total_timeout(SECOND * 7);
    let error = request.send_streaming().await.unwrap_err();
    assert!(
        error.to_string().contains("total timeout elapsed after 7s"),
        "{error}"
    );
    let request = pets.get("1").with_timeout(SECOND * 5).with_max_retries(0);
    let error = request.send_streaming().await.unwrap_err();
    assert!(
        error.to_string().contains("attempt timed out after 5s"),
        "{error}"
    );
    mock.assert_done();
}

#[tokio::test]
async fn streaming_retries_an_error_status() {
    let server = Server::start([
        Reply::json(503, "{}"),
        Reply::Close(Vec::new()),
        Reply::json(200, "fine"),
        Reply::with(307, &["location: /other"], ""),
        Reply::json(404, "gone"),
    ])
    .await;
    let pets = Pets(pets::client(&server.url));
    let response = pets.get("1").send_streaming().await.unwrap();
    assert_eq!(response.attempts(), 3);
    assert_eq!(rest(response.into_body()).await.0, b"fine");
    let error = pets.get("2").send_streaming().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.body(), b"gone");
    let error = pets.get("..").send_streaming().await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
}

#[tokio::test]
async fn streaming_drop_closes_the_connection() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let (stream, connection) = begun(&peer, &pets).await;
    drop(stream);
    connection.closed().await;
    // So does dropping a call whose head isn't there yet.
    let call = tokio::spawn(pets.get("1").send_streaming());
    let connection = peer.accept().await;
    call.abort();
    connection.closed().await;
}

#[tokio::test]
async fn streaming_dropped_read_loses_nothing() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let (mut stream, mut connection) = begun(&peer, &pets).await;
    tokio::select! {
        biased;
        piece = stream.chunk() => panic!("{piece:?}"),
        () = tokio::task::yield_now() => {}
    }
    connection.chunk(b"two").await;
    connection.chunk(b"").await;
    assert_eq!(rest(stream).await.0, b"two");
}

fn gzipped() -> Reply {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        GZIPPED.len()
    );
    Reply::Bytes([head.as_bytes(), GZIPPED].concat())
}

#[tokio::test]
async fn streaming_decompresses_chunks() {
    let server = Server::start([gzipped(), gzipped()]).await;
    let pets = Pets(pets::client(&server.url));
    let response = pets.get("1").send_streaming().await.unwrap();
    let (bytes, error) = rest(response.into_body()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(bytes, br#"{"name":"Rex"}"#);
    let raw = pets.get("1").send_raw().await.unwrap();
    assert_eq!(raw.into_body(), r#"{"name":"Rex"}"#);
}

#[tokio::test]
async fn streaming_has_no_maximum_size() {
    let long = "x".repeat(300);
    let server = Server::start([Reply::with(204, &[], ""), Reply::json(200, &long)]).await;
    let builder = pets::settings(&BEARER, &server.url).max_body_size(100);
    let pets = Pets(builder.build().unwrap());
    let response = pets.delete("1").send_streaming().await.unwrap();
    assert_eq!(response.status(), 204);
    assert!(rest(response.into_body()).await.0.is_empty());
    let response = pets.get("1").send_streaming().await.unwrap();
    assert_eq!(rest(response.into_body()).await.0.len(), 300);
}

#[tokio::test]
async fn raw_body_is_limited() {
    let server = Server::start([
        Reply::json(503, "{}"),
        Reply::with(
            200,
            &["content-type: text/plain"],
            "no JSON: \u{0}\u{1b}\u{e9}",
        ),
        Reply::json(200, &"x".repeat(101)),
        Reply::json(404, "gone"),
    ])
    .await;
    let builder = pets::settings(&BEARER, &server.url).max_body_size(100);
    let pets = Pets(builder.build().unwrap());
    let response = pets.get("1").send_raw().await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(response.into_body(), "no JSON: \u{0}\u{1b}\u{e9}");
    let error = pets.create(&Pet::new("Rex")).send_raw().await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    let text = error.to_string();
    assert!(text.contains("response body exceeds 100 bytes"), "{text}");
    assert!(pets.get("1").send_raw().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn streaming_debug_shows_no_data() {
    let echo = format!("x-request-id: {KEY}");
    let server = Server::start([Reply::broken(200, &[&echo], "s3cret body")]).await;
    let pets = Pets(pets::client(&server.url));
    let response: Response<BodyStream> = pets.get("1").send_streaming().await.unwrap();
    let shown = format!("{response:?}");
    assert!(!shown.contains("s3cret") && !shown.contains(KEY), "{shown}");
    let (_, error) = rest(response.into_body()).await;
    let shown = super::everything_of(&error.expect("it broke off"));
    assert!(!shown.contains(KEY), "{shown}");
}
