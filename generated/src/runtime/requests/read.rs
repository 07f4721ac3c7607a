//! How responses are read: a function for each kind that a table names.

use super::super::decode::Decode;
use super::{Error, Payload};

/// A response whose type depends on the status and the `Content-Type`.
pub trait Several: Sized {
    /// Reads the type that was documented for them.
    fn read(payload: &Payload) -> Result<Self, Error>;
}

/// Reads a response that is JSON.
pub fn json<T: Decode>(payload: &Payload) -> Result<T, Error> {
    payload.json()
}

/// Reads a response that is JSON, or empty.
pub fn optional<T: Decode>(payload: &Payload) -> Result<Option<T>, Error> {
    if payload.is_empty() {
        Ok(None)
    } else {
        payload.json().map(Some)
    }
}

/// Reads a response that is any JSON; an empty one is `null`.
pub fn value<T: Decode>(payload: &Payload) -> Result<T, Error> {
    payload.value()
}

/// Reads a response that is a string, by its `Content-Type`: as JSON, or as plain text.
pub fn string<T: Decode>(payload: &Payload) -> Result<T, Error> {
    payload.string()
}

/// Reads a response by its status and `Content-Type`.
pub fn several<T: Several>(payload: &Payload) -> Result<T, Error> {
    T::read(payload)
}

/// Reads a response that is plain text.
pub fn text(payload: &Payload) -> Result<String, Error> {
    payload.text()
}

/// Returns the body as it was received.
#[allow(
    clippy::unnecessary_wraps,
    reason = "as the other ways to read a response"
)]
pub fn bytes(payload: &Payload) -> Result<bytes::Bytes, Error> {
    Ok(payload.bytes())
}

/// Ignores whatever the body holds.
#[allow(
    clippy::unnecessary_wraps,
    reason = "as the other ways to read a response"
)]
pub fn nothing(_: &Payload) -> Result<(), Error> {
    Ok(())
}
