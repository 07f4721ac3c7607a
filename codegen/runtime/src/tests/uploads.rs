//! Content that is sent as it is, from memory and from streams.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::doubles;
use super::peer::Peer;
use super::pets::{self, BEARER, CreatePet, Pet};
use super::server::{Reply, Server};
use super::structs;
use crate::runtime::call::Call;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::multipart::Form;
use crate::runtime::operation::{Method, Operation};
use crate::runtime::request::Request;
use crate::runtime::requests;
use crate::runtime::response::Payload;
use crate::runtime::transport::{Transport, TransportError, TransportFuture};
use crate::runtime::upload::Upload;

const PET: &str = r#"{"name":"Rex"}"#;

/// A stream of these pieces; it fails where one is missing.
pub(super) struct Pieces(VecDeque<Option<&'static str>>);

impl Pieces {
    pub(super) fn of(pieces: impl IntoIterator<Item = &'static str>) -> Self {
        Self(pieces.into_iter().map(Some).collect())
    }
}

impl Stream for Pieces {
    type Item = io::Result<&'static [u8]>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(|piece| match piece {
            Some(piece) => Ok(piece.as_bytes()),
            None => Err(io::Error::other("the disk is gone")),
        }))
    }
}

fn request(client: &ClientCore, set: impl FnOnce(&mut Call)) -> CreatePet {
    let mut call = Call::new(client, &CreatePet::OPERATION);
    set(&mut call);
    CreatePet::new(call)
}

async fn upload(url: &str, content: impl Into<Upload>) -> Result<Pet, Error> {
    let client = pets::client(url);
    request(&client, |call| {
        call.upload("application/octet-stream", content);
    })
    .send()
    .await
}

#[tokio::test]
async fn upload_of_bytes() {
    let server = Server::start((0..3).map(|_| Reply::json(200, PET))).await;
    upload(&server.url, vec![0, 1, 2]).await.unwrap();
    upload(&server.url, "text").await.unwrap();
    upload(&server.url, Upload::bytes("P").content_type("image/png"))
        .await
        .unwrap();
    let seen: Vec<(Option<String>, Option<String>, String)> = server
        .requests()
        .into_iter()
        .map(|it| {
            (
                it.header("content-type"),
                it.header("content-length"),
                it.body,
            )
        })
        .collect();
    let expected = [
        ("application/octet-stream", "3", "\0\u{1}\u{2}"),
        ("application/octet-stream", "4", "text"),
        ("image/png", "1", "P"),
    ];
    let expected = expected.map(|(media_type, length, body)| {
        (Some(media_type.into()), Some(length.into()), body.into())
    });
    assert_eq!(seen, expected);
}

structs::structs! { DownloadPet -> Bytes }
requests::methods! { DownloadPet -> Bytes }

