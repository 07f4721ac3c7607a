//! On the wire: what a call sends, to the byte.

use llama_cloud::batches::{Get, List};
use llama_cloud::types::{Batch, BatchResult, BatchStatus};
use llama_cloud::{Client, DateTime};
use tests::sample::{BATCH, KEY, PAGE, client, new_batch};
use tests::server::{Recorded, Server, ServerResponse};

async fn created() -> Recorded {
    let server = Server::start([ServerResponse::json(201, BATCH)]).await;
    let call = client(&server).batches().create(new_batch());
    call.send().await.expect("a response");
    server.request()
}

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
async fn the_json_body_is_compact_and_in_schema_order() {
    let body = r#"{"config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"source_directory_id":"dir-1"}"#;
    assert_eq!(String::from_utf8_lossy(&created().await.body), body);
}

#[test]
fn absent_options_are_left_out_of_json() {
    let written = serde_json::to_string(&BatchResult::new("dfl-1")).expect("JSON");
    assert_eq!(written, r#"{"source_directory_file_id":"dfl-1"}"#);
}

#[tokio::test]
async fn accept_is_application_json() {
    for request in [
        created().await,
        get(|get| get).await,
        list(|list| list).await,
    ] {
        assert_eq!(request.header("accept"), Some("application/json"));
    }
}

#[tokio::test]
async fn content_type_is_sent_only_with_a_body() {
    let request = created().await;
    assert_eq!(request.header("content-type"), Some("application/json"));
    let request = get(|get| get).await;
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.body, b"");
}

#[tokio::test]
async fn methods_with_content_send_content_length_0_where_there_is_none() {
    for (method, length) in [
        ("POST", Some("0")),
        ("PUT", Some("0")),
        ("PATCH", Some("0")),
        ("GET", None),
        ("DELETE", None),
    ] {
        let server = Server::start([ServerResponse::json(200, BATCH)]).await;
        let call = client(&server).request(method, "/runs/1/cancel");
        call.send_raw().await.expect("a response");
        let request = server.request();
        assert_eq!(request.header("content-length"), length, "{method}");
        assert_eq!(request.header("content-type"), None, "{method}");
        assert_eq!(request.body, b"");
    }
}

#[tokio::test]
async fn authorization_is_bearer_and_the_key() {
    let expected = format!("Bearer {KEY}");
    for request in [
        created().await,
        get(|get| get).await,
        list(|list| list).await,
    ] {
        assert_eq!(request.header("authorization"), Some(&*expected));
    }
}

#[tokio::test]
async fn user_agent_is_llama_cloud_rust_and_the_version() {
    let manifest = include_str!("../../../generated/Cargo.toml");
    let mut versions = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("version = "));
    let version = versions.next().expect("a version").trim_matches('"');
    let expected = format!("llama-cloud-rust/{version}");
    assert_eq!(created().await.header("user-agent"), Some(&*expected));
}

