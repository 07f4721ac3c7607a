//! Requests as emitted code declares them.
//!
//! A request is a plain struct beside the methods of its resource. What the runtime has to know of
//! it is in a table of its own:
//!
//! ```text
//! requests::request! {
//!     List: "listPets" GET "/pets" -> json(types::PetPage),
//!         pages(items: types::Pet, token "page_token" = next_page);
//!     query "kind",
//!     query "tag" .explode(false),
//! }
//! ```
//!
//! The head says what the operation is called, where it goes and how its response is read: `json(T)`,
//! `optional(T)` (JSON or nothing), `value(T)` (any JSON, or nothing), `string(T)` (a string, as JSON
//! or as it is, by its `Content-Type`), `several(T)` (a type for each status and `Content-Type`),
//! `text`, `bytes` or `nothing`. Clauses follow where they say something: `accept` (else JSON),
//! `security` (else what most operations take), `server` (else the API's own), `redirects` (those that
//! are responses), `fields` (those of a form that are written in a style of their own) and `pages`, for
//! which see `paging.rs`.
//!
//! A row is a parameter, in the order in which they are sent: its location, its name, and how it is
//! written where that isn't the default of its location.
//!
//! The table implements [`Request`] for the struct, and adds the methods that all requests have.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "only an API has operations to make tables of"
)]

mod methods;
mod read;

pub use std::time::Duration;

pub use ::bytes::Bytes;

#[cfg(feature = "blocking")]
pub use super::blocking::block_on;
pub use super::body_stream::BodyStream;
pub use super::client::ClientCore;
pub use super::error::Error;
pub use super::operation::{Method, Operation, Parameter, USUAL_SECURITY};
pub use super::request::{Request, send_raw, send_streaming};
pub use super::request_builder::Builder;
pub use super::response::{Payload, Response};
pub use super::send_future::SendFuture;

pub use self::methods::{blocking, methods, options, raw};
pub use self::read::{Several, bytes, json, nothing, optional, several, string, text, value};

/// The call of a request to which nothing was given yet.
pub fn call<R: Request>(client: &ClientCore) -> Builder {
    Builder::new(client, &R::OPERATION)
}

/// What the runtime has to know of one request, and the methods that all requests have.
#[doc(hidden)]
#[macro_export]
macro_rules! request {
    (
        $request:ident:
        $id:literal $http:tt $path:literal -> $kind:ident $(($output:ty))?
        $(, accept $accept:literal)?
        $(, security $security:tt)?
        $(, server $server:literal)?
        $(, redirects $redirects:tt)?
        $(, fields($(.$style:ident($($field:literal),*))*))?
        $(, pages($($pages:tt)*))?;
        $($place:ident $name:literal $(.$set:ident($($setting:tt)*))*,)*
    ) => {
        impl requests::Request for $request {
            type Output = requests::output!($kind $($output)?);
            const OPERATION: requests::Operation = requests::Operation {
                id: $id,
                method: requests::method!($http),
                path: $path,
                parameters: &[$(requests::Parameter::$place($name)$(.$set($($setting)*))*,)*],
                accept: requests::accept!($($accept)?),
                security: requests::security!($($security)?),
                server: requests::server!($($server)?),
                fields: &[$($($(requests::Parameter::query($field).$style(),)*)*)?],
                redirects: &requests::redirects!($($redirects)?),
            };

            #[inline]
            fn from_builder(builder: requests::Builder) -> Self {
                Self(builder)
            }

            #[inline]
            fn into_builder(self) -> requests::Builder {
                self.0
            }

            #[inline]
            fn decode(payload: &requests::Payload) -> Result<Self::Output, requests::Error> {
                requests::$kind(payload)
            }
        }

        requests::methods! { $request -> requests::output!($kind $($output)?) }

        requests::pages! {
            [$($($pages)*)?] $request -> requests::output!($kind $($output)?)
        }
    };
}

/// The HTTP method of a request: one with a name, or the token of another.
#[doc(hidden)]
#[macro_export]
macro_rules! method {
    ($other:literal) => {
        requests::Method::of($other)
    };
    ($name:ident) => {
        requests::Method::$name
    };
}

/// The pagination of a request, where it has one.
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ([] $($rest:tt)*) => {};
    ([$($pages:tt)+] $request:ident -> $output:ty) => {
        paging::paged! { $request -> $output, $($pages)* }
    };
}

/// The type of a response.
#[doc(hidden)]
#[macro_export]
macro_rules! output {
    (optional $ty:ty) => { Option<$ty> };
    (nothing) => { () };
    (text) => { String };
    (bytes) => { requests::Bytes };
    ($kind:ident $ty:ty) => { $ty };
}

/// The media types that an operation accepts.
#[doc(hidden)]
#[macro_export]
macro_rules! accept {
    () => {
        "application/json"
    };
    ($accept:literal) => {
        $accept
    };
}

/// What credentials an operation takes.
#[doc(hidden)]
#[macro_export]
macro_rules! security {
    () => { requests::USUAL_SECURITY };
    ([$([$($scheme:literal),*]),*]) => { &[$(&[$($scheme),*]),*] };
}

/// The server of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! server {
    () => {
        None
    };
    ($server:literal) => {
        Some($server)
    };
}

/// The redirects that are responses of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! redirects {
    () => {
        []
    };
    ($redirects:tt) => {
        $redirects
    };
}

pub use {accept, method, output, pages, redirects, request, security, server};
