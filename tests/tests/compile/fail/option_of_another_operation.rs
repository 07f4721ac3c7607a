//! An option belongs to the operations that document it, and takes values of its type.

use llama_cloud::Client;
use llama_cloud::types::BatchStatus;

fn main() -> Result<(), llama_cloud::Error> {
    let client = Client::new("llx-key")?;
    drop(client.batches().get("bat-1").status(BatchStatus::Failed));
    drop(client.batches().list().page_size("50"));
    Ok(())
}
