//! Example programs in `examples/`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Operation, ParameterLocation, Resource, Shape, Struct, Type};

use super::sample::Sampler;
use super::spelling::ident;
use super::{call_sample, first_call};

/// A program.
pub(super) struct Example {
    /// Its name.
    pub(super) name: &'static str,
    /// Its code.
    pub(super) text: String,
    /// The Cargo feature that it requires.
    pub(super) feature: Option<String>,
}

/// The examples that fit this API.
pub(super) fn all(api: &Api) -> Result<Vec<Example>, String> {
    let mut programs = Vec::new();
    for (name, program) in [
        ("list", list(api)),
        ("create_and_wait", create_and_wait(api)),
        ("error_handling", error_handling(api)),
    ] {
        if let Some((resource, tokens)) = program {
            programs.push(Example {
                name,
                text: crate::print::file(tokens)?,
                feature: resource.feature.clone(),
            });
        }
    }
    Ok(programs)
}

fn program(
    api: &Api,
    sampler: &Sampler<'_>,
    doc: &str,
    more: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let library = ident(&api.package.library);
    let imports = sampler.imports(&["Client"]);
    let doc = super::docs::inner(doc);
    quote! {
        #doc
        #more
        #imports

        #[tokio::main]
        async fn main() -> Result<(), #library::Error> {
            #body
            Ok(())
        }
    }
}

/// Lists something and prints each item.
fn list(api: &Api) -> Option<(&Resource, TokenStream)> {
    let sampler = Sampler::new(api);
    let (resource, operation) = first_call::list(api)?;
    let body = list_statements(api, &sampler, resource, operation)?;
    let doc = format!("Lists `{}` and prints each item.", resource.module);
    let program = program(api, &sampler, &doc, &quote!(), &body);
    Some((resource, program))
}

/// The statements that list something, where an operation does that.
pub(super) fn list_statements(
    api: &Api,
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    if !first_call::is_list(api, operation) {
        return None;
    }
    let construct = call_sample::construct(api, operation);
    let call = call_sample::unsent(sampler, resource, operation)?;
    Some(if operation.pagination.is_some() {
        let module = ident(&resource.module);
        quote! {
            let client = #construct;
            let mut #module = #call.into_stream();
            while let Some(item) = #module.next().await {
                let item = item?;
                println!("{item:?}");
            }
        }
    } else {
        let items = list_field(api, operation)?;
        quote! {
            let client = #construct;
            let page = #call.send().await?;
            for item in &page #items {
                println!("{item:?}");
            }
        }
    })
}

/// The field access that leads to the list in a response; empty where the response is the list.
pub(super) fn list_field(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let ty = operation.output.value_type()?;
    match api.resolve(ty) {
        Type::Array(_) => Some(quote!()),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Struct(Struct { fields, .. }) => {
                let lists = |ty: &Type| matches!(api.resolve(ty), Type::Array(_));
                let mut lists = fields
                    .iter()
                    .filter(|field| lists(&field.ty) && field.required && !field.nullable);
                match (lists.next(), lists.next()) {
                    (Some(field), None) => {
                        let name = ident(&field.name);
                        Some(quote!(.#name))
                    }
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    }
}

/// Creates a resource, polls it until it is done, and handles success and failure.
fn create_and_wait(api: &Api) -> Option<(&Resource, TokenStream)> {
    let (resource, waiter) = api.resources.iter().find_map(|resource| {
        let waiter = resource
            .waiters
            .iter()
            .find(|waiter| waiter.start.is_some())?;
        Some((resource, waiter))
    })?;
    let start = &resource.operations[waiter.start?];
    let read = &resource.operations[waiter.operation];
    let id = identifier(api, start, read)?;
    let created = call_sample::response_variable(api, start)?;
    let sampler = Sampler::new(api);
    let create = call_sample::bare_call(&sampler, resource, start)?;
    let (way, wait) = (call_sample::accessor_path(resource), ident(&waiter.method));
    let construct = call_sample::construct(api, start);
    let Some(Type::Named(ended)) = read.output.value_type() else {
        return None;
    };
    let ended = sampler.type_name(&api.type_def(*ended).name)?;
    let body = quote! {
        let client = #construct;
        let #created = #create;
        println!("created {}", #created.#id);
        match client #way.#wait(#created.#id).with_poll_interval(Duration::from_secs(2)).send().await {
            Ok(done) => println!("done: {done:#?}"),
            Err(error) if error.is_operation_failed() => {
                let last = error.last_polled::<#ended>();
                println!("failed: {last:#?}");
            }
            Err(error) => return Err(error),
        }
    };
    let doc = format!(
        "Calls `{}` of `{}` and polls until the operation has ended.",
        start.method, resource.module
    );
    let imports = quote!(
        use std::time::Duration;
    );
    Some((resource, program(api, &sampler, &doc, &imports, &body)))
}

/// The field of the created resource that is the argument of the polled operation.
fn identifier(api: &Api, start: &Operation, read: &Operation) -> Option<proc_macro2::Ident> {
    let started = start.output.value_type()?;
    let read_as = read.output.value_type()?;
    let mut arguments = read.arguments();
    let (argument, others) = (arguments.next()?, arguments.next());
    let Type::Named(id) = api.resolve(started) else {
        return None;
    };
    let Shape::Struct(Struct { fields, .. }) = &api.type_def(*id).shape else {
        return None;
    };
    let field = fields
        .iter()
        .find(|field| field.wire == argument.wire)
        .or_else(|| fields.iter().find(|field| field.wire == "id"))?;
    let fits = started == read_as
        && others.is_none()
        && argument.place == ParameterLocation::Path
        && field.required
        && !field.nullable
        && field.ty == argument.ty;
    fits.then(|| ident(&field.name))
}

/// Handles errors by kind.
fn error_handling(api: &Api) -> Option<(&Resource, TokenStream)> {
    let by_id = |operation: &Operation| {
        operation
            .parameters
            .iter()
            .any(|parameter| parameter.place == ParameterLocation::Path)
            && !operation.needs_body()
    };
    let (resource, operation): (&Resource, &Operation) = api
        .operations()
        .filter(|(_, operation)| !operation.docs.deprecated)
        .min_by_key(|(resource, operation)| {
            let is_unstable = first_call::is_unstable(resource, operation);
            (is_unstable, !by_id(operation))
        })?;
    let sampler = Sampler::new(api);
    let call = call_sample::request(&sampler, resource, operation)?;
    let construct = call_sample::construct(api, operation);
    let success = match call_sample::response_variable(api, operation) {
        Some(variable) => {
            let shown = format!("{{{variable}:#?}}");
            quote!(Ok(#variable) => println!(#shown),)
        }
        None => quote!(Ok(_) => println!("done"),),
    };
    let body = quote! {
        let client = #construct;
        match #call.await {
            #success
            Err(error) if error.is_not_found() => println!("not found"),
            Err(error) if error.is_authentication() => println!("authentication failed"),
            Err(error) if error.is_rate_limited() => {
                println!("rate limited; retry after {:?}", error.retry_after());
            }
            Err(error) if error.is_timeout() || error.is_connect() => {
                println!("the server is not reachable: {error}");
            }
            Err(error) => {
                println!("request {:?} failed", error.request_id());
                return Err(error);
            }
        }
    };
    let doc = "Error handling: matches errors by kind.";
    Some((resource, program(api, &sampler, doc, &quote!(), &body)))
}
