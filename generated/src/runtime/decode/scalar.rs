//! Enums, which are a text or an integer on the wire.

use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};

use super::super::open_enum::{OpenEnum, OpenInteger};

/// Reads the value of an enum of texts. Every text is a value: an unknown one is kept.
pub(crate) fn text<'de, E, D>(slot: &mut E, deserializer: D) -> Result<(), D::Error>
where
    E: OpenEnum,
    D: Deserializer<'de>,
{
    borrowed_text(E::NAME, &mut |text| *slot = E::from(text), deserializer)
}

/// Reads a text without making a `String` of it, and hands it to `take`.
pub(crate) fn borrowed_text<'de, D: Deserializer<'de>>(
    name: &'static str,
    take: &mut dyn FnMut(&str),
    deserializer: D,
) -> Result<(), D::Error> {
    deserializer.deserialize_str(TextVisitor { name, take })
}

/// Reads the value of an enum of integers. Every integer is a value: an unknown one is kept.
pub(crate) fn integer<'de, E, D>(slot: &mut E, deserializer: D) -> Result<(), D::Error>
where
    E: OpenInteger,
    D: Deserializer<'de>,
{
    match deserializer.deserialize_i64(IntegerVisitor { name: E::NAME }) {
        Ok(value) => {
            *slot = E::from(value);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

// The closure, not a type parameter, is what makes this one visitor for all enums.
struct TextVisitor<'a> {
    name: &'static str,
    take: &'a mut dyn FnMut(&str),
}

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", self.name)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        (self.take)(text);
        Ok(())
    }
}

struct IntegerVisitor {
    name: &'static str,
}

impl Visitor<'_> for IntegerVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an integer of 64 bits ({})", self.name)
    }

    fn visit_i64<E>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }
}
