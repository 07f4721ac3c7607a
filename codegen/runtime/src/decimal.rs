//! Decimal numbers that keep their digits (OpenAPI Format Registry, `decimal` and `decimal128`).

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::argument::Scalar;
use super::decode::{self, Decode, Fault, Hint, Input, Kind};
use super::error::Error;
use super::number;
use super::reading::Reading;

/// A decimal number with any number of digits.
///
/// The number is kept as it is written in JSON, so that no digit is lost and it is serialized unchanged:
/// the amount `0.10` stays `0.10`. It is sent as a JSON number, not as a string.
///
/// Integers convert with `into()`, strings with [`Decimal::parse`], and floats with `try_from`. Convert
/// decimal types of other crates by way of a string.
///
/// # Comparison
///
/// Decimals are compared by their numeric value: `1.50` equals `1.5` and `15e-1`.
#[derive(Clone)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// Parses a JSON number (RFC 8259 section 6), such as `-12.50` or `1e-9`.
    ///
    /// # Errors
    ///
    /// Returns an error with [`Error::is_invalid_input`] for any other string.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if is_number(text) {
            return Ok(Self(text.into()));
        }
        let shown: String = text.escape_debug().take(64).collect();
        Err(Error::invalid_input(format!(
            "invalid decimal `{shown}`: expected a JSON number, such as 12.50, -3 or 1e-9"
        )))
    }

    /// Returns the number as a string, as received or given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest float, which is infinite beyond the range of floats.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // Each JSON number is a valid float in Rust.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The key of comparison, equality and hash.
    fn key(&self) -> Key<'_> {
        let (is_negative, size) = match self.0.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, &*self.0),
        };
        let (digits, exponent) = size.split_once(['e', 'E']).unwrap_or((size, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        // Below 1, zeros precede the first digit.
        let (fraction, zeros) = match whole {
            "" => {
                let digits = fraction.trim_start_matches('0');
                (digits, fraction.len() - digits.len())
            }
            _ => (fraction, 0),
        };
        let whole = match fraction {
            "" => (whole.trim_end_matches('0'), whole.len()),
            _ => (whole, whole.len()),
        };
        // No string is longer than `i128` can count.
        let scale = i128::try_from(whole.1).unwrap_or(0) - i128::try_from(zeros).unwrap_or(0);
        let exponent = exponent
            .parse::<i64>()
            .unwrap_or(match exponent.strip_prefix('-') {
                Some(_) => i64::MIN,
                None => i64::MAX,
            });
        if whole.0.is_empty() && fraction.is_empty() {
            return Key::default();
        }
        Key {
            sign: if is_negative { -1 } else { 1 },
            scale: scale + i128::from(exponent),
            digits: (whole.0, fraction),
        }
    }
}

/// A number as `0.digits * 10^scale`; all fields are zero for zero.
#[derive(Default)]
struct Key<'a> {
    sign: i8,
    scale: i128,
    /// The digits before and after the point, without leading and trailing zeros.
    digits: (&'a str, &'a str),
}

impl Key<'_> {
    fn digits(&self) -> impl Iterator<Item = u8> {
        self.digits.0.bytes().chain(self.digits.1.bytes())
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.0 == other.0 {
            return Ordering::Equal;
        }
        let (left, right) = (self.key(), other.key());
        left.sign.cmp(&right.sign).then_with(|| {
            let by_size = left
                .scale
                .cmp(&right.scale)
                .then_with(|| left.digits().cmp(right.digits()));
            if left.sign < 0 {
                by_size.reverse()
            } else {
                by_size
            }
        })
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let key = self.key();
        (key.sign, key.scale).hash(state);
        for digit in key.digits() {
            state.write_u8(digit);
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decimal").field(&self.as_str()).finish()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Decimal {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.0.into()
    }
}

impl FromStr for Decimal {
    type Err = Error;

    /// The same as [`Decimal::parse`].
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Decimal {
    type Error = Error;

    /// The same as [`Decimal::parse`].
    fn try_from(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<f64> for Decimal {
    type Error = Error;

    /// The shortest number that parses as the same float. NaN and infinities are errors.
    fn try_from(value: f64) -> Result<Self, Error> {
        if value.is_finite() {
            return Ok(Self(number::text(value).into()));
        }
        let message = format!("`{value}` {}", number::NOT_FINITE);
        Err(Error::invalid_input(message))
    }
}

macro_rules! from_integers {
    ($($type:ident),*) => {$(
        impl From<$type> for Decimal {
            fn from(value: $type) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integers!(
    i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

impl Serialize for Decimal {
    /// A number with all its digits in JSON, and the nearest number in other formats.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer, Reading::default())
    }
}

impl Decode for Decimal {
    const HINT: &'static Hint = &Hint::of(Kind::Digits, "Decimal");

    fn blank() -> Self {
        Self("0".into())
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        match found {
            Input::Digits(text) if is_number(text) => {
                *self = Self(text.into());
                Ok(())
            }
            _ => Err(Fault::kind(Self::HINT)),
        }
    }
}

impl Scalar for Decimal {
    fn into_text(self) -> String {
        self.0.into()
    }
}

/// Whether a string is a JSON number.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let size = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match size.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (size, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|it| digits(it.strip_prefix(['+', '-']).unwrap_or(it)))
}
