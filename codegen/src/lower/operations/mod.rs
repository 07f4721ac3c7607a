//! Path items and their operations.

pub(super) mod names;
mod parameters;
mod request_body;
mod responses;

use std::borrow::Cow;
use std::rc::Rc;

use openapiv3::PathItem;

use crate::config;
use crate::diagnostic::push;
use crate::model::{Docs, HttpMethod, Operation};
use crate::names::{Scope, pascal_case};

use super::{Lowering, docs};

/// Methods that a path item can hold, as the document writes them.
const METHODS: [(&str, HttpMethod); 8] = [
    ("get", HttpMethod::Get),
    ("put", HttpMethod::Put),
    ("post", HttpMethod::Post),
    ("delete", HttpMethod::Delete),
    ("options", HttpMethod::Options),
    ("head", HttpMethod::Head),
    ("patch", HttpMethod::Patch),
    ("trace", HttpMethod::Trace),
];

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
}

impl Found<'_> {
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
        let mut found = Vec::new();
        for (path, item) in document.api.paths.iter() {
            let Some((item_pointer, item)) = document.item(&push("/paths", path), item) else {
                continue;
            };
            let item = Rc::new(item);
            for (word, http) in self.methods_in_order(&item_pointer) {
                let Some(operation) = method_of(&item, http) else {
                    continue;
                };
                let id = operation.operation_id.as_deref();
                let config = config.operation(id, http.as_str(), path);
                let (config_key, config) = config.unzip();
                self.met.operations.extend(config_key.map(str::to_owned));
                if config.is_some_and(|config| config.skip) {
                    continue;
                }
                found.push(Found {
                    pointer: push(&item_pointer, word),
                    path,
                    item_pointer: item_pointer.clone(),
                    item: item.clone(),
                    http,
                    operation: operation.clone(),
                    config,
                    config_key,
                });
            }
        }
        found
    }

    /// Methods in the order in which the path item writes them.
    fn methods_in_order(&self, item_pointer: &str) -> Vec<(&'static str, HttpMethod)> {
        let item = self
            .document
            .value(item_pointer)
            .and_then(serde_json::Value::as_object);
        let keys = item.into_iter().flat_map(serde_json::Map::keys);
        keys.filter_map(|key| METHODS.iter().find(|(word, _)| word == key).copied())
            .collect()
    }

    /// Lowers one operation; its names come from the scopes of its resource.
    pub(super) fn operation(
        &mut self,
        found: &Found<'a>,
        noun: &[String],
        methods: &mut Scope,
        items: &mut Scope,
    ) -> Operation {
        self.owner += 1;
        let given = found
            .operation
            .operation_id
            .as_ref()
            .filter(|id| !id.trim().is_empty());
        let id = match given {
            Some(id) => id.clone(),
            None => names::from_method_and_path(found.http, found.path),
        };
        let short = match given {
            Some(id) => id.clone(),
            None => names::short_of_route(found.http, found.path),
        };
        self.places.insert(
            &found.pointer,
            &names::without_route(&id, found.http, found.path),
        );
        let configured = found.config.and_then(|config| config.name.as_deref());
        let wanted = match configured {
            Some(name) => crate::names::snake_case(name),
            None => names::method(&short, found.http, found.path, noun),
        };
        let full = crate::names::snake_case(&id);
        let method = methods.name(&[&wanted, &full], "call");
        let pascal = pascal_case(method.as_str());
        let request = items.name(&[&pascal, &format!("{pascal}Request")], "Request");
        let endpoint = items.name(&[&format!("{pascal}Endpoint")], "Endpoint");

        self.mention_unsupported(found);
        // Names that belong to the runtime's request, or that would hide a trait's method.
        let mut arguments = Scope::new(&["call", "clone", "fmt", "new", "send"]);
        let parameters = self.parameters(found, &mut arguments);
        let body = self.body(found, &mut arguments);
        let (output, errors) = self.responses(found, &request, items);
        let accept = self.accept(found);
        let pagination = self.pagination(found, &id, &parameters, &output);
        Operation {
            id,
            method,
            request,
            endpoint,
            http: found.http,
            path: found.path.to_owned(),
            docs: Docs {
                text: docs::summary_and_description(
                    found.operation.summary.as_deref(),
                    found.operation.description.as_deref(),
                ),
                deprecated: found.operation.deprecated,
                ..Docs::default()
            },
            parameters,
            body,
            output,
            accept,
            pagination,
            errors,
        }
    }

    /// What a crate can do without, but nobody should have to find out.
    fn mention_unsupported(&mut self, found: &Found<'_>) {
        let callbacks = push(&found.pointer, "callbacks");
        if self.document.value(&callbacks).is_some() {
            self.warning(&callbacks, "callbacks are not emitted");
        }
        for (servers, pointer) in [
            (&found.operation.servers, &found.pointer),
            (&found.item.servers, &found.item_pointer),
        ] {
            if !servers.is_empty() {
                let pointer = push(pointer, "servers");
                self.error(
                    &pointer,
                    "servers of a single operation are not supported yet",
                )
                .help = Some("name the server at the root of the document".into());
            }
        }
    }
}

fn method_of(item: &PathItem, http: HttpMethod) -> Option<&openapiv3::Operation> {
    match http {
        HttpMethod::Get => item.get.as_ref(),
        HttpMethod::Put => item.put.as_ref(),
        HttpMethod::Post => item.post.as_ref(),
        HttpMethod::Delete => item.delete.as_ref(),
        HttpMethod::Options => item.options.as_ref(),
        HttpMethod::Head => item.head.as_ref(),
        HttpMethod::Patch => item.patch.as_ref(),
        HttpMethod::Trace => item.trace.as_ref(),
    }
}
