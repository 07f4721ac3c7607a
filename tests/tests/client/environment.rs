//! `Client::from_env`, in processes of their own: a test can't set variables of its process safely.

use std::process::{Command, Output};

use llama_cloud::Client;

use crate::sample::{BATCH, KEY};
use crate::server::{Answer, Server};

const CHILD: &str = "environment::in_a_process_with_its_own_variables";

/// Runs the test [`CHILD`] with these variables.
async fn run(variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the test has a file"));
    command
        .args(["--exact", CHILD, "--nocapture", "--test-threads=1"])
        .env_remove("LLAMA_CLOUD_API_KEY")
        .env_remove("LLAMA_CLOUD_BASE_URL")
        .env("IS_CHILD", "yes")
        .envs(variables.iter().copied());
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.expect("no panic").expect("the process runs")
}

/// What the others run. It does nothing where it runs as a test of its own.
#[tokio::test]
async fn in_a_process_with_its_own_variables() {
    if std::env::var_os("IS_CHILD").is_none() {
        return;
    }
    match Client::from_env() {
        Ok(client) => match client.batches().get("bat-1").send().await {
            Ok(batch) => println!("got {}", batch.id),
            Err(error) => println!("not got: {error}"),
        },
        Err(error) => println!("refused (input: {}): {error}", error.is_invalid_input()),
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn key_and_server_are_taken_from_the_environment() {
    let server = Server::start([Answer::json(200, BATCH)]).await;
    let url = format!("{}/prefix/", server.url());
    let output = run(&[("LLAMA_CLOUD_API_KEY", KEY), ("LLAMA_CLOUD_BASE_URL", &url)]).await;
    assert!(text(&output).contains("got bat-1"), "{output:?}");
    let request = server.request();
    assert_eq!(request.path, "/prefix/api/v2/batches/bat-1");
    let authorization = format!("Bearer {KEY}");
    assert_eq!(request.header("authorization"), Some(&*authorization));
}

#[tokio::test]
async fn a_missing_or_blank_key_is_refused_by_the_name_of_its_variable() {
    let missing = text(&run(&[]).await);
    assert!(missing.contains("refused (input: true)"), "{missing}");
    assert!(missing.contains("LLAMA_CLOUD_API_KEY"), "{missing}");
    let blank = text(&run(&[("LLAMA_CLOUD_API_KEY", "  ")]).await);
    assert!(blank.contains("refused (input: true)"), "{blank}");
    assert!(blank.contains("LLAMA_CLOUD_API_KEY"), "{blank}");
}

#[tokio::test]
async fn a_server_that_is_none_is_refused_by_the_name_of_its_variable() {
    let variables = [
        ("LLAMA_CLOUD_API_KEY", KEY),
        ("LLAMA_CLOUD_BASE_URL", "example.com"),
    ];
    let output = text(&run(&variables).await);
    assert!(output.contains("refused (input: true)"), "{output}");
    assert!(output.contains("LLAMA_CLOUD_BASE_URL"), "{output}");
    assert!(!output.contains(KEY), "{output}");
}
