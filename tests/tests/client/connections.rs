//! What the builder says of the HTTP client that it makes: proxies, and any setting of the HTTP
//! library.

use llama_cloud::reqwest::{self, Proxy, Request};
use llama_cloud::{Client, ClientBuilder, Transport, TransportFuture};
use tests::sample::{BATCH, KEY, builder};
use tests::server::{Server, ServerResponse};

async fn get(builder: ClientBuilder) {
    let client = builder.build().expect("a client");
    let batch = client.batches().get("bat-1").send().await;
    batch.expect("a response");
}

#[tokio::test]
async fn a_proxy_gets_the_requests_that_it_takes() {
    let proxy = Server::start([ServerResponse::json(200, BATCH)]).await;
    let direct = Server::start([ServerResponse::json(200, BATCH)]).await;
    let elsewhere = Proxy::all("http://127.0.0.1:9").expect("a proxy");
    let elsewhere = elsewhere.no_proxy(reqwest::NoProxy::from_string("api.example"));
    let mine = Proxy::http(proxy.url()).expect("a proxy");
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://api.example/v1");
    get(client.proxy(mine.clone()).proxy(elsewhere)).await;
    assert_eq!(
        proxy.request().path,
        "http://api.example/v1/api/v2/batches/bat-1"
    );
    let authorization = format!("Bearer {KEY}");
    assert_eq!(
        proxy.request().header("authorization"),
        Some(&*authorization)
    );

    // One that takes none of a client's requests changes nothing.
    let https = Proxy::https(proxy.url()).expect("a proxy");
    get(builder(&direct).proxy(https)).await;
    assert_eq!(proxy.requests().len(), 1);
    assert_eq!(direct.request().path, "/api/v2/batches/bat-1");
}

#[test]
fn neither_debug_nor_errors_show_the_password_of_a_proxy() {
    let proxy = Proxy::all("http://user:s3cret@127.0.0.1:9").expect("a proxy");
    let builder = Client::builder().api_key(KEY).proxy(proxy);
    let shown = format!("{builder:?}");
    assert!(
        shown.contains("proxy") && !shown.contains("s3cret"),
        "{shown}"
    );
    let client = builder.build().expect("a client");
    assert!(!format!("{client:?}").contains("s3cret"));
}

#[tokio::test]
async fn the_user_agent_is_the_programs_own() {
    let server = Server::start([
        ServerResponse::json(200, BATCH),
        ServerResponse::json(200, BATCH),
    ])
    .await;
    get(builder(&server).user_agent("my-app/1.0")).await;
    // It holds beside an HTTP client of one's own as well: it is of the calls, not of the connection.
    let http = super::options::own_http_client().build().expect("a client");
    get(builder(&server).http_client(http).user_agent("my-app/2.0")).await;
    let sent: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.header("user-agent").unwrap_or_default().to_owned())
        .collect();
    assert_eq!(sent, ["my-app/1.0", "my-app/2.0"]);
    let refused = Client::builder().api_key(KEY).user_agent("two\nlines");
    assert!(refused.build().expect_err("unsendable").is_invalid_input());
}

#[tokio::test]
async fn changes_are_made_in_their_order_to_what_the_builder_has_set() {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let header = |name: &'static str, value: &'static str| {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert(name, reqwest::header::HeaderValue::from_static(value));
        headers
    };
    let (first, second) = (header("x-first", "1"), header("x-first", "2"));
    let changed = builder(&server)
        .configure_http(move |http| http.default_headers(first))
        .configure_http(move |http| http.default_headers(second));
    get(changed).await;
    assert_eq!(server.request().header("x-first"), Some("2"));
}

#[tokio::test]
async fn redirects_stay_on_the_origin_whatever_is_changed() {
    let other = Server::start([ServerResponse::json(200, BATCH)]).await;
    let location = format!("{}/elsewhere", other.url());
    let response = ServerResponse::with(307, &[("location", &location)], "");
    let server = Server::start([response]).await;
    let followed = builder(&server)
        .max_retries(0)
        .configure_http(|http| http.redirect(reqwest::redirect::Policy::limited(5)));
    let client = followed.build().expect("a client");
    let error = client.batches().get("bat-1").send().await;
    error.expect_err("it leads to another origin");
    assert_eq!(other.requests(), []);
}

#[derive(Clone)]
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request) -> TransportFuture<'_> {
        Box::pin(async { Err(llama_cloud::TransportError::connect("nowhere")) })
    }
}

#[test]
fn what_would_have_no_effect_on_a_client_of_ones_own_is_refused() {
    let proxy = Proxy::all("http://127.0.0.1:9").expect("a proxy");
    let settings: [(&str, ClientBuilder); 3] = [
        ("`proxy`", Client::builder().proxy(proxy.clone())),
        (
            "`configure_http`",
            Client::builder().configure_http(|http| http),
        ),
        (
            "`proxy` and `configure_http`",
            Client::builder().configure_http(|http| http).proxy(proxy),
        ),
    ];
    for (named, builder) in settings {
        let builder = builder.api_key(KEY);
        let http = super::options::own_http_client().build().expect("a client");
        for refused in [
            builder.clone().http_client(http),
            builder.clone().transport(Nowhere),
        ] {
            let error = refused.build().expect_err(named);
            assert!(error.is_invalid_input(), "{error}");
            let text = error.to_string();
            assert!(
                text.contains(named) && text.contains("`http_client`"),
                "{text}"
            );
        }
        // Around the client that is made here they are fine.
        let wrapped = builder.wrap_transport(|_| Nowhere).build();
        wrapped.expect("a client");
    }
}
