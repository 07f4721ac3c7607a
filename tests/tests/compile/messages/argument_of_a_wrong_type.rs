use llama_cloud::types::{BatchJob, JobType};

fn main() {
    drop(BatchJob::new("cfg-1", 5));
    drop(JobType::ParseV2);
}
