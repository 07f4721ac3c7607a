//! Random values of each type, as a program could make them.

use llama_cloud::DateTime;
use llama_cloud::types::{
    Batch, BatchConfig, BatchCreate, BatchJob, BatchPage, BatchParts, BatchResult, BatchStatus,
    HttpValidationError, JobReference, JobType, ValidationError, ValidationErrorLocItem,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::json::{self, free};

fn text() -> impl Strategy<Value = String> {
    any::<String>()
}

/// A date of any text: programs get one only from what a server sent.
pub fn date_time() -> impl Strategy<Value = DateTime> {
    json::date_time().prop_map(|json| serde_json::from_value(json.sent).expect("any text is taken"))
}

/// A known value or one that isn't: text makes the one or the other, never an unknown `PENDING`.
pub fn batch_status() -> impl Strategy<Value = BatchStatus> {
    let unknown = text().prop_map(BatchStatus::from);
    prop_oneof![select(BatchStatus::VALUES), unknown]
}

pub fn job_type() -> impl Strategy<Value = JobType> {
    prop_oneof![select(JobType::VALUES), text().prop_map(JobType::from)]
}

pub fn batch_job() -> impl Strategy<Value = BatchJob> {
    (text(), job_type()).prop_map(|(id, kind)| BatchJob::new(id, kind))
}

pub fn batch_config() -> impl Strategy<Value = BatchConfig> {
    batch_job().prop_map(BatchConfig::new)
}

pub fn job_reference() -> impl Strategy<Value = JobReference> {
    (text(), job_type()).prop_map(|(id, kind)| JobReference::new(id, kind))
}

pub fn batch_result() -> impl Strategy<Value = BatchResult> {
    let fields = (text(), option::of(text()), option::of(job_reference()));
    fields.prop_map(|(file, message, job)| {
        let mut result = BatchResult::new(file);
        result.error_message = message;
        result.job_reference = job;
        result
    })
}

pub fn batch() -> impl Strategy<Value = Batch> {
    let parts = (text(), batch_config(), text(), text(), batch_status());
    let parts =
        parts.prop_map(
            |(id, config, project_id, source_directory_id, status)| BatchParts {
                id,
                config,
                project_id,
                source_directory_id,
                status,
            },
        );
    let results = option::of(vec(batch_result(), 0..4));
    let fields = (
        parts,
        option::of(date_time()),
        results,
        option::of(date_time()),
    );
    fields.prop_map(|(parts, created_at, results, updated_at)| {
        let mut batch = Batch::new(parts);
        batch.created_at = created_at;
        batch.results = results;
        batch.updated_at = updated_at;
        batch
    })
}

pub fn batch_create() -> impl Strategy<Value = BatchCreate> {
    (batch_config(), text()).prop_map(|(config, directory)| BatchCreate::new(config, directory))
}

pub fn batch_page() -> impl Strategy<Value = BatchPage> {
    let fields = (
        vec(batch(), 0..4),
        option::of(text()),
        option::of(any::<i64>()),
    );
    fields.prop_map(|(items, next_page_token, total_size)| {
        let mut page = BatchPage::new(items);
        page.next_page_token = next_page_token;
        page.total_size = total_size;
        page
    })
}

/// A text, a number or a value of an unknown kind; texts and numbers that fit are never unknown.
pub fn validation_error_loc_item() -> impl Strategy<Value = ValidationErrorLocItem> {
    let other = free().prop_filter("it is of another kind", |value| {
        !value.is_string() && !value.is_i64()
    });
    prop_oneof![
        text().prop_map(ValidationErrorLocItem::String),
        any::<i64>().prop_map(ValidationErrorLocItem::Integer),
        other.prop_map(ValidationErrorLocItem::UnknownValue),
    ]
}

pub fn validation_error() -> impl Strategy<Value = ValidationError> {
    // Null and absent mean the same here, so `Some(null)` is written as what reads as `None`.
    let input = option::of(free());
    let fields = (
        vec(validation_error_loc_item(), 0..4),
        text(),
        text(),
        input,
        option::of(btree_map(text(), free(), 0..3)),
    );
    fields.prop_map(|(loc, msg, kind, input, ctx)| {
        let mut error = ValidationError::new(loc, msg, kind);
        error.input = input;
        error.ctx = ctx;
        error
    })
}

pub fn http_validation_error() -> impl Strategy<Value = HttpValidationError> {
    vec(validation_error(), 0..4).prop_map(HttpValidationError::new)
}
