//! The APIs of a project, by their names.
//!
//! Those that `clientsmith.toml` lists, and those that have a folder of their name with the description
//! in it: `spec/NAME/openapi.yaml` (or `.yml`, `.json`), with `spec/NAME/sdk.toml` beside it and the
//! crate in `generated/NAME`.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::nearest;

use super::inside::is_inside;
use super::{Listed, Project};
use crate::failure::Failure;
use crate::input;
use crate::program;

/// The endings that the description of an API may have.
pub(crate) const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// An API of the project: what it is called, and where its files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Api {
    /// Its name on the command line.
    pub(crate) name: String,
    /// The OpenAPI description.
    pub(crate) spec: PathBuf,
    /// Its configuration, which need not be there.
    pub(crate) config: PathBuf,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
}

impl Project {
    /// An API that isn't in the project, whose description ends so.
    pub(crate) fn new_api(&self, name: &str, ending: &str) -> Api {
        let folder = self.spec_folder().join(name);
        Api {
            name: name.to_owned(),
            spec: folder.join(format!("openapi.{ending}")),
            config: folder.join("sdk.toml"),
            out: self.generated_folder().join(name),
        }
    }

    /// The API that a command is about when none is named: the first that is listed, or the only one.
    ///
    /// # Errors
    ///
    /// There is none, or there are several and none is listed.
    pub(crate) fn first(&self) -> Result<Api, Failure> {
        let names = self.names();
        match names.as_slice() {
            [] => Err(Failure::usage("the project has no API").help(format!(
                "`{}` adds one",
                program::command("new NAME --spec FILE|URL")
            ))),
            [first, ..] if names.len() == 1 || !self.listed.is_empty() => self.named(first),
            _ => Err(
                Failure::usage("the project has several APIs, and none was named").help(format!(
                    "name one of {}, or list the default one first under `[apis]` in {}",
                    quoted(&names),
                    super::FILE
                )),
            ),
        }
    }

    /// Whether an API is the one that commands are about when none is named.
    pub(crate) fn is_first(&self, api: &Api) -> bool {
        self.first().is_ok_and(|first| first.name == api.name)
    }

    /// The API of a name.
    ///
    /// # Errors
    ///
    /// There is none of this name, or its folder has no description in it, or several.
    pub(crate) fn named(&self, name: &str) -> Result<Api, Failure> {
        let listed = self.listed.iter().find(|it| it.name == name);
        if listed.is_none() && !self.folders().iter().any(|other| other == name) {
            return Err(self.unknown(name));
        }
        let spec = match listed.and_then(|it| it.spec.as_ref()) {
            Some(spec) => self.root.join(spec),
            None => self.spec_in_folder(name)?,
        };
        let below = |path: Option<&PathBuf>| path.map(|it| self.root.join(it));
        Ok(Api {
            name: name.to_owned(),
            config: below(listed.and_then(|it| it.config.as_ref()))
                .unwrap_or_else(|| spec.with_file_name("sdk.toml")),
            out: below(listed.and_then(|it| it.out.as_ref()))
                .unwrap_or_else(|| self.generated_folder().join(name)),
            spec,
        })
    }

    /// The API of a name, or the first where none is given.
    ///
    /// # Errors
    ///
    /// Those of [`Project::named`] and [`Project::first`].
    pub(crate) fn api(&self, name: Option<&str>) -> Result<Api, Failure> {
        match name {
            Some(name) => self.named(name),
            None => self.first(),
        }
    }

    /// All of them: those that are listed, then the others by name.
    ///
    /// # Errors
    ///
    /// Those of [`Project::named`], and that there is none.
    pub(crate) fn all(&self) -> Result<Vec<Api>, Failure> {
        let names = self.names();
        if names.is_empty() {
            self.first()?;
        }
        names.iter().map(|name| self.named(name)).collect()
    }

    /// Refuses to write to a path of an API that links lead out of the project.
    pub(crate) fn must_be_inside(&self, path: &Path) -> Result<(), Failure> {
        if is_inside(&self.root, path) {
            return Ok(());
        }
        let shown = input::shown(path, &self.root);
        let failure = Failure::usage(format!("`{shown}` is outside of the project"));
        Err(failure
            .note(format!("the project is `{}`", self.root.display()))
            .help("symbolic links lead there; pass its path to `--out` if this is intended"))
    }

