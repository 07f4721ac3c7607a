//! Crates that the configuration names, and the manifest doesn't have.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::config::{Attribute, Config, External, FormatType};
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::Form;
use crate::pointer::push;

/// What a path can begin with anywhere, and the dependencies of every emitted crate.
const KNOWN: [&str; 10] = [
    "alloc",
    "bytes",
    "core",
    "crate",
    "reqwest",
    "self",
    "serde",
    "serde_json",
    "std",
    "super",
];

/// Warnings about types, functions and derives of crates that aren't dependencies. A module is in somebody else's crate,
/// whose manifest isn't known.
pub(super) fn warnings(config: &Config) -> Vec<Diagnostic> {
    if config.package.form == Form::Module {
        return Vec::new();
    }
    let mut search = Search {
        known: dependencies(&config.manifest),
        found: Vec::new(),
    };
    for (format, ty) in &config.formats {
        if let FormatType::External(external) = ty {
            search.external(external, &push("/formats", format));
        }
    }
    search.derives(&config.derives, "/types/derive");
    for (name, ty) in &config.types {
        let pointer = push("/types", name);
        if let Some(external) = &ty.external {
            search.external(external, &push(&pointer, "type"));
        }
        search.derives(&ty.derives, &push(&pointer, "derive"));
        for (property, field) in &ty.fields {
            if let Some(external) = &field.external {
                let field = push(&push(&pointer, "fields"), property);
                search.external(external, &push(&field, "type"));
            }
        }
    }
    search.found
}

/// The names of the crates of a manifest, as paths have them.
fn dependencies(manifest: &Map<String, Value>) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(Value::as_object);
    let tables = targets.into_iter().flat_map(Map::values);
    let tables = tables.filter_map(Value::as_object).chain([manifest]);
    let dependencies = tables.filter_map(|it| it.get("dependencies")?.as_object());
    let names = dependencies.flat_map(Map::keys);
    names.map(|name| name.replace('-', "_")).collect()
}

struct Search {
    known: BTreeSet<String>,
    found: Vec<Diagnostic>,
}

impl Search {
    fn external(&mut self, external: &External, at: &str) {
        self.path(&external.path, at);
        if let Some(blank) = &external.blank {
            self.path(blank, at);
        }
    }

    fn derives(&mut self, derives: &[Attribute], at: &str) {
        for derive in derives {
            self.path(&derive.text, at);
        }
    }

    /// The crates that a path begins with, and those in its generic arguments.
    fn path(&mut self, path: &str, at: &str) {
        let is_end = |it: char| !it.is_alphanumeric() && it != '_' && it != ':';
        for part in path.split(is_end) {
            let Some((first, _)) = part.split_once("::").filter(|(first, _)| !first.is_empty())
            else {
                continue;
            };
            // What was told of once is known, too.
            if KNOWN.contains(&first) || !self.known.insert(first.to_owned()) {
                continue;
            }
            let message = format!(
                "`{path}` needs the crate `{first}`, which `[manifest.dependencies]` doesn't have"
            );
            let help = format!(
                "add it to `[manifest.dependencies]`, as in `{first} = {{ version = \"1\", features = [\"serde\"] }}`"
            );
            let warning = Diagnostic::warning(
                WarningCode::MissingDependency,
                Origin::Config,
                at.to_owned(),
                message,
            );
            self.found.push(warning.help(help));
        }
    }
}
