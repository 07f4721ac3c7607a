//! What is read of JSON that isn't quite what the API documents, at each level.

#![allow(dead_code, reason = "types have constructors as emitted ones do")]

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::pets;
use super::sample::{Order, OrderStatus};
use super::server::{Reply, Server};
use crate::runtime::decode::{self, tally};
use crate::runtime::tests::reading as types;
use crate::runtime::{DateTime, Reading, tables, union};
use crate::types::READING;

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parcel {
    pub id: String,
    pub weight: f64,
    pub count: i64,
    pub fragile: bool,
    pub tags: Vec<String>,
    pub labels: std::collections::BTreeMap<String, String>,
    pub status: OrderStatus,
    pub sent_at: DateTime,
    pub note: Option<String>,
    pub sender: Sender,
    pub shape: Shape,
    pub size: Option<i64>,
    pub parts: Option<Vec<Parcel>>,
}

impl Parcel {
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Parcel {
    id,
    weight,
    count,
    fragile,
    tags,
    labels,
    status,
    sent_at,
    note,
    sender,
    shape,
    size?,
    parts?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sender {
    pub name: String,
    pub city: String,
}

impl Sender {
    pub fn new(name: impl Into<String>, city: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            city: city.into(),
        }
    }
}

tables::object!(Sender { name, city });

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    Box(Sides),
    Tube(Tube),
    UnknownValue(Value),
}

