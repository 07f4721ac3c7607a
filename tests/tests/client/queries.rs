//! Odd values in the query and in the cookie.

use llama_cloud::DateTime;
use llama_cloud::batches::{Get, List};
use llama_cloud::types::BatchStatus;

use crate::sample::{BATCH, PAGE, client};
use crate::server::{Answer, Recorded, Server};

async fn list(options: impl FnOnce(List) -> List) -> Recorded {
    let server = Server::start([Answer::json(200, PAGE)]).await;
    let sent = options(client(&server).batches().list()).send().await;
    sent.unwrap_or_else(|error| panic!("{error}"));
    server.request()
}

async fn get(options: impl FnOnce(Get) -> Get) -> Recorded {
    let server = Server::start([Answer::json(200, BATCH)]).await;
    let sent = options(client(&server).batches().get("bat-1")).send().await;
    sent.unwrap_or_else(|error| panic!("{error}"));
    server.request()
}

#[tokio::test]
async fn an_empty_text_is_sent_as_a_name_without_a_value() {
    let request = list(|list| list.project_id("").page_token("")).await;
    assert_eq!(request.query.as_deref(), Some("page_token=&project_id="));
}

#[tokio::test]
async fn an_empty_array_sends_nothing() {
    let request = get(|get| get.expand(Vec::<String>::new())).await;
    assert_eq!(request.query, None);
}

#[tokio::test]
async fn each_item_of_an_array_is_sent_under_the_name_of_the_parameter() {
    let request = get(|get| get.expand(["results", "other"])).await;
    let query = request.query.as_deref();
    assert_eq!(query, Some("expand=results&expand=other"));
    let request = get(|get| get.expand(["a,b", "", "c&d"])).await;
    let query = request.query.as_deref();
    assert_eq!(query, Some("expand=a%2Cb&expand=&expand=c%26d"));
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
async fn reserved_and_non_ascii_characters_are_encoded() {
    for (value, encoded) in [
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a&b=c", "a%26b%3Dc"),
        ("#?/:@", "%23%3F%2F%3A%40"),
        ("100%", "100%25"),
        ("%20", "%2520"),
        ("é", "%C3%A9"),
        ("日本", "%E6%97%A5%E6%9C%AC"),
        ("🦀", "%F0%9F%A6%80"),
        ("\r\n", "%0D%0A"),
        ("-._~", "-._~"),
        ("'", "%27"),
    ] {
        let request = list(|list| list.page_token(value)).await;
        assert_eq!(request.query, Some(format!("page_token={encoded}")));
    }
}

#[tokio::test]
async fn dates_are_sent_as_they_were_given() {
    for (given, encoded) in [
        ("2026-01-02T03:04:05Z", "2026-01-02T03%3A04%3A05Z"),
        (
            "2026-01-02T03:04:05+01:00",
            "2026-01-02T03%3A04%3A05%2B01%3A00",
        ),
        ("2026-01-02T03:04:05", "2026-01-02T03%3A04%3A05"),
        (
            "2026-01-02T03:04:05.100200Z",
            "2026-01-02T03%3A04%3A05.100200Z",
        ),
        ("2026-01-02 03:04:05z", "2026-01-02%2003%3A04%3A05z"),
    ] {
        let date = DateTime::parse(given).expect("a date");
        let request = list(|list| list.created_at_on_or_after(date)).await;
        let query = format!("created_at_on_or_after={encoded}");
        assert_eq!(request.query, Some(query));
    }
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
