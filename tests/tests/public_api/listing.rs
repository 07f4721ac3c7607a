//! Public items with their members and impls.

use std::collections::BTreeMap;

use syn::{Fields, GenericArgument, ImplItem, Item, ItemImpl, PathArguments, Type};

use crate::spelling::{attributes, derives, spell, spell_signature};
use crate::tree::{Names, Tree, is_public, longer, name_of};

/// Lists the public API of the crate, an item a line: modules and items in the order of the
/// source, below each item its
/// fields, variants, functions and traits.
pub fn list(tree: &Tree, library: &str) -> String {
    let mut listing = Listing {
        tree,
        lines: Vec::new(),
        impls: BTreeMap::new(),
    };
    listing.module(&[], library);
    listing.impls();
    let mut text = String::new();
    for mut line in listing.lines {
        let given = listing.impls.remove(&line.definition).unwrap_or_default();
        line.members.extend(given.members);
        line.traits.extend(given.traits);
        if !line.traits.is_empty() {
            line.members.push(format!(
                "impl {} for {}",
                line.traits.join(" + "),
                line.shown
            ));
        }
        for line in [line.text]
            .into_iter()
            .chain(line.members)
            .chain(given.others)
        {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

struct Listing<'a> {
    tree: &'a Tree,
    lines: Vec<Line>,
    /// What impls give, by the definition of their type.
    impls: BTreeMap<Names, Given>,
}

/// What impls give to a type.
#[derive(Default)]
struct Given {
    /// Lines of functions, constants and associated types.
    members: Vec<String>,
    /// Traits, with the features that they need.
    traits: Vec<String>,
    /// Lines of impls for other crates' types.
    others: Vec<String>,
}

/// A public item, and where it is defined.
struct Line {
    definition: Names,
    /// The name that users know it by.
    shown: String,
    text: String,
    members: Vec<String>,
    traits: Vec<String>,
}

impl Listing<'_> {
    fn module(&mut self, path: &[String], shown: &str) {
        self.line(path.to_vec(), shown.to_owned(), format!("pub mod {shown}"));
        let module = &self.tree.modules[path];
        for import in module.imports.iter().filter(|import| import.public) {
            let shown = format!("{shown}::{}", import.name);
            match self.tree.resolve(path, &import.target) {
                Some(definition) => self.definition(definition, shown),
                None => self.line(Vec::new(), shown.clone(), format!("pub use {shown}")),
            }
        }
        for item in &module.items {
            if let Item::Mod(inner) = item {
                if is_public(&inner.vis) {
                    let name = inner.ident.to_string();
                    self.module(&longer(path, &name), &format!("{shown}::{name}"));
                }
            } else if let Some(name) = name_of(item).filter(|_| item_is_public(item)) {
                self.definition(longer(path, &name), format!("{shown}::{name}"));
            }
        }
    }

    fn definition(&mut self, definition: Names, shown: String) {
        let Some((name, module)) = definition.split_last() else {
            return;
        };
        let items = &self.tree.modules[module].items;
        let item = items
            .iter()
            .find(|item| name_of(item).as_ref() == Some(name));
        let item = item.expect("a definition was found before");
        let (text, members) = describe(item, &shown);
        let traits = derives(item);
        self.lines.push(Line {
            definition,
            shown,
            text,
            members,
            traits,
        });
    }

    fn line(&mut self, definition: Names, shown: String, text: String) {
        let (members, traits) = (Vec::new(), Vec::new());
        self.lines.push(Line {
            definition,
            shown,
            text,
            members,
            traits,
        });
    }

    /// Goes over the impls of the whole crate and keeps those of public types.
    fn impls(&mut self) {
        for (path, module) in &self.tree.modules {
            for item in &module.items {
                let Item::Impl(item) = item else { continue };
                match self.shown(path, &item.self_ty) {
                    Some((definition, shown)) => {
                        let given = self.given(path, item, &shown);
                        let all = self.impls.entry(definition).or_default();
                        all.members.extend(given.members);
                        all.traits.extend(given.traits);
                    }
                    None => self.conversion(path, item),
                }
            }
        }
    }

    /// An impl of another crate's trait for another crate's type, which is about a type of ours.
    fn conversion(&mut self, module: &[String], item: &ItemImpl) {
        let Some((path, _)) = &item.trait_ else {
            return;
        };
        let Some(PathArguments::AngleBracketed(arguments)) =
            path.segments.last().map(|segment| &segment.arguments)
        else {
            return;
        };
        for argument in &arguments.args {
            let GenericArgument::Type(ty) = argument else {
                continue;
            };
            if let Some((definition, _)) = self.shown(module, ty) {
                let conditions = self.conditions(module, item);
                let line = format!(
                    "{conditions}impl {} for {}",
                    spell(path),
                    spell(&item.self_ty)
                );
                self.impls.entry(definition).or_default().others.push(line);
            }
        }
    }

    /// The features that an impl needs: its own and those of its module.
    fn conditions(&self, module: &[String], item: &ItemImpl) -> String {
        format!(
            "{}{}",
            self.tree.modules[module].conditions,
            attributes(&item.attrs)
        )
    }

    /// Where a public type is defined, and the name that users know it by.
    fn shown(&self, module: &[String], ty: &Type) -> Option<(Names, String)> {
        let definition = self.named(module, ty)?;
        let line = self
            .lines
            .iter()
            .find(|line| line.definition == definition)?;
        Some((definition, line.shown.clone()))
    }

    fn named(&self, module: &[String], ty: &Type) -> Option<Names> {
        let Type::Path(path) = ty else { return None };
        self.tree.resolve(module, &names(&path.path))
    }

    fn given(&self, module: &[String], item: &ItemImpl, shown: &str) -> Given {
        let before = self.conditions(module, item);
        let mut given = Given::default();
        let mut hidden = false;
        if let Some((path, _)) = &item.trait_ {
            let own = self.tree.resolve(module, &names(path));
            hidden = own.is_some_and(|own| self.lines.iter().all(|it| it.definition != own));
            if !hidden {
                given.traits.push(format!("{before}{}", spell(path)));
            }
        }
        for member in &item.items {
            let line = match member {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    let before = format!("{before}{}", attributes(&function.attrs));
                    format!("{before}pub {}", spell_signature(&function.sig, shown))
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    format!(
                        "{before}pub const {shown}::{}: {}",
                        constant.ident,
                        spell(&constant.ty)
                    )
                }
                // A trait may be out of reach, but what it maps to shows in public signatures.
                ImplItem::Type(ty) if hidden => {
                    format!("{before}type {shown}::{} = {}", ty.ident, spell(&ty.ty))
                }
                _ => continue,
            };
            given.members.push(line);
        }
        given
    }
}

