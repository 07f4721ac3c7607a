//! A literal would break when the API gets a field, so there is `new`.

use llama_cloud::types::{BatchJob, BatchResult, JobType};

fn main() {
    let job = BatchJob {
        configuration_id: "cfg-1".to_owned(),
        type_: JobType::ParseV2,
    };
    let result = BatchResult {
        error_message: Some(job.configuration_id),
        ..BatchResult::new("dfl-1")
    };
    drop(result);
}
