//! Instants as fields and as parameters.

use serde::Deserializer;

use super::super::argument::Scalar;
use super::super::decode::{Decode, borrowed_text};
use super::DateTime;

impl Decode for DateTime {
    fn blank() -> Self {
        Self::as_received("")
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        let take = &mut |text: &str| *self = Self::as_received(text);
        borrowed_text("DateTime", take, deserializer)
    }
}

impl Scalar for DateTime {
    fn into_text(self) -> String {
        self.as_str().to_owned()
    }
}
