//! What the runtime has to know of a request whose response is a page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{
    Api, Field, MorePages, NextToken, Operation, PagesBy, Pagination, TokenPlace, Type, Usage,
};
use crate::names::Ident;

use super::spelling::{Spelling, ident};

/// The impl that makes a stream of a list's pages, where its table can't say how.
pub(super) fn emit(
    api: &Api,
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> Option<TokenStream> {
    let (pagination, page) = paged(operation)?;
    if clause(api, spelling, operation).is_some() {
        return None;
    }
    let request = ident(&operation.request);
    let output = spelling.ty(page);
    let item = spelling.ty(&pagination.item);
    let vec = spelling.std("Vec");
    let paging = paging(api, page, pagination);
    let items = api.fields(page, &pagination.items);
    let (count, list) = (count(&items), list(&items));
    let next = next(api, page, pagination).map(|next| {
        quote! {
            fn next(page: &Self::Output) -> Option<String> {
                #next
            }
        }
    });
    let more = pagination
        .more
        .as_ref()
        .map(|more| has_more(api, page, more));
    let (own, pages, total) = match &pagination.by {
        PagesBy::Page { number, total, .. } => (number.as_ref(), total.as_ref(), None),
        PagesBy::Offset { number, total, .. } => (number.as_ref(), None, total.as_ref()),
        _ => (None, None, None),
    };
    let own = own.map(|way| counted(api, page, way, &quote!(number)));
    let pages = pages.map(|way| counted(api, page, way, &quote!(total_pages)));
    let total = total.map(|way| counted(api, page, way, &quote!(total_items)));
    Some(quote! {
        impl paging::PagedRequest for #request {
            type Item = #item;
            const PAGING: paging::Paging = #paging;

            fn count(page: &Self::Output) -> usize {
                #count
            }

            fn items(page: Self::Output) -> #vec<#item> {
                #list
            }

            #next
            #more
            #own
            #pages
            #total
        }

        paging::methods! { #request -> #output, of #item }
    })
}

