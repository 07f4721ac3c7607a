//! The key shows nowhere but in its header, which is marked sensitive.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use llama_cloud::types::Batch;
use llama_cloud::{Client, Error, MockResponse, MockTransport, Response};
use tests::sample::{BATCH, KEY, PAGE, builder, client, new_batch};
use tests::server::{Server, ServerResponse};

fn assert_hidden(shown: &str) {
    assert!(!shown.contains(KEY), "{shown}");
    assert!(!shown.contains("other-secret"), "{shown}");
}

fn assert_debug_hides(value: &impl Debug) {
    assert_hidden(&format!("{value:?}"));
    assert_hidden(&format!("{value:#?}"));
}

/// Everything that an error and what lies under it show of themselves.
fn assert_error_hides(error: &Error) {
    assert_hidden(&error.to_string());
    assert_debug_hides(error);
    let mut next = error.source();
    while let Some(source) = next {
        assert_hidden(&source.to_string());
        assert_debug_hides(&source);
        next = source.source();
    }
}

#[tokio::test]
async fn the_key_never_shows_in_debug() {
    let server = Server::start([]).await;
    let builder = builder(&server).header("x-api-key", "other-secret");
    assert_debug_hides(&builder);
    let client = builder.build().expect("a client");
    assert_debug_hides(&client);
    assert_debug_hides(&client.batches());
    let call = client.batches().create(new_batch());
    let call = call.session("other-secret");
    assert_debug_hides(&call.with_header("authorization", "Basic other-secret"));
    let list = client.batches().list().session("other-secret");
    assert_debug_hides(&list.clone().into_stream());
    assert_debug_hides(&list.into_pages());
    assert_debug_hides(&client.batches().wait("bat-1").session("other-secret"));
}

#[tokio::test]
async fn a_response_does_not_show_the_cookies_that_it_sets() {
    let headers = [("set-cookie", "session=other-secret")];
    let server = Server::start([ServerResponse::with(200, &headers, BATCH)]).await;
    let call = client(&server).batches().get("bat-1");
    let response: Response<Batch> = call.send_with_response().await.expect("a batch");
    assert_debug_hides(&response);
    assert_eq!(response.headers()["set-cookie"], "session=other-secret");
}

