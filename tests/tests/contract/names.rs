//! Names: the calls and types that other people's code is written against.

mod child;
mod environment;
mod program;
mod runtime;
mod types;

use std::time::Duration;

use codegen::Source;
use llama_cloud::batches::{Batches, Create, Get, List, Wait};
use llama_cloud::types::{Batch, BatchPage, BatchStatus};
use llama_cloud::{Client, DateTime, Error, PagedRequest, Request, Response};
use tests::sample::{BATCH, KEY, PAGE, client, new_batch};
use tests::server::{Recorded, Server, ServerResponse};

#[test]
fn new_goes_to_the_default_server_of_the_spec() {
    let client = Client::new(KEY).expect("the key is fine");
    let shown = format!("{client:?}");
    assert!(shown.contains("https://api.cloud.llamaindex.ai"), "{shown}");
}

/// Gives a request all options of the caller.
macro_rules! with_options {
    ($request:expr) => {
        $request
            .with_timeout(Duration::from_secs(5))
            .with_max_retries(0)
            .with_header("x-trace", "1")
            .with_query("debug", true)
            .with_no_header("user-agent")
    };
}

#[tokio::test]
async fn every_request_builder_takes_the_options_of_the_caller() -> Result<(), Error> {
    let completed = BATCH.replace("PENDING", "COMPLETED");
    let responses = [BATCH, BATCH, PAGE, &completed];
    let server = Server::start(responses.map(|body| ServerResponse::json(200, body))).await;
    let batches = client(&server).batches();
    with_options!(batches.create(new_batch())).send().await?;
    with_options!(batches.get("bat-1")).send().await?;
    with_options!(batches.list()).send().await?;
    with_options!(batches.wait("bat-1")).send().await?;
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for request in requests {
        assert_eq!(request.query.as_deref(), Some("debug=true"));
        assert_eq!(request.header("x-trace"), Some("1"));
        assert_eq!(request.header("user-agent"), None);
        assert!(request.header("authorization").is_some());
    }
    Ok(())
}

#[tokio::test]
async fn what_is_said_for_a_call_goes_before_what_holds_for_the_client() -> Result<(), Error> {
    let server =
        Server::start([PAGE, PAGE, PAGE].map(|body| ServerResponse::json(200, body))).await;
    let builder = tests::sample::builder(&server).query("project_id", "prj");
    let batches = builder.query("page_size", 50).build()?.batches();
    batches.list().send().await?;
    batches.list().page_size(5).send().await?;
    let list = batches.list().page_size(5).with_query("page_size", 7);
    list.with_no_header("authorization").send().await?;
    let requests = server.requests();
    let queries: Vec<_> = requests
        .iter()
        .filter_map(|it| it.query.as_deref())
        .collect();
    let expected = [
        "project_id=prj&page_size=50",
        "page_size=5&project_id=prj",
        "project_id=prj&page_size=7",
    ];
    assert_eq!(queries, expected);
    let keys = requests
        .iter()
        .map(|it| it.header("authorization").is_some());
    assert_eq!(keys.collect::<Vec<_>>(), [true, true, false]);
    Ok(())
}

#[tokio::test]
async fn with_timeout_is_for_the_one_call() {
    let server = Server::start([ServerResponse::silence(), ServerResponse::json(200, BATCH)]).await;
    let batches = client(&server).batches();
    let call = batches.get("bat-1").with_max_retries(0);
    let error = call.with_timeout(Duration::from_millis(50)).send().await;
    assert!(error.expect_err("no response").is_timeout());
    batches.get("bat-1").send().await.expect("a response");
}

/// Names of the methods that the emitted code for one call with these query parameters has.
fn methods_for(parameters: &[&str]) -> Vec<String> {
    let mut listed = String::new();
    for name in parameters {
        listed.push_str("\n        - {name: ");
        listed.push_str(name);
        listed.push_str(", in: query, schema: {type: string}}");
    }
    let spec = format!(
        "openapi: 3.0.3
info: {{title: Names, version: '1'}}
servers: [{{url: 'https://api.example.com'}}]
paths:
  /things:
    get:
      operationId: listThings
      tags: [things]
      parameters:{listed}
      responses: {{'204': {{description: Done.}}}}
"
    );
    let source = |name, text| Source { name, text };
    let generated = codegen::generate(source("openapi.yaml", &spec), source("sdk.toml", ""));
    let generated = generated.unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"));
    let mut files = generated.files.iter();
    let file = files.find(|file| file.path.ends_with("things.rs"));
    let text = &file.expect("the resource has a file").text;
    let code = text.lines().filter(|line| !line.trim().starts_with("//"));
    let words: Vec<&str> = code.flat_map(str::split_whitespace).collect();
    words
        .windows(2)
        .filter(|pair| pair[0] == "fn")
        .filter_map(|pair| Some(pair[1].split_once('(')?.0.to_owned()))
        .collect()
}

#[test]
fn parameters_have_bare_names_also_those_that_the_caller_has_an_option_for() {
    let parameters = ["timeout", "max_retries", "header", "query"];
    let methods = methods_for(&parameters);
    for parameter in parameters {
        assert!(methods.iter().any(|it| it == parameter), "{methods:?}");
    }
}

