//! The call that a request puts together, before it is sent.

#![allow(dead_code, reason = "only an API has operations to call")]

use std::fmt;

use serde::Serialize;

use super::argument::{IntoArgument, Scalar};
use super::call::{Call, Items};
use super::client::ClientCore;
use super::decode::Decode;
use super::operation::Operation;

/// What a request struct holds: a call with the values that were given so far.
///
/// It is a type of its own because all method names of a request struct belong to the parameters of
/// its operation.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Builder {
    pub call: Box<Call>,
}

impl Builder {
    /// A call of an operation without any values.
    pub(crate) fn new(client: &ClientCore, operation: &'static Operation) -> Self {
        Self {
            call: Call::new(client, operation),
        }
    }
}

/// Methods of [`Call`], which chain here.
macro_rules! chained {
    ($($name:ident<$T:ident: $bound:path>($($argument:ident: $ty:ty),*);)*) => {
        $(
            pub fn $name<$T: $bound>(mut self, $($argument: $ty),*) -> Self {
                self.call.$name::<$T>($($argument),*);
                self
            }
        )*
    };
}

/// The same for values that are written by way of their JSON.
macro_rules! checked {
    ($($name:ident)*) => {
        $(
            pub fn $name<T: Serialize + Decode>(
                mut self,
                name: &'static str,
                value: impl Into<T>,
            ) -> Self {
                let value = value.into();
                self.call.check_floats(name, &value);
                self.call.$name::<T>(name, value);
                self
            }
        )*
    };
}

impl Builder {
    chained! {
        path<T: IntoArgument>(name: &'static str, value: impl Into<T>);
        path_list<T: Scalar>(name: &'static str, items: impl Items<T>);
        query<T: IntoArgument>(name: &'static str, value: impl Into<T>);
        query_list<T: Scalar>(name: &'static str, items: impl Items<T>);
        header<T: IntoArgument>(name: &'static str, value: impl Into<T>);
        header_list<T: Scalar>(name: &'static str, items: impl Items<T>);
        cookie<T: IntoArgument>(name: &'static str, value: impl Into<T>);
        cookie_list<T: Scalar>(name: &'static str, items: impl Items<T>);
    }

    checked! { path_json query_json header_json cookie_json }

    pub fn json<T: Serialize + Decode>(self, body: &T) -> Self {
        self.json_as("application/json", body)
    }

    pub fn json_as<T: Serialize + Decode>(mut self, media_type: &'static str, body: &T) -> Self {
        self.call.check_floats("the body", body);
        self.call.json_as(media_type, body);
        self
    }

    pub fn lines<T: Serialize + Decode>(mut self, media_type: &'static str, items: Vec<T>) -> Self {
        self.call.check_floats("the body", &items);
        self.call.lines(media_type, items);
        self
    }

    pub fn text_as(mut self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.call.text_as(media_type, body);
        self
    }
}

/// Shows which values are set, not what they are.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
