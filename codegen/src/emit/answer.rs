//! The type of an answer that depends on the status.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{AnswerContent, Operation, Output, OutputCase, Statuses};

use super::docs;
use super::spelling::{Spelling, ident};

fn arm(case: &OutputCase) -> TokenStream {
    let pattern = match case.statuses {
        Statuses::One(status) => {
            let status = proc_macro2::Literal::u16_unsuffixed(status);
            quote!(#status)
        }
        Statuses::Range(hundred) => {
            let first = proc_macro2::Literal::u16_unsuffixed(hundred * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(hundred * 100 + 99);
            quote!(#first..=#last)
        }
        Statuses::Default => quote!(_),
    };
    let read = read(case);
    quote!(#pattern => #read,)
}

/// Reads a case of an answer.
fn read(case: &OutputCase) -> TokenStream {
    let variant = ident(&case.name);
    match &case.content {
        Some(AnswerContent::Json(_)) => quote!(payload.json().map(Self::#variant)),
        Some(AnswerContent::Text) => quote!(payload.text().map(Self::#variant)),
        Some(AnswerContent::Bytes) => quote!(Ok(Self::#variant(payload.bytes()))),
        None => quote!(Ok(Self::#variant)),
    }
}

/// The enum of an operation that answers with several types.
pub(super) fn output_enum(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let Output::Several { name, cases } = &operation.output else {
        return None;
    };
    let name = ident(name);
    let doc = docs::outer(&format!("What [`{}`] gives, by status.", operation.request));
    let variants = cases.iter().map(|case| {
        let doc = docs::of(&case.docs, "");
        let variant = ident(&case.name);
        let payload = case.content.as_ref().map(|content| {
            let ty = match content {
                AnswerContent::Json(ty) => spelling.ty(ty),
                AnswerContent::Text => quote!(String),
                AnswerContent::Bytes => quote!(bytes::Bytes),
            };
            quote!((#ty))
        });
        quote! {
            #doc
            #variant #payload
        }
    });
    let arms = cases.iter().map(arm);
    // Any success that the document doesn't name is taken for the first that it does.
    let fallback = cases
        .iter()
        .find(|case| case.content.is_some() && case.statuses != Statuses::Default)
        .filter(|_| !cases.iter().any(|case| case.statuses == Statuses::Default))
        .map(|case| {
            let read = read(case);
            quote!(_ => #read,)
        });
    Some(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants),*
        }

        impl requests::Several for #name {
            fn read(payload: &requests::Payload) -> Result<Self, requests::Error> {
                match payload.status().as_u16() {
                    #(#arms)*
                    #fallback
                }
            }
        }
    })
}
