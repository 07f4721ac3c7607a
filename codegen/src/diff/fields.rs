//! Fields of structs.

use std::collections::HashMap;

use crate::emit::surface;
use crate::model::{Access, Field, Rest, Struct, TypeDef};
use crate::spelling::outside;

use super::change::{ChangeKind, Consequence, Effect, Subject};
use super::pairs::pair;
use super::{ChangeText, Comparison, now};

/// A struct on one side.
struct Half<'a> {
    definition: &'a TypeDef,
    shape: &'a Struct,
    /// What it is made with.
    new: String,
    setters: HashMap<&'a str, String>,
}

impl Half<'_> {
    /// What asks for the fields that must be given, as messages have it.
    fn maker(&self) -> String {
        match &self.shape.parts {
            Some(parts) => format!("`types::{parts}`"),
            None => format!("`types::{}::new`", self.definition.name),
        }
    }
}

impl Comparison<'_> {
    /// Compares the fields of a struct.
    pub(super) fn fields(&mut self, old: (&TypeDef, &Struct), new: (&TypeDef, &Struct)) {
        let old = Half {
            definition: old.0,
            shape: old.1,
            new: self.as_new(&surface::new(&self.old.api, old.0, old.1)),
            setters: surface::setters(&self.old.api, old.0, old.1),
        };
        let new = Half {
            definition: new.0,
            shape: new.1,
            new: surface::new(&self.new.api, new.0, new.1),
            setters: surface::setters(&self.new.api, new.0, new.1),
        };
        let before = self.found.len();
        let wire = |field: &Field| field.wire.clone();
        let mut pairs = pair(&old.shape.fields, &new.shape.fields, wire, wire);
        // One that is called differently on the wire alone is the same to a program.
        let name = |field: &Field| Some(field.name.clone());
        pairs.also(name, name);
        let mut of_usage = Consequence::none();
        for (was, is) in &pairs.both {
            of_usage = of_usage.and(self.field((&old, was), (&new, is)));
        }
        if old.definition.usage.sent != new.definition.usage.sent && !of_usage.text.is_empty() {
            let how = if new.definition.usage.sent {
                "is now"
            } else {
                "isn't"
            };
            let text = format!("`{}` {how} used in requests", new.definition.name);
            let both = (old.definition, new.definition);
            self.about_type(
                ChangeKind::Changed,
                both,
                text,
                of_usage,
                Consequence::none(),
            );
        }
        for added in &pairs.added {
            self.added_field(&old, &new, added);
        }
        for gone in &pairs.gone {
            self.removed_field(&old, &new, gone);
        }
        let found = &self.found[before..];
        let explained = found
            .iter()
            .any(|it| it.change.rust.effect == Effect::Breaking);
        if old.new != new.new && (!explained || is_made_otherwise(&old, &new)) {
            self.other_maker(&old, &new);
        }
        self.rest(&old, &new);
    }

    /// Compares a field. What follows from the use of its struct alone is returned, to be told once.
    fn field(
        &mut self,
        (old, was): (&Half<'_>, &Field),
        (new, is): (&Half<'_>, &Field),
    ) -> Consequence {
        self.docs(&was.docs, &is.docs);
        let phrases = self.what_of_field(was, is);
        let rust = self.field_in_rust((old, was), (new, is));
        if phrases.is_empty() {
            return rust;
        }
        let name = field_name(new.definition, is);
        let wire = self.field_on_the_wire(old.definition, was, is);
        let text = format!("`{name}` {}", now(&phrases));
        self.note(
            ChangeText::new(ChangeKind::Changed, Subject::Field, &name, text)
                .old(self.old.field(old.definition, &was.wire))
                .new_at(self.new.field(new.definition, &is.wire)),
            rust,
            wire,
        );
        Consequence::none()
    }

    /// What changed about a field, as the description has it.
    fn what_of_field(&self, was: &Field, is: &Field) -> Vec<String> {
        let mut phrases = Vec::new();
        match (was.required, is.required) {
            (false, true) => phrases.push("is required".to_owned()),
            (true, false) => phrases.push("is optional".to_owned()),
            _ => {}
        }
        match (was.nullable, is.nullable) {
            (false, true) => phrases.push("can be null".to_owned()),
            (true, false) => phrases.push("can't be null".to_owned()),
            _ => {}
        }
        let before = self.as_new(&outside(&self.old.api, &was.ty));
        let after = outside(&self.new.api, &is.ty);
        if before != after {
            phrases.push(format!("is `{after}` instead of `{before}`"));
        }
        if was.constant != is.constant {
            phrases.push(match &is.constant {
                Some(value) => format!("is always `{value}`"),
                None => "is no longer constant".to_owned(),
            });
        }
        if was.access != is.access {
            let word = match is.access {
                Access::Both => "is readable and writable",
                Access::ReadOnly => "is read-only",
                Access::WriteOnly => "is write-only",
            };
            phrases.push(word.to_owned());
        }
        if is.docs.deprecated && !was.docs.deprecated {
            phrases.push("is deprecated".to_owned());
        }
        if was.docs.deprecated && !is.docs.deprecated {
            phrases.push("isn't deprecated".to_owned());
        }
        if was.name != is.name {
            phrases.push(format!("is named `{}` in Rust", is.name));
        }
        if was.wire != is.wire {
            phrases.push(format!("was serialized as `{}`", was.wire));
        }
        match (was.boxed, is.boxed) {
            (false, true) => phrases.push("is part of a cycle of types".to_owned()),
            (true, false) => phrases.push("isn't part of a cycle of types".to_owned()),
            _ => {}
        }
        phrases
    }

    fn field_in_rust(
        &self,
        (old, was): (&Half<'_>, &Field),
        (new, is): (&Half<'_>, &Field),
    ) -> Consequence {
        let path = format!("types::{}::{}", new.definition.name, is.name);
        let mut rust = Consequence::none();
        if was.name != is.name {
            rust = rust.and(Consequence::breaking(format!(
                "`{}` is renamed to `{}`",
                was.name, is.name
            )));
        }
        let before = self.as_new(&surface::field(&self.old.api, old.definition, was));
        let after = surface::field(&self.new.api, new.definition, is);
        if before != after {
            let text = format!("`{path}` is `{after}` instead of `{before}`");
            rust = rust.and(Consequence::breaking(text));
        }
        if was.is_asked_for() != is.is_asked_for() {
            let asks = if is.is_asked_for() {
                format!("{} requires it", new.maker())
            } else {
                format!("{} no longer takes it", old.maker())
            };
            rust = rust.and(Consequence::breaking(asks));
        }
        let setters = (old.setters.get(&*was.wire), new.setters.get(&*is.wire));
        rust = rust.and(match setters {
            (Some(before), Some(after)) if self.as_new(before) != *after => {
                let before = self.as_new(before);
                Consequence::breaking(format!("its setter is `{after}` instead of `{before}`"))
            }
            (Some(before), None) => {
                Consequence::breaking(format!("the setter `{before}` was removed"))
            }
            (None, Some(after)) => Consequence::additive(format!("it has a setter, `{after}`")),
            _ => Consequence::none(),
        });
        if is.docs.deprecated && !was.docs.deprecated {
            rust = rust.and(Consequence::additive("the compiler warns about it"));
        }
        rust
    }

    fn field_on_the_wire(&self, definition: &TypeDef, was: &Field, is: &Field) -> Consequence {
        let mut wire = Consequence::none();
        let usage = definition.usage;
        if usage.received && was.required && was.access != Access::WriteOnly {
            // What only the server sets needn't be sent, but is still returned.
            let is_returned = is.access == Access::ReadOnly && was.access != Access::ReadOnly;
            let response = match (is.required || is_returned, was.nullable, is.nullable) {
                (false, ..) => Some("without it"),
                (true, false, true) => Some("in which it is null"),
                _ => None,
            };
            if let Some(response) = response {
                wire = wire.and(Consequence::breaking(format!(
                    "existing clients can't decode a response {response}"
                )));
            }
        }
        if usage.sent && is.access != Access::ReadOnly {
            if is.required && !was.required {
                wire = wire.and(Consequence::breaking("requests without it are rejected"));
            }
            if was.nullable && !is.nullable {
                wire = wire.and(Consequence::breaking("null is rejected"));
            }
        }
        if was.wire != is.wire {
            wire = wire.and(Consequence::breaking("existing clients use its old name"));
        }
        if was.constant.is_some() && was.constant != is.constant && usage.sent {
            wire = wire.and(Consequence::breaking("existing clients send the old value"));
        }
        wire.and(self.type_on_the_wire(definition, &was.ty, &is.ty))
    }

    fn added_field(&mut self, old: &Half<'_>, new: &Half<'_>, field: &Field) {
        let name = field_name(new.definition, field);
        let declared = surface::field(&self.new.api, new.definition, field);
        let path = format!("types::{}::{}", new.definition.name, field.name);
        let mut rust = Consequence::additive(format!("`{path}: {declared}`"));
        if field.is_asked_for() && old.new != new.new {
            let asks = format!("{} requires it", new.maker());
            rust = rust.and(Consequence::breaking(asks));
        }
        let usage = old.definition.usage;
        let is_sent = usage.sent && field.access != Access::ReadOnly;
        let wire = match (is_sent, field.required, usage.received) {
            // The server knew it all along.
            _ if old.shape.left_out.contains(&field.wire) => Consequence::none(),
            (true, true, _) => Consequence::breaking("requests without it are rejected"),
            (_, _, true) => Consequence::additive("existing clients don't see it"),
            (true, false, false) => Consequence::additive("existing clients don't send it"),
            _ => Consequence::none(),
        };
        let how = if field.required {
            "required"
        } else {
            "optional"
        };
        let text = format!(
            "`{}` has the {how} field `{}`",
            new.definition.name, field.wire
        );
        self.note(
            ChangeText::new(ChangeKind::Added, Subject::Field, &name, text)
                .new_at(self.new.field(new.definition, &field.wire)),
            rust,
            wire,
        );
    }

    fn removed_field(&mut self, old: &Half<'_>, new: &Half<'_>, field: &Field) {
        let name = field_name(old.definition, field);
        let usage = old.definition.usage;
        let path = format!(
            "`types::{}::{}` was removed",
            old.definition.name, field.name
        );
        let mut wire = Consequence::none();
        if usage.received && field.required && field.access != Access::WriteOnly {
            wire = wire.and(Consequence::breaking(
                "existing clients can't decode a response without it",
            ));
        }
        if usage.sent && field.access != Access::ReadOnly {
            wire = wire.and(Consequence::breaking(
                "what existing clients send for it is rejected or ignored",
            ));
        }
        let is_left_out = new.shape.left_out.contains(&field.wire);
        let (verb, wire) = if is_left_out {
            ("skips", Consequence::none())
        } else {
            ("no longer has", wire)
        };
        let text = format!(
            "`{}` {verb} the field `{}`",
            new.definition.name, field.wire
        );
        self.note(
            ChangeText::new(ChangeKind::Removed, Subject::Field, &name, text)
                .old(self.old.field(old.definition, &field.wire))
                .new_at(self.new.existing(new.definition.pointer.clone())),
            Consequence::breaking(path),
            wire,
        );
    }

    /// A struct is made in another way although no field says why: its fields are in another order.
    fn other_maker(&mut self, old: &Half<'_>, new: &Half<'_>) {
        let name = &new.definition.name;
        let shown = |text: &str| match text {
            "" => format!("`types::{name}::new()`"),
            some => format!("`types::{name}::{some}`"),
        };
        let rust = format!("{} instead of {}", shown(&new.new), shown(&old.new));
        self.about_type(
            ChangeKind::Changed,
            (old.definition, new.definition),
            format!("`{name}` is constructed differently"),
            Consequence::breaking(rust),
            Consequence::none(),
        );
    }

    /// The field for members that have no field of their own.
    fn rest(&mut self, old: &Half<'_>, new: &Half<'_>) {
        let name = &new.definition.name;
        let spelled = |api, rest: &Option<Rest>| {
            let rest = rest.as_ref();
            rest.map(|rest| format!("{}: {}", rest.name, outside(api, &rest.ty)))
        };
        let before = spelled(&self.old.api, &old.shape.rest).map(|it| self.as_new(&it));
        let after = spelled(&self.new.api, &new.shape.rest);
        let types = old.shape.rest.as_ref().zip(new.shape.rest.as_ref());
        let wire = types.map_or_else(Consequence::none, |(was, is)| {
            self.type_on_the_wire(old.definition, &was.ty, &is.ty)
        });
        let (text, rust) = match (before, after) {
            (None, Some(after)) => (
                format!("`{name}` now keeps additional properties"),
                Consequence::additive(format!("`types::{name}::{after}`")),
            ),
            (Some(before), None) => (
                format!("`{name}` no longer keeps additional properties"),
                Consequence::breaking(format!("`types::{name}::{before}` was removed")),
            ),
            (Some(before), Some(after)) if before != after => (
                format!("the additional properties of `{name}` have another type"),
                Consequence::breaking(format!("`types::{name}::{after}` instead of `{before}`")),
            ),
            _ => return,
        };
        let both = (old.definition, new.definition);
        self.about_type(ChangeKind::Changed, both, text, rust, wire);
    }
}

/// Whether what is given for a struct is given in another way, whichever fields it is for: by position or by name, or
/// in another order.
fn is_made_otherwise(old: &Half<'_>, new: &Half<'_>) -> bool {
    let asked = |half: &Half<'_>| half.shape.fields.iter().any(Field::is_asked_for);
    let is_named = |half: &Half<'_>| half.shape.parts.is_some();
    if is_named(old) != is_named(new) {
        return asked(old) && asked(new);
    }
    let order = |half: &Half<'_>, other: &Half<'_>| -> Vec<String> {
        let is_other = |field: &&Field| {
            let mut others = other.shape.fields.iter();
            others.any(|it| it.wire == field.wire && it.is_asked_for())
        };
        let fields = half.shape.fields.iter().filter(|it| it.is_asked_for());
        fields.filter(is_other).map(|it| it.wire.clone()).collect()
    };
    !is_named(new) && order(old, new) != order(new, old)
}

/// What a field is called in messages.
fn field_name(definition: &TypeDef, field: &Field) -> String {
    format!("{}.{}", definition.name, field.wire)
}
