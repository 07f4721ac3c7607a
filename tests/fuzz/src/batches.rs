//! Bytes in place of the API's types: what decodes comes back the same.

use std::fmt::Debug;

use llama_cloud::DateTime;
use llama_cloud::types::{
    Batch, BatchConfig, BatchCreate, BatchJob, BatchPage, BatchResult, BatchStatus,
    HttpValidationError, JobReference, JobType, ValidationError, ValidationErrorLocItem,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads the bytes as each of the API's types.
pub fn check(bytes: &[u8]) {
    comes_back::<Batch>(bytes);
    comes_back::<BatchConfig>(bytes);
    comes_back::<BatchCreate>(bytes);
    comes_back::<BatchJob>(bytes);
    comes_back::<BatchPage>(bytes);
    comes_back::<BatchResult>(bytes);
    comes_back::<BatchStatus>(bytes);
    comes_back::<DateTime>(bytes);
    comes_back::<HttpValidationError>(bytes);
    comes_back::<JobReference>(bytes);
    comes_back::<JobType>(bytes);
    comes_back::<ValidationError>(bytes);
    comes_back::<ValidationErrorLocItem>(bytes);
}

/// Reads bytes as a type, from a slice and from a reader. What is written of it is read as an equal
/// value, of which the same is written.
pub fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let read = serde_json::from_slice::<T>(bytes);
    let streamed = serde_json::from_reader::<_, T>(bytes);
    let value = match (read, streamed) {
        (Ok(value), Ok(streamed)) => {
            assert_eq!(value, streamed, "read from a slice and from a reader");
            value
        }
        (Err(_), Err(_)) => return None,
        (read, streamed) => panic!("from a slice {read:?}, from a reader {streamed:?}"),
    };
    let text = serde_json::to_string(&value).expect("a type of the API can be written");
    let again: T = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(again, value, "{text}");
    let rewritten = serde_json::to_string(&again).expect("a type of the API can be written");
    assert_eq!(rewritten, text);
    Some(value)
}
