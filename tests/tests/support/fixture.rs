//! The fixtures: small documents, each about one feature.

use std::path::PathBuf;
use std::{fs, iter};

use codegen::{Diagnostic, Generated, Source};

/// A folder of `tests/fixtures`.
pub struct Fixture {
    /// The folder's name, which tells the feature.
    pub name: String,
    spec: String,
    config: String,
}

/// A configuration that keeps unused types, on a line of its own behind all others.
fn keeping_unused(config: &str) -> String {
    let setting = "keep-unused = true\n";
    if config.contains("[types]\n") {
        config.replace("[types]\n", &format!("[types]\n{setting}"))
    } else {
        format!("{config}\n[types]\n{setting}")
    }
}

/// A configuration by which tags name resources, where it doesn't say what does.
fn named_by_tag(config: String) -> String {
    if config.contains("[names]\n") {
        config
    } else {
        format!("{config}\n[names]\nby = \"tag\"\n")
    }
}

impl Fixture {
    /// Reads the fixture of this name. Types that nothing uses are kept: small documents have
    /// types to be looked at, not to be called with. Their paths are as short as can be, so names come
    /// from tags, save for the fixtures that are about names.
    pub fn read(name: &str) -> Self {
        let folder = root().join(name);
        let text = |file| fs::read_to_string(folder.join(file));
        Self {
            name: name.to_owned(),
            spec: text("openapi.yaml").expect("a fixture has an openapi.yaml"),
            config: named_by_tag(keeping_unused(&text("sdk.toml").unwrap_or_default())),
        }
    }

    /// Runs the generator, which has to succeed.
    pub fn generate(&self) -> Generated {
        codegen::generate(self.spec(), self.config()).unwrap_or_else(|diagnostics| {
            panic!(
                "{}: no crate is made\n{}",
                self.name,
                self.render(&diagnostics)
            )
        })
    }

    /// The diagnostics as a user reads them, an empty line between two.
    pub fn render(&self, diagnostics: &[Diagnostic]) -> String {
        let render = |it| codegen::render(it, self.spec(), self.config(), false);
        diagnostics
            .iter()
            .map(render)
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// The description.
    pub fn spec(&self) -> Source<'_> {
        Source {
            name: "openapi.yaml",
            text: &self.spec,
        }
    }

    /// Its configuration.
    pub fn config(&self) -> Source<'_> {
        Source {
            name: "sdk.toml",
            text: &self.config,
        }
    }
}

/// The files of modules that are written by hand, below `src/`: those of a folder `custom`.
#[allow(dead_code, reason = "not every test compiles fixtures")]
pub fn own_modules(name: &str) -> Vec<(String, String)> {
    let folder = root().join(name).join("custom");
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| {
            let path = entry.expect("a readable entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a file in UTF-8");
            (format!("custom/{name}"), text)
        })
        .collect();
    files.sort();
    files
}

/// The names of all fixtures, sorted.
pub fn names() -> Vec<String> {
    let folders = fs::read_dir(root()).expect("tests/fixtures is a folder");
    let mut names: Vec<String> = folders
        .map(|entry| entry.expect("a readable entry").file_name())
        .map(|name| name.into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    names
}

/// The folder of all fixtures.
pub fn root() -> PathBuf {
    iter::once(env!("CARGO_MANIFEST_DIR"))
        .chain(["fixtures"])
        .collect()
}
