//! Single cases that have a name.

use std::fmt::Debug;

use llama_cloud::DateTime;
use llama_cloud::types::{
    Batch, BatchConfig, BatchCreate, BatchJob, BatchPage, BatchResult, BatchStatus,
    HttpValidationError, JobReference, JobType, ValidationError, ValidationErrorLocItem,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn batch() -> Value {
    json!({
        "id": "bat-1",
        "config": {"job": {"configuration_id": "cfg-1", "type": "parse_v2"}},
        "project_id": "prj-1",
        "source_directory_id": "dir-1",
        "status": "COMPLETED",
        "created_at": "2026-01-02T03:04:05.678Z",
        "results": [{
            "source_directory_file_id": "dfl-1",
            "error_message": "no",
            "job_reference": {"id": "pjb-1", "type": "parse_v2"},
        }],
        "updated_at": "2026-01-02T03:14:15.926Z",
    })
}

fn decode<T: DeserializeOwned>(json: &Value) -> Result<T, serde_json::Error> {
    serde_json::from_str(&json.to_string())
}

fn sound<T: DeserializeOwned>(json: &Value) -> T {
    decode(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

#[test]
fn fields_are_written_in_the_order_of_the_schema_and_without_blanks() {
    let text = batch().to_string();
    let reversed: serde_json::Map<String, Value> = match batch() {
        Value::Object(fields) => fields.into_iter().rev().collect(),
        other => panic!("{other}"),
    };
    let batch: Batch = sound(&reversed.into());
    assert_eq!(serde_json::to_string(&batch).expect("JSON"), text);
}

#[test]
fn a_date_keeps_its_text() {
    for text in [
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05z",
        "2026-01-02T03:04:05+00:00",
        "2026-01-02T03:04:05-08:00",
        "2026-01-02T03:04:05",
        "2026-01-02 03:04:05",
        "2026-01-02T03:04:05.6",
        "2026-01-02T03:04:05.678901234567Z",
        "2026-01-02T03:04:05.000+01:00",
        "2016-12-31T23:59:60Z",
        "2026-01-02",
        "yesterday",
        "",
    ] {
        let mut json = batch();
        json["created_at"] = text.into();
        let batch: Batch = sound(&json);
        let date = batch.created_at.as_ref().expect("a date");
        assert_eq!(date.as_str(), text);
        assert_eq!(serde_json::to_value(&batch).expect("JSON"), json);
    }
}

#[test]
fn dates_compare_as_instants_and_convert_where_they_are_one() {
    let date = |text: &str| -> DateTime { sound(&text.into()) };
    assert_eq!(
        date("2026-01-02T03:00:00Z"),
        date("2026-01-02T04:00:00.000+01:00")
    );
    assert!(date("2026-01-02T03:00:00Z") < date("2026-01-02T03:00:00.001Z"));
    assert!(date("2026-01-02T03:00:00+01:00") < date("2026-01-02T03:00:00Z"));
    assert!(date("2026-01-02T03:00:00.9") < date("2026-01-02T03:00:01"));

    let instant: jiff::Timestamp = date("2026-01-02T04:00:00+01:00")
        .try_into()
        .expect("an instant");
    assert_eq!(instant.to_string(), "2026-01-02T03:00:00Z");
    assert_eq!(DateTime::from(instant), date("2026-01-02T03:00:00Z"));
    for text in ["2026-01-02T03:00:00", "2026-01-02", "yesterday"] {
        let converted: Result<jiff::Timestamp, llama_cloud::Error> = date(text).try_into();
        let error = converted.expect_err(text);
        assert!(error.is_invalid_input(), "{error}");
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[test]
fn a_date_that_is_to_be_sent_has_to_be_one() {
    for text in [
        "2026-01-02",
        "2026-02-30T00:00:00Z",
        "yesterday",
        "",
        "2026-01-02T25:00:00Z",
    ] {
        let error = DateTime::parse(text).expect_err(text);
        assert!(error.is_invalid_input(), "{error}");
    }
}

#[test]
fn unknown_enum_values_are_kept() {
    for text in ["ON_HOLD", "", "completed", "COMPLETED "] {
        let status: BatchStatus = sound(&text.into());
        assert_eq!(status, BatchStatus::UnknownValue(text.to_owned()));
        assert_eq!(serde_json::to_value(&status).expect("JSON"), text);
    }
    let escaped: JobType = serde_json::from_str(r#""p\u0061rse_v2""#).expect("a string");
    assert_eq!(escaped, JobType::ParseV2);
}

#[test]
fn unknown_fields_are_passed_over_at_every_depth() {
    let mut json = batch();
    json["new"] = json!({"deep": [1, {"x": null}]});
    json["config"]["new"] = json!([]);
    json["config"]["job"]["new"] = json!("x");
    json["results"][0]["job_reference"]["new"] = json!(1.5);
    let expected: Batch = sound(&batch());
    assert_eq!(sound::<Batch>(&json), expected);
}

#[test]
fn an_absent_field_and_a_null_one_are_the_same_in_a_response() {
    let mut null = batch();
    let mut absent = batch();
    for name in ["created_at", "results", "updated_at"] {
        null[name] = Value::Null;
        absent.as_object_mut().expect("an object").remove(name);
    }
    let batch: Batch = sound(&null);
    assert_eq!(batch, sound::<Batch>(&absent));
    assert_eq!(batch.results, None);
    assert_eq!(serde_json::to_value(&batch).expect("JSON"), absent);
}

#[test]
fn a_free_value_keeps_numbers_beyond_what_an_integer_of_the_api_holds() {
    for input in [
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1_u64 << 63),
        json!(0.1),
        json!(1e300),
        json!(-0.0),
        // Readers which aren't exact to the last place read another number.
        json!(0.924_166_791_075_580_5),
        json!(6.934_698_245_112_694e276),
        json!([u64::MAX, {"a": [null, {}]}]),
    ] {
        let json = json!({"loc": [], "msg": "", "type": "", "input": input});
        let error: ValidationError = sound(&json);
        assert_eq!(error.input, Some(input));
        assert_eq!(serde_json::to_value(&error).expect("JSON"), json);
    }
}

#[test]
fn a_place_is_a_text_or_a_number_and_keeps_all_else() {
    let json = json!(["body", 3, -1, u64::MAX, 1.5, true, null, ["x"], {"a": 1}]);
    let places: Vec<ValidationErrorLocItem> = sound(&json);
    assert_eq!(places[0], ValidationErrorLocItem::String("body".to_owned()));
    assert_eq!(places[1], ValidationErrorLocItem::Integer(3));
    assert_eq!(places[2], ValidationErrorLocItem::Integer(-1));
    for (place, value) in places.iter().zip(json.as_array().expect("a list")).skip(3) {
        assert_eq!(*place, ValidationErrorLocItem::UnknownValue(value.clone()));
    }
    assert_eq!(serde_json::to_value(&places).expect("JSON"), json);
}

/// Asserts that the sound JSON decodes, that it does where any of these fields is missing or null as
/// long as another one is there, and that without any of them the error names the first.
fn assert_required<T>(json: &Value, fields: &[&str])
where
    T: DeserializeOwned + Serialize + PartialEq + Debug,
{
    sound::<T>(json);
    for &field in fields {
        let mut without = json.clone();
        without.as_object_mut().expect("an object").remove(field);
        assert_eq!(decode::<T>(&without).is_ok(), fields.len() > 1, "{field}");

        let mut null = json.clone();
        null[field] = Value::Null;
        decode::<T>(&null).expect("what is null is read as blank");
    }
    let error = decode::<T>(&json!({"x": 1}))
        .expect_err("nothing is there")
        .to_string();
    assert!(error.contains(&format!("`{}`", fields[0])), "{error}");
}

#[test]
fn what_is_required_may_be_missing_but_not_all_of_it() {
    let batch = batch();
    let job = &batch["config"]["job"];
    let result = &batch["results"][0];
    let fields = [
        "id",
        "config",
        "project_id",
        "source_directory_id",
        "status",
    ];
    assert_required::<Batch>(&batch, &fields);
    assert_required::<BatchConfig>(&batch["config"], &["job"]);
    assert_required::<BatchJob>(job, &["configuration_id", "type"]);
    assert_required::<BatchResult>(result, &["source_directory_file_id"]);
    assert_required::<JobReference>(&result["job_reference"], &["id", "type"]);
    assert_required::<BatchPage>(&json!({"items": [batch]}), &["items"]);
    let create = json!({"config": batch["config"], "source_directory_id": "dir-1"});
    assert_required::<BatchCreate>(&create, &["config", "source_directory_id"]);
    let error = json!({"loc": ["body"], "msg": "wrong", "type": "enum"});
    assert_required::<ValidationError>(&error, &["loc", "msg", "type"]);
    assert_required::<HttpValidationError>(&json!({"detail": [error]}), &["detail"]);
}
