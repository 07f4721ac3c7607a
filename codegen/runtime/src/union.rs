//! Values of several types, told apart by their JSON kind.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::{Number, Value};

/// A type that is one of several, told apart by the kind of the JSON value (`oneOf` or `anyOf`
/// of a string, an integer, an array, ...).
///
/// A type says how it takes the kinds that it knows. A value of another kind is kept as it is,
/// by [`Union::unknown`], so that decoding fails only inside of an array or an object.
pub(crate) trait Union: Sized {
    /// Keeps a value of a kind that the schema doesn't know.
    fn unknown(value: Value) -> Self;

    /// Takes a string, or hands it back.
    fn text(value: String) -> Result<Self, String> {
        Err(value)
    }

    /// Takes a boolean.
    fn boolean(_value: bool) -> Option<Self> {
        None
    }

    /// Takes a number without fraction that fits.
    fn integer(_value: i64) -> Option<Self> {
        None
    }

    /// Takes a number: any with a fraction, and one without that [`Union::integer`] left.
    fn number(_value: f64) -> Option<Self> {
        None
    }

    /// Takes an array: [`from_seq`](super::from_seq) reads one.
    fn array<'de, A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(Self::unknown)
    }

    /// Takes an object: [`from_map`](super::from_map) reads one.
    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).map(Self::unknown)
    }
}

/// Reads a value of one of several types.
pub(crate) fn union<'de, U: Union, D: Deserializer<'de>>(
    slot: &mut U,
    deserializer: D,
) -> Result<(), D::Error> {
    match deserializer.deserialize_any(UnionVisitor(PhantomData)) {
        Ok(value) => {
            *slot = value;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The largest distance from zero up to which every integer is a 64-bit float, too: 2^53.
const EXACT: u64 = 1 << 53;

/// The key by which `serde_json` hands out a number as a map with one member, a text, where some
/// crate of the final program turns on its feature `arbitrary_precision`.
const NUMBER_KEY: &str = "$serde_json::private::Number";

fn number<U: Union>(number: Number) -> U {
    let integer = number.as_i64();
    let exact = number.is_f64() || integer.is_some_and(|value| value.unsigned_abs() <= EXACT);
    let float = if exact { number.as_f64() } else { None };
    integer
        .and_then(U::integer)
        .or_else(|| float.and_then(U::number))
        .unwrap_or_else(|| U::unknown(Value::Number(number)))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<U, E> {
        Ok(U::boolean(value).unwrap_or_else(|| U::unknown(Value::Bool(value))))
    }

    fn visit_i64<E>(self, value: i64) -> Result<U, E> {
        Ok(number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<U, E> {
        Ok(number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<U, E> {
        Ok(match Number::from_f64(value) {
            Some(value) => number(value),
            None => U::unknown(Value::Null), // no JSON text makes a NaN
        })
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<U, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<U, E> {
        Ok(U::text(value).unwrap_or_else(|value| U::unknown(Value::String(value))))
    }

    fn visit_unit<E>(self) -> Result<U, E> {
        Ok(U::unknown(Value::Null))
    }

    fn visit_none<E: de::Error>(self) -> Result<U, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        U::array(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<U, A::Error> {
        let key = map.next_key::<String>()?;
        if key.as_deref() == Some(NUMBER_KEY) {
            let digits = map.next_value::<String>()?;
            return Ok(match digits.parse::<Number>() {
                Ok(value) => number(value),
                Err(_) => U::unknown(Value::String(digits)),
            });
        }
        U::object(Resumed {
            first: key,
            rest: map,
        })
    }
}

/// A map whose first key was read already.
struct Resumed<A> {
    first: Option<String>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Resumed<A> {
    type Error = A::Error;

    fn next_key_seed<K>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error>
    where
        K: DeserializeSeed<'de>,
    {
        match self.first.take() {
            Some(key) => seed.deserialize(key.into_deserializer()).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V>(&mut self, seed: V) -> Result<V::Value, A::Error>
    where
        V: DeserializeSeed<'de>,
    {
        self.rest.next_value_seed(seed)
    }
}
