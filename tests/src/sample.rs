//! What most tests of the client start from.

use std::time::Duration;

use llama_cloud::types::{BatchConfig, BatchCreate, BatchJob, JobType};
use llama_cloud::{Client, ClientBuilder, Error, RetryPolicy};

use crate::server::{Server, ServerResponse};

/// The key of all clients here; no other text of a test contains it.
pub const KEY: &str = "llx-Secret0123456789";

/// A batch as the service sends one right after it was created.
pub const BATCH: &str = r#"{"id":"bat-1","config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"project_id":"prj-1","source_directory_id":"dir-1","status":"PENDING","created_at":"2026-01-02T03:04:05.678Z","results":null,"updated_at":null}"#;

/// A page without batches.
pub const PAGE: &str = r#"{"items":[],"next_page_token":null,"total_size":null}"#;

/// Settings of a client for this server. A test which hangs ends in seconds instead of minutes.
pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .timeout(Duration::from_secs(20))
}

/// A client for this server.
pub fn client(server: &Server) -> Client {
    builder(server).build().expect("the settings are fine")
}

/// How a client decides about retries whose own waits take a millisecond.
pub fn without_delay() -> RetryPolicy {
    let mut policy = RetryPolicy::default();
    policy.initial_backoff = Duration::from_millis(1);
    policy.max_backoff = Duration::from_millis(1);
    policy
}

/// A body for `create`.
pub fn new_batch() -> BatchCreate {
    BatchCreate::new(
        BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2)),
        "dir-1",
    )
}

/// The error of `get` where the server gives this response, without another try.
pub async fn error_of(response: ServerResponse) -> Error {
    let server = Server::start([response]).await;
    let call = client(&server).batches().get("bat-1").with_max_retries(0);
    call.send().await.expect_err("the response is no batch")
}
