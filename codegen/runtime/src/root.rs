//! The root of the modules, as an emitted crate has them in `src/runtime/mod.rs`.

pub mod argument;
pub mod assemble;
pub mod attempt;
pub mod base64;
pub mod base64_url;
pub mod base_url;
pub mod basic;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "blocking")]
pub mod blocking_pages;
pub mod body;
pub mod body_stream;
pub mod builder;
pub mod calendar;
pub mod call;
pub mod cause;
pub mod client;
pub mod client_methods;
pub mod connections;
pub mod content;
pub mod content_length;
pub mod credential;
pub mod cursor;
pub mod custom;
pub mod date;
pub mod date_time;
pub mod deadline;
pub mod decimal;
pub mod decode;
pub mod decode_body;
pub mod deviation;
pub mod encode;
pub mod encoded_bytes;
pub mod environment;
pub mod error;
pub mod error_kind;
pub mod error_text;
pub mod event_parts;
pub mod event_text;
pub mod events;
pub mod execute;
pub mod external;
pub mod finite;
#[cfg(feature = "test-util")]
pub mod har;
pub mod header;
pub mod header_value;
pub mod items;
pub mod json_path;
pub mod key_rotation;
pub mod keyring;
pub mod link_header;
pub mod media_type;
#[cfg(feature = "test-util")]
pub mod mock;
pub mod multipart;
pub mod no_retry;
pub mod nullable;
pub mod number;
pub mod open_enum;
pub mod operation;
pub mod page_body;
pub mod page_token;
pub mod page_url;
pub mod pages;
pub mod paging;
pub mod part_head;
pub mod path;
pub mod profile;
pub mod query;
pub mod random;
pub mod raw_response;
pub mod reading;
pub mod received;
#[cfg(feature = "test-util")]
pub mod recording;
pub mod redact;
pub mod redirect;
pub mod redirection;
pub mod request;
pub mod request_builder;
pub mod request_defaults;
pub mod requests;
pub mod response;
pub mod response_body;
pub mod retry;
pub mod retry_after;
pub mod retry_budget;
pub mod send_future;
pub mod shared_future;
pub mod tables;
pub mod tls;
pub mod token_provider;
pub mod trace;
pub mod transport;
pub mod tree;
pub mod union;
pub mod upload;
pub mod urlencoded;
pub mod variables;
pub mod waiting;
pub mod waiting_defaults;
pub mod xml;

#[cfg(test)]
mod tests;

pub use base64::Base64;
pub use base64_url::Base64Url;
#[cfg(feature = "blocking")]
pub use blocking_pages::{BlockingItems, BlockingPages};
pub use body_stream::BodyStream;
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
#[cfg(feature = "test-util")]
pub use recording::{Recording, RecordingTransport};
pub use redirection::Redirection;
pub use request::Request;
pub use response::Response;
pub use retry::{AttemptOutcome, FailedAttempt, RetryDecision, RetryPolicy};
pub use send_future::SendFuture;
pub use transport::{Transport, TransportError, TransportFuture};
pub use upload::Upload;

// Named by emitted code, and by nobody else.
#[doc(hidden)]
pub use {
    builder::BuilderCore,
    call::Call,
    client::ClientCore,
    cursor::Paging,
    event_text::EventFormat,
    multipart::Form,
    operation::{Method, Operation, Parameter, Style},
    profile::{Auth, ClientParameter, Profile, Scheme},
    response::Payload,
    waiting::PollOptions,
};