impl Request for DownloadPet {
    structs::builder!();
    type Output = Bytes;
    const OPERATION: Operation = Operation {
        id: "downloadPet",
        method: Method::PUT,
        path: "/pets/picture",
        parameters: &[],
        accept: "image/png, image/*",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Bytes, Error> {
        Ok(payload.bytes())
    }
}

#[tokio::test]
async fn upload_of_text() {
    let response = "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 3\r\n\r\n";
    let response = [response.as_bytes(), &[0, 0xff, 1]].concat();
    let server = Server::start([Reply::Bytes(response)]).await;
    let mut call = Call::new(&pets::client(&server.url), &DownloadPet::OPERATION);
    call.text_as("text/xml", "<a>\u{e9}</a>");
    let picture = DownloadPet::new(call).send().await.unwrap();
    assert_eq!(picture, [0, 0xff, 1].as_slice());
    let request = server.request();
    assert_eq!(request.header("accept").unwrap(), "image/png, image/*");
    assert_eq!(request.header("content-type").unwrap(), "text/xml");
    assert_eq!(request.body, "<a>\u{e9}</a>");
}

#[tokio::test]
async fn upload_of_a_stream_with_its_length() {
    let server = Server::start([Reply::json(200, PET)]).await;
    let stream = Upload::stream(Pieces::of(["one ", "", "two"])).length(7);
    upload(&server.url, stream).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-length").unwrap(), "7");
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(request.body, "one two");
}

#[tokio::test]
async fn upload_of_a_stream_is_chunked() {
    let peer = Peer::new().await;
    let stream = Upload::stream(Pieces::of(["one ", "two"]));
    let url = peer.url.clone();
    let call = tokio::spawn(async move { upload(&url, stream).await });
    let mut connection = peer.accept().await;
    let body = connection.until(b"0\r\n\r\n").await;
    assert_eq!(body, "4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{PET}",
        PET.len()
    );
    connection.write(response.as_bytes()).await;
    assert_eq!(call.await.unwrap().unwrap(), Pet::new("Rex"));
}

#[tokio::test]
async fn upload_of_a_stream_in_a_form() {
    let server = Server::start([Reply::json(200, PET)]).await;
    let mut form = Form::new();
    let stream = Upload::stream(Pieces::of(["one ", "two"])).length(7);
    form.file("file", "text/plain", stream.file_name("a.txt"));
    form.value("after", &"it".to_owned());
    let client = pets::client(&server.url);
    request(&client, |call| call.multipart(form))
        .send()
        .await
        .unwrap();
    let request = server.request();
    assert!(
        request.body.contains("\r\n\r\none two\r\n--"),
        "{}",
        request.body
    );
    let length = request.header("content-length").unwrap();
    assert_eq!(length, request.body.len().to_string());
}

#[tokio::test]
async fn upload_of_a_stream_is_not_retried_once_read() {
    // 429 is tried again, whatever the method.
    let replies = [Reply::with(429, &[], ""), Reply::json(200, PET)];
    let server = Server::start(replies).await;
    let stream = Upload::stream(Pieces::of(["one"])).length(3);
    let error = upload(&server.url, stream.clone()).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(error.attempts(), 1);
    // Nor is a clone of it.
    let error = upload(&server.url, stream).await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(error.to_string().contains("can't be sent twice"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn upload_of_a_stream_to_a_mock() {
    let mock = MockTransport::new();
    mock.expect("POST", "/v1/pets")
        .respond(MockResponse::connect_error());
    mock.expect("POST", "/v1/pets")
        .respond_json(200, &Pet::new("Rex"));
    let stream = Upload::stream(Pieces::of(["one ", "two"]));
    let call = request(&doubles::client(&mock), |call| {
        call.upload("text/plain", stream);
    });
    assert_eq!(call.send().await.unwrap(), Pet::new("Rex"));
    assert_eq!(mock.requests()[1].body, "one two");
}

/// Has no connection at first.
struct Late {
    inner: Arc<dyn Transport>,
    missing: AtomicU32,
}

impl Transport for Late {
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        let is_missing = self
            .missing
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            })
            .is_ok();
        if is_missing {
            return Box::pin(async move {
                drop(request);
                Err(TransportError::connect("no connection"))
            });
        }
        self.inner.send(request)
    }
}

#[tokio::test]
async fn upload_of_an_unread_stream_is_retried() {
    let server = Server::start([Reply::json(200, PET)]).await;
    let client = pets::settings(&BEARER, &server.url)
        .wrap_transport(|inner| Late {
            inner,
            missing: AtomicU32::new(2),
        })
        .build()
        .unwrap();
    let stream = Upload::stream(Pieces::of(["one"])).length(3);
    let response = request(&client, |call| call.upload("text/plain", stream))
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 3);
    assert_eq!(server.request().body, "one");
}

#[tokio::test]
async fn upload_of_a_stream_with_an_error_or_another_length_fails() {
    let failing = || Upload::stream(Pieces([Some("one"), None].into()));
    let cases = [
        (failing(), "the disk is gone"),
        (failing().length(6), "the disk is gone"),
        (
            Upload::stream(Pieces::of(["one"])).length(4),
            "3 bytes so far",
        ),
        (
            Upload::stream(Pieces::of(["one", "two"])).length(4),
            "6 bytes so far",
        ),
    ];
    for (stream, expected) in cases {
        let server = Server::start([]).await;
        let error = upload(&server.url, stream).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn upload_media_type_is_validated() {
    let server = Server::start([]).await;
    let content = Upload::bytes("x").content_type("a/b\r\nX-Evil: 1");
    let error = upload(&server.url, content).await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(server.requests().is_empty());
}
