use llama_cloud::types::{BatchJob, JobType};

fn main() {
    let mut job = BatchJob::new("cfg-1", JobType::ParseV2);
    job.configuration_id = Some("cfg-2");
}
