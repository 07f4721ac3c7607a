//! What belongs to one operation: its request, its endpoint, its setters and its output.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{
    AnswerContent, BodyContent, Encoding, HttpMethod, Operation, Output, OutputCase, Parameter,
    Place, Resource, Security, Statuses, Style,
};

use super::resource::{names_types, set};
use super::spelling::{Spelling, ident};
use super::{body, docs, statuses};

/// The imports of a resource's module.
pub(super) fn imports(resource: &Resource) -> TokenStream {
    if resource.operations.is_empty() {
        return quote!(
            use crate::Client;
        );
    }
    let parameters = || {
        resource
            .operations
            .iter()
            .flat_map(|operation| &operation.parameters)
    };
    let encodings = || resource.operations.iter().flat_map(encodings);
    let parameter =
        (parameters().next().is_some() || encodings().next().is_some()).then(|| quote!(Parameter,));
    let style = (parameters().any(|it| !is_default_style(it))
        || encodings().any(|it| it.style != Style::Form))
    .then(|| quote!(Style,));
    let (event_format, streamed) = resource
        .operations
        .iter()
        .any(|operation| operation.events.is_some())
        .then(|| (quote!(EventFormat,), quote!(Streamed,)))
        .unzip();
    let types = resource
        .operations
        .iter()
        .any(names_types)
        .then(|| quote!(types,));
    let paged = resource
        .operations
        .iter()
        .any(|operation| operation.pagination.is_some())
        .then(|| quote!(Paged, Paging,));
    let waits = (!resource.waiters.is_empty()).then(|| quote!(Waited, Waiting,));
    quote! {
        use crate::runtime::{
            Call, Endpoint, #event_format Method, Operation, #paged #parameter Payload, Request,
            #streamed #style #waits
        };
        use crate::{Client, Error, #types};
    }
}

/// Everything of one operation but its method.
pub(super) fn emit(
    spelling: &Spelling<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let (request, endpoint) = (ident(&operation.request), ident(&operation.endpoint));
    let route = docs::code(&format!("{} {}", operation.http.as_str(), operation.path));
    let request_doc = docs::outer(&format!(
        "A call of {route}, made by [`{handle}::{method}`].",
        handle = resource.handle,
        method = operation.method,
    ));
    let endpoint_doc = docs::outer(&format!("Stands for {route} in [`{request}`]."));
    let constant = constant(operation);
    let (output, decode) = decoding(spelling, operation);
    let output_enum = output_enum(spelling, operation);
    let setters = setters(spelling, operation);
    quote! {
        #request_doc
        pub type #request = Request<#endpoint>;

        #endpoint_doc
        #[derive(Debug)]
        pub enum #endpoint {}

        impl Endpoint for #endpoint {
            type Output = #output;
            const OPERATION: Operation = #constant;
            #decode
        }

        #setters
        #output_enum
    }
}

