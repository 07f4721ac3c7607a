//! The part of an emitted client that no API description changes.
//!
//! The generator copies these modules, unchanged, into `src/runtime/` of every crate that it
//! emits; here they are compiled, linted and tested once for all of them.

#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    allow(dead_code, reason = "the machinery is called by emitted code")
)]

mod argument;
mod assemble;
mod base_url;
mod body;
mod bucket;
mod builder;
mod call;
mod client;
mod date_time;
mod deadline;
mod decode;
mod encode;
mod error;
mod error_kind;
mod error_text;
mod execute;
mod header;
mod items;
mod json_path;
mod link_header;
mod nullable;
mod open_enum;
mod operation;
mod page_marks;
mod page_url;
mod pages;
mod path;
mod profile;
mod query;
mod random;
mod redirect;
mod request;
mod response;
mod retry;
mod retry_after;
mod scrub;
mod tls;
mod waiting;

#[cfg(test)]
mod tests;

pub use builder::ClientBuilder;
pub use client::Client;
pub use date_time::DateTime;
pub use error::Error;
pub use items::Items;
pub use nullable::Nullable;
pub use pages::Pages;
pub use request::Request;
pub use response::Response;
pub use waiting::Waiting;
