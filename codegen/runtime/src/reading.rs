//! How strictly responses are checked against the API description.

/// How a response that deviates from the API description is decoded.
///
/// Servers may be older or newer than their description. Unknown fields, unknown enum values and unknown
/// variants of unions are never deviations. Deviations are returned by
/// [`Response::deviations`](super::Response::deviations), and logged with the feature `tracing`.
///
/// | In the JSON | `Strict` | `Lenient` | `Tolerant` |
/// |---|---|---|---|
/// | a required field is missing or `null`, and another required one is present | error | blank, reported | blank, reported |
/// | none of an object's required fields is present | error | error | error |
/// | the variant selected by a discriminator, or an item of an array of unions, can't be decoded | error | `UnknownValue`, reported | `UnknownValue`, reported |
/// | an optional field isn't of its type | error | error | `None`, reported |
/// | any other value isn't of its type | error | error | error |
///
/// Blank is `None`, an empty array or map, `""`, `0`, `false`, `UnknownValue("")`, or an object of such values:
/// what Smithy calls client error correction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// Each deviation is an error.
    Strict,
    /// Missing required fields are decoded as blank.
    #[default]
    Lenient,
    /// The same, and optional fields of another type are decoded as `None`.
    Tolerant,
}
