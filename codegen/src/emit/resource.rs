//! The module of a resource: the handle with its methods, then a request for each.

use std::fmt::Write as _;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Api, BodyContent, Operation, Output, Parameter, Place, Resource, Style, Type};

use super::library::accessor_link;
use super::spelling::{Spelling, ident};
use super::types::allow_deprecated;
use super::{body, call_sample, client, docs, events, failures, features, pages, request, waits};

/// The module of one resource.
pub(super) fn module(api: &Api, resource: &Resource) -> Result<TokenStream, String> {
    let spelling = Spelling::elsewhere(api);
    let handle = ident(&resource.handle);
    let module = &resource.module;
    let about = docs::text_of(&resource.docs, &format!("Operations of `{module}`."));
    let module_doc = docs::inner(&about);
    let handle_doc = docs::outer(&format!(
        "{about}\n\nMade by [`{}::{module}`]({}).",
        api.parent(resource)
            .map_or("Client", |parent| parent.handle.as_str()),
        accessor_link(api, resource)
    ));
    let nested = api.children(Some(resource)).map(|nested| {
        let (gate, name) = (
            features::gate(nested.feature.as_ref()),
            ident(&nested.module),
        );
        quote!(#gate pub mod #name;)
    });
    let accessors = api
        .children(Some(resource))
        .map(|nested| client::accessor(nested, &quote!(self.client.clone())));
    let mut methods = Vec::with_capacity(resource.operations.len());
    let mut requests = Vec::with_capacity(resource.operations.len());
    for operation in &resource.operations {
        methods.push(method(api, &spelling, resource, operation)?);
        requests.push(request::emit(&spelling, resource, operation));
        requests.extend(pages::emit(api, &spelling, operation));
        requests.extend(events::emit(&spelling, operation));
        requests.extend(body::form(&spelling, operation));
    }
    for waiter in &resource.waiters {
        methods.push(waits::method(api, &spelling, resource, waiter)?);
        requests.extend(waits::request(api, &spelling, resource, waiter));
    }
    let only_leads_on = resource.operations.is_empty() && resource.feature.is_some();
    let unused = only_leads_on
        .then(|| quote!(#[allow(dead_code, reason = "what it leads to has features of its own")]));
    requests.extend(failures::emit(&spelling, resource));
    let own_imports = spelling.imports();
    let imports = request::imports(resource);
    let allow = allow_deprecated(api);
    Ok(quote! {
        #module_doc
        #allow
        #own_imports
        #imports

        #(#nested)*

        #handle_doc
        #[derive(Clone, Debug)]
        pub struct #handle {
            #unused
            pub(crate) client: Client,
        }

        impl #handle {
            #(#accessors)*
            #(#methods)*
        }

        #(#requests)*
    })
}

/// What is said about content that isn't JSON alone.
fn of_content(operation: &Operation) -> String {
    let mut text = String::new();
    if let Some(body) = operation.body.as_ref().filter(|body| !body.is_json()) {
        let media_type = docs::code(&body.media_type);
        let own = match body.content {
            BodyContent::Binary => {
                ", or as what its [`content_type`](crate::Upload::content_type) says"
            }
            _ => "",
        };
        let _ = write!(text, "\n\nThe body is sent as {media_type}{own}.");
    }
    if matches!(operation.output, Output::Bytes) {
        text.push_str(
            "\n\nThe answer is taken as it is. To read it piece by piece, end the call with \
             [`send_streaming`](Request::send_streaming) instead of `send`.",
        );
    }
    if operation.events.is_some() {
        let also = match operation.output {
            Output::Text | Output::None => "The answer is a stream of events",
            _ => "The answer can be a stream of events too",
        };
        let _ = write!(
            text,
            "\n\n{also}: end the call with [`into_events`](Request::into_events) instead of `send` \
             to get each as it comes."
        );
    }
    text
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
    text.push_str(&whereto(api, operation));
    text.push_str(&of_content(operation));
    text.push_str(&arguments(operation));
    if let Some(sample) = call_sample::doc_test(api, resource, operation)? {
        text.push_str("\n\n# Example\n\n");
        text.push_str(&sample);
    }
    text.push_str(&headers(api, operation));
    text.push_str(&failures::about(api, operation));
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

/// Where an operation differs from others of the API in its server or its credentials.
fn whereto(api: &Api, operation: &Operation) -> String {
    let mut text = String::new();
    if let Some(server) = &operation.server {
        let with = if operation.security.is_empty() {
            ""
        } else {
            ", credentials and all"
        };
        let _ = write!(
            text,
            "\n\nIt goes to {}{with}, unless the client was made with a base URL.",
            docs::code(server)
        );
    }
    let schemes = &api.profile.schemes;
    if operation.security.is_empty() && !schemes.is_empty() {
        text.push_str("\n\nIt is sent without a credential.");
    } else if schemes.len() > 1 {
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
        let _ = write!(text, "\n\nCredentials: {}.", sets.join(", or "));
    }
    text
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
        .chain(body.map(|body| body::set(spelling, body, &call)))
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
    let declared = quote!(#name: #declared);
    let setter = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let items = spelling.items_converted(&parameter.ty);
    let ty = spelling.ty(&parameter.ty);
    if parameter.style == Style::Json || !spelling.has_text_form(&parameter.ty) {
        let setter = format_ident!("{setter}_json");
        let collected = items.map(|_| {
            let into = spelling.std("Into");
            quote!(let #name: #ty = #name.into_iter().map(#into::into).collect();)
        });
        return (
            declared,
            quote!(#collected #call.#setter::<#ty>(#wire, #name);),
        );
    }
    let (setter, ty) = match items {
        Some(item) => (format_ident!("{setter}_list"), item),
        None => (format_ident!("{setter}"), ty),
    };
    (declared, quote!(#call.#setter::<#ty>(#wire, #name);))
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

/// The headers of its answers that the document describes.
fn headers(api: &Api, operation: &Operation) -> String {
    let listed = operation.headers.iter().map(|header| {
        let ty = failures::type_link(api, &header.ty);
        let ty = ty.map(|ty| format!(" ({ty})")).unwrap_or_default();
        let about = docs::text_of(&header.docs, "");
        let about = about.lines().next().unwrap_or_default().trim();
        let about = match about {
            "" => String::new(),
            about if about.starts_with("```") => String::new(),
            about => format!(": {about}"),
        };
        format!("- {}{ty}{about}", docs::code(&header.wire))
    });
    let listed: Vec<String> = listed.collect();
    if listed.is_empty() {
        return String::new();
    }
    format!(
        "\n\n# Headers of the answer\n\n{}\n\nRead one with \
         [`Response::header_as`](crate::Response::header_as).",
        listed.join("\n")
    )
}

/// Whether an operation's answer or argument names a type of the API.
pub(super) fn names_types(operation: &Operation) -> bool {
    let failures = operation.failure_types.iter().flat_map(|it| &it.cases);
    operation.types_sent().any(names_a_type)
        || operation.types_answered().any(names_a_type)
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
