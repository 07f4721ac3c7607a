//! What the runtime has to know of an operation whose answers are pages.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Field, Operation, Output, Usage};

use super::spelling::{Spelling, ident};

/// The impl that makes a stream of an operation's pages.
pub(super) fn emit(
    api: &Api,
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let Output::Json(answer) = &operation.output else {
        return None;
    };
    let (page, item) = (spelling.ty(answer), spelling.ty(&pagination.item));
    let endpoint = ident(&operation.endpoint);
    let parameter = &pagination.parameter;
    let field = |name| {
        api.fields(answer, std::slice::from_ref(name))
            .into_iter()
            .next()
    };
    let (next, next_usage) = field(&pagination.next)?;
    let (items, items_usage) = field(&pagination.items)?;
    let wire = &next.wire;
    let token = token(next, next_usage);
    let list = list(items, items_usage);
    Some(quote! {
        impl Paged for #endpoint {
            type Item = #item;
            const TOKEN: &'static str = #parameter;
            const NEXT: &'static str = #wire;

            fn next(page: &#page) -> Option<&str> {
                #token
            }

            fn items(page: #page) -> Vec<#item> {
                #list
            }
        }
    })
}

/// The token of a page, through what may be absent.
fn token(field: &Field, usage: Usage) -> TokenStream {
    let name = ident(&field.name);
    if field.is_three_state(usage) {
        quote!(page.#name.as_ref()?.as_ref().map(String::as_str))
    } else if field.required && !field.nullable {
        quote!(Some(&page.#name))
    } else {
        quote!(page.#name.as_deref())
    }
}

/// The items of a page; none where the list is absent.
fn list(field: &Field, usage: Usage) -> TokenStream {
    let name = ident(&field.name);
    if field.is_three_state(usage) {
        quote!(page.#name.and_then(crate::Nullable::into_option).unwrap_or_default())
    } else if field.required && !field.nullable {
        quote!(page.#name)
    } else {
        quote!(page.#name.unwrap_or_default())
    }
}
