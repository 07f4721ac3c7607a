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
    assert_send(&batches.get("bat-1").send());
    assert_send(&batches.get("bat-1").send_with_response());
    assert_send(&client.batches().get("bat-1").send());
}
