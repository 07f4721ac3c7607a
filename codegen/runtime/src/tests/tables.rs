//! What tables make besides codecs: constructors and setters.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::sample::{Customer, Order, OrderLine, OrderStatus, Priority};
use crate::runtime::decode::tally;
use crate::runtime::reading::Reading;
use crate::runtime::tests::tables as types;
use crate::runtime::{Date, Nullable, tables};
use crate::types::READING;

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Wish {
    pub words: Option<Vec<String>>,
    pub type_: Option<String>,
    pub mine: Option<bool>,
}

impl Wish {
    pub fn new() -> Self {
        tables::defaults()
    }

    pub fn words(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.words = Some(words.into_iter().map(Into::into).collect());
        self
    }

    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }

    pub fn mine(mut self, mine: bool) -> Self {
        self.mine = Some(mine);
        self
    }
}

impl Default for Wish {
    fn default() -> Self {
        tables::defaults()
    }
}

tables::object!(Wish {
    words?,
    type_? = "type",
    mine?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Many {
    pub a: String,
    pub b: Option<i64>,
    pub c: Option<String>,
}

#[derive(Debug)]
pub struct ManyParts {
    pub a: String,
    pub b: Option<i64>,
}

impl Many {
    pub fn new(parts: ManyParts) -> Self {
        Self {
            a: parts.a,
            b: parts.b,
            ..tables::defaults()
        }
    }
}

tables::object!(Many {
    a,
    b = "B",
    c?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tagged {
    pub object: String,
    pub type_: String,
    pub id: i64,
}

impl Tagged {
    pub fn new(id: i64) -> Self {
        Self {
            id,
            ..tables::defaults()
        }
    }
}

tables::object!(Tagged {
    object always "wish",
    type_ = "type" always "new",
    id,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stamp {
    pub status: OrderStatus,
    pub note: Option<String>,
    pub day: Date,
    pub more: BTreeMap<String, Value>,
}

impl Stamp {
    pub fn new() -> Self {
        tables::defaults()
    }
}

impl Default for Stamp {
    fn default() -> Self {
        tables::defaults()
    }
}

tables::object!(Stamp {
    status always "OPEN",
    note?,
    day = "on" always "2026-01-02",
    ..more
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fixed {
    pub version: i64,
    pub below: i64,
    pub size: u64,
    pub priority: Priority,
    pub ratio: f64,
    pub whole: f64,
    pub active: bool,
    pub over: bool,
}

impl Fixed {
    pub fn new() -> Self {
        tables::defaults()
    }
}

impl Default for Fixed {
    fn default() -> Self {
        tables::defaults()
    }
}

tables::object!(Fixed {
    version always 5_000_000_000,
    below = "under" always -1,
    size always 2,
    priority always 2,
    ratio always -0.5,
    whole always 42.0,
    active always true,
    over always false,
});

#[derive(Clone, Debug, PartialEq)]
pub struct Wishes(pub Vec<Wishes>);

tables::newtype!(Wishes(Vec<Wishes>));

impl From<Vec<Wishes>> for Wishes {
    fn from(value: Vec<Wishes>) -> Self {
        Self(value)
    }
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

#[test]
fn open_enums_are_made_of_strings_and_compared_with_them() {
    let shipped: OrderStatus = "SHIPPED".parse().unwrap_or_else(|never| match never {});
    assert_eq!(shipped, OrderStatus::Shipped);
    assert_eq!(shipped, "SHIPPED");
    assert_eq!(shipped, *"SHIPPED");
    assert_ne!(shipped, "OPEN");
    assert_eq!(AsRef::<str>::as_ref(&shipped), "SHIPPED");
    let lost = OrderStatus::from("LOST");
    assert_eq!(lost, "LOST");
    assert_eq!(lost.to_string().parse(), Ok(lost));
}
