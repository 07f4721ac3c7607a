//! Decoding JSON into the API's types.
//!
//! A derived `Deserialize` has, for each type, a visitor, a second visitor for the keys, a local for each
//! field and an early return after each of them. The compiler instantiates all of it, and the
//! deserializer's own code, for each type and each deserializer, which takes most of the build time of a
//! large client. Here all of that exists once. A type only has its name and its fields ([`Hint`]), and
//! stores what was found ([`Decode::put`]): an object's table returns the [`Place`]s of its fields, which
//! are filled in place.
//!
//! Two interfaces separate the sides, so that their combinations are never compiled: a [`Place`] doesn't
//! know what it is decoded from, and a `Reader` doesn't know the type.

mod constants;
mod digits;
mod fault;
mod hint;
mod input;
mod integers;
mod keys;
mod raw;
mod reader;
mod scalar;
mod source;
pub mod tally;
mod values;

use serde::de::Deserializer;

pub(crate) use self::fault::Fault;
pub(crate) use self::hint::{Field, Hint, Kind, Literal};
pub(crate) use self::input::Input;
use self::reader::Reader;
#[allow(unused_imports, reason = "only tables of enums name them")]
pub(crate) use self::scalar::{integer, string};
pub(crate) use self::source::{Source, message, spend};
use super::reading::Reading;

/// A type that is decoded in place.
///
/// Implemented here for the types of fields from other crates, and by tables for the API's own types.
pub trait Decode: Sized {
    /// What it expects.
    const HINT: &'static Hint;

    /// Whether `null` is a value of this type, as it is for any JSON.
    const TAKES_NULL: bool = false;

    /// A value to decode into. It is overwritten, or kept where the value is missing in a lenient reading.
    ///
    /// A type that must contain itself, without an `Option`, an array or a map between, has no blank
    /// value, because it has no finite JSON: the generator doesn't emit one.
    fn blank() -> Self;

    /// Stores what was found in place of this value. After a fault the value is unspecified.
    fn put(&mut self, found: Input<'_>) -> Result<(), Fault>;

    /// Whether a field with this value isn't serialized.
    fn is_left_out(&self) -> bool {
        false
    }

    /// Whether it contains floats that no other type's table checks.
    const HAS_FLOATS: bool = false;

    /// Whether these floats are finite: JSON can't represent NaN and infinities.
    fn is_finite(&self) -> bool {
        true
    }
}

/// A place for a value of some type.
pub trait Place {
    /// What it expects.
    fn hint(&self) -> &'static Hint;

    /// Stores what was found. After a fault the value is unspecified.
    fn put(&mut self, found: Input<'_>) -> Result<(), Fault>;
}

impl<T: Decode> Place for T {
    fn hint(&self) -> &'static Hint {
        T::HINT
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        Decode::put(self, found)
    }
}

/// The blank value of a field's type.
pub fn blank<T: Decode>() -> T {
    T::blank()
}

/// The fields that a constructor isn't given: `None` where they are optional, and the values that are
/// always the same. All others are blank.
pub fn defaults<T: Decode>() -> T {
    let mut value = T::blank();
    constants::put(&mut value);
    value
}

/// Decodes a value, for an emitted `Deserialize::deserialize`. `reading` is for a value that isn't part of a
/// response.
pub fn read<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
    reading: Reading,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    // Not `?`: a single exit keeps the code that drops a partial value in one place.
    match fill_by_default(&mut value, deserializer, reading) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Decodes a value into its place.
#[inline(never)]
pub(crate) fn fill<'de, D: Deserializer<'de>>(
    place: &mut dyn Place,
    deserializer: D,
) -> Result<(), D::Error> {
    Reader::new(place).of(deserializer)
}

/// Decodes a part of a value, with the [`Reading`] of the whole.
pub(crate) fn read_within<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    match fill(&mut value, deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Reports a deviation, or fails in a strict reading.
pub(crate) fn deviates(expected: &'static Hint, found: &'static str) -> Result<(), Fault> {
    if tally::level() == Reading::Strict {
        return Err(Fault::kind(expected));
    }
    tally::report(expected, found);
    Ok(())
}

#[inline(never)]
fn fill_by_default<'de, D: Deserializer<'de>>(
    place: &mut dyn Place,
    deserializer: D,
    reading: Reading,
) -> Result<(), D::Error> {
    tally::by_default(reading, || fill(place, deserializer))
}
