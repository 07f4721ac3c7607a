//! The module of a resource: the handle with its methods, then a request for each.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Api, BodyContent, Operation, Output, Parameter, Resource, ResponseContent, Type, TypeId,
};

use crate::names::Ident;
use crate::print;

use super::common::Common;
use super::error_docs;
use super::library::accessor_link;
use super::spelling::{Spelling, ident};
use super::types::allow_deprecated;
use super::{
    body, call_sample, client, docs, failures, limits, output, outside, pages, request, waits,
};

/// The module of one resource.
///
/// # Errors
///
/// As [`print::file`].
pub(super) fn module(
    api: &Api,
    common: &Common<'_>,
    resource: &Resource,
) -> Result<String, String> {
    let spelling = Spelling::elsewhere(api);
    let handle = ident(&resource.handle);
    let module = &resource.module;
    let default = if resource.is_client {
        "Requests of the operations that [`Client`] itself has.".to_owned()
    } else {
        format!("Operations of `{module}`.")
    };
    let about = docs::text_of(&resource.docs, &default);
    let module_doc = docs::inner(&about);
    let handle_type = (!resource.is_client).then(|| handle_type(resource));
    let nested = common.children(resource).iter().map(|nested| {
        let name = ident(&nested.module);
        quote!(pub mod #name;)
    });
    let accessors = common
        .children(resource)
        .iter()
        .map(|nested| client::accessor(nested, &quote!(self.client.clone())));
    let mut methods = Vec::with_capacity(resource.operations.len());
    let mut requests = print::Items::new();
    for operation in &resource.operations {
        methods.push(method(api, common, &spelling, resource, operation)?);
        requests.push(request::definition(&spelling, resource, operation))?;
        requests.push(output::output_enum(&spelling, operation).unwrap_or_default())?;
        requests.push(body::form(&spelling, operation).unwrap_or_default())?;
    }
    for waiter in &resource.waiters {
        methods.push(waits::method(api, &spelling, resource, waiter)?);
        requests.push(waits::poller(&spelling, resource, waiter))?;
    }
    for it in failures::emit(&spelling, resource) {
        requests.push(it)?;
    }
    let own_imports = spelling.imports();
    let imports = request::imports(resource);
    let allow = allow_deprecated(common);
    requests.below(quote! {
        #module_doc
        #allow
        #![allow(missing_docs, reason = "the API's description says nothing of some parameters")]
        #own_imports
        #imports

        #(#nested)*

        #handle_type

        impl #handle {
            #(#accessors)*
            #(#methods)*
        }
    })
}

/// The struct that has the methods of a resource.
fn handle_type(resource: &Resource) -> TokenStream {
    let (handle, module) = (ident(&resource.handle), &resource.module);
    let doc = docs::outer(&format!(
        "Operations on `{module}`, returned by [`{}::{module}`]({}).",
        resource
            .parent_handle
            .as_ref()
            .map_or("Client", Ident::as_str),
        accessor_link(resource)
    ));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #handle {
            pub(crate) client: requests::ClientCore,
        }
    }
}

/// What is said about content that isn't JSON alone.
fn of_content(operation: &Operation) -> String {
    let mut text = String::new();
    let is_typed =
        |content: &BodyContent| matches!(content, BodyContent::Json(_) | BodyContent::Form { .. });
    let body = operation.body.as_ref();
    if let Some(body) = body.filter(|body| !is_typed(&body.content)) {
        let media_type = docs::code(&body.media_type);
        let own = match body.content {
            BodyContent::Binary => {
                ", or as what its [`content_type`](crate::Upload::content_type) says"
            }
            _ => "",
        };
        let _ = write!(text, "\n\nThe body is sent as {media_type}{own}.");
    }
    text.push_str(&of_output(operation));
    if operation.events.is_some() {
        let is = match operation.output {
            Output::Text | Output::None => "is",
            _ => "can be",
        };
        let _ = write!(
            text,
            "\n\nThe response {is} a stream of events: use [`{}::into_events`] to read them.",
            operation.request
        );
    }
    text
}

/// What is said about responses that aren't JSON alone.
fn of_output(operation: &Operation) -> String {
    let output = &operation.output;
    let mut text = String::new();
    let holds = |content: &ResponseContent| match output {
        Output::Several { cases, .. } => {
            let mut contents = cases.iter().filter_map(|case| case.content.as_ref());
            contents.any(|it| it == content)
        }
        _ => false,
    };
    if matches!(output, Output::Bytes) || holds(&ResponseContent::Bytes) {
        let which = match output {
            Output::Bytes => "Returns the raw response body",
            _ => "A body that isn't JSON or text is returned raw",
        };
        let _ = write!(
            text,
            "\n\n{which}; use [`{}::send_streaming`] to stream it, and \
             [`Response::json`](crate::Response::json) to read JSON from it.",
            operation.request
        );
    }
    if matches!(output, Output::Redirection) || holds(&ResponseContent::Redirection) {
        text.push_str(
            "\n\nA documented redirect isn't followed: [`Redirection`](crate::Redirection) holds its \
             status and `Location`.",
        );
    }
    text
}

