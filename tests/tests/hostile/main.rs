//! The emitted client against servers that are broken, or mean harm.
//!
//! Whatever comes over the socket, a call ends within its limits of time and memory, in the right
//! result or in an error that says what came, on one line, without the secrets that were sent.

mod compressed;
mod connections;
mod framing;
mod harness;
mod heads;
mod informational;
mod json;
mod redirects;
mod retry_after;
mod secrets;
mod server;
mod sizes;
mod statuses;
mod successes;