    /// The names of all APIs.
    fn names(&self) -> Vec<String> {
        let listed = self.listed.iter().map(|it| it.name.clone());
        listed.chain(self.folders()).collect()
    }

    /// The description in the folder of an API.
    fn spec_in_folder(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.spec_folder().join(name);
        let mut files = ENDINGS.map(|ending| folder.join(format!("openapi.{ending}")));
        files.sort_by_key(|file| !file.is_file());
        let [spec, second, _] = files;
        let shown = input::shown(&folder, &self.root);
        if !spec.is_file() {
            let failure = Failure::usage(format!("`{shown}` contains no description"));
            return Err(failure.help("add it as `openapi.yaml` or `openapi.json`"));
        }
        if second.is_file() {
            let failure = Failure::usage(format!("`{shown}` contains more than one description"));
            let names = [&spec, &second].map(|file| input::shown(file, &self.root));
            return Err(failure
                .note(format!("found `{}` and `{}`", names[0], names[1]))
                .help("keep the intended one"));
        }
        Ok(spec)
    }

    /// The names of the folders of descriptions that aren't listed, sorted.
    fn folders(&self) -> Vec<String> {
        let entries = fs::read_dir(self.spec_folder());
        let mut names: Vec<String> = entries
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.') && !self.is_listed(name))
            .collect();
        names.sort();
        names
    }

    /// Whether a folder of descriptions belongs to an API that is listed, by whatever name.
    fn is_listed(&self, folder: &str) -> bool {
        let path = self.spec.join(folder);
        let owns = |it: &Listed| match &it.spec {
            Some(spec) => spec.starts_with(&path),
            None => it.name == folder,
        };
        self.listed.iter().any(owns)
    }

    fn unknown(&self, name: &str) -> Failure {
        let known = self.names();
        let failure = Failure::usage(format!(
            "no such API in this project: `{}`",
            name.escape_debug()
        ));
        if let Some(near) = nearest(name, known.iter().map(String::as_str)) {
            return failure.help(format!("did you mean `{near}`?"));
        }
        let new = program::command("new");
        failure.help(match known.as_slice() {
            [] => format!("the project has none; `{new}` adds one"),
            known => format!("existing APIs: {}; `{new}` adds one", quoted(known)),
        })
    }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::FILE;
    use super::*;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir(project.path().join("spec")).unwrap();
        let listed = "[apis.pets]\nspec = \"spec/first.yaml\"\nout = \"generated\"\n";
        fs::write(project.path().join(FILE), listed).unwrap();
        for file in files {
            let file = project.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        project
    }

    #[test]
    fn a_listed_one_has_its_paths_and_others_a_folder_of_their_name() {
        let project = project(&["spec/zoo/openapi.json", "spec/farm/openapi.yaml"]);
        let at = |path: &str| project.path().join(path);
        let read = Project::read(project.path()).unwrap();
        let first = read.api(None).unwrap();
        assert_eq!(first.name, "pets");
        assert_eq!(first.spec, at("spec/first.yaml"));
        assert_eq!(first.config, at("spec/sdk.toml"));
        assert_eq!(first.out, at("generated"));
        assert_eq!(read.named("pets"), Ok(first));
        let zoo = read.api(Some("zoo")).unwrap();
        assert_eq!(zoo.spec, at("spec/zoo/openapi.json"));
        assert_eq!(zoo.config, at("spec/zoo/sdk.toml"));
        assert_eq!(zoo.out, at("generated/zoo"));
        let all = read.all().unwrap();
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
        let read = Project::read(project.path()).unwrap();
        let told = |name: &str| read.named(name).unwrap_err();
        assert_eq!(told("zooh").help.as_deref(), Some("did you mean `zoo`?"));
        let far = told("somewhere-else").help.unwrap();
        assert!(
            far.starts_with("existing APIs: `pets`, `none`, `two`, `zoo`;"),
            "{far}"
        );
        for name in ["..", "../spec", "", "/", "first.yaml"] {
            assert!(told(name).message.starts_with("no such API"), "{name}");
        }
        assert!(told("none").message.ends_with("contains no description"));
        assert!(told("two").notes[0].contains("openapi.json"));
    }
}
