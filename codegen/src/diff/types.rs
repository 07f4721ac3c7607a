//! Types that the crate declares.

use std::collections::HashMap;

use crate::model::{Api, Shape, Type, TypeDef, TypeId};
use crate::spelling::outside;

use super::change::{ChangeKind, Consequence, Subject};
use super::{ChangeText, Comparison};

/// The ids of the types that a crate declares, in order.
pub(super) fn declared(api: &Api) -> Vec<TypeId> {
    let modules = api.modules.iter();
    modules
        .flat_map(|module| module.types.iter().copied())
        .collect()
}

impl Comparison<'_> {
    /// Compares the types, in the order of the new description.
    pub(super) fn declared_types(&mut self) {
        let (old_api, new_api) = (&self.old.api, &self.new.api);
        let origins: HashMap<TypeId, TypeId> =
            self.types.iter().map(|(old, new)| (*new, *old)).collect();
        for id in declared(new_api) {
            let new = new_api.type_def(id);
            match origins.get(&id) {
                Some(old) => self.one_type(old_api.type_def(*old), new),
                None => self.added_type(new),
            }
        }
        let merged: HashMap<TypeId, TypeId> = self.merged.drain(..).collect();
        for id in declared(old_api) {
            let old = old_api.type_def(id);
            match merged.get(&id) {
                Some(new) => self.merged_type(old, new_api.type_def(*new)),
                None if !self.types.contains_key(&id) => self.removed_type(old),
                None => {}
            }
        }
    }

    /// A type whose copy another one was is that one now.
    fn merged_type(&mut self, old: &TypeDef, new: &TypeDef) {
        self.about_type(
            ChangeKind::Renamed,
            (old, new),
            format!(
                "the type `{}` is the same as `{}`, which replaces it",
                old.name, new.name
            ),
            Consequence::breaking(format!("`types::{}` is `types::{}`", old.name, new.name)),
            Consequence::none(),
        );
    }

    fn added_type(&mut self, new: &TypeDef) {
        let text = format!("the type `{}` is new{}", new.name, of_kind(&new.shape));
        self.note(
            ChangeText::new(ChangeKind::Added, Subject::Type, new.name.as_str(), text)
                .new_at(self.new.existing(new.pointer.clone())),
            Consequence::additive(format!("`types::{}`", new.name)),
            Consequence::none(),
        );
    }

    fn removed_type(&mut self, old: &TypeDef) {
        self.note(
            ChangeText::new(
                ChangeKind::Removed,
                Subject::Type,
                old.name.as_str(),
                format!("the type `{}` was removed", old.name),
            )
            .old(self.old.existing(old.pointer.clone())),
            Consequence::breaking(format!("`types::{}` was removed", old.name)),
            Consequence::none(),
        );
    }

    fn one_type(&mut self, old: &TypeDef, new: &TypeDef) {
        self.docs(&old.docs, &new.docs);
        if old.name != new.name {
            self.about_type(
                ChangeKind::Renamed,
                (old, new),
                format!("the type `{}` is renamed to `{}`", old.name, new.name),
                Consequence::breaking(format!("`types::{}` is `types::{}`", old.name, new.name)),
                Consequence::none(),
            );
        }
        if old.docs.deprecated && !new.docs.deprecated {
            self.about_type(
                ChangeKind::Changed,
                (old, new),
                format!("the type `{}` is no longer deprecated", new.name),
                Consequence::none(),
                Consequence::none(),
            );
        }
        if new.docs.deprecated && !old.docs.deprecated {
            self.about_type(
                ChangeKind::Changed,
                (old, new),
                format!("the type `{}` is deprecated", new.name),
                Consequence::additive("the compiler warns about it"),
                Consequence::none(),
            );
        }
        match (&old.shape, &new.shape) {
            (Shape::Struct(before), Shape::Struct(after)) => {
                self.fields((old, before), (new, after));
            }
            (Shape::StringEnum(before), Shape::StringEnum(after)) => {
                self.values((old, before), (new, after));
            }
            (Shape::IntegerEnum(before), Shape::IntegerEnum(after)) => {
                self.values((old, before), (new, after));
            }
            (Shape::Union(before), Shape::Union(after)) => {
                self.variants((old, before), (new, after));
            }
            (Shape::Alias(before), Shape::Alias(after))
            | (Shape::Newtype(before), Shape::Newtype(after)) => {
                self.other_name((old, before), (new, after));
            }
            _ => self.other_kind(old, new),
        }
    }

    /// An alias, or a struct around one value.
    fn other_name(&mut self, old: (&TypeDef, &Type), new: (&TypeDef, &Type)) {
        let before = self.as_new(&outside(&self.old.api, old.1));
        let after = outside(&self.new.api, new.1);
        if before == after {
            return;
        }
        let wire = self.type_on_the_wire(old.0, old.1, new.1);
        self.about_type(
            ChangeKind::Changed,
            (old.0, new.0),
            format!("`{}` is another type", new.0.name),
            Consequence::breaking(format!("`{after}` instead of `{before}`")),
            wire,
        );
    }

    fn other_kind(&mut self, old: &TypeDef, new: &TypeDef) {
        let (before, after) = (kind(&old.shape), kind(&new.shape));
        // What it is held against is what both are on the wire.
        let ids = (self.id_of(old, true), self.id_of(new, false));
        let wire = match ids {
            (Some(before), Some(after)) => on_the_wire(old, self.unread_kinds(before, after)),
            _ => Consequence::none(),
        };
        self.about_type(
            ChangeKind::Changed,
            (old, new),
            format!("`{}` is {after} instead of {before}", new.name),
            Consequence::breaking(format!("`types::{}` is {after}", new.name)),
            wire,
        );
    }

    fn id_of(&self, definition: &TypeDef, is_old: bool) -> Option<TypeId> {
        let api = if is_old { &self.old.api } else { &self.new.api };
        let index = api.types.iter().position(|it| std::ptr::eq(it, definition));
        index.map(TypeId)
    }

    /// What it means to programs with the old crate that something is of another type.
    pub(super) fn type_on_the_wire(
        &self,
        definition: &TypeDef,
        old: &Type,
        new: &Type,
    ) -> Consequence {
        on_the_wire(
            definition,
            [
                self.unread_response(old, new),
                self.unread_request(old, new),
            ],
        )
    }

    /// Notes a change of a type that both sides have.
    pub(super) fn about_type(
        &mut self,
        kind: ChangeKind,
        (old, new): (&TypeDef, &TypeDef),
        text: String,
        rust: Consequence,
        wire: Consequence,
    ) {
        let change = ChangeText::new(kind, Subject::Type, new.name.as_str(), text)
            .old(self.old.existing(old.pointer.clone()))
            .new_at(self.new.existing(new.pointer.clone()));
        self.note(change, rust, wire);
    }
}

