//! What a server sends decodes and encodes back to the same JSON, and what a program makes survives
//! the way over the wire: for all types of the API, over values made at random.

mod cases;
mod json;
mod values;

use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::json::Json;

/// Decodes what is sent, from each kind of source, and encodes it again.
fn assert_same_json<T>(json: &Json) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let text = json.sent.to_string();
    let value: T = serde_json::from_slice(text.as_bytes())
        .map_err(|error| TestCaseError::fail(format!("{error} in {text}")))?;
    let encoded = serde_json::to_string(&value).expect("a type of the API can be written");
    let decoded: serde_json::Value = serde_json::from_str(&encoded).expect("it is JSON");
    prop_assert_eq!(&decoded, &json.kept);
    prop_assert_eq!(&serde_json::to_value(&value).expect("JSON"), &json.kept);

    let indented = serde_json::to_vec_pretty(&json.sent).expect("JSON");
    let read: T = serde_json::from_reader(&indented[..]).expect("the same JSON");
    prop_assert_eq!(&read, &value);
    let taken: T = serde_json::from_value(json.sent.clone()).expect("the same JSON");
    prop_assert_eq!(&taken, &value);
    Ok(())
}

/// Encodes a value and decodes it again.
fn assert_same_value<T>(value: &T) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let text = serde_json::to_string(value).expect("a type of the API can be written");
    let read: T = serde_json::from_str(&text)
        .map_err(|error| TestCaseError::fail(format!("{error} in {text}")))?;
    prop_assert_eq!(&read, value);
    let again = serde_json::to_string(&read).expect("a type of the API can be written");
    prop_assert_eq!(&again, &text, "not even the order changes");
    Ok(())
}

/// Nothing is left behind where a test fails: the failing value is in its output.
fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// For each type: its name, and that of the two functions that make random JSON and random values.
macro_rules! round_trips {
    ($($function:ident: $type:ty,)*) => {
        $(
            mod $function {
                use super::*;

                proptest! {
                    #![proptest_config(settings())]

                    #[test]
                    fn json_comes_back_as_the_same_json(json in json::$function()) {
                        assert_same_json::<$type>(&json)?;
                    }

                    #[test]
                    fn a_value_comes_back_as_the_same_value(value in values::$function()) {
                        assert_same_value::<$type>(&value)?;
                    }

                    #[test]
                    fn json_of_any_shape_is_taken_or_refused_and_nothing_worse(
                        free in json::free(), bytes in any::<Vec<u8>>(),
                    ) {
                        let _ = serde_json::from_value::<$type>(free.clone());
                        let _ = serde_json::from_str::<$type>(&free.to_string());
                        let _ = serde_json::from_slice::<$type>(&bytes);
                    }
                }
            }
        )*
    };
}

round_trips! {
    batch: llama_cloud::types::Batch,
    batch_config: llama_cloud::types::BatchConfig,
    batch_create: llama_cloud::types::BatchCreate,
    batch_job: llama_cloud::types::BatchJob,
    batch_page: llama_cloud::types::BatchPage,
    batch_result: llama_cloud::types::BatchResult,
    batch_status: llama_cloud::types::BatchStatus,
    date_time: llama_cloud::DateTime,
    http_validation_error: llama_cloud::types::HttpValidationError,
    job_reference: llama_cloud::types::JobReference,
    job_type: llama_cloud::types::JobType,
    validation_error: llama_cloud::types::ValidationError,
    validation_error_loc_item: llama_cloud::types::ValidationErrorLocItem,
}
