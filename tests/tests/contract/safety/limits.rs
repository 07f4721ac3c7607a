//! Bodies are capped, unknown fields are no error, and nothing that the server sends makes the client
//! panic, loop or grow without bound.

use llama_cloud::types::{Batch, BatchPage};
use tests::sample::{BATCH, PAGE, builder, client, error_of};
use tests::server::{Server, ServerResponse};

const MEBIBYTE: usize = 1024 * 1024;

#[tokio::test]
async fn bodies_are_capped_at_64_mib() {
    let blanks = " ".repeat(64 * MEBIBYTE - BATCH.len());
    let server = Server::start([
        ServerResponse::json(200, format!("{blanks}{BATCH}")),
        ServerResponse::json(200, format!("{blanks} {BATCH}")),
    ])
    .await;
    let batches = client(&server).batches();
    batches
        .get("bat-1")
        .send()
        .await
        .expect("as long as it may be");
    let error = batches.get("bat-1").send().await.expect_err("a byte more");
    assert!(error.is_decode(), "{error}");
    let text = error.to_string();
    assert!(text.contains(&(64 * MEBIBYTE).to_string()), "{text}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn bodies_of_errors_are_capped_at_1_mib() {
    let error = error_of(ServerResponse::with(500, &[], "x".repeat(MEBIBYTE + 1))).await;
    assert!(error.is_server());
    assert_eq!(error.body().len(), MEBIBYTE);
}

#[tokio::test]
async fn the_cap_of_bodies_is_settable() {
    for (limit, is_taken) in [(BATCH.len(), true), (BATCH.len() - 1, false)] {
        let server = Server::start([ServerResponse::json(200, BATCH)]).await;
        let client = builder(&server).max_body_size(limit).build();
        let call = client.expect("a client").batches().get("bat-1");
        let sent = call.send().await;
        assert_eq!(sent.is_ok(), is_taken, "{sent:?}");
        if let Err(error) = sent {
            assert!(error.is_decode(), "{error}");
            let text = error.to_string();
            assert!(text.contains(&limit.to_string()), "{text}");
            assert!(text.contains("max_body_size"), "{text}");
            assert!(error.body().len() <= limit);
        }
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn the_cap_of_bodies_of_errors_is_settable() {
    for (limit, kept) in [(0, ""), (4, "0123"), (10, "0123456789"), (99, "0123456789")] {
        let server = Server::start([ServerResponse::with(400, &[], "0123456789")]).await;
        let client = builder(&server).max_error_body_size(limit).build();
        let sent = client.expect("a client").batches().get("bat-1").send();
        let error = sent.await.expect_err("the status is an error");
        assert_eq!(error.body(), kept.as_bytes());
    }
}

#[tokio::test]
async fn unknown_fields_are_never_an_error() {
    let with_more = |json: &str| json.replace('{', r#"{"a new one":{"a":[1,null,{}]},"#);
    let responses = [with_more(BATCH), with_more(PAGE).replace("{},", "{}")];
    let [batch, page] = responses;
    let batch = batch.replace("{}", r#"{"b":2}"#);
    let read: Batch = serde_json::from_str(BATCH).expect("the sample is sound");
    let server = Server::start([
        ServerResponse::json(200, batch),
        ServerResponse::json(200, page),
    ])
    .await;
    let batches = client(&server).batches();
    let batch = batches
        .get("bat-1")
        .send()
        .await
        .expect("it has all fields");
    assert_eq!(batch.id, read.id);
    assert_eq!(batch.config, read.config);
    let page: BatchPage = batches.list().send().await.expect("it has all fields");
    assert_eq!(page.items, []);
}

#[tokio::test]
async fn unknown_values_of_enums_are_never_an_error() {
    let body = BATCH.replace("PENDING", "ON_HOLD");
    let body = body.replace("parse_v2", "parse_v9");
    let server = Server::start([ServerResponse::json(200, body)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    let batch = sent.expect("it is the documented JSON");
    assert_eq!(batch.status.as_str(), "ON_HOLD");
    assert_eq!(batch.config.job.type_.as_str(), "parse_v9");
}

#[tokio::test]
async fn nothing_the_server_sends_makes_the_client_panic() {
    let deep = "[".repeat(200_000);
    let deep_field = format!(r#"{{"x":{deep}"#);
    let cut_text = BATCH.replace("bat-1", "\\ud800");
    for body in [
        "\0",
        "\u{feff}",
        "{\"id\":",
        "{\"id\":1e999999}",
        "{\"id\":\"\\u",
        "[[[]]]",
        "{\"\":{}}",
        "{\"created_at\":\"9999999-99-99T99:99:99+99:99\"}",
        &cut_text,
        &deep,
        &deep_field,
    ] {
        let error = error_of(ServerResponse::json(200, body)).await;
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().len() < 2000, "{error}");
        let error = error_of(ServerResponse::json(422, body)).await;
        assert!(error.is_unprocessable(), "{error}");
        let typed = error.body_as::<llama_cloud::types::HttpValidationError>();
        assert!(typed.expect_err("it is none").is_decode());
    }
    let invalid = error_of(ServerResponse::json(200, b"{\"id\":\"\xff\xfe\"}")).await;
    assert!(invalid.is_decode(), "{invalid}");
    for bytes in [
        "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nretry-after: \u{e9}\r\ncontent-length: 99\r\n\r\n{",
        "HTTP/1.1 500 \u{e9}\r\nretry-after-ms: 1e99\r\ncontent-type: \u{7f}\r\n\r\n",
        "HTTP/1.1 302 No\r\nlocation: http://[::1\r\n\r\n",
    ] {
        error_of(ServerResponse::raw(bytes)).await;
    }
}

#[tokio::test]
async fn no_redirects_make_the_client_loop() {
    let circle = std::iter::repeat_n("/again".to_owned(), 100);
    let ever_new = (0..100).map(|number| format!("/{number}"));
    let ways: [Vec<String>; 2] = [circle.collect(), ever_new.collect()];
    for way in ways {
        let responses = way
            .iter()
            .map(|to| ServerResponse::with(307, &[("location", to)], ""));
        let server = Server::start(responses).await;
        let sent = client(&server).batches().get("bat-1").send().await;
        let error = sent.expect_err("it never ends");
        assert!(error.is_status(), "{error}");
        assert!(server.requests().len() < 25, "{error}");
    }
}

#[tokio::test]
async fn no_word_of_the_server_makes_the_client_retry_for_ever() {
    let again = || {
        let headers = [("x-should-retry", "true"), ("retry-after-ms", "1")];
        ServerResponse::with(503, &headers, "")
    };
    let server = Server::start(std::iter::repeat_with(again).take(2000)).await;
    let client = builder(&server).max_retries(u32::MAX).build();
    let call = client.expect("a client").batches().get("bat-1");
    let error = call.send().await.expect_err("it never ends");
    assert!(error.is_server(), "{error}");
    assert!(server.requests().len() < 1000, "{error}");
}

#[tokio::test]
async fn a_body_without_end_grows_no_further_than_its_cap() {
    let head = |status| format!("HTTP/1.1 {status} Whatever\r\n\r\n");
    let endless = |status| ServerResponse::raw_endless(head(status), vec![b' '; 65_536]);
    let server = Server::start([endless(200), endless(404)]).await;
    let client = builder(&server).max_body_size(MEBIBYTE).max_retries(0);
    let batches = client.build().expect("a client").batches();
    let error = batches.get("bat-1").send().await.expect_err("no end");
    assert!(error.is_decode(), "{error}");
    assert!(error.body().len() <= MEBIBYTE);
    let error = batches.get("bat-1").send().await.expect_err("no end");
    assert!(error.is_not_found(), "{error}");
    assert!(error.body().len() <= MEBIBYTE);
}

#[tokio::test]
async fn headers_without_end_grow_no_further_than_the_http_library_allows() {
    let head = "HTTP/1.1 200 OK\r\n";
    for more in ["x: y\r\n", "x"] {
        let server = Server::start([ServerResponse::raw_endless(head, more.repeat(10_000))]).await;
        let call = client(&server).batches().get("bat-1").with_max_retries(0);
        let error = call.send().await.expect_err("no end");
        assert!(!error.is_timeout(), "{error}");
        assert_eq!(error.status(), None);
    }
}

#[tokio::test]
async fn an_announced_length_alone_takes_no_memory() {
    // Nobody has that much: taking it on trust would end the process.
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", i64::MAX);
    let server = Server::start([ServerResponse::raw(head + &" ".repeat(MEBIBYTE))]).await;
    let client = builder(&server).max_body_size(usize::MAX).max_retries(0);
    let call = client.build().expect("a client").batches().get("bat-1");
    let error = call.send().await.expect_err("it isn't all there");
    assert!(error.is_interrupted(), "{error}");
    assert_eq!(error.body().len(), MEBIBYTE);
}

#[tokio::test]
async fn an_error_shows_a_long_or_hostile_body_only_in_part() {
    let hostile = format!("\u{1b}[2J\u{202e}{}", "x".repeat(100_000));
    let error = error_of(ServerResponse::json(500, &hostile)).await;
    let text = error.to_string();
    assert!(text.len() < 2000, "{}", text.len());
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    assert_eq!(error.body(), hostile.as_bytes());
}
