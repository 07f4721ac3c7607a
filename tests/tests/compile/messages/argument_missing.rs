use llama_cloud::types::{BatchJob, JobType};

fn main() {
    drop(BatchJob::new("cfg-1"));
    drop(JobType::ParseV2);
}
