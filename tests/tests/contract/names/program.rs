//! The contract's code block as a program: somebody who has nothing but that page wrote it.

use std::pin::Pin;
use std::time::Duration;

use futures_core::Stream;
use llama_cloud::types::{
    Batch, BatchConfig, BatchCreate, BatchJob, BatchPage, BatchResult, BatchStatus, JobReference,
    JobType,
};
use llama_cloud::{Client, DateTime, Error, Response};
use tests::server::{Recorded, Server, ServerResponse};

use super::child;

const CHILD: &str = "names::program::the_program_where_it_has_a_server";

const BATCH: &str = r#"{
    "id": "bat-1",
    "config": {"job": {"configuration_id": "cfg-1", "type": "parse_v2"}},
    "project_id": "prj",
    "source_directory_id": "dir-1",
    "status": "COMPLETED",
    "created_at": "2026-01-02T03:04:05",
    "results": [
        {"source_directory_file_id": "dfl-1", "error_message": null,
         "job_reference": {"id": "pjb-1", "type": "parse_v2"}},
        {"source_directory_file_id": "dfl-2", "error_message": "no job"}
    ],
    "updated_at": "2026-01-02T03:14:15.926+01:00"
}"#;

/// The four ways to a client; the last one is for the server of the environment.
fn clients() -> Result<[Client; 3], Error> {
    // The HTTP library panics where nobody has said who does the cryptography, which this does.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let reqwest_client = reqwest::Client::new();
    let base_url = std::env::var("LLAMA_CLOUD_BASE_URL").expect("the parent has set it");

    let simple = Client::new("llx-key")?;
    let built = Client::builder()
        .api_key("llx-key")
        .base_url(base_url)
        .timeout(Duration::from_secs(60))
        .connect_timeout(Duration::from_secs(5))
        .total_timeout(Duration::from_secs(120))
        .max_retries(2)
        .header("x-team", "search")
        .http_client(reqwest_client)
        .build()?;
    let client = Client::from_env()?;
    Ok([simple, built, client])
}

async fn single_calls(client: &Client) -> Result<(), Error> {
    let batch: Batch = client
        .batches()
        .create(BatchCreate::new(
            BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2)),
            "dir-1",
        ))
        .organization_id("org")
        .project_id("prj")
        .session("cookie value")
        .send()
        .await?;
    assert_eq!(batch.config.job.type_, JobType::ParseV2);

    let batch: Batch = client
        .batches()
        .get("bat-1")
        .expand(["results"])
        .send()
        .await?;
    let results: Vec<BatchResult> = batch.results.unwrap_or_default();
    let jobs: Vec<&JobReference> = results
        .iter()
        .filter_map(|result| result.job_reference.as_ref())
        .collect();
    assert_eq!(jobs, [&JobReference::new("pjb-1", JobType::ParseV2)]);
    assert_eq!(results[1].error_message.as_deref(), Some("no job"));

    let page: BatchPage = client
        .batches()
        .list()
        .status(BatchStatus::Completed)
        .page_size(50)
        .page_token("t")
        .source_directory_id("dir-1")
        .created_at_on_or_after(DateTime::parse("2026-01-02T03:04:05Z")?)
        .created_at_on_or_before(DateTime::parse("2026-01-03T03:04:05Z")?)
        .organization_id("org")
        .project_id("prj")
        .send()
        .await?;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.next_page_token.as_deref(), Some("t2"));
    assert_eq!(page.total_size, Some(7));
    Ok(())
}

/// The next item of any stream, as a program without further crates has it.
async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

async fn longer_calls(client: &Client) -> Result<(), Error> {
    let mut batches = client.batches().list().into_stream();
    let first: Option<Result<Batch, Error>> = next(&mut batches).await;
    assert_eq!(first.expect("a batch")?.id, "bat-1");
    assert!(next(&mut batches).await.is_none());

    let mut pages = client.batches().list().into_pages();
    let first: Option<Result<BatchPage, Error>> = next(&mut pages).await;
    assert_eq!(first.expect("a page")?.items.len(), 1);
    assert!(next(&mut pages).await.is_none());

    let done: Batch = client.batches().wait("bat-1").send().await?;
    assert_eq!(done.status, BatchStatus::Completed);

    let response: Response<Batch> = client.batches().get("bat-1").send_with_response().await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.attempts(), 1);
    assert_eq!(response.body().status, BatchStatus::Completed);
    let batch: Batch = response.into_body();
    assert_eq!(batch.id, "bat-1");
    Ok(())
}

/// The program. It does nothing where it runs as a test of its own.
#[tokio::test]
async fn the_program_where_it_has_a_server() -> Result<(), Error> {
    if !child::is_one() {
        return Ok(());
    }
    let [_, built, client] = clients()?;
    single_calls(&built).await?;
    longer_calls(&client).await
}

#[tokio::test]
async fn the_code_block_of_the_contract_compiles_and_runs() {
    let page = |token: &str| format!(r#"{{"items": [{BATCH}], "next_page_token": {token}}}"#);
    let middle = page(r#""t2", "total_size": 7"#);
    let headers = [("content-type", "application/json"), ("x-request-id", "r1")];
    let server = Server::start([
        ServerResponse::json(201, BATCH),
        ServerResponse::json(200, BATCH),
        ServerResponse::json(200, middle),
        ServerResponse::json(200, page("null")),
        ServerResponse::json(200, page("null")),
        ServerResponse::json(200, BATCH),
        ServerResponse::with(200, &headers, BATCH),
    ])
    .await;
    let url = format!("{}/prefix", server.url());
    let variables = [
        ("LLAMA_CLOUD_API_KEY", "llx-key"),
        ("LLAMA_CLOUD_BASE_URL", &url),
    ];
    let output = child::run(CHILD, &variables).await;
    assert!(output.status.success(), "{output:?}");

    let requests = server.requests();
    let lines: Vec<String> = requests.iter().map(Recorded::line).collect();
    let list = "GET /prefix/api/v2/batches";
    let get = "GET /prefix/api/v2/batches/bat-1";
    let full_list = "GET /prefix/api/v2/batches?created_at_on_or_after=2026-01-02T03%3A04%3A05Z\
        &created_at_on_or_before=2026-01-03T03%3A04%3A05Z&organization_id=org&page_size=50\
        &page_token=t&project_id=prj&source_directory_id=dir-1&status=COMPLETED";
    let create = "POST /prefix/api/v2/batches?organization_id=org&project_id=prj";
    let expanded = "GET /prefix/api/v2/batches/bat-1?expand=results";
    assert_eq!(lines, [create, expanded, full_list, list, list, get, get]);
    assert_eq!(requests[0].header("x-team"), Some("search"));
    assert_eq!(requests[0].header("cookie"), Some("session=cookie%20value"));
}
