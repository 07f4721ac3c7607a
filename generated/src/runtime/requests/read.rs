//! How responses are read: a function for each word that a table has for it.

use super::{Decode, Error, Payload};

/// A response whose type depends on the status and the `Content-Type`.
pub(crate) trait Several: Sized {
    /// Reads the type that was documented for them.
    fn read(payload: &Payload) -> Result<Self, Error>;
}

/// Reads an answer that is JSON.
pub(crate) fn json<T: Decode>(payload: &Payload) -> Result<T, Error> {
    payload.json()
}

/// Reads an answer that is JSON, or nothing.
pub(crate) fn optional<T: Decode>(payload: &Payload) -> Result<Option<T>, Error> {
    if payload.is_empty() {
        Ok(None)
    } else {
        payload.json().map(Some)
    }
}

/// Reads a response that is any JSON; none at all is `null`.
pub(crate) fn value<T: Decode>(payload: &Payload) -> Result<T, Error> {
    payload.value()
}

/// Reads a response that is a text, by its `Content-Type`: JSON holds it as a string.
pub(crate) fn string<T: Decode>(payload: &Payload) -> Result<T, Error> {
    payload.string()
}

/// Reads an answer by its status.
pub(crate) fn several<T: Several>(payload: &Payload) -> Result<T, Error> {
    T::read(payload)
}

/// Reads an answer that is text.
pub(crate) fn text(payload: &Payload) -> Result<String, Error> {
    payload.text()
}

/// Takes an answer as it is.
#[allow(
    clippy::unnecessary_wraps,
    reason = "as the other ways to read an answer"
)]
pub(crate) fn bytes(payload: &Payload) -> Result<bytes::Bytes, Error> {
    Ok(payload.bytes())
}

/// Passes over whatever the answer holds.
#[allow(
    clippy::unnecessary_wraps,
    reason = "as the other ways to read an answer"
)]
pub(crate) fn nothing(_: &Payload) -> Result<(), Error> {
    Ok(())
}
