//! What is settled of unions once all types are known: what tells each variant apart, and that no
//! union leads back to itself.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{
    Discriminant, JsonKind, Shape, Struct, TagWriter, Type, TypeDef, TypeId, Union, UnionVariant,
};
use crate::names::{Ident, Scope, pascal_case};

use super::schema::{keep_unknown_fields, without};

/// Variant that holds what no other takes.
const UNKNOWN: &str = "UnknownValue";

/// How many structs of a union are compared with one another.
const MOST_COMPARED: usize = 32;

/// Decides for all unions by what their variants are discriminated, and leaves out those that never apply.
pub(super) fn choose_discriminants(types: &mut [TypeDef]) {
    for index in 0..types.len() {
        let Shape::Union(union) = &types[index].shape else {
            continue;
        };
        let union = without_loops(types, TypeId(index), union.clone());
        types[index].shape = Shape::Union(union);
    }
    let mut objects = Objects::of(types);
    for index in 0..types.len() {
        let Shape::Union(union) = &types[index].shape else {
            continue;
        };
        let union = with_discriminants(types, &objects, union.clone());
        let union = without_names_of_one_tag(types, &types[index].name, union);
        types[index].shape = match union {
            // What is left is "anything".
            Union { variants, .. } if variants.is_empty() => Shape::Alias(Type::Value),
            union => Shape::Union(union),
        };
        // What is no variant any more may have been what no object is of.
        objects.look_again(types, index);
    }
    keep_what_overlaps(types);
}

/// Lets the structs of an `anyOf` that are distinguished by their fields keep what they have no field for:
/// an object may be of several of them at once, and nothing of it is to be lost.
fn keep_what_overlaps(types: &mut [TypeDef]) {
    let mut kept: HashSet<TypeId> = HashSet::new();
    for definition in types.iter() {
        let Shape::Union(union) = &definition.shape else {
            continue;
        };
        // Of an object of an unknown kind nothing is to be lost either.
        let others = union.variants.iter().filter(|it| it.takes_others);
        kept.extend(others.filter_map(|it| match resolve(types, &it.ty) {
            Type::Named(id) => Some(*id),
            _ => None,
        }));
        if !union.overlapping {
            continue;
        }
        let structs: Vec<(TypeId, &Struct)> = by_fields(types, union)
            .filter_map(|(_, id)| match &types[id.0].shape {
                Shape::Struct(shape) => Some((id, shape)),
                _ => None,
            })
            .take(MOST_COMPARED)
            .collect();
        for (index, (one, fields)) in structs.iter().enumerate() {
            for (other, others) in &structs[index + 1..] {
                let (of_one, of_other) = what_is_lost(fields, others);
                kept.extend(of_one.then_some(*one));
                kept.extend(of_other.then_some(*other));
            }
        }
    }
    for index in 0..types.len() {
        match &types[index].shape {
            Shape::Union(union) => {
                let open: Vec<usize> = by_fields(types, union)
                    .filter(|(_, id)| kept.contains(id))
                    .map(|(at, _)| at)
                    .collect();
                if let Shape::Union(union) = &mut types[index].shape {
                    for at in open {
                        union.variants[at].discriminant = Discriminant::Fields { open: true };
                    }
                }
            }
            Shape::Struct(shape) if shape.rest.is_none() && kept.contains(&TypeId(index)) => {
                if let Shape::Struct(shape) = &mut types[index].shape {
                    keep_unknown_fields(shape);
                }
            }
            _ => {}
        }
    }
}

/// Which of two structs would lose something of an object that is both at once. None does where each
/// asks for a field that the other lacks: then no object is meant to be both. Where one alone asks, an
/// object with its fields is that one's.
fn what_is_lost(one: &Struct, other: &Struct) -> (bool, bool) {
    let of = |one: &Struct, other: &Struct| {
        let has = |wire: &str| other.fields.iter().any(|field| field.wire == wire);
        let own = || one.fields.iter().filter(|field| !has(&field.wire));
        (own().next().is_some(), own().any(|field| field.required))
    };
    let ((has_own, asks), (has_other, asks_too)) = (of(one, other), of(other, one));
    let both = has_own && has_other && !(asks && asks_too);
    (both && !asks_too, both && !asks)
}

