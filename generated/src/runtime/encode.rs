//! Writing the API's types as JSON.

use std::collections::BTreeMap;

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use super::decode::{Decode, Field, Hint};
use super::number;

/// A field of an object that is written to an `M`.
///
/// An object's table hands out its fields as these, so that the loop over them is compiled once for
/// each kind of writer, not for each type.
pub(crate) trait Part<M: SerializeMap> {
    /// Writes it as a member of the object, unless it is left out.
    fn write(&self, field: &'static Field, object: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize + Decode> Part<M> for T {
    fn write(&self, field: &'static Field, object: &mut M) -> Result<(), M::Error> {
        if !field.required && self.is_left_out() {
            return Ok(());
        }
        if T::HAS_FLOATS && !self.is_finite() {
            return Err(not_finite(field.name));
        }
        object.serialize_entry(field.name, self)
    }
}

/// Writes an object: its fields, in the order of the hint.
// How many there will be isn't said: options that are left out would have to be counted first, and
// JSON has no use for the number.
pub(crate) fn object<S: Serializer>(
    serializer: S,
    hint: &'static Hint,
    parts: &[&dyn Part<S::SerializeMap>],
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(None)?;
    fields(&mut object, hint.fields, parts)?;
    object.end()
}

/// Writes an object that has members without a field, too.
///
/// A member called like a field isn't written, whether the field has a value or not: names in an
/// object should be unique (RFC 8259 section 4), and where the schema speaks of a name, its field is
/// what decides. Decoding never makes such a member.
pub(crate) fn object_and_rest<S: Serializer, T: Serialize>(
    serializer: S,
    hint: &'static Hint,
    parts: &[&dyn Part<S::SerializeMap>],
    rest: &BTreeMap<String, T>,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(None)?;
    fields(&mut object, hint.fields, parts)?;
    for (key, value) in rest {
        if hint.fields.iter().all(|field| field.name != key) {
            object.serialize_entry(key, value)?;
        }
    }
    object.end()
}

fn fields<M: SerializeMap>(
    object: &mut M,
    fields: &'static [Field],
    parts: &[&dyn Part<M>],
) -> Result<(), M::Error> {
    for (field, part) in fields.iter().zip(parts) {
        part.write(field, object)?;
    }
    Ok(())
}

/// Writes a value that may be a float, or made of floats.
pub(crate) fn finite<T: Serialize + Decode, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if T::HAS_FLOATS && !value.is_finite() {
        return Err(S::Error::custom(format_args!(
            "a number {}",
            number::NOT_FINITE
        )));
    }
    value.serialize(serializer)
}

/// The error of a field that holds a float which is no number.
#[cold]
fn not_finite<E: Error>(name: &str) -> E {
    E::custom(format_args!("`{name}` {}", number::NOT_FINITE))
}
