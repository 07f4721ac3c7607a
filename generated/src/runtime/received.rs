//! A string as received, or any other JSON in its place.

use std::ops::Deref;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::decode::{Fault, Hint, Input, deviates};

/// A string that a server sends, in whose place it may send other JSON: for example, a date as a number of
/// seconds. Other JSON is kept, and serialized unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Received {
    text: Box<str>,
    is_json: bool,
}

impl Received {
    /// Creates it from a string.
    pub fn text(text: &str) -> Self {
        Self {
            text: text.into(),
            is_json: false,
        }
    }

    /// Whether it is other JSON in place of a string.
    pub(crate) fn is_json(&self) -> bool {
        self.is_json
    }

    /// Stores what was found in place of a string.
    pub(crate) fn put(&mut self, found: Input<'_>, hint: &'static Hint) -> Result<(), Fault> {
        let (value, kind) = match found {
            Input::String(text) => {
                self.text = text.into();
                self.is_json = false;
                return Ok(());
            }
            Input::Boolean(value) => (Value::from(value), "a boolean"),
            Input::Float(value) => (Value::from(value), "a number"),
            // Integers beyond 64 bits are read as floats.
            Input::Int(value) => match i64::try_from(value) {
                Ok(value) => (Value::from(value), "a number"),
                Err(_) => (Value::from(u64::try_from(value).unwrap_or(0)), "a number"),
            },
            Input::Json(value) if value.is_array() => (value, "an array"),
            Input::Json(value) => (value, "an object"),
            _ => return Err(Fault::kind(hint)),
        };
        deviates(hint, kind)?;
        self.text = value.to_string().into();
        self.is_json = true;
        Ok(())
    }
}

impl Deref for Received {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<Received> for String {
    fn from(received: Received) -> Self {
        received.text.into()
    }
}

impl Serialize for Received {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_json
            && let Ok(value) = serde_json::from_str::<Value>(&self.text)
        {
            return value.serialize(serializer);
        }
        serializer.serialize_str(&self.text)
    }
}
