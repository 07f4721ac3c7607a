//! Redirects are followed on the same origin only, and credentials never leave it.

use tests::sample::{BATCH, KEY, builder, client};
use tests::server::{Server, ServerResponse};

fn redirect(status: u16, to: &str) -> ServerResponse {
    ServerResponse::with(status, &[("location", to)], "")
}

#[tokio::test]
async fn redirects_are_followed_on_the_same_origin() {
    for status in [301, 302, 303, 307, 308] {
        let responses = [
            redirect(status, "/new/bat-1?v=2"),
            ServerResponse::json(200, BATCH),
        ];
        let server = Server::start(responses).await;
        let call = client(&server).batches().get("bat-1").session("abc");
        let response = call.send_with_response().await;
        let response = response.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(response.attempts(), 1);
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[1].line(), "GET /new/bat-1?v=2");
        assert_eq!(requests[0].headers, requests[1].headers);
    }
    let server = Server::start([]).await;
    server.push(redirect(308, &format!("{}/new", server.url())));
    server.push(ServerResponse::json(200, BATCH));
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("a batch");
    assert_eq!(server.requests()[1].line(), "GET /new");
}

#[tokio::test]
async fn another_origin_never_gets_a_request() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start([ServerResponse::json(200, BATCH)]).await;
        let port = other.url().rsplit_once(':').expect("a port").1;
        for to in [
            format!("{}/api/v2/batches/bat-1", other.url()),
            format!("//127.0.0.1:{port}/x"),
            format!("http://localhost:{port}/x"),
            format!("https://127.0.0.1:{port}/x"),
            format!("http://{KEY}@127.0.0.1:{port}/x"),
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
async fn credentials_stay_even_where_an_http_client_of_ones_own_goes_to_another_origin() {
    let other = Server::start([ServerResponse::json(200, BATCH)]).await;
    let server = Server::start([redirect(302, other.url())]).await;
    // It fails where another test was first, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = builder(&server).http_client(reqwest::Client::new()).build();
    let call = client.expect("a client").batches().get("bat-1");
    let error = call.session("abc").send().await;
    let error = error.expect_err("the response is not the server's");
    assert!(error.to_string().contains("another origin"), "{error}");
    for request in other.requests() {
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("cookie"), None);
    }
}

#[tokio::test]
async fn a_password_in_a_location_does_not_take_the_place_of_the_key() {
    let server = Server::start([]).await;
    let to = server.url().replace("http://", "http://user:password@");
    server.push(redirect(307, &format!("{to}/new")));
    server.push(ServerResponse::json(200, BATCH));
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("a batch");
    let authorization = format!("Bearer {KEY}");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.header("authorization"), Some(&*authorization));
    }
}
