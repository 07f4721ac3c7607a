//! What a run gives.

use crate::diagnostic::Diagnostic;
use crate::model::{Api, PagesSource, Shape};

/// A crate, in memory.
#[derive(Clone, Debug)]
pub struct Generated {
    /// All files, each whole.
    pub files: Vec<GeneratedFile>,
    /// What was left out or typed loosely, with places.
    pub warnings: Vec<Diagnostic>,
    /// How much there was to do.
    pub summary: Summary,
    /// What the crate around a module needs: lines of its manifest, and attributes of its root. Empty for a crate.
    pub requirements: String,
}

/// A file of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path below the crate's folder, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// How much there is in an API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Calls that the API offers.
    pub operations: usize,
    /// Groups of operations.
    pub resources: usize,
    /// Calls whose responses are lists, whole or in pages.
    pub lists: usize,
    /// Calls whose responses are pages of a list.
    pub paged: usize,
    /// Those of them that are known by names and types alone, without configuration and extensions.
    pub guessed: usize,
    /// Calls that are repeated until something has ended.
    pub waits: usize,
    /// Types of the API: structs, enums, unions and aliases.
    pub types: usize,
    /// Types with fields.
    pub structs: usize,
    /// Fields of all structs together.
    pub fields: usize,
    /// Types that are one of some values.
    pub enums: usize,
    /// Values of all enums together.
    pub values: usize,
    /// Types that are one of some types.
    pub unions: usize,
    /// Types of all unions together.
    pub variants: usize,
    /// Names of types that stand elsewhere.
    pub aliases: usize,
    /// Whether there is a server that calls go to unless a program says otherwise.
    pub has_default_server: bool,
}

impl Summary {
    pub(crate) fn of(api: &Api) -> Self {
        let mut summary = Self {
            resources: api.resources.len(),
            waits: api.resources.iter().map(|it| it.waiters.len()).sum(),
            has_default_server: api.profile.default_url().is_some(),
            ..Self::default()
        };
        for (_, operation) in api.operations() {
            summary.operations += 1;
            summary.lists += usize::from(operation.lists);
            summary.paged += usize::from(operation.pagination.is_some());
            let source = operation.pagination.as_ref().map(|it| it.source);
            summary.guessed += usize::from(source == Some(PagesSource::Guess));
        }
        for definition in api.declared() {
            summary.types += 1;
            let (kind, parts, count) = match &definition.shape {
                Shape::Struct(it) => (&mut summary.structs, &mut summary.fields, it.fields.len()),
                Shape::StringEnum(it) => (&mut summary.enums, &mut summary.values, it.len()),
                Shape::IntegerEnum(it) => (&mut summary.enums, &mut summary.values, it.len()),
                Shape::Union(it) => (
                    &mut summary.unions,
                    &mut summary.variants,
                    it.variants.len(),
                ),
                Shape::Alias(_) | Shape::Newtype(_) => {
                    summary.aliases += 1;
                    continue;
                }
            };
            *kind += 1;
            *parts += count;
        }
        summary
    }
}
