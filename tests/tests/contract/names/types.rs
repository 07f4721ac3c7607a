//! The types of the API: their fields, how they are made, and what they can do.

use std::collections::{BTreeSet, HashSet};
use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use llama_cloud::types::{
    Batch, BatchConfig, BatchCreate, BatchJob, BatchPage, BatchParts, BatchResult, BatchStatus,
    JobReference, JobType, ValidationErrorLocItem,
};
use llama_cloud::{DateTime, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A batch with all of its fields.
const FULL: &str = r#"{"id":"bat-1","config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"project_id":"prj-1","source_directory_id":"dir-1","status":"RUNNING","created_at":"2026-01-02T03:04:05Z","results":[{"source_directory_file_id":"dfl-1","error_message":"no","job_reference":{"id":"pjb-1","type":"extract_v2"}}],"updated_at":"2026-01-02T03:04:06Z"}"#;

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("the documented JSON")
}

fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("types of the API can be written")
}

#[test]
fn the_types_have_the_fields_of_the_contract_and_no_others_in_schema_order() {
    let batch: Batch = read(FULL);
    assert_eq!(write(&batch), FULL);
    let page = r#"{"items":[],"next_page_token":"t","total_size":1}"#;
    assert_eq!(write::<BatchPage>(&read(page)), page);
    let create = BatchCreate::new(batch.config, "dir-1");
    let job = r#"{"job":{"configuration_id":"cfg-1","type":"parse_v2"}}"#;
    assert_eq!(
        write(&create),
        format!(r#"{{"config":{job},"source_directory_id":"dir-1"}}"#)
    );
}

#[test]
fn text_is_string_counts_are_i64_dates_are_date_time_and_optional_is_option() {
    let Batch {
        id,
        config,
        project_id,
        source_directory_id,
        status,
        created_at,
        results,
        updated_at,
        ..
    } = read(FULL);
    let _: [String; 3] = [id, project_id, source_directory_id];
    let _: [Option<DateTime>; 2] = [created_at, updated_at];
    let _: BatchStatus = status;
    let BatchConfig { job, .. } = config;
    let BatchJob {
        configuration_id,
        type_,
        ..
    } = job;
    let (_, _): (String, JobType) = (configuration_id, type_);
    let results: Option<Vec<BatchResult>> = results;
    let mut results = results.expect("they are there");
    let BatchResult {
        source_directory_file_id,
        error_message,
        job_reference,
        ..
    } = results.remove(0);
    let (_, _): (String, Option<String>) = (source_directory_file_id, error_message);
    let reference: Option<JobReference> = job_reference;
    let JobReference { id, type_, .. } = reference.expect("it is there");
    let (_, _): (String, JobType) = (id, type_);
    let BatchPage {
        items,
        next_page_token,
        total_size,
        ..
    } = read(r#"{"items":[]}"#);
    let _: (Vec<Batch>, Option<String>, Option<i64>) = (items, next_page_token, total_size);
    let create: BatchCreate = read(FULL);
    let _: (BatchConfig, String) = (create.config, create.source_directory_id);
}

#[test]
fn new_takes_the_required_fields_in_schema_order_and_leaves_the_others_out() {
    let job = BatchJob::new("cfg-1", JobType::ParseV2);
    assert_eq!(
        write(&job),
        r#"{"configuration_id":"cfg-1","type":"parse_v2"}"#
    );
    let reference = JobReference::new("pjb-1", JobType::ExtractV2);
    assert_eq!(write(&reference), r#"{"id":"pjb-1","type":"extract_v2"}"#);
    let result = BatchResult::new("dfl-1");
    assert_eq!(
        (&result.error_message, &result.job_reference),
        (&None, &None)
    );
    let page = BatchPage::new(Vec::new());
    assert_eq!((page.next_page_token, page.total_size), (None, None));
    let create = BatchCreate::new(BatchConfig::new(job), "dir-1");
    assert_eq!(create.source_directory_id, "dir-1");
}

#[test]
fn a_type_with_more_than_four_required_fields_is_made_by_named_parts() {
    let batch = Batch::new(BatchParts {
        id: "bat-1".to_owned(),
        config: BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2)),
        project_id: "prj-1".to_owned(),
        source_directory_id: "dir-1".to_owned(),
        status: BatchStatus::Pending,
    });
    assert_eq!(batch.id, "bat-1");
    assert_eq!(
        (batch.created_at, batch.results, batch.updated_at),
        (None, None, None)
    );
}

#[test]
fn structs_have_public_fields_that_can_be_set() {
    let mut result = BatchResult::new("dfl-1");
    result.error_message = Some("no".to_owned());
    let json = r#"{"source_directory_file_id":"dfl-1","error_message":"no"}"#;
    assert_eq!(write(&result), json);
}

#[test]
fn structs_are_clone_debug_partial_eq_serialize_and_deserialize() {
    fn assert<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned>() {}
    assert::<Batch>();
    assert::<BatchConfig>();
    assert::<BatchJob>();
    assert::<BatchResult>();
    assert::<JobReference>();
    assert::<BatchPage>();
    assert::<BatchCreate>();
}

#[test]
fn structs_and_enums_are_non_exhaustive() {
    let source = include_str!("../../../../generated/src/types/batches.rs");
    let file = syn::parse_file(source).expect("it is Rust");
    let mut checked = 0;
    for item in file.items {
        let (name, attributes) = match item {
            syn::Item::Struct(it) => (it.ident, it.attrs),
            syn::Item::Enum(it) => (it.ident, it.attrs),
            syn::Item::Macro(_) => panic!("types are declared in plain Rust"),
            _ => continue,
        };
        // What `new` is given is written out by callers.
        if !name.to_string().ends_with("Parts") {
            let marked = |it: &syn::Attribute| it.path().is_ident("non_exhaustive");
            assert!(attributes.iter().any(marked), "{name}");
            checked += 1;
        }
    }
    assert_eq!(checked, 12);
}

#[test]
fn batch_status_has_the_variants_of_the_contract() {
    for (variant, wire) in [
        (BatchStatus::Pending, "PENDING"),
        (BatchStatus::Throttled, "THROTTLED"),
        (BatchStatus::Running, "RUNNING"),
        (BatchStatus::Completed, "COMPLETED"),
        (BatchStatus::Failed, "FAILED"),
        (BatchStatus::Cancelled, "CANCELLED"),
        (BatchStatus::UnknownValue("HELD".to_owned()), "HELD"),
    ] {
        assert_eq!(variant.as_str(), wire);
        assert_eq!(variant.to_string(), wire);
        assert_eq!(BatchStatus::from(wire), variant);
        assert_eq!(BatchStatus::from(wire.to_owned()), variant);
        assert_eq!(write(&variant), format!("\"{wire}\""));
        assert_eq!(read::<BatchStatus>(&format!("\"{wire}\"")), variant);
    }
}

#[test]
fn job_type_has_the_variants_of_the_contract() {
    for (variant, wire) in [
        (JobType::ParseV2, "parse_v2"),
        (JobType::ExtractV2, "extract_v2"),
        (JobType::UnknownValue("split_v9".to_owned()), "split_v9"),
    ] {
        assert_eq!(variant.as_str(), wire);
        assert_eq!(variant.to_string(), wire);
        assert_eq!(JobType::from(wire), variant);
        assert_eq!(JobType::from(wire.to_owned()), variant);
        assert_eq!(write(&variant), format!("\"{wire}\""));
        assert_eq!(read::<JobType>(&format!("\"{wire}\"")), variant);
    }
}

#[test]
fn values_are_all_that_are_known() {
    let statuses: Vec<&str> = BatchStatus::VALUES
        .iter()
        .map(BatchStatus::as_str)
        .collect();
    let known = "PENDING THROTTLED RUNNING COMPLETED FAILED CANCELLED";
    assert_eq!(statuses.join(" "), known);
    let types: Vec<&str> = JobType::VALUES.iter().map(JobType::as_str).collect();
    assert_eq!(types, ["parse_v2", "extract_v2"]);
}

#[test]
fn enums_are_display_from_text_eq_hash_and_ord() {
    fn assert<T>()
    where
        T: Display + for<'a> From<&'a str> + From<String> + Eq + Hash + Ord + Clone + Debug,
        T: FromStr<Err = Infallible> + AsRef<str> + PartialEq<str> + for<'a> PartialEq<&'a str>,
    {
    }
    assert::<BatchStatus>();
    assert::<JobType>();
    let ordered: BTreeSet<&BatchStatus> = BatchStatus::VALUES.iter().collect();
    let hashed: HashSet<&BatchStatus> = BatchStatus::VALUES.iter().collect();
    assert_eq!((ordered.len(), hashed.len()), (6, 6));
    assert_eq!("RUNNING".parse(), Ok(BatchStatus::Running));
    assert_eq!(BatchStatus::Running, "RUNNING");
    assert_eq!(AsRef::<str>::as_ref(&BatchStatus::Running), "RUNNING");
}

#[test]
fn unions_are_made_of_what_they_hold() {
    assert_eq!(
        ValidationErrorLocItem::from("body"),
        ValidationErrorLocItem::String("body".to_owned())
    );
    assert_eq!(
        ValidationErrorLocItem::from(5),
        ValidationErrorLocItem::Integer(5)
    );
}

#[test]
fn one_schema_is_one_type() {
    let batch: Batch = read(FULL);
    // The batch of `get` is an item of `list`, and the configuration of one is that of a new one.
    let page = BatchPage::new([batch.clone()]);
    let create = BatchCreate::new(batch.config.clone(), batch.source_directory_id.clone());
    assert_eq!(page.items[0].config, create.config);
    let source = include_str!("../../../../generated/src/types/batches.rs");
    for name in ["Batch", "BatchConfig", "BatchJob", "BatchStatus", "JobType"] {
        let is_definition =
            |line: &&str| line.ends_with(&format!(" {name} {{")) && line.starts_with("pub ");
        let lines = source.lines().map(str::trim_start);
        assert_eq!(lines.filter(is_definition).count(), 1, "{name}");
    }
}

#[test]
fn date_time_is_parsed_and_keeps_its_text() {
    let parsed: Result<DateTime, Error> = DateTime::parse("2026-01-02T03:04:05Z");
    assert_eq!(parsed.expect("a date").as_str(), "2026-01-02T03:04:05Z");
    for text in ["", "yesterday", "2026-02-30T00:00:00Z", "2026-01-02"] {
        let error = DateTime::parse(text).expect_err(text);
        assert!(error.is_invalid_input(), "{text}: {error}");
    }
}

#[test]
fn date_time_converts_from_and_to_jiff_chrono_and_time() {
    let date = DateTime::parse("2026-01-02T04:04:05.678+01:00").expect("a date");
    let text = "2026-01-02T03:04:05.678Z";

    let jiff: jiff::Timestamp = date.clone().try_into().expect("an instant");
    assert_eq!(jiff.to_string(), text);
    assert_eq!(DateTime::from(jiff).as_str(), text);

    let chrono: chrono::DateTime<chrono::Utc> = date.clone().try_into().expect("an instant");
    assert_eq!(chrono.timestamp_millis(), jiff.as_millisecond());
    assert_eq!(DateTime::from(chrono), date);

    let time: time::OffsetDateTime = date.clone().try_into().expect("an instant");
    assert_eq!(time.unix_timestamp(), jiff.as_second());
    assert_eq!(DateTime::from(time), date);
}
