use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::sample::{Amount, Order, OrderLine, OrderStatus, Place, Priority};
use crate::runtime::decode::{self, Decode, Fault, Field, Hint, Input, blank, tally};
use crate::runtime::reading::Reading;
use crate::runtime::{Nullable, json_path};

fn minimal() -> Value {
    json!({"id": "o-1", "status": "OPEN", "customer": {"name": "Ada", "vip": true}, "total": null})
}

fn with(name: &str, value: Value) -> Value {
    let mut order = minimal();
    order[name] = value;
    order
}

fn order(json: &Value) -> Order {
    serde_json::from_str(&json.to_string()).expect("it should decode")
}

/// The message without the place, and the path, where every deviation is an error.
pub(super) fn failure<T: DeserializeOwned>(json: &str) -> (String, String) {
    let (result, _) = tally::at_level(Reading::Strict, || serde_json::from_str::<T>(json));
    let Err(error) = result else {
        panic!("{json} should not decode");
    };
    let message = error.to_string();
    let message = message.split(" at line").next().unwrap_or_default();
    let path = json_path::locate(json.as_bytes(), error.line(), error.column());
    (message.to_owned(), path)
}

#[test]
fn reads_all_fields() {
    let json = json!({
        "id": "o-1", "status": "SHIPPED", "customer": {"name": "Ada", "vip": false},
        "created_at": "yesterday", "lines": [{"sku": "a", "count": 3, "colour": "red"}],
        "total": 1.5, "note": "n", "priority": 2, "parent": minimal(),
    });
    let order = order(&json);
    assert_eq!(order.status, OrderStatus::Shipped);
    assert_eq!(
        order
            .created_at
            .as_ref()
            .map(crate::runtime::DateTime::as_str),
        Some("yesterday")
    );
    let lines = order.lines.as_deref().expect("lines");
    assert_eq!((lines[0].sku.as_str(), lines[0].count), ("a", 3));
    assert_eq!(lines[0].extra["colour"], "red");
    assert_eq!(order.priority, Some(Priority::High));
    assert_eq!(order.parent.as_ref().expect("parent").customer.name, "Ada");
    assert_eq!(serde_json::to_value(&order).expect("json"), json);
}

#[test]
fn writes_in_schema_order_without_spaces() {
    let text = serde_json::to_string(&order(&with("note", Value::Null))).expect("json");
    let expected = r#"{"id":"o-1","status":"OPEN","customer":{"name":"Ada","vip":true},"total":null,"note":null}"#;
    assert_eq!(text, expected);
}

