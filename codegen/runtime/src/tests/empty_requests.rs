//! Requests without content: whether they say so.

use super::http2_peer::{Http2Peer, Turn};
use super::peer::{Connection, Peer};
use super::pets::{self, Pet, Pets};
use super::structs;
use super::uploads::Pieces;
use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::operation::{Method, Operation, Parameter};
use crate::runtime::request::Request;
use crate::runtime::requests;
use crate::runtime::response::Payload;
use crate::runtime::upload::Upload;
use crate::runtime::waiting::{PollOptions, Polled};

const PET: &str = r#"{"name":"Rex"}"#;

// `POST /pets/{pet_id}/wash`, which has no body.
structs::structs! { WashPet -> Pet }
requests::methods! { WashPet -> Pet }

impl Request for WashPet {
    structs::builder!();
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "washPet",
        method: Method::POST,
        path: "/pets/{pet_id}/wash",
        parameters: &[Parameter::path("pet_id")],
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

struct UntilClean(requests::Builder, PollOptions<Pet>);

crate::runtime::waiting::methods! { UntilClean -> Pet }

impl Polled for UntilClean {
    type Request = WashPet;
    type Response = Pet;
    type State = bool;
    const DONE: &'static [bool] = &[true];
    const FAILED: &'static [bool] = &[];
    fn state(_: &Pet) -> Option<&bool> {
        Some(&true)
    }
}

fn wash(pets: &Pets) -> WashPet {
    let mut call = Call::new(&pets.0, &WashPet::OPERATION);
    call.path::<String>("pet_id", "1");
    WashPet::new(call)
}

async fn respond(connection: &mut Connection, status: &str) {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: 14\r\n\r\n{PET}");
    connection.write(head.as_bytes()).await;
}

/// The names of a head's lines, with the value of those that tell of content.
fn content_lines(head: &str) -> Vec<&str> {
    let lines = head.split("\r\n").skip(1);
    lines
        .filter(|line| line.to_ascii_lowercase().starts_with("content-"))
        .chain(
            head.contains("transfer-encoding")
                .then_some("transfer-encoding"),
        )
        .collect()
}

#[tokio::test]
async fn empty_request_has_content_length_zero() {
    for (method, text) in [
        ("POST", &["content-length: 0"][..]),
        ("PUT", &["content-length: 0"]),
        ("PATCH", &["content-length: 0"]),
        ("QUERY", &["content-length: 0"]),
        ("GET", &[]),
        ("HEAD", &[]),
        ("DELETE", &[]),
        ("OPTIONS", &[]),
    ] {
        let peer = Peer::new().await;
        let pets = Pets(pets::client(&peer.url));
        let call = tokio::spawn(pets.0.request(method, "x").send_raw());
        let (mut connection, head) = peer.accept_with_head().await;
        assert_eq!(content_lines(&head), text, "{head}");
        connection.write(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        call.await.unwrap().unwrap();
        // Nothing of a body came behind it.
        drop(pets);
        connection.closed().await;
    }
}

#[tokio::test]
async fn empty_request_has_content_length_zero_in_each_attempt_and_redirect() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let call = tokio::spawn(wash(&pets).send());
    let (mut connection, head) = peer.accept_with_head().await;
    assert!(head.starts_with("POST /pets/1/wash "), "{head}");
    assert_eq!(content_lines(&head), ["content-length: 0"]);
    respond(&mut connection, "429 Too Many").await;
    assert_eq!(
        content_lines(&connection.request().await),
        ["content-length: 0"]
    );
    respond(&mut connection, "307 There\r\nlocation: /there").await;
    let head = connection.request().await;
    assert!(head.starts_with("POST /there "), "{head}");
    assert_eq!(content_lines(&head), ["content-length: 0"]);
    respond(&mut connection, "200 OK").await;
    call.await.unwrap().unwrap();
    let call = tokio::spawn(UntilClean(wash(&pets).0, PollOptions::default()).into_future());
    assert_eq!(
        content_lines(&connection.request().await),
        ["content-length: 0"]
    );
    respond(&mut connection, "200 OK").await;
    call.await.unwrap().unwrap();
}

#[tokio::test]
async fn empty_body_has_content_length_zero() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let request = pets.0.request("POST", "x").body("", "text/plain");
    let call = tokio::spawn(request.send_raw());
    let (mut connection, head) = peer.accept_with_head().await;
    let lines = content_lines(&head);
    assert_eq!(lines.len(), 2, "{head}");
    assert!(lines.contains(&"content-length: 0") && lines.contains(&"content-type: text/plain"));
    respond(&mut connection, "200 OK").await;
    call.await.unwrap().unwrap();
    let upload = Upload::stream(Pieces::of([])).length(0);
    let mut sent = Call::new(&pets.0, &WashPet::OPERATION);
    sent.path::<String>("pet_id", "1");
    sent.upload("text/plain", upload);
    let call = tokio::spawn(WashPet::new(sent).send());
    let head = connection.request().await;
    assert!(
        content_lines(&head).contains(&"content-length: 0"),
        "{head}"
    );
    respond(&mut connection, "200 OK").await;
    call.await.unwrap().unwrap();
}

#[tokio::test]
async fn empty_request_over_http_2() {
    for (method, length) in [("POST", Some("0")), ("PUT", Some("0")), ("GET", None)] {
        let peer = Http2Peer::start([Turn::json(PET)]).await;
        let pets = peer.pets();
        pets.0.request(method, "x").send_raw().await.unwrap();
        assert_eq!(peer.header("content-length").as_deref(), length, "{method}");
    }
    let peer = Http2Peer::start([Turn::json(PET)]).await;
    wash(&peer.pets()).send().await.unwrap();
    assert_eq!(peer.header("content-length").unwrap(), "0");
}
