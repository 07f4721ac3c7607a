//! A description as the checks of OpenAPI 3 get it: read, with its overlays applied, and converted if it is one of Swagger 2.0.

use std::collections::BTreeMap;

use serde_json::Value;

use super::locate::{self, Places};
use super::origins::Origins;
use super::overlay::{self, Applied, OverlayInfo, Trace};
use super::{files, has_errors, length, swagger, text};
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin};

pub(super) struct Given {
    pub(super) value: Value,
    /// What is to be said of the texts, each with its place where it is not known by a pointer of the value.
    pub(super) warnings: Vec<Diagnostic>,
    /// Where the values are written.
    pub(super) origins: Origins,
    pub(super) overlays: Vec<OverlayInfo>,
}

impl Given {
    /// # Errors
    ///
    /// What is wrong with a description of Swagger 2.0, by the pointers of the texts.
    pub(super) fn of(
        description: Description<'_>,
        applied: Applied,
    ) -> Result<Self, Vec<Diagnostic>> {
        let applied = files::join(description, applied, files::Unfollowed::Warned)?;
        let given = Self {
            value: applied.value,
            warnings: applied.warnings,
            origins: Origins::of_overlays(applied.trace),
            overlays: applied.overlays,
        };
        if swagger::is_swagger(&given.value) {
            given.converted(description)
        } else {
            Ok(given)
        }
    }

    /// Reads a description that has been read within its limits before.
    ///
    /// # Errors
    ///
    /// What is wrong with the texts, and what can't be applied or converted.
    pub(super) fn again(description: Description<'_>) -> Result<Self, Vec<Diagnostic>> {
        Self::of(description, overlay::read_again(description)?)
    }

    fn converted(mut self, description: Description<'_>) -> Result<Self, Vec<Diagnostic>> {
        let mut found = self.warnings;
        match length::check(&self.value) {
            Ok(()) => {
                let checker = swagger::check(&mut self.value);
                let became_text = &checker.became_text;
                as_written(description, &self.origins, &mut self.value, became_text);
                found.extend(checker.diagnostics);
            }
            Err(errors) => found.extend(errors),
        }
        if has_errors(&found) {
            self.origins.attribute(&mut found);
            return Err(found);
        }
        let converted = swagger::convert(&self.value);
        found.extend(converted.warnings);
        self.origins.attribute(&mut found);
        // They are about the text, whose pointers are others once it is converted.
        locate::in_texts(description, &mut found);
        Ok(Self {
            value: converted.value,
            warnings: found,
            origins: self.origins.moved_by(converted.moves),
            overlays: self.overlays,
        })
    }
}

/// Where the values of a description are written that wasn't converted.
pub(super) fn before_conversion(trace: Trace) -> Origins {
    Origins::of_overlays(trace)
}

/// Gives scalars that became text the spelling of the source: YAML reads `1.10` as the number 1.1.
pub(super) fn as_written(
    description: Description<'_>,
    origins: &Origins,
    raw: &mut Value,
    pointers: &[String],
) {
    let mut texts: BTreeMap<Origin, Vec<(&str, String)>> = BTreeMap::new();
    for pointer in pointers {
        let written = origins.find(pointer, false);
        let texts = texts.entry(written.origin).or_default();
        texts.push((pointer, written.pointer));
    }
    for (origin, pointers) in texts {
        let Some(source) = description.text(origin) else {
            continue;
        };
        if text::format(source) == text::Format::Json {
            continue;
        }
        let places = Places::find(source, pointers.iter().map(|(_, written)| &**written));
        for (pointer, written) in &pointers {
            let (Some(written), Some(Value::String(text))) =
                (places.scalar(written), raw.pointer_mut(pointer))
            else {
                continue;
            };
            let number = |text: &str| text.parse::<f64>().ok();
            if number(written).is_some() && number(written) == number(text) {
                written.clone_into(text);
            }
        }
    }
}
