//! What belongs to one operation: its request, its endpoint, its setters and its output.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{
    HttpMethod, Operation, Output, OutputCase, Parameter, Place, Resource, Statuses, Style,
};

use super::docs;
use super::resource::{names_types, set, set_body};
use super::spelling::{Spelling, ident};

/// The imports of a resource's module.
pub(super) fn imports(resource: &Resource) -> TokenStream {
    let parameters = || {
        resource
            .operations
            .iter()
            .flat_map(|operation| &operation.parameters)
    };
    let parameter = parameters().next().is_some().then(|| quote!(Parameter,));
    let style = parameters()
        .any(|it| !is_default_style(it))
        .then(|| quote!(Style,));
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
            Call, Endpoint, Method, Operation, #paged #parameter Payload, Request, #style #waits
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
    quote! {
        Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            parameters: &[#(#parameters),*],
            accept: #accept,
        }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let place = match parameter.place {
        Place::Path => quote!(path),
        Place::Query => quote!(query),
        Place::Header => quote!(header),
        Place::Cookie => quote!(cookie),
    };
    let style = (!is_default_style(parameter)).then(|| match parameter.style {
        Style::Simple => quote!(.style(Style::Simple)),
        Style::Form => quote!(.style(Style::Form)),
        Style::SpaceDelimited => quote!(.style(Style::SpaceDelimited)),
        Style::PipeDelimited => quote!(.style(Style::PipeDelimited)),
        Style::DeepObject => quote!(.style(Style::DeepObject)),
    });
    // The default of the style (OpenAPI 3.0.3, "Parameter Object", `explode`).
    let explode = (parameter.explode != (parameter.style == Style::Form)).then(|| {
        let explode = parameter.explode;
        quote!(.explode(#explode))
    });
    quote!(Parameter::#place(#wire) #style #explode)
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
        Output::Several { name, cases } => {
            let name = ident(name);
            let arms = cases.iter().map(|case| arm(&name, case));
            // Any success that the document doesn't name is taken for the first that it does.
            let fallback = cases
                .iter()
                .find(|case| case.ty.is_some() && case.statuses != Statuses::Default)
                .filter(|_| !cases.iter().any(|case| case.statuses == Statuses::Default))
                .map(|case| {
                    let variant = ident(&case.name);
                    quote!(_ => payload.json().map(#name::#variant),)
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

fn arm(name: &proc_macro2::Ident, case: &OutputCase) -> TokenStream {
    let pattern = match case.statuses {
        Statuses::One(status) => {
            let status = proc_macro2::Literal::u16_unsuffixed(status);
            quote!(#status)
        }
        Statuses::Range(hundred) => {
            let first = proc_macro2::Literal::u16_unsuffixed(hundred * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(hundred * 100 + 99);
            quote!(#first..=#last)
        }
        Statuses::Default => quote!(_),
    };
    let variant = ident(&case.name);
    if case.ty.is_some() {
        quote!(#pattern => payload.json().map(#name::#variant),)
    } else {
        quote!(#pattern => Ok(#name::#variant),)
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
        let payload = case.ty.as_ref().map(|ty| {
            let ty = spelling.ty(ty);
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
            let (declared, setting) = set_body(spelling, body, &call);
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
