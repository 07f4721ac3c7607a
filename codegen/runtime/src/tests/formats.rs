//! Readers that go by what they are asked for, and what a value looks like in other formats.

use std::collections::BTreeMap;

use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::sample::Order;
use crate::runtime::decode::{Decode, read_within as read};

/// A number as digits, read as the type that is asked for: so do forms, and so does a `Value` of
/// `serde_json` where its feature `arbitrary_precision` is on.
#[derive(Clone, Copy)]
struct Digits(&'static str);

macro_rules! parsed {
    ($($ask:ident $visit:ident)*) => {$(
        fn $ask<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.0.parse().map_err(|_| Error::custom("invalid number"))?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Digits {
    type Error = Error;

    parsed! {
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_i128 visit_i128
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_f32 visit_f32
        deserialize_f64 visit_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 u8 u16 u128 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_> for Digits {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn of<T: Decode>(digits: &'static str) -> Result<T, Error> {
    read(Digits(digits))
}

#[test]
fn digits_are_read_up_to_the_limits_of_their_type() {
    assert_eq!(of::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(of::<Option<u64>>("9223372036854775808"), Ok(Some(1 << 63)));
    assert_eq!(of::<u32>("4294967295"), Ok(u32::MAX));
    assert_eq!(of::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(of::<i32>("-2147483648"), Ok(i32::MIN));
    assert_eq!(of::<i128>("18446744073709551616"), Ok(1 << 64));
    assert_eq!(of::<f64>("0.1"), Ok(0.1));
    assert_eq!(of::<f32>("0.1"), Ok(0.1));
    for (message, text) in [
        (of::<u32>("4294967296").map(drop), "integer `4294967296`"),
        (of::<i32>("-2147483649").map(drop), "integer `-2147483649`"),
        (of::<u64>("-1").map(drop), "invalid number"),
    ] {
        let message = message.expect_err(text).to_string();
        assert!(message.contains(text), "{message}");
    }
}

#[test]
fn members_may_have_any_number_as_value() {
    let members = [("a", Digits("18446744073709551615"))].into_iter();
    let map: BTreeMap<String, u64> = read(MapDeserializer::new(members)).expect("a map");
    assert_eq!(map, BTreeMap::from([("a".to_owned(), u64::MAX)]));
}

#[test]
fn values_are_read_at_any_depth_that_json_may_have() {
    let customer = r#""status":"OPEN","customer":{"name":"Ada","vip":true},"total":null"#;
    let inner = |id: usize| format!(r#"{{"id":"{id}",{customer}"#);
    let nested = |depth: usize| {
        let mut text: String = (1..depth).map(|id| inner(id) + r#","parent":"#).collect();
        text += &inner(depth);
        text + &"}".repeat(depth)
    };
    // The customer is the deepest object; the limit is that of `serde_json`.
    assert!(serde_json::from_str::<Order>(&nested(126)).is_ok());
    let error = serde_json::from_str::<Order>(&nested(127)).expect_err("too deep");
    assert!(error.to_string().starts_with("recursion limit"), "{error}");
}
