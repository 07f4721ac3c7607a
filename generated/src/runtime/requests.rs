//! Tables of operations, and how a method of a resource begins a request.
//!
//! Emitted code has one table an operation:
//!
//! ```text
//! requests::request! {
//!     List(ListEndpoint) by Pets::list: "listPets" GET "/pets" -> json(types::PetPage),
//!         pages(items: types::Pet, token "page_token" = next_page);
//!     /// Only pets of this kind.
//!     query kind(into types::Kind),
//!     /// Only pets with one of these tags.
//!     query tags(each String) = "tag" .explode(false),
//! }
//! ```
//!
//! The head says that `List` is the request that the method `Pets::list` makes, what the operation is
//! called, where it goes and what it answers: `json(T)`, `optional(T)` (JSON or nothing), `value(T)`
//! (any JSON, or nothing), `string(T)` (a text, as JSON or as it is, by its `Content-Type`),
//! `several(T)` (a type for each status and `Content-Type`), `text`, `bytes` or `nothing`. Clauses
//! follow where they say something: `accept` (else JSON), `security` (else what most operations
//! take), `server` (else the API's own), `redirects` (those that are responses), and `pages`, for which see `paging.rs`.
//!
//! A row is a parameter, in the order in which they are sent, with its type and, where that differs,
//! its name on the wire. One with a type has a setter, which takes the type as it is, what is made
//! `into` it, or what gives `each` of a list; `json` is a type without a text of its own. One without
//! a type is an argument of the method. The row `<-` is the body: the setter of one that may be left
//! out, and the fields of a form that are written in a style of their own.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "only an API has operations to make tables of"
)]

mod read;

pub(crate) use super::argument::{IntoArgument, Scalar};
pub(crate) use super::call::{Call, Items};
pub(crate) use super::client::Client;
pub(crate) use super::decode::Decode;
pub(crate) use super::draft::Draft;
pub(crate) use super::error::Error;
pub(crate) use super::operation::{Endpoint, Method, Operation, Parameter, USUAL_SECURITY};
pub(crate) use super::request::Request;
pub(crate) use super::response::Payload;

pub(crate) use self::read::{
    Several, bytes, json, nothing, optional, several, string, text, value,
};

/// One operation: its request with the setters, and what the runtime has to know of it.
macro_rules! request {
    (
        $request:ident($endpoint:ident) by $handle:ident::$method:ident:
        $id:literal $http:ident $path:literal $(as $shown:literal)? -> $kind:ident $(($output:ty))?
        $(, accept $accept:literal)?
        $(, security $security:tt)?
        $(, server $server:literal)?
        $(, redirects $redirects:tt)?
        $(, pages($($pages:tt)*))?;
        $(
            $(#[$attribute:meta])*
            $(
                $place:ident $name:ident $(($($ty:tt)*))? $(= $wire:literal)?
                $(.$set:ident($($setting:tt)*))*
            )?
            $(
                <- $content:ident $($body:ident($($made:tt)*))? $(= $media:literal)?
                $(.$style:ident($($field:literal),*))*
            )?
        ),+
    ) => {
        #[doc = concat!(
            "A call of ", requests::route!($http $path $($shown)?), ", made by [`",
            stringify!($handle), "::", stringify!($method), "`]."
        )]
        pub type $request = requests::Request<$endpoint>;

        #[doc = concat!(
            "Stands for ", requests::route!($http $path $($shown)?), " in [`",
            stringify!($request), "`]."
        )]
        #[derive(Debug)]
        pub enum $endpoint {}

        impl requests::Endpoint for $endpoint {
            type Output = requests::output!($kind $($output)?);
            const OPERATION: requests::Operation = requests::Operation {
                id: $id,
                method: requests::Method::$http,
                path: $path,
                parameters: &[$($(
                    requests::Parameter::$place(requests::wire!($name $($wire)?))
                        $(.$set($($setting)*))*,
                )?)+],
                accept: requests::accept!($($accept)?),
                security: requests::security!($($security)?),
                server: requests::server!($($server)?),
            };
            const FIELDS: &'static [requests::Parameter] = &[
                $($($($(requests::Parameter::query($field).$style(),)*)*)?)+
            ];

            $(const REDIRECTS: &'static [u16] = &$redirects;)?

            fn decode(payload: &requests::Payload) -> Result<Self::Output, requests::Error> {
                requests::$kind(payload)
            }
        }

        requests::setters! {
            $request($endpoint);
            $(
                $(#[$attribute])*
                $($place $name $(($($ty)*))? $(= $wire)?)?
                $(<- $content $($body($($made)*))? $(= $media)?)?
            ),+
        }

        $(paging::paged! { $endpoint, $($pages)* })?
    };
}

