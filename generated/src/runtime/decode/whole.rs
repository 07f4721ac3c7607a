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
                match deserializer.$hint(Whole(stringify!($type))) {
                    Ok(value) => match Self::try_from(value) {
                        Ok(value) => {
                            *self = value;
                            Ok(())
                        }
                        Err(_) => Err(beyond(value, stringify!($type))),
                    },
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

#[cold]
fn beyond<E: de::Error>(value: i128, name: &'static str) -> E {
    let found = format!("integer `{value}`");
    E::invalid_value(Unexpected::Other(&found), &name)
}

/// Reads a whole number. One that is written with a fraction of zero is a whole number, too (JSON
/// Schema 2020-12 core, section 4.2.3): servers that count in floats write them so.
///
/// Whatever the type, so that it is compiled once for all of them.
struct Whole(&'static str);

impl Visitor<'_> for Whole {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_i64<E>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<i128, E> {
        Ok(value)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<i128, E> {
        value
            .try_into()
            .map_err(|_| E::invalid_value(Unexpected::Other("integer of 128 bits"), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i128, E> {
        // 2^127 is a little more.
        let most = 1.7e38;
        if value.fract() == 0.0 && value.abs() < most {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "it has no fraction, and fits"
            )]
            return Ok(value as i128);
        }
        Err(E::invalid_type(Unexpected::Float(value), &self))
    }
}