/// The variants of a union that are structs distinguished by their fields, by their position.
fn by_fields<'t>(
    types: &'t [TypeDef],
    union: &'t Union,
) -> impl Iterator<Item = (usize, TypeId)> + 't {
    let variants = union.variants.iter().enumerate();
    variants.filter_map(|(at, variant)| match resolve(types, &variant.ty) {
        Type::Named(id) if matches!(variant.discriminant, Discriminant::Fields { .. }) => {
            Some((at, *id))
        }
        _ => None,
    })
}

/// Takes out the variants that are the union itself, by however many steps, and puts in what they
/// have of their own: nothing could tell the rest apart from what the union has anyway.
fn without_loops(types: &[TypeDef], own: TypeId, mut union: Union) -> Union {
    let mut scope = Scope::new(&[UNKNOWN]);
    let mut kept: Vec<UnionVariant> = Vec::with_capacity(union.variants.len());
    let mut open: VecDeque<UnionVariant> = union.variants.drain(..).collect();
    let mut opened = HashSet::from([own]);
    let mut met = HashSet::with_capacity(open.len());
    let leading = leading_to(types, own);
    while let Some(mut variant) = open.pop_front() {
        let leads_back =
            |ty: &Type| matches!(resolve(types, ty), Type::Named(id) if leading.contains(id));
        if !leads_back(&variant.ty) {
            if met.insert((variant.ty.clone(), variant.discriminant.clone())) {
                variant.name = scope.name(&[variant.name.as_str()], "Variant");
                kept.push(variant);
            }
            continue;
        }
        if let Type::Named(id) = resolve(types, &variant.ty)
            && opened.insert(*id)
            && let Shape::Union(inner) = &types[id.0].shape
        {
            open.extend(inner.variants.iter().cloned());
        }
    }
    union.variants = kept;
    union
}

/// Types of "anything" for aliases that lead back to themselves with nothing in between: no value
/// of theirs is described.
pub(super) fn without_empty_loops(types: &mut [TypeDef]) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for index in 0..types.len() {
        let mut id = TypeId(index);
        // Every step follows another definition, and there are only so many.
        for _ in 0..=types.len() {
            match types[id.0].shape {
                Shape::Alias(Type::Named(next)) => id = next,
                _ => break,
            }
        }
        if matches!(types[id.0].shape, Shape::Alias(Type::Named(_))) {
            types[id.0].shape = Shape::Alias(Type::Value);
            let message = "the schema consists only of itself; any value is accepted";
            warnings.push(Diagnostic::warning(
                WarningCode::CircularReference,
                Origin::Spec,
                &*types[id.0].pointer,
                message,
            ));
        }
    }
    warnings
}

/// The unions whose values can be those of `wanted` without anything around them, itself included;
/// of those that it leads to.
fn leading_to(types: &[TypeDef], wanted: TypeId) -> HashSet<TypeId> {
    let mut into: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    let mut met = HashSet::from([wanted]);
    let mut open = vec![wanted];
    while let Some(from) = open.pop() {
        // Unions before this one were seen to already, and lead back to themselves no more.
        let Shape::Union(union) = &types[from.0].shape else {
            continue;
        };
        if from < wanted {
            continue;
        }
        for variant in &union.variants {
            if let Type::Named(to) = resolve(types, &variant.ty) {
                into.entry(*to).or_default().push(from);
                if met.insert(*to) {
                    open.push(*to);
                }
            }
        }
    }
    let mut leading = HashSet::from([wanted]);
    let mut open = vec![wanted];
    while let Some(to) = open.pop() {
        let from = into.remove(&to).unwrap_or_default();
        open.extend(from.into_iter().filter(|&from| leading.insert(from)));
    }
    leading
}

