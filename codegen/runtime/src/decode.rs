//! Reading JSON into the API's types.
//!
//! A derived `Deserialize` spells out, for each type, a visitor, a second visitor for the keys, a
//! local for each field and an early return after each of them, and the compiler repeats all of it,
//! and the reader's own code, for each type and each reader; most of the build time of a large client
//! goes there. Here all of that exists once. A type only says what it is called and what its fields
//! are ([`Hint`]), and where what was found goes ([`Decode::put`]): an object's table hands out the
//! [`Place`]s of its fields, and they are filled where they are.
//!
//! Two walls keep the sides apart, so that their product is never compiled: a [`Place`] doesn't know
//! what it is read from, and what reads ([`Reader`]) doesn't know the type.

mod constants;
mod digits;
mod fault;
mod hint;
mod input;
mod keys;
mod raw;
mod reader;
mod scalar;
mod source;
pub(crate) mod tally;
mod values;
mod whole;

use serde::de::Deserializer;

pub(crate) use self::fault::Fault;
pub(crate) use self::hint::{Field, Hint, Kind, Literal};
pub(crate) use self::input::Input;
use self::reader::Reader;
#[allow(unused_imports, reason = "only tables of enums name them")]
pub(crate) use self::scalar::{integer, text};
pub(crate) use self::source::{Source, message, spend};
use super::reading::Reading;

/// A type that is read in place.
///
/// Implemented here for the types of other crates that fields are made of, and by tables for an
/// API's own types.
pub(crate) trait Decode: Sized {
    /// What it takes.
    const HINT: &'static Hint;

    /// Whether `null` is a value of this type, as it is where any JSON is.
    const TAKES_NULL: bool = false;

    /// A value to read into. It is never seen from outside: either all of it is overwritten, or
    /// the whole decoding fails.
    ///
    /// A type that must hold another one of its own kind, without an `Option`, a list or a map
    /// between them, has no blank value, as it has no finite JSON: the generator doesn't emit one.
    fn blank() -> Self;

    /// Takes what was found in place of this value. After a fault the value is of no use.
    fn put(&mut self, found: Input<'_>) -> Result<(), Fault>;

    /// Whether a field with this value isn't written.
    fn is_left_out(&self) -> bool {
        false
    }

    /// Whether there are floats in it that no other type's table looks at.
    const HAS_FLOATS: bool = false;

    /// Whether these floats are numbers: JSON has nothing for NaN and the infinities.
    fn is_finite(&self) -> bool {
        true
    }
}

/// A place for a value of some type.
pub(crate) trait Place {
    /// What it takes.
    fn hint(&self) -> &'static Hint;

    /// Takes what was found. After a fault its value is of no use.
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
pub(crate) fn blank<T: Decode>() -> T {
    T::blank()
}

/// The fields that a constructor isn't given: `None` where they are optional, and the values that are
/// always the same. All others are blank.
pub(crate) fn defaults<T: Decode>() -> T {
    let mut value = T::blank();
    constants::put(&mut value);
    value
}

/// Reads a value: what an emitted `Deserialize::deserialize` does. `reading` is for a value that isn't
/// part of a response.
pub(crate) fn read<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
    reading: Reading,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    // Not `?`: a single way out keeps the code that drops a half-read value in one place.
    match fill_by_default(&mut value, deserializer, reading) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Reads a value into its place.
#[inline(never)]
pub(crate) fn fill<'de, D: Deserializer<'de>>(
    place: &mut dyn Place,
    deserializer: D,
) -> Result<(), D::Error> {
    Reader::new(place).of(deserializer)
}

/// Reads a part of a value, at the level at which all of it is read.
pub(crate) fn read_within<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    match fill(&mut value, deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Tells that what was found isn't what is expected, where that isn't an error.
pub(crate) fn deviates(expected: &'static Hint, found: &'static str) -> Result<(), Fault> {
    if tally::level() == Reading::Strict {
        return Err(Fault::kind(expected));
    }
    tally::tell(expected, found);
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
