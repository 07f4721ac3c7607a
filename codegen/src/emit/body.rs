//! What a call sends: the argument or setter of its body, and the type of a form with files.

use std::fmt::Write as _;

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{
    Body, BodyContent, Constant, Encoding, MultipartForm, Operation, Part, PartKind, PartWriting,
    Style, Type,
};

use super::spelling::{Spelling, ident};
use super::wire::xml;
use super::{additional_parts, docs, literal, operation_table};

/// The media type of JSON.
pub(super) const JSON: &str = "application/json";

/// The media type of forms with files.
const FORM_DATA: &str = "multipart/form-data";

/// Most arguments of a function before it is remarked upon.
const MOST_ARGUMENTS: usize = 7;

/// The argument for a body, and the call that hands it to a request.
pub(super) fn argument(spelling: &Spelling<'_>, body: &Body) -> (TokenStream, TokenStream) {
    let name = ident(&body.name);
    let media_type = &body.media_type;
    match &body.content {
        BodyContent::Json(ty) => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            let call = if media_type == JSON {
                quote!(.json #turbofish(#value))
            } else {
                quote!(.json_as #turbofish(#media_type, #value))
            };
            (declared, call)
        }
        BodyContent::Xml(ty, root) => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            let root = xml::root(spelling.api(), *root);
            (
                declared,
                quote!(.xml #turbofish(#media_type, &#root, #value)),
            )
        }
        BodyContent::Lines(ty) => {
            let (declared, value) = spelling.argument(ty, &name);
            let item = match spelling.resolve(ty) {
                Type::Array(item) => spelling.ty(item),
                _ => spelling.ty(ty),
            };
            (
                quote!(#name: #declared),
                quote!(.lines::<#item>(#media_type, #value)),
            )
        }
        BodyContent::Form { ty, .. } => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            (declared, quote!(.form #turbofish(#value)))
        }
        BodyContent::Multipart(form) => {
            let form = ident(&form.name);
            let call = match other_multipart(body) {
                None => quote!(.multipart(#name.parts)),
                Some(media_type) => quote!(.multipart_as(#media_type, #name.parts)),
            };
            (quote!(#name: #form), call)
        }
        BodyContent::Members(ty) => {
            let (declared, turbofish, value) = converted(spelling, ty, &name);
            (declared, quote!(.multipart_of #turbofish(#value)))
        }
        BodyContent::Text => (
            quote!(#name: impl Into<String>),
            quote!(.text_as(#media_type, #name)),
        ),
        BodyContent::Binary => (
            quote!(#name: impl Into<crate::Upload>),
            quote!(.upload(#media_type, #name)),
        ),
    }
}

/// The media type of a body of parts that is no form.
fn other_multipart(body: &Body) -> Option<&String> {
    Some(&body.media_type).filter(|media_type| *media_type != FORM_DATA)
}

/// The fields of a form that have a style of their own, by style.
pub(super) fn fields<'e>(encodings: impl IntoIterator<Item = &'e Encoding>) -> Option<TokenStream> {
    let mut styles: IndexMap<Ident, Vec<&str>> = IndexMap::new();
    for encoding in encodings {
        let style = match (encoding.style, encoding.explode) {
            (Style::Form, true) if encoding.allow_reserved => format_ident!("reserved"),
            (Style::Form, false) if encoding.allow_reserved => {
                format_ident!("reserved_comma_delimited")
            }
            (Style::Form, false) => format_ident!("comma_delimited"),
            // Exploded they are all written the same.
            (Style::SpaceDelimited | Style::PipeDelimited, true) => {
                operation_table::style(Style::Form)
            }
            (style, _) => operation_table::style(style),
        };
        styles.entry(style).or_default().push(&encoding.wire);
    }
    let styles = styles
        .iter()
        .map(|(style, fields)| quote!(.#style(#(#fields),*)));
    let styles: TokenStream = styles.collect();
    (!styles.is_empty()).then_some(styles)
}

/// The argument for a value, the type of the value where it is converted, and a reference to it.
pub(super) fn converted(
    spelling: &Spelling<'_>,
    ty: &Type,
    name: &Ident,
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

/// The type of an operation's form, where its parts are set one by one.
pub(super) fn form(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let BodyContent::Multipart(form) = &body.content else {
        return None;
    };
    let name = ident(&form.name);
    let doc = docs::outer(&format!(
        "{} that [`{}`] sends, as {}.",
        if form.is_list {
            "The parts"
        } else {
            "The form"
        },
        operation.request,
        docs::code(&body.media_type)
    ));
    let new = new(spelling, form);
    let setters = form.parts.iter().filter(|part| !part.required);
    let argument = format_ident!("value");
    let setters = setters.map(|part| {
        let doc = docs::of(&part.docs, &fallback(part));
        let setter = ident(&part.name);
        let (declared, set) = set_part(spelling, part, &argument, &quote!(self.parts));
        quote! {
            #doc
            pub fn #setter(mut self, #declared) -> Self {
                #set
                self
            }
        }
    });
    let headers = form.parts.iter().flat_map(|part| {
        let headers = part.headers.iter().filter(|it| it.constant.is_none());
        headers.map(move |header| (part, header))
    });
    let headers = headers.map(|(part, header)| {
        let (wire, field) = (&header.wire, &part.wire);
        let description = format!(
            "The header {} of the part {}.",
            docs::code(wire),
            docs::code(field)
        );
        let doc = docs::of(&header.docs, &description);
        let setter = ident(&header.name);
        let (declared, turbofish, value) = converted(spelling, &header.ty, &argument);
        quote! {
            #doc
            pub fn #setter(mut self, #declared) -> Self {
                self.parts.header #turbofish(#field, #wire, #value);
                self
            }
        }
    });
    let additional = form.additional.as_ref();
    let additional = additional.map(|it| additional_parts::setters(spelling, it));
    let default = form.parts.iter().all(|part| !part.is_asked_for()).then(|| {
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
            #(#headers)*
            #additional
        }

        #default
    })
}

/// The function that makes a form of what it must have.
fn new(spelling: &Spelling<'_>, form: &MultipartForm) -> TokenStream {
    let required: Vec<&Part> = form.parts.iter().filter(|it| it.is_asked_for()).collect();
    let parts = quote!(parts);
    let make = format_ident!("{}", if form.is_list { "list" } else { "new" });
    let declared = required
        .iter()
        .map(|part| set_part(spelling, part, &name_of(part), &parts).0);
    let declared: Vec<TokenStream> = declared.collect();
    // In the document's order: there are servers that want the file last.
    let set = |part: &Part| match &part.constant {
        Some(constant) => set_constant(part, constant),
        None => set_part(spelling, part, &name_of(part), &parts).1,
    };
    let sets = form.parts.iter().filter(|part| part.required).map(set);
    let sets: Vec<TokenStream> = sets.collect();
    if sets.is_empty() {
        return quote! {
            /// A form without parts.
            pub fn new() -> Self {
                Self { parts: crate::runtime::Form::#make() }
            }
        };
    }
    if required.is_empty() {
        return quote! {
            /// A form with the parts that are always the same.
            pub fn new() -> Self {
                let mut parts = crate::runtime::Form::#make();
                #(#sets)*
                Self { parts }
            }
        };
    }
    let mut text = "A form with the parts that it must have.\n\n# Arguments\n".to_owned();
    for part in &required {
        let description = docs::paragraph(&part.docs, &fallback(part));
        // Writing to a String can't fail.
        let _ = write!(text, "\n- `{}`: {description}", name_of(part));
    }
    let doc = docs::outer(&text);
    let allow = (required.len() > MOST_ARGUMENTS).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the form must have all of them")]),
    );
    quote! {
        #doc
        #allow
        pub fn new(#(#declared),*) -> Self {
            let mut parts = crate::runtime::Form::#make();
            #(#sets)*
            Self { parts }
        }
    }
}

/// The statement that puts a part into a form which always has the same value.
fn set_constant(part: &Part, constant: &Constant) -> TokenStream {
    let literal = literal::constant(constant);
    let (ty, value) = match constant {
        Constant::Text(_) => (quote!(::std::string::String), quote!(&#literal.to_owned())),
        _ => (literal::ty(constant), quote!(&#literal)),
    };
    let wire = &part.wire;
    match &part.media_type {
        Some(media_type) => quote!(parts.value_of_type::<#ty>(#wire, #media_type, #value);),
        None => quote!(parts.value::<#ty>(#wire, #value);),
    }
}

/// The argument for a part, wherever it is given.
pub(super) fn part_argument(spelling: &Spelling<'_>, part: &Part) -> TokenStream {
    set_part(spelling, part, &name_of(part), &TokenStream::new()).0
}

/// The name of a required part's argument, apart from that of the form under way.
fn name_of(part: &Part) -> Ident {
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
    name: &Ident,
    parts: &TokenStream,
) -> (TokenStream, TokenStream) {
    let (declared, set) = set_content(spelling, part, name, parts);
    let wire = &part.wire;
    let constants = part.headers.iter().filter_map(|header| {
        let (header, constant) = (&header.wire, header.constant.as_ref()?);
        Some(quote!(#parts.header(#wire, #header, &#constant.to_owned());))
    });
    (declared, quote!(#set #(#constants)*))
}

fn set_content(
    spelling: &Spelling<'_>,
    part: &Part,
    name: &Ident,
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
        PartKind::Value(ty)
            if part.writing == PartWriting::Usual
                && media_type.is_none()
                && spelling.items_converted(ty).is_some() =>
        {
            let (declared, _) = spelling.argument(ty, name);
            let item = spelling.items_converted(ty);
            (
                quote!(#name: #declared),
                quote!(#parts.values::<#item>(#wire, #name);),
            )
        }
        PartKind::Value(ty) => {
            let (declared, turbofish, value) = converted(spelling, ty, name);
            let set = match (part.writing, media_type) {
                (PartWriting::Style { style, explode }, _) => {
                    let style = part_style(style, explode);
                    quote! {
                        #parts.in_style #turbofish(
                            crate::runtime::Parameter::query(#wire) #style,
                            #value,
                        );
                    }
                }
                (PartWriting::Json, media_type) => {
                    let media_type = media_type.unwrap_or(JSON);
                    quote!(#parts.json #turbofish(#wire, #media_type, #value);)
                }
                (PartWriting::Usual, Some(media_type)) => {
                    quote!(#parts.value_of_type #turbofish(#wire, #media_type, #value);)
                }
                (PartWriting::Usual, None) => quote!(#parts.value #turbofish(#wire, #value);),
            };
            (declared, set)
        }
    }
}

/// What is set of a part's style, as far as it isn't that of a query's parameters.
fn part_style(style: Style, explode: bool) -> TokenStream {
    let named = match style {
        Style::SpaceDelimited => Some("SpaceDelimited"),
        Style::PipeDelimited => Some("PipeDelimited"),
        Style::DeepObject => Some("DeepObject"),
        _ => None,
    };
    let named = named.map(|it| format_ident!("{it}"));
    let named = named.map(|it| quote!(.style(crate::runtime::Style::#it)));
    quote!(#named.explode(#explode))
}

/// What is said of a part that the document says nothing about.
fn fallback(part: &Part) -> String {
    format!("The part {} of the form.", docs::code(&part.wire))
}
