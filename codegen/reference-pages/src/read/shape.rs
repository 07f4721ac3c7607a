//! Items to shapes: what a line says of a type, and what the lines below it add.

use std::collections::HashSet;

use serde_json::Value;

use crate::facts::{At, Kind, Literal, Member, Object, Shape};

use super::Trouble;
use super::item::{Item, Parsed};
use super::types::{Written, shortened};

/// What a list of items describes: the members of an object, one type, or one of several.
pub(super) fn of_section(items: Vec<Item>, at: At, trouble: &mut Trouble) -> Shape {
    let is_member = |item: &Item| matches!(item.parsed, Parsed::Member { .. });
    if items.iter().any(is_member) || items.is_empty() {
        let ty = Written::Object(Vec::new(), None);
        return build(ty, items, at, trouble);
    }
    let mut shapes = variants(items, at, trouble);
    match shapes.pop() {
        Some(only) if shapes.is_empty() => only,
        last => {
            shapes.extend(last);
            Shape::new(Kind::Union(shapes), at)
        }
    }
}

/// The member that an item describes.
pub(super) fn member(item: Item, trouble: &mut Trouble) -> Option<Member> {
    let at = item.at;
    match item.parsed {
        Parsed::Member { name, optional, ty } => {
            let mut shape = build(ty, item.children, at, trouble);
            shape.examples = item.examples;
            Some(Member {
                name,
                at,
                optional,
                described: true,
                shape,
            })
        }
        Parsed::Literal(_) | Parsed::Type(..) => {
            trouble.not_understood(at, &item.text, "a name and its type");
            None
        }
    }
}

/// The shape of an item that is no member.
fn variant(item: Item, trouble: &mut Trouble) -> Option<Shape> {
    let at = item.at;
    match item.parsed {
        Parsed::Type(name, ty) => {
            let own = match &ty {
                Written::Named(name) | Written::NamedObject(name, ..) => Some(name.clone()),
                _ => None,
            };
            let mut shape = build(ty, item.children, at, trouble);
            shape.name = name.or(own);
            shape.examples = item.examples;
            Some(shape)
        }
        Parsed::Literal(_) | Parsed::Member { .. } => {
            trouble.not_understood(at, &item.text, "a type");
            None
        }
    }
}

/// The shape of a type with the items below it.
pub(super) fn build(ty: Written, children: Vec<Item>, at: At, trouble: &mut Trouble) -> Shape {
    let kind = match ty {
        Written::Array(inner) => Kind::Array(Box::new(build(*inner, children, at, trouble))),
        Written::Map(inner) => Kind::Map(Box::new(build(*inner, children, at, trouble))),
        Written::Object(names, stated) => object(names, stated, children, at, trouble),
        Written::NamedObject(name, names, stated) => {
            let kind = object(names, stated, children, at, trouble);
            return Shape {
                name: Some(name),
                ..Shape::new(kind, at)
            };
        }
        Written::Named(name) => {
            let kind = named(children, at, trouble);
            return Shape {
                name: Some(name),
                ..Shape::new(kind, at)
            };
        }
        Written::Literal(value) => values(vec![value], children, at, trouble),
        Written::More(_) => Kind::Opaque,
        Written::Union(alternatives) => return union(alternatives, children, at, trouble),
        scalar => {
            if children.iter().any(is_literal) && scalar == Written::String {
                return Shape::new(values(Vec::new(), children, at, trouble), at);
            }
            for child in children {
                trouble.not_understood(child.at, &child.text, "nothing below a simple type");
            }
            simple(&scalar)
        }
    };
    Shape::new(kind, at)
}

fn simple(ty: &Written) -> Kind {
    match ty {
        Written::String => Kind::String,
        Written::Time => Kind::Time,
        Written::Integer => Kind::Integer,
        Written::Number => Kind::Number,
        Written::Boolean => Kind::Boolean,
        Written::Null => Kind::Null,
        Written::Any => Kind::Any,
        Written::File => Kind::File,
        _ => Kind::Opaque,
    }
}

fn is_literal(item: &Item) -> bool {
    matches!(item.parsed, Parsed::Literal(_))
}

/// What a name stands for, by what is below it.
fn named(children: Vec<Item>, at: At, trouble: &mut Trouble) -> Kind {
    if children.is_empty() {
        return Kind::Opaque;
    }
    let is_member = |item: &Item| matches!(item.parsed, Parsed::Member { .. });
    if children.iter().any(is_member) {
        return object(Vec::new(), None, children, at, trouble);
    }
    if children.iter().all(is_literal) {
        return values(Vec::new(), children, at, trouble);
    }
    Kind::Union(variants(children, at, trouble))
}

fn object(
    names: Vec<String>,
    stated: Option<usize>,
    children: Vec<Item>,
    at: At,
    trouble: &mut Trouble,
) -> Kind {
    let mut object = Object {
        members: Vec::with_capacity(children.len()),
        stated,
        partial: false,
    };
    let mut met = HashSet::new();
    for child in children {
        let Some(member) = member(child, trouble) else {
            continue;
        };
        if met.insert(member.name.clone()) {
            object.members.push(member);
        } else {
            let message = format!("`{}` is described twice", shortened(&member.name));
            trouble.warn(member.at, message, "the first description is used");
        }
    }
    let described = object.members.len();
    object.partial = described == 0;
    for name in names {
        if met.insert(name.clone()) {
            object.members.push(Member {
                name,
                at,
                optional: None,
                described: described == 0,
                shape: Shape::new(Kind::Opaque, at),
            });
        }
    }
    Kind::Object(object)
}