pub fn names(path: &syn::Path) -> Names {
    path.segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect()
}

fn item_is_public(item: &Item) -> bool {
    match item {
        Item::Const(item) => is_public(&item.vis),
        Item::Enum(item) => is_public(&item.vis),
        Item::Fn(item) => is_public(&item.vis),
        Item::Struct(item) => is_public(&item.vis),
        Item::Trait(item) => is_public(&item.vis),
        Item::Type(item) => is_public(&item.vis),
        _ => false,
    }
}

/// An item as a line, and the lines of its fields or variants.
fn describe(item: &Item, shown: &str) -> (String, Vec<String>) {
    match item {
        Item::Const(item) => {
            let value = spell(&item.expr);
            (
                format!("pub const {shown}: {} = {value}", spell(&item.ty)),
                Vec::new(),
            )
        }
        Item::Enum(item) => {
            let text = format!(
                "{}pub enum {shown}{}",
                attributes(&item.attrs),
                spell(&item.generics)
            );
            let variants = item.variants.iter().map(|variant| {
                let name = format!("{shown}::{}", variant.ident);
                format!(
                    "{}{name}{}",
                    attributes(&variant.attrs),
                    spell(&variant.fields)
                )
            });
            (text, variants.collect())
        }
        Item::Fn(item) => (
            format!("pub {}", spell_signature(&item.sig, shown)),
            Vec::new(),
        ),
        Item::Struct(item) => {
            let text = format!(
                "{}pub struct {shown}{}",
                attributes(&item.attrs),
                spell(&item.generics)
            );
            (text, fields(&item.fields, shown))
        }
        Item::Trait(item) => (
            format!("pub trait {shown}{}", spell(&item.generics)),
            Vec::new(),
        ),
        Item::Type(item) => {
            let generics = spell(&item.generics);
            (
                format!("pub type {shown}{generics} = {}", spell(&item.ty)),
                Vec::new(),
            )
        }
        _ => panic!("an item without a line: {}", spell(item)),
    }
}

fn fields(fields: &Fields, shown: &str) -> Vec<String> {
    let public = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_public(&field.vis));
    public
        .map(|(index, field)| {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| index.to_string(), ToString::to_string);
            format!(
                "{}pub {shown}::{name}: {}",
                attributes(&field.attrs),
                spell(&field.ty)
            )
        })
        .collect()
}
