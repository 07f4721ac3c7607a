//! Operations: which is which, how they are called, and where they go.

use std::collections::HashMap;

use crate::emit::surface;
use crate::model::{HttpMethod, Operation, Resource};

use super::change::{ChangeKind, Consequence, Effect, Subject};
use super::pairs::{Pairs, pair};
use super::{ChangeText, Comparison};

/// An operation with the resource that it belongs to.
pub(super) type Call<'a> = (&'a Resource, &'a Operation);

/// The method and path of an operation, as messages have them.
pub(super) fn route(operation: &Operation) -> String {
    operation.route()
}

/// The way to an operation's method: `pets().get`.
pub(super) fn accessor_path((resource, operation): Call<'_>) -> String {
    method_path(resource, operation.method.as_str())
}

/// The way to a method from the client: `pets().get`, or `get` where it is the client's own.
pub(super) fn method_path(resource: &Resource, method: &str) -> String {
    let way = format!("{}.{method}", resource.way());
    way["client.".len()..].to_owned()
}

/// The module of an operation's request.
pub(super) fn module(resource: &Resource) -> String {
    resource.path_joined("::")
}

/// A path without the names of its parameters, which nothing sends.
fn shape(operation: &Operation) -> (HttpMethod, String) {
    (operation.http, without_names(&operation.path))
}

/// A path without the names of its parameters.
pub(super) fn without_names(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for sign in path.chars() {
        inside = (inside || sign == '{') && sign != '}';
        if !inside {
            text.push(sign);
        }
    }
    text
}

/// Operations that are one.
pub(super) type CallPairs<'o, 'n> = Pairs<'o, 'n, Call<'o>, Call<'n>>;

/// Which operation is which.
pub(super) fn operation_pairs<'o, 'n>(
    olds: &'o [Call<'o>],
    news: &'n [Call<'n>],
) -> CallPairs<'o, 'n> {
    // One that takes several kinds of bodies has a method for each of them.
    let old_key = |it: &'o Call<'o>| (shape(it.1), it.1.method.clone());
    let new_key = |it: &'n Call<'n>| (shape(it.1), it.1.method.clone());
    let mut pairs = pair(olds, news, old_key, new_key);
    pairs.also(|it| Some(shape(it.1)), |it| Some(shape(it.1)));
    // One that goes elsewhere is still known by its id.
    pairs.also(|it| Some(it.1.id.clone()), |it| Some(it.1.id.clone()));
    pairs
}

