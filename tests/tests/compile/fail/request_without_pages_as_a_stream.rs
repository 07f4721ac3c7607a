//! Only requests whose response is a page have streams of items.

use llama_cloud::Client;

fn main() -> Result<(), llama_cloud::Error> {
    let client = Client::new("llx-key")?;
    drop(client.batches().get("bat-1").into_stream());
    Ok(())
}
