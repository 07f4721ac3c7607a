//! Text to a checked document: the first stage of the generator.
//!
//! A document is read once into a JSON value (`read`), joined with the parts of other files that it refers to (`files`), changed by its overlays (`overlay`), converted if it is one of
//! Swagger 2.0 (`swagger`), checked against the tables of OpenAPI objects (`check`), its references (`references`) and the rules beyond (`semantics`), converted to the forms of
//! OpenAPI 3.0 (`dialect`) and handed to openapiv3 (`build`). Every finding names a JSON pointer of the text as written;
//! where that is in the text is looked up only if something is reported (`locate`).

mod build;
mod check;
mod dialect;
mod files;
mod given;
mod length;
mod locate;
mod lookup;
mod open;
mod operations;
mod origins;
mod overlay;
mod read;
mod references;
mod semantics;
mod swagger;
mod text;
mod version;

use serde_json::Value;

use crate::config::Limits;
use crate::description::Description;
use crate::diagnostic::keep_readable;
use crate::diagnostic::{Diagnostic, Origin, Severity};
use crate::stage::Stage;

use crate::pointer::{self, Place};
use check::Checker;
use check::shape::Want;
use given::Given;
use origins::Origins;

pub use dialect::{
    BRANCHES, COOKIE_STYLE, DEFAULT_MAPPING, ENUM_NAMES, ENUM_TEXTS, ENUM_VALUES, GUESSED, NULL,
    PREFIX_ITEMS, PREFIX_REST, WHOLE_QUERY, as_written,
};
pub use files::bundle;
pub(crate) use locate::Position;
pub use locate::locate;
pub use lookup::Component;
pub use open::check;
pub(crate) use open::{open, open_with};
pub use overlay::OverlayInfo;

/// An OpenAPI description that has been read, checked, and converted to the forms of OpenAPI 3.0.
///
/// What it promises: every `$ref` of a schema, parameter, request body, response, header, security scheme or path item
/// leads to one in this document, and no chain of references is a loop.
#[derive(Clone, Debug)]
pub struct Document {
    /// The description as openapiv3 has it.
    ///
    /// Without callbacks: openapiv3 can't hold all forms of them. Like `webhooks` they are
    /// found by [`Document::value`].
    pub api: openapiv3::OpenAPI,
    /// The converted value that `api` is made of.
    raw: Value,
    inline: lookup::Inline,
    longest_chain: usize,
    /// Where the values are written.
    origins: Origins,
    overlays: Vec<OverlayInfo>,
}

