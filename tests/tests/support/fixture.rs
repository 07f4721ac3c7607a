//! The fixtures: small documents, each about one feature.

use std::path::{Path, PathBuf};
use std::{fs, iter};

use codegen::{Config, Description, Diagnostic, FileError, FileText, Generated, Resolver, Source};

/// A folder of `tests/fixtures`.
pub struct Fixture {
    /// The folder's name, which tells the feature.
    pub name: String,
    spec: String,
    config: String,
    /// The overlays that the configuration lists.
    overlays: Vec<Source<'static>>,
    /// What reads its other files, if it is a description in several.
    resolver: Option<Resolver<'static>>,
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

/// What reads the files in the folder of a fixture.
fn resolver(folder: &Path) -> Resolver<'static> {
    let folder = folder.to_owned();
    Resolver::new(move |path| {
        let text = fs::read_to_string(folder.join(path)).map_err(|error| FileError {
            message: format!("no such file: `{path}`: {error}"),
            help: None,
        })?;
        Ok(FileText::new(path, text))
    })
}

impl Fixture {
    /// Reads the fixture of this name. Types that nothing uses are kept: small documents have
    /// types to be looked at, not to be called with. Their paths are as short as can be, so names come
    /// from tags, save for the fixtures that are about names.
    pub fn read(name: &str) -> Self {
        let folder = root().join(name);
        let text = |file: &str| fs::read_to_string(folder.join(file));
        let config = text("sdk.toml").unwrap_or_default();
        let listed = Config::read(Source {
            name: "sdk.toml",
            text: &config,
        });
        let overlays = listed.unwrap_or_default().overlays.into_iter().map(|file| {
            let text = text(&file).expect("the overlays of a fixture are there");
            // The few of all fixtures may stay until the end of the tests.
            let (name, text) = (file.leak(), text.leak());
            Source { name, text }
        });
        Self {
            name: name.to_owned(),
            spec: text("openapi.yaml").expect("a fixture has an openapi.yaml"),
            overlays: overlays.collect(),
            resolver: folder.join("files").is_dir().then(|| resolver(&folder)),
            config: named_by_tag(keeping_unused(&config)),
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
    pub fn spec(&self) -> Description<'_> {
        let source = Source {
            name: "openapi.yaml",
            text: &self.spec,
        };
        Description {
            source,
            overlays: &self.overlays,
            resolver: self.resolver.as_ref(),
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
