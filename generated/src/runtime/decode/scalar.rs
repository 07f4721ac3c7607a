//! Enums of strings and integers.

use super::super::open_enum::{OpenEnum, OpenInteger};
use super::{Decode, Fault, Input, tally};

/// Stores the value of a string enum. An unknown string is kept.
pub fn string<E: OpenEnum + Decode>(slot: &mut E, found: Input<'_>) -> Result<(), Fault> {
    *slot = E::parse(found.string(E::HINT)?);
    if slot.is_unknown() {
        note_unknown(E::IS_CONSTANT);
    }
    Ok(())
}

/// Stores the value of an integer enum. An unknown integer is kept.
pub fn integer<E: OpenInteger + Decode>(slot: &mut E, found: Input<'_>) -> Result<(), Fault> {
    let value = found.integer(i64::MIN.into(), i64::MAX.into(), E::HINT)?;
    // What doesn't fit has been refused.
    *slot = E::parse(i64::try_from(value).unwrap_or_default());
    if slot.is_unknown() {
        note_unknown(E::IS_CONSTANT);
    }
    Ok(())
}

#[cold]
fn note_unknown(is_constant: bool) {
    if is_constant {
        tally::misfit();
    } else {
        tally::unknown();
    }
}