/// Calls variants that several tags have come together in, which were called after one of them, by their types.
fn without_names_of_one_tag(types: &[TypeDef], own: &Ident, mut union: Union) -> Union {
    let called_after_one: Vec<usize> = (0..union.variants.len())
        .filter(|&at| {
            let variant = &union.variants[at];
            let name = variant.name.as_str().to_lowercase();
            match &variant.discriminant {
                Discriminant::Tag { values, .. } if values.len() > 1 => {
                    let names = values.iter().filter_map(Value::as_str);
                    let names: HashSet<String> =
                        names.map(|it| pascal_case(it).to_lowercase()).collect();
                    names.len() > 1 && names.contains(&name)
                }
                _ => false,
            }
        })
        .collect();
    for at in called_after_one {
        let Type::Named(id) = &union.variants[at].ty else {
            continue;
        };
        let name = types[id.0].name.as_str();
        let mut scope = Scope::new(&[UNKNOWN]);
        for variant in &union.variants {
            scope.name(&[variant.name.as_str()], "Variant");
        }
        let wanted = [
            &*without(name, own.as_str()),
            name,
            &format!("{name}OrOther"),
        ];
        let old = union.variants[at].name.as_str().to_lowercase();
        let other: Vec<&str> = wanted
            .into_iter()
            .filter(|it| it.to_lowercase() != old)
            .collect();
        union.variants[at].name = scope.name(&other, "Variant");
    }
    union
}

/// What tells each of the variants apart.
fn with_discriminants(types: &[TypeDef], objects: &Objects, union: Union) -> Union {
    let mut any = union.any;
    let mut variants: Vec<UnionVariant> = Vec::with_capacity(union.variants.len());
    // The first variant of each type, and the tags that it was given those of others for.
    let mut first_of: HashMap<Type, (usize, HashSet<Value>)> = HashMap::new();
    for mut variant in union.variants {
        let ty = resolve(types, &variant.ty);
        if *ty == Type::Value {
            any = true;
            continue;
        }
        variant.discriminant = discriminant(
            types,
            objects,
            ty,
            union.tag.as_deref(),
            variant.discriminant,
        );
        let Some((first, known)) = first_of.get_mut(ty) else {
            let known = match &variant.discriminant {
                Discriminant::Tag { values, .. } => values.iter().cloned().collect(),
                _ => HashSet::new(),
            };
            first_of.insert(ty.clone(), (variants.len(), known));
            variants.push(variant);
            continue;
        };
        variants[*first].takes_others |= variant.takes_others;
        match (
            &mut variants[*first].discriminant,
            &mut variant.discriminant,
        ) {
            (
                Discriminant::Tag {
                    values,
                    written: TagWriter::Type,
                },
                Discriminant::Tag { values: others, .. },
            ) => {
                others.retain(|it| !known.contains(it));
                known.extend(others.iter().cloned());
                values.append(others);
            }
            (Discriminant::Tag { written: one, .. }, Discriminant::Tag { written: other, .. }) => {
                // The type can't say which of its tags it was read with, so the variant does.
                *one = TagWriter::UnionOfSame;
                *other = TagWriter::UnionOfSame;
                variants.push(variant);
            }
            _ => {}
        }
    }
    for variant in variants.iter_mut().filter(|it| it.takes_others) {
        // Whatever the tag was, none is added to what was read.
        if let Discriminant::Tag { written, .. } = &mut variant.discriminant {
            *written = TagWriter::Type;
        }
    }
    let is_tagged = |it: &UnionVariant| matches!(it.discriminant, Discriminant::Tag { .. });
    let tag = union.tag.filter(|_| variants.iter().any(is_tagged));
    // One kind of object needs no fields to be known by.
    let kinds = variants
        .iter()
        .filter(|it| objects.accepts_objects(types, &it.ty))
        .count();
    for variant in &mut variants {
        if matches!(variant.discriminant, Discriminant::Fields { .. }) && kinds == 1 && !any {
            variant.discriminant = Discriminant::Kind(JsonKind::Object);
        }
    }
    Union {
        tag,
        variants,
        any,
        overlapping: union.overlapping,
    }
}

