//! The README's first program.

use llama_cloud::types::{BatchConfig, BatchCreate, BatchJob, BatchStatus, JobType};
use llama_cloud::Client;

async fn readme() -> Result<(), llama_cloud::Error> {
    let client = Client::from_env()?; // LLAMA_CLOUD_API_KEY
    let job = BatchJob::new("cfg-1", JobType::ParseV2);
    let batch = client.batches().create(BatchCreate::new(BatchConfig::new(job), "dir-1")).send().await?;
    let done = client.batches().wait(batch.id).expand(["results"]).send().await?; // polls until it ends
    println!("{:?}", done.results);

    let mut failed = client.batches().list().status(BatchStatus::Failed).into_stream(); // all pages
    while let Some(batch) = failed.next().await {
        println!("{}", batch?.id);
    }
    Ok(())
}

fn main() {
    drop(readme());
}
