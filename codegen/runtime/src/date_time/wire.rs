//! Date-times as fields and as parameters.

use super::super::argument::Scalar;
use super::super::decode::{Decode, Fault, Hint, Input, Kind};
use super::DateTime;

impl Decode for DateTime {
    const HINT: &'static Hint = &Hint::of(Kind::StringOrJson, "DateTime");

    fn blank() -> Self {
        Self::as_received("")
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        self.0.put(found, Self::HINT)
    }
}

impl Scalar for DateTime {
    fn into_text(self) -> String {
        self.as_str().to_owned()
    }
}
