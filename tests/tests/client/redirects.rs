//! Redirects are followed on the same origin only.

use crate::sample::{BATCH, KEY, client, new_batch};
use crate::server::{Answer, Server};

fn redirect(status: u16, to: &str) -> Answer {
    Answer::with(status, &[("location", to)], "")
}

#[tokio::test]
async fn a_get_follows_a_redirect_on_the_same_origin() {
    for status in [301, 302, 303, 307, 308] {
        let answers = [redirect(status, "/new/bat-1?v=2"), Answer::json(200, BATCH)];
        let server = Server::start(answers).await;
        let call = client(&server).batches().get("bat-1").session("abc");
        let response = call.send_with_response().await;
        let response = response.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(response.attempts(), 1);
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[1].line(), "GET /new/bat-1?v=2");
        assert_eq!(requests[0].headers, requests[1].headers);
    }
}

#[tokio::test]
async fn a_whole_url_of_the_same_origin_is_followed() {
    let server = Server::start([]).await;
    server.push(redirect(308, &format!("{}/new", server.url())));
    server.push(Answer::json(200, BATCH));
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("a batch");
    assert_eq!(server.requests()[1].line(), "GET /new");
}

#[tokio::test]
async fn another_origin_never_gets_a_request() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start([Answer::json(200, BATCH)]).await;
        let port = other.url().rsplit_once(':').expect("a port").1;
        for to in [
            format!("{}/api/v2/batches/bat-1", other.url()),
            format!("//127.0.0.1:{port}/x"),
            format!("http://localhost:{port}/x"),
        ] {
            let server = Server::start([redirect(status, &to)]).await;
            let call = client(&server).batches().get("bat-1").session("abc");
            let error = call.send().await.expect_err("it leads elsewhere");
            assert!(error.is_status(), "{error}");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert!(error.to_string().contains("another origin"), "{error}");
            assert_eq!(server.requests().len(), 1);
            assert_eq!(other.requests(), []);
        }
    }
}

#[tokio::test]
async fn create_follows_only_a_redirect_that_keeps_method_and_body() {
    for status in [307, 308] {
        let answers = [redirect(status, "/new"), Answer::json(201, BATCH)];
        let server = Server::start(answers).await;
        let sent = client(&server).batches().create(new_batch()).send().await;
        sent.unwrap_or_else(|error| panic!("{status}: {error}"));
        let requests = server.requests();
        assert_eq!(requests[1].line(), "POST /new");
        assert_eq!(requests[1].body, requests[0].body);
    }
    for status in [301, 302, 303] {
        let server = Server::start([redirect(status, "/new")]).await;
        let sent = client(&server).batches().create(new_batch()).send().await;
        let error = sent.expect_err("it could become a GET");
        assert!(error.is_status(), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let answers = std::iter::repeat_with(|| redirect(307, "/again"));
    let server = Server::start(answers.take(100)).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    let error = sent.expect_err("it never ends");
    assert!(error.is_status(), "{error}");
    assert!(server.requests().len() < 25, "{error}");
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_error() {
    for to in ["http://", "http://[", "mailto:a@b.c", "javascript:alert(1)"] {
        let server = Server::start([redirect(302, to)]).await;
        let sent = client(&server).batches().get("bat-1").send().await;
        let error = sent.expect_err(to);
        assert!(error.is_status(), "{to}: {error}");
    }
    let server = Server::start([Answer::with(302, &[], "")]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    assert!(sent.expect_err("there is no Location").is_status());
}

#[tokio::test]
async fn a_password_in_a_location_does_not_take_the_place_of_the_key() {
    let server = Server::start([]).await;
    let to = server.url().replace("http://", "http://user:password@");
    server.push(redirect(307, &format!("{to}/new")));
    server.push(Answer::json(200, BATCH));
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("a batch");
    let authorization = format!("Bearer {KEY}");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.header("authorization"), Some(&*authorization));
    }
}
