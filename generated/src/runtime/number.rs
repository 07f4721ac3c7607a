//! Formatting numbers.

use std::fmt::{Display, LowerExp};
use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// The magnitude from which floats are written with an exponent, as in ECMAScript (ECMA-262, 6.1.6.1.20),
/// and in the JSON of JavaScript and Go.
const LARGE: f64 = 1e21;

/// The magnitude below which floats are written with an exponent.
const SMALL: f64 = 1e-6;

/// The message about a NaN or an infinity, which JSON can't represent.
pub(crate) const NOT_FINITE: &str = "is not a finite number, and can't be sent";

/// A finite float in its shortest form that parses as the same number: `2`, not `2.0`, which servers with
/// an integer type reject.
pub fn text(value: f64) -> String {
    write(value.abs(), value)
}

/// The same for an `f32`.
pub(crate) fn text_f32(value: f32) -> String {
    write(value.abs().into(), value)
}

/// Formats a number, given its magnitude.
fn write(size: f64, value: impl Display + LowerExp) -> String {
    if size >= LARGE {
        format!("{value:e}").replace('e', "e+")
    } else if size != 0.0 && size < SMALL {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// A value as JSON, its floats in their shortest form.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    // The initial capacity of `serde_json`.
    let mut json = Vec::with_capacity(128);
    value.serialize(&mut Serializer::with_formatter(&mut json, Shortest))?;
    Ok(json)
}

/// Writes JSON without whitespace, and floats in their shortest form.
struct Shortest;

impl Formatter for Shortest {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // The default formatter writes most floats the same, and faster.
        let size = value.abs();
        if value.fract() != 0.0 && size >= 1e-3 {
            return CompactFormatter.write_f64(writer, value);
        }
        writer.write_all(text(value).as_bytes())
    }

    fn write_f32<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        writer.write_all(text_f32(value).as_bytes())
    }
}
