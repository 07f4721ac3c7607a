//! Reading JSON into the API's types.
//!
//! A derived `Deserialize` spells out, for each type, a visitor, a second visitor for the keys, a
//! local for each field and an early return after each of them; most of the build time of a large
//! client goes there. Here all of that exists once. A type only says what its fields are called,
//! which of them must be there, and where the value of field number `n` goes ([`Object`]). A
//! nested object is read in place, into the field that it belongs to.

mod keys;
mod scalar;
mod values;
mod whole;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use self::keys::{Found, Keys, Required};

pub(crate) use self::keys::Field;
#[allow(unused_imports, reason = "an API may have no enums")]
pub(crate) use self::scalar::{borrowed_text, integer, text};

/// A type that is read in place.
///
/// Implemented here for the types of other crates that fields are made of. For an API's own types
/// the emitted `fill` calls [`object`], [`text`], [`integer`] or `union::fill`.
pub(crate) trait Decode: Sized {
    /// Whether a field of this type may be left out: an `Option` may.
    const OPTIONAL: bool = false;

    /// Whether `null` is a value of this type, as it is where any JSON is.
    const TAKES_NULL: bool = false;

    /// A value to read into. It is never seen from outside: either all of it is overwritten, or
    /// the whole decoding fails.
    ///
    /// A type that must hold another one of its own kind, without an `Option`, a list or a map
    /// between them, has no blank value, as it has no finite JSON: the generator doesn't emit one.
    fn blank() -> Self;

    /// Reads a value over this one. After an error the value is of no use.
    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error>;

    /// Whether a field with this value isn't written.
    fn is_left_out(&self) -> bool {
        false
    }
}

/// A type that is a JSON object with known fields.
pub(crate) trait Object: Decode {
    /// The type's name, for messages.
    const NAME: &'static str;
    /// The fields, in the order of the schema, which is the order in which a server most likely
    /// sends them.
    const FIELDS: &'static [Field];
    /// Those that must be there.
    const REQUIRED: Required = Required::of(Self::FIELDS);

    /// Reads the value of a field, given by its position in [`Object::FIELDS`], from `map`.
    fn put<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error>;

    /// The value that a constructor starts from: blank, but for what is always the same.
    fn start() -> Self {
        Self::blank()
    }

    /// Whether members that the schema doesn't name are kept (`additionalProperties`).
    const OPEN: bool = false;

    /// Reads the value of such a member from `map`; they are skipped unless they are kept.
    fn extra<'de, A: MapAccess<'de>>(&mut self, _: String, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// The blank value of a field's type.
pub(crate) fn blank<T: Decode>() -> T {
    T::blank()
}

/// What a constructor starts from.
#[allow(dead_code, reason = "only an API has types to make")]
pub(crate) fn start<T: Object>() -> T {
    T::start()
}

/// Reads an object: what `fill` does for it.
pub(crate) fn object<'de, T: Object, D: Deserializer<'de>>(
    slot: &mut T,
    deserializer: D,
) -> Result<(), D::Error> {
    deserializer.deserialize_map(ObjectVisitor(slot))
}

/// What an emitted `Deserialize::deserialize` does.
pub(crate) fn read<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    // Not `?`: a single way out keeps the code that drops a half-read value in one place.
    match value.fill(deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Reads the value of a field, of any type: an `Option` takes `null` as `None`, unless `null` is a
/// value of what it may hold.
// Called once for each field of each type, and compiled once for each type of field.
#[inline(never)]
pub(crate) fn field<'de, T, A>(slot: &mut T, map: &mut A) -> Result<(), A::Error>
where
    T: Decode,
    A: MapAccess<'de>,
{
    map.next_value_seed(Slot(slot))
}

/// Reads the value of a member that the schema doesn't name: what `extra` does with it.
#[inline(never)]
pub(crate) fn entry<'de, T, A>(
    members: &mut BTreeMap<String, T>,
    key: String,
    map: &mut A,
) -> Result<(), A::Error>
where
    T: Decode,
    A: MapAccess<'de>,
{
    let mut value = T::blank();
    map.next_value_seed(Slot(&mut value))?;
    members.insert(key, value);
    Ok(())
}

/// Reads all members of an object; those that the schema doesn't name are skipped.
///
/// Where a key comes twice, the last value wins (member by member, in a nested object that is
/// required).
fn members<'de, T: Object, A: MapAccess<'de>>(object: &mut T, mut map: A) -> Result<(), A::Error> {
    let mut keys = Keys::new(T::FIELDS);
    loop {
        match keys.next(&mut map)? {
            Keys::END => return keys.check(T::REQUIRED),
            field => object.put(field, &mut map)?,
        }
    }
}

/// The same for a type that keeps the members which the schema doesn't name.
fn open_members<'de, T: Object, A: MapAccess<'de>>(
    object: &mut T,
    mut map: A,
) -> Result<(), A::Error> {
    let mut keys = Keys::new(T::FIELDS);
    loop {
        match keys.next_or_other(&mut map)? {
            Found::End => return keys.check(T::REQUIRED),
            Found::Field(field) => object.put(field, &mut map)?,
            Found::Other(key) => object.extra(key, &mut map)?,
        }
    }
}

/// The place that the next value goes to.
struct Slot<'a, T>(&'a mut T);

impl<'de, T: Decode> DeserializeSeed<'de> for Slot<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.fill(deserializer)
    }
}

struct ObjectVisitor<'a, T>(&'a mut T);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        if T::OPEN {
            open_members(self.0, map)
        } else {
            members(self.0, map)
        }
    }
}
