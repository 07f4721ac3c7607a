//! The calls of the client's contract, written by somebody who has nothing but that page.

use std::time::Duration;

use llama_cloud::types::{
    Batch, BatchConfig, BatchCreate, BatchJob, BatchPage, BatchResult, BatchStatus, JobReference,
    JobType,
};
use llama_cloud::{Client, DateTime, Error, Response};

use crate::server::{Answer, Recorded, Server};

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

fn new_client(server: &Server) -> Result<Client, Error> {
    Client::builder()
        .api_key("llx-key")
        .base_url(format!("{}/prefix", server.url()))
        .timeout(Duration::from_secs(60))
        .connect_timeout(Duration::from_secs(5))
        .total_timeout(Duration::from_secs(120))
        .max_retries(2)
        .header("x-team", "search")
        .build()
}

#[tokio::test]
async fn the_three_calls_work_as_the_contract_shows_them() -> Result<(), Error> {
    let page = format!(r#"{{"items": [{BATCH}], "next_page_token": "t2", "total_size": 7}}"#);
    let server = Server::start([
        Answer::json(201, BATCH),
        Answer::json(200, BATCH),
        Answer::json(200, page),
    ])
    .await;
    let client = new_client(&server)?;

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
    assert_eq!(batch.id, "bat-1");
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

    let lines: Vec<String> = server.requests().iter().map(Recorded::line).collect();
    assert_eq!(
        lines,
        [
            "POST /prefix/api/v2/batches?organization_id=org&project_id=prj",
            "GET /prefix/api/v2/batches/bat-1?expand=results",
            "GET /prefix/api/v2/batches?created_at_on_or_after=2026-01-02T03%3A04%3A05Z\
             &created_at_on_or_before=2026-01-03T03%3A04%3A05Z&organization_id=org&page_size=50\
             &page_token=t&project_id=prj&source_directory_id=dir-1&status=COMPLETED",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_response_comes_with_what_is_around_the_body() -> Result<(), Error> {
    let headers = [("content-type", "application/json"), ("x-request-id", "r1")];
    let server = Server::start([Answer::with(200, &headers, BATCH)]).await;
    let client = new_client(&server)?;
    let call = client.batches().get("bat-1");
    let response: Response<Batch> = call.send_with_response().await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.attempts(), 1);
    assert_eq!(response.body().status, BatchStatus::Completed);
    let batch: Batch = response.into_body();
    assert_eq!(batch.id, "bat-1");
    Ok(())
}

#[tokio::test]
async fn every_request_takes_the_callers_options() -> Result<(), Error> {
    let server = Server::start([Answer::json(200, BATCH)]).await;
    let call = new_client(&server)?.batches().get("bat-1");
    call.with_timeout(Duration::from_secs(5))
        .with_max_retries(0)
        .with_header("x-trace", "1")
        .with_query("debug", true)
        .send()
        .await?;
    let request = server.request();
    assert_eq!(request.query.as_deref(), Some("debug=true"));
    assert_eq!(request.header("x-trace"), Some("1"));
    assert_eq!(request.header("x-team"), Some("search"));
    Ok(())
}

#[test]
fn enums_have_what_the_contract_says() {
    assert_eq!(BatchStatus::Throttled.as_str(), "THROTTLED");
    assert_eq!(BatchStatus::Throttled.to_string(), "THROTTLED");
    assert_eq!(BatchStatus::from("FAILED"), BatchStatus::Failed);
    assert_eq!(JobType::from("extract_v2".to_owned()), JobType::ExtractV2);
    let unknown = BatchStatus::UnknownValue("HELD".to_owned());
    assert_eq!(BatchStatus::from("HELD"), unknown);
    let wire: Vec<&str> = BatchStatus::VALUES
        .iter()
        .map(BatchStatus::as_str)
        .collect();
    let values = "PENDING THROTTLED RUNNING COMPLETED FAILED CANCELLED";
    assert_eq!(wire.join(" "), values);
    let ordered: std::collections::BTreeSet<&BatchStatus> = BatchStatus::VALUES.iter().collect();
    let hashed: std::collections::HashSet<&BatchStatus> = BatchStatus::VALUES.iter().collect();
    assert_eq!((ordered.len(), hashed.len()), (6, 6));
}

#[tokio::test]
async fn the_caller_of_a_failed_call_can_tell_what_happened() -> Result<(), Error> {
    let server = Server::start([Answer::json(404, r#"{"detail": "no such batch"}"#)]).await;
    let call = new_client(&server)?.batches().get("bat-1");
    let error = call.send().await.expect_err("the batch isn't there");
    assert!(error.is_not_found() && error.is_status());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.body(), br#"{"detail": "no such batch"}"#);
    assert_eq!((error.attempts(), error.retry_after()), (1, None));
    Ok(())
}
