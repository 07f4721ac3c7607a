//! Values of a description as Rust writes them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::model::Constant;

use super::docs;

/// The literal for a value.
pub(super) fn constant(value: &Constant) -> TokenStream {
    match value {
        Constant::Text(text) => docs::shown(text).into_token_stream(),
        Constant::Boolean(value) => quote!(#value),
        Constant::Integer(value) => {
            signed(*value < 0, Literal::u64_unsuffixed(value.unsigned_abs()))
        }
        Constant::Float(value) => signed(
            value.is_sign_negative(),
            Literal::f64_unsuffixed(value.abs()),
        ),
    }
}

/// The type that holds the value.
pub(super) fn ty(value: &Constant) -> TokenStream {
    match value {
        Constant::Text(_) => quote!(String),
        Constant::Boolean(_) => quote!(bool),
        Constant::Integer(_) => quote!(i64),
        Constant::Float(_) => quote!(f64),
    }
}

/// A number with its sign, which is a token of its own.
fn signed(is_negative: bool, number: Literal) -> TokenStream {
    if is_negative {
        quote!(-#number)
    } else {
        number.into_token_stream()
    }
}
