//! Documented error responses: a list for the docs, and an enum where they are of several types.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Api, FailureCase, FailureTypes, Resource, Statuses, Type};

use super::spelling::{Spelling, ident};
use super::{docs, outside, statuses};

/// A type as the docs speak of it: a link where it is one of the API.
pub(super) fn type_link(api: &Api, ty: &Type) -> Option<String> {
    match ty {
        Type::Named(id) => {
            let name = &api.type_def(*id).name;
            Some(format!("[`{name}`](crate::types::{name})"))
        }
        Type::Value => None,
        other => Some(format!("`{}`", outside(api, other))),
    }
}

/// The enums of the types of error responses. Operations of one resource often document the same
/// ones: the first of them has the enum, and the others have an alias of it.
pub(super) fn emit(spelling: &Spelling<'_>, resource: &Resource) -> Vec<TokenStream> {
    let mut known: Vec<&FailureTypes> = Vec::new();
    let mut items = Vec::new();
    for operation in &resource.operations {
        let Some(types) = &operation.failure_types else {
            continue;
        };
        let same = known
            .iter()
            .find(|it| it.cases == types.cases && it.untyped == types.untyped);
        let doc = docs::outer(&format!(
            "Documented error responses of [`{}`].",
            operation.request
        ));
        let name = ident(&types.name);
        if let Some(same) = same {
            let same = ident(&same.name);
            items.push(quote! {
                #doc
                pub type #name = #same;
            });
        } else {
            known.push(types);
            items.push(definition(spelling, types, &doc));
        }
    }
    items
}

fn definition(spelling: &Spelling<'_>, types: &FailureTypes, doc: &TokenStream) -> TokenStream {
    let name = ident(&types.name);
    let variants = types.cases.iter().map(|case| {
        let statuses: Vec<String> = case.statuses.iter().copied().map(status_words).collect();
        let statuses = statuses.join(", ").replace(", Any", ", any");
        let doc = docs::outer(&format!("{statuses}."));
        let (variant, ty) = (ident(&case.name), spelling.ty(&case.ty));
        quote! {
            #doc
            #variant(#ty)
        }
    });
    let arms = arms(types);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants),*
        }

        impl #name {
            /// Reads the body of an error by its status; `None` where there was no response, and where
            /// it isn't a documented one: see [`Error::body_as`](crate::Error::body_as).
            pub fn of(error: &crate::Error) -> Option<Self> {
                match error.failed_status()? {
                    #(#arms)*
                }
            }
        }
    }
}

/// The arms of the match over the status: single ones, then ranges, then all others, as OpenAPI
/// has it (3.0.3, "Responses Object").
fn arms(types: &FailureTypes) -> Vec<TokenStream> {
    let read = |case: &FailureCase| {
        let variant = ident(&case.name);
        let read = format_ident!("{}", if case.is_xml { "xml_as" } else { "body_as" });
        quote!(error.#read().map(Self::#variant).ok())
    };
    let cases = types.cases.iter().flat_map(|case| &case.statuses);
    let all: Vec<Statuses> = cases.chain(&types.untyped).copied().collect();
    let mut arms = Vec::new();
    for rank in [is_one, is_range] {
        for case in &types.cases {
            arms.extend(arm(&case.statuses, rank, &all, &read(case)));
        }
        arms.extend(arm(&types.untyped, rank, &all, &quote!(None)));
    }
    let is_default = |statuses: &&Statuses| **statuses == Statuses::Default;
    let other = types
        .cases
        .iter()
        .find(|case| case.statuses.iter().any(|it| is_default(&it)));
    let other = other.map_or_else(|| quote!(None), read);
    // What gives nothing either way needs no arm of its own.
    let needless = quote!(=> None).to_string();
    if other.to_string() == "None" {
        let last = arms
            .iter()
            .rposition(|arm| !arm.to_string().contains(&needless))
            .map_or(0, |at| at + 1);
        arms.truncate(last);
    }
    arms.push(quote!(_ => #other,));
    arms
}

fn is_one(statuses: Statuses) -> bool {
    matches!(statuses, Statuses::One(_))
}

fn is_range(statuses: Statuses) -> bool {
    matches!(statuses, Statuses::Range(_))
}

/// The arm for those of some statuses that are of one rank.
fn arm(
    some: &[Statuses],
    rank: fn(Statuses) -> bool,
    all: &[Statuses],
    read: &TokenStream,
) -> Option<TokenStream> {
    let patterns: Vec<TokenStream> = some
        .iter()
        .copied()
        .filter(|it| rank(*it))
        .filter_map(|it| statuses::pattern(it, all))
        .collect();
    (!patterns.is_empty()).then(|| quote!(#(#patterns)|* => #read,))
}

fn status_words(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => status.to_string(),
        Statuses::Range(hundred) => format!("{hundred}00 to {hundred}99"),
        Statuses::Default => "Any other status".to_owned(),
    }
}
