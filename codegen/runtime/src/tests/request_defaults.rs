//! What an operation has instead of the settings of its client, and what a request says beyond that.

use std::time::Duration;

use super::pets::{self, BEARER, Pets};
use super::server::{Reply, Server};
use crate::client::ClientCore;
use crate::request::Request;

/// How many attempts a failing request makes.
async fn attempts<R: Request>(call: impl FnOnce(Pets) -> R) -> usize {
    let replies = (0..8).map(|_| Reply::json(503, "{}")).collect::<Vec<_>>();
    let server = Server::start(replies).await;
    let builder = pets::settings(&BEARER, &server.url).max_retries(1);
    let error = call(Pets(builder.build().unwrap())).send().await;
    assert!(error.is_err());
    server.requests().len()
}

/// The request with the defaults that emitted code gives its operation.
fn with_defaults<R: Request>(request: R) -> R {
    let builder = request.into_builder();
    R::from_builder(builder.timeout_millis(1500).max_retries(3))
}

#[tokio::test]
async fn retries_of_an_operation_stand_between_the_client_and_the_request() {
    assert_eq!(attempts(|pets| pets.list()).await, 2);
    assert_eq!(attempts(|pets| with_defaults(pets.list())).await, 4);
    let own = attempts(|pets| with_defaults(pets.list()).with_max_retries(0));
    assert_eq!(own.await, 1);
}

#[test]
fn a_timeout_of_an_operation_stands_between_the_client_and_the_request() {
    let builder = pets::settings(&BEARER, "http://localhost").timeout(Duration::from_secs(9));
    let client: ClientCore = builder.build().unwrap();
    let list = || Pets(client.clone()).list();
    let timeout = |request: &dyn Fn() -> crate::request_builder::Builder| request().call.timeout();
    assert_eq!(timeout(&|| list().into_builder()), Duration::from_secs(9));
    let own = || with_defaults(list());
    assert_eq!(
        timeout(&|| own().into_builder()),
        Duration::from_millis(1500)
    );
    let set = || own().with_timeout(Duration::from_secs(2)).into_builder();
    assert_eq!(timeout(&set), Duration::from_secs(2));
}
