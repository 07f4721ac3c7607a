//! A call that was put together and forgotten, and settings of no client.

#![deny(unused_must_use)]

use llama_cloud::Client;

async fn forgotten(client: Client) {
    client.batches().get("bat-1");
    client.batches().list().page_size(50);
    client.batches().get("bat-1").send();
    Client::builder().api_key("llx-key");
}

fn main() {
    let client = Client::new("llx-key").expect("the key is fine");
    drop(forgotten(client));
}
