//! What a caller changes for one call or for all calls of a client: headers and the query.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::pets::{self, BEARER, COOKIE, HEADER, IDEMPOTENT, KEY, Pet, Pets, QUERY};
use super::server::{Recorded, Reply, Server};
use super::shelves::{self, ByLink};
use crate::runtime::client::ClientCore;
use crate::runtime::pages::PagedRequest as _;
use crate::runtime::request::Request as _;

/// What a client with these settings sends in one request.
async fn sent<F: Future>(
    profile: &'static crate::runtime::profile::Profile,
    set: impl FnOnce(crate::runtime::BuilderCore) -> crate::runtime::BuilderCore,
    call: impl FnOnce(ClientCore) -> F,
) -> Recorded {
    let server = Server::start([Reply::json(200, "[]")]).await;
    let builder = set(pets::settings(profile, &server.url).max_retries(0));
    call(builder.build().unwrap()).await;
    server.request()
}

#[tokio::test]
async fn a_query_of_the_call_takes_the_place_of_typed_values() {
    let request = sent(
        &BEARER,
        |builder| builder,
        |client| {
            let list = Pets(client).list().kind("dog").list("tags", &["a", "b"]);
            let list = list.list("colors", &["x", "y"]);
            let list = list.filter(&[("age", "2"), ("name", "Rex")]);
            let list = list.with_query("tags", "c").with_query("tags", "d");
            let list = list.with_query("filter[age]", 3).with_query("colors", "z");
            list.with_query("n", 1).with_query("n", 2).send()
        },
    )
    .await;
    assert_eq!(
        request.line,
        "GET /pets?kind=dog&filter%5Bname%5D=Rex&tags=c&tags=d&filter%5Bage%5D=3&colors=z&n=1&n=2"
    );
    // The name of an object stands for all that is written of it.
    let request = sent(
        &BEARER,
        |builder| builder,
        |client| {
            let list = Pets(client).list().filter(&[("age", "2")]);
            list.with_query("filter", "all").send()
        },
    )
    .await;
    assert_eq!(request.line, "GET /pets?filter=all");
}

#[tokio::test]
async fn a_clients_query_is_sent_where_the_call_has_none_of_that_name() {
    let set = |builder: crate::runtime::BuilderCore| {
        let builder = builder.query("kind", "cat").query("te nant", "a&b");
        builder.query("v", 1).query("v", 2)
    };
    let request = sent(&BEARER, set, |client| Pets(client).list().send()).await;
    assert_eq!(request.line, "GET /pets?kind=cat&te%20nant=a%26b&v=2");
    let request = sent(&BEARER, set, |client| {
        Pets(client).list().kind("dog").send()
    })
    .await;
    assert_eq!(request.line, "GET /pets?kind=dog&te%20nant=a%26b&v=2");
    let request = sent(&BEARER, set, |client| {
        let list = Pets(client).list().kind("dog").with_query("kind", "owl");
        list.with_query("te nant", "c").with_query("v", 3).send()
    })
    .await;
    assert_eq!(request.line, "GET /pets?kind=owl&te%20nant=c&v=3");
    // An empty list is a value too, though nothing is written of it.
    let tags = |builder: crate::runtime::BuilderCore| builder.query("tags", "a");
    let request = sent(&BEARER, tags, |client| {
        Pets(client).list().list("tags", &[]).send()
    })
    .await;
    assert_eq!(request.line, "GET /pets");
}

