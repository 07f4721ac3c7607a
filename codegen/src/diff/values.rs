//! Values of enums and variants of unions.

use std::fmt::Debug;

use serde_json::Value;

use crate::model::{Discriminant, TagWriter, TypeDef, Union, UnionVariant, Variant};
use crate::spelling::outside;

use super::change::{ChangeKind, Consequence, Effect, Subject};
use super::pairs::pair;
use super::{ChangeText, Comparison, now};

impl Comparison<'_> {
    /// Compares the values of an enum.
    pub(super) fn values<T>(
        &mut self,
        (old, before): (&TypeDef, &[Variant<T>]),
        (new, after): (&TypeDef, &[Variant<T>]),
    ) where
        T: Clone + Debug + Eq + std::hash::Hash + Into<Value>,
    {
        let key = |variant: &Variant<T>| variant.value.clone();
        let mut pairs = pair(before, after, key, key);
        // One that is another text on the wire alone is the same to a program.
        let name = |variant: &Variant<T>| Some(variant.name.clone());
        pairs.also(name, name);
        for (was, is) in &pairs.both {
            self.docs(&was.docs, &is.docs);
            if was.name != is.name || was.value != is.value {
                self.renamed_value((old, was), (new, is));
            }
        }
        for is in &pairs.added {
            self.added_value(old, (new, is));
        }
        for was in &pairs.gone {
            self.removed_value((old, was), new);
        }
    }

    fn renamed_value<T: Clone + Debug + PartialEq + Into<Value>>(
        &mut self,
        (old, was): (&TypeDef, &Variant<T>),
        (new, is): (&TypeDef, &Variant<T>),
    ) {
        let (name, value) = (&new.name, &is.value);
        let (text, rust, wire) = if was.name == is.name {
            let text = format!("the value `{:?}` of `{name}` is `{value:?}`", was.value);
            let wire = if old.usage.sent {
                Consequence::breaking("existing clients send the old value")
            } else {
                Consequence::additive("existing clients decode it as `UnknownValue`")
            };
            (text, Consequence::none(), wire)
        } else {
            let text = format!("the value `{value:?}` of `{name}` has another name");
            let rust = format!("`types::{name}::{}` is `{}`", was.name, is.name);
            (text, Consequence::breaking(rust), Consequence::none())
        };
        self.note(
            ChangeText::new(
                ChangeKind::Renamed,
                Subject::Value,
                &format!("{name}.{value:?}"),
                text,
            )
            .old(self.old.value(old, &was.value.clone().into()))
            .new_at(self.new.value(new, &value.clone().into())),
            rust,
            wire,
        );
    }

    fn added_value<T: Clone + Debug + Into<Value>>(
        &mut self,
        old: &TypeDef,
        (new, is): (&TypeDef, &Variant<T>),
    ) {
        let (name, value) = (&new.name, &is.value);
        let wire = if old.usage.received {
            Consequence::additive("existing clients decode it as `UnknownValue`")
        } else {
            Consequence::additive("existing clients can send it as `UnknownValue`")
        };
        let text = format!("`{name}` has the value `{value:?}`");
        self.note(
            ChangeText::new(
                ChangeKind::Added,
                Subject::Value,
                &format!("{name}.{value:?}"),
                text,
            )
            .new_at(self.new.value(new, &value.clone().into())),
            Consequence::additive(format!("`types::{name}::{}`", is.name)),
            wire,
        );
    }

    fn removed_value<T: Clone + Debug + Into<Value>>(
        &mut self,
        (old, was): (&TypeDef, &Variant<T>),
        new: &TypeDef,
    ) {
        let (name, value) = (&old.name, &was.value);
        let wire = if old.usage.sent {
            Consequence::breaking("existing clients that send it are rejected")
        } else {
            Consequence::none()
        };
        let text = format!("`{}` no longer has the value `{value:?}`", new.name);
        self.note(
            ChangeText::new(
                ChangeKind::Removed,
                Subject::Value,
                &format!("{name}.{value:?}"),
                text,
            )
            .old(self.old.value(old, &value.clone().into()))
            .new_at(self.new.existing(new.pointer.clone())),
            Consequence::breaking(format!("`types::{name}::{}` was removed", was.name)),
            wire,
        );
    }

    /// Compares the variants of a union.
    pub(super) fn variants(
        &mut self,
        (old, before): (&TypeDef, &Union),
        (new, after): (&TypeDef, &Union),
    ) {
        let key = |variant: &UnionVariant| variant.name.clone();
        let mut pairs = pair(&before.variants, &after.variants, key, key);
        // A variant that is only called differently still has its type.
        pairs.also(
            |it| Some(self.as_new(&outside(&self.old.api, &it.ty))),
            |it| Some(outside(&self.new.api, &it.ty)),
        );
        for (was, is) in &pairs.both {
            self.docs(&was.docs, &is.docs);
            self.variant((old, was), (new, is));
        }
        for is in &pairs.added {
            let ty = outside(&self.new.api, &is.ty);
            let text = format!("`{}` can be `{ty}`", new.name);
            let rust = Consequence::additive(format!("`types::{}::{}({ty})`", new.name, is.name));
            let wire = Consequence::additive("existing clients decode it as `UnknownValue`");
            self.about_variant(ChangeKind::Added, (old, new), is, text, rust, wire);
        }
        for was in &pairs.gone {
            let ty = outside(&self.old.api, &was.ty);
            let text = format!("`{}` can no longer be `{ty}`", new.name);
            let rust = format!("`types::{}::{}` was removed", old.name, was.name);
            let wire = if old.usage.sent {
                Consequence::breaking("existing clients that send it are rejected")
            } else {
                Consequence::none()
            };
            let rust = Consequence::breaking(rust);
            self.about_variant(ChangeKind::Removed, (old, new), was, text, rust, wire);
        }
        self.discriminants((old, before), (new, after));
    }

    /// How the variants of a union are told apart.
    fn discriminants(
        &mut self,
        (old, before): (&TypeDef, &Union),
        (new, after): (&TypeDef, &Union),
    ) {
        let by_fields = |union: &Union| -> Vec<String> {
            let variants = union.variants.iter();
            let variants =
                variants.filter(|it| matches!(it.discriminant, Discriminant::Fields { .. }));
            variants.map(|it| it.name.to_string()).collect()
        };
        let (mut first, mut second) = (by_fields(before), by_fields(after));
        let is_moved = first != second;
        first.sort_unstable();
        second.sort_unstable();
        if is_moved && first == second {
            let text = format!(
                "the variants of `{}` are matched in another order",
                new.name
            );
            let none = Consequence::none();
            self.about_type(ChangeKind::Changed, (old, new), text, none.clone(), none);
        }
        self.default_variant((old, before), (new, after));
        if before.tag != after.tag {
            let tag = |tag: &Option<String>| match tag {
                Some(tag) => format!("`{tag}`"),
                None => "the fields of objects".to_owned(),
            };
            let text = format!(
                "`{}` is discriminated by {} instead of {}",
                new.name,
                tag(&after.tag),
                tag(&before.tag)
            );
            let wire = Consequence::breaking("existing clients may decode one variant as another");
            self.about_type(
                ChangeKind::Changed,
                (old, new),
                text,
                Consequence::none(),
                wire,
            );
        }
    }

    /// Which variant objects with another tag are (OpenAPI 3.2, `defaultMapping`). No variant of them is sent differently.
    fn default_variant(
        &mut self,
        (old, before): (&TypeDef, &Union),
        (new, after): (&TypeDef, &Union),
    ) {
        let default = |union: &'_ Union| union.variants.iter().find(|it| it.takes_others).cloned();
        let (was, is) = (default(before), default(after));
        // A variant that is only called differently still has its type.
        let ty = was
            .as_ref()
            .map(|it| self.as_new(&outside(&self.old.api, &it.ty)));
        if ty == is.as_ref().map(|it| outside(&self.new.api, &it.ty)) {
            return;
        }
        let shown = |it: &Option<UnionVariant>| match it {
            Some(it) => format!("`{}`", it.name),
            None => "`UnknownValue`".to_owned(),
        };
        let (name, after, before) = (&new.name, shown(&is), shown(&was));
        let text = format!("other objects of `{name}` are {after} instead of {before}");
        let wire = match was {
            _ if !old.usage.received => Consequence::none(),
            None => Consequence::additive("existing clients decode them as `UnknownValue`"),
            Some(_) => Consequence::breaking(format!("existing clients decode them as {before}")),
        };
        let none = Consequence::none();
        self.about_type(ChangeKind::Changed, (old, new), text, none, wire);
    }

    fn variant(
        &mut self,
        (old, was): (&TypeDef, &UnionVariant),
        (new, is): (&TypeDef, &UnionVariant),
    ) {
        let path = format!("types::{}::{}", new.name, is.name);
        let mut rust = Consequence::none();
        let mut phrases = Vec::new();
        if was.name != is.name {
            phrases.push("has another name".to_owned());
            rust = rust.and(Consequence::breaking(format!(
                "`types::{}::{}` is renamed to `{}`",
                new.name, was.name, is.name
            )));
        }
        let before = self.as_new(&outside(&self.old.api, &was.ty));
        let after = outside(&self.new.api, &is.ty);
        if before != after {
            phrases.push("has another type".to_owned());
            let text = format!("`{path}` holds `{after}` instead of `{before}`");
            rust = rust.and(Consequence::breaking(text));
        } else if was.boxed != is.boxed {
            phrases.push("is boxed differently".to_owned());
            rust = rust.and(Consequence::breaking(format!(
                "`{path}` holds another pointer"
            )));
        }
        let shares = |reported: &Discriminant| {
            matches!(
                reported,
                Discriminant::Tag {
                    written: TagWriter::UnionOfSame,
                    ..
                }
            )
        };
        if shares(&is.discriminant) && !shares(&was.discriminant) {
            phrases.push("shares its type with another variant".to_owned());
            rust = rust.and(Consequence::breaking(format!(
                "`From<{after}>` was removed"
            )));
        }
        if is.docs.deprecated && !was.docs.deprecated {
            phrases.push("is deprecated".to_owned());
            rust = rust.and(Consequence::additive("the compiler warns about it"));
        }
        if was.docs.deprecated && !is.docs.deprecated {
            phrases.push("isn't deprecated".to_owned());
        }
        let wire = self.type_on_the_wire(old, &was.ty, &is.ty);
        let wire = wire.and(discriminants_on_the_wire(
            old,
            &was.discriminant,
            &is.discriminant,
        ));
        if wire.effect != Effect::None && phrases.is_empty() {
            phrases.push("is discriminated by other values".to_owned());
        }
        if !phrases.is_empty() {
            let text = format!(
                "the variant `{}` of `{}` {}",
                is.name,
                new.name,
                now(&phrases)
            );
            self.about_variant(ChangeKind::Changed, (old, new), is, text, rust, wire);
        }
    }

    fn about_variant(
        &mut self,
        kind: ChangeKind,
        (old, new): (&TypeDef, &TypeDef),
        variant: &UnionVariant,
        text: String,
        rust: Consequence,
        wire: Consequence,
    ) {
        let name = format!("{}.{}", new.name, variant.name);
        let change = ChangeText::new(kind, Subject::Variant, &name, text)
            .old(self.old.existing(old.pointer.clone()))
            .new_at(self.new.existing(new.pointer.clone()));
        self.note(change, rust, wire);
    }
}

/// What it means that a variant is told by other values of the tag.
fn discriminants_on_the_wire(
    definition: &TypeDef,
    was: &Discriminant,
    is: &Discriminant,
) -> Consequence {
    let (Discriminant::Tag { values: before, .. }, Discriminant::Tag { values: after, .. }) =
        (was, is)
    else {
        return Consequence::none();
    };
    let lacks = |some: &[Value], others: &[Value]| some.iter().any(|it| !others.contains(it));
    let mut wire = Consequence::none();
    if definition.usage.sent && lacks(before, after) {
        let text = "existing clients send a tag that is no longer known";
        wire = wire.and(Consequence::breaking(text));
    }
    if definition.usage.received && lacks(after, before) {
        let text = "existing clients decode it as `UnknownValue`";
        wire = wire.and(Consequence::additive(text));
    }
    wire
}
