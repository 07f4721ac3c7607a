//! A type with many required fields is made of parts which are given by name.

use llama_cloud::types::{Batch, BatchConfig, BatchJob, BatchParts, BatchStatus, JobType};

fn main() {
    let mut batch = Batch::new(BatchParts {
        id: "bat-1".to_owned(),
        config: BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2)),
        project_id: "prj-1".to_owned(),
        source_directory_id: "dir-1".to_owned(),
        status: BatchStatus::Pending,
    });
    assert_eq!(batch.results, None);
    batch.status = BatchStatus::Completed;
    assert_eq!(batch.clone(), batch);
}
