//! What the tests over sockets share: a server on loopback, and what a call starts from. The tests
//! are in the files beside `src`.

#![allow(
    clippy::missing_panics_doc,
    reason = "where a helper panics, a test fails, as it should"
)]

pub mod by_hand;
pub mod sample;
pub mod server;
