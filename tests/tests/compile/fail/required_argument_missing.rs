//! What the API requires can't be forgotten.

use llama_cloud::Client;
use llama_cloud::types::{BatchConfig, BatchCreate, BatchJob, BatchParts, BatchStatus, JobType};

fn main() -> Result<(), llama_cloud::Error> {
    let client = Client::new("llx-key")?;
    drop(client.batches().get());
    drop(client.batches().create());
    let config = BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2));
    drop(BatchCreate::new(config.clone()));
    drop(BatchParts {
        id: "bat-1".to_owned(),
        config,
        project_id: "prj-1".to_owned(),
        status: BatchStatus::Pending,
    });
    Ok(())
}