/// The constant that describes the operation to the runtime.
fn constant(operation: &Operation) -> TokenStream {
    let (id, path, accept) = (&operation.id, &operation.path, &operation.accept);
    let method = match operation.http {
        HttpMethod::Get => quote!(GET),
        HttpMethod::Put => quote!(PUT),
        HttpMethod::Post => quote!(POST),
        HttpMethod::Delete => quote!(DELETE),
        HttpMethod::Options => quote!(OPTIONS),
        HttpMethod::Head => quote!(HEAD),
        HttpMethod::Patch => quote!(PATCH),
        HttpMethod::Trace => quote!(TRACE),
    };
    let parameters = operation.parameters.iter().map(parameter);
    let security = security(&operation.security);
    let server = match &operation.server {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    quote! {
        Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            parameters: &[#(#parameters),*],
            accept: #accept,
            security: #security,
            server: #server,
        }
    }
}

/// What is taken, as the runtime has it.
pub(super) fn security(security: &Security) -> TokenStream {
    let sets = security.iter().map(|set| {
        let indices = set
            .iter()
            .map(|&index| proc_macro2::Literal::usize_unsuffixed(index));
        quote!(&[#(#indices),*])
    });
    quote!(&[#(#sets),*])
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let place = match parameter.place {
        Place::Path => quote!(path),
        Place::Query => quote!(query),
        Place::Header => quote!(header),
        Place::Cookie => quote!(cookie),
    };
    let style = (!is_default_style(parameter)).then(|| style(parameter.style));
    let explode = explode(parameter.style, parameter.explode);
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(Parameter::#place(#wire) #style #explode #reserved)
}

/// A field of a form, which is written as a parameter of the query is.
pub(super) fn parameter_in_query(wire: &str, of: Style, exploded: bool) -> TokenStream {
    let style = (of != Style::Form).then(|| style(of));
    let explode = explode(of, exploded);
    quote!(Parameter::query(#wire) #style #explode)
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(.style(Style::Simple)),
        Style::Label => quote!(.style(Style::Label)),
        Style::Matrix => quote!(.style(Style::Matrix)),
        Style::Form => quote!(.style(Style::Form)),
        Style::SpaceDelimited => quote!(.style(Style::SpaceDelimited)),
        Style::PipeDelimited => quote!(.style(Style::PipeDelimited)),
        Style::DeepObject => quote!(.style(Style::DeepObject)),
        Style::Json => quote!(.style(Style::Json)),
    }
}

/// `explode`, where it isn't the style's default (OpenAPI 3.0.3, "Parameter Object"). It means nothing
/// to `deepObject`, whose way of writing is the same with both.
fn explode(style: Style, explode: bool) -> Option<TokenStream> {
    (style != Style::DeepObject && explode != (style == Style::Form))
        .then(|| quote!(.explode(#explode)))
}

/// What an operation says about the fields of its form.
fn encodings(operation: &Operation) -> &[Encoding] {
    match operation.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::Form { encodings, .. }) => encodings,
        _ => &[],
    }
}

fn is_default_style(parameter: &Parameter) -> bool {
    let default = match parameter.place {
        Place::Path | Place::Header => Style::Simple,
        Place::Query | Place::Cookie => Style::Form,
    };
    parameter.style == default
}

/// The type of an answer, and the function that reads it.
fn decoding(spelling: &Spelling<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    match &operation.output {
        Output::None => (
            quote!(()),
            quote! {
                fn decode(_: &Payload) -> Result<Self::Output, Error> {
                    Ok(())
                }
            },
        ),
        Output::Json(ty) => (
            spelling.ty(ty),
            quote! {
                fn decode(payload: &Payload) -> Result<Self::Output, Error> {
                    payload.json()
                }
            },
        ),
        Output::Maybe(ty) => {
            let ty = spelling.ty(ty);
            (
                quote!(Option<#ty>),
                quote! {
                    fn decode(payload: &Payload) -> Result<Self::Output, Error> {
                        if payload.is_empty() { Ok(None) } else { payload.json().map(Some) }
                    }
                },
            )
        }
        Output::Text => (
            quote!(String),
            quote! {
                fn decode(payload: &Payload) -> Result<Self::Output, Error> {
                    payload.text()
                }
            },
        ),
        Output::Bytes => (
            quote!(bytes::Bytes),
            quote! {
                fn decode(payload: &Payload) -> Result<Self::Output, Error> {
                    Ok(payload.bytes())
                }
            },
        ),
        Output::Several { name, cases } => {
            let name = ident(name);
            // A status of its own goes before its range, and both before all others.
            let mut ranked: Vec<&OutputCase> = cases.iter().collect();
            ranked.sort_by_key(|case| match case.statuses {
                Statuses::One(_) => 0,
                Statuses::Range(_) => 1,
                Statuses::Default => 2,
            });
            let all: Vec<Statuses> = cases.iter().map(|case| case.statuses).collect();
            let arms = ranked.into_iter().filter_map(|case| arm(&name, case, &all));
            // Any success that the document doesn't name is taken for the first that it does.
            let fallback = cases
                .iter()
                .find(|case| case.content.is_some() && case.statuses != Statuses::Default)
                .filter(|_| !cases.iter().any(|case| case.statuses == Statuses::Default))
                .map(|case| {
                    let read = read(&name, case);
                    quote!(_ => #read,)
                });
            (
                quote!(#name),
                quote! {
                    fn decode(payload: &Payload) -> Result<Self::Output, Error> {
                        match payload.status().as_u16() {
                            #(#arms)*
                            #fallback
                        }
                    }
                },
            )
        }
    }
}

fn arm(name: &proc_macro2::Ident, case: &OutputCase, all: &[Statuses]) -> Option<TokenStream> {
    let pattern = match case.statuses {
        Statuses::Default => quote!(_),
        some => statuses::pattern(some, all)?,
    };
    let read = read(name, case);
    Some(quote!(#pattern => #read,))
}

/// Reads a case of an answer.
fn read(name: &proc_macro2::Ident, case: &OutputCase) -> TokenStream {
    let variant = ident(&case.name);
    match &case.content {
        Some(AnswerContent::Json(_)) => quote!(payload.json().map(#name::#variant)),
        Some(AnswerContent::Text) => quote!(payload.text().map(#name::#variant)),
        Some(AnswerContent::Bytes) => quote!(Ok(#name::#variant(payload.bytes()))),
        None => quote!(Ok(#name::#variant)),
    }
}

/// The enum of an operation that answers with several types.
fn output_enum(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let Output::Several { name, cases } = &operation.output else {
        return None;
    };
    let name = ident(name);
    let doc = docs::outer(&format!("What [`{}`] gives, by status.", operation.request));
    let variants = cases.iter().map(|case| {
        let doc = docs::of(&case.docs, "A success.");
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
    Some(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants),*
        }
    })
}

/// The setters of everything that may be left out.
fn setters(spelling: &Spelling<'_>, operation: &Operation) -> Option<TokenStream> {
    let request = ident(&operation.request);
    let call = quote!(self.call);
    let optional = operation.options().map(|parameter| {
        let doc = docs::of(&parameter.docs, &fallback(parameter));
        let name = ident(&parameter.name);
        let (declared, setting) = set(spelling, parameter, &format_ident!("value"), &call);
        quote! {
            #doc
            pub fn #name(mut self, #declared) -> Self {
                #setting
                self
            }
        }
    });
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| {
            let doc = docs::of(&body.docs, "The body of the request.");
            let name = ident(&body.name);
            let (declared, setting) = body::set(spelling, body, &call);
            quote! {
                #doc
                pub fn #name(mut self, #declared) -> Self {
                    #setting
                    self
                }
            }
        });
    let setters: Vec<TokenStream> = optional.chain(body).collect();
    (!setters.is_empty()).then(|| {
        quote! {
            impl #request {
                #(#setters)*
            }
        }
    })
}

/// What is said of a parameter that the document says nothing about.
fn fallback(parameter: &Parameter) -> String {
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    format!("The {place} parameter {}.", docs::code(&parameter.wire))
}
