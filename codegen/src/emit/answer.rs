//! The type of an answer that depends on the status.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{AnswerContent, Operation, Output, OutputCase, Statuses};

use super::spelling::{Spelling, ident};
use super::{docs, statuses};

fn arm(case: &OutputCase, all: &[Statuses]) -> Option<TokenStream> {
    let pattern = match case.statuses {
        Statuses::Default => quote!(_),
        some => statuses::pattern(some, all)?,
    };
    let read = read(case);
    Some(quote!(#pattern => #read,))
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
    // A status of its own goes before its range, and both before all others.
    let mut ranked: Vec<&OutputCase> = cases.iter().collect();
    ranked.sort_by_key(|case| match case.statuses {
        Statuses::One(_) => 0,
        Statuses::Range(_) => 1,
        Statuses::Default => 2,
    });
    let all: Vec<Statuses> = cases.iter().map(|case| case.statuses).collect();
    let arms = ranked.into_iter().filter_map(|case| arm(case, &all));
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