union::union!(Shape by "kind" {
    Box(Sides): tag "box",
    Tube(Tube): tag "tube",
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sides {
    pub kind: String,
    pub sides: Vec<i64>,
}

impl Sides {
    pub fn new(kind: impl Into<String>, sides: impl IntoIterator<Item = impl Into<i64>>) -> Self {
        Self {
            kind: kind.into(),
            sides: sides.into_iter().map(Into::into).collect(),
        }
    }
}

tables::object!(Sides { kind, sides });

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tube {
    pub kind: String,
    pub length: i64,
}

impl Tube {
    pub fn new(kind: impl Into<String>, length: i64) -> Self {
        Self {
            kind: kind.into(),
            length,
        }
    }
}

tables::object!(Tube { kind, length });

/// The value, or what is wrong with it, and the deviations in a line each.
fn at<T: DeserializeOwned>(level: Reading, json: &Value) -> (Result<T, String>, Vec<String>) {
    let text = json.to_string();
    let (result, deviations) = tally::at_level(level, || serde_json::from_str(&text));
    assert_eq!(deviations.count, deviations.list.len());
    let found = deviations.list.iter().map(ToString::to_string).collect();
    (result.map_err(|error| error.to_string()), found)
}

fn read(level: Reading, json: &Value) -> (Parcel, Vec<String>) {
    let (result, found) = at(level, json);
    (
        result.unwrap_or_else(|error| panic!("{json}: {error}")),
        found,
    )
}

fn refused(level: Reading, json: &Value) -> String {
    match at::<Parcel>(level, json) {
        (Err(error), _) => error,
        (Ok(parcel), _) => panic!("{json} should not be read: {parcel:?}"),
    }
}

fn whole() -> Value {
    json!({
        "id": "p-1", "weight": 1.5, "count": 2, "fragile": true, "tags": ["a"],
        "labels": {"b": "c"}, "status": "OPEN", "sent_at": "2026-01-02T03:04:05Z", "note": null,
        "sender": {"name": "Ada", "city": "London"}, "shape": {"kind": "box", "sides": [1, 2, 3]},
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut json = whole();
    json[field] = value;
    json
}

#[test]
fn reading_missing_fields_as_blank_is_a_deviation() {
    let (parcel, found) = read(Reading::Lenient, &json!({"id": "p-1"}));
    assert_eq!(
        found,
        [
            "weight: expected f64, found nothing",
            "count: expected i64, found nothing",
            "fragile: expected a boolean, found nothing",
            "tags: expected an array, found nothing",
            "labels: expected an object, found nothing",
            "status: expected a string (OrderStatus), found nothing",
            "sent_at: expected a string (DateTime), found nothing",
            "note: expected a string, found nothing",
            "sender: expected an object (Sender), found nothing",
            "shape: expected a value of Shape, found nothing",
        ]
    );
    assert_eq!(
        (parcel.id.as_str(), parcel.weight, parcel.count),
        ("p-1", 0.0, 0)
    );
    assert!(!parcel.fragile && parcel.tags.is_empty() && parcel.labels.is_empty());
    assert_eq!(parcel.status, OrderStatus::UnknownValue(String::new()));
    assert_eq!((parcel.sent_at.as_str(), parcel.note), ("", None));
    assert_eq!(parcel.sender, Sender::new("", ""));
    assert_eq!(parcel.shape, Shape::UnknownValue(Value::Null));
}

#[test]
fn reading_null_for_a_required_field_is_a_deviation() {
    let mut json = whole();
    for (key, value) in json.as_object_mut().expect("an object") {
        if key != "id" && key != "shape" {
            *value = Value::Null;
        }
    }
    let (parcel, found) = read(Reading::Lenient, &json);
    assert_eq!(found.len(), 8, "{found:#?}");
    assert!(
        found.iter().all(|line| line.ends_with("found null")),
        "{found:#?}"
    );
    assert_eq!(parcel.sender, Sender::new("", ""));
    assert_eq!(parcel.status.as_str(), "");
}

#[test]
fn reading_an_object_without_any_required_field_is_an_error() {
    for json in [
        json!({}),
        json!({"error": "no such parcel"}),
        json!({"size": 3}),
    ] {
        for level in [Reading::Strict, Reading::Lenient, Reading::Tolerant] {
            let error = refused(level, &json);
            assert!(error.starts_with("missing field `id`"), "{error}");
        }
    }
    let error = refused(Reading::Lenient, &with("sender", json!({"error": "none"})));
    assert!(error.starts_with("missing field `name`"), "{error}");
}

#[test]
fn reading_strictly_makes_deviations_errors() {
    let mut missing = whole();
    missing.as_object_mut().expect("an object").remove("count");
    for (json, message) in [
        (missing, "missing field `count`"),
        (
            with("count", Value::Null),
            "invalid type: null, expected i64",
        ),
        (
            with("tags", Value::Null),
            "invalid type: null, expected an array",
        ),
        (
            with("sent_at", json!(5)),
            "invalid type: integer `5`, expected a string (DateTime)",
        ),
        (
            with("shape", json!({"kind": "box"})),
            "as `Box`: missing field `sides`",
        ),
        (
            with("shape", json!({"kind": "tube", "length": "3"})),
            "as `Tube`, at length: ",
        ),
    ] {
        let error = refused(Reading::Strict, &json);
        assert!(error.starts_with(message), "{error}");
    }
    assert_eq!(read(Reading::Strict, &whole()).1, [""; 0]);
}

#[test]
fn deviations_have_paths() {
    let inner = json!({"id": "p-2", "sender": {"city": "Paris"}});
    let json = with("parts", json!([whole(), with("parts", json!([inner]))]));
    let (_, found) = read(Reading::Lenient, &json);
    let paths: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split(": ").next())
        .collect();
    assert_eq!(paths.len(), 10, "{found:#?}");
    // What is wrong in a value comes before what is missing beside it.
    assert_eq!(paths[0], "parts[1].parts[0].sender.name");
    assert_eq!(paths[1], "parts[1].parts[0].weight");
    let union = with("shape", json!({"kind": "tube", "length": null}));
    assert_eq!(
        read(Reading::Lenient, &union).1,
        ["shape.length: expected i64, found null"]
    );
}

#[test]
fn deviations_are_kept_up_to_a_hundred_and_counted() {
    let parts: Vec<Value> = (0..300).map(|at| json!({"name": at.to_string()})).collect();
    let text = Value::from(parts).to_string();
    let (senders, deviations) = tally::at_level(Reading::Lenient, || {
        decode::read_within::<Vec<Sender>, _>(&mut serde_json::Deserializer::from_str(&text))
    });
    assert_eq!(senders.expect("they are read").len(), 300);
    assert_eq!((deviations.list.len(), deviations.count), (100, 300));
    assert_eq!(deviations.list[99].path(), "[99].city");
}

#[test]
fn reading_an_invalid_tagged_variant_keeps_it() {
    let broken = json!({"kind": "tube", "length": "3"});
    for level in [Reading::Lenient, Reading::Tolerant] {
        let (parcel, found) = read(level, &with("shape", broken.clone()));
        assert_eq!(parcel.shape, Shape::UnknownValue(broken.clone()));
        assert_eq!(found, ["shape: expected a value of Shape, found an object"]);
    }
    assert!(at::<Shape>(Reading::Strict, &broken).0.is_err());
}

#[test]
fn reading_tolerantly_omits_optional_fields_of_other_types() {
    let json = with("size", json!({"value": 3}));
    assert!(refused(Reading::Lenient, &json).contains("map, expected i64"));
    let (parcel, found) = read(Reading::Tolerant, &json);
    assert_eq!((parcel.size, parcel.count), (None, 2));
    assert_eq!(found, ["size: expected i64, found an object"]);
    // What is inside of an optional field that fits is told as always; of one that doesn't, not.
    let json = with("parts", json!([{"id": "p-2"}, with("size", json!("x"))]));
    let (parcel, found) = read(Reading::Tolerant, &json);
    assert_eq!(parcel.parts.map(|parts| parts.len()), Some(2));
    assert_eq!(found.len(), 11, "{found:#?}");
    assert_eq!(found[10], "parts[1].size: expected i64, found a string");
    let json = with("parts", json!([{"id": "p-2"}, 7]));
    assert_eq!(
        read(Reading::Tolerant, &json).1,
        ["parts: expected an array, found an array"]
    );
    // A field that is required stays an error.
    assert!(refused(Reading::Tolerant, &with("count", json!("x"))).contains("expected i64"));
}

#[test]
fn reading_tolerantly_limits_nesting() {
    let mut json = json!({"id": "p"});
    for _ in 0..100 {
        json = with("parts", json!([json]));
    }
    let text = json.to_string();
    // serde_json refuses it at the other levels, too.
    for level in [Reading::Lenient, Reading::Tolerant] {
        let _ = tally::at_level(level, || serde_json::from_str::<Parcel>(&text));
    }
    let open = r#"{"id":"p","parts":["#.repeat(100_000);
    let (result, _) = tally::at_level(Reading::Tolerant, || serde_json::from_str::<Parcel>(&open));
    assert!(result.is_err());
}

#[tokio::test]
async fn deviations_of_a_response() {
    let mut json = json!({"id": "1", "customer": {"name": "Ada"}, "total": 5});
    let server = Server::start([
        Reply::json(200, &json.to_string()),
        Reply::json(200, r#"{"error":"none"}"#),
    ])
    .await;
    let client = pets::client(&server.url);
    let response = client
        .request("GET", "/o")
        .send_with_response::<Order>()
        .await
        .expect("it is read");
    let found: Vec<(&str, &str, &str)> = response
        .deviations()
        .iter()
        .map(|it| (it.path(), it.expected(), it.found()))
        .collect();
    assert_eq!(
        found,
        [
            ("customer.vip", "a boolean", "nothing"),
            ("status", "a string (OrderStatus)", "nothing"),
        ]
    );
    assert_eq!(
        format!("{:?}", response.deviations()[0]),
        "Deviation(customer.vip: expected a boolean, found nothing)"
    );
    let error = client
        .request("GET", "/o")
        .send::<Order>()
        .await
        .expect_err("no order");
    assert!(error.is_decode(), "{error}");
    json["status"] = json!("OPEN");
}

#[tokio::test]
async fn reading_is_a_setting_of_the_client() {
    let body = r#"{"id":"1","status":"OPEN","customer":{"name":"Ada"},"total":5}"#;
    let server = Server::start([Reply::json(200, body), Reply::json(200, body)]).await;
    for (level, is_read) in [(Reading::Strict, false), (Reading::Tolerant, true)] {
        let client = pets::settings(&pets::BEARER, &server.url)
            .reading(level)
            .build()
            .expect("a client");
        let result = client.request("GET", "/o").send::<Order>().await;
        assert_eq!(result.is_ok(), is_read, "{level:?}");
        if let Err(error) = result {
            assert!(
                error
                    .to_string()
                    .contains("at customer: missing field `vip`"),
                "{error}"
            );
        }
    }
}