/// The method that returns a request.
fn method(
    api: &Api,
    common: &Common<'_>,
    spelling: &Spelling<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Result<TokenStream, String> {
    let route = docs::code(&operation.route());
    let mut text = docs::text_of(&operation.docs, "");
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&route);
    let returns = returns(api, operation);
    if !returns.is_empty() {
        let _ = write!(text, " returns {returns}.");
    }
    text.push_str(&pages::about(operation));
    text.push_str(&server_and_auth(api, common, operation));
    text.push_str(&of_content(operation));
    text.push_str(&always_sent(operation));
    text.push_str(&limits::about(operation));
    text.push_str(&arguments(operation));
    if let Some(sample) = call_sample::doc_test(api, resource, operation)? {
        text.push_str("\n\n# Example\n");
        text.push_str(&sample);
    }
    text.push_str(&headers(api, operation));
    let failures = error_docs::listed(api, operation);
    if !failures.is_empty() && common.failures.as_ref() != Some(&failures) {
        let _ = write!(text, "\n\n# Errors{failures}");
    }
    if let Some(types) = &operation.failure_types {
        let _ = write!(
            text,
            "\n\n[`{}::of`] reads its documented error responses.",
            types.name
        );
    }
    let doc = docs::outer(&text);
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let (name, request) = (ident(&operation.method), ident(&operation.request));
    let (declared, given) = request::arguments(spelling, operation);
    let client = client::of_handle(resource);
    let limits = limits::calls(operation);
    Ok(quote! {
        #doc
        #deprecated
        pub fn #name(&self, #(#declared),*) -> #request {
            #request(requests::call::<#request>(#client) #limits #(#given)*)
        }
    })
}

/// What a request returns; nothing where that is no value, or is told elsewhere.
fn returns(api: &Api, operation: &Operation) -> String {
    let link = |ty: &Type| {
        let shown = outside(api, ty).replace("types::", "");
        match named(ty) {
            Some(id) => format!("[`{shown}`](crate::types::{})", api.type_def(id).name),
            None => format!("`{shown}`"),
        }
    };
    match &operation.output {
        Output::None | Output::Bytes => String::new(),
        Output::Json(ty) | Output::Xml(ty, _) | Output::String(ty) => link(ty),
        Output::Maybe(ty) => format!("{}, or `None` where the response is empty", link(ty)),
        Output::Text => "the response body as a `String`".to_owned(),
        Output::Redirection => "[`Redirection`](crate::Redirection)".to_owned(),
        Output::Several { name, .. } => format!("[`{name}`]"),
    }
}

/// The type of the API that a type is, or is made of.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// Where an operation differs from others of the API in its server or its credentials.
fn server_and_auth(api: &Api, common: &Common<'_>, operation: &Operation) -> String {
    let mut text = String::new();
    if let Some(server) = &operation.server {
        let with = if operation.security.is_empty() {
            ""
        } else {
            " (including credentials)"
        };
        let _ = write!(
            text,
            "\n\nSent to {}{with} unless a base URL is configured.",
            docs::code(server)
        );
    }
    let schemes = &api.profile.schemes;
    if operation.security.is_empty() && !schemes.is_empty() {
        text.push_str("\n\nNo authentication required.");
    } else if schemes.len() > 1 && operation.security != *common.security {
        let sets = operation.security.iter().map(|set| {
            let names = set.iter().filter_map(|&index| schemes.get(index));
            let links: Vec<String> = names
                .map(|scheme| format!("[`{0}`](crate::ClientBuilder::{0})", scheme.name))
                .collect();
            if links.is_empty() {
                "none".to_owned()
            } else {
                links.join(" and ")
            }
        });
        let sets: Vec<String> = sets.collect();
        let _ = write!(text, "\n\nAuthentication: {}.", sets.join(", or "));
    }
    text
}

/// The parameters that have one value, which nobody gives.
fn always_sent(operation: &Operation) -> String {
    let pair = |it: &Parameter| {
        let value = it.constant.as_ref()?;
        Some(docs::code(&format!("{}={value}", it.wire)))
    };
    let pairs: Vec<String> = operation.parameters.iter().filter_map(pair).collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!("\n\nAlways sent: {}.", pairs.join(", "))
    }
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
        // One paragraph fits into a list; the first one tells what it is.
        let description = docs::paragraph(docs, "");
        if !description.is_empty() && !docs::is_name(&description, name) {
            let deprecated = if docs.deprecated { " (deprecated)" } else { "" };
            let _ = write!(list, "\n- `{name}`{deprecated}: {description}");
        }
    }
    if list.is_empty() {
        list
    } else {
        format!("\n{list}")
    }
}

/// The response headers that the document describes.
fn headers(api: &Api, operation: &Operation) -> String {
    let listed = operation.headers.iter().map(|header| {
        let ty = failures::type_link(api, &header.ty);
        let ty = ty.map(|ty| format!(" ({ty})")).unwrap_or_default();
        let about = match docs::paragraph(&header.docs, "") {
            none if none.is_empty() => none,
            about => format!(": {about}"),
        };
        format!("- {}{ty}{about}", docs::code(&header.wire))
    });
    let listed: Vec<String> = listed.collect();
    if listed.is_empty() {
        return String::new();
    }
    format!(
        "\n\n# Response headers\n{}\n\nAccess with [`Response::header_as`](crate::Response::header_as).",
        listed.join("\n")
    )
}
