//! Random JSON of each type, as a server could send it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

/// What a server sends, and what has to come back.
#[derive(Clone, Debug)]
pub struct Json {
    pub sent: Value,
    pub kept: Value,
}

impl From<Value> for Json {
    /// A value that comes back as it is.
    fn from(value: Value) -> Self {
        Self {
            sent: value.clone(),
            kept: value,
        }
    }
}

/// The value of a field: `None` where it is absent.
type Field = (Option<Value>, Option<Value>);

fn required(value: impl Strategy<Value = Json> + 'static) -> BoxedStrategy<Field> {
    let field = value.prop_map(|json| (Some(json.sent), Some(json.kept)));
    field.boxed()
}

/// A field of a response that may be absent and may be null, which mean the same: so null comes back
/// as absent. This is the only place where JSON changes on its way through a type.
fn optional(value: impl Strategy<Value = Json> + 'static) -> BoxedStrategy<Field> {
    let given = value.prop_map(|json| (Some(json.sent), Some(json.kept)));
    let null = Just((Some(Value::Null), None));
    prop_oneof![3 => given, 1 => null, 1 => Just((None, None))].boxed()
}

/// A field that may be absent and holds any JSON: null is one of its values, and comes back as null.
fn anything() -> BoxedStrategy<Field> {
    let given = free().prop_map(|value| (Some(value.clone()), Some(value)));
    prop_oneof![4 => given, 1 => Just((None, None))].boxed()
}

/// An object with these fields, in any order, and others that the type doesn't know.
fn object(fields: Vec<(&'static str, BoxedStrategy<Field>)>) -> BoxedStrategy<Json> {
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let known = names.clone();
    // Names that differ from a known one by little, and any others.
    let near = select(names.clone()).prop_map(|name| format!("{name}_"));
    let other = prop_oneof![near, any::<String>()];
    let others = vec((other, free()), 0..3);
    let members = (values, others).prop_flat_map(move |(values, others)| {
        let documented = names.iter().map(ToString::to_string).zip(values);
        let members: Vec<(String, Field)> = documented
            .chain(others.into_iter().map(|(name, value)| {
                (name, (Some(value), None)) // unknown fields are passed over
            }))
            .collect();
        Just(members).prop_shuffle()
    });
    let known_once = members.prop_filter("a known field comes once", move |members| {
        let count = |name: &str| members.iter().filter(|(other, _)| other == name).count();
        known.iter().all(|name| count(name) == 1)
    });
    known_once
        .prop_map(|members| {
            let (mut sent, mut kept) = (Map::new(), Map::new());
            for (name, (sent_value, kept_value)) in members {
                sent.extend(sent_value.map(|value| (name.clone(), value)));
                kept.extend(kept_value.map(|value| (name, value)));
            }
            Json {
                sent: sent.into(),
                kept: kept.into(),
            }
        })
        .boxed()
}

fn array(items: impl Strategy<Value = Json> + 'static) -> BoxedStrategy<Json> {
    vec(items, 0..4)
        .prop_map(|items| {
            let (sent, kept): (Vec<_>, Vec<_>) =
                items.into_iter().map(|json| (json.sent, json.kept)).unzip();
            Json {
                sent: sent.into(),
                kept: kept.into(),
            }
        })
        .boxed()
}

fn text() -> BoxedStrategy<Json> {
    any::<String>()
        .prop_map(|text| Value::from(text).into())
        .boxed()
}

/// A value of an enum: one of these, or any other.
fn open(values: &'static [&'static str]) -> BoxedStrategy<Json> {
    let known = select(values).prop_map(|value| Value::from(value).into());
    prop_oneof![known, text()].boxed()
}

/// Any number that Rust's 64-bit types hold.
fn number() -> impl Strategy<Value = Value> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO).prop_map(Value::from),
    ]
}

/// Any JSON value.
pub fn free() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        any::<String>().prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            members(inner).prop_map(Value::from),
        ]
    });
    tree.boxed()
}

fn members(values: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    vec((any::<String>(), values), 0..3).prop_map(|members| members.into_iter().collect())
}

/// Dates as servers write them, and whatever else may stand there.
pub fn date_time() -> BoxedStrategy<Json> {
    let date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    let time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?";
    let form = format!("{date}[Tt ]{time}(Z|z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?");
    let dates = proptest::string::string_regex(&form).expect("a regular expression");
    let dates = dates.prop_map(|text| Value::from(text).into());
    prop_oneof![3 => dates, 1 => text()].boxed()
}

pub fn batch_status() -> BoxedStrategy<Json> {
    open(&[
        "PENDING",
        "THROTTLED",
        "RUNNING",
        "COMPLETED",
        "FAILED",
        "CANCELLED",
    ])
}

pub fn job_type() -> BoxedStrategy<Json> {
    open(&["parse_v2", "extract_v2"])
}

pub fn batch_job() -> BoxedStrategy<Json> {
    object(vec![
        ("configuration_id", required(text())),
        ("type", required(job_type())),
    ])
}

pub fn batch_config() -> BoxedStrategy<Json> {
    object(vec![("job", required(batch_job()))])
}

pub fn job_reference() -> BoxedStrategy<Json> {
    object(vec![
        ("id", required(text())),
        ("type", required(job_type())),
    ])
}

pub fn batch_result() -> BoxedStrategy<Json> {
    object(vec![
        ("source_directory_file_id", required(text())),
        ("error_message", optional(text())),
        ("job_reference", optional(job_reference())),
    ])
}

pub fn batch() -> BoxedStrategy<Json> {
    object(vec![
        ("id", required(text())),
        ("config", required(batch_config())),
        ("project_id", required(text())),
        ("source_directory_id", required(text())),
        ("status", required(batch_status())),
        ("created_at", optional(date_time())),
        ("results", optional(array(batch_result()))),
        ("updated_at", optional(date_time())),
    ])
}

pub fn batch_create() -> BoxedStrategy<Json> {
    object(vec![
        ("config", required(batch_config())),
        ("source_directory_id", required(text())),
    ])
}

pub fn batch_page() -> BoxedStrategy<Json> {
    let integer = any::<i64>().prop_map(|number| Json::from(Value::from(number)));
    object(vec![
        ("items", required(array(batch()))),
        ("next_page_token", optional(text())),
        ("total_size", optional(integer)),
    ])
}

pub fn validation_error_loc_item() -> BoxedStrategy<Json> {
    let integer = any::<i64>().prop_map(|number| Json::from(Value::from(number)));
    let other = free().prop_map(Json::from);
    prop_oneof![3 => text(), 2 => integer, 1 => other].boxed()
}

pub fn validation_error() -> BoxedStrategy<Json> {
    let context = members(free()).prop_map(|members| Json::from(Value::from(members)));
    object(vec![
        ("loc", required(array(validation_error_loc_item()))),
        ("msg", required(text())),
        ("type", required(text())),
        ("input", anything()),
        ("ctx", optional(context)),
    ])
}

pub fn http_validation_error() -> BoxedStrategy<Json> {
    object(vec![("detail", required(array(validation_error())))])
}
