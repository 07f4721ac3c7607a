//! The table of one operation: its head, a row for each parameter, and one for the body.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{
    Api, Operation, Output, Parameter, ParameterLocation, Resource, Security, Style, Type, Waiter,
};
use crate::names::Ident;

use super::common::Common;
use super::spelling::{Spelling, ident};
use super::{body, docs, literal, pages};

/// The imports of a resource's module.
pub(super) fn imports(resource: &Resource) -> TokenStream {
    if resource.operations.is_empty() {
        return quote!(
            use crate::Client;
        );
    }
    let operations = || resource.operations.iter();
    let events = operations()
        .any(|operation| operation.events.is_some())
        .then(|| quote!(EventFormat, Streamed,));
    let types = operations().any(names_types).then(|| quote!(, types));
    let paging = operations()
        .any(|operation| operation.pagination.is_some())
        .then(|| quote!(paging,));
    let waits = (!resource.waiters.is_empty()).then(|| quote!(Polled, Poller,));
    let names = quote!(#events #waits #paging);
    let runtime = if names.is_empty() {
        quote!(requests)
    } else {
        quote!({#names requests})
    };
    let own = match types {
        Some(types) => quote!({Client #types}),
        None => quote!(Client),
    };
    quote! {
        use crate::runtime::#runtime;
        use crate::#own;
    }
}

/// Whether an operation's answer, argument or failure names a type of the API.
fn names_types(operation: &Operation) -> bool {
    let failures = operation.failure_types.iter().flat_map(|it| &it.cases);
    operation.request_types().any(names_a_type)
        || operation.response_types().any(names_a_type)
        || failures.map(|case| &case.ty).any(names_a_type)
}

/// Whether it takes a type of the API to spell this one.
pub(super) fn names_a_type(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => names_a_type(inner),
        _ => false,
    }
}

/// The table of one operation.
pub(super) fn table(
    api: &Api,
    common: &Common<'_>,
    spelling: &Spelling<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let (request, endpoint) = (ident(&operation.request), ident(&operation.endpoint));
    let (handle, method) = (ident(&resource.handle), ident(&operation.method));
    let (id, path) = (&operation.id, &operation.sent_path);
    let http = format_ident!("{}", operation.http.as_str());
    let plain = format!("`{} {path}`", operation.http.as_str());
    let route = docs::code(&operation.route());
    let shown = (route != plain).then(|| quote!(as #route));
    let output = output(spelling, operation);
    let accept = &operation.accept;
    let accept = (accept != body::JSON).then(|| quote!(, accept #accept));
    let security = (operation.security != *common.security).then(|| {
        let sets = sets(&operation.security);
        quote!(, security [#(#sets),*])
    });
    let server = operation.server.as_ref();
    let server = server.map(|url| quote!(, server #url));
    let redirects = (!operation.redirects.is_empty()).then(|| {
        let statuses = operation.redirects.iter();
        let statuses = statuses.map(|status| Literal::u16_unsuffixed(*status));
        quote!(, redirects [#(#statuses),*])
    });
    let pages = pages::clause(api, spelling, operation).map(|clause| quote!(, pages(#clause)));
    let rows = operation.parameters.iter().map(|parameter| {
        let own = settings(parameter);
        let docs = (!parameter.required).then(|| docs::of_named(&parameter.docs, &parameter.name));
        let row = row(spelling, parameter, &parameter.name);
        quote!(#docs #row #own)
    });
    let body = operation.body.as_ref();
    let rows = rows.chain(body.and_then(|body| body::row(spelling, body)));
    quote! {
        requests::request! {
            #request(#endpoint) by #handle::#method: #id #http #path #shown -> #output
            #accept #security #server #redirects #pages;
            #(#rows,)*
        }
    }
}

/// What an operation answers, in the words of its table.
fn output(spelling: &Spelling<'_>, operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::None => quote!(nothing),
        Output::Json(ty) => {
            let kind = format_ident!("{}", json_kind(spelling, ty));
            let ty = spelling.ty(ty);
            quote!(#kind(#ty))
        }
        Output::String(ty) => {
            let ty = spelling.ty(ty);
            quote!(string(#ty))
        }
        Output::Redirection => quote!(several(crate::Redirection)),
        Output::Maybe(ty) => {
            let ty = spelling.ty(ty);
            quote!(optional(#ty))
        }
        Output::Text => quote!(text),
        Output::Bytes => quote!(bytes),
        Output::Several { name, .. } => {
            let name = ident(name);
            quote!(several(#name))
        }
    }
}

/// How JSON of a type is read: where it may be anything, it may be nothing as well.
pub(super) fn json_kind(spelling: &Spelling<'_>, ty: &Type) -> &'static str {
    if spelling.is_any(ty) { "value" } else { "json" }
}

/// What is taken, as the runtime has it.
pub(super) fn security(security: &Security) -> TokenStream {
    let sets = sets(security);
    quote!(&[#(&#sets),*])
}

/// The sets of credentials that are taken, each a list of indices.
fn sets(security: &Security) -> Vec<TokenStream> {
    let sets = security.iter().map(|set| {
        let indices = set.iter().map(|&index| Literal::usize_unsuffixed(index));
        quote!([#(#indices),*])
    });
    sets.collect()
}

/// A parameter's place, name and type, and its name on the wire where that is another.
fn row(spelling: &Spelling<'_>, parameter: &Parameter, name: &Ident) -> TokenStream {
    let place = place(parameter.place);
    let setter = ident(name);
    let json = by_json(spelling, parameter).then(|| quote!(json));
    let taken = (!parameter.required).then(|| {
        let taken = taken(spelling, &parameter.ty);
        quote!((#json #taken))
    });
    let wire = &parameter.wire;
    let wire = (wire != name.as_str()).then(|| quote!(= #wire));
    quote!(#place #setter #taken #wire)
}

/// What a setter takes, in the words of a table.
pub(super) fn taken(spelling: &Spelling<'_>, ty: &Type) -> TokenStream {
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
    parameter.style == Style::Json || !spelling.has_text_form(&parameter.ty)
}

fn place(place: ParameterLocation) -> proc_macro2::Ident {
    format_ident!("{}", place.as_str())
}

/// How a parameter is written, where that isn't how its place has it.
fn settings(parameter: &Parameter) -> TokenStream {
    let default = match parameter.place {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie => Style::Form,
    };
    let style = (parameter.style != default).then(|| {
        let style = style(parameter.style);
        quote!(.#style())
    });
    // It means nothing to `deepObject`, and has a default in all others (OpenAPI 3.0.3, "Parameter
    // Object").
    let explode = parameter.explode;
    let explode = (parameter.style != Style::DeepObject
        && explode != (parameter.style == Style::Form))
        .then(|| quote!(.explode(#explode)));
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#style #explode #reserved)
}

/// The setting of a parameter that gives it a style.
pub(super) fn style(style: Style) -> proc_macro2::Ident {
    format_ident!(
        "{}",
        match style {
            Style::Simple => "simple",
            Style::Label => "label",
            Style::Matrix => "matrix",
            Style::Form => "form",
            Style::SpaceDelimited => "space_delimited",
            Style::PipeDelimited => "pipe_delimited",
            Style::DeepObject => "deep_object",
            Style::Json => "as_json",
        }
    )
}

/// The arguments of an operation's method, and the calls that hand them to its request.
pub(super) fn arguments(
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let parameters = operation
        .arguments()
        .map(|parameter| argument(spelling, parameter));
    let body = operation.body.iter().filter(|body| body.required);
    let (declared, mut calls): (Vec<TokenStream>, Vec<TokenStream>) = parameters
        .chain(body.map(|body| body::argument(spelling, body)))
        .unzip();
    calls.extend(operation.parameters.iter().filter_map(constant));
    (declared, calls)
}

/// The call that hands over the only value that a parameter can have.
fn constant(parameter: &Parameter) -> Option<TokenStream> {
    let value = parameter.constant.as_ref()?;
    let (place, wire) = (place(parameter.place), &parameter.wire);
    Some(if parameter.style == Style::Json {
        let set = format_ident!("{place}_json");
        let (ty, value) = (literal::ty(value), literal::constant(value));
        quote!(.#set::<#ty>(#wire, #value))
    } else {
        let text = docs::shown(&value.to_string());
        quote!(.#place::<String>(#wire, #text))
    })
}

/// The argument for a parameter, and the call that hands it over.
fn argument(spelling: &Spelling<'_>, parameter: &Parameter) -> (TokenStream, TokenStream) {
    let (name, wire) = (ident(&parameter.name), &parameter.wire);
    let (declared, _) = spelling.argument(&parameter.ty, &name);
    let declared = quote!(#name: #declared);
    let place = place(parameter.place);
    let items = spelling.items_converted(&parameter.ty);
    let ty = spelling.ty(&parameter.ty);
    let call = match (by_json(spelling, parameter), items) {
        (true, Some(_)) => {
            let set = format_ident!("{place}_json");
            quote!(.#set::<#ty>(#wire, #name.into_iter().map(Into::into).collect::<#ty>()))
        }
        (true, None) => {
            let set = format_ident!("{place}_json");
            quote!(.#set::<#ty>(#wire, #name))
        }
        (false, Some(item)) => {
            let set = format_ident!("{place}_list");
            quote!(.#set::<#item>(#wire, #name))
        }
        (false, None) => quote!(.#place::<#ty>(#wire, #name)),
    };
    (declared, call)
}

/// The setters of a wait: those of the request that it asks with.
pub(super) fn setters_of_wait(
    spelling: &Spelling<'_>,
    operation: &Operation,
    waiter: &Waiter,
    setters: &[(&Parameter, Ident)],
) -> Option<TokenStream> {
    let rows: Vec<TokenStream> = setters
        .iter()
        .map(|(parameter, name)| {
            let doc = docs::outer(&format!(
                "See [`{}::{}`].",
                operation.request, parameter.name
            ));
            let deprecated = parameter.docs.deprecated.then(|| quote!(#[deprecated]));
            let row = row(spelling, parameter, name);
            quote!(#doc #deprecated #row)
        })
        .collect();
    let (request, endpoint) = (ident(&waiter.request), ident(&operation.endpoint));
    (!rows.is_empty()).then(|| quote!(requests::setters! { #request(#endpoint); #(#rows,)* }))
}
