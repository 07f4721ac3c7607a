//! The emitted client against a real server on loopback, beyond what its contract says: what goes over
//! the wire, and what the caller gets for what comes back.

mod bodies;
mod connections;
mod malformed_responses;
mod options;
mod queries;
mod redirects;
mod requests;
mod tls;
