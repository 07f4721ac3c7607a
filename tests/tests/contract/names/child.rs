//! Tests that run in a process of their own, where they have variables of their own.

use std::process::{Command, Output};

const MARK: &str = "IS_CHILD";

/// Whether this process is one that [`run`] has started.
pub fn is_one() -> bool {
    std::env::var_os(MARK).is_some()
}

/// Runs the test of this name, and no other, with these variables of the API.
pub async fn run(test: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the test has a file"));
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env_remove("LLAMA_CLOUD_API_KEY")
        .env_remove("LLAMA_CLOUD_BASE_URL")
        .env(MARK, "yes")
        .envs(variables.iter().copied());
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.expect("no panic").expect("the process runs")
}