impl Document {
    /// Reads, checks and converts a description.
    ///
    /// Returns it with warnings about what was mended or left out, in the order in which they were found
    /// and without spans; [`locate`] and [`sort`] give them places and order.
    ///
    /// # Errors
    ///
    /// All errors of the document at once, and its warnings, located and sorted by place. Text that is no
    /// YAML or JSON, or isn't OpenAPI 3, is looked at no further, and neither is a description whose overlays can't be
    /// applied.
    pub fn read<'a>(
        description: impl Into<Description<'a>>,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let description = description.into();
        Self::checked(description, Limits::default(), &mut |_| {}).map_err(|mut diagnostics| {
            let closing = keep_readable(&mut diagnostics);
            locate::in_texts(description, &mut diagnostics);
            sort(&mut diagnostics);
            diagnostics.extend(closing);
            diagnostics
        })
    }

    /// As [`Self::read`], without the spans of the errors, whose pointers are those of the texts; each stage is told as
    /// it begins.
    pub(crate) fn checked(
        description: Description<'_>,
        limits: Limits,
        begin: &mut dyn FnMut(Stage),
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        begin(Stage::Reading);
        let applied = overlay::read(description, limits)?;
        begin(Stage::Checking);
        let given = Given::of(description, applied)?;
        let (value, origins) = (given.value, given.origins);
        let checked = Self::check(description, limits, value, given.warnings, &origins);
        match checked {
            Ok((document, mut warnings)) => {
                files::merge_warnings(&mut warnings, &origins);
                let document = Self {
                    origins,
                    overlays: given.overlays,
                    ..document
                };
                Ok((document, warnings))
            }
            Err(mut diagnostics) => {
                files::merge_warnings(&mut diagnostics, &origins);
                origins.attribute(&mut diagnostics);
                Err(diagnostics)
            }
        }
    }

    fn check(
        description: Description<'_>,
        limits: Limits,
        mut raw: Value,
        warnings: Vec<Diagnostic>,
        origins: &Origins,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        check_size(&raw, limits)?;
        length::check(&raw)?;
        let mut checker = Checker::default();
        checker.diagnostics.extend(warnings);
        if let Value::Object(root) = &raw {
            let warning = version::check(root).map_err(|error| vec![*error])?;
            checker.diagnostics.extend(warning);
        }
        let mut texts = description.texts();
        if texts.any(|text| text.contains(references::DYNAMIC_REF)) {
            let file = description.source.name;
            checker
                .diagnostics
                .extend(references::instantiate(&mut raw, file));
        }
        let root = Want::Object(&check::tables::OPENAPI);
        checker.check(&mut raw, root, &Place::new(""));
        let followed = references::check(&mut raw, &mut checker, description.source.name);
        checker.diagnostics.extend(semantics::check(&raw));
        given::as_written(description, origins, &mut raw, &checker.became_text);
        let diagnostics = checker.diagnostics;
        if has_errors(&diagnostics) {
            return Err(diagnostics);
        }
        dialect::inline_media_types(&mut raw, &followed.media_types);
        let inline =
            build::with_sized_stack(&raw, || lookup::Inline::new(&raw, &followed.inline_targets))?;
        dialect::convert(&mut raw);
        let api = build::build(&mut raw)?;
        let document = Self {
            api,
            raw,
            inline,
            longest_chain: followed.longest_chain,
            origins: Origins::default(),
            overlays: Vec::new(),
        };
        Ok((document, diagnostics))
    }

    /// What the overlays say of themselves that were applied, in their order.
    pub fn overlays(&self) -> &[OverlayInfo] {
        &self.overlays
    }

    /// Which text the value at a pointer is written in, and its pointer there.
    pub fn origin(&self, pointer: &str) -> (Origin, String) {
        let written = self.origins.find(pointer, true);
        (written.origin, written.pointer)
    }

    /// Puts the places of the texts in those of diagnostics about the description that have none yet.
    pub(crate) fn attribute(&self, diagnostics: &mut [Diagnostic]) {
        self.origins.attribute(diagnostics);
    }

    /// How deep one gets at most by going from schema to schema without a step into a value.
    pub(crate) fn longest_chain(&self) -> usize {
        self.longest_chain
    }

    /// The value at a JSON pointer (without `#`), after conversion.
    pub fn value(&self, pointer: &str) -> Option<&Value> {
        pointer::get(&self.raw, pointer)
    }
}

/// The value that a description is, unchecked and unconverted: keys are text whatever YAML makes of
/// them, aliases and merge keys are replaced by what they stand for, and of duplicate keys the last counts. A description of
/// Swagger 2.0 is one of OpenAPI 3 here.
///
/// # Errors
///
/// Text that is no YAML or JSON, or is no mapping; overlays that can't be applied; and a description of Swagger 2.0
/// that can't be converted.
pub fn parse<'a>(description: impl Into<Description<'a>>) -> Result<Value, Vec<Diagnostic>> {
    Ok(Given::again(description.into())?.value)
}

/// Refuses a description of more paths than there may be, before they are typed.
fn check_size(raw: &Value, limits: Limits) -> Result<(), Vec<Diagnostic>> {
    let paths = raw.get("paths").and_then(Value::as_object);
    let count = paths.map_or(0, serde_json::Map::len);
    if u64::try_from(count).is_ok_and(|count| count <= limits.paths) {
        return Ok(());
    }
    let message = format!(
        "the description has {count} paths, more than {}",
        limits.paths
    );
    let error = Diagnostic::error(Origin::Spec, "/paths", message).at_key();
    let help = "if this is intended, raise `paths` under `[limits]` in the configuration";
    Err(vec![error.help(help)])
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let mut severities = diagnostics.iter().map(|diagnostic| diagnostic.severity);
    severities.any(|severity| severity == Severity::Error)
}

/// Brings diagnostics into the order of their places in the text.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|left, right| {
        let place = |diagnostic: &Diagnostic| {
            let span = diagnostic.span.as_ref();
            (diagnostic.origin, span.map(|span| span.start))
        };
        place(left).cmp(&place(right))
    });
}

#[cfg(test)]
mod tests;
