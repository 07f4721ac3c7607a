//! What was found in place of a value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::hint::Constant;
use super::keys::{Found, Keys};
use super::{Decode, Fault, Field, Hint, Place, Source, tally};

/// What was found in place of a value.
pub enum Input<'a> {
    Null,
    Boolean(bool),
    Int(i128),
    Float(f64),
    String(&'a str),
    /// A number as written in JSON, for places of [`Kind::Digits`](super::Kind::Digits).
    Digits(&'a str),
    Array(&'a mut dyn Items),
    Object(&'a mut dyn Members),
    /// Any JSON, for places of [`Kind::Json`](super::Kind::Json) and `JsonObject`.
    Json(Value),
    /// A value before it is decoded, for places of [`Kind::Parts`](super::Kind::Parts), and whether it is an
    /// item of an array.
    Parts(Source<'a>, bool),
    /// A value of another type, in place of an optional one.
    Absent,
}

/// The items of an array that is being decoded.
pub trait Items {
    /// Decodes the next item into its place; `false` if there is none.
    fn next(&mut self, place: &mut dyn Place) -> Result<bool, Fault>;
}

/// The members of an object that is being decoded.
pub trait Members {
    /// Decodes all members into the places of their fields; unknown keys are skipped.
    // The whole loop, so that the calls for each field aren't dynamic.
    fn fields(&mut self, hint: &'static Hint, places: &mut [&mut dyn Place]) -> Result<(), Fault>;

    /// The next key, known or not.
    fn next_key(&mut self, keys: &mut Keys) -> Result<Found, Fault>;

    /// Decodes the value of the last key.
    fn value(&mut self, place: &mut dyn Place) -> Result<(), Fault>;

    /// Decodes the value of a field, which may be lenient.
    fn field(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        self.value(place)
    }
}

/// Stores additional properties, which the schema doesn't declare.
pub trait Rest {
    /// Decodes the value of the last key.
    fn member(&mut self, key: String, members: &mut dyn Members) -> Result<(), Fault>;
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn member(&mut self, key: String, members: &mut dyn Members) -> Result<(), Fault> {
        let mut value = T::blank();
        let before = tally::reported();
        members.value(&mut value)?;
        if tally::reported() != before {
            tally::in_member(before, &key);
        }
        tally::kept();
        self.insert(key, value);
        Ok(())
    }
}

impl Input<'_> {
    /// Whether it is `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(
            self,
            Self::Null | Self::Parts(Source::Scalar(Value::Null), _)
        )
    }
}

/// Used by tables of objects.
impl<'a> Input<'a> {
    /// Decodes the members of an object into the places of its fields; undeclared members are skipped.
    ///
    /// If a key is repeated, the last value is used (member by member in a required nested object).
    pub fn fields(self, hint: &'static Hint, places: &mut [&mut dyn Place]) -> Result<(), Fault> {
        self.members(hint)?.fields(hint, places)
    }

    /// The same for a type that keeps additional properties.
    pub fn fields_and_rest(
        self,
        hint: &'static Hint,
        places: &mut [&mut dyn Place],
        rest: &mut dyn Rest,
    ) -> Result<(), Fault> {
        let members = self.members(hint)?;
        let mut keys = Keys::new(hint.fields);
        let mut reported = tally::reported();
        loop {
            match members.next_key(&mut keys)? {
                Found::End => return keys.check(hint, places),
                Found::Field(field) => {
                    let Some(place) = places.get_mut(field) else {
                        continue;
                    };
                    let field = hint.fields.get(field);
                    read_field(members, field, *place)?;
                    reported = named(field, reported);
                }
                Found::Other(key) => {
                    rest.member(key, members)?;
                    reported = tally::reported();
                }
            }
        }
    }

    fn members(self, hint: &'static Hint) -> Result<&'a mut dyn Members, Fault> {
        match self {
            Self::Object(members) => Ok(members),
            _ => Err(Fault::kind(hint)),
        }
    }
}

/// Decodes the value of a field.
#[inline]
pub(super) fn read_field(
    members: &mut (impl Members + ?Sized),
    field: Option<&'static Field>,
    place: &mut dyn Place,
) -> Result<(), Fault> {
    match field.and_then(|field| field.constant) {
        None => members.field(place),
        Some(constant) => members.field(&mut Watched { place, constant }),
    }
}

/// Adds the name of a field to the paths of the deviations in it, those after the first `before`, and returns
/// the number of all.
#[inline]
pub(super) fn named(field: Option<&Field>, before: usize) -> usize {
    let now = tally::reported();
    if let Some(field) = field.filter(|_| now != before) {
        tally::in_member(before, field.name);
    }
    now
}

/// The place of a constant field: other values are stored too, and counted.
struct Watched<'a> {
    place: &'a mut dyn Place,
    constant: Constant,
}

impl Place for Watched<'_> {
    fn hint(&self) -> &'static Hint {
        self.place.hint()
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        let is_same = match (self.constant, &found) {
            (Constant::String(constant), Input::String(text)) => *text == constant,
            (Constant::Boolean(constant), Input::Boolean(value)) => *value == constant,
            (Constant::Integer(constant), Input::Int(value)) => *value == i128::from(constant),
            #[allow(
                clippy::cast_precision_loss,
                clippy::float_cmp,
                reason = "a constant is compared exactly"
            )]
            (Constant::Integer(constant), Input::Float(value)) => *value == constant as f64,
            #[allow(clippy::float_cmp, reason = "a constant is compared exactly")]
            (Constant::Float(constant), Input::Float(value)) => *value == constant,
            #[allow(
                clippy::cast_precision_loss,
                clippy::float_cmp,
                reason = "a constant is compared exactly"
            )]
            (Constant::Float(constant), Input::Int(value)) => *value as f64 == constant,
            _ => false,
        };
        if !is_same {
            tally::misfit();
        }
        self.place.put(found)
    }
}
