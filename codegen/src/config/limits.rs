//! `[limits]`: how much a description may ask of the machine that it is read on.

use super::table::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin};

const LIMITS: [&str; 3] = ["megabytes", "paths", "fields"];

/// What a description may ask for. The defaults leave room for the largest that are published; who knows
/// a description to be honest can raise them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the description in megabytes (1,000,000 bytes), 64 unless given.
    pub megabytes: u64,
    /// Number of paths, 16,000 unless given: what holds them takes 10 kB for each while they are read.
    pub paths: u64,
    /// Number of fields that all structs have together, 300,000 unless given. A short text can describe
    /// many: each schema has the fields of all that its `allOf` takes over.
    pub fields: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            megabytes: 64,
            paths: 16_000,
            fields: 300_000,
        }
    }
}

impl Limits {
    /// The size of the description in bytes.
    pub fn bytes(self) -> u64 {
        self.megabytes.saturating_mul(1_000_000)
    }
}

/// The limits of a configuration.
pub(super) fn limits(reader: &mut Reader, root: &Section<'_>) -> Limits {
    let defaults = Limits::default();
    let Some(section) = reader.section(root, "limits", &LIMITS) else {
        return defaults;
    };
    let mut limit = |key: &str, default: u64| match reader.whole(&section, key) {
        None => default,
        Some(given) => u64::try_from(given)
            .ok()
            .filter(|it| *it > 0)
            .unwrap_or_else(|| {
                let message = format!("`{key}` is {given}");
                let problem = Diagnostic::error(Origin::Config, section.pointer_to(key), message);
                reader.report(
                    problem.help(format!("use a number above 0, as in `{key} = {default}`")),
                );
                default
            }),
    };
    Limits {
        megabytes: limit("megabytes", defaults.megabytes),
        paths: limit("paths", defaults.paths),
        fields: limit("fields", defaults.fields),
    }
}
