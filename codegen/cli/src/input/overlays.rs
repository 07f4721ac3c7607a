//! The overlays of a description: those of its configuration, then those of the command line.

use std::path::{Component, Path, PathBuf};

use codegen::{Config, Source};

use super::{Purpose, folder_of, read, shown};
use crate::failure::Failure;

/// The names and texts of overlays, in the order in which they are applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Overlays {
    texts: Vec<(String, String)>,
}

impl Overlays {
    /// Reads those that a configuration lists, by paths from its folder, and those that are given.
    pub(crate) fn read(
        config_path: &Path,
        config: Source<'_>,
        given: &[PathBuf],
        workspace: &Path,
    ) -> Result<Self, Failure> {
        let mut overlays = Self::default();
        let listed = files(config_path, config);
        let count = listed.len();
        for (index, path) in listed.iter().chain(given).enumerate() {
            let text = text(path, config).map_err(|failure| {
                if index < count {
                    failure.note(format!(
                        "it is listed under `overlays` in `{}`",
                        config.name
                    ))
                } else {
                    failure
                }
            })?;
            overlays.push(shown(path, workspace), text);
        }
        Ok(overlays)
    }

    /// Adds one behind the others.
    pub(crate) fn push(&mut self, name: String, text: String) {
        self.texts.push((name, text));
    }

    /// What messages call the overlay of this number.
    pub(crate) fn name(&self, number: usize) -> Option<&str> {
        self.texts.get(number).map(|(name, _)| name.as_str())
    }

    /// The texts as the generator takes them.
    pub(crate) fn sources(&self) -> Vec<Source<'_>> {
        let texts = self.texts.iter();
        texts.map(|(name, text)| Source { name, text }).collect()
    }
}

/// The files that a configuration lists.
///
/// What is wrong with it is told when it is used. Until it is mended, those that are there are applied all the same: what
/// they mend would be told else.
pub(crate) fn files(config_path: &Path, config: Source<'_>) -> Vec<PathBuf> {
    let folder = folder_of(config_path);
    let below = |file: String| {
        if folder == Path::new(".") {
            PathBuf::from(file)
        } else {
            folder.join(file)
        }
    };
    if let Ok(read) = Config::read(config) {
        return read.overlays.into_iter().map(below).collect();
    }
    let table: toml::Table = config.text.parse().unwrap_or_default();
    let listed = table.get("overlays").and_then(toml::Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(toml::Value::as_str);
    let listed = listed.map(|file| below(file.to_owned()));
    listed.filter(|path| path.is_file()).collect()
}

/// What a configuration lists, as it is written.
pub(crate) fn listed(config: Source<'_>) -> Vec<String> {
    Config::read(config).unwrap_or_default().overlays
}

/// The text of an overlay, which may be as long as a description.
pub(crate) fn text(path: &Path, config: Source<'_>) -> Result<String, Failure> {
    let limits = Config::read(config).unwrap_or_default().limits;
    read(path, Purpose::Overlay, limits.bytes())
}

/// A path with `/` from a folder, without `.` and `..`, as git names files; nothing where it leads out of the
/// repository.
pub(crate) fn in_git(folder: &str, path: &str) -> Option<String> {
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::ParentDir => {
                names.pop()?;
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_from_the_folder_of_the_configuration() {
        let config = Source {
            name: "sdk.toml",
            text: "overlays = [\"fix.yaml\", \"../b.json\"]\n",
        };
        let found = files(Path::new("/project/spec/sdk.toml"), config);
        assert_eq!(
            found,
            ["/project/spec/fix.yaml", "/project/spec/../b.json"].map(PathBuf::from)
        );
        assert_eq!(
            files(Path::new("sdk.toml"), config)[0],
            Path::new("fix.yaml")
        );
        assert_eq!(
            in_git("spec/pets", "../b.json").as_deref(),
            Some("spec/b.json")
        );
        assert_eq!(in_git("", "./fix.yaml").as_deref(), Some("fix.yaml"));
        assert_eq!(in_git("spec", "../../b.json"), None);
    }

    #[test]
    fn a_configuration_with_a_mistake_still_lists_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("fix.yaml");
        std::fs::write(&there, "").unwrap();
        let config = Source {
            name: "sdk.toml",
            text: "overlays = [\"fix.yaml\", \"gone.yaml\", 3]\ncolour = 1\n",
        };
        assert_eq!(files(&folder.path().join("sdk.toml"), config), [there]);
    }

    #[test]
    fn a_file_that_is_not_there_is_told_with_who_lists_it() {
        let folder = tempfile::tempdir().unwrap();
        let config = Source {
            name: "sdk.toml",
            text: "overlays = [\"gone.yaml\"]\n",
        };
        let path = folder.path().join("sdk.toml");
        let failure = Overlays::read(&path, config, &[], folder.path()).unwrap_err();
        assert!(
            failure.message.starts_with("no such overlay: `"),
            "{failure:?}"
        );
        assert!(
            failure.notes.iter().any(|note| note.contains("`sdk.toml`")),
            "{failure:?}"
        );
    }
}
