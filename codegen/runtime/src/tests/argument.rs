use std::collections::BTreeMap;

use serde_json::json;

use super::sample::{Customer, OrderStatus, Priority};
use crate::runtime::DateTime;
use crate::runtime::argument::{Argument, IntoArgument};
use crate::runtime::number::NOT_FINITE;
use crate::runtime::operation::Style;
use crate::runtime::tree::Tree;

fn text(value: impl IntoArgument) -> String {
    match value.into_argument().expect("it can be sent") {
        Argument::Text(text) => text,
        other => panic!("{other:?} should be a text"),
    }
}

#[test]
fn argument_of_a_single_value_is_a_string() {
    assert_eq!(text("a b".to_owned()), "a b");
    assert_eq!(text(true), "true");
    assert_eq!(text(-5_i32), "-5");
    assert_eq!(text(i64::MIN), "-9223372036854775808");
    assert_eq!(text(7_u32), "7");
    assert_eq!(text(u64::MAX), "18446744073709551615");
    assert_eq!(text(OrderStatus::Open), "OPEN");
    assert_eq!(text(OrderStatus::from("new one")), "new one");
    assert_eq!(text(Priority::High), "2");
    let date = DateTime::parse("2026-01-02t03:04:05.0z").expect("a date");
    assert_eq!(text(date), "2026-01-02t03:04:05.0z");
}

#[test]
fn argument_floats_have_their_shortest_form() {
    assert_eq!(text(1.5_f64), "1.5");
    assert_eq!(text(3.0_f64), "3");
    assert_eq!(text(0.1_f32), "0.1");
    assert_eq!(text(1e300_f64), "1e+300");
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(value.into_argument(), Err(NOT_FINITE));
        assert_eq!(vec![1.0, value].into_argument(), Err(NOT_FINITE));
    }
}

#[test]
fn argument_arrays_and_objects_keep_their_parts() {
    let list = vec![OrderStatus::Open, OrderStatus::from("x,y")]
        .into_argument()
        .expect("it can be sent");
    assert_eq!(list, Argument::List(vec!["OPEN".into(), "x,y".into()]));
    let map = BTreeMap::from([("b".to_owned(), 2_i64), ("a".to_owned(), 1)])
        .into_argument()
        .expect("it can be sent");
    assert_eq!(
        map,
        Argument::Object(vec![("a".into(), "1".into()), ("b".into(), "2".into())])
    );
}

#[test]
fn argument_of_an_api_object_is_an_object() {
    let customer = Customer {
        name: "Ada L".into(),
        vip: true,
    };
    let expected =
        [("name", "Ada L"), ("vip", "true")].map(|(name, value)| (name.into(), value.into()));
    let value = Tree::of(&customer).expect("json");
    assert_eq!(
        Argument::in_style(Style::Form, value),
        Ok(Argument::Object(expected.into()))
    );
}

#[test]
fn argument_of_any_json_is_split_one_level_deep() {
    let flat = |value| Argument::in_style(Style::Form, Tree::of(&value).expect("json"));
    let value = flat(json!({"a": "x", "b": null, "c": [1, "y"]}));
    let expected =
        [("a", "x"), ("c", "[1,\"y\"]")].map(|(name, value)| (name.into(), value.into()));
    assert_eq!(value, Ok(Argument::Object(expected.into())));
    assert_eq!(
        flat(json!(["x", 1.5, null])),
        Ok(Argument::List(vec![
            "x".into(),
            "1.5".into(),
            "null".into()
        ]))
    );
    assert_eq!(flat(json!("x")), Ok(Argument::Text("x".into())));
    assert_eq!(flat(json!(false)), Ok(Argument::Text("false".into())));
}