#[test]
fn a_kept_member_never_takes_the_place_of_a_field() {
    let mut line: OrderLine =
        serde_json::from_str(r#"{"z":1,"count":2,"sku":"a","b":null}"#).expect("a line");
    assert_eq!(line.extra.keys().collect::<Vec<_>>(), ["b", "z"]);
    line.extra.insert("sku".to_owned(), json!("forged"));
    let text = serde_json::to_string(&line).expect("json");
    assert_eq!(text, r#"{"sku":"a","count":2,"b":null,"z":1}"#);
}

#[test]
fn a_field_of_any_json_takes_null_as_a_value() {
    assert_eq!(order(&minimal()).meta, None);
    for value in [Value::Null, json!(false), json!({"a": [null]})] {
        let json = with("meta", value.clone());
        let order = order(&json);
        assert_eq!(order.meta, Some(value));
        assert_eq!(serde_json::to_value(&order).expect("json"), json);
    }
}

#[test]
fn null_and_absent_are_none_for_optional_fields() {
    assert_eq!(order(&minimal()).created_at, None);
    let with_null = order(&with("created_at", Value::Null));
    assert_eq!(with_null.created_at, None);
    assert_eq!(serde_json::to_value(with_null).expect("json"), minimal());
}

#[test]
fn null_and_absent_differ_where_the_type_says_so() {
    assert_eq!(order(&minimal()).note, None);
    assert_eq!(order(&with("note", Value::Null)).note, Some(Nullable::Null));
    let set = order(&with("note", json!("x")));
    assert_eq!(set.note, Some(Nullable::from("x")));
}

#[test]
fn enums_list_what_they_know() {
    let texts: Vec<&str> = OrderStatus::VALUES
        .iter()
        .map(OrderStatus::as_str)
        .collect();
    assert_eq!(texts, ["OPEN", "SHIPPED"]);
    let numbers: Vec<i64> = Priority::VALUES.iter().map(|it| it.value()).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn unknown_values_of_enums_survive() {
    let json = with("status", json!("LOST"));
    let lost = order(&json);
    assert_eq!(lost.status, OrderStatus::UnknownValue("LOST".into()));
    assert_eq!(serde_json::to_value(&lost).expect("json"), json);
    let json = with("priority", json!(-9));
    let odd = order(&json);
    assert_eq!(odd.priority, Some(Priority::UnknownValue(-9)));
    assert_eq!(serde_json::to_value(&odd).expect("json"), json);
}

#[test]
fn escapes_in_enum_values_and_keys_are_understood() {
    let text = minimal()
        .to_string()
        .replace("OPEN", "\\u004fPEN")
        .replace("\"id\"", "\"\\u0069d\"");
    let order: Order = serde_json::from_str(&text).expect("it should decode");
    assert_eq!(
        (order.status, order.id.as_str()),
        (OrderStatus::Open, "o-1")
    );
}

#[test]
fn unknown_fields_are_skipped_and_any_order_is_taken() {
    let text = r#"{"zzz":{"id":[1]},"total":2,"customer":{"vip":true,"x":1,"name":"Ada"},"":0,
        "status":"OPEN","identity":"no","id":"o-1"}"#;
    let order: Order = serde_json::from_str(text).expect("it should decode");
    assert_eq!(
        (order.id.as_str(), order.customer.name.as_str()),
        ("o-1", "Ada")
    );
    assert_eq!(order.total, Some(2.0));
}

#[test]
fn the_last_of_two_equal_keys_wins() {
    let text = r#"{"id":"a","id":"b","status":"OPEN","customer":{"name":"Ada","vip":true},"total":1,
        "lines":[{"sku":"x","count":1}],"lines":[],"total":null}"#;
    let order: Order = serde_json::from_str(text).expect("it should decode");
    assert_eq!((order.id.as_str(), order.total), ("b", None));
    assert_eq!(order.lines, Some(vec![]));
}

#[test]
fn a_missing_field_is_named_with_the_path_of_its_object() {
    assert_eq!(
        failure::<Order>("{}"),
        ("missing field `id`".into(), String::new())
    );
    let text = with("parent", json!({"id": "p", "customer": {"vip": true}})).to_string();
    assert_eq!(
        failure::<Order>(&text),
        ("missing field `name`".into(), "parent.customer".into())
    );
    let text = with("lines", json!([{"sku": "a", "count": 1}, {"sku": "b"}])).to_string();
    assert_eq!(
        failure::<Order>(&text),
        ("missing field `count`".into(), "lines[1]".into())
    );
    // A required field that may be null must be there all the same.
    let text = minimal().to_string().replace("total", "sum");
    assert_eq!(failure::<Order>(&text).0, "missing field `total`");
}

#[test]
fn a_wrong_type_is_named_with_its_path() {
    let cases = [
        (json!(5), "integer `5`, expected an object (Order)", ""),
        (Value::Null, "null, expected an object (Order)", ""),
        (json!([]), "sequence, expected an object (Order)", ""),
        (with("id", Value::Null), "null, expected a string", "id"),
        (
            with("id", json!({"a": [1]})),
            "map, expected a string",
            "id",
        ),
        (
            with("status", json!(1)),
            "integer `1`, expected a string (OrderStatus)",
            "status",
        ),
        (
            with("created_at", json!(1)),
            "integer `1`, expected a string (DateTime)",
            "created_at",
        ),
        (with("lines", json!({})), "map, expected an array", "lines"),
        (
            with("lines", json!([{"sku": "a", "count": "1"}])),
            "string \"1\", expected i64",
            "lines[0].count",
        ),
        (
            with("priority", json!("1")),
            "string \"1\", expected a 64-bit integer (Priority)",
            "priority",
        ),
    ];
    for (json, message, path) in cases {
        for text in [json.to_string(), format!("{json:#}")] {
            let (actual, actual_path) = failure::<Order>(&text);
            assert_eq!(
                (actual.as_str(), actual_path.as_str()),
                (format!("invalid type: {message}").as_str(), path)
            );
        }
    }
}

#[test]
fn decodes_from_other_deserializers_than_text() {
    let value = with("lines", json!([{"sku": "a", "count": 3, "colour": "red"}]));
    let from_value: Order = serde_json::from_value(value.clone()).expect("it should decode");
    assert_eq!(from_value, order(&value));
    let from_reader: Order =
        serde_json::from_reader(value.to_string().as_bytes()).expect("it should decode");
    assert_eq!(from_reader, order(&value));
}

/// More fields than one machine word has bits.
#[derive(Debug, PartialEq)]
struct Wide(Vec<i64>);

const WIDE: [Field; 70] = {
    let mut fields = [Field::required("other").optional(); 70];
    fields[0] = Field::required("first").optional();
    fields[63] = Field::required("sixty_three");
    fields[64] = Field::required("sixty_four");
    fields[69] = Field::required("last");
    fields
};

impl Decode for Wide {
    const HINT: &'static Hint = &Hint::object("Wide", &WIDE);

    fn blank() -> Self {
        Self(vec![0; 70])
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        let mut places: Vec<&mut dyn decode::Place> = Vec::new();
        for place in &mut self.0 {
            places.push(place);
        }
        found.fields(Self::HINT, &mut places)
    }
}

impl<'de> serde::Deserialize<'de> for Wide {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read_within(deserializer)
    }
}

