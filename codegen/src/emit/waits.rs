//! Waits: a method, a request and what ends it.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Operation, Output, Parameter, Resource, Waiter};
use crate::names::reserved::WAIT_METHODS;
use crate::names::{Ident, Scope};

use super::spelling::{Spelling, ident};
use super::{call_sample, docs, request};

/// Settings that every wait has, and what they take, in which `ANSWER` is what is waited for.
const SETTINGS: [(&str, &str); 3] = [
    ("with_poll_interval", "Duration"),
    ("with_wait_timeout", "Duration"),
    ("with_progress", "impl FnMut(&ANSWER)"),
];

/// The settings that every wait has, as its user writes them; `answer` is the type that is waited for.
pub(super) fn settings(answer: &str) -> impl Iterator<Item = String> {
    SETTINGS
        .map(|(name, takes)| format!("`.{name}({})`", takes.replace("ANSWER", answer)))
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

/// The method that begins a wait.
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
    let mut text = format!(
        "Calls [`{}`](Self::{}) again and again until the state is {}.",
        operation.method,
        operation.method,
        states(&waiter.done)
    );
    if !waiter.failed.is_empty() {
        let _ = write!(
            text,
            " {} ends it with an error that holds the last answer: see \
             [`Error::is_operation_failed`](crate::Error::is_operation_failed).",
            states(&waiter.failed)
        );
    }
    text.push_str(" A state that this version of the crate doesn't know is no end.");
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
    Ok(quote! {
        #doc
        pub fn #method(&self, #(#declared),*) -> #request {
            Poller::of(self.#question(#(#names),*))
        }
    })
}

/// The request of a wait, its marker and its setters.
pub(super) fn request(
    api: &Api,
    spelling: &Spelling<'_>,
    resource: &Resource,
    waiter: &Waiter,
) -> Option<TokenStream> {
    let operation = &resource.operations[waiter.operation];
    let Output::Json(answer) = &operation.output else {
        return None;
    };
    let (alias, marker) = (ident(&waiter.request), ident(&waiter.endpoint));
    let endpoint = ident(&operation.endpoint);
    let (answer_type, state) = (spelling.ty(answer), spelling.named(waiter.state));
    let done = waiter.done.iter().map(ident);
    let failed = waiter.failed.iter().map(ident);
    let reach = reach(api, operation, waiter);
    let request_doc = docs::outer(&format!(
        "A wait for the end, made by [`{}::{}`].",
        resource.handle, waiter.method
    ));
    let marker_doc = docs::outer(&format!("Stands for the wait in [`{alias}`]."));
    let setters = request::setters_of_wait(spelling, operation, waiter, &setters(operation));
    Some(quote! {
        #request_doc
        pub type #alias = Poller<#marker>;

        #marker_doc
        #[derive(Debug)]
        pub enum #marker {}

        impl Polled for #marker {
            type Answer = #answer_type;
            type Endpoint = #endpoint;
            type State = #state;
            const DONE: &'static [#state] = &[#(#state::#done),*];
            const FAILED: &'static [#state] = &[#(#state::#failed),*];

            fn state(answer: &#answer_type) -> Option<&#state> {
                #reach
            }
        }

        #setters
    })
}

/// The expression of the state, through what may be absent.
fn reach(api: &Api, operation: &Operation, waiter: &Waiter) -> TokenStream {
    let Output::Json(answer) = &operation.output else {
        return quote!(None);
    };
    let mut reached = quote!(answer);
    let mut optional = false;
    for (field, usage) in api.fields(answer, &waiter.field) {
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
