//! Values of one of several types: which variant takes what, and that nothing is lost.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::{F64Deserializer, MapAccessDeserializer, MapDeserializer};
use serde_json::{Value, json};

use crate::runtime::decode::tally;
use crate::runtime::reading::Reading;
use crate::runtime::{decode, json_path};

pub(super) mod types {
    use super::types;
    pub(super) use crate::runtime::tests::sample::{
        Customer, Order, OrderLine, OrderStatus, Priority,
    };
    use crate::runtime::union;
    use crate::types::READING;

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Party {
        Name(String),
        Customer(Customer),
        Line(OrderLine),
        UnknownValue(serde_json::Value),
    }

    union::union!(Party {
        Name(String): string,
        Customer(Customer): fields,
        Line(OrderLine): open,
    });

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Tagged {
        Customer(Box<Customer>),
        First(Party),
        Second(Party),
        Line(OrderLine),
        Number(f64),
        UnknownValue(serde_json::Value),
    }

    union::union!(Tagged by "kind" {
        Customer(Customer): adding "customer" | "client",
        First(Party): sharing "first",
        Second(Party): sharing "second",
        Line(OrderLine): adding 7,
        Number(f64): number,
    });

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Outer {
        Tagged(Tagged),
        Priority(Priority),
        Names(Vec<String>),
        Counts(Vec<u64>),
        UnknownValue(serde_json::Value),
    }

    union::union!(Outer {
        Tagged(Tagged): nested,
        Priority(Priority): integer,
        Names(Vec<String>): array,
        Counts(Vec<u64>): array,
    });

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Deep {
        Many(Vec<Deep>),
        More(Vec<Option<Deep>>),
        Customer(Customer),
        UnknownValue(serde_json::Value),
    }

    union::union!(Deep {
        Many(Vec<Deep>): array,
        More(Vec<Option<Deep>>): array,
        Customer(Customer): object,
    });

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Lenient {
        Customer(Customer),
        UnknownValue(serde_json::Value),
    }

    union::union!(Lenient {
        Customer(Customer): object,
        ..any
    });

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Level {
        Status(OrderStatus),
        Count(i64),
        UnknownValue(serde_json::Value),
    }

    union::union!(Level {
        Status(OrderStatus): text,
        Count(i64): integer,
    });

