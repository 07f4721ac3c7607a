//! Overlays of a new API: they are copied beside its description, and listed in its configuration.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::generate;
use crate::input::{self, Overlays, overlays};
use crate::project::Api;

/// Overlays, and the names that their copies have.
pub(super) struct Copies {
    pub(super) texts: Overlays,
    /// The names of the files, beside the description.
    pub(super) files: Vec<String>,
}

impl Copies {
    /// Reads the files that are given.
    pub(super) fn read(paths: &[PathBuf], workspace: &Path) -> Result<Self, Failure> {
        let mut copies = Self {
            texts: Overlays::default(),
            files: Vec::new(),
        };
        for path in paths {
            let text = overlays::text(path, generate::NONE)?;
            copies.texts.push(input::shown(path, workspace), text);
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.ok_or_else(|| {
                let shown = path.display();
                Failure::usage(format!("`{shown}` has a name that is not UTF-8"))
            })?;
            let is_ours = name == "sdk.toml" || name.starts_with("openapi.");
            if is_ours || copies.files.iter().any(|other| other == name) {
                let failure = Failure::usage(format!("a second file would be named `{name}`"));
                return Err(failure.help("overlays are copied into one folder: rename one of them"));
            }
            copies.files.push(name.to_owned());
        }
        Ok(copies)
    }

    /// A configuration that lists them. Keys without a table come before all tables.
    pub(super) fn listed_in(&self, config: &str) -> String {
        if self.files.is_empty() {
            return config.to_owned();
        }
        let names: Vec<String> = self
            .files
            .iter()
            .map(|name| toml::Value::from(name.as_str()).to_string())
            .collect();
        let line = format!("overlays = [{}]", names.join(", "));
        match config.split_once("\n\n") {
            Some((comment, tables)) => format!("{comment}\n\n{line}\n\n{tables}"),
            None => format!("{line}\n\n{config}"),
        }
    }

    /// The same, called as the copies are.
    pub(super) fn beside(&self, api: &Api, workspace: &Path) -> Overlays {
        let mut beside = Overlays::default();
        for (name, source) in self.files.iter().zip(self.texts.sources()) {
            let path = api.spec.with_file_name(name);
            beside.push(input::shown(&path, workspace), source.text.to_owned());
        }
        beside
    }
}
