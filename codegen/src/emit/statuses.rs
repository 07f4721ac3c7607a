//! Statuses as patterns of a `match`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::Statuses;

/// The pattern of some statuses among those that have arms in a match; none for what stands for all
/// others, and for a range of which nothing is left.
///
/// A status of its own goes before its range (OpenAPI 3.0.3, "Responses Object"). The order of the
/// arms would do, but clippy takes patterns that overlap for a mistake.
pub(super) fn pattern(statuses: Statuses, all: &[Statuses]) -> Option<TokenStream> {
    let number = Literal::u16_unsuffixed;
    match statuses {
        Statuses::One(status) => {
            let status = number(status);
            Some(quote!(#status))
        }
        Statuses::Range(hundred) => {
            let pieces: Vec<TokenStream> = pieces(hundred, all)
                .into_iter()
                .map(|(first, last)| {
                    let (from, to) = (number(first), number(last));
                    if first == last {
                        quote!(#from)
                    } else {
                        quote!(#from..=#to)
                    }
                })
                .collect();
            (!pieces.is_empty()).then(|| quote!(#(#pieces)|*))
        }
        Statuses::Default => None,
    }
}

/// What is left of a hundred statuses beside those that have arms of their own: the first and last
/// of each piece.
fn pieces(hundred: u16, all: &[Statuses]) -> Vec<(u16, u16)> {
    let (mut start, end) = (hundred * 100, hundred * 100 + 99);
    let mut pieces = Vec::new();
    for status in (start..=end).filter(|it| all.contains(&Statuses::One(*it))) {
        if start < status {
            pieces.push((start, status - 1));
        }
        start = status + 1;
    }
    if start <= end {
        pieces.push((start, end));
    }
    pieces
}