#[tokio::test]
async fn custom_requests_and_waits_go_by_the_same_rules() {
    let set =
        |builder: crate::runtime::BuilderCore| builder.query("tenant", "a").header("x-team", "t");
    let request = sent(&BEARER, set, |client| {
        let request = client.request("GET", "/x?limit=5&tenant=b&q=%20");
        request
            .with_query("limit", 7)
            .with_no_header("X-Team")
            .send_raw()
    })
    .await;
    assert_eq!(request.line, "GET /x?tenant=b&q=%20&limit=7");
    assert_eq!(request.header("x-team"), None);

    let server = Server::start([
        Reply::json(200, r#"{"health":"ILL"}"#),
        Reply::json(200, r#"{"health":"WELL"}"#),
    ])
    .await;
    let client = set(pets::settings(&BEARER, &server.url)).build().unwrap();
    let wait = Pets(client)
        .cure("1")
        .with_poll_interval(std::time::Duration::ZERO);
    let wait = wait
        .with_query("tenant", "c")
        .with_no_header("authorization");
    wait.with_no_header("x-team").send().await.unwrap();
    for request in server.requests() {
        assert_eq!(request.line, "GET /patients/1?tenant=c");
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("x-team"), None);
    }
}

#[tokio::test]
async fn all_pages_of_a_stream_go_by_the_same_rules() {
    let page = |next: &str| Reply::json(200, &format!(r#"{{"pets":[],"next":{next}}}"#));
    let server = Server::start([page("\"x\""), page("\"y\""), page("null")]).await;
    let builder = pets::settings(&BEARER, &server.url);
    let builder = builder
        .query("tenant", "a")
        .query("page", "first")
        .header("x-team", "t");
    let list = Pets(builder.build().unwrap())
        .page()
        .kind("dog")
        .with_query("kind", "cat");
    let list = list.with_query("tenant", "b").with_no_header("x-team");
    assert!(list.into_stream().next().await.is_none());
    let requests = server.requests();
    let lines: Vec<&str> = requests
        .iter()
        .map(|request| request.line.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /pets?page=first&kind=cat&tenant=b",
            "GET /pets?page=x&kind=cat&tenant=b",
            "GET /pets?page=y&kind=cat&tenant=b",
        ]
    );
    assert!(
        requests
            .iter()
            .all(|request| request.header("x-team").is_none())
    );
}

#[tokio::test]
async fn pages_by_url_have_what_their_url_lacks() {
    let link = |to: &str| Reply::with(200, &[&format!("link: <{to}>; rel=next")], "[1]");
    let server = Server::start([
        link("?page=2&tenant=a"),
        link("?page=3"),
        Reply::json(200, "[]"),
    ])
    .await;
    let builder = pets::settings(&QUERY, &server.url).query("tenant", "a");
    let client = builder.build().unwrap();
    let shelf = shelves::shelf::<ByLink>(&client).with_query("key", "other");
    let mut items = shelf.with_query("n", 1).into_stream();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let lines: Vec<String> = server.requests().into_iter().map(|it| it.line).collect();
    assert_eq!(
        lines,
        [
            "GET /shelves/top?tenant=a&key=other&n=1",
            "GET /shelves/top?page=2&tenant=a&key=other",
            "GET /shelves/top?page=3&tenant=a&key=other",
        ]
    );
}

#[tokio::test]
async fn a_credential_in_the_query_can_be_replaced_and_is_shown_nowhere() {
    let server = Server::start([Reply::json(400, "s3cret-1"), Reply::json(400, "s3cret-2")]).await;
    let client = pets::settings(&QUERY, &server.url).query("token", "s3cret-2");
    let client = client.build().unwrap();
    let request = Pets(client.clone()).get("1").with_query("key", "s3cret-1");
    let shown = super::everything_of(&request.send().await.unwrap_err());
    assert!(!shown.contains("s3cret"), "{shown}");
    let shown = super::everything_of(&Pets(client).get("1").send().await.unwrap_err());
    assert!(!shown.contains("s3cret"), "{shown}");
    let lines: Vec<String> = server.requests().into_iter().map(|it| it.line).collect();
    let own = format!("GET /pets/1?token=s3cret-2&key={KEY}");
    assert_eq!(lines, ["GET /pets/1?token=s3cret-2&key=s3cret-1", &own]);
}

#[tokio::test]
async fn a_header_can_be_left_out_of_one_call() {
    let set = |builder: crate::runtime::BuilderCore| builder.header("X-Team", "t");
    for (profile, name) in [
        (&BEARER, "Authorization"),
        (&HEADER, "x-api-key"),
        (&COOKIE, "cookie"),
    ] {
        let with = sent(profile, set, |client| Pets(client).list().send()).await;
        let wire = name.to_ascii_lowercase();
        assert!(with.header(&wire).is_some_and(|value| value.contains(KEY)));
        let call = |client| Pets(client).list().with_no_header(name).send();
        let without = sent(profile, set, call).await;
        assert_eq!(without.header(&wire), None);
        assert_eq!(without.header("x-team").as_deref(), Some("t"));
    }
    let request = sent(&BEARER, set, |client| {
        let list = Pets(client).list().team("typed").with_no_header("x-team");
        list.with_no_header("user-agent")
            .with_no_header("accept")
            .send()
    })
    .await;
    assert_eq!(request.header("x-team"), None);
    assert_eq!(request.header("user-agent"), None);
    assert_eq!(request.header("accept").as_deref(), Some("*/*"));
    // The last word counts.
    let request = sent(&BEARER, set, |client| {
        let list = Pets(client).list().with_no_header("x-team");
        let list = list.with_header("x-team", "mine").with_header("x-one", "1");
        list.with_no_header("x-one").send()
    })
    .await;
    assert_eq!(request.header("x-team").as_deref(), Some("mine"));
    assert_eq!(request.header("x-one"), None);
    assert!(request.header("authorization").is_some());
}

#[tokio::test]
async fn a_key_for_repetitions_that_is_left_out_makes_none_safe() {
    let server = Server::start([Reply::json(500, "{}")]).await;
    let client = pets::settings(&IDEMPOTENT, &server.url).build().unwrap();
    let request = Pets(client).create(&Pet::new("Rex"));
    let error = request
        .with_no_header("idempotency-key")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(server.request().header("idempotency-key"), None);
}

#[tokio::test]
async fn a_provider_is_not_asked_for_what_is_left_out() {
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let set = move |builder: crate::runtime::BuilderCore| {
        builder.token_provider(move || {
            count.fetch_add(1, Ordering::SeqCst);
            ready(Ok::<_, Infallible>("t-1"))
        })
    };
    let call = |client| Pets(client).list().with_no_header("authorization").send();
    assert_eq!(sent(&BEARER, set, call).await.header("authorization"), None);
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_that_no_header_can_have_is_refused() {
    let pets = Pets(pets::client("http://127.0.0.1:1"));
    for name in ["a b", "", "content-length", "transfer-encoding"] {
        let error = pets.list().with_no_header(name).send().await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
    }
    let builder = pets::settings(&BEARER, "http://127.0.0.1:1").query("q", "s3cret");
    let shown = format!("{builder:?}");
    assert!(
        shown.contains("\"q\"") && !shown.contains("s3cret"),
        "{shown}"
    );
}
