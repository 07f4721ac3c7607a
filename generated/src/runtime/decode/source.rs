//! A value that may be decoded several times, as one type or another.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Number, Value};

use super::super::json_path;
use super::raw::{Key, Text};
use super::tally::Tally;
use super::{Fault, Hint, Input, Place, fill, tally};

/// The key by which `serde_json` returns a number as a map with one string, if a crate of the program
/// enables its feature `arbitrary_precision`.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// The type of a number, for messages.
pub(super) const NUMBER: &str = "a number";

/// The maximum nesting depth of a value: the limit of `serde_json`, which applies to each text separately.
const MAX_DEPTH: usize = 128;

/// A member of an object: its name, and the JSON text of its value.
type Member<'j> = (Cow<'j, str>, Cow<'j, str>);

/// A value whose parts aren't decoded yet.
#[derive(Clone, Copy)]
pub enum Source<'j> {
    Text(&'j str),
    /// A number, a boolean or `null`.
    Scalar(&'j Value),
    /// A number, and its digits.
    Digits(&'j str, &'j Value),
    Array(&'j [Cow<'j, str>]),
    Object(&'j [Member<'j>]),
}

impl Source<'_> {
    /// Its JSON type, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
            Self::Scalar(Value::Bool(_)) => "a boolean",
            Self::Scalar(Value::Null) => "null",
            Self::Scalar(_) | Self::Digits(..) => NUMBER,
        }
    }

    /// The length of its parts, in bytes.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Scalar(_) | Self::Digits(..) => 0,
            Self::Array(texts) => texts.iter().map(|text| text.len()).sum(),
            Self::Object(members) => members.iter().map(|(_, text)| text.len()).sum(),
        }
    }
}

impl<'a> Input<'a> {
    /// The value before it is decoded, and whether it is an item of an array.
    pub(crate) fn parts(self, hint: &'static Hint) -> Result<(Source<'a>, bool), Fault> {
        match self {
            Self::Parts(source, is_item) => Ok((source, is_item)),
            _ => Err(Fault::kind(hint)),
        }
    }
}

/// Calls `work` with a value.
// A closure and not a type parameter, so that all unions share one visitor.
pub(crate) fn take<'de, D: Deserializer<'de>>(
    deserializer: D,
    work: &mut dyn FnMut(Source<'_>) -> Result<(), Fault>,
) -> Result<(), D::Error> {
    deserializer.deserialize_any(Taker(work))
}

thread_local! {
    /// How many bytes the unions inside of the outermost one may still inspect.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Calls `work` for texts that may contain nested unions.
///
/// Each union inspects its text, and may decode several variants from it; without a limit, that would take
/// time exponential in the depth of the JSON.
fn bounded<'t>(
    texts: impl Iterator<Item = &'t str> + Clone,
    work: impl FnOnce() -> Result<(), Fault>,
) -> Result<(), Fault> {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            LEFT.set(None);
        }
    }
    let length = texts.clone().map(str::len).sum::<usize>();
    if LEFT.get().is_some() {
        spend(length).map_err(Fault::message)?;
        return work();
    }
    if texts.into_iter().any(|text| is_deep(text.as_bytes())) {
        return Err(Fault::message("recursion limit exceeded".to_owned()));
    }
    let _reset = Reset;
    LEFT.set(Some(length.saturating_mul(64).saturating_add(64 * 1024)));
    work()
}

/// Counts bytes that are inspected.
pub fn spend(bytes: usize) -> Result<(), String> {
    match LEFT.get().unwrap_or(usize::MAX).checked_sub(bytes) {
        None => Err("too many nested unions".to_owned()),
        left => {
            LEFT.set(left);
            Ok(())
        }
    }
}

/// Whether the JSON text of a part is nested beyond the limit.
fn is_deep(text: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (1_usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return true;
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Decodes a value into the place of an optional field, or omits the field if the value isn't of its type.
#[cold]
pub(super) fn read_or_omit(place: &mut dyn Place, text: &str) -> Result<(), Fault> {
    let before = Tally::now();
    let read = bounded(std::iter::once(text), || {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        fill(place, &mut deserializer).map_err(|error| Fault::message(error.to_string()))
    });
    if read.is_ok() {
        return Ok(());
    }
    before.restore();
    tally::report(place.hint(), kind_of(text));
    place.put(Input::Absent)
}

/// The type of a JSON text, for messages.
pub(super) fn kind_of(text: &str) -> &'static str {
    match text.trim_start().as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => NUMBER,
    }
}

