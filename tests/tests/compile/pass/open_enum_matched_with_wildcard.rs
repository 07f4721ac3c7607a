//! A match on an open enum has an arm for what the crate doesn't know.

use llama_cloud::types::BatchStatus;

fn is_over(status: &BatchStatus) -> bool {
    match status {
        BatchStatus::Completed | BatchStatus::Failed | BatchStatus::Cancelled => true,
        BatchStatus::UnknownValue(value) => value.starts_with("DONE"),
        _ => false,
    }
}

fn main() {
    assert!(is_over(&BatchStatus::Failed));
    assert!(!is_over(&"HELD".into()));
    assert!(is_over(&String::from("DONE_TWICE").into()));
}
