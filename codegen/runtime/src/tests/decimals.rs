//! Numbers that keep their digits.

use std::collections::{BTreeMap, HashSet};

use serde_json::json;

use super::pets;
use super::server::{Reply, Server};
use crate::runtime::argument::{Argument, IntoArgument};
use crate::runtime::number::to_json;
use crate::runtime::operation::Style;
use crate::runtime::tests::decimals as types;
use crate::runtime::tree::Tree;
use crate::runtime::{Decimal, tables, union};
use crate::types::READING;

/// More digits than a float has, and zeros at the end.
const EXACT: &str = "0.123456789012345678901234567890";

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invoice {
    pub amount: Decimal,
    pub tax: Option<Decimal>,
    pub parts: Option<Vec<Decimal>>,
    pub by_name: Option<BTreeMap<String, Option<Decimal>>>,
    pub price: Option<Price>,
    pub prices: Option<Vec<Price>>,
}

impl Invoice {
    pub fn new(amount: impl Into<Decimal>) -> Self {
        Self {
            amount: amount.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Invoice {
    amount,
    tax?,
    parts?,
    by_name?,
    price?,
    prices?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Price {
    Number(Decimal),
    Word(String),
    Invoice(Box<Invoice>),
    UnknownValue(serde_json::Value),
}

union::union!(Price {
    Number(Decimal): decimal,
    Word(String): string,
    Invoice(Invoice): fields,
});

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a number")
}

fn read(json: &str) -> Invoice {
    serde_json::from_str(json).expect("an invoice")
}

fn written(invoice: &Invoice) -> String {
    String::from_utf8(to_json(invoice).expect("JSON")).expect("text")
}

#[test]
fn decimal_keeps_all_digits_wherever_it_is() {
    for json in [
        format!(r#"{{"amount":{EXACT}}}"#),
        r#"{"amount":10.50,"tax":0.10}"#.to_owned(),
        r#"{"amount":123456789012345678901234567890}"#.to_owned(),
        r#"{"amount":-0.0,"tax":1E+400}"#.to_owned(),
        format!(r#"{{"amount":1,"parts":[{EXACT},2.0,-3e-5]}}"#),
        format!(r#"{{"amount":1,"by_name":{{"a":{EXACT},"b":null}}}}"#),
        format!(r#"{{"amount":1,"price":{EXACT},"prices":["free",{EXACT},7]}}"#),
        format!(r#"{{"amount":1,"price":{{"amount":{EXACT},"parts":[{EXACT}]}}}}"#),
    ] {
        let invoice = read(&json);
        assert_eq!(written(&invoice), json);
        assert_eq!(serde_json::to_string(&invoice).expect("JSON"), json);
        let again: Invoice = serde_json::from_slice(json.as_bytes()).expect("an invoice");
        assert_eq!(again, invoice);
    }
    let union = read(&format!(r#"{{"amount":1,"price":{EXACT}}}"#)).price;
    assert!(matches!(union, Some(Price::Number(it)) if it.as_str() == EXACT));
}

#[test]
fn decimal_from_a_float_has_its_digits() {
    let value = json!({"amount": 0.1, "tax": 2, "price": 2.5});
    let invoice: Invoice = serde_json::from_value(value.clone()).expect("an invoice");
    assert_eq!(invoice.amount.as_str(), "0.1");
    assert_eq!(serde_json::to_value(&invoice).expect("JSON"), value);
}

#[test]
fn decimal_that_is_no_number_is_an_error_with_its_path() {
    for (json, what) in [
        (r#"{"amount":"1"}"#, "a string"),
        (r#"{"amount":[]}"#, "an array"),
        (r#"{"amount":1,"tax":true}"#, "a boolean"),
    ] {
        let error = serde_json::from_str::<Invoice>(json).expect_err("no number");
        let text = error.to_string();
        assert!(
            text.contains(what) && text.contains("expected a number (Decimal)"),
            "{text}"
        );
    }
    // A required field without a value is blank, as others are.
    assert_eq!(read(r#"{"amount":null,"tax":1}"#).amount.as_str(), "0");
    let text = serde_json::from_str::<Price>(r#"{"amount":1,"price":{"amount":"x"}}"#)
        .expect_err("no number")
        .to_string();
    assert!(text.contains("at price"), "{text}");
}

#[test]
fn decimal_from_strings_integers_and_floats() {
    for text in ["0", "-0", "12.50", "1e5", "1E-5", "-1.5e+10", EXACT] {
        assert_eq!(decimal(text).to_string(), text);
        assert_eq!(String::from(text.parse::<Decimal>().expect(text)), text);
    }
    for text in [
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "NaN", "inf", "0x1", "1_000", " 1", "1,5",
        "١",
    ] {
        let error = Decimal::parse(text).expect_err(text);
        assert!(error.is_invalid_input(), "{error}");
    }
    assert_eq!(Decimal::from(i128::MIN).as_str(), i128::MIN.to_string());
    assert_eq!(Decimal::from(5).as_str(), "5");
    assert_eq!(Decimal::try_from(2.0).expect("a number").as_str(), "2");
    assert_eq!(Decimal::try_from(0.1).expect("a number").as_str(), "0.1");
    for value in [f64::NAN, f64::INFINITY] {
        let error = Decimal::try_from(value).expect_err("no number");
        assert!(error.is_invalid_input(), "{error}");
    }
    assert!((decimal("0.10").to_f64() - 0.1).abs() < f64::EPSILON);
    assert!(decimal("1e999").to_f64().is_infinite());
}

#[test]
fn decimal_compares_as_number() {
    let sorted = [
        "-1e400",
        "-100.5",
        "-100",
        "-1e-400",
        "0",
        "1e-400",
        "0.00099",
        "0.001",
        "0.0100001",
        "0.1",
        "0.11",
        "1",
        "1.01",
        "9.99",
        "10",
        "100",
        "100.001",
        "1e3",
        "1001",
        "1e400",
        "2e400",
    ]
    .map(decimal);
    for pair in sorted.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
        assert!(pair[1] > pair[0], "{pair:?}");
    }
    for [left, right] in [
        ["0", "-0.000e7"],
        ["1.50", "1.5"],
        ["15e-1", "1.5"],
        ["1200", "1.2e3"],
        ["0.012", "12E-3"],
        ["100.0", "1e2"],
    ] {
        assert_eq!(decimal(left), decimal(right));
        let both = HashSet::from([decimal(left), decimal(right)]);
        assert_eq!(both.len(), 1);
    }
}

#[test]
fn decimal_parameters_keep_all_digits() {
    assert_eq!(
        decimal(EXACT).into_argument(),
        Ok(Argument::Text(EXACT.to_owned()))
    );
    let invoice = read(&format!(r#"{{"amount":{EXACT},"parts":[1.0]}}"#));
    let argument = |style| Argument::in_style(style, Tree::of(&invoice).expect("JSON"));
    let members = |path: &str| {
        let members = [("amount", EXACT), (path, "1.0")];
        Argument::Object(
            members
                .map(|(name, value)| (name.into(), value.into()))
                .into(),
        )
    };
    assert_eq!(argument(Style::DeepObject), Ok(members("parts][0")));
    let json = format!(r#"{{"amount":{EXACT},"parts":[1.0]}}"#);
    assert_eq!(argument(Style::Json), Ok(Argument::Text(json)));
}

#[tokio::test]
async fn decimal_bodies_keep_all_digits() {
    let reply = Reply::json(200, &format!(r#"{{"amount":{EXACT}}}"#));
    let server = Server::start([reply]).await;
    let client = pets::client(&server.url);
    let mut sent = Invoice::new(decimal("0.10"));
    sent.tax = Some(3.into());
    let request = client.request("POST", "/p").json(&sent);
    let received: Invoice = request.send().await.expect("an invoice");
    assert_eq!(server.requests()[0].body, r#"{"amount":0.10,"tax":3}"#);
    assert_eq!(received.amount.as_str(), EXACT);
}
