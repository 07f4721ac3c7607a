//! What a program that uses the crate may and may not write, and the bounds that it can count on.
//!
//! A message of the compiler that changed is taken over with `TRYBUILD=overwrite`.

use llama_cloud::types::{Batch, BatchPage};
use llama_cloud::{Client, DateTime, Error, Response};

#[test]
fn programs_that_should_compile_do_and_the_others_say_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile/pass/*.rs");
    cases.compile_fail("tests/compile/fail/*.rs");
}

/// `compile/pass/readme.rs` is the README's program within a function.
#[test]
fn the_program_in_the_readme_is_one_that_compiles() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme
        .split_once("```rust\n")
        .expect("the README has a program");
    let (program, _) = rest.split_once("```").expect("the program ends");
    let compiled = include_str!("compile/pass/readme.rs");
    let lines: Vec<&str> = compiled.lines().map(str::trim).collect();
    for line in program.lines().map(str::trim) {
        assert!(
            lines.contains(&line),
            "not in compile/pass/readme.rs: {line}"
        );
    }
}

fn assert_shared<T: Send + Sync + 'static>() {}

fn assert_send(_: &(impl Send + 'static)) {}

#[test]
fn a_client_can_be_cloned_and_shared_between_threads() {
    fn assert_clone<T: Clone>() {}
    assert_clone::<Client>();
    assert_shared::<Client>();
    assert_shared::<llama_cloud::ClientBuilder>();
    assert_shared::<llama_cloud::batches::Batches>();
    assert_shared::<llama_cloud::batches::Get>();
}

#[test]
fn errors_and_answers_can_go_to_another_thread_and_into_a_box() {
    fn assert_error<T: std::error::Error>() {}
    assert_error::<Error>();
    assert_shared::<Error>();
    assert_shared::<Response<Batch>>();
    assert_shared::<BatchPage>();
    assert_shared::<DateTime>();
    assert!(size_of::<Error>() <= size_of::<usize>());
}

#[test]
fn every_future_can_go_to_another_thread() {
    let client = Client::new("llx-key").expect("the key is fine");
    let batches = client.batches();
    assert_send(&batches.list().send());
    assert_send(&batches.list().into_stream());
    assert_send(&batches.list().into_pages());
    assert_send(&batches.wait("bat-1").send());
    assert_send(&batches.get("bat-1").send());
    assert_send(&batches.get("bat-1").send_with_response());
    assert_send(&client.batches().get("bat-1").send());
}
