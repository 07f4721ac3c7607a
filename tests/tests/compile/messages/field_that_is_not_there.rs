use llama_cloud::types::{BatchJob, JobType};

fn main() {
    let job = BatchJob::new("cfg-1", JobType::ParseV2);
    println!("{}", job.kind);
}
