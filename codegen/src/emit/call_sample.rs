//! Calls of operations, for examples in documentation.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::model::{
    Api, Auth, Body, BodyContent, HttpMethod, MultipartForm, Operation, Output, Part, PartKind,
    Resource, Scheme, Shape, Type, Waiter,
};
use crate::names::{Scope, snake_case};

use super::sample::Sampler;
use super::servers;
use super::spelling::ident;

/// Most optional settings that an example shows.
const SHOWN: usize = 2;

/// The longest line of an example.
const WIDTH: usize = 92;

/// The longest name of a variable, in bytes, that is taken from a type.
const LONGEST_NAME: usize = 24;

/// The call of an operation up to `.send()`, with its arguments and some options; `None` where an
/// argument can't be written down.
pub(super) fn request(
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    let call = call(sampler, resource, operation, SHOWN)?;
    Some(quote!(#call.send()))
}

/// The call of an operation without options, up to where it is sent.
pub(super) fn unsent(
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    call(sampler, resource, operation, 0)
}

/// The call of an operation up to `.await?`, without options.
pub(super) fn bare_call(
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    let call = call(sampler, resource, operation, 0)?;
    Some(quote!(#call.send().await?))
}

fn call(
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
    shown: usize,
) -> Option<TokenStream> {
    let (way, method) = (accessor_path(resource), ident(&operation.method));
    let arguments = arguments(sampler, resource, operation)?;
    let options = operation
        .options()
        .filter(|parameter| parameter.docs.example.is_some() && !parameter.docs.deprecated)
        .take(shown)
        .filter_map(|parameter| {
            let example = parameter.docs.example.as_ref();
            let value = sampler.argument(&parameter.ty, example, &parameter.wire)?;
            let setter = ident(&parameter.name);
            Some(quote!(.#setter(#value)))
        });
    let body = (shown > 0).then(|| optional_body(sampler, resource, operation));
    let body = body.flatten();
    Some(quote!(client #way.#method(#(#arguments),*) #(#options)* #body))
}

/// A body that a call can do without, for methods that are there to send something: an example without
/// it would show nothing.
fn optional_body(
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    let sends = matches!(
        operation.http,
        HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch | HttpMethod::Query
    );
    let body = operation.body.as_ref().filter(|it| sends && !it.required)?;
    let value = content(sampler, resource, body)?;
    let setter = ident(&body.name);
    Some(quote!(.#setter(#value)))
}

/// The calls that lead from the client to a resource.
pub(super) fn accessor_path(resource: &Resource) -> TokenStream {
    let modules = resource.path().filter(|_| !resource.is_client).map(ident);
    quote!(#(.#modules())*)
}

/// The documentation test of a wait, if its arguments can be written down.
pub(super) fn wait_doc_test(
    api: &Api,
    resource: &Resource,
    waiter: &Waiter,
) -> Result<Option<String>, String> {
    let sampler = Sampler::new(api);
    let Some(poller) = unsent_wait(&sampler, resource, waiter) else {
        return Ok(None);
    };
    let operation = &resource.operations[waiter.operation];
    let response =
        response_variable(api, operation).unwrap_or_else(|| quote::format_ident!("response"));
    let statements = quote! {
        let #response = #poller.send().await?;
    };
    doc_test_with_client(api, sampler.imports(&[]), &statements).map(Some)
}

/// The call of a polling method, up to where it is sent.
pub(super) fn unsent_wait(
    sampler: &Sampler<'_>,
    resource: &Resource,
    waiter: &Waiter,
) -> Option<TokenStream> {
    let operation = &resource.operations[waiter.operation];
    let arguments = arguments(sampler, resource, operation)?;
    let (way, method) = (accessor_path(resource), ident(&waiter.method));
    Some(quote!(client #way.#method(#(#arguments),*)))
}

/// Makes a client, calls an operation and prints the response.
pub(super) fn statements(
    api: &Api,
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    let construct = construct(api, operation);
    let call = request(sampler, resource, operation)?;
    let statement = match (response_variable(api, operation), &operation.output) {
        (_, Output::Text) if operation.events.is_some() => {
            let call = unsent(sampler, resource, operation)?;
            read_events(&call)
        }
        (Some(variable), Output::Bytes) => quote! {
            let #variable = #call.await?;
            println!("{} bytes", #variable.len());
        },
        (Some(variable), _) => {
            let shown = format!("{{{variable}:?}}");
            quote! {
                let #variable = #call.await?;
                println!(#shown);
            }
        }
        (None, _) => quote!(#call.await?;),
    };
    Some(quote! {
        let client = #construct;
        #statement
    })
}

/// The arguments of an operation's method, unless one can't be written down.
fn arguments(
    sampler: &Sampler<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<Vec<TokenStream>> {
    let parameters = operation.arguments().map(|parameter| {
        let example = parameter.docs.example.as_ref();
        sampler.argument(&parameter.ty, example, &parameter.wire)
    });
    let body = operation.body.iter().filter(|body| body.required);
    let body = body.map(|body| content(sampler, resource, body));
    parameters.chain(body).collect()
}

/// A body.
fn content(sampler: &Sampler<'_>, resource: &Resource, body: &Body) -> Option<TokenStream> {
    let example = body.docs.example.as_ref();
    match &body.content {
        BodyContent::Json(ty)
        | BodyContent::Xml(ty, _)
        | BodyContent::Lines(ty)
        | BodyContent::Form { ty, .. }
        | BodyContent::Members(ty) => sampler.argument(ty, example, "body"),
        BodyContent::Multipart(form) => {
            let library = ident(&sampler.api().package.library);
            let (modules, name) = (resource.path().map(ident), ident(&form.name));
            let required = form.parts.iter().filter(|it| it.is_asked_for());
            let parts: Option<Vec<TokenStream>> = required
                .map(|part| part_value(sampler, part, example))
                .collect();
            let parts = parts?;
            let first = first_part(form);
            Some(quote!(#library::#(#modules::)*#name::new(#(#parts),*) #first))
        }
        BodyContent::Text => {
            let text = example.and_then(Value::as_str).unwrap_or("text");
            Some(quote!(#text))
        }
        BodyContent::Binary => Some(quote!(vec![1, 2, 3])),
    }
}

/// A part of a form that has none by itself.
fn first_part(form: &MultipartForm) -> Option<TokenStream> {
    let additional = form.additional.as_ref().filter(|_| form.parts.is_empty())?;
    let file = ident(additional.file.as_ref()?);
    Some(quote!(.#file("file", vec![1, 2, 3])))
}

/// A part of a form, of which there may be an example as a whole.
fn part_value(sampler: &Sampler<'_>, part: &Part, form: Option<&Value>) -> Option<TokenStream> {
    let whole = form.and_then(|form| form.get(&part.wire));
    match &part.kind {
        PartKind::File => Some(quote!(vec![1, 2, 3])),
        PartKind::Files => Some(quote!([vec![1, 2, 3]])),
        PartKind::Value(ty) => {
            let example = whole.or(part.docs.example.as_ref());
            sampler.argument(ty, example, &part.wire)
        }
    }
}

/// The name of the variable that holds a response.
pub(super) fn response_variable(api: &Api, operation: &Operation) -> Option<proc_macro2::Ident> {
    let ty = match &operation.output {
        Output::None => return None,
        Output::Json(ty) | Output::Maybe(ty) | Output::Xml(ty, _) | Output::String(ty) => Some(ty),
        Output::Text | Output::Bytes | Output::Redirection | Output::Several { .. } => None,
    };
    let wanted = match ty {
        Some(Type::Named(id)) => {
            let definition = api.type_def(*id);
            match definition.shape {
                Shape::Struct(_) | Shape::StringEnum(_) => {
                    let name = snake_case(definition.name.as_str());
                    if name.len() > LONGEST_NAME {
                        "response".to_owned()
                    } else {
                        name
                    }
                }
                _ => "response".to_owned(),
            }
        }
        _ => "response".to_owned(),
    };
    Some(ident(
        &Scope::new(&["client"]).name(&[&wanted, "response"], "response"),
    ))
}

/// The documentation test of an operation's method.
pub(super) fn doc_test(
    api: &Api,
    resource: &Resource,
    operation: &Operation,
) -> Result<Option<String>, String> {
    let sampler = Sampler::new(api);
    let is_stream = operation.events.is_some() && matches!(operation.output, Output::Text);
    let statements = if is_stream {
        unsent(&sampler, resource, operation).map(|call| read_events(&call))
    } else {
        request(&sampler, resource, operation).map(|call| match response_variable(api, operation) {
            Some(variable) => quote!(let #variable = #call.await?;),
            None => quote!(#call.await?;),
        })
    };
    let Some(statements) = statements else {
        return Ok(None);
    };
    doc_test_with_client(api, sampler.imports(&[]), &statements).map(Some)
}

/// A loop over the events of a call.
fn read_events(call: &TokenStream) -> TokenStream {
    quote! {
        let mut events = #call.into_events();
        while let Some(event) = events.next().await {
            println!("{:?}", event?);
        }
    }
}

/// A documentation test of these imports and statements, to which a client is given.
fn doc_test_with_client(
    api: &Api,
    imports: TokenStream,
    statements: &TokenStream,
) -> Result<String, String> {
    let mut imports = crate::print::items(imports)?;
    if !imports.is_empty() {
        imports.push('\n');
    }
    let body = on_lines(&crate::print::statements(statements)?);
    let library = &api.package.library;
    Ok(format!(
        "```no_run\n\
         # async fn example(client: {library}::Client) -> Result<(), {library}::Error> {{\n\
         {imports}{body}\n# Ok(()) }}\n```"
    ))
}

/// Statements whose chains of calls stand on one line where they fit there.
fn on_lines(statements: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut chain: Vec<&str> = Vec::new();
    // Whether the arguments under way belong to a chain that stands on one line.
    let mut inside = false;
    for line in statements.lines() {
        let is_link = line.starts_with("    .");
        let ends_inside = inside && line.starts_with("    )");
        if !is_link {
            push_chain(&mut lines, &mut chain);
        }
        if inside {
            let line = line.strip_prefix("    ").unwrap_or(line);
            inside = !ends_inside;
            chain.push(line);
        } else {
            chain.push(line);
        }
        if line.ends_with('(') && !inside {
            inside = is_link && push_chain(&mut lines, &mut chain);
        }
    }
    push_chain(&mut lines, &mut chain);
    lines.join("\n")
}

/// Puts the lines of a chain into one, if it isn't too long, and tells whether it did.
fn push_chain(lines: &mut Vec<String>, chain: &mut Vec<&str>) -> bool {
    let calls = chain.iter().skip(1).map(|call| call.trim_start());
    let joined: String = chain.iter().take(1).copied().chain(calls).collect();
    let fits = joined.chars().count() <= WIDTH;
    if !fits {
        lines.extend(chain.iter().map(|&line| line.to_owned()));
    } else if !chain.is_empty() {
        lines.push(joined);
    }
    chain.clear();
    fits
}

/// A documentation test of these imports and statements.
pub(super) fn doc_test_of(
    api: &Api,
    imports: TokenStream,
    statements: &TokenStream,
) -> Result<String, String> {
    let imports = crate::print::items(imports)?;
    let body = crate::print::statements(statements)?;
    let library = &api.package.library;
    Ok(format!(
        "```no_run\n{imports}\n\n\
         # async fn example() -> Result<(), {library}::Error> {{\n\
         {body}\n# Ok(())\n# }}\n```"
    ))
}

/// How an example makes its client for a call.
pub(super) fn construct(api: &Api, operation: &Operation) -> TokenStream {
    let profile = &api.profile;
    let (schemes, from_env) = credentials_of(api, operation);
    let is_usual = schemes == profile.usual() || profile.schemes.is_empty();
    let has_server = profile.default_url().is_some();
    let mut required = profile.required_parameters();
    let in_env = required.clone().all(|parameter| parameter.env.is_some());
    let has_constructor = has_server && required.next().is_none();
    match schemes.as_slice() {
        _ if from_env && has_server && in_env => quote!(Client::from_env()?),
        _ if from_env => {
            let builder = builder(api);
            quote!(#builder.build()?)
        }
        [] if has_constructor && is_usual => quote!(Client::new()?),
        [only] if has_constructor && is_usual => {
            let values = secrets(only);
            quote!(Client::new(#values)?)
        }
        _ => {
            let builder = bare_builder(api);
            let credentials = given(schemes.into_iter());
            quote!(#builder #credentials.build()?)
        }
    }
}

/// How an example begins the builder of its client, up to the settings that it is about.
pub(super) fn builder(api: &Api) -> TokenStream {
    let builder = bare_builder(api);
    if is_in_env(&api.profile.usual()) {
        return quote!(#builder.from_env());
    }
    let credentials = credentials(api);
    quote!(#builder #credentials)
}

/// The same without credentials, for examples that have their own.
pub(super) fn bare_builder(api: &Api) -> TokenStream {
    let is_without_server = api.profile.default_url().is_none();
    let base_url = is_without_server.then(|| base_url(api));
    let parameters = api.profile.required_parameters().map(|parameter| {
        let name = ident(&parameter.name);
        quote!(.#name("value"))
    });
    quote!(Client::builder() #base_url #(#parameters)*)
}

/// Whether the environment has all that most calls take.
fn is_in_env(usual: &[&Scheme]) -> bool {
    !usual.is_empty() && usual.iter().all(|scheme| scheme.env.is_some())
}

/// The builder's call that takes a base URL, where the API has no default.
fn base_url(api: &Api) -> TokenStream {
    let library = ident(&api.package.library);
    let url = match api.profile.needed_template() {
        Some(template) => servers::sample(&quote!(#library), template),
        None => quote!("https://api.example.com"),
    };
    quote!(.base_url(#url))
}

/// The credentials that an example gives its client for a call, none where the call takes none; and
/// whether they are read from the environment.
pub(super) fn credentials_of<'a>(api: &'a Api, operation: &Operation) -> (Vec<&'a Scheme>, bool) {
    let profile = &api.profile;
    let usual = profile.usual();
    let is_usual: HashSet<&str> = usual.iter().map(|scheme| scheme.key.as_str()).collect();
    let of_set = |set: &Vec<usize>| {
        let schemes = set.iter().filter_map(|&index| profile.schemes.get(index));
        schemes.collect::<Vec<&Scheme>>()
    };
    let mut sets = operation.security.iter();
    let schemes = if operation.security.is_empty() {
        Vec::new()
    } else if sets.any(|set| {
        of_set(set)
            .iter()
            .all(|scheme| is_usual.contains(scheme.key.as_str()))
    }) {
        usual.clone()
    } else {
        operation.security.first().map(of_set).unwrap_or_default()
    };
    let from_env = schemes == usual && is_in_env(&schemes);
    (schemes, from_env)
}

/// The builder's calls that take the usual credentials.
pub(super) fn credentials(api: &Api) -> TokenStream {
    given(api.profile.usual().into_iter())
}

fn given<'a>(schemes: impl Iterator<Item = &'a Scheme>) -> TokenStream {
    let calls = schemes.map(|scheme| {
        let (name, values) = (ident(&scheme.name), secrets(scheme));
        quote!(.#name(#values))
    });
    quote!(#(#calls)*)
}

fn secrets(scheme: &Scheme) -> TokenStream {
    match scheme.auth {
        Auth::Basic => quote!("user", "password"),
        _ => quote!("key"),
    }
}
