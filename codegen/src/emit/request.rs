//! The struct of a request: the setters of its parameters, and what sends it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{
    Operation, Output, Parameter, ParameterLocation, Resource, Style, Type, Waiter,
};
use crate::names::Ident;

use super::spelling::{Spelling, ident};
use super::{body, docs, literal};

/// The imports of a resource's module.
pub(super) fn imports(resource: &Resource) -> TokenStream {
    let runtime = if resource.waiters.is_empty() {
        quote!(requests)
    } else {
        quote!({PollOptions, requests})
    };
    let has_types = resource.operations.iter().any(names_types);
    let of_crate = match (resource.is_client, has_types) {
        (true, true) => quote!(
            use crate::{Client, types};
        ),
        (true, false) => quote!(
            use crate::Client;
        ),
        (false, true) => quote!(
            use crate::types;
        ),
        (false, false) => TokenStream::new(),
    };
    quote! {
        use crate::runtime::#runtime;
        #of_crate
    }
}

/// Whether an operation's response, argument or failure names a type of the API.
fn names_types(operation: &Operation) -> bool {
    let failures = operation.failure_types.iter().flat_map(|it| &it.cases);
    operation.request_types().any(names_a_type)
        || operation.output.types().into_iter().any(names_a_type)
        || failures.map(|case| &case.ty).any(names_a_type)
}

/// Whether its table names a type of the API.
pub(super) fn returns_types(operation: &Operation) -> bool {
    let output = match &operation.output {
        Output::Json(ty) | Output::Xml(ty, _) | Output::String(ty) | Output::Maybe(ty) => Some(ty),
        _ => None,
    };
    let item = operation.pagination.iter().map(|it| &it.item);
    let event = operation.events.iter().filter_map(|it| it.item.ty());
    let mut types = output.into_iter().chain(item).chain(event);
    types.any(names_a_type)
}

/// Whether it takes a type of the API to spell this one.
pub(super) fn names_a_type(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => names_a_type(inner),
        _ => false,
    }
}

/// The struct of a request, with its setters and `send`.
pub(super) fn definition(
    spelling: &Spelling<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let request = ident(&operation.request);
    let doc = docs::outer(&format!(
        "Request builder for {}, returned by [`{}::{}`].",
        docs::code(&operation.route()),
        resource.handle,
        operation.method
    ));
    let setters = operation.options().map(|parameter| {
        let doc = docs_of_setter(parameter);
        setter(spelling, parameter, &parameter.name, &doc, None)
    });
    let body = operation.body.iter().filter(|body| !body.required);
    let body = body.map(|body| {
        let doc = docs::of(&body.docs, "");
        let name = ident(&body.name);
        let (declared, call) = body::argument(spelling, body);
        quote! {
            #doc
            pub fn #name(self, #declared) -> Self {
                Self(self.0 #call)
            }
        }
    });
    let output = output(spelling, operation);
    let sends = match &operation.output {
        Output::None => "Sends the request.",
        Output::Bytes => "Sends the request and returns the body of the response.",
        _ => "Sends the request and returns the decoded response.",
    };
    let sends = docs::outer(&format!(
        "{sends}\n\n# Errors\nSee [`Error`](crate::Error)."
    ));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request(pub(crate) requests::Builder);

        impl #request {
            #(#setters)*
            #(#body)*

            #sends
            #[inline]
            pub fn send(self) -> requests::SendFuture<#output> {
                self.into_future()
            }
        }
    }
}

/// What is said of a setter: what the description says, and what is sent without it.
fn docs_of_setter(parameter: &Parameter) -> TokenStream {
    let Some(default) = &parameter.default else {
        return docs::of_named(&parameter.docs, &parameter.name);
    };
    let mut shown = parameter.docs.clone();
    if docs::is_name(&shown.text, &parameter.name) {
        shown.text.clear();
    }
    let value = docs::string(&default.to_string());
    docs::with_sentences(&shown, &[format!("{value} is sent unless this is set.")])
}

/// The method that sets a parameter; `rest` is what a struct has beside the call.
fn setter(
    spelling: &Spelling<'_>,
    parameter: &Parameter,
    name: &Ident,
    doc: &TokenStream,
    rest: Option<&TokenStream>,
) -> TokenStream {
    let (declared, call) = argument(spelling, parameter, &format_ident!("value"));
    let name = ident(name);
    quote! {
        #doc
        pub fn #name(self, #declared) -> Self {
            Self(self.0 #call #rest)
        }
    }
}

