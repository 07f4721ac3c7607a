//! [`Decode`] for integers.

use super::{Decode, Fault, Hint, Input, Kind};

macro_rules! integers {
    ($($type:ident as $kind:ident,)*) => {$(
        impl Decode for $type {
            const HINT: &'static Hint = &Hint::of(Kind::$kind, stringify!($type));

            fn blank() -> Self {
                0
            }

            fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
                let value = found.integer(Self::MIN.into(), Self::MAX.into(), Self::HINT)?;
                // It is in range, which was checked.
                *self = Self::try_from(value).unwrap_or_default();
                Ok(())
            }
        }
    )*};
}

integers! {
    i32 as Int,
    i64 as Int,
    i128 as Int128,
    u32 as UInt,
    u64 as UInt,
}

/// The largest integer up to which floats are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Input<'_> {
    /// An integer within a range. A number with a fraction of zero is an integer as well (JSON Schema
    /// 2020-12 core, section 4.2.3): servers that use floats write them like this.
    // One type for all integers, so that it is compiled once.
    pub(super) fn integer(
        self,
        least: i128,
        most: i128,
        hint: &'static Hint,
    ) -> Result<i128, Fault> {
        let value = match self {
            Self::Int(value) => value,
            #[allow(
                clippy::cast_possible_truncation,
                reason = "it has no fraction, and is in range"
            )]
            Self::Float(value) if value.fract() == 0.0 && value.abs() <= EXACT => value as i128,
            _ => return Err(Fault::kind(hint)),
        };
        if value < least || value > most {
            return Err(Fault::range(format!("integer `{value}`"), hint));
        }
        Ok(value)
    }
}
