//! The APIs of the project, by their names.
//!
//! The first one has `spec/` and `generated/` for itself. Each other has a folder of its name in
//! both: `spec/NAME/openapi.yaml` (or `.yml`, `.json`) with `spec/NAME/sdk.toml` beside it, and the
//! crate in `generated/NAME`.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Config, Source, nearest};

use crate::failure::Failure;

/// The endings that the description of an API may have.
pub(crate) const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// The description of the first API, in the folder of the workspace.
const FIRST: &str = "spec/batches.yaml";

/// An API of the project: what it is called, and where its files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Api {
    /// Its name on the command line: that of its crate for the first, of its folders for others.
    pub(crate) name: String,
    /// The OpenAPI description.
    pub(crate) spec: PathBuf,
    /// Its configuration, which need not be there.
    pub(crate) config: PathBuf,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
}

impl Api {
    /// An API that isn't in the project, whose description ends so.
    pub(crate) fn new(workspace: &Path, name: &str, ending: &str) -> Self {
        let folder = workspace.join("spec").join(name);
        Self {
            name: name.to_owned(),
            spec: folder.join(format!("openapi.{ending}")),
            config: folder.join("sdk.toml"),
            out: workspace.join("generated").join(name),
        }
    }

    /// The API that a command is about when none is named.
    pub(crate) fn first(workspace: &Path) -> Self {
        let spec = workspace.join(FIRST);
        let config = spec.with_file_name("sdk.toml");
        let text = super::config(&config).unwrap_or_default();
        let name = config.display().to_string();
        let source = Source {
            name: &name,
            text: &text,
        };
        let package = Config::read(source).unwrap_or_default().package;
        // Whatever is wrong with the configuration is told when it is used.
        let name = match package.name {
            name if name.is_empty() => "generated".to_owned(),
            name => name,
        };
        Self {
            name,
            spec,
            config,
            out: workspace.join("generated"),
        }
    }

    /// The API of a name.
    ///
    /// # Errors
    ///
    /// There is none of this name, or its folder has no description in it, or several.
    pub(crate) fn named(workspace: &Path, name: &str) -> Result<Self, Failure> {
        let first = Self::first(workspace);
        if first.name == name {
            return Ok(first);
        }
        let others = folders(workspace);
        if !others.iter().any(|other| other == name) {
            return Err(unknown(name, first.name, others));
        }
        let folder = workspace.join("spec").join(name);
        let mut files = ENDINGS.map(|ending| folder.join(format!("openapi.{ending}")));
        files.sort_by_key(|file| !file.is_file());
        let [spec, second, _] = files;
        let shown = super::shown(&folder, workspace);
        if !spec.is_file() {
            let failure = Failure::usage(format!("`{shown}` contains no description"));
            return Err(failure.help("add it as `openapi.yaml` or `openapi.json`"));
        }
        if second.is_file() {
            let failure = Failure::usage(format!("`{shown}` contains more than one description"));
            let names = [&spec, &second].map(|file| super::shown(file, workspace));
            return Err(failure
                .note(format!("found `{}` and `{}`", names[0], names[1]))
                .help("keep the intended one"));
        }
        Ok(Self {
            name: name.to_owned(),
            config: spec.with_file_name("sdk.toml"),
            spec,
            out: workspace.join("generated").join(name),
        })
    }

    /// The API of a name, or the first where none is given.
    ///
    /// # Errors
    ///
    /// Those of [`Api::named`].
    pub(crate) fn of(workspace: &Path, name: Option<&str>) -> Result<Self, Failure> {
        match name {
            Some(name) => Self::named(workspace, name),
            None => Ok(Self::first(workspace)),
        }
    }

    /// All of them: the first, then the others by name.
    ///
    /// # Errors
    ///
    /// Those of [`Api::named`].
    pub(crate) fn all(workspace: &Path) -> Result<Vec<Self>, Failure> {
        let first = Ok(Self::first(workspace));
        let others = folders(workspace).into_iter();
        [first]
            .into_iter()
            .chain(others.map(|name| Self::named(workspace, &name)))
            .collect()
    }
}

/// The names of the folders in `spec/`, sorted.
fn folders(workspace: &Path) -> Vec<String> {
    let entries = fs::read_dir(workspace.join("spec"));
    let mut names: Vec<String> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

fn unknown(name: &str, first: String, others: Vec<String>) -> Failure {
    let mut known = vec![first];
    known.extend(others);
    let failure = Failure::usage(format!(
        "no such API in this project: `{}`",
        name.escape_debug()
    ));
    if let Some(near) = nearest(name, known.iter().map(String::as_str)) {
        return failure.help(format!("did you mean `{near}`?"));
    }
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    failure.help(format!(
        "existing APIs: {}; `cargo xtask new` adds one",
        names.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir(project.path().join("spec")).unwrap();
        let config = "[package]\nname = \"pets\"\nversion = \"1.0.0\"\n";
        fs::write(project.path().join("spec/sdk.toml"), config).unwrap();
        for file in files {
            let file = project.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        project
    }

    #[test]
    fn the_first_has_the_folders_for_itself_and_others_one_in_each() {
        let project = project(&["spec/zoo/openapi.json", "spec/farm/openapi.yaml"]);
        let at = |path: &str| project.path().join(path);
        let first = Api::of(project.path(), None).unwrap();
        assert_eq!(first.name, "pets");
        assert_eq!(first.spec, at(FIRST));
        assert_eq!(first.config, at("spec/sdk.toml"));
        assert_eq!(first.out, at("generated"));
        assert_eq!(Api::named(project.path(), "pets"), Ok(first));
        let zoo = Api::of(project.path(), Some("zoo")).unwrap();
        assert_eq!(zoo.spec, at("spec/zoo/openapi.json"));
        assert_eq!(zoo.config, at("spec/zoo/sdk.toml"));
        assert_eq!(zoo.out, at("generated/zoo"));
        let all = Api::all(project.path()).unwrap();
        let names: Vec<_> = all.iter().map(|api| api.name.as_str()).collect();
        assert_eq!(names, ["pets", "farm", "zoo"]);
    }

    #[test]
    fn names_that_lead_nowhere_are_told() {
        let project = project(&[
            "spec/zoo/openapi.json",
            "spec/two/openapi.json",
            "spec/two/openapi.yaml",
            "spec/none/sdk.toml",
        ]);
        let told = |name: &str| Api::named(project.path(), name).unwrap_err();
        assert_eq!(told("zooh").help.as_deref(), Some("did you mean `zoo`?"));
        let far = told("somewhere-else").help.unwrap();
        assert!(
            far.starts_with("existing APIs: `pets`, `none`, `two`, `zoo`;"),
            "{far}"
        );
        for name in ["..", "../spec", "", "/", "batches.yaml"] {
            assert!(told(name).message.starts_with("no such API"), "{name}");
        }
        assert!(told("none").message.ends_with("contains no description"));
        assert!(told("two").notes[0].contains("openapi.json"));
    }
}
