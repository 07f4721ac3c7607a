//! Which inline types are alike: equal but for what is said of them, down to their last part.

use std::collections::HashMap;

use crate::model::{Access, Docs, Shape, Type, TypeDef, TypeId, Variant};

use super::super::usage;
use super::replace;

/// Which types are alike.
pub(super) struct Classes {
    /// The class of each type, by its index: the first inline type that it is like. Types that aren't to be merged
    /// are like none but themselves.
    own: Vec<TypeId>,
    /// The classes by what their types have in common.
    known: HashMap<String, TypeId>,
}

impl Classes {
    /// The class of an inline type.
    pub(super) fn of(&self, id: TypeId) -> TypeId {
        self.own[id.0]
    }

    /// The class of the inline types that could be this type, which isn't to be merged itself.
    pub(super) fn that_could_be(&self, definition: &TypeDef) -> Option<TypeId> {
        let key = key(definition, &|part| self.own[part.0]);
        self.known.get(&key).copied()
    }
}

/// Finds out which types are alike.
pub(super) fn classes(types: &[TypeDef], is_inline: &[bool], order: &[TypeId]) -> Classes {
    let mut classes: Vec<Option<TypeId>> = vec![None; types.len()];
    let mut known: HashMap<String, TypeId> = HashMap::new();
    let mut open: Vec<(TypeId, bool)> = order.iter().rev().map(|&id| (id, false)).collect();
    let mut entered = vec![false; types.len()];
    while let Some((id, has_parts)) = open.pop() {
        if classes[id.0].is_some() {
            continue;
        }
        if !is_inline[id.0] {
            classes[id.0] = Some(id);
            continue;
        }
        if !has_parts {
            // A type that is met within itself is like none but itself.
            if std::mem::replace(&mut entered[id.0], true) {
                continue;
            }
            open.push((id, true));
            let mut parts = Vec::new();
            for ty in usage::parts(&types[id.0].shape) {
                usage::named(ty, &mut parts);
            }
            open.extend(parts.into_iter().map(|part| (part, false)));
            continue;
        }
        let key = key(&types[id.0], &|part| classes[part.0].unwrap_or(part));
        classes[id.0] = Some(*known.entry(key).or_insert(id));
    }
    let own = classes.into_iter().enumerate();
    Classes {
        own: own.map(|(at, class)| class.unwrap_or(TypeId(at))).collect(),
        known,
    }
}

/// A text that two types share if they are alike. What is only sent, or only received, differs from what
/// is both in some fields: types that have these are alike on one side alone.
fn key(definition: &TypeDef, class: &dyn Fn(TypeId) -> TypeId) -> String {
    let mut shape = definition.shape.clone();
    replace::in_shape(&mut shape, &|ty: &mut Type| replace::in_type(ty, class));
    let mut depends_on_side = false;
    match &mut shape {
        Shape::Struct(shape) => {
            for field in &mut shape.fields {
                without_words(&mut field.docs);
                depends_on_side |=
                    field.access != Access::Both || field.nullable && !field.required;
            }
            if let Some(rest) = &mut shape.rest {
                rest.values.clear();
            }
        }
        Shape::StringEnum(variants) => without_words_of(variants),
        Shape::IntegerEnum(variants) => without_words_of(variants),
        Shape::Union(union) => {
            for variant in &mut union.variants {
                without_words(&mut variant.docs);
            }
        }
        Shape::Alias(_) | Shape::Newtype(_) => {}
    }
    let is_sent = depends_on_side && !definition.pointer.contains("/responses/");
    format!("{is_sent} {shape:?}")
}

fn without_words_of<T>(variants: &mut [Variant<T>]) {
    for variant in variants {
        without_words(&mut variant.docs);
    }
}

/// What a server assumes is no mere word.
fn without_words(docs: &mut Docs) {
    *docs = Docs {
        deprecated: docs.deprecated,
        default: docs.default.take(),
        ..Docs::default()
    };
}
