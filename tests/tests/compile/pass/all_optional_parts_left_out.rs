//! A program that says no more than it has to.

use llama_cloud::Client;
use llama_cloud::types::{
    BatchConfig, BatchCreate, BatchJob, BatchPage, BatchResult, HttpValidationError, JobReference,
    JobType, ValidationError,
};

fn main() -> Result<(), llama_cloud::Error> {
    let client = Client::new("llx-key")?;
    let body = BatchCreate::new(
        BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2)),
        "dir-1",
    );
    let create = client.batches().create(body);
    let get = client.batches().get("bat-1");
    let list = client.batches().list();
    drop((create.send(), get.send(), list.send()));

    assert_eq!(BatchResult::new("dfl-1").job_reference, None);
    assert_eq!(BatchPage::new([]).total_size, None);
    assert_eq!(
        JobReference::new("pjb-1", "parse_v2").type_,
        JobType::ParseV2
    );
    assert!(HttpValidationError::new([]).detail.is_empty());
    assert_eq!(ValidationError::new(["body"], "wrong", "enum").input, None);
    Ok(())
}
