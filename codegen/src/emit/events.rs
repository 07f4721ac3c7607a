//! What the runtime has to know of a request whose response can be a stream of events.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{EventFormat, Operation, ResponseContent};

use super::spelling::{Spelling, ident};

/// The impl that makes a stream of a response's events, and the method that returns it.
pub(super) fn emit(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let events = operation.events.as_ref()?;
    let request = ident(&operation.request);
    let accept = &events.accept;
    let format = match events.format {
        EventFormat::ServerSent => quote!(ServerSent),
        EventFormat::Lines => quote!(Lines),
        EventFormat::Sequence => quote!(Sequence),
        EventFormat::Parts => quote!(Parts),
    };
    let switch = events
        .switch
        .as_ref()
        .map(|name| quote!(const SWITCH: Option<&'static str> = Some(#name);));
    let (item, read) = match &events.item {
        // An event is no XML either.
        ResponseContent::Json(ty) | ResponseContent::Xml(ty, _) | ResponseContent::String(ty) => {
            (spelling.ty(ty), quote!(payload.json()))
        }
        // An event is no redirect.
        ResponseContent::Text | ResponseContent::Redirection => {
            (quote!(String), quote!(payload.text()))
        }
        ResponseContent::Bytes => (quote!(bytes::Bytes), quote!(Ok(payload.bytes()))),
    };
    Some(quote! {
        impl crate::runtime::events::Streamed for #request {
            type Event = #item;
            const FORMAT: crate::runtime::EventFormat = crate::runtime::EventFormat::#format;
            const ACCEPT: &'static str = #accept;
            #switch

            fn event(payload: &requests::Payload) -> Result<Self::Event, requests::Error> {
                #read
            }
        }

        crate::runtime::events::methods! { #request of #item }
    })
}
