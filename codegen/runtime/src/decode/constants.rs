//! Constant fields.

use super::hint::{Constant, Field};
use super::input::{Input, Members};
use super::keys::{Found, Keys};
use super::{Fault, Hint, Place};

/// Stores the constants of an object's fields.
pub(super) fn put(place: &mut dyn Place) {
    let fields = place.hint().fields;
    if fields.iter().any(|field| field.constant.is_some()) {
        // The only fault is that fields without a constant are missing; a type with additional properties
        // checks that last.
        let _ = place.put(Input::Object(&mut Constants { fields, at: 0 }));
    }
}

/// An object whose members are the constants.
struct Constants {
    fields: &'static [Field],
    /// The index of the next field.
    at: usize,
}

impl Constants {
    /// The index of the next field with a constant.
    fn next(&mut self) -> Option<usize> {
        while let Some(field) = self.fields.get(self.at) {
            self.at += 1;
            if field.constant.is_some() {
                return Some(self.at - 1);
            }
        }
        None
    }
}

impl Members for Constants {
    fn fields(&mut self, _: &'static Hint, places: &mut [&mut dyn Place]) -> Result<(), Fault> {
        while let Some(field) = self.next() {
            if let Some(place) = places.get_mut(field) {
                self.value(*place)?;
            }
        }
        Ok(())
    }

    fn next_key(&mut self, _: &mut Keys) -> Result<Found, Fault> {
        Ok(self.next().map_or(Found::End, Found::Field))
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
