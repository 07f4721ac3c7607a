//! Values that are told apart by their JSON kind.

use serde_json::{Value, json};

use super::decode::failure;
use super::sample::{Amount, Customer, OrderLine, OrderStatus, Place};
use super::unions::types::Level;

#[test]
fn values_of_unions_are_told_apart_by_kind() {
    let place = |text: &str| serde_json::from_str::<Place>(text).expect("it should decode");
    assert_eq!(place(r#""body""#), Place::Text("body".into()));
    assert_eq!(place("-3"), Place::Integer(-3));
    let ada = Customer {
        name: "Ada".into(),
        vip: true,
    };
    assert_eq!(
        place(r#"[{"name":"Ada","vip":true}]"#),
        Place::Customers(vec![ada])
    );
    for unknown in [
        "1.5",
        "true",
        "null",
        r#"{"a":[1,{}]}"#,
        "18446744073709551615",
    ] {
        let value: Value = serde_json::from_str(unknown).expect("json");
        assert_eq!(place(unknown), Place::UnknownValue(value));
        assert_eq!(
            serde_json::to_string(&place(unknown)).expect("json"),
            unknown
        );
    }
    let failed = failure::<Place>(r#"[{"name":"Ada","vip":1}]"#);
    assert_eq!(
        failed,
        (
            "as `Customers`, at [0].vip: invalid type: integer `1`, expected a boolean".into(),
            String::new()
        )
    );
}

#[test]
fn unions_of_numbers_and_objects() {
    let amount = |text: &str| serde_json::from_str::<Amount>(text).expect("it should decode");
    assert_eq!(amount("1.5"), Amount::Number(1.5));
    assert_eq!(amount("3"), Amount::Number(3.0));
    assert_eq!(amount("true"), Amount::Boolean(true));
    assert_eq!(amount(r#""x""#), Amount::UnknownValue(json!("x")));
    let exact = 9_007_199_254_740_993_i64; // no float is
    assert_eq!(
        amount(&exact.to_string()),
        Amount::UnknownValue(json!(exact))
    );
    let Amount::Line(OrderLine { sku, count, extra }) = amount(r#"{"z":1,"sku":"a","count":2}"#)
    else {
        panic!("it should be a line");
    };
    assert_eq!((sku.as_str(), count, &extra["z"]), ("a", 2, &json!(1)));
    assert_eq!(
        failure::<Amount>(r#"{"sku":"a"}"#).0,
        "as `Line`: missing field `count`"
    );
    assert_eq!(failure::<Amount>("{}").0, "as `Line`: missing field `sku`");
}

#[test]
fn a_number_handed_out_as_a_map_is_a_number() {
    // What serde_json does with its feature `arbitrary_precision`.
    let number = json!({"$serde_json::private::Number": "12"});
    assert_eq!(
        serde_json::from_value::<Place>(number).expect("a place"),
        Place::Integer(12)
    );
}

#[test]
fn a_string_becomes_the_variant_that_decoding_chooses() {
    assert_eq!(Level::from("OPEN"), Level::Status(OrderStatus::Open));
    let lost = OrderStatus::UnknownValue("LOST".to_owned());
    assert_eq!(Level::from("LOST"), Level::Status(lost.clone()));
    assert_eq!(
        serde_json::from_str::<Level>("\"LOST\"").expect("a level"),
        Level::Status(lost)
    );
    let given: Level = "SHIPPED".into();
    assert_eq!(given, Level::Status(OrderStatus::Shipped));
}
