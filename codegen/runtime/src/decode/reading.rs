//! Reading from a deserializer into a place, whatever its type.

use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde_json::{Map, Value};

use super::input::{Input, Items, Members};
use super::keys::{Found, KeptSeed, KeySeed, Keys};
use super::source::take;
use super::{Fault, Hint, Kind, Place};

/// What reads into a place: compiled once for each kind of reader, not for each type.
pub(crate) struct Reading<'a> {
    place: &'a mut dyn Place,
    hint: &'static Hint,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(place: &'a mut dyn Place) -> Self {
        let hint = place.hint();
        Self { place, hint }
    }

    /// Reads what comes next.
    pub(crate) fn of<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.hint.is_optional {
            deserializer.deserialize_option(self)
        } else {
            self.present(deserializer)
        }
    }

    /// Reads a value that isn't `null` in place of nothing.
    fn present<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.hint.kind {
            Kind::Text => deserializer.deserialize_str(self),
            Kind::Object | Kind::Map => deserializer.deserialize_map(self),
            Kind::List => deserializer.deserialize_seq(self),
            Kind::Whole => deserializer.deserialize_i64(self),
            // Formats without numbers of their own, and `serde_json`'s `Value` where some crate of
            // the program turns on `arbitrary_precision`, read what they are asked for.
            Kind::Natural => deserializer.deserialize_u64(self),
            Kind::Float => deserializer.deserialize_f64(self),
            Kind::Boolean => deserializer.deserialize_bool(self),
            Kind::Wide => deserializer.deserialize_i128(self),
            Kind::Single => deserializer.deserialize_f32(self),
            Kind::Json => {
                let value = Value::deserialize(deserializer)?;
                self.give(Input::Json(value), Unexpected::Other("JSON"))
            }
            Kind::JsonObject => {
                let map = Map::deserialize(deserializer)?;
                self.give(Input::Json(Value::Object(map)), Unexpected::Map)
            }
            Kind::Parts => take(deserializer, &mut |source| {
                self.place.put(Input::Parts(source))
            }),
        }
    }

    fn give<E: Error>(self, found: Input<'_>, shown: Unexpected<'_>) -> Result<(), E> {
        self.place
            .put(found)
            .map_err(|fault| fault.into_error(shown))
    }
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.of(deserializer)
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hint.fmt(f)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.give(Input::Null, Unexpected::Option)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.give(Input::Null, Unexpected::Unit)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.present(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        self.of(inner)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.give(Input::Boolean(value), Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.give(Input::Whole(value.into()), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.give(Input::Whole(value.into()), Unexpected::Unsigned(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.give(Input::Whole(value), Unexpected::Other(LARGE))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        match i128::try_from(value) {
            Ok(value) => self.visit_i128(value),
            Err(_) => Err(E::invalid_value(Unexpected::Other(LARGE), self.hint)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.give(Input::Float(value), Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.give(Input::Text(text), Unexpected::Str(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let mut list = List { items, error: None };
        match self.place.put(Input::List(&mut list)) {
            Ok(()) => Ok(()),
            Err(fault) => Err(list
                .error
                .unwrap_or_else(|| fault.into_error(Unexpected::Seq))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let mut object = Object { map, error: None };
        match self.place.put(Input::Object(&mut object)) {
            Ok(()) => Ok(()),
            Err(fault) => Err(object
                .error
                .unwrap_or_else(|| fault.into_error(Unexpected::Map))),
        }
    }
}

/// What a number of more than 64 bits is called.
const LARGE: &str = "integer of 128 bits";

/// A list, and why it couldn't be read.
struct List<'de, A: SeqAccess<'de>> {
    items: A,
    error: Option<A::Error>,
}

impl<'de, A: SeqAccess<'de>> Items for List<'de, A> {
    fn next(&mut self, place: &mut dyn Place) -> Result<bool, Fault> {
        match self.items.next_element_seed(Reading::new(place)) {
            Ok(item) => Ok(item.is_some()),
            Err(error) => {
                self.error = Some(error);
                Err(Fault::reader())
            }
        }
    }
}

/// An object, and why it couldn't be read.
struct Object<'de, A: MapAccess<'de>> {
    map: A,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    fn failed(&mut self, error: A::Error) -> Fault {
        self.error = Some(error);
        Fault::reader()
    }
}

impl<'de, A: MapAccess<'de>> Members for Object<'de, A> {
    fn next_field(&mut self, keys: &mut Keys) -> Result<usize, Fault> {
        loop {
            match self.map.next_key_seed(KeySeed(keys)) {
                Ok(Some(true)) => return Ok(keys.at()),
                Ok(Some(false)) => {
                    if let Err(error) = self.map.next_value::<IgnoredAny>() {
                        return Err(self.failed(error));
                    }
                }
                Ok(None) => return Ok(Keys::END),
                Err(error) => return Err(self.failed(error)),
            }
        }
    }

    fn next_key(&mut self, keys: &mut Keys) -> Result<Found, Fault> {
        let mut other = String::new();
        match self.map.next_key_seed(KeptSeed(keys, &mut other)) {
            Ok(Some(true)) => Ok(Found::Field(keys.at())),
            Ok(Some(false)) => Ok(Found::Other(other)),
            Ok(None) => Ok(Found::End),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn value(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        match self.map.next_value_seed(Reading::new(place)) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.failed(error)),
        }
    }
}
