//! Decoding from a deserializer into a place of any type.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde_json::{Map, Value};

use super::super::reading::Reading;
use super::digits::take_exactly;
use super::input::{Input, Items, Members, named, read_field};
use super::keys::{Found, KeptSeed, KeySeed, Keys};
use super::raw::Text;
use super::source::{NUMBER, kind_of, read_or_omit, take};
use super::{Fault, Hint, Kind, Place, tally};

/// Decodes into a place: compiled once for each deserializer, not for each type.
pub(crate) struct Reader<'a> {
    place: &'a mut dyn Place,
    hint: &'static Hint,
    context: Context,
}

/// What contains the value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Nothing, or something without a rule of its own.
    Other,
    /// A field, in which `null` may be a missing value.
    Field,
    /// An array.
    Item,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(place: &'a mut dyn Place) -> Self {
        let hint = place.hint();
        Self {
            place,
            hint,
            context: Context::Other,
        }
    }

    fn within(self, context: Context) -> Self {
        Self { context, ..self }
    }

    /// Decodes the next value.
    pub(crate) fn of<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.hint.is_optional || self.context == Context::Field {
            deserializer.deserialize_option(self)
        } else {
            self.present(deserializer)
        }
    }

    /// Decodes a value that isn't a `null` for a missing one.
    fn present<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.hint.kind {
            Kind::String => deserializer.deserialize_str(self),
            Kind::Object | Kind::Map => deserializer.deserialize_map(self),
            Kind::Array => deserializer.deserialize_seq(self),
            Kind::Int => deserializer.deserialize_i64(self),
            // Formats without typed numbers, and `serde_json`'s `Value` if a crate of the program
            // enables `arbitrary_precision`, return the type that is requested.
            Kind::UInt => deserializer.deserialize_u64(self),
            Kind::F64 => deserializer.deserialize_f64(self),
            Kind::Boolean => deserializer.deserialize_bool(self),
            Kind::Int128 => deserializer.deserialize_i128(self),
            Kind::F32 => deserializer.deserialize_f32(self),
            Kind::Json => {
                let value = Value::deserialize(deserializer)?;
                self.put(Input::Json(value), Unexpected::Other("JSON"))
            }
            Kind::JsonObject => {
                let map = Map::deserialize(deserializer)?;
                self.put(Input::Json(Value::Object(map)), Unexpected::Map)
            }
            Kind::Parts => {
                let is_item = self.context == Context::Item;
                take(deserializer, &mut |source| {
                    self.place.put(Input::Parts(source, is_item))
                })
            }
            Kind::ExactParts => {
                let is_item = self.context == Context::Item;
                take_exactly(deserializer, &mut |source| {
                    self.place.put(Input::Parts(source, is_item))
                })
            }
            Kind::Digits => {
                let Text(text) = Text::deserialize(deserializer)?;
                match kind_of(&text) {
                    NUMBER => self.put(Input::Digits(&text), Unexpected::Other(NUMBER)),
                    other => Err(D::Error::invalid_type(Unexpected::Other(other), self.hint)),
                }
            }
            Kind::StringOrJson => deserializer.deserialize_any(self),
        }
    }

    fn put<E: Error>(self, found: Input<'_>, shown: Unexpected<'_>) -> Result<(), E> {
        self.place
            .put(found)
            .map_err(|fault| fault.into_error(shown))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.of(deserializer)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hint.fmt(f)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if self.context == Context::Field && !self.hint.is_optional {
            // The place stays blank.
            tally::report(self.hint, "null");
            return Ok(());
        }
        self.put(Input::Null, Unexpected::Unit)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.present(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        self.of(inner)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(Input::Boolean(value), Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put(Input::Int(value.into()), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put(Input::Int(value.into()), Unexpected::Unsigned(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.put(Input::Int(value), Unexpected::Other(LARGE))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        match i128::try_from(value) {
            Ok(value) => self.visit_i128(value),
            Err(_) => Err(E::invalid_value(Unexpected::Other(LARGE), self.hint)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.put(Input::Float(value), Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.put(Input::String(text), Unexpected::Str(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        if self.hint.kind == Kind::StringOrJson {
            let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
            return self.put(Input::Json(value), Unexpected::Seq);
        }
        let mut list = List { items, error: None };
        match self.place.put(Input::Array(&mut list)) {
            Ok(()) => Ok(()),
            Err(fault) => Err(list
                .error
                .unwrap_or_else(|| fault.into_error(Unexpected::Seq))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        if self.hint.kind == Kind::StringOrJson {
            let value = Value::deserialize(MapAccessDeserializer::new(map))?;
            return self.put(Input::Json(value), Unexpected::Map);
        }
        let mut object = Object {
            map,
            error: None,
            level: tally::level(),
        };
        match self.place.put(Input::Object(&mut object)) {
            Ok(()) => Ok(()),
            Err(fault) => Err(object
                .error
                .unwrap_or_else(|| fault.into_error(Unexpected::Map))),
        }
    }
}

/// The type of a number of more than 64 bits, for messages.
const LARGE: &str = "128-bit integer";

/// An array, and the error that it failed with.
struct List<'de, A: SeqAccess<'de>> {
    items: A,
    error: Option<A::Error>,
}

impl<'de, A: SeqAccess<'de>> Items for List<'de, A> {
    fn next(&mut self, place: &mut dyn Place) -> Result<bool, Fault> {
        match self
            .items
            .next_element_seed(Reader::new(place).within(Context::Item))
        {
            Ok(item) => Ok(item.is_some()),
            Err(error) => {
                self.error = Some(error);
                Err(Fault::reader())
            }
        }
    }
}

/// An object, and the error that it failed with.
struct Object<'de, A: MapAccess<'de>> {
    map: A,
    error: Option<A::Error>,
    level: Reading,
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    /// Decodes an optional field, or omits it if the value isn't of its type.
    #[cold]
    fn if_it_fits(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        match self.map.next_value::<Text<'de>>() {
            Ok(text) => read_or_omit(place, &text.0),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// The index of the field of the next known key, or [`Keys::END`]; unknown keys are skipped.
    // A plain number, not an enum: it is returned in a register.
    #[inline]
    fn next_field(&mut self, keys: &mut Keys) -> Result<usize, Fault> {
        loop {
            match self.map.next_key_seed(KeySeed(keys)) {
                Ok(Some(true)) => return Ok(keys.at()),
                Ok(Some(false)) => {
                    tally::lost();
                    if let Err(error) = self.map.next_value::<IgnoredAny>() {
                        return Err(self.failed(error));
                    }
                }
                Ok(None) => return Ok(Keys::END),
                Err(error) => return Err(self.failed(error)),
            }
        }
    }

    fn failed(&mut self, error: A::Error) -> Fault {
        self.error = Some(error);
        Fault::reader()
    }
}

impl<'de, A: MapAccess<'de>> Members for Object<'de, A> {
    fn fields(&mut self, hint: &'static Hint, places: &mut [&mut dyn Place]) -> Result<(), Fault> {
        let mut keys = Keys::new(hint.fields);
        let mut reported = tally::reported();
        loop {
            let at = self.next_field(&mut keys)?;
            let Some(place) = places.get_mut(at) else {
                return keys.check(hint, places);
            };
            let field = hint.fields.get(at);
            read_field(self, field, *place)?;
            reported = named(field, reported);
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
        match self.map.next_value_seed(Reader::new(place)) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.failed(error)),
        }
    }

    #[inline]
    fn field(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        let reader = Reader::new(place);
        let context = match (self.level, reader.hint) {
            (Reading::Tolerant, hint) if hint.is_optional => return self.if_it_fits(place),
            // For these `null` is a value like any other.
            (_, hint) if matches!(hint.kind, Kind::Json | Kind::Parts | Kind::ExactParts) => {
                Context::Other
            }
            (Reading::Strict, _) => Context::Other,
            _ => Context::Field,
        };
        match self.map.next_value_seed(reader.within(context)) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.failed(error)),
        }
    }
}
