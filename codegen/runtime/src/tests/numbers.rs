//! How numbers are written, in bodies and in parameters.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::{Value, json};

use super::pets;
use super::server::{Reply, Server};
use crate::runtime::multipart::Form;
use crate::runtime::number::{text, text_f32, to_json};
use crate::runtime::requests::{self, Builder};
use crate::runtime::tests::numbers as types;
use crate::runtime::{Nullable, tables, union};
use crate::types::READING;

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Point {
    pub x: f64,
    pub y: Option<f64>,
    pub more: Option<Vec<f64>>,
    pub named: Option<BTreeMap<String, Option<f64>>>,
    pub z: Option<Nullable<f64>>,
    pub size: Option<Size>,
    pub path: Option<Path>,
    pub inner: Option<Box<Point>>,
}

impl Point {
    pub fn new(x: f64) -> Self {
        Self {
            x,
            ..tables::defaults()
        }
    }
}

tables::object!(Point {
    x,
    y?,
    more?,
    named?,
    z?,
    size?,
    path?,
    inner?,
});

#[derive(Clone, Debug, PartialEq)]
pub struct Path(pub Vec<f64>);

tables::newtype!(Path(Vec<f64>));

impl From<Vec<f64>> for Path {
    fn from(value: Vec<f64>) -> Self {
        Self(value)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Size {
    Number(f64),
    Word(String),
    UnknownValue(Value),
}

union::union!(Size {
    Number(f64): number,
    Word(String): string,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Sizes {
    Several(Vec<f64>),
    Word(String),
    UnknownValue(Value),
}

union::union!(Sizes {
    Several(Vec<f64>): array,
    Word(String): string,
});

#[test]
fn floats_have_their_shortest_form() {
    for (value, written) in [
        (2.0, "2"),
        (-3.0, "-3"),
        (0.0, "0"),
        (0.1, "0.1"),
        (1.5, "1.5"),
        (1e20, "100000000000000000000"),
        (123_456_789_012_345_680_000.0, "123456789012345680000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
    ] {
        assert_eq!(text(value), written);
        assert_eq!(to_json(&value).expect("JSON"), written.as_bytes());
        assert_eq!(written.parse(), Ok(value));
    }
    assert_eq!(text_f32(2.0), "2");
    assert_eq!(text_f32(0.1), "0.1");
    let free = json!({"a": [2.0, 2.5, 1e21, 7], "b": "2.0"});
    assert_eq!(
        to_json(&free).expect("JSON"),
        br#"{"a":[2,2.5,1e+21,7],"b":"2.0"}"#
    );
}

#[test]
fn what_is_no_number_is_not_written_wherever_it_stands() {
    let nan = f64::NAN;
    let point = || Point::new(1.0);
    let with = |set: &dyn Fn(&mut Point)| {
        let mut point = point();
        set(&mut point);
        point
    };
    let wrong = [
        ("x", Point::new(f64::INFINITY)),
        ("y", with(&|it| it.y = Some(nan))),
        ("more", with(&|it| it.more = Some(vec![1.0, nan]))),
        (
            "named",
            with(&|it| it.named = Some(BTreeMap::from([("a".into(), Some(nan))]))),
        ),
        ("z", with(&|it| it.z = Some(Nullable::Value(nan)))),
        ("a number", with(&|it| it.size = Some(Size::Number(nan)))),
        ("a number", with(&|it| it.path = Some(Path(vec![nan])))),
        ("x", with(&|it| it.inner = Some(Box::new(Point::new(nan))))),
    ];
    for (place, point) in wrong {
        let error = to_json(&point).expect_err("it is no number").to_string();
        assert!(
            error.contains(place) && error.contains("not a finite number"),
            "{error}"
        );
    }
    let fine = with(&|it| it.z = Some(Nullable::Null));
    assert_eq!(to_json(&fine).expect("JSON"), br#"{"x":1,"z":null}"#);
}

#[tokio::test]
async fn bodies_have_them_so_and_a_number_that_is_none_is_refused() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = pets::client(&server.url);
    let mut point = Point::new(2.0);
    point.more = Some(vec![1.0, 0.5]);
    let sent = client
        .request("POST", "/p")
        .json(&point)
        .send::<Value>()
        .await;
    sent.expect("it is sent");
    assert_eq!(server.requests()[0].body, r#"{"x":2,"more":[1,0.5]}"#);
    let wrong = client.request("POST", "/p").json(&Point::new(f64::NAN));
    let error = wrong.send::<Value>().await.expect_err("NaN can't be sent");
    assert!(error.is_invalid_input() && error.attempts() == 0, "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn values_that_are_numbers_or_lists_of_them_are_refused_everywhere_if_they_are_none() {
    let client = pets::client("http://127.0.0.1:9");
    let wrong = vec![1.0, f64::NAN];
    let sent = |set: &dyn Fn(Builder) -> Builder| {
        let builder = set(requests::call::<pets::CreatePet>(&client));
        builder.call.request().expect_err("NaN can't be sent")
    };
    let map = BTreeMap::from([("a".to_owned(), f64::NAN)]);
    let union = Sizes::Several(wrong.clone());
    let messages = [
        sent(&|draft| draft.json(&f64::NAN)),
        sent(&|draft| draft.json(&wrong)),
        sent(&|draft| draft.json(&vec![Some(f64::INFINITY)])),
        sent(&|draft| draft.json(&union)),
        sent(&|draft| draft.json(&map)),
        sent(&|draft| draft.form(&map)),
        sent(&|draft| draft.multipart_of(&map)),
        sent(&|draft| {
            let mut form = Form::new();
            form.value("a", &wrong);
            draft.multipart_as("multipart/mixed", form)
        }),
        sent(&|draft| draft.query_json::<Vec<Option<f64>>>("a", vec![Some(f64::NAN)])),
        sent(&|draft| draft.header::<f64>("x-a", f64::NAN)),
        sent(&|draft| draft.path_list::<f64>("a", [1.0, f64::INFINITY])),
        sent(&|draft| draft.cookie::<f64>("a", f64::NEG_INFINITY)),
    ];
    for message in messages {
        assert!(message.contains("is not a finite number"), "{message}");
    }
}

/// A type of a program's own.
struct Own<T>(T);

impl<T: Serialize> Serialize for Own<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Own", 2)?;
        object.serialize_field("a", &Some(("x", None::<bool>)))?;
        object.serialize_field("b", &self.0)?;
        object.end()
    }
}

#[tokio::test]
async fn a_programs_own_types_have_no_other_floats_either() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = pets::client(&server.url);
    let request = || client.request("POST", "/p");
    let nan = f64::NAN;
    for request in [
        request().json(&nan),
        request().json(&Own(nan)),
        request().json(&Own(f32::INFINITY)),
        request().json(&Own(vec![(1, Some(nan))])),
        request().json(&BTreeMap::from([(1, Own(nan))])),
    ] {
        let error = request
            .send::<Value>()
            .await
            .expect_err("NaN can't be sent");
        assert!(error.is_invalid_input() && error.attempts() == 0, "{error}");
        assert!(error.to_string().contains("not a finite number"), "{error}");
    }
    let sent = request().json(&BTreeMap::from([(1, Own(2.0))]));
    sent.send::<Value>().await.expect("it is sent");
    let body = r#"{"1":{"a":["x",null],"b":2}}"#;
    assert_eq!(server.requests()[0].body, body);
}
