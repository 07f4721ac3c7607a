//! How numbers are written.

use std::fmt::{Display, LowerExp};
use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// The distance from zero from which on floats are written with an exponent, as ECMAScript does
/// (ECMA-262, 6.1.6.1.20), and with it the JSON of JavaScript and Go.
const LARGE: f64 = 1e21;

/// The distance from zero below which they are.
const SMALL: f64 = 1e-6;

/// What is said of a number that JSON has nothing for.
pub(crate) const NOT_FINITE: &str = "is not a finite number, and can't be sent";

/// A finite float in the shortest form that reads back as the same number: `2`, not `2.0`, for servers
/// that count in integers refuse the latter.
pub(crate) fn text(value: f64) -> String {
    write(value.abs(), value)
}

/// The same for a float of 32 bits.
pub(crate) fn text_of_single(value: f32) -> String {
    write(value.abs().into(), value)
}

/// The number, given its distance from zero.
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
    // As large as `serde_json` begins with.
    let mut json = Vec::with_capacity(128);
    value.serialize(&mut Serializer::with_formatter(&mut json, Shortest))?;
    Ok(json)
}

/// Writes JSON without white space, and floats in their shortest form.
struct Shortest;

impl Formatter for Shortest {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // Most floats have a fraction and a usual size, which the usual way writes the same, and faster.
        let size = value.abs();
        if value.fract() != 0.0 && size >= 1e-3 {
            return CompactFormatter.write_f64(writer, value);
        }
        writer.write_all(text(value).as_bytes())
    }

    fn write_f32<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        writer.write_all(text_of_single(value).as_bytes())
    }
}
