//! A value in the path is one segment, whatever is in it, or isn't sent.

use crate::sample::{BATCH, client};
use crate::server::{Answer, Server};

/// The first line of the request for a batch of this id.
async fn line_for(id: &str) -> String {
    let server = Server::start([Answer::json(200, BATCH)]).await;
    let sent = client(&server).batches().get(id).send().await;
    sent.unwrap_or_else(|error| panic!("{id}: {error}"));
    server.request().line()
}

#[tokio::test]
async fn what_could_end_a_segment_is_encoded() {
    for (id, segment) in [
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("../x", "..%2Fx"),
        ("é", "%C3%A9"),
        ("%2e", "%252e"),
        ("%2e%2e", "%252e%252e"),
        ("a b+c", "a%20b+c"),
        ("\\", "%5C"),
        ("...", "..."),
        (" ", "%20"),
        ("\r\nx: y", "%0D%0Ax:%20y"),
        ("\0", "%00"),
        ("日本", "%E6%97%A5%E6%9C%AC"),
        ("{batch_id}", "%7Bbatch_id%7D"),
        ("\"<>^`|", "%22%3C%3E%5E%60%7C"),
    ] {
        assert_eq!(line_for(id).await, format!("GET /api/v2/batches/{segment}"));
    }
}

#[tokio::test]
async fn what_a_segment_may_hold_is_sent_as_it_is() {
    let id = "AZaz09-._~!$&'()*+,;=:@";
    assert_eq!(line_for(id).await, format!("GET /api/v2/batches/{id}"));
}

#[tokio::test]
async fn values_that_would_reach_another_endpoint_are_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let server = Server::start([]).await;
        let sent = client(&server).batches().get(id).send().await;
        let error = sent.expect_err("it isn't sent");
        assert!(error.is_invalid_input(), "{error}");
        assert!(error.to_string().contains("`batch_id`"), "{error}");
        assert_eq!(error.attempts(), 0);
        assert_eq!(error.status(), None);
        assert_eq!(server.requests(), []);
    }
}
