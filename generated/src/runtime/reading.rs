//! How strictly JSON is held against the API's description.

/// What becomes of a response that isn't quite what the API documents.
///
/// Servers are older or newer than their description. Whatever the level, unknown fields, unknown
/// values of enums and unknown variants of unions are no deviation; what is one is told by
/// [`Response::deviations`](super::Response::deviations), and logged where the feature `tracing` is on.
///
/// | in JSON | `Strict` | `Lenient` | `Tolerant` |
/// |---|---|---|---|
/// | a required field is missing or `null`, and another required one is there | error | blank, told | blank, told |
/// | none of an object's required fields is there | error | error | error |
/// | a variant that the tag names, or an item of a list of unions, can't be read | error | `UnknownValue`, told | `UnknownValue`, told |
/// | an optional field doesn't fit its type | error | error | `None`, told |
/// | anything else doesn't fit | error | error | error |
///
/// Blank is `None`, an empty list or map, `""`, `0`, `false`, `UnknownValue("")`, or an object of
/// blanks: what Smithy calls client error correction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// Each deviation is an error.
    Strict,
    /// What is missing is read as blank.
    #[default]
    Lenient,
    /// The same, and what is optional and doesn't fit is read as `None`.
    Tolerant,
}
