//! The module of a resource: the handle with its methods, then a request for each.

use std::fmt::Write as _;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Api, Body, Operation, Output, Parameter, Place, Resource, Statuses};

use super::spelling::{Spelling, ident};
use super::types::allow_deprecated;
use super::{call_sample, docs, pages, request, waits};

/// The module of one resource.
pub(super) fn module(api: &Api, resource: &Resource) -> Result<TokenStream, String> {
    let spelling = Spelling::elsewhere(api);
    let handle = ident(&resource.handle);
    let accessor = &resource.module;
    let about = docs::text_of(&resource.docs, &format!("Operations of `{accessor}`."));
    let module_doc = docs::inner(&about);
    let handle_doc = docs::outer(&format!(
        "{about}\n\nMade by [`Client::{accessor}`](crate::Client::{accessor})."
    ));
    let mut methods = Vec::with_capacity(resource.operations.len());
    let mut requests = Vec::with_capacity(resource.operations.len());
    for operation in &resource.operations {
        methods.push(method(api, &spelling, resource, operation)?);
        requests.push(request::emit(&spelling, resource, operation));
        requests.extend(pages::emit(api, &spelling, operation));
    }
    for waiter in &resource.waiters {
        methods.push(waits::method(api, &spelling, resource, waiter)?);
        requests.extend(waits::request(api, &spelling, resource, waiter));
    }
    let own_imports = spelling.imports();
    let imports = request::imports(resource);
    let allow = allow_deprecated(api);
    Ok(quote! {
        #module_doc
        #allow
        #own_imports
        #imports

        #handle_doc
        #[derive(Clone, Debug)]
        pub struct #handle {
            pub(crate) client: Client,
        }

        impl #handle {
            #(#methods)*
        }

        #(#requests)*
    })
}