/// The values that a line and the items below it list.
fn values(on_line: Vec<Value>, children: Vec<Item>, at: At, trouble: &mut Trouble) -> Kind {
    let mut literals: Vec<Literal> = Vec::with_capacity(children.len());
    let mut met = HashSet::new();
    for child in children {
        match child.parsed {
            Parsed::Literal(value) if met.insert(value.to_string()) => {
                literals.push(Literal {
                    value,
                    at: child.at,
                    described: true,
                });
            }
            Parsed::Literal(_) => {
                let message = format!("`{}` is listed twice", shortened(&child.text));
                trouble.warn(child.at, message, "the first one is used");
            }
            _ => trouble.not_understood(child.at, &child.text, "a value"),
        }
    }
    let listed = !literals.is_empty();
    for value in on_line {
        if met.insert(value.to_string()) {
            literals.push(Literal {
                value,
                at,
                described: !listed,
            });
        }
    }
    Kind::Enum(literals)
}

/// Types that stand beside one another; values among them are one type.
fn variants(children: Vec<Item>, at: At, trouble: &mut Trouble) -> Vec<Shape> {
    let (literals, types): (Vec<Item>, Vec<Item>) = children.into_iter().partition(is_literal);
    let mut shapes: Vec<Shape> = Vec::with_capacity(types.len() + 1);
    for item in types {
        shapes.extend(variant(item, trouble));
    }
    if !literals.is_empty() {
        let first = literals.first().map_or(at, |it| it.at);
        let kind = values(Vec::new(), literals, first, trouble);
        shapes.push(Shape::new(kind, first));
    }
    shapes
}

/// One of several types. `array of A or B` is read as a list of both, save where the items below say that a list
/// is only one of them.
fn union(
    mut alternatives: Vec<Written>,
    mut children: Vec<Item>,
    at: At,
    trouble: &mut Trouble,
) -> Shape {
    // Whatever else a type is, `or null` is said of all of it.
    if alternatives.len() > 1 && alternatives.contains(&Written::Null) {
        alternatives.retain(|it| *it != Written::Null);
        let is_null = |it: &Item| matches!(it.parsed, Parsed::Type(_, Written::Null));
        children.retain(|it| !is_null(it));
        let inner = build(Written::Union(alternatives), children, at, trouble);
        let null = Shape::new(Kind::Null, at);
        return Shape::new(Kind::Union(vec![inner, null]), at);
    }
    let only = alternatives.pop();
    match only {
        Some(only) if alternatives.is_empty() => return build(only, children, at, trouble),
        last => alternatives.extend(last),
    }
    let is_list = |item: &Item| matches!(&item.parsed, Parsed::Type(_, Written::Array(_)));
    let lists = alternatives
        .iter()
        .filter(|it| matches!(it, Written::Array(_)));
    if matches!(alternatives.first(), Some(Written::Array(_)))
        && lists.count() == 1
        && !children.iter().any(is_list)
        && let Written::Array(first) = alternatives.remove(0)
    {
        alternatives.insert(0, *first);
        let item = union(alternatives, children, at, trouble);
        return Shape::new(Kind::Array(Box::new(item)), at);
    }
    let mut literals = Vec::new();
    let mut others = Vec::new();
    let mut more = false;
    for alternative in alternatives {
        match alternative {
            Written::Literal(value) => literals.push(value),
            Written::More(_) => more = true,
            other => others.push(other),
        }
    }
    if !children.iter().all(is_literal) {
        return Shape::new(Kind::Union(flat(variants(children, at, trouble))), at);
    }
    if more && children.is_empty() {
        let left_out = if others.is_empty() { "values" } else { "types" };
        let message = format!("the {left_out} that this line leaves out are not listed below");
        trouble.warn(at, message, "not compared");
        return Shape::new(Kind::Opaque, at);
    }
    let mut shapes: Vec<Shape> = Vec::new();
    for other in others {
        shapes.push(build(other, Vec::new(), at, trouble));
    }
    if !literals.is_empty() || !children.is_empty() {
        shapes.push(Shape::new(values(literals, children, at, trouble), at));
    }
    match shapes.pop() {
        Some(only) if shapes.is_empty() => only,
        last => {
            shapes.extend(last);
            Shape::new(Kind::Union(shapes), at)
        }
    }
}

/// Unions of values among the variants are values.
fn flat(shapes: Vec<Shape>) -> Vec<Shape> {
    let mut flat = Vec::with_capacity(shapes.len());
    for shape in shapes {
        match shape.kind {
            Kind::Union(inner) if shape.name.is_none() => flat.extend(inner),
            kind => flat.push(Shape { kind, ..shape }),
        }
    }
    flat
}