/// What tells a variant of this type apart, given what the document says of its tag.
fn discriminant(
    types: &[TypeDef],
    objects: &Objects,
    ty: &Type,
    tag: Option<&str>,
    known: Discriminant,
) -> Discriminant {
    let (kind, writer) = match ty {
        Type::String | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url => {
            (JsonKind::String, None)
        }
        Type::Bool => (JsonKind::Boolean, None),
        Type::I64 | Type::U64 | Type::I128 => (JsonKind::Integer, None),
        Type::F64 | Type::Decimal => (JsonKind::Number, None),
        Type::Array(_) => (JsonKind::Array, None),
        Type::External(external) => (external.kind.unwrap_or(JsonKind::Object), None),
        Type::Map(_) => (JsonKind::Object, Some(TagWriter::Union)),
        Type::Nullable(inner) => return discriminant(types, objects, inner, tag, known),
        // "Anything" is no variant.
        Type::Value => return Discriminant::Nested,
        Type::Named(id) => match &types[id.0].shape {
            Shape::StringEnum(_) => (JsonKind::String, None),
            Shape::IntegerEnum(_) => (JsonKind::Integer, None),
            // It is what it is for the list or map in it.
            Shape::Alias(inner) | Shape::Newtype(inner) => match resolve(types, inner) {
                Type::Named(_) | Type::Nullable(_) | Type::Value => (JsonKind::Object, None),
                inner => return discriminant(types, objects, inner, tag, known),
            },
            Shape::Struct(shape) => {
                let writes = |field: &crate::model::Field| {
                    tag == Some(&*field.wire) && field.required && !field.nullable
                };
                if let Discriminant::Tag { values, .. } = known {
                    let written = if shape.fields.iter().any(writes) {
                        TagWriter::Type
                    } else {
                        TagWriter::Union
                    };
                    return Discriminant::Tag { values, written };
                }
                let open = shape.rest.is_some();
                return Discriminant::Fields { open };
            }
            Shape::Union(inner) => {
                let same = inner.tag.as_deref() == tag;
                return match known {
                    Discriminant::Tag { values, .. } if objects.alone[id.0] => Discriminant::Tag {
                        values,
                        written: if same {
                            TagWriter::Type
                        } else {
                            TagWriter::Union
                        },
                    },
                    _ => Discriminant::Nested,
                };
            }
        },
    };
    match (known, writer) {
        (Discriminant::Tag { values, .. }, Some(written)) => Discriminant::Tag { values, written },
        _ => Discriminant::Kind(kind),
    }
}

/// Which unions take objects: found for all of them at once, since unions can be in unions in more ways than
/// anybody could follow one by one.
struct Objects {
    /// Whether an object can be of a variant, by the index of the union's type.
    some: Vec<bool>,
    /// Whether one can be of each of them, so that a tag says all of the union.
    alone: Vec<bool>,
}

impl Objects {
    fn of(types: &[TypeDef]) -> Self {
        let mut found = Self {
            some: vec![false; types.len()],
            alone: vec![false; types.len()],
        };
        let mut within: HashMap<TypeId, Vec<usize>> = HashMap::new();
        let mut open = Vec::new();
        for (index, definition) in types.iter().enumerate() {
            let Shape::Union(union) = &definition.shape else {
                continue;
            };
            for variant in &union.variants {
                if let Type::Named(inner) = resolve(types, &variant.ty) {
                    within.entry(*inner).or_default().push(index);
                }
            }
            if union
                .variants
                .iter()
                .any(|it| found.accepts_objects(types, &it.ty))
            {
                open.push(index);
            }
        }
        while let Some(index) = open.pop() {
            found.some[index] = true;
            let around = within.remove(&TypeId(index)).unwrap_or_default();
            open.extend(around.into_iter().filter(|&it| !found.some[it]));
        }
        for index in 0..types.len() {
            found.look_again(types, index);
        }
        found
    }

    /// Finds out once more whether a union is of objects alone.
    fn look_again(&mut self, types: &[TypeDef], index: usize) {
        if let Shape::Union(union) = &types[index].shape {
            let mut variants = union.variants.iter();
            self.alone[index] = variants.all(|it| self.accepts_objects(types, &it.ty));
        }
    }

    /// Whether an object can be of a type.
    fn accepts_objects(&self, types: &[TypeDef], ty: &Type) -> bool {
        match resolve(types, ty) {
            Type::Map(_) => true,
            Type::Named(id) => match &types[id.0].shape {
                Shape::Struct(_) => true,
                Shape::Newtype(inner) => matches!(resolve(types, inner), Type::Map(_)),
                Shape::Union(_) => self.some[id.0],
                _ => false,
            },
            _ => false,
        }
    }
}

/// The type behind other names for it.
fn resolve<'t>(types: &'t [TypeDef], mut ty: &'t Type) -> &'t Type {
    // An alias never leads back to itself: such a schema is lowered to a newtype.
    while let Type::Named(id) = ty {
        match &types[id.0].shape {
            Shape::Alias(target) => ty = target,
            _ => break,
        }
    }
    ty
}