struct Taker<'a>(&'a mut dyn FnMut(Source<'_>) -> Result<(), Fault>);

/// Converts the fault of a union into an error.
pub(super) fn failed<E: de::Error>(fault: Fault) -> E {
    fault.into_error(Unexpected::Other("value"))
}

impl Taker<'_> {
    fn scalar<E: de::Error>(self, value: &Value) -> Result<(), E> {
        (self.0)(Source::Scalar(value)).map_err(failed)
    }
}

impl<'de> Visitor<'de> for Taker<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.scalar(&value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.scalar(&value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.scalar(&value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.scalar(&value.into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        (self.0)(Source::Text(text)).map_err(failed)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.scalar(&Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.scalar(&Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = items.next_element()? {
            texts.push(text);
        }
        let all = texts.iter().map(|text| &**text);
        bounded(all, || (self.0)(Source::Array(&texts))).map_err(failed)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut members: Vec<Member<'de>> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            if key == NUMBER_KEY {
                let Key(digits) = map.next_value()?;
                let number = digits.parse::<Number>().map_err(de::Error::custom)?;
                return self.scalar(&Value::Number(number));
            }
            let Text(text) = map.next_value()?;
            members.push((key, text));
        }
        let all = members.iter().map(|(_, text)| &**text);
        bounded(all, || (self.0)(Source::Object(&members))).map_err(failed)
    }
}

impl<'de> Deserializer<'de> for Source<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_str(text),
            Self::Scalar(value) | Self::Digits(_, value) => value.deserialize_any(visitor),
            Self::Array(texts) => visitor.visit_seq(Items { texts, at: 0 }),
            Self::Object(members) => visitor.visit_map(Members {
                members,
                value: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Scalar(Value::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Digits(text, _) => {
                serde_json::Deserializer::from_str(text).deserialize_newtype_struct(name, visitor)
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The message of an error without its line and column.
pub fn message(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" at line ") {
        text.truncate(at);
    }
    text
}

/// Decodes a value from its text. `place` is the path of the text, for the message.
fn read<'j, V: DeserializeSeed<'j>>(
    text: &'j str,
    seed: V,
    place: impl FnOnce() -> String,
) -> Result<V::Value, Error> {
    // From a string, like responses, so that no type is compiled a second time for bytes.
    let mut deserializer = serde_json::Deserializer::from_str(text);
    seed.deserialize(&mut deserializer).map_err(|error| {
        let inner = json_path::locate(text.as_bytes(), error.line(), error.column());
        let path = json_path::below(&place(), &inner);
        de::Error::custom(format_args!("at {path}: {}", message(&error)))
    })
}

struct Items<'j> {
    texts: &'j [Cow<'j, str>],
    at: usize,
}

impl<'j> SeqAccess<'j> for Items<'j> {
    type Error = Error;

    fn next_element_seed<T>(&mut self, seed: T) -> Result<Option<T::Value>, Error>
    where
        T: DeserializeSeed<'j>,
    {
        let Some(text) = self.texts.get(self.at) else {
            return Ok(None);
        };
        let at = self.at;
        self.at += 1;
        read(text, seed, || format!("[{at}]")).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.texts.len().saturating_sub(self.at))
    }
}

struct Members<'j> {
    members: &'j [Member<'j>],
    /// The member whose key was read.
    value: Option<&'j Member<'j>>,
}

impl<'j> MapAccess<'j> for Members<'j> {
    type Error = Error;

    fn next_key_seed<K>(&mut self, seed: K) -> Result<Option<K::Value>, Error>
    where
        K: DeserializeSeed<'j>,
    {
        let Some((first, rest)) = self.members.split_first() else {
            return Ok(None);
        };
        self.members = rest;
        self.value = Some(first);
        let key = de::value::BorrowedStrDeserializer::new(&first.0);
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V>(&mut self, seed: V) -> Result<V::Value, Error>
    where
        V: DeserializeSeed<'j>,
    {
        match self.value.take() {
            Some((key, text)) => read(text, seed, || json_path::of_key(key)),
            // A value is never requested before its key.
            None => seed.deserialize(Source::Scalar(&Value::Null)),
        }
    }
}
