//! The emitted client against a real server on loopback: what goes over the wire, and what the caller
//! gets for what comes back.

mod base_url;
mod bodies;
mod contract;
mod environment;
mod garbage;
mod keys;
mod options;
mod pages_and_waits;
mod path_values;
mod queries;
mod redirects;
mod requests;
mod retries;
mod sample;
mod secrets;
mod server;
mod statuses;
mod timeouts;
