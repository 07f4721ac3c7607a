//! The runtime of emitted clients: everything that doesn't depend on the API description.
//!
//! The generator copies these modules, unchanged, into `src/runtime/` of every crate that it
//! emits; here they are compiled, linted and tested once for all of them.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), allow(dead_code, reason = "it is called by emitted code"))]

mod argument;
mod assemble;
mod attempt;
mod base64;
mod base64_url;
mod base_url;
mod basic;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "blocking")]
mod blocking_pages;
mod body;
mod body_stream;
mod builder;
mod calendar;
mod call;
mod cause;
mod client;
mod connections;
mod content;
mod content_length;
mod credential;
mod cursor;
mod custom;
mod date;
mod date_time;
mod deadline;
mod decimal;
mod decode;
mod decode_body;
mod deviation;
mod encode;
mod encoded_bytes;
mod environment;
mod error;
mod error_kind;
mod error_text;
mod event_text;
mod events;
mod execute;
mod external;
mod finite;
mod header;
mod header_value;
mod items;
mod json_path;
mod key_rotation;
mod keyring;
mod link_header;
mod media_type;
#[cfg(feature = "test-util")]
mod mock;
mod multipart;
mod no_retry;
mod nullable;
mod number;
mod open_enum;
mod operation;
mod page_body;
mod page_token;
mod page_url;
mod pages;
mod paging;
mod path;
mod profile;
mod query;
mod random;
mod raw_response;
mod reading;
mod received;
mod redact;
mod redirect;
mod redirection;
mod request;
mod request_builder;
mod request_defaults;
mod requests;
mod response;
mod response_body;
mod retry;
mod retry_after;
mod retry_budget;
mod send_future;
mod shared_future;
mod tables;
mod tls;
mod token_provider;
mod trace;
mod transport;
mod tree;
mod union;
mod upload;
mod urlencoded;
mod variables;
mod waiting;
mod waiting_defaults;

/// The module of this name in emitted crates.
#[cfg(test)]
mod types {
    pub(crate) const READING: super::Reading = super::Reading::Lenient;
}

#[cfg(test)]
mod tests;

pub use base64::Base64;
pub use base64_url::Base64Url;
#[cfg(feature = "blocking")]
pub use blocking_pages::{BlockingItems, BlockingPages};
pub use body_stream::BodyStream;
pub use builder::ClientBuilder;
pub use client::Client;
pub use credential::Token;
pub use custom::CustomRequest;
pub use date::Date;
pub use date_time::DateTime;
pub use decimal::Decimal;
pub use deviation::Deviation;
pub use error::Error;
pub use events::Events;
pub use items::ItemStream;
#[cfg(feature = "test-util")]
pub use mock::{Expectation, MockResponse, MockTransport, SentRequest};
pub use nullable::Nullable;
pub use pages::{PageStream, PagedRequest};
pub use reading::Reading;
pub use redirection::Redirection;
pub use request::Request;
pub use response::Response;
pub use retry::{AttemptOutcome, FailedAttempt, RetryDecision, RetryPolicy};
pub use send_future::SendFuture;
pub use transport::{Transport, TransportError, TransportFuture};
pub use upload::Upload;