#[tokio::test]
async fn the_key_never_shows_in_errors_not_even_where_the_server_sends_it_back() {
    let wrong = |text: &str| BATCH.replace("\"PENDING\"", &format!("{{\"{text}\":\"{text}\"}}"));
    let elsewhere = format!("http://{KEY}.example.com");
    for response in [
        ServerResponse::with(401, &[], format!("bad key {KEY} in session other-secret")),
        ServerResponse::json(500, format!(r#"{{"Authorization": "Bearer {KEY}"}}"#)),
        ServerResponse::json(200, format!("\"{KEY}\"")),
        ServerResponse::json(200, wrong(KEY)),
        ServerResponse::json(200, wrong("other-secret")),
        ServerResponse::cut_off(200, format!("{{\"{KEY}\":")),
        ServerResponse::with(200, &[("content-type", KEY)], "x"),
        ServerResponse::with(500, &[("x-request-id", KEY)], "x"),
        ServerResponse::with(307, &[("location", &elsewhere)], ""),
        ServerResponse::with(500, &[], format!("{}{KEY}", "x".repeat(190))),
        ServerResponse::hang_up(),
    ] {
        let described = format!("{response:?}");
        let server = Server::start([response]).await;
        let call = client(&server).batches().get("bat-1");
        let call = call.session("other-secret").with_max_retries(0);
        let error = call.send().await.expect_err(&described);
        assert_error_hides(&error);
    }
}

#[tokio::test]
async fn the_key_never_shows_in_the_errors_of_pages() {
    let token = format!("\"next_page_token\":\"{KEY}\"");
    let endless = PAGE.replace("\"next_page_token\":null", &token);
    let server = Server::start([&endless; 2].map(|body| ServerResponse::json(200, body))).await;
    let mut batches = client(&server).batches().list().into_stream();
    let error = batches.next().await.expect("an error");
    assert_error_hides(&error.expect_err("no end"));
}

#[tokio::test]
async fn the_key_never_shows_in_the_errors_of_waits() {
    let body = BATCH.replace("PENDING", "FAILED").replace("prj-1", KEY);
    let server = Server::start([ServerResponse::json(200, body)]).await;
    let sent = client(&server).batches().wait(KEY).send().await;
    assert_error_hides(&sent.expect_err("it failed"));
}

#[tokio::test(start_paused = true)]
async fn the_key_never_shows_where_the_limit_of_a_wait_passes() {
    for polls in [0, 1] {
        let fake = MockTransport::new();
        let path = format!("/api/v2/batches/{KEY}");
        for _ in 0..polls {
            let body = BATCH.replace("prj-1", KEY);
            fake.expect("GET", &path)
                .respond(MockResponse::new(200).body(body));
        }
        fake.expect("GET", &path).respond(MockResponse::pending());
        let client = Client::builder().api_key(KEY).transport(fake);
        let wait = client.build().expect("a client").batches().wait(KEY);
        let sent = wait.with_wait_timeout(Duration::from_secs(30)).send().await;
        let error = sent.expect_err("it doesn't end");
        assert!(error.is_timeout(), "{error}");
        assert_error_hides(&error);
    }
}

#[tokio::test]
async fn the_key_never_shows_where_it_was_put_in_a_path_or_a_query_by_mistake() {
    let server = Server::start([ServerResponse::with(404, &[], "")]).await;
    let call = client(&server).batches().get(KEY);
    let call = call.project_id(KEY).with_query("key", KEY);
    assert_debug_hides(&call);
    assert_error_hides(&call.send().await.expect_err("it isn't there"));
}

#[tokio::test]
async fn the_key_never_shows_where_there_is_no_server() {
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://127.0.0.1:1")
        .max_retries(0)
        .build()
        .expect("a client");
    let sent = client.batches().get("bat-1").project_id("prj-1").send();
    let error = sent.await.expect_err("nothing listens there");
    assert!(error.is_connect(), "{error}");
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    assert_error_hides(&error);
}

#[tokio::test]
async fn a_short_key_never_shows_either() {
    for key in ["q7", "q7Z"] {
        let server =
            Server::start([ServerResponse::with(401, &[], format!("bad key {key}"))]).await;
        let client = Client::builder()
            .api_key(key)
            .base_url(server.url())
            .build();
        let sent = client
            .expect("a client")
            .batches()
            .get("bat-1")
            .send()
            .await;
        let error = sent.expect_err("the key is bad");
        assert!(!error.to_string().contains(key), "{error}");
    }
}

#[tokio::test]
async fn the_key_never_shows_in_any_form_in_which_a_server_sends_it_back() {
    let key = "llx-ab/cd+ef==";
    let mut shown = Vec::new();
    for echo in [
        key,
        "llx%2Dab%2Fcd%2Bef%3D%3D",
        "llx-ab%2Fcd%2Bef%3D%3D",
        "llx-ab%2fcd%2bef%3d%3d",
        r"llx-ab\/cd+ef==",
        r"llx-ab/cd\u002bef\u003d\u003d",
    ] {
        let server =
            Server::start([ServerResponse::with(401, &[], format!("bad key {echo}"))]).await;
        let client = Client::builder().api_key(key).base_url(server.url());
        let call = client.build().expect("a client").batches().get("bat-1");
        let error = call.send().await.expect_err("the key is bad");
        if error.to_string().contains(echo) {
            shown.push(echo);
        }
    }
    assert_eq!(shown, [""; 0]);
}

#[tokio::test]
async fn a_key_with_a_slash_never_shows_where_it_was_put_in_a_path_by_mistake() {
    let key = "llx-ab/cd+ef==";
    let server = Server::start([ServerResponse::with(404, &[], "")]).await;
    let client = Client::builder().api_key(key).base_url(server.url());
    let call = client.build().expect("a client").batches().get(key);
    let error = call.send().await.expect_err("it isn't there");
    assert!(!error.to_string().contains("llx-ab"), "{error}");
}

/// Everything that is logged in this process, by the HTTP library too.
#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

static LINES: OnceLock<Lines> = OnceLock::new();

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{}: {}", record.target(), record.args());
        self.0.lock().expect("no panic before").push(line);
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn the_key_never_shows_in_logs() {
    // Other tests of this process are logged too, and may have their key where it doesn't belong.
    let key = "llx-OfTheLogsAlone";
    let lines = LINES.get_or_init(Lines::default);
    log::set_logger(lines).expect("nobody else logs");
    log::set_max_level(log::LevelFilter::Trace);
    let server = Server::start([
        ServerResponse::json(200, BATCH),
        ServerResponse::with(307, &[("location", "/new")], ""),
        ServerResponse::with(503, &[("retry-after-ms", "1")], key),
        ServerResponse::with(401, &[], key),
    ])
    .await;
    let client = Client::builder().api_key(key).base_url(server.url());
    let batches = client.build().expect("a client").batches();
    batches.create(new_batch()).send().await.expect("a batch");
    let call = batches.get("bat-1").session(key);
    call.send().await.expect_err("the key isn't taken");
    assert_eq!(server.requests().len(), 4);
    let lines = lines.0.lock().expect("no panic before");
    for target in ["llama_cloud", "reqwest"] {
        let of_target = lines.iter().filter(|line| line.starts_with(target));
        assert_ne!(of_target.count(), 0, "{target}");
    }
    for line in lines.iter() {
        assert!(!line.contains(key), "{line}");
    }
}

#[tokio::test]
async fn the_header_of_the_key_is_marked_sensitive() {
    let fake = MockTransport::new();
    let expected = fake.expect("GET", "/api/v2/batches/bat-1");
    expected.respond(MockResponse::new(200).body(BATCH));
    let client = Client::builder().api_key(KEY).transport(fake.clone());
    let client = client.header("x-api-key", KEY).build().expect("a client");
    let sent = client.batches().get("bat-1").send().await;
    sent.expect("a response");
    let headers = &fake.requests()[0].headers;
    assert!(headers["authorization"].is_sensitive());
    assert!(headers["x-api-key"].is_sensitive());
    assert!(!headers["user-agent"].is_sensitive());
}
