//! Path items and their operations.

mod additional_parts;
mod configured;
mod failures;
mod headers;
mod media;
mod multipart;
pub(super) mod names;
mod output;
mod parameters;
mod parts;
mod redirects;
mod request_body;
mod responses;
mod streams;
mod untyped_content;
mod whole_query;

use std::borrow::Cow;
use std::rc::Rc;

use openapiv3::PathItem;

use crate::config;
use crate::diagnostic::WarningCode;
use crate::document::Document;
use crate::model::{Docs, HttpMethod, Operation, Parameter};
use crate::names::reserved::REQUEST_METHODS;
use crate::names::{Ident, Scope, pascal_case, snake_case};
use crate::pointer::push;

use super::pagination::{self, Findings, Paging};
use super::tags::DeclaredTags;
use super::{Lowering, docs, stability};
pub(super) use media::json_of;
use request_body::Variant;
use responses::Responses;

/// What the ways to call an operation have in common.
struct Base {
    id: String,
    /// The method of the first way.
    method: Ident,
    /// The names of the parameters.
    arguments: Scope,
    parameters: Vec<Parameter>,
    left_out: Vec<configured::Key>,
}

/// An operation in the document, with what surrounds it there.
pub(super) struct Found<'a> {
    pub pointer: String,
    pub path: &'a str,
    pub item_pointer: String,
    pub item: Rc<Cow<'a, PathItem>>,
    pub http: HttpMethod,
    pub operation: openapiv3::Operation,
    pub config: Option<&'a config::Operation>,
    /// The key that says it.
    pub config_key: Option<&'a str>,
    /// What its method is called, where that isn't up to its id and its tag.
    pub named: Option<String>,
    /// How many words its id has in common with all ids, from the first on.
    pub shared_words: usize,
}

impl Found<'_> {
    /// The id that the document gives it, if it says something.
    pub(super) fn given_id(&self) -> Option<&String> {
        let id = self.operation.operation_id.as_ref();
        id.filter(|id| !id.trim().is_empty())
    }

    /// The document's id, or one made from method and path.
    fn id(&self) -> String {
        match self.given_id() {
            Some(id) => id.clone(),
            None => names::from_method_and_path(self.http, self.path),
        }
    }

    /// The name of its method that the configuration gives, if it does.
    pub(super) fn chosen(&self) -> Option<&str> {
        self.config.and_then(|config| config.name.as_deref())
    }

    /// The name of its method, from the scope of its resource.
    pub(super) fn method(&self, nouns: &[Vec<String>], methods: &mut Scope) -> Ident {
        let id = self.id();
        let by_id = match self.given_id() {
            Some(id) => {
                let own = names::without_words(id, self.shared_words);
                names::method(&own, self.http, self.path, nouns)
            }
            None => {
                let short = names::short_of_route(self.http, self.path);
                names::method(&short, self.http, self.path, nouns)
            }
        };
        let named = self.chosen().or(self.named.as_deref());
        let wanted = named.map_or_else(|| by_id.clone(), snake_case);
        let plain = snake_case(&names::without_route(&id, self.http, self.path));
        let full = snake_case(&id);
        // Two operations may have one id.
        let route = snake_case(&names::from_method_and_path(self.http, self.path));
        methods.name(&[&wanted, &by_id, &plain, &full, &route], "call")
    }

    /// Whether the document calls it deprecated, experimental, beta or a preview.
    fn is_unstable(&self) -> bool {
        let operation = &self.operation;
        let names = operation.tags.iter().chain(self.given_id());
        let texts = [&operation.summary, &operation.description];
        operation.deprecated
            || stability::in_path(self.path)
            || names.into_iter().any(|name| stability::in_name(name))
            || texts.into_iter().flatten().any(|it| stability::in_text(it))
            || stability::in_extensions(&operation.extensions)
            || stability::in_extensions(&self.item.extensions)
    }

    /// Whether a key of the configuration means this operation: its id, or method and path.
    pub fn is_called(&self, key: &str) -> bool {
        self.operation.operation_id.as_deref() == Some(key)
            || format!("{} {}", self.http.as_str(), self.path) == key
    }
}

