//! Serializing the API's types.

use std::collections::BTreeMap;

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use super::decode::{Decode, Field, Hint};
use super::number;

/// A field of an object that is serialized to an `M`.
///
/// An object's table returns its fields as these, so that the loop over them is compiled once for each
/// serializer, not for each type.
pub trait Part<M: SerializeMap> {
    /// Serializes it as a member of the object, unless it is omitted.
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

/// Serializes an object: its fields, in the order of the hint.
// The number of members isn't announced: omitted options would have to be counted first, and JSON
// doesn't need the number.
pub fn object<S: Serializer>(
    serializer: S,
    hint: &'static Hint,
    parts: &[&dyn Part<S::SerializeMap>],
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(None)?;
    fields(&mut object, hint.fields, parts)?;
    object.end()
}

/// Serializes an object with additional properties.
///
/// An additional property with the name of a field is omitted, whether the field has a value or not:
/// names in an object should be unique (RFC 8259 section 4), and the field of a declared property takes
/// precedence. Decoding never creates such a property.
pub fn object_and_rest<S: Serializer, T: Serialize>(
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

/// Serializes a value that is or contains floats.
pub fn finite<T: Serialize + Decode, S: Serializer>(
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

/// The error of a field that contains NaN or an infinity.
#[cold]
fn not_finite<E: Error>(name: &str) -> E {
    E::custom(format_args!("`{name}` {}", number::NOT_FINITE))
}
