//! [`Decode`] for whole numbers.

use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};

use super::Decode;

macro_rules! whole {
    ($($type:ident by $hint:ident,)*) => {$(
        impl Decode for $type {
            fn blank() -> Self {
                0
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                let whole = Whole {
                    name: stringify!($type),
                    least: Self::MIN.into(),
                    most: Self::MAX.into(),
                };
                match deserializer.$hint(whole).map(Self::try_from) {
                    Ok(value) => {
                        // What doesn't fit has been refused.
                        *self = value.unwrap_or_default();
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            }
        }
    )*};
}

whole! {
    i32 by deserialize_i32,
    i64 by deserialize_i64,
    i128 by deserialize_i128,
    u32 by deserialize_u32,
    u64 by deserialize_u64,
}

/// The largest number up to which a float holds every whole number, and so is the one that was
/// written.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a whole number. One that is written with a fraction of zero is a whole number, too (JSON
/// Schema 2020-12 core, section 4.2.3): servers that count in floats write them so.
///
/// Whatever the type, so that it is compiled once for all of them.
struct Whole {
    name: &'static str,
    least: i128,
    most: i128,
}

impl Visitor<'_> for Whole {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i128, E> {
        self.visit_i128(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i128, E> {
        self.visit_i128(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<i128, E> {
        if value < self.least || value > self.most {
            let found = format!("integer `{value}`");
            return Err(E::invalid_value(Unexpected::Other(&found), &self));
        }
        Ok(value)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<i128, E> {
        match i128::try_from(value) {
            Ok(value) => self.visit_i128(value),
            Err(_) => Err(E::invalid_value(
                Unexpected::Other("integer of 128 bits"),
                &self,
            )),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i128, E> {
        if value.fract() == 0.0 && value.abs() <= EXACT {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "it has no fraction, and fits"
            )]
            return self.visit_i128(value as i128);
        }
        Err(E::invalid_type(Unexpected::Float(value), &self))
    }
}
