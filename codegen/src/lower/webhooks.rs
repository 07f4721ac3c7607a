//! Requests that the server makes by itself: webhooks, and the callbacks of operations.
//!
//! A client doesn't serve them; what it can do for those who do is to read their bodies.

use std::borrow::Cow;

use openapiv3::{ReferenceOr, RequestBody};
use serde_json::Value;

use crate::model::{Docs, Resource, Type, Webhook, Webhooks};
use crate::names::Scope;
use crate::pointer::push;

use super::operations::{json_of, operation_of};
use super::schema::{Distinct, Member, SchemaRef};
use super::{Lowering, docs};

/// A body that the server sends, in the document.
struct Sent<'a> {
    name: String,
    docs: Docs,
    body: Cow<'a, RequestBody>,
    /// Where the body's `content` stands.
    pointer: String,
}

impl<'a> Lowering<'a> {
    /// All requests that the server makes, with a body of JSON.
    pub(super) fn webhooks(&mut self, resources: &[Resource]) -> Option<Webhooks> {
        let sent: Vec<Sent<'a>> = self
            .keys("/webhooks")
            .iter()
            .flat_map(|name| self.sent(name, &push("/webhooks", name)))
            .collect();
        let callbacks = std::mem::take(&mut self.callbacks);
        let called: Vec<Sent<'a>> = callbacks
            .iter()
            .flat_map(|(name, pointer)| self.sent(name, pointer))
            .collect();
        if sent.is_empty() && called.is_empty() {
            return None;
        }
        let mut scope = Scope::of_modules(&[]);
        for resource in resources.iter().filter(|it| it.parents.is_empty()) {
            scope.name(&[resource.module.as_str()], "resource");
        }
        let module = scope.name(&["webhooks", "webhook_events"], "webhooks");
        self.types.enter_operation();
        let lowered = |this: &mut Self, sent: &[Sent<'_>]| -> Vec<Webhook> {
            let webhooks = sent.iter().filter_map(|it| this.webhook(it));
            webhooks.collect()
        };
        let offered = lowered(self, &sent);
        let event = self.event(&sent);
        Some(Webhooks {
            module,
            event,
            offered,
            callbacks: lowered(self, &called),
        })
    }

    /// Remembers the callbacks of an operation, for [`Lowering::webhooks`].
    pub(super) fn meet_callbacks(&mut self, operation: &str) {
        let at = push(operation, "callbacks");
        for name in self.keys(&at) {
            let mut callback = push(&at, &name);
            let reference = self.document.value(&callback).and_then(|it| it.get("$ref"));
            if let Some(target) = reference
                .and_then(Value::as_str)
                .and_then(|it| it.strip_prefix('#'))
            {
                target.clone_into(&mut callback);
            }
            for expression in self.keys(&callback) {
                let met = (name.clone(), push(&callback, &expression));
                if !expression.starts_with("x-") {
                    self.callbacks.insert(met);
                }
            }
        }
    }

    fn keys(&self, pointer: &str) -> Vec<String> {
        let members = self.document.value(pointer).and_then(Value::as_object);
        members.map_or_else(Vec::new, |it| it.keys().cloned().collect())
    }

    /// The bodies that the operations of a path item send.
    fn sent(&self, name: &str, pointer: &str) -> Vec<Sent<'a>> {
        // What a reference says is percent-encoded (RFC 6901 section 6).
        let reference = format!("#{}", pointer.replace('%', "%25"));
        let Some((at, item)) = self.document.path_item(&reference) else {
            return Vec::new();
        };
        let mut sent = Vec::new();
        for (way, http) in self.methods_in_order(&at) {
            let pointer = format!("{at}{way}");
            let Some(operation) = operation_of(self.document, &item, &pointer, http) else {
                continue;
            };
            let found = match &operation.request_body {
                Some(ReferenceOr::Item(body)) => {
                    Some((push(&pointer, "requestBody"), Cow::Owned(body.clone())))
                }
                Some(ReferenceOr::Reference { reference }) => self.document.request_body(reference),
                None => None,
            };
            sent.extend(found.map(|(pointer, body)| Sent {
                name: name.to_owned(),
                docs: Docs {
                    text: docs::summary_and_description(
                        operation.summary.as_deref(),
                        operation.description.as_deref(),
                    ),
                    deprecated: operation.deprecated,
                    ..Docs::default()
                },
                body,
                pointer: push(&pointer, "content"),
            }));
        }
        sent
    }

    fn webhook(&mut self, sent: &Sent<'_>) -> Option<Webhook> {
        let (schema, at) = schema_of(sent)?;
        self.inline_names
            .insert(&at, &format!("{} event", sent.name));
        Some(Webhook {
            name: sent.name.clone(),
            ty: self.item_type(schema, &at),
            docs: sent.docs.clone(),
        })
    }

    /// A type for whatever webhook there is, as far as the document tells them apart.
    fn event(&mut self, sent: &[Sent<'_>]) -> Option<Type> {
        const PLACE: &str = "/webhooks";
        let mut members: Vec<Member<'_>> = Vec::new();
        let mut distinct = Distinct::default();
        for (schema, place) in sent.iter().filter_map(schema_of) {
            if distinct.insert(schema) {
                members.push(Member {
                    schema,
                    place,
                    ty: None,
                });
            }
        }
        if let [only] = members.as_slice() {
            return Some(self.item_type(only.schema, &only.place));
        }
        if members.is_empty() {
            return None;
        }
        self.inline_names.insert(PLACE, "webhook event");
        let shape = self.unite(&members, None, PLACE);
        Some(self.define_at(shape, PLACE))
    }
}

/// The schema of a JSON body, and where it stands.
fn schema_of<'s>(sent: &'s Sent<'_>) -> Option<(SchemaRef<'s>, String)> {
    let (media_type, media) = json_of(&sent.body.content)?;
    let at = push(&push(&sent.pointer, media_type), "schema");
    Some((media.schema.as_ref()?.into(), at))
}
