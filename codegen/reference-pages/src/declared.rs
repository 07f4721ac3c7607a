//! Types that pages describe once and name elsewhere.

use std::collections::{HashMap, HashSet};

use super::Pages;
use super::facts::{Form, Kind, Shape};

/// The types that pages describe by name. Names of clients are not those of the wire.
#[derive(Debug)]
pub(super) struct Declared<'p>(HashMap<(bool, &'p str), &'p Shape>);

impl<'p> Declared<'p> {
    pub(super) fn of(pages: &'p Pages<'p>) -> Self {
        let mut declared: HashMap<(bool, &str), &Shape> = HashMap::new();
        let mut open: Vec<(bool, &Shape)> = Vec::new();
        for facts in &pages.facts {
            let of_page = facts
                .operations
                .last()
                .is_some_and(|it| it.form == Form::Go);
            open.extend(facts.types.iter().map(|it| (of_page, it)));
            for operation in &facts.operations {
                let parameters = operation.parameters.iter().map(|it| &it.member.shape);
                let shapes = parameters.chain(&operation.body).chain(&operation.response);
                open.extend(shapes.map(|it| (operation.form == Form::Go, it)));
            }
        }
        while let Some((go, shape)) = open.pop() {
            match &shape.kind {
                Kind::Array(inner) | Kind::Map(inner) => open.push((go, inner)),
                Kind::Object(object) => {
                    open.extend(object.members.iter().map(|it| (go, &it.shape)));
                }
                Kind::Union(all) => open.extend(all.iter().map(|it| (go, it))),
                _ => {}
            }
            if let Some(name) = &shape.name
                && detail(shape) > 0
            {
                let known = declared.entry((go, name)).or_insert(shape);
                // Of several descriptions the one that says most counts, and of equals the first.
                if detail(shape) >= detail(known) {
                    *known = shape;
                }
            }
        }
        Self(declared)
    }

    /// The type of a name.
    pub(super) fn get(&self, form: Form, name: &str) -> Option<&'p Shape> {
        self.0.get(&(form == Form::Go, name)).copied()
    }

    /// The types that one of several can be, the several that are among them replaced by theirs.
    pub(super) fn alternatives(&self, form: Form, all: &'p [Shape]) -> Vec<&'p Shape> {
        let mut open: Vec<&Shape> = all.iter().rev().collect();
        let mut met: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        while let Some(shape) = open.pop() {
            let known = shape
                .name
                .as_deref()
                .filter(|_| matches!(shape.kind, Kind::Opaque));
            let target = known.and_then(|name| Some((name, self.get(form, name)?)));
            match (&shape.kind, target) {
                (Kind::Union(inner), _) => open.extend(inner.iter().rev()),
                (_, Some((name, target))) => {
                    if met.insert(name) {
                        open.push(target);
                    }
                }
                _ => found.push(shape),
            }
        }
        found
    }
}

/// How much a description of a type says.
fn detail(shape: &Shape) -> usize {
    match &shape.kind {
        Kind::Opaque => 0,
        Kind::Object(object) if object.partial => 0,
        Kind::Object(object) => object.members.len(),
        Kind::Union(all) => all.len(),
        _ => 1,
    }
}