#[test]
fn any_number_of_fields_is_checked() {
    let wide: Wide = serde_json::from_str(r#"{"last":3,"sixty_four":2,"sixty_three":1}"#)
        .expect("it should decode");
    assert_eq!((wide.0[63], wide.0[64], wide.0[69]), (1, 2, 3));
    assert_eq!(
        failure::<Wide>(r#"{"last":3,"sixty_three":1}"#).0,
        "missing field `sixty_four`"
    );
    assert_eq!(
        failure::<Wide>(r#"{"first":0,"sixty_four":3,"sixty_three":1}"#).0,
        "missing field `last`"
    );
}

#[test]
fn floats_are_read_to_the_last_digit() {
    // Without its feature `float_roundtrip`, serde_json is off by one in the last place here.
    let json = with("total", json!(-183_264_025_030_469.06));
    assert_eq!(order(&json).total, Some(-183_264_025_030_469.06));
    assert_eq!(serde_json::to_value(order(&json)).expect("json"), json);
}

#[test]
fn an_empty_list_has_no_memory_of_its_own() {
    let lines = order(&with("lines", json!([]))).lines.expect("lines");
    assert_eq!((lines.len(), lines.capacity()), (0, 0));
}

#[test]
fn blank_values_are_empty() {
    let order: Order = blank();
    assert_eq!(
        (order.id.as_str(), order.lines, order.parent),
        ("", None, None)
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e15..1e15).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let key = prop_oneof![
            "[a-z]{0,17}",
            Just("sku".to_owned()),
            Just("name".to_owned())
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn orders_survive_the_way_there_and_back(
        id in ".{0,20}",
        status in prop_oneof!["OPEN", "SHIPPED", ".{0,9}"],
        date in prop::option::of(".{0,30}"),
        note in prop_oneof![Just(None), Just(Some(Value::Null)), ".{0,9}".prop_map(|s| Some(s.into()))],
        count in any::<i64>(),
        total in prop::option::of(-1e300..1e300),
        priority in prop::option::of(any::<i64>()),
        extra in any_json(),
    ) {
        let mut json = json!({
            "id": id, "status": status, "customer": {"name": id, "vip": true}, "total": total,
            "lines": [{"sku": "a", "count": count, "more": extra}],
        });
        for (name, value) in [("created_at", date.map(Value::from)), ("note", note), ("priority", priority.map(Value::from))] {
            if let Some(value) = value {
                json[name] = value;
            }
        }
        let order: Order = serde_json::from_str(&json.to_string()).expect("it should decode");
        let text = serde_json::to_string(&order).expect("it should encode");
        prop_assert_eq!(serde_json::from_str::<Value>(&text).expect("json"), json);
        prop_assert_eq!(serde_json::from_str::<Order>(&text).expect("it should decode"), order);
    }

    #[test]
    fn unions_keep_whatever_comes(json in any_json()) {
        let text = json.to_string();
        let (place, _) = tally::at_level(Reading::Strict, || serde_json::from_str::<Place>(&text));
        if let Ok(place) = place {
            prop_assert_eq!(serde_json::to_value(place).expect("json"), json);
        } else {
            prop_assert!(json.is_array());
        }
    }

    #[test]
    fn nothing_that_comes_is_a_panic(json in any_json(), cut in 0_usize..200) {
        let text = json.to_string();
        let cut = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(text.len());
        if let Err(error) = serde_json::from_str::<Order>(&text[..cut]) {
            json_path::locate(text.as_bytes(), error.line(), error.column());
        }
        let _ = serde_json::from_str::<Amount>(&text[..cut]);
    }
}
