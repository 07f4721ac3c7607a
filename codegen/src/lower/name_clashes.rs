//! Names that the configuration gives, and that something else has.
//!
//! A scope makes two names out of one. Who chose a name has to be told that it isn't the one that came out,
//! or that it was taken from something else.

use std::collections::HashMap;

use crate::config;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::Shape;
use crate::names::{Ident, Scope, pascal_case, snake_case};
use crate::pointer::push;

use super::Lowering;
use super::operations::Found;
use super::unknown_names::pointer_of;

/// A name that isn't what somebody chose: where it was chosen, and what has it.
struct Clash(String, String);

/// Things by the names that they want, at most two for each: if one of them is asked for, the other is known.
#[derive(Default)]
struct Wanted<'w>(HashMap<String, Vec<&'w str>>);

impl<'w> Wanted<'w> {
    fn of(things: impl Iterator<Item = (String, &'w str)>) -> Self {
        let mut wanted: HashMap<String, Vec<&'w str>> = HashMap::new();
        for (name, thing) in things {
            let by = wanted.entry(name).or_default();
            if by.len() < 2 {
                by.push(thing);
            }
        }
        Self(wanted)
    }

    /// The first of those that want a name.
    fn first(&self, name: &str, is_other: impl Fn(&&str) -> bool) -> Option<&'w str> {
        let by = self.0.get(name)?;
        by.iter().copied().find(is_other)
    }
}

impl Lowering<'_> {
    /// Reports types, fields and variants whose configured names clash.
    pub(super) fn clashes_of_types(&mut self) {
        let mut clashes = Vec::new();
        let is_named = |it: &config::Type| it.name.is_some();
        let wanted_by = if self.config.types.values().any(is_named) {
            self.schemas_by_wanted_name()
        } else {
            Wanted::default()
        };
        for (key, configured) in &self.config.types {
            let pointer = pointer_of(key);
            let Some(id) = self.types.at(&pointer) else {
                continue;
            };
            let at = push("/types", key);
            if let Some(name) = &configured.name {
                let wanted = pascal_case(name);
                let ident = self.types.name(id);
                let at_other = |it: &&str| push("/components/schemas", it) != pointer;
                let message = match wanted_by.first(&wanted, at_other) {
                    Some(other) => Some(both(key, other, name)),
                    None if is(ident, &wanted) => None,
                    None => Some(reserved(name, ident)),
                };
                clashes.extend(message.map(|message| Clash(push(&at, "name"), message)));
            }
            clashes.extend(clashes_within(&at, self.types.shape(id), configured));
        }
        self.report_clashes(clashes);
    }

    /// The schemas of the document by what they are called by themselves, or by the configuration.
    fn schemas_by_wanted_name(&self) -> Wanted<'_> {
        let components = self.document.api.components.as_ref();
        let schemas = components.into_iter().flat_map(|it| it.schemas.keys());
        Wanted::of(schemas.map(|schema| {
            let configured = self.config.schema(&push("/components/schemas", schema));
            let named = configured.and_then(|(_, it)| it.name.as_deref());
            (pascal_case(named.unwrap_or(schema)), schema.as_str())
        }))
    }

    /// Reports two operations of a resource that the configuration gives one name, and those whose own
    /// name it gives to another. `chosen` are the methods of operations that it names.
    pub(super) fn clashes_of_operations(
        &mut self,
        found: &[Found<'_>],
        chosen: &[Option<Ident>],
        nouns: &[Vec<String>],
    ) {
        let mut clashes = Vec::new();
        let mut first: HashMap<String, &Found<'_>> = HashMap::new();
        for (found, ident) in found.iter().zip(chosen) {
            let (Some(ident), Some(name), Some(key)) = (ident, found.chosen(), found.config_key)
            else {
                continue;
            };
            let wanted = snake_case(name);
            if !is(ident, &wanted) {
                let message = match first.get(&wanted) {
                    Some(first) => both(&found.shown(), &first.shown(), name),
                    None => reserved(name, ident),
                };
                clashes.push(Clash(push(&push("/operations", key), "name"), message));
            }
            first.entry(wanted).or_insert(found);
        }
        self.report_clashes(clashes);
        for (found, _) in found
            .iter()
            .zip(chosen)
            .filter(|(_, ident)| ident.is_none())
        {
            let natural = found.method(nouns, &mut Scope::new(&[]));
            if let Some(other) = first.get(natural.as_str()) {
                let at = push("/operations", other.config_key.unwrap_or_default());
                let message = format!(
                    "`{}` takes the name `{natural}` from `{}`, which gets another one",
                    other.shown(),
                    found.shown()
                );
                let problem = Diagnostic::warning(
                    WarningCode::NameClash,
                    Origin::Config,
                    push(&at, "name"),
                    message,
                );
                self.report(problem.help("choose another name, or name both"));
            }
        }
    }

    /// Warns of waiters whose methods are called otherwise than the configuration says: their indices, with
    /// the methods. Two waiters of a resource have one name where neither has any.
    pub(super) fn clashes_of_waiters(&mut self, named: &[(usize, Ident)]) {
        for (index, ident) in named {
            let waiter = &self.config.waiters[*index];
            if is(ident, &snake_case(&waiter.name)) {
                continue;
            }
            let at = push(&push("/waiters", &index.to_string()), "name");
            let message = format!(
                "`{}` is the name of another method of the resource, so the waiter is `{ident}`",
                waiter.name
            );
            let warning = Diagnostic::warning(WarningCode::NameClash, Origin::Config, at, message);
            self.report(warning.help("give the waiter another `name`"));
        }
    }

    fn report_clashes(&mut self, clashes: Vec<Clash>) {
        for Clash(pointer, message) in clashes {
            let problem = Diagnostic::error(Origin::Config, pointer, message);
            self.report(problem.help("choose another name"));
        }
    }
}