#[test]
fn send_and_into_and_with_are_reserved() {
    let parameters = [
        "send",
        "send_it",
        "into_stream",
        "into_x",
        "with_timeout",
        "with_x",
    ];
    let methods = methods_for(&parameters);
    let reserved = ["send", "into_", "with_"];
    let is_reserved = |method: &&String| reserved.iter().any(|it| method.starts_with(it));
    let found: Vec<&String> = methods.iter().filter(is_reserved).collect();
    assert_eq!(found, ["send"]);
    // Two more are the operation itself and `send`.
    assert_eq!(methods.len(), parameters.len() + 2, "{methods:?}");
}

#[tokio::test]
async fn await_on_a_request_sends_it() -> Result<(), Error> {
    let completed = BATCH.replace("PENDING", "COMPLETED");
    let responses = [BATCH, PAGE, &completed];
    let server = Server::start(responses.map(|body| ServerResponse::json(200, body))).await;
    let batches = client(&server).batches();
    let batch: Batch = batches.get("bat-1").project_id("prj").await?;
    assert_eq!(batch.id, "bat-1");
    let page: BatchPage = batches.list().page_size(5).with_max_retries(0).await?;
    assert_eq!(page.next_page_token, None);
    let batch: Batch = batches.wait("bat-1").await?;
    assert_eq!(batch.status, BatchStatus::Completed);
    let lines: Vec<String> = server.requests().iter().map(Recorded::line).collect();
    let expected = [
        "GET /api/v2/batches/bat-1?project_id=prj",
        "GET /api/v2/batches?page_size=5",
        "GET /api/v2/batches/bat-1",
    ];
    assert_eq!(lines, expected);
    Ok(())
}

/// Sends any request, once, and gives the status and the body of the response.
async fn send_once<R: Request>(request: R) -> Result<(u16, R::Output), Error> {
    let request = request.with_max_retries(0).with_header("x-generic", "1");
    let response = request.send_with_response().await?;
    Ok((response.status().as_u16(), response.into_body()))
}

/// Collects the items of any list.
async fn collect<R: PagedRequest>(request: R) -> Result<Vec<R::Item>, Error> {
    let mut stream = request.with_timeout(Duration::from_secs(5)).into_stream();
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item?);
    }
    Ok(items)
}

#[tokio::test]
async fn generic_code_sends_any_request_and_reads_any_list() -> Result<(), Error> {
    let list = format!(r#"{{"items":[{BATCH}],"next_page_token":null,"total_size":1}}"#);
    let responses = [(201, BATCH), (200, &list), (200, &list)];
    let server =
        Server::start(responses.map(|(status, body)| ServerResponse::json(status, body))).await;
    let batches = client(&server).batches();
    let (status, batch) = send_once(batches.create(new_batch())).await?;
    assert_eq!((status, batch.id.as_str()), (201, "bat-1"));
    let (status, page) = send_once(batches.list()).await?;
    assert_eq!((status, page.items.len()), (200, 1));
    // It crosses threads, as whatever generic code makes of it.
    let listed = tokio::spawn(collect(batches.list()))
        .await
        .expect("it is sent");
    assert_eq!(listed?, page.items);
    assert_eq!(server.requests()[0].header("x-generic"), Some("1"));
    Ok(())
}

fn assert_shared<T: Send + Sync + 'static>() {}

#[test]
fn client_is_clone_send_and_sync() {
    fn assert_clone<T: Clone>() {}
    assert_clone::<Client>();
    assert_shared::<Client>();
    assert_shared::<llama_cloud::ClientBuilder>();
    assert_shared::<Batches>();
    assert_shared::<Create>();
    assert_shared::<Get>();
    assert_shared::<List>();
    assert_shared::<Response<Batch>>();
    assert_shared::<BatchPage>();
    assert_shared::<DateTime>();
}

#[test]
fn client_is_cheap_to_clone() {
    assert_eq!(size_of::<Client>(), size_of::<usize>());
}

#[tokio::test]
async fn clones_of_a_client_and_of_a_request_send_the_same() {
    let responses = [BATCH; 3].map(|body| ServerResponse::json(200, body));
    let server = Server::start(responses).await;
    let first = client(&server);
    let call = first.clone().batches().get("bat-1").project_id("prj-1");
    drop(first);
    for call in [call.clone(), call.clone(), call] {
        call.send().await.expect("a response");
    }
    let lines: Vec<String> = server.requests().iter().map(Recorded::line).collect();
    assert_eq!(lines, ["GET /api/v2/batches/bat-1?project_id=prj-1"; 3]);
}

#[test]
fn every_future_is_send() {
    fn assert_send<T: Send + 'static>(_: T) {}
    fn assert_sends<T: Send>(_: &T) {}
    let client = Client::new(KEY).expect("the key is fine");
    let batches = client.batches();
    let wait: Wait = batches.wait("bat-1");
    assert_send(wait.with_progress(|_| ()).send());
    assert_send(batches.wait("bat-1").send_with_response());
    assert_send(batches.create(new_batch()).send());
    assert_send(batches.create(new_batch()).send_with_response());
    assert_send(batches.get("bat-1").send());
    assert_send(batches.get("bat-1").send_with_response());
    assert_send(batches.list().send());
    assert_send(batches.list().send_with_response());
    let (mut items, mut pages) = (batches.list().into_stream(), batches.list().into_pages());
    assert_sends(&items.next());
    assert_sends(&pages.next());
    assert_send(items);
    assert_send(pages);
}
