//! What tables make besides codecs: constructors and setters.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::sample::{Customer, Order, OrderLine, OrderStatus, Priority};
use crate::decode::tally;
use crate::reading::Reading;
use crate::{Date, Nullable, tables};

tables::object! {
    pub struct Wish {
        pub words: Option<Vec<String>>,
        pub type_: Option<String> = "type",
        pub mine: Option<bool>,
    }
    set(words: impl IntoIterator<Item = impl Into<String>>, type_: impl Into<String>, mine: bool)
}

tables::object! {
    pub struct Many {
        pub a: String,
        pub b: Option<i64> = required "B",
        pub c: Option<String>,
    }
    new(ManyParts { a: String, b: Option<i64> })
}

tables::object! {
    pub struct Tagged {
        pub object: String = always "wish",
        pub type_: String = always "new" as "type",
        pub id: i64,
    }
    new(id: i64)
}

tables::object! {
    pub struct Stamp {
        pub status: OrderStatus = always "OPEN",
        pub note: Option<String>,
        pub day: Date = always "2026-01-02" as "on",
        ..more: BTreeMap<String, Value>
    }
}

tables::object! {
    pub struct Fixed {
        pub version: i64 = always 5_000_000_000,
        pub below: i64 = always -1 as "under",
        pub size: u64 = always 2,
        pub priority: Priority = always 2,
        pub ratio: f64 = always -0.5,
        pub whole: f64 = always 42.0,
        pub active: bool = always true,
        pub over: bool = always false,
    }
}

tables::newtype! {
    pub struct Wishes(pub Vec<Wishes>);
}

#[test]
fn what_must_be_given_is_asked_for_and_all_else_is_left_out() {
    let customer = Customer::new("Ada", true);
    let order = Order::new("1", OrderStatus::Open, customer, None);
    let written = serde_json::to_value(&order).expect("json");
    let expected = json!({
        "id": "1", "status": "OPEN", "customer": {"name": "Ada", "vip": true}, "total": null,
    });
    assert_eq!(written, expected);
    let parts = ManyParts {
        a: "a".to_owned(),
        b: None,
    };
    let written = serde_json::to_value(Many::new(parts)).expect("json");
    assert_eq!(written, json!({"a": "a", "B": null}));
    assert_eq!(
        serde_json::to_value(Wish::default()).expect("json"),
        json!({})
    );
    let none = Wishes::from(Vec::new());
    assert_eq!(serde_json::to_value(none).expect("json"), json!([]));
}

#[test]
fn what_is_always_the_same_is_not_asked_for() {
    let written = serde_json::to_value(Tagged::new(1)).expect("json");
    assert_eq!(written, json!({"object": "wish", "type": "new", "id": 1}));
    let other = json!({"object": "hope", "type": "old", "id": 1});
    let read: Tagged = serde_json::from_value(other.clone()).expect("it decodes");
    assert_eq!(serde_json::to_value(read).expect("json"), other);
}

#[test]
fn what_is_always_the_same_may_be_of_any_type_that_is_a_text() {
    let mut stamp = Stamp::new();
    assert_eq!(
        (&stamp.status, stamp.day.year()),
        (&OrderStatus::Open, Some(2026))
    );
    assert!(stamp.more.is_empty());
    stamp.more.insert("by".to_owned(), json!("us"));
    let written = serde_json::to_string(&stamp).expect("json");
    assert_eq!(written, r#"{"status":"OPEN","on":"2026-01-02","by":"us"}"#);
    assert_eq!(
        serde_json::from_str::<Stamp>(&written).expect("it decodes"),
        stamp
    );
}

#[test]
fn what_is_always_the_same_may_be_a_number_or_a_boolean() {
    let fixed = Fixed::new();
    let expected = json!({
        "version": 5_000_000_000_i64, "under": -1, "size": 2, "priority": 2, "ratio": -0.5,
        "whole": 42.0, "active": true, "over": false,
    });
    assert_eq!(serde_json::to_value(&fixed).expect("json"), expected);
    assert_eq!(fixed.priority, Priority::High);
    let other = json!({
        "version": 1, "under": 2, "size": 3, "priority": 4, "ratio": 1.5, "whole": 2.5,
        "active": false, "over": true,
    });
    let read: Fixed = serde_json::from_value(other.clone()).expect("it decodes");
    assert_eq!(serde_json::to_value(read).expect("json"), other);
}

#[test]
fn setters_take_what_becomes_the_value() {
    let wish = Wish::new().words(["a", "b"]).type_("kind").mine(true);
    let written = serde_json::to_value(wish).expect("json");
    assert_eq!(
        written,
        json!({"words": ["a", "b"], "type": "kind", "mine": true})
    );
    let customer = Customer::new("Ada", true);
    let parent = Order::new("1", "SOME", customer.clone(), Some(1.5));
    let order = Order::new("2", "OPEN".to_owned(), customer, None)
        .lines([OrderLine::new("sku", 3)])
        .note(Nullable::Null)
        .priority(Priority::High)
        .parent(parent);
    assert_eq!(order.lines.as_ref().map(Vec::len), Some(1));
    let written = serde_json::to_value(order).expect("json");
    assert_eq!(written["note"], json!(null));
    assert_eq!(written["priority"], json!(2));
    assert_eq!(written["parent"]["status"], json!("SOME"));
}

#[test]
fn what_must_be_there_and_may_be_null_is_asked_of_the_server() {
    let (missing, _) = tally::at_level(Reading::Strict, || {
        serde_json::from_str::<Many>(r#"{"a":"x"}"#)
    });
    let missing = missing.expect_err("B is missing");
    assert!(
        missing.to_string().contains("missing field `B`"),
        "{missing}"
    );
    let many: Many = serde_json::from_str(r#"{"a":"x","B":null,"c":null}"#).expect("it decodes");
    assert_eq!((many.b, many.c), (None, None));
}