impl<'a> Lowering<'a> {
    /// All operations that the configuration doesn't leave out, in the document's order.
    pub(super) fn find_operations(&mut self) -> Vec<Found<'a>> {
        let document = self.document;
        let config = self.config;
        let declared = DeclaredTags::of(document);
        let mut found = Vec::new();
        for (path, item) in document.api.paths.iter() {
            let Some((item_pointer, item)) = document.item(&push("/paths", path), item) else {
                continue;
            };
            let item = Rc::new(item);
            for (way, http) in self.methods_in_order(&item_pointer) {
                let pointer = format!("{item_pointer}{way}");
                let Some(operation) = operation_of(document, &item, &pointer, http) else {
                    continue;
                };
                let mut operation = operation.into_owned();
                declared.put_group_first(&mut operation);
                let id = operation.operation_id.as_deref();
                let config = config.operation(id, http.as_str(), path);
                let (config_key, config) = config.unzip();
                self.used_configuration
                    .operations
                    .extend(config_key.map(str::to_owned));
                if config.is_some_and(|config| config.skip) {
                    self.used_configuration
                        .skipped
                        .extend(operation.operation_id.clone());
                    let route = format!("{} {path}", http.as_str());
                    self.used_configuration.skipped.insert(route);
                    continue;
                }
                found.push(Found {
                    pointer,
                    path,
                    item_pointer: item_pointer.clone(),
                    item: item.clone(),
                    http,
                    operation,
                    config,
                    config_key,
                    named: None,
                    shared_words: 0,
                });
            }
        }
        self.select(&found);
        found
    }

    /// Methods in the order in which the path item writes them, each with the way to its operation.
    pub(super) fn methods_in_order(&self, item_pointer: &str) -> Vec<(String, HttpMethod)> {
        let methods = self.document.methods(item_pointer).into_iter();
        methods
            .filter_map(|(way, method)| Some((way, HttpMethod::of(&method)?)))
            .collect()
    }

    /// Lowers one operation, to one for each way to send its body; names come from the scopes of
    /// its resource.
    pub(super) fn operation(
        &mut self,
        found: &Found<'a>,
        chosen: Option<Ident>,
        nouns: &[Vec<String>],
        methods: &mut Scope,
        items: &mut Scope,
    ) -> Vec<Operation> {
        self.types.enter_operation();
        let plain = names::without_route(&found.id(), found.http, found.path);
        self.inline_names.insert(&found.pointer, &plain);
        let mut base = Base {
            id: found.id(),
            method: chosen.unwrap_or_else(|| found.method(nouns, methods)),
            arguments: Scope::new(REQUEST_METHODS),
            parameters: Vec::new(),
            left_out: Vec::new(),
        };
        self.meet_callbacks(&found.pointer);
        (base.parameters, base.left_out) = self.parameters(found, &mut base.arguments);
        let mut operations: Vec<Operation> = Vec::new();
        self.for_bodies(found, &mut |lowering, variant| {
            let method = match (&variant, operations.is_empty()) {
                (Some(variant), false) => {
                    // A keyword's underscore is the separator already.
                    let stem = base.method.as_str().trim_end_matches('_');
                    let wanted = format!("{stem}_{}", variant.word);
                    methods.name(&[&wanted], "call")
                }
                _ => base.method.clone(),
            };
            operations.push(lowering.operation_with_body(found, &base, method, variant, items));
        });
        operations
    }

    /// The operation with one of the bodies that it can be sent with.
    fn operation_with_body(
        &mut self,
        found: &Found<'a>,
        base: &Base,
        method: Ident,
        variant: Option<&Variant<'_>>,
        items: &mut Scope,
    ) -> Operation {
        let pascal = pascal_case(method.as_str());
        let [requested, called] = ["Request", "Call"].map(|word| format!("{pascal}{word}"));
        let mut wanted = [&*pascal, &*requested, &*called];
        // A type of the API that is called so stands beside it in signatures, and would be taken for it.
        wanted.sort_by_key(|name| self.types.has_component(name));
        let request = items.name(&wanted, "Request");
        let is_moved = request.as_str() == requested && self.types.has_component(&pascal);
        let stem = if is_moved {
            pascal.as_str()
        } else {
            request.as_str()
        };
        let mut arguments = base.arguments.clone();
        let body = variant.map(|variant| self.body(variant, stem, &mut arguments, items));
        let mut successes = self.success_responses(found, &base.parameters);
        let page = successes.page();
        let paging = Paging {
            schemas: &self.schemas,
            types: &self.types,
            all: self.config.pages.as_ref(),
        };
        let lists = paging.find(
            found,
            &base.id,
            &base.parameters,
            body.as_ref(),
            page.as_ref(),
        );
        let lists = lists.unwrap_or_else(|problem| {
            self.report(pagination::diagnostic(found, problem));
            Findings::default()
        });
        self.used_configuration.pages |= lists.is_of_all;
        for doubt in lists.doubts {
            self.warning(
                WarningCode::UncertainPagination,
                &doubt.pointer,
                doubt.message,
            )
            .help = Some(doubt.help);
        }
        if lists.pagination.is_some() {
            self.keep_pages_only(&mut successes, found);
        }
        let Responses {
            output,
            accept,
            redirects,
            headers,
            errors,
            failure_types,
        } = self.responses(successes, stem, items);
        let mut events = self.events(found);
        if let Some(events) = &mut events {
            events.switch = variant.and_then(|variant| self.switch(variant));
        }
        let security = self.security_of(found);
        let server = self.server_of(found);
        Operation {
            id: base.id.clone(),
            method,
            request,
            http: found.http,
            path: found.path.to_owned(),
            sent_path: parameters::sent_path(found.path, &base.parameters),
            tag: found.operation.tags.first().cloned(),
            docs: Docs {
                text: docs::summary_and_description(
                    found.operation.summary.as_deref(),
                    found.operation.description.as_deref(),
                ),
                deprecated: found.operation.deprecated,
                ..Docs::default()
            },
            unstable: found.is_unstable(),
            parameters: base.parameters.clone(),
            left_out: base.left_out.clone(),
            body,
            output,
            accept,
            redirects,
            events,
            lists: lists.lists,
            pagination: lists.pagination,
            headers,
            errors,
            failure_types,
            security,
            server,
            timeout: found.config.and_then(|it| it.timeout),
            max_retries: found.config.and_then(|it| it.max_retries),
        }
    }
}

/// The operation of a path item at a pointer; openapiv3 has those of OpenAPI 3.0 only.
pub(super) fn operation_of<'i>(
    document: &Document,
    item: &'i PathItem,
    pointer: &str,
    http: HttpMethod,
) -> Option<Cow<'i, openapiv3::Operation>> {
    let typed = match http {
        HttpMethod::Get => &item.get,
        HttpMethod::Put => &item.put,
        HttpMethod::Post => &item.post,
        HttpMethod::Delete => &item.delete,
        HttpMethod::Options => &item.options,
        HttpMethod::Head => &item.head,
        HttpMethod::Patch => &item.patch,
        HttpMethod::Trace => &item.trace,
        HttpMethod::Query | HttpMethod::Other(_) => {
            return document.operation(pointer).map(Cow::Owned);
        }
    };
    typed.as_ref().map(Cow::Borrowed)
}