impl Comparison<'_> {
    /// Compares the operations, in the order of the new description.
    pub(super) fn operations(&mut self, pairs: &CallPairs<'_, '_>) {
        let news: Vec<Call<'_>> = self.new.api.operations().collect();
        let both = pairs.both.iter();
        let origins: HashMap<*const Operation, Call<'_>> = both
            .map(|(old, new)| (std::ptr::from_ref(new.1), **old))
            .collect();
        for new in &news {
            match origins.get(&std::ptr::from_ref(new.1)) {
                Some(old) => self.operation(*old, *new),
                None => self.added_operation(*new),
            }
        }
        for old in &pairs.gone {
            self.removed_operation(**old);
        }
        self.security(pairs);
        self.waits(pairs);
    }

    fn added_operation(&mut self, new: Call<'_>) {
        let route = route(new.1);
        // What only the configuration left out was there before.
        let what = if self.old.describes(shape(new.1)) {
            "is no longer skipped"
        } else {
            "is new"
        };
        let arguments = surface::arguments(&self.new.api, new.1).join(", ");
        let output = surface::output(&self.new.api, new.1);
        self.note(
            ChangeText::new(
                ChangeKind::Added,
                Subject::Operation,
                &route,
                format!("`{route}` {what}"),
            )
            .new_at(self.new.operation(new.1)),
            Consequence::additive(format!(
                "`{}({arguments})` returns `{output}`",
                accessor_path(new)
            )),
            Consequence::additive("existing clients don't call it"),
        );
    }

    fn removed_operation(&mut self, old: Call<'_>) {
        let route = route(old.1);
        let (what, wire) = if self.new.describes(shape(old.1)) {
            ("is skipped", Consequence::none())
        } else {
            let wire = Consequence::breaking("requests of existing clients to it fail");
            ("was removed", wire)
        };
        self.note(
            ChangeText::new(
                ChangeKind::Removed,
                Subject::Operation,
                &route,
                format!("`{route}` {what}"),
            )
            .old(self.old.operation(old.1)),
            Consequence::breaking(format!("`{}` was removed", accessor_path(old))),
            wire,
        );
    }

    fn operation(&mut self, old: Call<'_>, new: Call<'_>) {
        self.docs(&old.1.docs, &new.1.docs);
        self.route_and_server(old, new);
        self.called(old, new);
        let before = self.found.len();
        self.parameters(old, new);
        self.body(old, new);
        let explained = self.found[before..]
            .iter()
            .any(|it| it.change.rust.effect == Effect::Breaking);
        self.arguments(old, new, explained);
        self.responses(old, new);
        if old.1.docs.deprecated && !new.1.docs.deprecated {
            let none = Consequence::none();
            self.about(
                ChangeKind::Changed,
                (old, new),
                Subject::Operation,
                "is no longer deprecated",
                none.clone(),
                none,
            );
        }
        if new.1.docs.deprecated && !old.1.docs.deprecated {
            self.about(
                ChangeKind::Changed,
                (old, new),
                Subject::Operation,
                "is deprecated",
                Consequence::additive("the compiler warns about it"),
                Consequence::none(),
            );
        }
    }

    /// Another method, path or server.
    fn route_and_server(&mut self, old: Call<'_>, new: Call<'_>) {
        if shape(old.1) != shape(new.1) {
            self.about(
                ChangeKind::Changed,
                (old, new),
                Subject::Operation,
                &format!("was `{}`", route(old.1)),
                Consequence::none(),
                Consequence::breaking("existing clients use the old path"),
            );
        }
        // A program that had to say where requests go still says it.
        let had_servers = !self.old.api.profile.servers.is_empty();
        if old.1.server != new.1.server {
            let server = |server: &Option<String>| match server {
                Some(url) => format!("`{url}`"),
                None => "the API's server".to_owned(),
            };
            self.about(
                ChangeKind::Changed,
                (old, new),
                Subject::Server,
                &format!(
                    "is sent to {} instead of {}",
                    server(&new.1.server),
                    server(&old.1.server)
                ),
                Consequence::none(),
                if had_servers || old.1.server.is_some() {
                    Consequence::breaking("existing clients use the old server")
                } else {
                    Consequence::none()
                },
            );
        }
    }

    /// Another name in Rust.
    fn called(&mut self, old: Call<'_>, new: Call<'_>) {
        let names = |call: Call<'_>| {
            let (resource, operation) = call;
            let module = module(resource);
            (
                accessor_path(call),
                format!("{module}::{}", operation.request),
            )
        };
        let (before, after) = (names(old), names(new));
        if before == after {
            return;
        }
        let rust = if before.0 == after.0 {
            format!("`{}` is `{}`", before.1, after.1)
        } else {
            format!("`{}` is `{}`", before.0, after.0)
        };
        self.about(
            ChangeKind::Renamed,
            (old, new),
            Subject::Operation,
            "has another name",
            Consequence::breaking(rust),
            Consequence::none(),
        );
    }

    /// Other arguments, where no parameter and no body says why: they are in another order, or one
    /// is called differently.
    fn arguments(&mut self, old: Call<'_>, new: Call<'_>, explained: bool) {
        let types = |arguments: Vec<String>| -> Vec<String> {
            let types = arguments.iter().map(|it| match it.split_once(": ") {
                Some((_, ty)) => ty.to_owned(),
                None => it.clone(),
            });
            types.collect()
        };
        let before = surface::arguments(&self.old.api, old.1);
        let before: Vec<String> = before.iter().map(|it| self.as_new(it)).collect();
        let after = surface::arguments(&self.new.api, new.1);
        let shown = format!(
            "`{}({})` instead of `({})`",
            accessor_path(new),
            after.join(", "),
            before.join(", ")
        );
        let names = |call: Call<'_>| -> Vec<String> {
            let arguments = call.1.arguments().map(|it| it.wire.clone());
            arguments.collect()
        };
        let in_other_order = {
            let (mut before, mut after) = (names(old), names(new));
            let is_other = before != after;
            before.sort_unstable();
            after.sort_unstable();
            is_other && before == after
        };
        if !in_other_order && (explained || types(before) == types(after)) {
            return;
        }
        self.about(
            ChangeKind::Changed,
            (old, new),
            Subject::Operation,
            "takes its arguments in another order",
            Consequence::breaking(shown),
            Consequence::none(),
        );
    }

    /// Notes a change of an operation that both sides have.
    pub(super) fn about(
        &mut self,
        kind: ChangeKind,
        (old, new): (Call<'_>, Call<'_>),
        subject: Subject,
        what: &str,
        rust: Consequence,
        wire: Consequence,
    ) {
        let route = route(new.1);
        let change = ChangeText::new(kind, subject, &route, format!("`{route}` {what}"))
            .old(self.old.operation(old.1))
            .new_at(self.new.operation(new.1));
        self.note(change, rust, wire);
    }
}