/// The function that reads whether there are more pages.
fn has_more(api: &Api, page: &Type, more: &MorePages) -> TokenStream {
    let way = api.fields(page, &more.field);
    let value = value(api, &way, &quote!(page));
    let is_sure = way
        .last()
        .is_some_and(|(field, _)| field.required && !field.nullable);
    let value = match (more.ends, is_sure) {
        (false, _) => value,
        (true, true) => {
            let done = place(&way, &quote!(page));
            quote!(Some(!#done))
        }
        (true, false) => quote!(#value.map(|done| !done)),
    };
    quote! {
        fn has_more(page: &Self::Output) -> Option<bool> {
            #value
        }
    }
}

/// The function that reads a whole number in a page.
fn counted(api: &Api, page: &Type, way: &[Ident], name: &TokenStream) -> TokenStream {
    let number = number(api, &api.fields(page, way));
    quote! {
        fn #name(page: &Self::Output) -> Option<i64> {
            #number
        }
    }
}

/// What the table of an operation says about its pages, where it can: where items and marks are
/// fields of the page itself, and of a type that needs no thought.
pub(super) fn clause(
    api: &Api,
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> Option<TokenStream> {
    let (pagination, page) = paged(operation)?;
    let item = spelling.ty(&pagination.item);
    let list = match &*api.fields(page, &pagination.items) {
        [] => None,
        [(field, usage)] if !field.is_three_state(*usage) => Some(*field),
        _ => return None,
    };
    let items = match list {
        None => quote!(of #item),
        Some(field) => {
            let name = ident(&field.name);
            quote!(#name: #item)
        }
    };
    let by = match &pagination.by {
        PagesBy::Token {
            parameter,
            place: TokenPlace::Query,
            next: NextToken::Field(next),
            switch: None,
        } => {
            let (next, wire) = mark(api, page, next)?;
            quote!(token #parameter = #next #wire)
        }
        PagesBy::Item { parameter, next } => {
            let (next, wire) = mark(api, &pagination.item, next)?;
            let renamed = list.is_some_and(|field| field.wire != field.name.as_str());
            let wire = (renamed || wire.is_some()).then(|| {
                let wire = wire.unwrap_or_else(|| next.to_string());
                format!("{}[-1].{wire}", list.map_or("", |field| &field.wire))
            });
            quote!(item #parameter = #next #wire)
        }
        PagesBy::Page {
            parameter,
            first,
            number: None,
            total: None,
        } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(page #parameter from #first)
        }
        PagesBy::Offset {
            parameter,
            first,
            number: None,
            total,
        } => {
            let first = Literal::i64_unsuffixed(*first);
            let total = match total {
                None => None,
                Some(total) => {
                    let (total, _) = mark(api, page, total)?;
                    Some(quote!(to #total))
                }
            };
            quote!(offset #parameter from #first #total)
        }
        PagesBy::Token { .. } | PagesBy::Page { .. } | PagesBy::Offset { .. } => return None,
        PagesBy::Link => quote!(link),
        PagesBy::Url { next } => {
            let (next, wire) = mark(api, page, next)?;
            quote!(url #next #wire)
        }
    };
    let more = match &pagination.more {
        None => None,
        Some(more) => Some(flag(api, page, more)?),
    };
    Some(quote!(#items, #by #more))
}

/// The end of a clause: the field that says whether there are more pages.
fn flag(api: &Api, page: &Type, more: &MorePages) -> Option<TokenStream> {
    let [(field, usage)] = &*api.fields(page, &more.field) else {
        return None;
    };
    let is_plain = !field.is_three_state(*usage) && *api.resolve(&field.ty) == Type::Bool;
    is_plain.then(|| {
        let name = ident(&field.name);
        if more.ends {
            quote!(, done #name)
        } else {
            quote!(, more #name)
        }
    })
}

/// A field whose value leads to the next page, and its name on the wire where that is another.
fn mark(api: &Api, of: &Type, way: &[Ident]) -> Option<(proc_macro2::Ident, Option<String>)> {
    let [(field, usage)] = &*api.fields(of, way) else {
        return None;
    };
    let ty = api.resolve(&field.ty);
    let is_plain = matches!(ty, Type::String | Type::I64 | Type::U64 | Type::I128);
    (is_plain && !field.is_three_state(*usage)).then(|| {
        let wire = (field.wire != field.name.as_str()).then(|| field.wire.clone());
        (ident(&field.name), wire)
    })
}

/// What documentation says of an operation whose response is a page.
pub(super) fn about(operation: &Operation) -> String {
    if paged(operation).is_none() {
        return String::new();
    }
    let request = &operation.request;
    format!(" Paginated: use [`{request}::into_stream`] to iterate over all items.")
}

fn paged(operation: &Operation) -> Option<(&Pagination, &Type)> {
    Option::zip(operation.pagination.as_ref(), operation.output.value_type())
}

/// The constant that describes the way of going on.
fn paging(api: &Api, page: &Type, pagination: &Pagination) -> TokenStream {
    match &pagination.by {
        PagesBy::Token {
            parameter,
            place,
            next,
            switch,
        } => token(api, page, (parameter, *place), next, switch.as_deref()),
        PagesBy::Item { parameter, next } => {
            let list = dotted(&api.fields(page, &pagination.items));
            let field = dotted(&api.fields(&pagination.item, next));
            let field = format!("{list}[-1].{field}");
            quote!(paging::Paging::Token { parameter: #parameter, field: #field })
        }
        PagesBy::Page {
            parameter, first, ..
        } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(paging::Paging::Page { parameter: #parameter, first: #first })
        }
        PagesBy::Offset {
            parameter, first, ..
        } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(paging::Paging::Offset { parameter: #parameter, first: #first })
        }
        PagesBy::Link => quote!(paging::Paging::LINK),
        PagesBy::Url { next } => {
            let field = dotted(&api.fields(page, next));
            quote!(paging::Paging::Url { field: #field })
        }
    }
}

/// The constant of a token.
fn token(
    api: &Api,
    page: &Type,
    (parameter, place): (&str, TokenPlace),
    next: &NextToken,
    switch: Option<&str>,
) -> TokenStream {
    let variant = match place {
        TokenPlace::Query => quote!(Query),
        TokenPlace::Header => quote!(Header),
        TokenPlace::BodyString => quote!(BodyString),
        TokenPlace::BodyNumber => quote!(BodyNumber),
    };
    match (next, switch) {
        (NextToken::Field(next), None) if place == TokenPlace::Query => {
            let field = dotted(&api.fields(page, next));
            quote!(paging::Paging::Token { parameter: #parameter, field: #field })
        }
        _ => {
            let (field, from_header) = match next {
                NextToken::Field(next) => (dotted(&api.fields(page, next)), quote!(None)),
                NextToken::Header(name) => (String::new(), quote!(Some(#name))),
            };
            let switch = match switch {
                Some(switch) => quote!(Some(#switch)),
                None => quote!(None),
            };
            quote! {
                paging::Paging::OtherToken(paging::OtherToken {
                    parameter: #parameter,
                    place: paging::TokenPlace::#variant,
                    field: #field,
                    from_header: #from_header,
                    switch: #switch,
                })
            }
        }
    }
}

/// The token or the URL of the next page.
fn next(api: &Api, page: &Type, pagination: &Pagination) -> Option<TokenStream> {
    let (way, from) = match &pagination.by {
        PagesBy::Token {
            next: NextToken::Field(next),
            ..
        }
        | PagesBy::Url { next } => (api.fields(page, next), quote!(page)),
        PagesBy::Item { next, .. } => {
            let items = api.fields(page, &pagination.items);
            let list = inside(&items, &quote!(page));
            (api.fields(&pagination.item, next), quote!(#list.last()?))
        }
        PagesBy::Token { .. } | PagesBy::Page { .. } | PagesBy::Offset { .. } | PagesBy::Link => {
            return None;
        }
    };
    let value = value(api, &way, &from);
    let (field, _) = way.last()?;
    let is_text = *api.resolve(&field.ty) == Type::String;
    Some(match (is_text, field.required && !field.nullable) {
        (true, _) => value,
        (false, true) => {
            let number = place(&way, &from);
            quote!(Some(#number.to_string()))
        }
        (false, false) => quote!(#value.map(|next| next.to_string())),
    })
}

/// A whole number in a page, as one of 64 bits.
fn number(api: &Api, way: &[(&Field, Usage)]) -> TokenStream {
    let page = quote!(page);
    let (value, place) = (value(api, way, &page), place(way, &page));
    let Some((field, _)) = way.last() else {
        return value;
    };
    match (api.resolve(&field.ty), field.required && !field.nullable) {
        (Type::U64 | Type::I128, true) => quote!(i64::try_from(#place).ok()),
        (Type::U64 | Type::I128, false) => {
            quote!(#value.and_then(|number| i64::try_from(number).ok()))
        }
        _ => value,
    }
}

/// A field's value where there is one, in a function that gives an `Option`.
fn value(api: &Api, way: &[(&Field, Usage)], from: &TokenStream) -> TokenStream {
    let Some((field, usage)) = way.last() else {
        return quote!(None);
    };
    let place = place(way, from);
    // Whatever isn't a text can be copied.
    let own = match api.resolve(&field.ty) {
        Type::Bool | Type::I64 | Type::U64 | Type::I128 => quote!(),
        _ => quote!(.clone()),
    };
    if field.is_three_state(*usage) {
        quote!(#place #own?.into_option())
    } else if field.required && !field.nullable {
        quote!(Some(#place #own))
    } else {
        quote!(#place #own)
    }
}

/// A field, in a function that gives an `Option`: what may be absent around it ends that.
fn place(way: &[(&Field, Usage)], from: &TokenStream) -> TokenStream {
    let Some(((field, _), around)) = way.split_last() else {
        return from.clone();
    };
    let around = inside(around, from);
    let name = ident(&field.name);
    quote!(#around.#name)
}

/// What is in the last field of a way, borrowed, in a function that gives an `Option`.
fn inside(way: &[(&Field, Usage)], from: &TokenStream) -> TokenStream {
    let mut reached = from.clone();
    for (field, usage) in way {
        let name = ident(&field.name);
        reached = if field.is_three_state(*usage) {
            quote!(#reached.#name.as_ref()?.as_ref().into_option()?)
        } else if field.required && !field.nullable {
            quote!(#reached.#name)
        } else {
            quote!(#reached.#name.as_ref()?)
        };
    }
    reached
}

/// How many items are on a page; none where the list is absent.
fn count(way: &[(&Field, Usage)]) -> TokenStream {
    let mut reached = quote!(page);
    let mut optional = false;
    for (field, usage) in way {
        let name = ident(&field.name);
        let sure = field.required && !field.nullable;
        reached = match (optional, sure) {
            (false, true) => quote!(#reached.#name),
            (false, false) => quote!(#reached.#name.as_ref()),
            (true, true) => quote!(#reached.map(|it| &it.#name)),
            (true, false) => quote!(#reached.and_then(|it| it.#name.as_ref())),
        };
        if field.is_three_state(*usage) {
            reached = quote!(#reached.and_then(|it| it.as_ref().into_option()));
        }
        optional |= !sure;
    }
    if optional {
        quote!(#reached.map_or(0, Vec::len))
    } else {
        quote!(#reached.len())
    }
}

/// The items of a page; none where the list is absent.
fn list(way: &[(&Field, Usage)]) -> TokenStream {
    let mut reached = quote!(page);
    let mut optional = false;
    for (field, usage) in way {
        let name = ident(&field.name);
        let sure = field.required && !field.nullable;
        reached = match (optional, sure) {
            (false, _) => quote!(#reached.#name),
            (true, true) => quote!(#reached.map(|it| it.#name)),
            (true, false) => quote!(#reached.and_then(|it| it.#name)),
        };
        if field.is_three_state(*usage) {
            reached = quote!(#reached.and_then(crate::Nullable::into_option));
        }
        optional |= !sure;
    }
    if optional {
        quote!(#reached.unwrap_or_default())
    } else {
        reached
    }
}

/// The names on the wire that lead to a field.
fn dotted(way: &[(&Field, Usage)]) -> String {
    let names: Vec<&str> = way.iter().map(|(field, _)| field.wire.as_str()).collect();
    names.join(".")
}
