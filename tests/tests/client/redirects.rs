//! Redirects of a call with a body, and those that lead nowhere.

use tests::sample::{BATCH, client, new_batch};
use tests::server::{Server, ServerResponse};

fn redirect(status: u16, to: &str) -> ServerResponse {
    ServerResponse::with(status, &[("location", to)], "")
}

#[tokio::test]
async fn create_follows_only_a_redirect_that_keeps_method_and_body() {
    for status in [307, 308] {
        let responses = [redirect(status, "/new"), ServerResponse::json(201, BATCH)];
        let server = Server::start(responses).await;
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
async fn a_redirect_to_nowhere_is_an_error() {
    for to in ["http://", "http://[", "mailto:a@b.c", "javascript:alert(1)"] {
        let server = Server::start([redirect(302, to)]).await;
        let sent = client(&server).batches().get("bat-1").send().await;
        let error = sent.expect_err(to);
        assert!(error.is_status(), "{to}: {error}");
    }
    let server = Server::start([ServerResponse::with(302, &[], "")]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    assert!(sent.expect_err("there is no Location").is_status());
}
