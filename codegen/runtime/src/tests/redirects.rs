//! Which redirects are followed, and what becomes of the others.

use super::pets::{self, BEARER, KEY, Pet, Pets};
use super::server::{Reply, Server};

const PET: &str = r#"{"name":"Rex"}"#;

fn to(status: u16, location: &str) -> Reply {
    Reply::with(status, &[&format!("location: {location}")], "")
}

#[tokio::test]
async fn redirect_of_a_get_keeps_headers() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start([
            to(status, "/other?x=1#part"),
            to(status, "deeper"),
            Reply::json(200, PET),
        ])
        .await;
        let response = Pets(pets::client(&server.url))
            .get("1")
            .send_with_response()
            .await
            .unwrap();
        assert_eq!(response.attempts(), 1);
        let requests = server.requests();
        let lines: Vec<&str> = requests
            .iter()
            .map(|request| request.line.as_str())
            .collect();
        assert_eq!(lines, ["GET /pets/1", "GET /other?x=1", "GET /deeper"]);
        assert!(
            requests
                .iter()
                .all(|request| request.header("authorization").unwrap().ends_with(KEY))
        );
    }
}

#[tokio::test]
async fn redirect_of_a_post_keeps_method_and_body() {
    for status in [307, 308] {
        let server = Server::start([to(status, "/pets/"), Reply::json(201, PET)]).await;
        Pets(pets::client(&server.url))
            .create(&Pet::new("Rex"))
            .send()
            .await
            .unwrap();
        let requests = server.requests();
        assert_eq!(requests[1].line, "POST /pets/");
        assert_eq!(requests[1].body, requests[0].body);
        assert_eq!(
            requests[1].header("content-type").unwrap(),
            "application/json"
        );
    }
}

#[tokio::test]
async fn redirect_never_turns_a_post_into_a_get() {
    for status in [301, 302, 303] {
        let server = Server::start([to(status, "/other")]).await;
        let error = Pets(pets::client(&server.url))
            .create(&Pet::new("Rex"))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_status(), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(
            error
                .to_string()
                .contains("redirect not followed: following it could turn the POST into a GET"),
            "{error}"
        );
        assert_eq!(server.request().line, "POST /pets");
    }
}

#[tokio::test]
async fn redirect_to_another_origin_is_not_followed() {
    let other = Server::start([Reply::json(200, PET)]).await;
    for location in [
        other.url.as_str(),
        "//elsewhere.example/x",
        "https://127.0.0.1/x",
        "ftp://127.0.0.1/",
        "data:x",
    ] {
        let server = Server::start([to(307, location)]).await;
        let error = Pets(pets::client(&server.url))
            .get("1")
            .send()
            .await
            .unwrap_err();
        assert!(error.is_status() && !error.is_server(), "{error}");
        assert!(
            error.to_string().contains("it points to another origin ("),
            "{error}"
        );
        assert_eq!(error.attempts(), 1);
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn redirect_that_a_custom_client_followed_is_an_error() {
    let other = Server::start([Reply::json(200, PET)]).await;
    let server = Server::start([to(302, &other.url)]).await;
    let builder = pets::settings(&BEARER, &server.url).http_client(super::plain_http_client());
    let error = Pets(builder.build().unwrap())
        .get("1")
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("followed a redirect to another origin"),
        "{error}"
    );
    assert!(error.to_string().contains("Policy::none()"), "{error}");
}

#[tokio::test]
async fn redirects_are_limited_to_ten() {
    let server = Server::start(
        (0..10)
            .map(|_| to(302, "/again"))
            .chain([Reply::json(200, PET)]),
    )
    .await;
    assert!(
        Pets(pets::client(&server.url))
            .get("1")
            .send()
            .await
            .is_ok()
    );
    let server = Server::start((0..20).map(|_| to(302, "/again"))).await;
    let error = Pets(pets::client(&server.url))
        .get("1")
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("too many redirects: 10 were followed"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn redirect_without_location_is_a_status_error() {
    for (reply, part) in [
        (Reply::with(302, &[], "gone"), ": 302 Found ("),
        (to(302, "http://"), "its Location is not a valid URL"),
        (
            Reply::with(304, &["location: /x"], ""),
            ": 304 Not Modified (",
        ),
        (
            Reply::with(300, &["location: /x"], ""),
            ": 300 Multiple Choices (",
        ),
    ] {
        let server = Server::start([reply]).await;
        let error = Pets(pets::client(&server.url))
            .get("1")
            .send()
            .await
            .unwrap_err();
        assert!(
            error.is_status() && error.to_string().contains(part),
            "{error}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn redirect_with_a_user_name_changes_no_header() {
    let server = Server::start([]).await;
    server.push(to(302, &server.url.replace("http://", "http://eve:pw@")));
    server.push(Reply::json(200, PET));
    Pets(pets::client(&server.url))
        .get("1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.requests()[1].header("authorization").unwrap(),
        format!("Bearer {KEY}")
    );
}
