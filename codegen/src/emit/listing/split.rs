//! Which pages the listing has: `api.md` alone, or one page for each resource of a big API behind it.

use indexmap::IndexSet;

use crate::model::{Api, Resource};
use crate::names::Ident;

/// Most calls and types of a listing of one page, which has a line or two for each: more is searched, but not read, and
/// forges stop rendering long files.
const MOST_LINES: usize = 500;

/// A page of the listing.
#[derive(Clone, Copy, Debug)]
pub(in crate::emit) enum Part<'a> {
    /// Everything.
    Whole,
    /// What leads to the other pages, and what isn't of one resource.
    Index,
    /// The resources below this one, and the types of its module.
    Resource(&'a Ident),
}

/// The pages of an API's listing.
pub(in crate::emit) fn parts(api: &Api) -> Vec<Part<'_>> {
    if !is_split(api) {
        return vec![Part::Whole];
    }
    let resources = api.resources.iter().map(top);
    let modules = api.modules.iter().map(|module| &module.name);
    let names: IndexSet<&Ident> = resources.chain(modules).collect();
    let pages = names.into_iter().map(Part::Resource);
    std::iter::once(Part::Index).chain(pages).collect()
}

/// Whether each resource has a page of its own.
pub(in crate::emit) fn is_split(api: &Api) -> bool {
    api.operations().count() + api.declared().count() > MOST_LINES
}

/// The first resource on the way to this one.
pub(super) fn top(resource: &Resource) -> &Ident {
    resource.path().next().unwrap_or(&resource.module)
}

/// The path of the page of a resource or a module of types.
pub(super) fn page_of(name: &Ident) -> String {
    format!("api/{name}.md")
}

impl<'a> Part<'a> {
    /// Its path in the crate.
    pub(in crate::emit) fn path(self) -> String {
        match self {
            Self::Whole | Self::Index => "api.md".to_owned(),
            Self::Resource(name) => page_of(name),
        }
    }

    /// What leads from its folder to that of the crate.
    pub(super) fn up(self) -> &'static str {
        match self {
            Self::Whole | Self::Index => "",
            Self::Resource(_) => "../",
        }
    }

    /// Whether it has the resources below one of this name, or the types of a module.
    pub(super) fn has(self, name: &'a Ident) -> bool {
        match self {
            Self::Whole => true,
            Self::Index => false,
            Self::Resource(own) => own == name,
        }
    }
}
