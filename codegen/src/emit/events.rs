//! What the runtime has to know of an operation that answers with a stream of events.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{EventFormat, Operation, ResponseContent};

use super::spelling::{Spelling, ident};

/// The impl that makes a stream of an operation's events.
pub(super) fn emit(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let events = operation.events.as_ref()?;
    let endpoint = ident(&operation.endpoint);
    let accept = &events.accept;
    let format = match events.format {
        EventFormat::ServerSent => quote!(ServerSent),
        EventFormat::Lines => quote!(Lines),
        EventFormat::Sequence => quote!(Sequence),
    };
    let switch = events
        .switch
        .as_ref()
        .map(|name| quote!(const SWITCH: Option<&'static str> = Some(#name);));
    let (item, read) = match &events.item {
        ResponseContent::Json(ty) | ResponseContent::String(ty) => {
            (spelling.ty(ty), quote!(payload.json()))
        }
        // An event is no redirect.
        ResponseContent::Text | ResponseContent::Redirection => {
            (quote!(String), quote!(payload.text()))
        }
        ResponseContent::Bytes => (quote!(bytes::Bytes), quote!(Ok(payload.bytes()))),
    };
    Some(quote! {
        impl Streamed for #endpoint {
            type Event = #item;
            const FORMAT: EventFormat = EventFormat::#format;
            const ACCEPT: &'static str = #accept;
            #switch

            fn event(payload: &requests::Payload) -> Result<Self::Event, requests::Error> {
                #read
            }
        }
    })
}
