//! Types that aren't generated: of other crates, or written by hand.
//!
//! They are decoded and encoded by their own `Deserialize` and `Serialize`, from the JSON value as it came: a
//! number with all its digits. A line says what kind of value that is, and how a missing one is made:
//!
//! ```text
//! external::external! { uuid::Uuid: string, "uuid::Uuid" }
//! external::external! { url::Url: string, "url::Url", blank crate::custom::no_url }
//! ```

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "few APIs have such types"
)]

use serde::Deserialize;
use serde::de::{DeserializeOwned, IntoDeserializer as _};

use super::decode::{Decode, Fault, Input};

/// Lets fields have a type that isn't generated.
#[doc(hidden)]
#[macro_export]
macro_rules! external {
    ($type:ty: $kind:ident, $name:literal $(, blank $blank:path)?) => {
        impl tables::Decode for $type {
            const HINT: &'static tables::Hint =
                &tables::Hint::of(external::kind!($kind), $name);

            fn blank() -> Self {
                external::blank!($($blank)?)
            }

            fn put(
                &mut self,
                found: tables::Input<'_>,
            ) -> ::std::result::Result<(), tables::Fault> {
                external::put(self, found)
            }
        }
    };
}

/// The kind of JSON value for a word.
#[doc(hidden)]
#[macro_export]
macro_rules! kind {
    (string) => {
        tables::Kind::String
    };
    (number) => {
        tables::Kind::Digits
    };
    (boolean) => {
        tables::Kind::Boolean
    };
    (json) => {
        tables::Kind::Json
    };
}

/// The value of a missing field.
#[doc(hidden)]
#[macro_export]
macro_rules! blank {
    () => {
        ::std::default::Default::default()
    };
    ($blank:path) => {
        $blank()
    };
}

pub use {blank, external, kind};

/// Decodes what was found by the type's own `Deserialize`.
pub fn put<T: DeserializeOwned + Decode>(place: &mut T, found: Input<'_>) -> Result<(), Fault> {
    let read: Result<T, serde_json::Error> = match found {
        Input::String(text) => T::deserialize(text.into_deserializer()),
        Input::Digits(text) => serde_json::from_str(text),
        Input::Boolean(value) => T::deserialize(value.into_deserializer()),
        Input::Json(value) => serde_json::from_value(value),
        _ => return Err(Fault::kind(T::HINT)),
    };
    match read {
        Ok(value) => {
            *place = value;
            Ok(())
        }
        Err(error) => Err(Fault::message(format!("invalid {}: {error}", T::HINT.name))),
    }
}
