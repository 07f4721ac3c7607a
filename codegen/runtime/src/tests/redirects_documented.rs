//! Redirects that the API documents as responses.

#![allow(missing_docs, reason = "as in emitted code")]

use super::pets::{self, KEY};
use super::server::{Reply, Server};
use super::structs;
use crate::runtime::client::ClientCore;
use crate::runtime::redirection::Redirection;
use crate::runtime::requests;

struct Files {
    client: ClientCore,
}

impl Files {
    fn find(&self) -> Find {
        Find(requests::call::<Find>(&self.client))
    }

    fn send(&self) -> Post {
        Post(requests::call::<Post>(&self.client).json(&"x".to_owned()))
    }

    fn any(&self) -> Any {
        Any(requests::call::<Any>(&self.client))
    }
}

structs::structs! { Find -> Redirection, Post -> Redirection, Any -> Redirection }

requests::request! {
    Find: "find" GET "/files/1" -> several(Redirection),
        redirects [302];
}

requests::request! {
    Post: "send" POST "/files" -> several(Redirection), redirects [303];
}

requests::request! {
    Any: "any" GET "/any" -> several(Redirection), redirects [3];
}

fn to(status: u16, location: &str) -> Reply {
    Reply::with(status, &[&format!("location: {location}")], "gone")
}

fn files(server: &Server) -> Files {
    Files {
        client: pets::client(&server.url),
    }
}

#[tokio::test]
async fn documented_redirect_is_a_response_and_not_followed() {
    let storage = Server::start([]).await;
    let signed = format!("{}/file?signature=secret", storage.url);
    let server = Server::start([to(302, &signed)]).await;
    let response = files(&server).find().send_with_response().await.unwrap();
    assert_eq!(response.status().as_u16(), 302);
    assert_eq!(response.location(), Some(signed.as_str()));
    assert_eq!(response.bytes(), "gone");
    let found = response.into_body();
    assert_eq!(found.status().as_u16(), 302);
    assert_eq!(found.location(), Some(signed.as_str()));
    assert_eq!(found.url().unwrap().as_str(), signed);
    // What is signed by its query isn't shown.
    let shown = format!("{found:?}");
    assert!(
        shown.contains("/file") && !shown.contains("secret"),
        "{shown}"
    );
    assert_eq!(server.requests().len(), 1);
    assert!(storage.requests().is_empty());
}

#[tokio::test]
async fn documented_redirect_of_a_post() {
    let server = Server::start([to(303, "../files/7?a=b")]).await;
    let other = files(&server).send().send().await.unwrap();
    assert_eq!(other.location(), Some("../files/7?a=b"));
    assert_eq!(
        other.url().unwrap().as_str(),
        format!("{}/files/7?a=b", server.url)
    );
    assert_eq!(server.request().line, "POST /files");
}

#[tokio::test]
async fn undocumented_redirect_is_followed() {
    // One that isn't documented is followed on its origin, and what comes then is documented.
    let server = Server::start([to(307, "/moved/1"), to(302, "there")]).await;
    let found = files(&server).find().send().await.unwrap();
    assert_eq!(
        found.url().unwrap().as_str(),
        format!("{}/moved/there", server.url)
    );
    assert_eq!(server.requests()[1].line, "GET /moved/1");
    assert!(
        server.requests()[1]
            .header("authorization")
            .unwrap()
            .ends_with(KEY)
    );
    // A POST isn't turned into a GET by a status that isn't documented.
    let server = Server::start([to(302, "/other")]).await;
    let error = files(&server).send().send().await.unwrap_err();
    assert!(error.is_status(), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 302);
}

#[tokio::test]
async fn documented_redirect_range() {
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let server = Server::start([Reply::with(status, &[], "")]).await;
        let found = files(&server).any().send().await.unwrap();
        assert_eq!(found.status().as_u16(), status);
        assert_eq!((found.location(), found.url()), (None, None));
    }
}

#[tokio::test]
async fn documented_redirect_raw_and_streamed() {
    let server = Server::start([to(302, "/a"), to(302, "/a")]).await;
    let raw = files(&server).find().send_raw().await.unwrap();
    assert_eq!((raw.status().as_u16(), &**raw.body()), (302, &b"gone"[..]));
    let streamed = files(&server).find().send_streaming().await.unwrap();
    assert_eq!(streamed.location(), Some("/a"));
    let piece = streamed.into_body().chunk().await.unwrap().unwrap();
    assert_eq!(piece, "gone");
}

#[tokio::test]
async fn documented_redirect_that_was_followed_to_another_origin_is_an_error() {
    let other = Server::start([to(302, "/x")]).await;
    let server = Server::start([to(302, &other.url)]).await;
    let builder = pets::settings(&pets::BEARER, &server.url);
    let files = Files {
        client: builder
            .http_client(super::plain_http_client())
            .build()
            .unwrap(),
    };
    let error = files.find().send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("followed a redirect to another origin"),
        "{error}"
    );
}
