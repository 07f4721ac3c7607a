//! `Client::from_env`, in processes of their own: a test can't set variables of its process safely.

use std::time::Duration;

use llama_cloud::{Client, Error};
use tests::sample::{BATCH, KEY};
use tests::server::{Server, ServerResponse};

use super::child;

const CHILD: &str = "names::environment::in_a_process_with_its_own_variables";

/// The same with settings of the program's own beside the environment.
const SETTINGS_CHILD: &str = "names::environment::in_a_process_with_variables_and_settings";

/// What the others run. It does nothing where it runs as a test of its own.
#[tokio::test]
async fn in_a_process_with_its_own_variables() {
    if !child::is_one() {
        return;
    }
    tell(Client::from_env()).await;
}

/// The same for settings beside the environment, which is wrong about all that they say.
#[tokio::test]
async fn in_a_process_with_variables_and_settings() {
    if !child::is_one() {
        return;
    }
    let url = std::env::var("MINE").expect("the parent has set it");
    let builder = Client::builder().from_env();
    let builder = builder.timeout(Duration::from_secs(20)).base_url(url);
    tell(builder.build()).await;
}

async fn tell(client: Result<Client, Error>) {
    match client {
        Ok(client) => match client.batches().get("bat-1").send().await {
            Ok(batch) => println!("got {}", batch.id),
            Err(error) => println!("not got: {error}"),
        },
        Err(error) => println!("refused (input: {}): {error}", error.is_invalid_input()),
    }
}

async fn run(variables: &[(&str, &str)]) -> String {
    let output = child::run(CHILD, variables).await;
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn from_env_takes_the_key_and_the_base_url_from_the_environment() {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let url = format!("{}/prefix/", server.url());
    let output = run(&[("LLAMA_CLOUD_API_KEY", KEY), ("LLAMA_CLOUD_BASE_URL", &url)]).await;
    assert!(output.contains("got bat-1"), "{output}");
    let request = server.request();
    assert_eq!(request.path, "/prefix/api/v2/batches/bat-1");
    let authorization = format!("Bearer {KEY}");
    assert_eq!(request.header("authorization"), Some(&*authorization));
}

#[tokio::test]
async fn llama_cloud_api_key_is_required() {
    let missing = run(&[]).await;
    assert!(missing.contains("refused (input: true)"), "{missing}");
    assert!(missing.contains("LLAMA_CLOUD_API_KEY"), "{missing}");
    let blank = run(&[("LLAMA_CLOUD_API_KEY", "  ")]).await;
    assert!(blank.contains("refused (input: true)"), "{blank}");
    assert!(blank.contains("LLAMA_CLOUD_API_KEY"), "{blank}");
}

#[tokio::test]
async fn a_base_url_of_the_environment_that_is_none_is_refused_by_the_name_of_its_variable() {
    let variables = [
        ("LLAMA_CLOUD_API_KEY", KEY),
        ("LLAMA_CLOUD_BASE_URL", "example.com"),
    ];
    let output = run(&variables).await;
    assert!(output.contains("refused (input: true)"), "{output}");
    assert!(output.contains("LLAMA_CLOUD_BASE_URL"), "{output}");
    assert!(!output.contains(KEY), "{output}");
}

#[tokio::test]
async fn what_is_set_goes_before_the_environment() {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let variables = [
        ("LLAMA_CLOUD_API_KEY", KEY),
        ("LLAMA_CLOUD_BASE_URL", "nowhere"),
        ("MINE", server.url()),
    ];
    let output = child::run(SETTINGS_CHILD, &variables).await;
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.contains("got bat-1"), "{output}");
    let authorization = format!("Bearer {KEY}");
    assert_eq!(
        server.request().header("authorization"),
        Some(&*authorization)
    );
}

#[tokio::test]
async fn a_missing_key_is_told_with_both_ways_to_give_one() {
    let url = [("MINE", "http://127.0.0.1:9")];
    let of_builder = child::run(SETTINGS_CHILD, &url).await;
    let of_builder = String::from_utf8_lossy(&of_builder.stdout).into_owned();
    for output in [run(&[]).await, of_builder] {
        assert!(output.contains("refused (input: true)"), "{output}");
        for way in ["LLAMA_CLOUD_API_KEY", "`api_key`"] {
            assert!(output.contains(way), "{way}: {output}");
        }
    }
}
