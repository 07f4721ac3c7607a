//! Odd values in the query and in the cookie.

use llama_cloud::batches::{Get, List};
use llama_cloud::types::BatchStatus;
use tests::sample::{BATCH, PAGE, client};
use tests::server::{Recorded, Server, ServerResponse};

async fn list(options: impl FnOnce(List) -> List) -> Recorded {
    let server = Server::start([ServerResponse::json(200, PAGE)]).await;
    let sent = options(client(&server).batches().list()).send().await;
    sent.unwrap_or_else(|error| panic!("{error}"));
    server.request()
}

async fn get(options: impl FnOnce(Get) -> Get) -> Recorded {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let sent = options(client(&server).batches().get("bat-1")).send().await;
    sent.unwrap_or_else(|error| panic!("{error}"));
    server.request()
}

#[tokio::test]
async fn an_array_may_be_any_list_of_texts() {
    let owned = vec!["results".to_owned()];
    let request = get(|get| get.expand(owned.clone())).await;
    assert_eq!(request.query.as_deref(), Some("expand=results"));
    let request = get(|get| get.expand(owned.iter().map(String::as_str))).await;
    assert_eq!(request.query.as_deref(), Some("expand=results"));
}

#[tokio::test]
async fn numbers_are_sent_up_to_the_last_one() {
    for number in [0, -1, i64::MAX, i64::MIN] {
        let request = list(|list| list.page_size(number)).await;
        assert_eq!(request.query, Some(format!("page_size={number}")));
    }
}

#[tokio::test]
async fn a_value_which_the_enum_does_not_know_can_be_sent() {
    let request = list(|list| list.status("PAUSED & HELD")).await;
    assert_eq!(request.query.as_deref(), Some("status=PAUSED%20%26%20HELD"));
    let request = list(|list| list.status(BatchStatus::UnknownValue("NEW".to_owned()))).await;
    assert_eq!(request.query.as_deref(), Some("status=NEW"));
}

#[tokio::test]
async fn a_cookie_can_hold_any_text_and_stays_one_cookie() {
    for (value, sent) in [
        ("cookie value", "session=cookie%20value"),
        ("a;b", "session=a%3Bb"),
        ("a=b&c", "session=a=b&c"),
        ("a,b\"c\\d", "session=a%2Cb%22c%5Cd"),
        ("é", "session=%C3%A9"),
        ("\r\nx: y", "session=%0D%0Ax:%20y"),
        ("already%20encoded", "session=already%20encoded"),
        ("", "session="),
    ] {
        let request = get(|get| get.session(value)).await;
        assert_eq!(request.header("cookie"), Some(sent));
        assert_eq!(request.header("x"), None);
    }
}

#[tokio::test]
async fn further_pairs_follow_the_documented_ones_and_are_encoded() {
    let request = list(|list| {
        list.with_query("x y", "a&b")
            .with_query("n", 7)
            .with_query("n", 8)
            .page_size(1)
    })
    .await;
    let query = "page_size=1&x%20y=a%26b&n=7&n=8";
    assert_eq!(request.query.as_deref(), Some(query));
}
