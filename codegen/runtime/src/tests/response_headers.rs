//! Headers of responses as values of a type, and statuses that tell failures apart.

use super::pets::{self, Pets};
use super::server::{Reply, Server};
use super::{error_of, everything_of};
use crate::runtime::error::Error;

#[tokio::test]
async fn response_header_decodes_as_string_json_or_list() {
    let headers = [
        "x-left: 12",
        "x-name: 12 \"Rex\"",
        "x-tags: a, b,",
        "x-tags: 3",
        "x-on: true",
        "x-token: secret-1",
    ];
    let server = Server::start([Reply::with(200, &headers, r#"{"name":"Rex"}"#)]).await;
    let response = Pets(pets::client(&server.url))
        .get("1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(response.header_as("X-Left").unwrap(), Some(12));
    assert_eq!(response.header_as("x-left").unwrap(), Some("12".to_owned()));
    let name = response.header_as::<String>("x-name").unwrap();
    assert_eq!(name.as_deref(), Some("12 \"Rex\""));
    let tags = response.header_as::<Vec<String>>("x-tags").unwrap();
    assert_eq!(tags.unwrap(), ["a", "b", "3"]);
    assert_eq!(
        response.header_as::<Vec<u8>>("x-left").unwrap(),
        Some(vec![12])
    );
    assert_eq!(response.header_as("x-on").unwrap(), Some(true));
    assert_eq!(response.header_as::<u8>("x-none").unwrap(), None);

    let wrong = response.header_as::<u8>("x-on").unwrap_err();
    assert!(wrong.is_decode() && wrong.to_string().contains("`x-on`"));
    let secret = response.header_as::<u8>("x-token").unwrap_err();
    let shown = everything_of(&secret);
    assert!(!shown.contains("secret-1"), "{shown}");
}

#[tokio::test]
async fn error_status_is_that_of_the_response() {
    let refused = error_of(Reply::json(404, "{}")).await;
    assert_eq!(refused.failed_status(), Some(404));
    let unreadable = error_of(Reply::json(200, "[")).await;
    assert_eq!(unreadable.failed_status(), None);
    assert_eq!(Error::invalid_input("no").failed_status(), None);
}
