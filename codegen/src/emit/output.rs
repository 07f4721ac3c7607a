//! The type of a response that depends on the status and the `Content-Type`.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Operation, Output, OutputCase, ResponseContent, Statuses};

use super::operation_table::json_kind;
use super::spelling::{Spelling, ident};
use super::wire::xml;
use super::{docs, statuses};

/// The arm of the cases of some statuses.
fn arm(spelling: &Spelling<'_>, cases: &[&OutputCase], all: &[Statuses]) -> Option<TokenStream> {
    let pattern = match cases.first()?.statuses {
        Statuses::Default => quote!(_),
        some => statuses::pattern(some, all)?,
    };
    let read = read_any(spelling, cases);
    Some(quote!(#pattern => #read,))
}

/// Reads one of the cases of the same statuses, by the `Content-Type` that came.
fn read_any(spelling: &Spelling<'_>, cases: &[&OutputCase]) -> TokenStream {
    let [others @ .., last] = cases else {
        return TokenStream::new();
    };
    if others.is_empty() {
        return read(spelling, last);
    }
    let kinds = cases.iter().map(|case| {
        let media_types = &case.media_types;
        quote!(&[#(#media_types),*])
    });
    let arms = others.iter().enumerate().map(|(index, case)| {
        let index = Literal::usize_unsuffixed(index);
        let read = read(spelling, case);
        quote!(#index => #read,)
    });
    let last = read(spelling, last);
    quote! {
        match payload.content(&[#(#kinds),*]) {
            #(#arms)*
            _ => #last,
        }
    }
}

/// Reads a case of a response.
fn read(spelling: &Spelling<'_>, case: &OutputCase) -> TokenStream {
    let variant = ident(&case.name);
    match &case.content {
        Some(ResponseContent::Json(ty)) => {
            let kind = format_ident!("{}", json_kind(spelling, ty));
            quote!(payload.#kind().map(Self::#variant))
        }
        Some(ResponseContent::Xml(_, root)) => {
            let root = xml::root(spelling.api(), *root);
            quote!(payload.xml(&#root).map(Self::#variant))
        }
        Some(ResponseContent::String(_)) => quote!(payload.string().map(Self::#variant)),
        Some(ResponseContent::Text) => quote!(payload.text().map(Self::#variant)),
        Some(ResponseContent::Bytes) => quote!(Ok(Self::#variant(payload.bytes()))),
        Some(ResponseContent::Redirection) => quote!(Ok(Self::#variant(payload.redirection()))),
        None => quote!(Ok(Self::#variant)),
    }
}

/// The enum of an operation whose responses are of several types.
pub(super) fn output_enum(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let Output::Several { name, cases } = &operation.output else {
        return None;
    };
    let name = ident(name);
    let by = if cases.iter().any(|case| !case.media_types.is_empty()) {
        "by status and `Content-Type`"
    } else {
        "by status"
    };
    let doc = docs::outer(&format!("Response of [`{}`], {by}.", operation.request));
    let variants = cases.iter().map(|case| {
        let doc = docs::of(&case.docs, "");
        let variant = ident(&case.name);
        let payload = case.content.as_ref().map(|content| {
            let ty = match content {
                ResponseContent::Json(ty)
                | ResponseContent::Xml(ty, _)
                | ResponseContent::String(ty) => spelling.ty(ty),
                ResponseContent::Text => quote!(String),
                ResponseContent::Bytes => quote!(bytes::Bytes),
                ResponseContent::Redirection => quote!(crate::Redirection),
            };
            quote!((#ty))
        });
        quote! {
            #doc
            #variant #payload
        }
    });
    Some(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants),*
        }
    })
}

/// What reads such a response.
pub(super) fn read_impl(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let Output::Several { name, cases } = &operation.output else {
        return None;
    };
    let name = ident(name);
    let read = read_by_status(spelling, cases);
    Some(quote! {
        impl requests::Several for #name {
            fn read(payload: &requests::Payload) -> Result<Self, requests::Error> {
                #read
            }
        }
    })
}

/// Reads the case of the status that came, whichever that is.
fn read_by_status(spelling: &Spelling<'_>, cases: &[OutputCase]) -> TokenStream {
    let mut all: Vec<Statuses> = Vec::new();
    for case in cases {
        if !all.contains(&case.statuses) {
            all.push(case.statuses);
        }
    }
    let of = |statuses: Statuses| -> Vec<&OutputCase> {
        let cases = cases.iter();
        cases.filter(|case| case.statuses == statuses).collect()
    };
    let other = fallback(cases).filter(|_| !all.contains(&Statuses::Default));
    let others = other.map(|case| read_any(spelling, &of(case.statuses)));
    // A status of its own goes before its range, and both before all others.
    let mut ranked = all.clone();
    ranked.sort_by_key(|statuses| match statuses {
        Statuses::One(_) => 0,
        Statuses::Range(_) => 1,
        Statuses::Default => 2,
    });
    // What is long is read in one place.
    ranked.retain(|statuses| {
        other.is_none_or(|it| it.statuses != *statuses || is_short(&of(*statuses)))
    });
    let arms: Vec<TokenStream> = ranked
        .iter()
        .filter_map(|statuses| arm(spelling, &of(*statuses), &all))
        .collect();
    if arms.is_empty() {
        return others.unwrap_or_default();
    }
    let others = others.map(|read| quote!(_ => #read,));
    quote! {
        match payload.status().as_u16() {
            #(#arms)*
            #others
        }
    }
}

fn is_short(cases: &[&OutputCase]) -> bool {
    cases.len() < 2
}

/// The first success, which any that the document doesn't name is taken for.
fn fallback(cases: &[OutputCase]) -> Option<&OutputCase> {
    let is_success = |case: &&OutputCase| match case.statuses {
        Statuses::One(status) => status < 300,
        Statuses::Range(hundred) => hundred < 3,
        Statuses::Default => true,
    };
    let with_content = |case: &&OutputCase| is_success(case) && case.content.is_some();
    let first = cases.iter().find(with_content);
    first.or_else(|| cases.iter().find(is_success))
}
