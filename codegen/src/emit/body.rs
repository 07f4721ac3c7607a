//! What a call sends: the argument or setter of its body, and the type of a form with files.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Body, BodyContent, Encoding, MultipartForm, Operation, Part, PartKind, Type};

use super::docs;
use super::request::parameter_in_query;
use super::spelling::{Spelling, ident};

/// Most arguments of a function before it is remarked upon.
const MOST_ARGUMENTS: usize = 7;

/// The argument for the body, and the statement that hands it to the call.
pub(super) fn set(
    spelling: &Spelling<'_>,
    body: &Body,
    call: &TokenStream,
) -> (TokenStream, TokenStream) {
    let name = ident(&body.name);
    let media_type = &body.media_type;
    match &body.content {
        BodyContent::Json(ty) => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            let set = if media_type == "application/json" {
                quote!(#call.json #turbofish(#value);)
            } else {
                quote!(#call.json_as #turbofish(#media_type, #value);)
            };
            (declared, set)
        }
        BodyContent::Form { ty, encodings } => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            let encodings = encodings.iter().map(encoding);
            (
                declared,
                quote!(#call.form #turbofish(#value, &[#(#encodings),*]);),
            )
        }
        BodyContent::Multipart(form) => {
            let form = ident(&form.name);
            (quote!(#name: #form), quote!(#call.multipart(#name.parts);))
        }
        BodyContent::Members(ty) => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            (declared, quote!(#call.multipart_of #turbofish(#value);))
        }
        BodyContent::Text => (
            quote!(#name: impl Into<String>),
            quote!(#call.text_as(#media_type, #name);),
        ),
        BodyContent::Binary => (
            quote!(#name: impl Into<crate::Upload>),
            quote!(#call.upload(#media_type, #name);),
        ),
    }
}

/// The argument for a value, the type of the value where it is converted, and a reference to it.
fn converted(
    spelling: &Spelling<'_>,
    ty: &Type,
    name: &proc_macro2::Ident,
) -> (TokenStream, Option<TokenStream>, TokenStream) {
    let (declared, value) = spelling.argument(ty, name);
    let ty = spelling.ty(ty);
    // What is converted needs its type named; what is given as it is has one.
    let is_converted = *name != value.to_string();
    (
        quote!(#name: #declared),
        is_converted.then(|| quote!(::<#ty>)),
        quote!(&#value),
    )
}

fn encoding(encoding: &Encoding) -> TokenStream {
    parameter_in_query(&encoding.wire, encoding.style, encoding.explode)
}

/// The type of an operation's form, where its parts are set one by one.
pub(super) fn form(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let BodyContent::Multipart(form) = &body.content else {
        return None;
    };
    let name = ident(&form.name);
    let doc = docs::outer(&format!(
        "The form that [`{}`] sends, as {}.",
        operation.request,
        docs::code(&body.media_type)
    ));
    let new = new(spelling, form);
    let setters = form.parts.iter().filter(|part| !part.required);
    let setters = setters.map(|part| {
        let doc = docs::of(&part.docs, &fallback(part));
        let setter = ident(&part.name);
        let argument = quote::format_ident!("value");
        let (declared, set) = set_part(spelling, part, &argument, &quote!(self.parts));
        quote! {
            #doc
            pub fn #setter(mut self, #declared) -> Self {
                #set
                self
            }
        }
    });
    let default = form.parts.iter().all(|part| !part.required).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    Some(quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a form does nothing until it is sent"]
        pub struct #name {
            parts: crate::runtime::Form,
        }

        impl #name {
            #new
            #(#setters)*
        }

        #default
    })
}

/// The function that makes a form of what it must have.
fn new(spelling: &Spelling<'_>, form: &MultipartForm) -> TokenStream {
    let required: Vec<&Part> = form.parts.iter().filter(|part| part.required).collect();
    let parts = quote!(parts);
    let (declared, sets): (Vec<TokenStream>, Vec<TokenStream>) = required
        .iter()
        .map(|part| set_part(spelling, part, &argument(part), &parts))
        .unzip();
    if required.is_empty() {
        return quote! {
            /// A form without parts.
            pub fn new() -> Self {
                Self { parts: crate::runtime::Form::new() }
            }
        };
    }
    let mut text = "A form with the parts that it must have.\n\n# Arguments\n".to_owned();
    for part in &required {
        let said = docs::text_of(&part.docs, &fallback(part));
        let said = said.split("\n\n").next().unwrap_or_default();
        let said = said.replace('\n', " ");
        // Writing to a String can't fail.
        let _ = write!(text, "\n- `{}`: {said}", argument(part));
    }
    let doc = docs::outer(&text);
    let allow = (required.len() > MOST_ARGUMENTS).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the form must have all of them")]),
    );
    quote! {
        #doc
        #allow
        pub fn new(#(#declared),*) -> Self {
            let mut parts = crate::runtime::Form::new();
            #(#sets)*
            Self { parts }
        }
    }
}

/// The name of a required part's argument, apart from that of the form under way.
fn argument(part: &Part) -> proc_macro2::Ident {
    if part.name.as_str() == "parts" {
        quote::format_ident!("parts_")
    } else {
        ident(&part.name)
    }
}

/// The argument for a part, and the statement that puts it into a form.
fn set_part(
    spelling: &Spelling<'_>,
    part: &Part,
    name: &proc_macro2::Ident,
    parts: &TokenStream,
) -> (TokenStream, TokenStream) {
    let wire = &part.wire;
    let media_type = part.media_type.as_deref();
    let file_type = media_type.unwrap_or("application/octet-stream");
    match &part.kind {
        PartKind::File => (
            quote!(#name: impl Into<crate::Upload>),
            quote!(#parts.file(#wire, #file_type, #name);),
        ),
        PartKind::Files => (
            quote!(#name: impl IntoIterator<Item = impl Into<crate::Upload>>),
            quote!(#parts.files(#wire, #file_type, #name);),
        ),
        PartKind::Value(ty) if media_type.is_none() && spelling.items_converted(ty).is_some() => {
            let (declared, _) = spelling.argument(ty, name);
            let item = spelling.items_converted(ty);
            (
                quote!(#name: #declared),
                quote!(#parts.values::<#item>(#wire, #name);),
            )
        }
        PartKind::Value(ty) => {
            let (declared, turbofish, value) = converted(spelling, ty, name);
            let set = match media_type {
                Some(media_type) => {
                    quote!(#parts.value_of_type #turbofish(#wire, #media_type, #value);)
                }
                None => quote!(#parts.value #turbofish(#wire, #value);),
            };
            (declared, set)
        }
    }
}

/// What is said of a part that the document says nothing about.
fn fallback(part: &Part) -> String {
    format!("The part {} of the form.", docs::code(&part.wire))
}