/// The type that a request returns.
pub(super) fn output(spelling: &Spelling<'_>, operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::None => quote!(()),
        Output::Json(ty) | Output::Xml(ty, _) | Output::String(ty) => spelling.ty(ty),
        Output::Maybe(ty) => {
            let ty = spelling.ty(ty);
            quote!(Option<#ty>)
        }
        Output::Text => quote!(String),
        Output::Bytes => quote!(bytes::Bytes),
        Output::Redirection => quote!(crate::Redirection),
        Output::Several { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// What a setter takes, for those who compare two crates: a type, what is made `into` it, or what gives
/// `each` of an array.
pub(super) fn setter_type(spelling: &Spelling<'_>, ty: &Type) -> TokenStream {
    if let Some(item) = spelling.items_converted(ty) {
        return quote!(each #item);
    }
    let value = format_ident!("value");
    let (_, converted) = spelling.argument(ty, &value);
    let ty = spelling.ty(ty);
    if value == converted.to_string() {
        ty
    } else {
        quote!(into #ty)
    }
}

/// Whether a parameter has no text but that of its JSON.
fn by_json(spelling: &Spelling<'_>, parameter: &Parameter) -> bool {
    matches!(parameter.style, Style::Json | Style::WholeJson)
        || !spelling.has_text_form(&parameter.ty)
}

/// The word for a parameter's location, which is also the method that sets one there.
pub(super) fn place(place: ParameterLocation) -> proc_macro2::Ident {
    format_ident!("{}", place.as_str())
}

/// The arguments of an operation's method, and the calls that hand them to its request.
pub(super) fn arguments(
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let parameters = operation
        .arguments()
        .map(|parameter| argument(spelling, parameter, &ident(&parameter.name)));
    let body = operation.body.iter().filter(|body| body.required);
    let (declared, mut calls): (Vec<TokenStream>, Vec<TokenStream>) = parameters
        .chain(body.map(|body| body::argument(spelling, body)))
        .unzip();
    calls.extend(operation.parameters.iter().filter_map(constant));
    (declared, calls)
}

/// The call that hands over the only value that a parameter can have, or the one that it has until a
/// setter gives it another.
fn constant(parameter: &Parameter) -> Option<TokenStream> {
    let value = parameter.constant.as_ref().or(parameter.default.as_ref())?;
    let (place, wire) = (place(parameter.place), &parameter.wire);
    Some(
        if matches!(parameter.style, Style::Json | Style::WholeJson) {
            let set = format_ident!("{place}_json");
            let (ty, value) = (literal::ty(value), literal::constant(value));
            quote!(.#set::<#ty>(#wire, #value))
        } else {
            let text = docs::shown(&value.to_string());
            quote!(.#place::<String>(#wire, #text))
        },
    )
}

/// The argument for a parameter, and the call that hands it over.
fn argument(
    spelling: &Spelling<'_>,
    parameter: &Parameter,
    name: &proc_macro2::Ident,
) -> (TokenStream, TokenStream) {
    let wire = &parameter.wire;
    let (declared, _) = spelling.argument(&parameter.ty, name);
    let declared = quote!(#name: #declared);
    let place = place(parameter.place);
    let items = spelling.items_converted(&parameter.ty);
    let ty = spelling.ty(&parameter.ty);
    let given = spelling.collected(&parameter.ty, name);
    let given = given.unwrap_or_else(|| quote!(#name));
    if parameter.style == Style::WholeForm {
        return (declared, quote!(.query_form::<#ty>(#wire, #given)));
    }
    let call = match (by_json(spelling, parameter), items) {
        (true, _) => {
            let set = format_ident!("{place}_json");
            quote!(.#set::<#ty>(#wire, #given))
        }
        (false, Some(item)) => {
            let set = format_ident!("{place}_list");
            quote!(.#set::<#item>(#wire, #name))
        }
        (false, None) => quote!(.#place::<#ty>(#wire, #given)),
    };
    (declared, call)
}

/// The struct of a poller, with the setters of the request that it polls with.
pub(super) fn poller(
    spelling: &Spelling<'_>,
    resource: &Resource,
    waiter: &Waiter,
    setters: &[(&Parameter, Ident)],
) -> TokenStream {
    let operation = &resource.operations[waiter.operation];
    let request = ident(&waiter.request);
    let doc = docs::outer(&format!(
        "Poller returned by [`{}::{}`].",
        resource.handle, waiter.method
    ));
    let output = output(spelling, operation);
    let rest = quote!(, self.1);
    let setters = setters.iter().map(|(parameter, name)| {
        let mut doc = docs::outer(&format!(
            "See [`{}::{}`].",
            operation.request, parameter.name
        ));
        if parameter.docs.deprecated {
            doc.extend(quote!(#[deprecated]));
        }
        setter(spelling, parameter, name, &doc, Some(&rest))
    });
    let sends = docs::outer(
        "Polls until the operation has finished, and returns the last response.\n\n\
         # Errors\n\
         [`Error::is_operation_failed`](crate::Error::is_operation_failed) where the operation has \
         failed, [`Error::is_timeout`](crate::Error::is_timeout) where \
         [`with_wait_timeout`](Self::with_wait_timeout) is exceeded, else see [`Error`](crate::Error). \
         [`Error::last_polled`](crate::Error::last_polled) holds the last response, if there was one.",
    );
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use = "a poller does nothing until it is sent"]
        pub struct #request(pub(crate) requests::Builder, pub(crate) PollOptions<#output>);

        impl #request {
            #(#setters)*

            #sends
            #[inline]
            pub fn send(self) -> requests::SendFuture<#output> {
                self.into_future()
            }
        }
    }
}
