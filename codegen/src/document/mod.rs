//! Text to a checked document: the first stage of the generator.
//!
//! A document is read once into a JSON value (`read`), checked against the tables of OpenAPI objects
//! (`check`), its references (`references`) and the rules beyond (`semantics`), converted to the forms of
//! OpenAPI 3.0 (`dialect`) and handed to openapiv3 (`build`). Every finding names a JSON pointer of the text as written;
//! where that is in the text is looked up only if something is reported (`locate`).

mod build;
mod check;
mod dialect;
mod length;
mod locate;
mod lookup;
mod open;
mod read;
mod references;
mod semantics;
mod text;
mod version;

use serde_json::Value;

use crate::config::Limits;
use crate::diagnostic::keep_readable;
use crate::diagnostic::{Diagnostic, Origin, Severity};
use crate::source::Source;
use crate::stage::Stage;

use crate::pointer::{self, Place};
use check::Checker;
use check::shape::Want;
use locate::Places;

pub use dialect::{BRANCHES, ENUM_NAMES, ENUM_TEXTS, ENUM_VALUES, GUESSED, NULL, PREFIX_ITEMS};
pub(crate) use locate::Position;
pub use locate::locate;
pub use lookup::Component;
pub use open::check;
pub(crate) use open::{located, open, open_with};

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
    /// YAML or JSON, or isn't OpenAPI 3, is looked at no further.
    pub fn read(source: Source<'_>) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        Self::checked(source, Limits::default(), &mut |_| {}).map_err(|mut diagnostics| {
            let closing = keep_readable(&mut diagnostics);
            locate(source, &mut diagnostics);
            sort(&mut diagnostics);
            diagnostics.extend(closing);
            diagnostics
        })
    }

    /// As [`Self::read`], without the places of the errors; each stage is told as it begins.
    pub(crate) fn checked(
        source: Source<'_>,
        limits: Limits,
        begin: &mut dyn FnMut(Stage),
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        begin(Stage::Reading);
        let (mut raw, duplicates) = read::read(source)?;
        begin(Stage::Checking);
        has_room(&raw, limits)?;
        length::check(&raw)?;
        let mut checker = Checker::default();
        checker.diagnostics.extend(duplicates);
        if let Value::Object(root) = &raw {
            let warning = version::check(root).map_err(|error| vec![*error])?;
            checker.diagnostics.extend(warning);
        }
        let root = Want::Object(&check::tables::OPENAPI);
        checker.check(&mut raw, root, &Place::new(""));
        let followed = references::check(&mut raw, &mut checker);
        checker.diagnostics.extend(semantics::check(&raw));
        as_written(source, &mut raw, &checker.became_text);
        let diagnostics = checker.diagnostics;
        if has_errors(&diagnostics) {
            return Err(diagnostics);
        }
        let inline =
            build::with_sized_stack(&raw, || lookup::Inline::new(&raw, &followed.inline_targets))?;
        dialect::convert(&mut raw);
        let api = build::build(&mut raw)?;
        let document = Self {
            api,
            raw,
            inline,
            longest_chain: followed.longest_chain,
        };
        Ok((document, diagnostics))
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
/// them, aliases and merge keys are replaced by what they stand for, and of duplicate keys the last counts.
///
/// # Errors
///
/// Text that is no YAML or JSON, or is no mapping.
pub fn parse(source: Source<'_>) -> Result<Value, Vec<Diagnostic>> {
    Ok(read::read(source)?.0)
}

/// Refuses a description of more paths than there may be, before they are typed.
fn has_room(raw: &Value, limits: Limits) -> Result<(), Vec<Diagnostic>> {
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

/// Gives scalars that became text the spelling of the source: YAML reads `1.10` as the number 1.1.
fn as_written(source: Source<'_>, raw: &mut Value, pointers: &[String]) {
    if pointers.is_empty() || text::format(source) == text::Format::Json {
        return;
    }
    let places = Places::find(source, pointers.iter().map(String::as_str));
    for pointer in pointers {
        let (Some(written), Some(Value::String(text))) =
            (places.scalar(pointer), raw.pointer_mut(pointer))
        else {
            continue;
        };
        let number = |text: &str| text.parse::<f64>().ok();
        if number(written).is_some() && number(written) == number(text) {
            written.clone_into(text);
        }
    }
}

#[cfg(test)]
mod tests;
