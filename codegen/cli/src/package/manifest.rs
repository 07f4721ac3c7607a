//! What the manifest of a crate says of it.

use std::fs;
use std::path::Path;

use toml::{Table, Value};

use super::{manifest_of, shown};
use crate::failure::Failure;

/// The manifest of a crate.
pub(super) struct Manifest {
    /// The crate's name.
    pub(super) name: String,
    /// Its version.
    pub(super) version: String,
    root: Table,
}

impl Manifest {
    /// Reads that in a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = manifest_of(folder);
        let text = fs::read_to_string(&path).map_err(|error| {
            Failure::usage(format!("no crate in {}: {error}", shown(folder))).help(format!(
                "pass the folder of a generated crate, as in `{}`",
                crate::program::command("package --dir ../petstore")
            ))
        })?;
        let wrong = |what: String| Failure::usage(format!("{}: {what}", shown(&path)));
        let root: Table = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let of = |key: &str| {
            let value = root.get("package").and_then(|it| it.get(key));
            let value = value.and_then(Value::as_str).map(str::to_owned);
            value.ok_or_else(|| wrong(format!("`package.{key}` is not a string")))
        };
        let (name, version) = (of("name")?, of("version")?);
        Ok(Self {
            name,
            version,
            root,
        })
    }

    fn package(&self, key: &str) -> Option<&Value> {
        self.root.get("package")?.get(key)
    }

    /// What crates.io has a use for and doesn't get, in the words of `sdk.toml`.
    pub(super) fn wanting(&self) -> Vec<String> {
        [
            (
                "repository",
                "crates.io can't link to the source, and relative links in README.md are broken",
            ),
            ("keywords", "the crate is hard to find by searching"),
            ("categories", "the crate is in no category of crates.io"),
        ]
        .into_iter()
        .filter(|(key, _)| self.package(key).is_none())
        .map(|(key, why)| format!("`{key}` isn't set in `[package]` of sdk.toml: {why}"))
        .collect()
    }

    /// The names of the packages that it depends on, in the order of the manifest.
    pub(super) fn dependencies(&self) -> Vec<String> {
        let table = self.root.get("dependencies").and_then(Value::as_table);
        table
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect()
    }
}
