//! Enums, which are a text or an integer on the wire.

use super::super::open_enum::{OpenEnum, OpenInteger};
use super::{Decode, Fault, Input};

/// Takes the value of an enum of texts. Every text is a value: an unknown one is kept.
pub(crate) fn text<E: OpenEnum + Decode>(slot: &mut E, found: Input<'_>) -> Result<(), Fault> {
    *slot = E::from(found.text(E::HINT)?);
    Ok(())
}

/// Takes the value of an enum of integers. Every integer is a value: an unknown one is kept.
pub(crate) fn integer<E: OpenInteger + Decode>(
    slot: &mut E,
    found: Input<'_>,
) -> Result<(), Fault> {
    let value = found.whole(i64::MIN.into(), i64::MAX.into(), E::HINT)?;
    // What doesn't fit has been refused.
    *slot = E::from(i64::try_from(value).unwrap_or_default());
    Ok(())
}
