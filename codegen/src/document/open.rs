//! A description and its configuration, read together: the limits of the one stand in the other, and so may the
//! name of the crate.

use crate::config::{self, Config};
use crate::description::Description;
use crate::diagnostic::{Diagnostic, keep_readable};
use crate::source::Source;
use crate::stage::Stage;

use super::locate::in_texts;
use super::{Document, sort};

/// Reads and checks a description and its configuration, without making a crate.
///
/// Returns the warnings about the description, located and sorted.
///
/// # Errors
///
/// Everything that is wrong with the two texts by themselves, located and sorted. What shows only when the description is
/// typed is reported by [`generate`](crate::generate).
///
/// # Examples
///
/// ```
/// use codegen::{Source, check};
///
/// let spec = r#"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": []}"#;
/// let found = check(Source { name: "pets.json", text: spec }, Source { name: "sdk.toml", text: "" });
/// assert!(found.is_err_and(|it| it[0].pointer == "/paths"));
/// ```
pub fn check<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let spec = spec.into();
    let (document, warnings, _) = open(spec, config)?;
    Ok(document.located(warnings, spec, config))
}

/// Reads the two texts. The warnings are not located.
pub(crate) fn open(
    spec: Description<'_>,
    config: Source<'_>,
) -> Result<(Document, Vec<Diagnostic>, Config), Vec<Diagnostic>> {
    open_with(spec, config, None, &mut |_| {})
}

/// Reads the two texts, for a crate of this name where the configuration has none.
pub(crate) fn open_with(
    spec: Description<'_>,
    config: Source<'_>,
    name: Option<&str>,
    begin: &mut dyn FnMut(Stage),
) -> Result<(Document, Vec<Diagnostic>, Config), Vec<Diagnostic>> {
    let config_read = Config::read(config);
    let limits = config_read.as_ref().map(|config| config.limits);
    let document = Document::checked(spec, limits.unwrap_or_default(), begin);
    let info = document
        .as_ref()
        .ok()
        .map(|(document, _)| &document.api.info);
    let config_read = config_read.map(|config| match info {
        Some(info) => match name {
            Some(name) => config.named(name, &info.version),
            None => config.named_after(&info.title, &info.version),
        },
        None => config,
    });
    match (document, config_read) {
        (Ok((document, mut warnings)), Ok(config)) => {
            config.drop_allowed(&mut warnings);
            Ok((document, warnings, config))
        }
        (document, config_read) => {
            let both = document.err().into_iter().chain(config_read.err());
            Err(located(both.flatten().collect(), spec, config))
        }
    }
}

impl Document {
    /// Looks up the places of diagnostics about the document and brings them into their order.
    pub(crate) fn located(
        &self,
        mut diagnostics: Vec<Diagnostic>,
        spec: Description<'_>,
        config: Source<'_>,
    ) -> Vec<Diagnostic> {
        self.attribute(&mut diagnostics);
        located(diagnostics, spec, config)
    }
}

/// Looks up the places of diagnostics, whose pointers are those of the texts, and brings them into their order.
fn located(
    mut diagnostics: Vec<Diagnostic>,
    spec: Description<'_>,
    config: Source<'_>,
) -> Vec<Diagnostic> {
    let closing = keep_readable(&mut diagnostics);
    in_texts(spec, &mut diagnostics);
    config::locate(config, &mut diagnostics);
    sort(&mut diagnostics);
    diagnostics.extend(closing);
    diagnostics
}
