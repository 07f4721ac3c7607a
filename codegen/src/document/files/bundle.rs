//! A description in several files as the text of one.

use serde_json::Value;

use super::super::given::{as_written, before_conversion};
use super::super::locate::in_texts;
use super::super::text::{self, Format};
use super::super::{overlay, sort};
use super::Unfollowed;
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin};

/// Writes a description in several files as one text, in YAML or JSON, as the first of them is.
///
/// What references lead to in other files becomes components. A description that refers to no other file,
/// and has no overlays, is returned unchanged; otherwise comments are lost.
///
/// # Errors
///
/// What is wrong with the texts, and references to other files that can't be followed, located and sorted.
///
/// # Examples
///
/// ```
/// use codegen::{Description, FileText, Resolver, Source, bundle};
///
/// let spec = "openapi: 3.0.3\npaths:\n  /pet: {$ref: pet.yaml}\n";
/// let resolver = Resolver::new(|path| {
///     Ok(FileText::new(path, "get: {summary: A pet.}\n"))
/// });
/// let description = Description {
///     resolver: Some(&resolver),
///     ..Description::from(Source { name: "openapi.yaml", text: spec })
/// };
/// let text = bundle(description).map_err(|found| found[0].message.clone())?;
/// assert_eq!(text, "openapi: 3.0.3\npaths:\n  /pet:\n    get:\n      summary: A pet.\n");
/// # Ok::<(), String>(())
/// ```
pub fn bundle<'a>(description: impl Into<Description<'a>>) -> Result<String, Vec<Diagnostic>> {
    let description = description.into();
    let is_one = description.resolver.is_none() || !description.texts().any(super::may_refer);
    if is_one && description.overlays.is_empty() {
        return Ok(description.source.text.to_owned());
    }
    let located = |mut found: Vec<Diagnostic>| {
        in_texts(description, &mut found);
        sort(&mut found);
        found
    };
    let applied = overlay::read_again(description).map_err(located)?;
    let applied = super::join(description, applied, Unfollowed::Refused).map_err(located)?;
    let has_files = description
        .resolver
        .is_some_and(|resolver| resolver.files().next().is_some());
    if !has_files && description.overlays.is_empty() {
        return Ok(description.source.text.to_owned());
    }
    let mut value = applied.value;
    let origins = before_conversion(applied.trace);
    for pointer in ["/openapi", "/swagger", "/info/version"] {
        if let Some(version) = value.pointer_mut(pointer).filter(|it| it.is_number()) {
            *version = Value::String(version.to_string());
            as_written(description, &origins, &mut value, &[pointer.to_owned()]);
        }
    }
    let written = match text::format(description.source) {
        Format::Json => serde_json::to_string_pretty(&value)
            .map(|text| text + "\n")
            .ok(),
        Format::Yaml => serde_yaml::to_string(&value).ok(),
    };
    written.ok_or_else(|| {
        let message = "internal error: the joined description can't be written";
        vec![Diagnostic::error(Origin::Spec, "", message)]
    })
}
