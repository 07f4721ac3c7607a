//! The types: a line for each.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::model::{Api, Module, Shape, TypeDef, TypeId, UnionVariant};
use crate::names::Ident;

use super::{Page, Part, counted, diagram, split};

/// Most fields, values or variants that a line shows.
const SHOWN: usize = 12;

/// The modules that types are in.
pub(super) struct Places<'a>(HashMap<TypeId, &'a Ident>);

impl<'a> Places<'a> {
    /// Looks through those of an API.
    pub(super) fn of(api: &'a Api) -> Self {
        let modules = api.modules.iter();
        let places = modules.flat_map(|it| it.types.iter().map(|&id| (id, &it.name)));
        Self(places.collect())
    }

    /// The file that a type is in, if the crate has it.
    pub(super) fn file(&self, id: TypeId) -> Option<String> {
        self.0.get(&id).map(|module| file(module))
    }
}

fn file(module: &Ident) -> String {
    format!("src/types/{module}.rs")
}

impl Page<'_> {
    /// All types of the page, by their modules.
    pub(super) fn types(&mut self) {
        let (api, part) = (self.api, self.part);
        if let Part::Resource(name) = part {
            let drawn = diagram::Drawn::of(api);
            for module in api.modules.iter().filter(|it| it.name == *name) {
                let mut text = String::from("\n## Types\n");
                text.push_str(&self.module(module));
                text.push_str(&drawn.module(&self.spelling, api, module));
                self.add(&text);
            }
            return;
        }
        self.add("\n## Types\n\n");
        if api.modules.is_empty() {
            self.add("No named types.\n");
            return;
        }
        let number = api.declared().count();
        let mut text = format!(
            "{} in `{}::types`. Structs are constructed with `new`, which takes the required fields; \
             enums are open, and decode values that this version doesn't know as `UnknownValue`.\n",
            counted(number, "type"),
            api.package.library
        );
        if matches!(part, Part::Index) {
            text.push('\n');
            for module in &api.modules {
                let (page, name) = (split::page_of(&module.name), &module.name);
                let types = counted(module.types.len(), "type");
                let _ = writeln!(text, "- [`{name}`]({page}#types), {types}");
            }
            self.add(&text);
            return;
        }
        let drawn = diagram::Drawn::of(api);
        text.push_str(&drawn.whole(&self.spelling, api));
        for module in &api.modules {
            text.push_str(&self.module(module));
            text.push_str(&drawn.module(&self.spelling, api, module));
        }
        self.add(&text);
    }

    fn module(&self, module: &Module) -> String {
        let (file, up) = (file(&module.name), self.part.up());
        let mut text = format!("\n### [{file}]({up}{file})\n\n");
        if let Some(feature) = &module.feature {
            let _ = write!(text, "Requires the feature `{feature}`.\n\n");
        }
        for &id in &module.types {
            text.push_str(&self.definition(self.api.type_def(id)));
        }
        text
    }

    /// A type on a line.
    fn definition(&self, definition: &TypeDef) -> String {
        let name = &definition.name;
        let mut line = match &definition.shape {
            Shape::Struct(shape) => {
                let rest = shape.rest.iter().map(|rest| &rest.name);
                let names = shape.fields.iter().map(|it| &it.name).chain(rest);
                let number = names.clone().count();
                let fields = few(number, "field", &mut names.map(ToString::to_string));
                format!("- `{name}`, struct of {fields}")
            }
            Shape::StringEnum(variants) => {
                let mut names = variants.iter().map(|it| it.name.to_string());
                let values = few(variants.len(), "value", &mut names);
                format!("- `{name}`, enum of {values}")
            }
            Shape::IntegerEnum(variants) => {
                let values = variants.iter();
                let mut values = values.map(|it| format!("{} = {}", it.name, it.value));
                let values = few(variants.len(), "value", &mut values);
                format!("- `{name}`, enum of {values}")
            }
            Shape::Union(union) => {
                let variants = union.variants.iter();
                let mut variants = variants.map(|it| variant(it, &self.spelling.shown(&it.ty)));
                let types = few(union.variants.len(), "type", &mut variants);
                format!("- `{name}`, union of {types}")
            }
            Shape::Alias(target) => format!("- `{name} = {}`", self.spelling.shown(target)),
            Shape::Newtype(inner) => format!("- `{name}({})`", self.spelling.shown(inner)),
        };
        if definition.docs.deprecated {
            line.push_str(" (deprecated)");
        }
        line.push('\n');
        line
    }
}

/// A variant of a union, with its type where that differs from its name.
fn variant(variant: &UnionVariant, ty: &str) -> String {
    let name = variant.name.as_str();
    if name == ty {
        name.to_owned()
    } else {
        format!("{name}({ty})")
    }
}

/// How many names there are, then these, of many the first.
fn few(number: usize, what: &str, names: &mut dyn Iterator<Item = String>) -> String {
    let mut text = counted(number, what);
    let shown: Vec<String> = names.take(SHOWN).map(|it| format!("`{it}`")).collect();
    if shown.is_empty() {
        return text;
    }
    let _ = write!(text, ": {}", shown.join(", "));
    if number > shown.len() {
        let _ = write!(text, " and {} more", number - shown.len());
    }
    text
}
