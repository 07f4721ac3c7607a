//! What was found in place of a value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::hint::Constant;
use super::keys::{Found, Keys};
use super::{Decode, Fault, Hint, Place, Source, tally};

/// What was found.
pub(crate) enum Input<'a> {
    Null,
    Boolean(bool),
    Whole(i128),
    Float(f64),
    Text(&'a str),
    /// A number as JSON writes it, for places of [`Kind::Digits`](super::Kind::Digits).
    Digits(&'a str),
    List(&'a mut dyn Items),
    Object(&'a mut dyn Members),
    /// Any JSON, for places of [`Kind::Json`](super::Kind::Json) and `JsonObject`.
    Json(Value),
    /// A value with nothing read of it, for places of [`Kind::Parts`](super::Kind::Parts), and
    /// whether it is an item of a list.
    Parts(Source<'a>, bool),
    /// Something that doesn't fit, in place of what may be left out.
    Absent,
}

/// The items of a list that is being read.
pub(crate) trait Items {
    /// Reads the next item into its place; `false` where there is none.
    fn next(&mut self, place: &mut dyn Place) -> Result<bool, Fault>;
}

/// The members of an object that is being read.
pub(crate) trait Members {
    /// The number of the field that the next known key names, or [`Keys::END`]; skips unknown ones.
    // A plain number, not an enum: it comes back in a register.
    fn next_field(&mut self, keys: &mut Keys) -> Result<usize, Fault>;

    /// The next key, known or not.
    fn next_key(&mut self, keys: &mut Keys) -> Result<Found, Fault>;

    /// Reads the value of the key that came last.
    fn value(&mut self, place: &mut dyn Place) -> Result<(), Fault>;

    /// The same for the value of a field, which may be read leniently.
    fn field(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        self.value(place)
    }
}

/// Takes the members that a schema doesn't name.
pub(crate) trait Rest {
    /// Reads the value of the key that came last.
    fn member(&mut self, key: String, members: &mut dyn Members) -> Result<(), Fault>;
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn member(&mut self, key: String, members: &mut dyn Members) -> Result<(), Fault> {
        let mut value = T::blank();
        let told = tally::told();
        members.value(&mut value)?;
        if tally::told() != told {
            tally::in_member(told, &key);
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

/// What tables of objects say.
impl<'a> Input<'a> {
    /// Reads all members of an object into the places of its fields, in their order; those that the
    /// schema doesn't name are skipped.
    ///
    /// Where a key comes twice, the last value wins (member by member, in a nested object that is
    /// required).
    pub(crate) fn fields(
        self,
        hint: &'static Hint,
        places: &mut [&mut dyn Place],
    ) -> Result<(), Fault> {
        let members = self.members(hint)?;
        let mut keys = Keys::new(hint.fields);
        loop {
            let field = members.next_field(&mut keys)?;
            match places.get_mut(field) {
                Some(place) => read_field(members, hint, field, *place)?,
                None => return keys.check(hint, places),
            }
        }
    }

    /// The same for a type that keeps the members which the schema doesn't name.
    pub(crate) fn fields_and_rest(
        self,
        hint: &'static Hint,
        places: &mut [&mut dyn Place],
        rest: &mut dyn Rest,
    ) -> Result<(), Fault> {
        let members = self.members(hint)?;
        let mut keys = Keys::new(hint.fields);
        loop {
            match members.next_key(&mut keys)? {
                Found::End => return keys.check(hint, places),
                Found::Field(field) => {
                    if let Some(place) = places.get_mut(field) {
                        read_field(members, hint, field, *place)?;
                    }
                }
                Found::Other(key) => rest.member(key, members)?,
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

/// Reads the value of a field, and says of deviations in it where they are.
#[inline]
fn read_field(
    members: &mut dyn Members,
    hint: &'static Hint,
    field: usize,
    place: &mut dyn Place,
) -> Result<(), Fault> {
    let Some(field) = hint.fields.get(field) else {
        return members.field(place);
    };
    let told = tally::told();
    match field.constant {
        None => members.field(place)?,
        Some(constant) => members.field(&mut Watched { place, constant })?,
    }
    if tally::told() != told {
        tally::in_member(told, field.name);
    }
    Ok(())
}

/// The place of a field that always has the same value: it takes others, too, and notes them.
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
            (Constant::Text(constant), Input::Text(text)) => *text == constant,
            (Constant::Boolean(constant), Input::Boolean(value)) => *value == constant,
            (Constant::Integer(constant), Input::Whole(value)) => *value == i128::from(constant),
            #[allow(
                clippy::cast_precision_loss,
                clippy::float_cmp,
                reason = "a constant is what it is to the last digit"
            )]
            (Constant::Integer(constant), Input::Float(value)) => *value == constant as f64,
            #[allow(
                clippy::float_cmp,
                reason = "a constant is what it is to the last digit"
            )]
            (Constant::Float(constant), Input::Float(value)) => *value == constant,
            #[allow(
                clippy::cast_precision_loss,
                clippy::float_cmp,
                reason = "a constant is what it is to the last digit"
            )]
            (Constant::Float(constant), Input::Whole(value)) => *value as f64 == constant,
            _ => false,
        };
        if !is_same {
            tally::misfit();
        }
        self.place.put(found)
    }
}