    impl From<&str> for Level {
        fn from(value: &str) -> Self {
            union::from_string(String::from(value))
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Filed {
        Open(Box<Order>),
        UnknownValue(serde_json::Value),
    }

    union::union!(Filed by "status" {
        Open(Order): tag "OPEN",
    });
}

type Deep = types::Deep;
type Lenient = types::Lenient;
type Outer = types::Outer;
type Party = types::Party;
type Tagged = types::Tagged;

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// Reads a value, and checks that it is written as it was.
fn same<T: DeserializeOwned + Serialize>(json: &str) -> T {
    let value: T = read(json);
    let written = serde_json::to_string(&value).expect("json");
    let (before, after): (Value, Value) = (read(json), read(&written));
    assert_eq!(after, before, "{json} is written as {written}");
    value
}

/// The message without the place, and the path, where every deviation is an error.
fn failure<T: DeserializeOwned>(json: &str) -> (String, String) {
    let (result, _) = tally::at_level(Reading::Strict, || serde_json::from_str::<T>(json));
    let Err(error) = result else {
        panic!("{json} should not decode");
    };
    let message = error.to_string();
    let message = message.split(" at line").next().unwrap_or_default();
    let path = json_path::locate(json.as_bytes(), error.line(), error.column());
    (message.to_owned(), path)
}

fn ada() -> types::Customer {
    types::Customer {
        name: "Ada".into(),
        vip: true,
    }
}

#[test]
fn an_object_goes_to_the_variant_whose_fields_it_has() {
    assert_eq!(
        same::<Party>(r#" {"vip":true,"name":"Ada"} "#),
        Party::Customer(ada())
    );
    let Party::Line(line) = same(r#"{"sku":"a","count":1,"name":"n","vip":2}"#) else {
        panic!("a variant that is complete comes before one that isn't");
    };
    assert_eq!(line.extra.len(), 2);
    assert_eq!(same::<Party>(r#""Ada""#), Party::Name("Ada".into()));
}

#[test]
fn what_no_variant_takes_is_kept() {
    for json in [
        r#"{"name":"Ada"}"#,
        "{}",
        "[]",
        "null",
        "true",
        "18446744073709551615",
        r#"{"a":[0.1,0.30000000000000004,1e300,-9223372036854775808,18446744073709551615]}"#,
    ] {
        let kept: Party = same(json);
        assert_eq!(kept, Party::UnknownValue(read(json)));
    }
}

#[test]
fn an_object_that_fits_and_is_wrong_is_an_error_that_tells_of_each_variant() {
    let json = r#"[{"sku":"a","count":"many"}]"#;
    let (message, path) = failure::<Vec<Party>>(json);
    assert_eq!(
        message,
        r#"as `Line`, at count: invalid type: string "many", expected i64"#
    );
    assert_eq!(path, "[0]");
    let json = r#"{"sku":1,"count":2,"name":3,"vip":4}"#;
    let (message, _) = failure::<Party>(json);
    assert_eq!(
        message,
        "none of the variants of `Party` takes this; \
         as `Customer`, at name: invalid type: integer `3`, expected a string; \
         as `Line`, at sku: invalid type: integer `1`, expected a string"
    );
}

#[test]
fn the_next_variant_is_tried_where_the_likeliest_is_wrong() {
    // Both are complete, and each names two members.
    let Party::Line(line) = same(r#"{"name":1,"vip":2,"sku":"a","count":3}"#) else {
        panic!("it should be a line");
    };
    assert_eq!((line.sku.as_str(), line.count), ("a", 3));
}

#[test]
fn a_tag_decides_wherever_it_stands_and_however_it_is_spelled() {
    let customer = Tagged::Customer(Box::new(ada()));
    for json in [
        r#"{"kind":"customer","name":"Ada","vip":true}"#,
        r#"{"name":"Ada","vip":true,"kind":"customer"}"#,
        r#"{"name":"Ada","\u006bind":"c\u0075stomer","vip":true}"#,
    ] {
        assert_eq!(same::<Tagged>(json), customer, "{json}");
    }
    let line = same(r#"{"kind":7,"sku":"a","count":1}"#);
    assert!(matches!(line, Tagged::Line(_)), "{line:?}");
    for unknown in [
        r#"{"kind":"robot","name":"Ada","vip":true}"#,
        r#"{"kind":null,"name":"Ada","vip":true}"#,
        r#"{"kind":["customer"],"name":"Ada","vip":true}"#,
        r#"{"name":"Ada","vip":true}"#,
    ] {
        assert_eq!(
            same::<Tagged>(unknown),
            Tagged::UnknownValue(read(unknown)),
            "{unknown}"
        );
    }
    let (message, path) = failure::<Vec<Tagged>>(r#"[{"kind":"customer","name":"Ada","vip":1}]"#);
    assert_eq!(
        (message.as_str(), path.as_str()),
        (
            "as `Customer`, at vip: invalid type: integer `1`, expected a boolean",
            "[0]"
        )
    );
}

#[test]
fn a_tag_is_written_once_whether_or_not_the_type_has_it() {
    let written = |value: &Tagged| serde_json::to_string(value).expect("json");
    assert_eq!(
        written(&Tagged::Customer(Box::new(ada()))),
        r#"{"name":"Ada","vip":true,"kind":"customer"}"#
    );
    let mut line = types::OrderLine {
        sku: "a".into(),
        count: 1,
        extra: BTreeMap::new(),
    };
    assert_eq!(
        written(&Tagged::Line(line.clone())),
        r#"{"sku":"a","count":1,"kind":7}"#
    );
    line.extra.insert("kind".into(), json!("seven"));
    assert_eq!(
        written(&Tagged::Line(line)),
        r#"{"sku":"a","count":1,"kind":"seven"}"#
    );
    for json in [
        r#"{"kind":"first","name":"Ada","vip":true}"#,
        r#"{"kind":"second","name":"Ada","vip":true}"#,
    ] {
        same::<Tagged>(json);
    }
}

#[test]
fn a_tag_that_is_a_field_is_written_as_the_field_says() {
    let json = r#"{"id":"1","status":"OPEN","customer":{"name":"Ada","vip":true},"total":0.5}"#;
    let types::Filed::Open(mut order) = same(json) else {
        panic!("it should be an order");
    };
    order.status = types::OrderStatus::Shipped;
    let written = serde_json::to_value(types::Filed::Open(order)).expect("json");
    assert_eq!(written["status"], "SHIPPED");
    let other: types::Filed = same(&written.to_string());
    assert_eq!(other, types::Filed::UnknownValue(written));
}

#[test]
fn texts_and_numbers_are_told_apart_whatever_their_types() {
    let open = types::Level::Status(types::OrderStatus::Open);
    assert_eq!(same::<types::Level>(r#""OPEN""#), open);
    assert_eq!(same::<types::Level>("7"), types::Level::Count(7));
    let neither = types::Level::UnknownValue(json!(true));
    assert_eq!(same::<types::Level>("true"), neither);
}

#[test]
fn unions_inside_of_unions_take_what_is_theirs() {
    let tagged = same(r#"{"kind":"customer","name":"Ada","vip":true}"#);
    assert!(matches!(tagged, Outer::Tagged(Tagged::Customer(_))));
    assert!(matches!(same("2"), Outer::Priority(_)));
    assert_eq!(same::<Outer>("2.5"), Outer::Tagged(Tagged::Number(2.5)));
    assert_eq!(same::<Outer>(r#"["a"]"#), Outer::Names(vec!["a".into()]));
    assert_eq!(
        same::<Outer>("[18446744073709551615]"),
        Outer::Counts(vec![u64::MAX])
    );
    for unknown in [r#""text""#, r#"{"kind":"robot"}"#, r#"{"a":1}"#] {
        assert_eq!(same::<Outer>(unknown), Outer::UnknownValue(read(unknown)));
    }
    let (message, _) = failure::<Outer>(r#"["a",1]"#);
    assert_eq!(
        message,
        "none of the variants of `Outer` takes this; \
         as `Names`, at [1]: invalid type: integer `1`, expected a string; \
         as `Counts`, at [0]: invalid type: string \"a\", expected u64"
    );
}

#[test]
fn where_anything_goes_nothing_is_wrong() {
    assert_eq!(
        same::<Lenient>(r#"{"name":"Ada","vip":true}"#),
        Lenient::Customer(ada())
    );
    for other in [r#"{"name":1}"#, "[1]", "null"] {
        assert_eq!(same::<Lenient>(other), Lenient::UnknownValue(read(other)));
    }
}

#[test]
fn values_come_from_other_places_than_text() {
    let json = json!([
        {"name": "Ada", "vip": true, "kind": "client-to-be", "n": [0.1, u64::MAX]},
        {"name": "Ada", "vip": true, "kind": "customer"},
        0.300_000_000_000_000_04,
    ]);
    let values: Vec<Tagged> = serde_json::from_value(json.clone()).expect("it should decode");
    assert_eq!(serde_json::to_value(&values).expect("json"), json);
    assert_eq!(same::<Vec<Tagged>>(&json.to_string()), values);
    let from_reader: Vec<Tagged> =
        serde_json::from_reader(json.to_string().as_bytes()).expect("it should decode");
    assert_eq!(from_reader, values);
    // What serde hands out where it kept a value first, or another format does.
    let members = [("name", "Ada"), ("kind", "?")].into_iter();
    let map = MapDeserializer::<_, serde_json::Error>::new(members);
    let from_map: Tagged =
        decode::read_within(MapAccessDeserializer::new(map)).expect("it should decode");
    assert_eq!(
        from_map,
        Tagged::UnknownValue(json!({"name": "Ada", "kind": "?"}))
    );
    let number = F64Deserializer::<serde_json::Error>::new(0.1);
    let from_number: Tagged = decode::read_within(number).expect("it should decode");
    assert_eq!(from_number, Tagged::Number(0.1));
}

#[test]
fn alternatives_inside_of_alternatives_end_in_time() {
    // Each level could be two variants, so there are 2^100 ways to read this, all of them wrong.
    let json = format!("{}{}{}", "[".repeat(100), r#"{"name":1}"#, "]".repeat(100));
    let (message, _) = failure::<Deep>(&json);
    assert!(message.contains("as `Many`"), "{message}");
    // What can be read is read at any depth that JSON may have.
    let fine = format!("{}{}", "[".repeat(100), "]".repeat(100));
    same::<Deep>(&fine);
    let sibling: Deep = same(r#"[[{"name":"Ada","vip":true}],7]"#);
    assert!(matches!(sibling, Deep::Many(_)));
}

#[test]
fn nesting_has_a_limit_inside_of_unions_too() {
    let json = format!("{}{}", "[".repeat(129), "]".repeat(129));
    assert_eq!(failure::<Deep>(&json).0, "recursion limit exceeded");
    let text = format!("[{}]", json!("[".repeat(1000)));
    same::<Deep>(&text);
}

#[test]
fn text_that_is_cut_off_is_no_value() {
    for json in [r#"{"kind":"customer","name""#, r#"{"kind""#, "[", "\"", ""] {
        assert!(serde_json::from_str::<Outer>(json).is_err(), "{json}");
    }
}
