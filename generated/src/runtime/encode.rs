//! Writing the API's types as JSON.

use std::collections::BTreeMap;

use super::decode::{Decode, Field};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// An object that is being written, field by field.
pub(crate) struct Object<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Object<S> {
    /// Starts an object.
    ///
    /// How many fields there will be isn't said: options that are left out would have to be
    /// counted first, and JSON has no use for the number.
    pub(crate) fn new(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a field, whatever its value.
    // Called once for each field of each type, and compiled once for each type of field.
    #[inline(never)]
    pub(crate) fn required<T>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error>
    where
        T: Serialize + ?Sized,
    {
        self.0.serialize_entry(name, value)
    }

    /// Writes a field, unless it is left out.
    pub(crate) fn field<T>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error>
    where
        T: Serialize + Decode,
    {
        if value.is_left_out() {
            Ok(())
        } else {
            self.required(name, value)
        }
    }

    /// Writes the members that the schema doesn't name, `fields` being those that it does.
    ///
    /// A member called like a field isn't written, whether the field has a value or not: names in
    /// an object should be unique (RFC 8259 section 4), and where the schema speaks of a name, its
    /// field is what decides. Decoding never makes such a member.
    pub(crate) fn extra<T: Serialize>(
        &mut self,
        fields: &[Field],
        members: &BTreeMap<String, T>,
    ) -> Result<(), S::Error> {
        members
            .iter()
            .filter(|(key, _)| fields.iter().all(|field| field.name != *key))
            .try_for_each(|(key, value)| self.0.serialize_entry(key, value))
    }

    /// Ends the object.
    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
