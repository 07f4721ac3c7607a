//! Constant fields.

use super::hint::{Constant, Field};
use super::input::{Input, Members};
use super::keys::{Found, Keys};
use super::{Fault, Place};

/// Stores the constants of an object's fields.
pub(super) fn put(place: &mut dyn Place) {
    let fields = place.hint().fields;
    if fields.iter().any(|field| field.constant.is_some()) {
        // The only fault is that fields without a constant are missing, which is checked last.
        let _ = place.put(Input::Object(&mut Constants { fields, at: 0 }));
    }
}

/// An object whose members are the constants.
struct Constants {
    fields: &'static [Field],
    /// The index of the next field.
    at: usize,
}

impl Members for Constants {
    fn next_field(&mut self, _: &mut Keys) -> Result<usize, Fault> {
        while let Some(field) = self.fields.get(self.at) {
            self.at += 1;
            if field.constant.is_some() {
                return Ok(self.at - 1);
            }
        }
        Ok(Keys::END)
    }

    fn next_key(&mut self, keys: &mut Keys) -> Result<Found, Fault> {
        Ok(match self.next_field(keys)? {
            Keys::END => Found::End,
            field => Found::Field(field),
        })
    }

    fn value(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        let last = self.at.checked_sub(1).and_then(|at| self.fields.get(at));
        match last.and_then(|field| field.constant) {
            Some(Constant::String(text)) => place.put(Input::String(text)),
            Some(Constant::Boolean(value)) => place.put(Input::Boolean(value)),
            Some(Constant::Integer(value)) => place.put(Input::Int(value.into())),
            Some(Constant::Float(value)) => place.put(Input::Float(value)),
            None => Ok(()),
        }
    }
}
