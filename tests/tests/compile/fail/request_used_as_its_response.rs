//! A request isn't its response: it has to be sent.

use llama_cloud::Client;

async fn status(client: Client) -> String {
    let batch = client.batches().get("bat-1");
    batch.status.to_string()
}

fn main() {
    let client = Client::new("llx-key").expect("the key is fine");
    drop(status(client));
}
