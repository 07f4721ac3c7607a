//! Requests that a server gives back without having processed them, and who repeats them.

use h2::Reason;

use super::doubles;
use super::http2_peer::{End, Http2Peer, Turn};
use super::peer::Peer;
use super::pets::{self, Pet, Pets};
use crate::runtime::transport::TransportError;

const PET: &str = r#"{"name":"Rex"}"#;

fn refused() -> Turn {
    Turn::Reset(Reason::REFUSED_STREAM)
}

#[tokio::test]
async fn unprocessed_request_without_retries() {
    let refusing = Http2Peer::start((0..4).map(|_| refused())).await;
    let leaving = Http2Peer::start_going_away(Reason::NO_ERROR, [Turn::json(PET)]).await;
    for (peer, cause) in [
        (
            refusing,
            "refused stream before processing any application logic",
        ),
        (
            leaving,
            "connection error received: not a result of an error",
        ),
    ] {
        let request = peer.pets().get("1").with_max_retries(0);
        let error = request.send().await.unwrap_err();
        assert_eq!((error.attempts(), peer.count()), (1, 1), "{error}");
        assert!(error.is_interrupted() && !error.is_connect(), "{error}");
        assert!(error.status().is_none() && !error.is_timeout());
        let text = error.to_string();
        let part = "/pets/1: the server did not process the request: ";
        assert!(text.contains(part) && text.contains(cause), "{text}");
        assert!(
            std::error::Error::source(&error)
                .unwrap()
                .is::<reqwest::Error>()
        );
    }
}

#[tokio::test]
async fn retry_of_a_refused_stream_whatever_the_method() {
    let peer = Http2Peer::start([refused(), refused(), Turn::json(PET)]).await;
    let request = peer.pets().create(&Pet::new("Rex"));
    let response = request.send_with_response().await.unwrap();
    assert_eq!((response.attempts(), peer.count()), (3, 3));
    let peer = Http2Peer::start((0..4).map(|_| refused())).await;
    let error = peer.pets().create(&Pet::new("Rex")).send().await;
    assert_eq!((error.unwrap_err().attempts(), peer.count()), (3, 3));
}

#[tokio::test]
async fn retry_after_goaway() {
    for reason in [Reason::NO_ERROR, Reason::ENHANCE_YOUR_CALM] {
        let peer = Http2Peer::start_going_away(reason, [Turn::json(PET)]).await;
        let request = peer.pets().create(&Pet::new("Rex"));
        let response = request.send_with_response().await.unwrap();
        assert_eq!((response.attempts(), peer.count()), (2, 2));
    }
}

#[tokio::test]
async fn retry_never_repeats_what_may_be_processed() {
    for turn in [
        Turn::Reset(Reason::NO_ERROR),
        Turn::Reset(Reason::CANCEL),
        Turn::Reset(Reason::INTERNAL_ERROR),
        Turn::Close,
        // Too late to say that it wasn't.
        Turn::ok(&[], &[b"{"], End::Reset(Reason::REFUSED_STREAM)),
    ] {
        let peer = Http2Peer::start([turn.clone(), Turn::json(PET)]).await;
        let error = peer.pets().create(&Pet::new("Rex")).send().await;
        let error = error.expect_err("it may have been carried out");
        assert!(error.is_interrupted(), "{turn:?}: {error}");
        assert_eq!((error.attempts(), peer.count()), (1, 1), "{turn:?}");
    }
}

#[tokio::test]
async fn retry_budget_isnt_charged_for_unprocessed_requests() {
    const CALLS: usize = 120;
    let turns = (0..CALLS).flat_map(|_| [refused(), Turn::json(PET)]);
    let peer = Http2Peer::start(turns).await;
    let pets = peer.pets();
    for _ in 0..CALLS {
        assert_eq!(
            pets.get("1").send_with_response().await.unwrap().attempts(),
            2
        );
    }
    assert_eq!(peer.count(), 2 * CALLS);
}

#[tokio::test(start_paused = true)]
async fn unprocessed_request_reported_by_a_transport() {
    let error = TransportError::not_processed("the tunnel is full");
    assert_eq!(error.to_string(), "the server did not process the request");
    let (pets, mock) = super::transports::stumbling(error);
    mock.expect("POST", "/v1/pets")
        .respond_json(201, &Pet::new("Rex"));
    let request = pets.create(&Pet::new("Rex"));
    assert_eq!(request.send_with_response().await.unwrap().attempts(), 2);
    mock.assert_done();
    drop(doubles::client(&mock));
}

/// A connection that was kept may be closed by the time it is used again. What was begun to be written
/// on it is written nowhere else, but by the retry policy.
#[tokio::test]
async fn pooled_connection_that_breaks_makes_no_hidden_retry() {
    let peer = Peer::new().await;
    let pets = Pets(pets::client(&peer.url));
    let call = tokio::spawn(pets.get("1").send());
    let mut connection = peer.accept().await;
    let response = format!("HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{PET}");
    connection.write(response.as_bytes()).await;
    call.await.unwrap().unwrap();
    let call = tokio::spawn(pets.get("2").with_max_retries(0).send());
    assert!(connection.request().await.starts_with("GET /pets/2 "));
    drop(connection);
    let error = call.await.unwrap().unwrap_err();
    assert!(error.is_interrupted(), "{error}");
    assert_eq!(error.attempts(), 1);
    // The next connection is the next call's.
    let call = tokio::spawn(pets.get("3").send());
    let (mut connection, head) = peer.accept_with_head().await;
    assert!(head.starts_with("GET /pets/3 "), "{head}");
    connection.write(response.as_bytes()).await;
    call.await.unwrap().unwrap();
}
