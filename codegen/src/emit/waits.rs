//! Pollers: a method, a struct and what ends polling.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Operation, Parameter, Resource, Waiter};
use crate::names::reserved::WAIT_METHODS;
use crate::names::{Ident, Scope};

use super::spelling::{Spelling, ident};
use super::{call_sample, docs, failures, limits, request};

/// Options that every poller has, and what they take, in which `RESPONSE` is what a poll returns.
const SETTINGS: [(&str, &str); 3] = [
    ("with_poll_interval", "Duration"),
    ("with_wait_timeout", "Duration"),
    ("with_progress", "impl FnMut(&RESPONSE)"),
];

/// The options that every poller has, as its user writes them; `response` is the type that a poll returns.
pub(super) fn settings(response: &str) -> impl Iterator<Item = String> {
    SETTINGS
        .map(|(name, takes)| format!("`.{name}({})`", takes.replace("RESPONSE", response)))
        .into_iter()
}

/// The names of those settings.
pub(super) fn setting_names() -> [&'static str; 3] {
    SETTINGS.map(|(name, _)| name)
}

/// What sets the parameters of the operation that a wait repeats: each with the name of its method.
pub(super) fn setters(operation: &Operation) -> Vec<(&Parameter, Ident)> {
    let mut scope = Scope::new(WAIT_METHODS);
    let mut setters = Vec::new();
    for parameter in operation.options() {
        let wanted = parameter.name.as_str();
        let name = scope.name(&[wanted, &format!("{wanted}_parameter")], "parameter");
        setters.push((parameter, name));
    }
    setters
}

/// The method that returns a poller.
pub(super) fn method(
    api: &Api,
    spelling: &Spelling<'_>,
    resource: &Resource,
    waiter: &Waiter,
) -> Result<TokenStream, String> {
    let operation = &resource.operations[waiter.operation];
    let (method, request) = (ident(&waiter.method), ident(&waiter.request));
    let states = |states: &[Ident]| {
        let state = &api.type_def(waiter.state).name;
        let list: Vec<String> = states.iter().map(|it| format!("`{state}::{it}`")).collect();
        list.join(" or ")
    };
    let get = &operation.method;
    let mut text = format!(
        "Polls [`{get}`](Self::{get}) until the state is {}.",
        states(&waiter.done)
    );
    if !waiter.failed.is_empty() {
        let _ = write!(
            text,
            " {} is an error that holds the last response: see \
             [`Error::is_operation_failed`](crate::Error::is_operation_failed).",
            states(&waiter.failed)
        );
    }
    text.push_str(" Unknown states keep polling.");
    if let Some(polling) = limits::about_polling(waiter) {
        let _ = write!(text, " {polling}");
    }
    if let Some(ty) = operation.output.value_type()
        && let Some(link) = failures::type_link(api, ty)
    {
        let _ = write!(text, " Returns {link}.");
    }
    if let Some(sample) = call_sample::wait_doc_test(api, resource, waiter)? {
        text.push_str("\n\n# Example\n");
        text.push_str(&sample);
    }
    let doc = docs::outer(&text);
    let (declared, _) = request::arguments(spelling, operation);
    let body = operation.body.iter().filter(|body| body.required);
    let names = operation.arguments().map(|parameter| &parameter.name);
    let names = names.chain(body.map(|body| &body.name)).map(ident);
    let question = ident(&operation.method);
    let options = limits::poll_options(waiter);
    Ok(quote! {
        #doc
        pub fn #method(&self, #(#declared),*) -> #request {
            #request(self.#question(#(#names),*).0, #options)
        }
    })
}

/// The struct of a poller.
pub(super) fn poller(spelling: &Spelling<'_>, resource: &Resource, waiter: &Waiter) -> TokenStream {
    let operation = &resource.operations[waiter.operation];
    request::poller(spelling, resource, waiter, &setters(operation))
}

/// What the runtime has to know of a poller, and the methods that all of them have.
pub(super) fn polled(
    api: &Api,
    spelling: &Spelling<'_>,
    resource: &Resource,
    waiter: &Waiter,
) -> Option<TokenStream> {
    let operation = &resource.operations[waiter.operation];
    let response = operation.output.value_type()?;
    let (poller, request) = (ident(&waiter.request), ident(&operation.request));
    let (response, state) = (spelling.ty(response), spelling.named(waiter.state));
    let done = waiter.done.iter().map(ident);
    let failed = waiter.failed.iter().map(ident);
    let reach = reach(api, operation, waiter);
    let methods = if limits::has_own(waiter) {
        let interval = format!(
            " Sets the first pause between two polls: {} by default, and at least a",
            limits::interval(waiter)
        );
        let timeout = format!(
            " Sets the timeout of all polls together: {} by default. `Duration::MAX` means no",
            limits::timeout(waiter)
        );
        quote!(
            crate::runtime::waiting_defaults::methods! { #poller -> #response, #interval, #timeout }
        )
    } else {
        quote!(crate::runtime::waiting::methods! { #poller -> #response })
    };
    Some(quote! {
        impl crate::runtime::waiting::Polled for #poller {
            type Response = #response;
            type Request = #request;
            type State = #state;
            const DONE: &'static [#state] = &[#(#state::#done),*];
            const FAILED: &'static [#state] = &[#(#state::#failed),*];

            fn state(response: &#response) -> Option<&#state> {
                #reach
            }
        }

        #methods
    })
}

/// The expression of the state, through what may be absent.
fn reach(api: &Api, operation: &Operation, waiter: &Waiter) -> TokenStream {
    let Some(response) = operation.output.value_type() else {
        return quote!(None);
    };
    let mut reached = quote!(response);
    let mut optional = false;
    for (field, usage) in api.fields(response, &waiter.field) {
        let name = ident(&field.name);
        let open = if optional { quote!(?) } else { quote!() };
        let absent = !field.required || field.nullable;
        reached = if field.is_three_state(usage) {
            quote!(#reached #open.#name.as_ref()?.as_ref().into_option())
        } else if absent {
            quote!(#reached #open.#name.as_ref())
        } else if optional {
            quote!(Some(&#reached?.#name))
        } else {
            quote!(#reached.#name)
        };
        optional = optional || absent;
    }
    if optional {
        reached
    } else {
        quote!(Some(&#reached))
    }
}