#[tokio::test]
async fn the_query_is_in_spec_order_whatever_order_the_options_were_given_in() {
    let date = |text| DateTime::parse(text).expect("a date");
    let request = list(|list| {
        let list = list.status(BatchStatus::Cancelled).project_id("prj-1");
        let list = list.source_directory_id("dir-1").session("abc");
        let list = list.page_token("t").page_size(50).organization_id("org-1");
        list.created_at_on_or_before(date("2026-01-03T00:00:00Z"))
            .created_at_on_or_after(date("2026-01-02T00:00:00Z"))
    })
    .await;
    let query = "created_at_on_or_after=2026-01-02T00%3A00%3A00Z\
        &created_at_on_or_before=2026-01-03T00%3A00%3A00Z&organization_id=org-1&page_size=50\
        &page_token=t&project_id=prj-1&source_directory_id=dir-1&status=CANCELLED";
    assert_eq!(request.query.as_deref(), Some(query));
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
async fn an_empty_array_sends_nothing() {
    let request = get(|get| get.expand(Vec::<String>::new())).await;
    assert_eq!(request.query, None);
}

#[tokio::test]
async fn none_sends_nothing() {
    for request in [
        created().await,
        get(|get| get).await,
        list(|list| list).await,
    ] {
        assert_eq!(request.query, None);
        assert_eq!(request.header("cookie"), None);
    }
    let request = list(|list| {
        list.with_option(None::<String>, List::organization_id)
            .with_option(None, List::page_size)
            .with_option(Some("prj-1"), List::project_id)
    })
    .await;
    assert_eq!(request.query.as_deref(), Some("project_id=prj-1"));
}

#[tokio::test]
async fn an_empty_text_is_sent_as_a_name_without_a_value() {
    let request = list(|list| list.project_id("").page_token("")).await;
    assert_eq!(request.query.as_deref(), Some("page_token=&project_id="));
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
async fn reserved_and_non_ascii_characters_of_the_query_are_percent_encoded() {
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

/// The first line of the request for a batch of this id.
async fn line_for(id: &str) -> String {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let sent = client(&server).batches().get(id).send().await;
    sent.unwrap_or_else(|error| panic!("{id}: {error}"));
    server.request().line()
}

#[tokio::test]
async fn everything_but_pchar_is_percent_encoded_in_a_path_value() {
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
async fn pchar_is_sent_as_it_is_in_a_path_value() {
    let id = "AZaz09-._~!$&'()*+,;=:@";
    assert_eq!(line_for(id).await, format!("GET /api/v2/batches/{id}"));
}

#[tokio::test]
async fn an_empty_path_value_and_dots_are_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let server = Server::start([]).await;
        let batches = client(&server).batches();
        let read = batches.get(id).send().await.expect_err(id);
        let waited = batches.wait(id).send().await.expect_err(id);
        for error in [read, waited] {
            assert!(error.is_invalid_input(), "{error}");
            assert!(error.to_string().contains("`batch_id`"), "{error}");
            assert_eq!(error.attempts(), 0);
            assert_eq!(error.status(), None);
        }
        assert_eq!(server.requests(), []);
    }
}

#[tokio::test]
async fn a_base_url_may_have_a_path_prefix_with_or_without_the_last_slash() {
    for (suffix, prefix) in [
        ("", ""),
        ("/", ""),
        ("/prefix", "/prefix"),
        ("/prefix/", "/prefix"),
        ("/a/b%20c", "/a/b%20c"),
        ("/é", "/%C3%A9"),
    ] {
        let server = Server::start([ServerResponse::json(200, BATCH)]).await;
        let base_url = format!("{}{suffix}", server.url());
        let client = Client::builder().api_key(KEY).base_url(base_url).build();
        let client = client.unwrap_or_else(|error| panic!("{suffix}: {error}"));
        let sent = client.batches().get("bat-1").send().await;
        sent.unwrap_or_else(|error| panic!("{suffix}: {error}"));
        let line = format!("GET {prefix}/api/v2/batches/bat-1");
        assert_eq!(server.request().line(), line);
    }
}

#[test]
fn a_base_url_with_a_query_a_fragment_or_without_http_is_refused() {
    for base_url in [
        "",
        " ",
        "api.example.com",
        "/api",
        "localhost:8080",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https://example.com?x=1",
        "https://example.com/a?",
        "https://example.com/#a",
        "https://example.com#",
        "https://user:hunter2@example.com",
        "https://exa mple.com",
    ] {
        let built = Client::builder().api_key(KEY).base_url(base_url).build();
        let error = built.expect_err(base_url);
        assert!(error.is_invalid_input(), "{base_url}: {error}");
        let text = error.to_string();
        assert!(text.contains("base URL"), "{base_url}: {text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn a_missing_blank_or_unsendable_key_is_an_error_when_the_client_is_built() {
    let error = Client::builder().build().expect_err("there is no key");
    assert!(error.is_invalid_input());
    let text = error.to_string();
    assert!(text.contains("api_key"), "{text}");
    assert!(text.contains("LLAMA_CLOUD_API_KEY"), "{text}");
    for key in [
        "",
        " ",
        "\t\n",
        "llx-topsecret\n",
        "llx-topsecret\r\nx: y",
        "llx-topsecret\0",
        "llx-topsecret-é",
        " llx-topsecret",
        "llx-topsecret ",
    ] {
        let error = Client::new(key).expect_err("the key can't be sent");
        assert!(error.is_invalid_input(), "{key:?}: {error}");
        assert!(error.to_string().contains("key"), "{key:?}: {error}");
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(!shown.contains("topsecret"), "{shown}");
        }
    }
}

#[tokio::test]
async fn create_returns_201() {
    let server = Server::start([ServerResponse::json(201, BATCH)]).await;
    let call = client(&server).batches().create(new_batch());
    let response = call.send_with_response().await.expect("a batch");
    assert_eq!(response.status(), 201);
    let batch: &Batch = response.body();
    assert_eq!(
        (&*batch.id, &batch.status),
        ("bat-1", &BatchStatus::Pending)
    );
}

#[tokio::test]
async fn any_2xx_with_the_documented_type_is_taken() {
    for status in [200, 201, 202, 203, 206, 226, 299] {
        let responses = [BATCH, BATCH, PAGE].map(|body| ServerResponse::json(status, body));
        let server = Server::start(responses).await;
        let batches = client(&server).batches();
        let created = batches.create(new_batch()).send_with_response().await;
        let created = created.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(created.status().as_u16(), status);
        let read = batches.get("bat-1").send().await;
        read.unwrap_or_else(|error| panic!("{status}: {error}"));
        let listed = batches.list().send().await;
        listed.unwrap_or_else(|error| panic!("{status}: {error}"));
    }
}
