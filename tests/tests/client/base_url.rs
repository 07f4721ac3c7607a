//! Where calls go: base URLs that are taken, and those that are refused.

use llama_cloud::{Client, servers};

use crate::sample::{BATCH, KEY};
use crate::server::{Answer, Server};

#[tokio::test]
async fn a_base_url_may_have_a_prefix_and_a_slash_at_its_end() {
    for (suffix, prefix) in [
        ("", ""),
        ("/", ""),
        ("/prefix", "/prefix"),
        ("/prefix/", "/prefix"),
        ("/a/b%20c", "/a/b%20c"),
        ("/é", "/%C3%A9"),
    ] {
        let server = Server::start([Answer::json(200, BATCH)]).await;
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
fn a_base_url_that_is_none_is_refused_when_the_client_is_built() {
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
fn the_servers_of_the_description_are_taken() {
    for base_url in [servers::DEFAULT, servers::EUROPE] {
        let client = Client::builder().api_key(KEY).base_url(base_url).build();
        let shown = format!("{:?}", client.expect(base_url));
        assert!(shown.contains(base_url), "{shown}");
    }
}

#[test]
fn without_a_base_url_calls_go_to_the_default_server() {
    let client = Client::new(KEY).expect("the key is fine");
    let shown = format!("{client:?}");
    assert!(shown.contains("https://api.cloud.llamaindex.ai"), "{shown}");
}
