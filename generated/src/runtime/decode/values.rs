//! [`Decode`] for the types of fields.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::input::{Input, Rest as _};
use super::keys::{Found, Keys};
use super::{Decode, Fault, Hint, Kind, tally};

impl<'a> Input<'a> {
    /// A string.
    pub fn string(self, hint: &'static Hint) -> Result<&'a str, Fault> {
        match self {
            Self::String(text) => Ok(text),
            _ => Err(Fault::kind(hint)),
        }
    }
}

impl Decode for String {
    const HINT: &'static Hint = &Hint::of(Kind::String, "");

    fn blank() -> Self {
        Self::new()
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        found.string(Self::HINT)?.clone_into(self);
        Ok(())
    }
}

impl Decode for bool {
    const HINT: &'static Hint = &Hint::of(Kind::Boolean, "bool");

    fn blank() -> Self {
        false
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        match found {
            Input::Boolean(value) => {
                *self = value;
                Ok(())
            }
            _ => Err(Fault::kind(Self::HINT)),
        }
    }
}

impl Decode for f64 {
    const HAS_FLOATS: bool = true;
    const HINT: &'static Hint = &Hint::of(Kind::F64, "f64");

    fn is_finite(&self) -> bool {
        Self::is_finite(*self)
    }

    fn blank() -> Self {
        0.0
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        match found {
            Input::Float(value) => *self = value,
            #[allow(
                clippy::cast_precision_loss,
                reason = "an integer is a valid float in JSON"
            )]
            Input::Int(value) => *self = value as Self,
            _ => return Err(Fault::kind(Self::HINT)),
        }
        Ok(())
    }
}

impl Decode for f32 {
    const HAS_FLOATS: bool = true;
    const HINT: &'static Hint = &Hint::of(Kind::F32, "f32");

    fn is_finite(&self) -> bool {
        Self::is_finite(*self)
    }

    fn blank() -> Self {
        0.0
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        match found {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the reader has rounded it to this size"
            )]
            Input::Float(value) => *self = value as Self,
            #[allow(
                clippy::cast_precision_loss,
                reason = "an integer is a valid float in JSON"
            )]
            Input::Int(value) => *self = value as Self,
            _ => return Err(Fault::kind(Self::HINT)),
        }
        Ok(())
    }
}

impl Decode for Value {
    const HINT: &'static Hint = &Hint::of(Kind::Json, "Value");
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self::Null
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        match found {
            Input::Json(value) => {
                *self = value;
                Ok(())
            }
            _ => Err(Fault::kind(Self::HINT)),
        }
    }
}

impl Decode for Map<String, Value> {
    const HINT: &'static Hint = &Hint::of(Kind::JsonObject, "Map");

    fn blank() -> Self {
        Self::new()
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        match found {
            Input::Json(Value::Object(map)) => {
                *self = map;
                Ok(())
            }
            _ => Err(Fault::kind(Self::HINT)),
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    const HAS_FLOATS: bool = T::HAS_FLOATS;
    const HINT: &'static Hint = T::HINT;

    fn is_finite(&self) -> bool {
        (**self).is_finite()
    }

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        (**self).put(found)
    }
}

impl<T: Decode> Decode for Option<T> {
    const HAS_FLOATS: bool = T::HAS_FLOATS;
    const HINT: &'static Hint = if T::TAKES_NULL {
        T::HINT
    } else {
        &T::HINT.or_nothing()
    };

    fn is_finite(&self) -> bool {
        self.as_ref().is_none_or(Decode::is_finite)
    }

    fn blank() -> Self {
        None
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        if matches!(found, Input::Absent) || !T::TAKES_NULL && found.is_null() {
            *self = None;
            return Ok(());
        }
        self.insert(T::blank()).put(found)
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Vec<T> {
    const HAS_FLOATS: bool = T::HAS_FLOATS;
    const HINT: &'static Hint = &Hint::of(Kind::Array, "Vec");

    fn is_finite(&self) -> bool {
        self.iter().all(Decode::is_finite)
    }

    fn blank() -> Self {
        Self::new()
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        let Input::Array(items) = found else {
            return Err(Fault::kind(Self::HINT));
        };
        self.clear();
        loop {
            let mut item = T::blank();
            let before = tally::reported();
            match items.next(&mut item) {
                Ok(true) => {
                    if tally::reported() != before {
                        tally::in_item(before, self.len());
                    }
                    self.push(item);
                }
                Ok(false) => return Ok(()),
                Err(fault) => return Err(fault),
            }
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    const HAS_FLOATS: bool = T::HAS_FLOATS;
    const HINT: &'static Hint = &Hint::of(Kind::Map, "BTreeMap");

    fn is_finite(&self) -> bool {
        self.values().all(Decode::is_finite)
    }

    fn blank() -> Self {
        Self::new()
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        let Input::Object(members) = found else {
            return Err(Fault::kind(Self::HINT));
        };
        self.clear();
        let mut keys = Keys::new(&[]);
        while let Found::Other(key) = members.next_key(&mut keys)? {
            self.member(key, members)?;
        }
        Ok(())
    }
}
