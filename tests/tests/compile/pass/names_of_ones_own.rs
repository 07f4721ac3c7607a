//! A program may have its own `Result`, `Option`, `Error` and `Client`, and look at errors with `?`.

#![deny(warnings)]
#![allow(dead_code, reason = "only the names matter")]

struct Client;
struct Error;
struct Option;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

async fn status_of(
    client: &llama_cloud::Client,
    id: &str,
) -> Result<llama_cloud::types::BatchStatus> {
    let call = client.batches().get(id);
    Ok(call.send().await?.status)
}

fn main() -> Result<()> {
    let client = llama_cloud::Client::new("llx-key")?;
    drop(status_of(&client, "bat-1"));
    Ok(())
}
