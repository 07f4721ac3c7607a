//! A program that gives all that can be given, in the forms that are at hand.

use std::time::Duration;

use llama_cloud::types::{
    BatchConfig, BatchCreate, BatchJob, BatchPage, BatchResult, BatchStatus, JobReference, JobType,
    ValidationError, ValidationErrorLocItem,
};
use llama_cloud::{Client, DateTime};

fn main() -> Result<(), llama_cloud::Error> {
    let client = Client::builder()
        .api_key(String::from("llx-key"))
        .base_url(llama_cloud::servers::EUROPE)
        .timeout(Duration::from_secs(60))
        .connect_timeout(Duration::from_secs(5))
        .total_timeout(Duration::from_secs(300))
        .max_retries(2)
        .max_body_size(1024)
        .max_error_body_size(1024)
        .header("x-team", String::from("search"))
        .query("tenant", 7)
        .build()?;
    let job = BatchJob::new(String::from("cfg-1"), "parse_v2");
    let create = client
        .batches()
        .create(BatchCreate::new(BatchConfig::new(job), "dir-1"))
        .organization_id("org-1")
        .project_id(String::from("prj-1"))
        .session("abc")
        .with_timeout(Duration::from_secs(1))
        .with_total_timeout(Duration::from_secs(1))
        .with_max_retries(0)
        .with_header("x-trace", "1")
        .with_no_header(String::from("x-team"))
        .with_query("debug", true);
    let get = client
        .batches()
        .get(String::from("bat-1"))
        .expand(["results"])
        .expand(vec![String::from("results")])
        .organization_id("org-1")
        .project_id("prj-1")
        .session("abc");
    let list = client
        .batches()
        .list()
        .created_at_on_or_after(DateTime::parse("2026-01-01T00:00:00Z")?)
        .created_at_on_or_before("2026-01-31T00:00:00Z".parse::<DateTime>()?)
        .organization_id("org-1")
        .page_size(50)
        .page_token("t")
        .project_id("prj-1")
        .source_directory_id("dir-1")
        .status(BatchStatus::Completed)
        .session("abc");
    drop((create.send(), get.send(), list.send_with_response()));

    let mut result = BatchResult::new("dfl-1");
    result.error_message = Some("no".to_owned());
    result.job_reference = Some(JobReference::new("pjb-1", JobType::ExtractV2));
    let mut page = BatchPage::new(Vec::new());
    page.next_page_token = Some("t".to_owned());
    page.total_size = Some(0);
    let mut error = ValidationError::new(
        [ValidationErrorLocItem::from("body"), 3.into()],
        "wrong",
        "enum",
    );
    error.input = Some(7.into());
    error.ctx = Some([("lt".to_owned(), 5.into())].into());
    Ok(())
}