impl Found<'_> {
    /// What the document calls it.
    fn shown(&self) -> String {
        let route = || format!("{} {}", self.http.as_str(), self.path);
        self.given_id().cloned().unwrap_or_else(route)
    }
}

/// The clashes of the fields or the variants of one type.
fn clashes_within(at: &str, shape: Option<&Shape>, configured: &config::Type) -> Vec<Clash> {
    let fields = configured.fields.iter();
    let fields = fields.filter_map(|(wire, it)| Some((wire.as_str(), it.name.as_deref()?)));
    let values = configured.values.iter();
    let values = values.filter_map(|(value, it)| Some((value.as_str(), it.name.as_deref()?)));
    match shape {
        Some(Shape::Struct(shape)) => {
            let named = shape.fields.iter().map(|it| (it.wire.clone(), &it.name));
            among(
                &push(at, "fields"),
                &named.collect(),
                &fields.collect(),
                snake_case,
            )
        }
        Some(Shape::StringEnum(variants)) => {
            let named = variants.iter().map(|it| (it.value.clone(), &it.name));
            among(
                &push(at, "values"),
                &named.collect(),
                &values.collect(),
                pascal_case,
            )
        }
        Some(Shape::IntegerEnum(variants)) => {
            let named = variants.iter().map(|it| (it.value.to_string(), &it.name));
            among(
                &push(at, "values"),
                &named.collect(),
                &values.collect(),
                pascal_case,
            )
        }
        _ => Vec::new(),
    }
}

/// Clashes among the things in one scope, by what the document calls them.
fn among(
    at: &str,
    named: &HashMap<String, &Ident>,
    chosen: &HashMap<&str, &str>,
    case: fn(&str) -> String,
) -> Vec<Clash> {
    let mut order: Vec<&str> = chosen.keys().copied().collect();
    if order.is_empty() {
        return Vec::new();
    }
    order.sort_unstable();
    let mut all: Vec<&str> = named.keys().map(String::as_str).collect();
    all.sort_unstable();
    let wanted_by = Wanted::of(
        all.into_iter()
            .map(|it| (case(chosen.get(it).unwrap_or(&it)), it)),
    );
    let clashes = order.into_iter().filter_map(|wire| {
        let (name, ident) = (chosen.get(wire)?, named.get(wire)?);
        let wanted = case(name);
        let message = match wanted_by.first(&wanted, |other| *other != wire) {
            Some(other) => both(wire, other, name),
            None if is(ident, &wanted) => return None,
            None => reserved(name, ident),
        };
        Some(Clash(push(&push(at, wire), "name"), message))
    });
    clashes.collect()
}

/// What is wrong with one name of two things.
fn both(one: &str, other: &str, name: &str) -> String {
    format!("both `{one}` and `{other}` would be named `{name}`")
}

/// What is wrong with a name that something else of the crate has.
fn reserved(name: &str, ident: &Ident) -> String {
    format!("`{name}` is reserved or in use, so the name would be `{ident}`")
}

/// Whether an identifier is what was wanted: a keyword has an underscore behind it.
fn is(ident: &Ident, wanted: &str) -> bool {
    let plain = |text: &str| text.trim_matches('_').to_owned();
    plain(ident.as_str()) == plain(wanted)
}
