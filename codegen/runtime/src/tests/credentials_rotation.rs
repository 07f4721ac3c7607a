//! Keys that are replaced while a client lives.

use std::sync::{Arc, OnceLock};

use super::doubles::{self, Watched};
use super::pets::{self, BEARER, KEY, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::client::ClientCore;
use crate::runtime::mock::{MockResponse, MockTransport};

const PET: &str = r#"{"name":"Rex"}"#;

#[tokio::test]
async fn replaced_key_is_for_all_clones_and_an_invalid_one_changes_nothing() {
    let server = Server::start((0..4).map(|_| Reply::json(200, PET))).await;
    let client = pets::client(&server.url);
    let clone = Pets(client.clone());
    clone.get("1").send().await.unwrap();
    client.replace_credential(0, "key-two".to_owned()).unwrap();
    clone.get("1").send().await.unwrap();
    for bad in ["", " ", "key\nthree", " key-three", "k\u{e9}y-three"] {
        let error = client.replace_credential(0, bad.to_owned()).unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        let shown = super::everything_of(&error);
        assert!(
            shown.contains("the API key ") && !shown.contains("three"),
            "{shown}"
        );
    }
    clone.get("1").send().await.unwrap();
    let requests = server.requests();
    let sent = requests
        .iter()
        .map(|request| request.header("authorization").unwrap());
    assert_eq!(
        sent.collect::<Vec<_>>(),
        [&format!("Bearer {KEY}"), "Bearer key-two", "Bearer key-two"]
    );
}

/// A client whose key is replaced while its first request is under way.
fn replaced_under_way(mock: &MockTransport, new: &'static str) -> ClientCore {
    let this = Arc::new(OnceLock::<ClientCore>::new());
    let there = Arc::clone(&this);
    let builder = doubles::settings(&BEARER, mock).wrap_transport(move |inner| {
        let there = Arc::clone(&there);
        let watch = move |_: &mut reqwest::Request| {
            let client = there.get().expect("it was set before the first call");
            client.replace_credential(0, new.to_owned()).unwrap();
        };
        Watched { inner, watch }
    });
    let client = builder.build().unwrap();
    this.set(client.clone()).expect("it is set once");
    client
}

#[tokio::test]
async fn request_rejected_with_the_old_key_is_repeated_with_the_new_one() {
    let mock = MockTransport::new();
    for (key, status) in [(KEY, 401), ("key-two", 201)] {
        mock.expect("POST", "/v1/pets")
            .with_header("authorization", &format!("Bearer {key}"))
            .with_json(&Pet::new("Rex"))
            .respond(MockResponse::new(status).body(PET));
    }
    let pets = Pets(replaced_under_way(&mock, "key-two"));
    pets.create(&Pet::new("Rex")).send().await.unwrap();
    mock.assert_done();
    // Where there is no other key, the refusal is the result.
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(401));
    let pets = Pets(replaced_under_way(&mock, KEY));
    let error = pets.get("1").send().await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
    assert_eq!(error.attempts(), 1);
    mock.assert_done();
}