/// What it means that a response and a request isn't read, as far as the type is in one.
fn on_the_wire(definition: &TypeDef, unread: [Option<String>; 2]) -> Consequence {
    let [response, request] = unread;
    let mut wire = Consequence::none();
    if definition.usage.received {
        wire = wire.and(undecodable(response));
    }
    if definition.usage.sent {
        wire = wire.and(rejected(request));
    }
    wire
}

/// What it means that responses aren't read, with the reason.
pub(super) fn undecodable(unread: Option<String>) -> Consequence {
    broken("existing clients can't decode it", unread)
}

/// What it means that requests aren't read, with the reason.
pub(super) fn rejected(unread: Option<String>) -> Consequence {
    broken("requests of existing clients are rejected", unread)
}

fn broken(text: &str, unread: Option<String>) -> Consequence {
    match unread {
        None => Consequence::none(),
        Some(why) if why.is_empty() => Consequence::breaking(text),
        Some(why) => Consequence::breaking(format!("{text}: {why}")),
    }
}

pub(super) fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "a struct",
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => "an enum",
        Shape::Union(_) => "a union",
        Shape::Alias(_) => "a type alias",
        Shape::Newtype(_) => "a newtype struct",
    }
}

/// How big a new type is.
fn of_kind(shape: &Shape) -> String {
    let counted = |count: usize, word: &str| match count {
        1 => format!(", with 1 {word}"),
        count => format!(", with {count} {word}s"),
    };
    match shape {
        Shape::Struct(shape) => counted(shape.fields.len(), "field"),
        Shape::StringEnum(values) => counted(values.len(), "value"),
        Shape::IntegerEnum(values) => counted(values.len(), "value"),
        Shape::Union(union) => counted(union.variants.len(), "variant"),
        Shape::Alias(_) | Shape::Newtype(_) => String::new(),
    }
}
