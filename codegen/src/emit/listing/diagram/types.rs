//! Diagrams of types: what each holds, and which leads to which.

use std::collections::HashSet;
use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::model::{Api, Module, Shape, Type, TypeDef, TypeId};
use crate::names::Ident;

use super::super::calls::named;
use super::{LONGEST, fenced};
use crate::emit::spelling::Spelling;

/// Most types of a diagram.
const MOST_TYPES: usize = 24;

/// Most relations of types in a diagram.
const MOST_RELATIONS: usize = 60;

/// Most diagrams of types on the page: each is drawn in a frame of its own.
const MOST_DIAGRAMS: usize = 12;

/// Most fields, values or variants of a type that are drawn.
const MOST_MEMBERS: usize = 12;

/// Which types are drawn.
pub(in crate::emit::listing) enum Drawn<'a> {
    /// All, in one diagram.
    Whole(Vec<TypeId>),
    /// Those of each of these modules.
    Modules(HashSet<&'a Ident>),
    /// None: there are too many.
    None,
}

impl<'a> Drawn<'a> {
    /// By how many there are, and in how many modules.
    pub(in crate::emit::listing) fn of(api: &'a Api) -> Self {
        if api.declared().count() <= MOST_TYPES {
            let modules = api.modules.iter();
            return Self::Whole(modules.flat_map(|it| it.types.iter().copied()).collect());
        }
        let fit = |module: &&Module| {
            module.types.len() <= MOST_TYPES && !relations(api, &module.types).is_empty()
        };
        let modules: HashSet<&Ident> = api.modules.iter().filter(fit).map(|it| &it.name).collect();
        if modules.len() <= MOST_DIAGRAMS {
            Self::Modules(modules)
        } else {
            Self::None
        }
    }

    /// The diagram of all types, or why there is none.
    pub(in crate::emit::listing) fn whole(&self, spelling: &Spelling<'_>, api: &Api) -> String {
        match self {
            Self::Whole(types) => classes(spelling, api, types).unwrap_or_default(),
            Self::Modules(modules) if !modules.is_empty() => format!(
                "\nModules of up to {MOST_TYPES} types have a diagram of those that hold others.\n"
            ),
            _ => String::new(),
        }
    }

    /// The diagram of a module's types, folded away.
    pub(in crate::emit::listing) fn module(
        &self,
        spelling: &Spelling<'_>,
        api: &Api,
        module: &Module,
    ) -> String {
        let drawn = match self {
            Self::Modules(modules) if modules.contains(&module.name) => {
                classes(spelling, api, &module.types)
            }
            _ => None,
        };
        match drawn {
            Some(diagram) => {
                format!("\n<details><summary>Diagram</summary>\n{diagram}\n</details>\n")
            }
            None => String::new(),
        }
    }
}

/// A diagram of some types and of what leads from one to another; none where nothing does, and where it
/// is too much.
fn classes(spelling: &Spelling<'_>, api: &Api, types: &[TypeId]) -> Option<String> {
    let relations = relations(api, types);
    if relations.is_empty() || relations.len() > MOST_RELATIONS {
        return None;
    }
    let mut text = String::from("    direction LR\n");
    for &id in types {
        text.push_str(&class(spelling, id, api.type_def(id)));
    }
    for ((from, to), names) in relations {
        let (from, to) = (node(api, from), node(api, to));
        let _ = write!(text, "    {from} --> {to}");
        if let [name] = names.as_slice() {
            let _ = write!(text, " : {name}");
        }
        text.push('\n');
    }
    (text.len() <= LONGEST).then(|| format!("\n{}", fenced("classDiagram", &text)))
}

/// The pairs of these types of which one holds the other, and the names that it holds it by.
fn relations<'a>(api: &'a Api, types: &[TypeId]) -> IndexMap<(TypeId, TypeId), Vec<&'a Ident>> {
    let drawn: HashSet<TypeId> = types.iter().copied().collect();
    let mut relations: IndexMap<_, Vec<&Ident>> = IndexMap::new();
    for &from in types {
        for (name, ty) in parts(&api.type_def(from).shape) {
            if let Some(to) = named(ty).filter(|to| drawn.contains(to)) {
                relations.entry((from, to)).or_default().extend(name);
            }
        }
    }
    relations
}

/// The types that a type is made of, by the names of fields.
fn parts(shape: &Shape) -> Vec<(Option<&Ident>, &Type)> {
    match shape {
        Shape::Struct(shape) => {
            let rest = shape.rest.iter().map(|it| (Some(&it.name), &it.ty));
            let fields = shape.fields.iter().map(|it| (Some(&it.name), &it.ty));
            fields.chain(rest).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|it| (None, &it.ty)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![(None, ty)],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}

/// What a type is called in the diagram. A name that could mean something to Mermaid, or that its
/// grammar doesn't have, is shown as a label.
fn node(api: &Api, id: TypeId) -> String {
    let name = api.type_def(id).name.as_str();
    if is_plain(name) {
        name.to_owned()
    } else {
        format!("t{}", id.0)
    }
}

/// Whether a name is one of the grammar, none of whose words begins with a capital letter.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// A type with what it holds.
fn class(spelling: &Spelling<'_>, id: TypeId, definition: &TypeDef) -> String {
    let name = definition.name.as_str();
    let mut text = if is_plain(name) {
        format!("    class {name}")
    } else {
        format!("    class t{}[\"{name}\"]", id.0)
    };
    let (kind, members) = members(spelling, &definition.shape);
    let more = members.len().saturating_sub(MOST_MEMBERS);
    let shown = members.iter().take(MOST_MEMBERS);
    let mut lines: Vec<String> = kind.iter().map(|it| format!("<<{it}>>")).collect();
    lines.extend(shown.cloned());
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    if !lines.is_empty() {
        let _ = write!(text, " {{\n        {}\n    }}", lines.join("\n        "));
    }
    text.push('\n');
    text
}

/// What kind of a type it is, where not a struct, and its fields, values or variants.
fn members(spelling: &Spelling<'_>, shape: &Shape) -> (Option<&'static str>, Vec<String>) {
    let typed = |name: &Ident, ty: &Type, optional: bool| {
        let mark = if optional { "?" } else { "" };
        format!("{name}: {}{mark}", generic(&spelling.shown(ty)))
    };
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter();
            let fields = fields.map(|it| typed(&it.name, &it.ty, !it.required || it.nullable));
            (None, fields.collect())
        }
        Shape::StringEnum(variants) => {
            let names = variants.iter().map(|it| it.name.to_string());
            (Some("enum"), names.collect())
        }
        Shape::IntegerEnum(variants) => {
            let names = variants.iter().map(|it| it.name.to_string());
            (Some("enum"), names.collect())
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            let variants = variants.map(|it| match spelling.shown(&it.ty) {
                same if same == it.name.as_str() => same,
                _ => typed(&it.name, &it.ty, false),
            });
            (Some("union"), variants.collect())
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => (None, vec![generic(&spelling.shown(ty))]),
    }
}

/// A type as Mermaid writes those with parameters.
fn generic(ty: &str) -> String {
    ty.replace(['<', '>'], "~")
}