/// The method that begins a request.
fn method(
    api: &Api,
    spelling: &Spelling<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Result<TokenStream, String> {
    let route = docs::code(&format!("{} {}", operation.http.as_str(), operation.path));
    let mut text = docs::text_of(&operation.docs, "");
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&route);
    text.push_str(&pages::about(api, operation));
    text.push_str(&arguments(operation));
    if let Some(sample) = call_sample::doc_test(api, resource, operation)? {
        text.push_str("\n\n# Example\n\n");
        text.push_str(&sample);
    }
    text.push_str(&failures(api, operation));
    let doc = docs::outer(&text);
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let (name, request) = (ident(&operation.method), ident(&operation.request));
    let endpoint = ident(&operation.endpoint);

    let (declared, settings) = declared_arguments(spelling, operation);
    let new = quote!(Call::new(&self.client, &#endpoint::OPERATION));
    let body = if settings.is_empty() {
        quote!(Request::new(#new))
    } else {
        quote! {
            let mut call = #new;
            #(#settings)*
            Request::new(call)
        }
    };
    Ok(quote! {
        #doc
        #deprecated
        pub fn #name(&self, #(#declared),*) -> #request {
            #body
        }
    })
}

/// The arguments of an operation's method, and the statements that hand them to the call.
pub(super) fn declared_arguments(
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let call = quote!(call);
    let parameters = operation
        .arguments()
        .map(|parameter| set(spelling, parameter, &ident(&parameter.name), &call));
    let body = operation.body.iter().filter(|body| body.required);
    parameters
        .chain(body.map(|body| set_body(spelling, body, &call)))
        .unzip()
}

/// The argument for a parameter, and the statement that hands it to the call.
pub(super) fn set(
    spelling: &Spelling<'_>,
    parameter: &Parameter,
    name: &Ident,
    call: &TokenStream,
) -> (TokenStream, TokenStream) {
    let wire = &parameter.wire;
    let (declared, _) = spelling.argument(&parameter.ty, name);
    let setter = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let (setter, ty) = match spelling.items_converted(&parameter.ty) {
        Some(item) => (format_ident!("{setter}_list"), item),
        None => (format_ident!("{setter}"), spelling.ty(&parameter.ty)),
    };
    (
        quote!(#name: #declared),
        quote!(#call.#setter::<#ty>(#wire, #name);),
    )
}

/// The argument for the body, and the statement that hands it to the call.
pub(super) fn set_body(
    spelling: &Spelling<'_>,
    body: &Body,
    call: &TokenStream,
) -> (TokenStream, TokenStream) {
    let name = ident(&body.name);
    let (declared, value) = spelling.argument(&body.ty, &name);
    let ty = spelling.ty(&body.ty);
    // What is converted needs its type named; what is given as it is has one.
    let (value, ty) = if name == value.to_string() {
        (quote!(&#name), None)
    } else {
        (quote!(&#value), Some(quote!(::<#ty>)))
    };
    let media_type = &body.media_type;
    let set = if media_type == "application/json" {
        quote!(#call.json #ty(#value);)
    } else {
        quote!(#call.json_as #ty(#media_type, #value);)
    };
    (quote!(#name: #declared), set)
}

/// What the document says about the method's arguments.
fn arguments(operation: &Operation) -> String {
    let parameters = operation.arguments().map(|it| (&it.name, &it.docs));
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .map(|it| (&it.name, &it.docs));
    let mut list = String::new();
    for (name, docs) in parameters.chain(body) {
        let said = docs::text_of(docs, "");
        // One paragraph fits into a list; the first one tells what it is.
        let said = said
            .split("\n\n")
            .next()
            .unwrap_or_default()
            .replace('\n', " ");
        if !said.is_empty() && !said.starts_with("```") {
            let deprecated = if docs.deprecated { " (deprecated)" } else { "" };
            let _ = write!(list, "\n- `{name}`{deprecated}: {said}");
        }
    }
    if list.is_empty() {
        list
    } else {
        format!("\n\n# Arguments\n{list}")
    }
}

/// What the document says about failures.
fn failures(api: &Api, operation: &Operation) -> String {
    let documented: Vec<String> = operation
        .errors
        .iter()
        .filter_map(|error| {
            let status = status_words(error.statuses);
            let ty = error.ty.as_ref().and_then(|ty| type_link(api, ty));
            let read = ty.map(|link| {
                format!(" Its body is {link}, see [`Error::body_as`](crate::Error::body_as).")
            });
            let said = docs::text_of(&error.docs, "");
            let said = said.lines().next().unwrap_or_default().trim();
            if said.is_empty() && read.is_none() {
                return None;
            }
            let stop = if said.is_empty() || said.ends_with(['.', '!', '?']) {
                ""
            } else {
                "."
            };
            Some(format!(
                "- {status}: {said}{stop}{}",
                read.unwrap_or_default()
            ))
        })
        .collect();
    if documented.is_empty() {
        String::new()
    } else {
        format!("\n\n# Documented failures\n\n{}", documented.join("\n"))
    }
}

fn type_link(api: &Api, ty: &crate::model::Type) -> Option<String> {
    match ty {
        crate::model::Type::Named(id) => {
            let name = &api.type_def(*id).name;
            Some(format!("[`{name}`](crate::types::{name})"))
        }
        _ => None,
    }
}

fn status_words(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => status.to_string(),
        Statuses::Range(hundred) => format!("{hundred}00 to {hundred}99"),
        Statuses::Default => "Any other status".to_owned(),
    }
}

/// Whether an operation's answer or argument names a type of the API.
pub(super) fn names_types(operation: &Operation) -> bool {
    use crate::model::Type;
    fn named(ty: &Type) -> bool {
        match ty {
            Type::Named(_) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
            _ => false,
        }
    }
    let output = match &operation.output {
        Output::None => false,
        Output::Json(ty) | Output::Maybe(ty) => named(ty),
        Output::Several { cases, .. } => {
            cases.iter().any(|case| case.ty.as_ref().is_some_and(named))
        }
    };
    output
        || operation.body.as_ref().is_some_and(|body| named(&body.ty))
        || operation
            .parameters
            .iter()
            .any(|parameter| named(&parameter.ty))
}
