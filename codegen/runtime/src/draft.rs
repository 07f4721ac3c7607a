//! Requests that take what they must have.

#![allow(dead_code, reason = "only an API has operations to call")]

use std::marker::PhantomData;

use serde::Serialize;

use super::argument::{IntoArgument, Scalar};
use super::call::{Call, Items};
use super::client::Client;
use super::decode::Decode;
use super::operation::Endpoint;
use super::request::Request;

/// A request that takes what it must have; [`ready`](Self::ready) ends that.
///
/// It is a type of its own because the names of the API's parameters are all of a [`Request`]'s.
pub(crate) struct Draft<E> {
    pub(super) call: Box<Call>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Request<E> {
    /// A call of the endpoint to which nothing is given yet.
    pub(crate) fn call(client: &Client) -> Draft<E> {
        let mut call = Call::new(client, &E::OPERATION);
        call.set_redirects(E::REDIRECTS);
        Draft {
            call,
            endpoint: PhantomData,
        }
    }
}

/// Methods of [`Call`], which chain here.
macro_rules! chained {
    ($($name:ident<$T:ident: $bound:path>($($argument:ident: $ty:ty),*);)*) => {
        $(
            pub(crate) fn $name<$T: $bound>(mut self, $($argument: $ty),*) -> Self {
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
            pub(crate) fn $name<T: Serialize + Decode>(
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

impl<E> Draft<E> {
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

    pub(crate) fn json<T: Serialize + Decode>(self, body: &T) -> Self {
        self.json_as("application/json", body)
    }

    pub(crate) fn json_as<T: Serialize + Decode>(
        mut self,
        media_type: &'static str,
        body: &T,
    ) -> Self {
        self.call.check_floats("the body", body);
        self.call.json_as(media_type, body);
        self
    }

    pub(crate) fn lines<T: Serialize + Decode>(
        mut self,
        media_type: &'static str,
        items: Vec<T>,
    ) -> Self {
        self.call.check_floats("the body", &items);
        self.call.lines(media_type, items);
        self
    }

    pub(crate) fn text_as(mut self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.call.text_as(media_type, body);
        self
    }

    /// The request, which the caller can set the rest of.
    pub(crate) fn ready(self) -> Request<E> {
        Request::new(self.call)
    }
}
