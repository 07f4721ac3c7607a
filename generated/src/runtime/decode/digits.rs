//! Values whose numbers keep their digits.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::super::json_path;
use super::raw::Text;
use super::source::{NUMBER, failed, kind_of, message, take};
use super::{Fault, Source};

/// Calls `work` with a value; a number has its digits.
pub(super) fn take_exactly<'de, D: Deserializer<'de>>(
    deserializer: D,
    work: &mut dyn FnMut(Source<'_>) -> Result<(), Fault>,
) -> Result<(), D::Error> {
    let Text(text) = Text::deserialize(deserializer)?;
    if kind_of(&text) == NUMBER {
        let value: Value = serde_json::from_str(&text).map_err(D::Error::custom)?;
        return work(Source::Digits(&text, &value)).map_err(failed);
    }
    let mut inner = serde_json::Deserializer::from_str(&text);
    take(&mut inner, work).map_err(|error| {
        let path = json_path::locate(text.as_bytes(), error.line(), error.column());
        let at = if path.is_empty() { "" } else { "at " };
        let colon = if path.is_empty() { "" } else { ": " };
        D::Error::custom(format_args!("{at}{path}{colon}{}", message(&error)))
    })
}