/// The setters of a request, as rows of [`request!`] have them.
macro_rules! setters {
    ($request:ident($endpoint:ident); $(
        $(#[$attribute:meta])*
        $($place:ident $name:ident $(($($ty:tt)*))? $(= $wire:literal)?)?
        $(<- $content:ident $($body:ident($($made:tt)*))? $(= $media:literal)?)?
    ),+) => {
        impl $request {
            $(requests::setter! {
                $(#[$attribute])*
                $($(($($ty)*))? $place $name (requests::wire!($name $($wire)?)))?
                $($(($($made)*) $body)? <- $endpoint $content ($($media)?))?
            })+
        }
    };
}

/// One setter, if there is one: its type stands first.
macro_rules! setter {
    () => {};
    ($(#[$attribute:meta])* $place:ident $name:ident ($wire:expr)) => {};
    ($(#[$attribute:meta])* <- $($rest:tt)*) => {};
    ($(#[$attribute:meta])* (json into $ty:ty) $place:ident $name:ident ($wire:expr)) => {
        $(#[$attribute])*
        pub fn $name(mut self, value: impl Into<$ty>) -> Self {
            self.call.in_json::<$ty>(requests::Parameter::$place($wire), value);
            self
        }
    };
    ($(#[$attribute:meta])* (json each $ty:ty) $place:ident $name:ident ($wire:expr)) => {
        $(#[$attribute])*
        pub fn $name(mut self, value: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            let value: Vec<$ty> = value.into_iter().map(Into::into).collect();
            self.call.in_json::<Vec<$ty>>(requests::Parameter::$place($wire), value);
            self
        }
    };
    ($(#[$attribute:meta])* (json $ty:ty) $place:ident $name:ident ($wire:expr)) => {
        $(#[$attribute])*
        pub fn $name(mut self, value: $ty) -> Self {
            self.call.in_json::<$ty>(requests::Parameter::$place($wire), value);
            self
        }
    };
    ($(#[$attribute:meta])* (into $ty:ty) $place:ident $name:ident ($wire:expr)) => {
        $(#[$attribute])*
        pub fn $name(mut self, value: impl Into<$ty>) -> Self {
            self.call.$place::<$ty>($wire, value);
            self
        }
    };
    ($(#[$attribute:meta])* (each $ty:ty) $place:ident $name:ident ($wire:expr)) => {
        $(#[$attribute])*
        pub fn $name(mut self, value: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            let value: Vec<$ty> = value.into_iter().map(Into::into).collect();
            self.call.$place::<Vec<$ty>>($wire, value);
            self
        }
    };
    ($(#[$attribute:meta])* ($ty:ty) $place:ident $name:ident ($wire:expr)) => {
        $(#[$attribute])*
        pub fn $name(mut self, value: $ty) -> Self {
            self.call.$place::<$ty>($wire, value);
            self
        }
    };
    ($(#[$attribute:meta])* (into $ty:ty) $body:ident <- $endpoint:ident $($how:tt)*) => {
        $(#[$attribute])*
        pub fn $body(mut self, $body: impl Into<$ty>) -> Self {
            let body: $ty = $body.into();
            requests::send!(self.call, body, $endpoint $($how)*);
            self
        }
    };
    ($(#[$attribute:meta])* (each $ty:ty) $body:ident <- $endpoint:ident $($how:tt)*) => {
        $(#[$attribute])*
        pub fn $body(mut self, $body: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            let body: Vec<$ty> = $body.into_iter().map(Into::into).collect();
            requests::send!(self.call, body, $endpoint $($how)*);
            self
        }
    };
    ($(#[$attribute:meta])* ($ty:ty) $body:ident <- $endpoint:ident $($how:tt)*) => {
        $(#[$attribute])*
        pub fn $body(mut self, $body: $ty) -> Self {
            requests::send!(self.call, $body, $endpoint $($how)*);
            self
        }
    };
}

/// Hands a body to a call.
macro_rules! send {
    ($call:expr, $body:expr, $endpoint:ident json ()) => {
        requests::send!($call, $body, $endpoint json ("application/json"))
    };
    ($call:expr, $body:expr, $endpoint:ident json ($media:literal)) => {{
        $call.check_floats("the body", &$body);
        $call.json_as($media, &$body)
    }};
    ($call:expr, $body:expr, $endpoint:ident lines ($media:literal)) => {{
        $call.check_floats("the body", &$body);
        $call.lines($media, $body)
    }};
    ($call:expr, $body:expr, $endpoint:ident form ()) => {{
        $call.check_floats("the form", &$body);
        $call.form(&$body, <$endpoint as requests::Endpoint>::FIELDS)
    }};
    ($call:expr, $body:expr, $endpoint:ident multipart ()) => {
        $call.multipart($body.parts)
    };
    ($call:expr, $body:expr, $endpoint:ident multipart ($media:literal)) => {
        $call.multipart_as($media, $body.parts)
    };
    ($call:expr, $body:expr, $endpoint:ident members ()) => {{
        $call.check_floats("the form", &$body);
        $call.multipart_of(&$body)
    }};
    ($call:expr, $body:expr, $endpoint:ident text ($media:literal)) => {
        $call.text_as($media, $body)
    };
    ($call:expr, $body:expr, $endpoint:ident upload ($media:literal)) => {
        $call.upload($media, $body)
    };
}

/// The name of a parameter on the wire.
macro_rules! wire {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $wire:literal) => {
        $wire
    };
}

/// Method and path as Markdown.
macro_rules! route {
    ($http:ident $path:literal) => {
        concat!("`", stringify!($http), " ", $path, "`")
    };
    ($http:ident $path:literal $shown:literal) => {
        $shown
    };
}

/// The type of an answer.
macro_rules! output {
    (optional $ty:ty) => { Option<$ty> };
    (nothing) => { () };
    (text) => { String };
    (bytes) => { bytes::Bytes };
    ($kind:ident $ty:ty) => { $ty };
}

/// The media types that an operation answers with.
macro_rules! accept {
    () => {
        "application/json"
    };
    ($accept:literal) => {
        $accept
    };
}

/// What credentials an operation takes.
macro_rules! security {
    () => { requests::USUAL_SECURITY };
    ([$([$($scheme:literal),*]),*]) => { &[$(&[$($scheme),*]),*] };
}

/// The server of an operation.
macro_rules! server {
    () => {
        None
    };
    ($server:literal) => {
        Some($server)
    };
}

pub(crate) use {accept, output, request, route, security, send, server, setter, setters, wire};
