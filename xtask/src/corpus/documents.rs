//! Which descriptions a folder holds, and what they are called.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::internal::failure::Failure;

/// Endings of files that can hold a description.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// Name of the configuration beside a description.
const CONFIG: &str = "sdk.toml";

/// A description and what it is called in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// Its name, which no other description of the run has.
    pub(crate) name: String,
    /// The file.
    pub(crate) spec: PathBuf,
    /// Its configuration, if it has one.
    pub(crate) config: Option<PathBuf>,
}

/// All descriptions below a folder, sorted by name.
///
/// A description is a YAML or JSON file that speaks of a key `openapi` or `swagger`; all else, and
/// what hidden folders hold, is passed over. It is called by its path without the ending, or by
/// its folder where it is alone in it; only then is an `sdk.toml` beside it taken for its
/// configuration.
///
/// # Errors
///
/// There is no such folder, it can't be read, or it holds no description.
pub(crate) fn find(folder: &Path) -> Result<Vec<Document>, Failure> {
    let shown = folder.display();
    if !folder.exists() {
        return Err(Failure::usage(format!("no such folder: `{shown}`"))
            .help("specify the folder that contains the descriptions"));
    }
    if !folder.is_dir() {
        return Err(Failure::usage(format!("`{shown}` is not a folder"))
            .help("for a single description, specify its folder and `--only NAME`"));
    }
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    let documents = named(folder, files);
    if documents.is_empty() {
        return Err(
            Failure::usage(format!("no OpenAPI description in `{shown}`")).help(
                "descriptions are .yaml, .yml or .json files with the key `openapi` at their root",
            ),
        );
    }
    Ok(documents)
}

/// Those of the descriptions that one of the patterns means.
///
/// # Errors
///
/// A pattern means none of them.
pub(crate) fn only(
    documents: Vec<Document>,
    patterns: &[String],
) -> Result<Vec<Document>, Failure> {
    if patterns.is_empty() {
        return Ok(documents);
    }
    for pattern in patterns {
        if !documents.iter().any(|it| matches(pattern, &it.name)) {
            let near: Vec<String> = documents
                .iter()
                .filter(|it| it.name.contains(pattern.trim_matches('*')))
                .take(5)
                .map(|it| format!("`{}`", it.name))
                .collect();
            let failure = Failure::usage(format!("no description is named `{pattern}`"));
            return Err(if near.is_empty() {
                failure.help("names are paths without the extension; `*` matches any text")
            } else {
                failure.help(format!("similar names: {}", near.join(", ")))
            });
        }
    }
    let wanted = |it: &Document| patterns.iter().any(|pattern| matches(pattern, &it.name));
    Ok(documents.into_iter().filter(wanted).collect())
}

/// Whether a pattern, in which `*` stands for any text, means a name.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = rest.split('*').collect();
    let Some((last, middle)) = parts.split_last() else {
        return true;
    };
    for part in middle {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

/// Adds the descriptions below a folder. Links to folders aren't followed: they can lead back.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let cannot = |path: &Path, error: &std::io::Error| {
        Failure::usage(format!("can't read `{}`: {error}", path.display()))
    };
    for entry in fs::read_dir(folder).map_err(|error| cannot(folder, &error))? {
        let entry = entry.map_err(|error| cannot(folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| cannot(&path, &error))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            collect(&path, files)?;
        } else if has_ending(&path) && path.is_file() {
            let bytes = fs::read(&path).map_err(|error| cannot(&path, &error))?;
            if speaks_of_openapi(&String::from_utf8_lossy(&bytes)) {
                files.push(path);
            }
        }
    }
    Ok(())
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// Whether a text has a key `openapi` or `swagger`, however broken the rest is.
fn speaks_of_openapi(text: &str) -> bool {
    ["openapi", "swagger"].iter().any(|key| {
        text.match_indices(key).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + key.len()..].trim_start_matches(['"', '\'']);
            matches!(before, None | Some('"' | '\'' | '\n' | '{' | '\u{feff}'))
                && after.trim_start().starts_with(':')
        })
    })
}

/// Gives each file a name of its own.
fn named(folder: &Path, mut files: Vec<PathBuf>) -> Vec<Document> {
    files.sort();
    let mut in_folder: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for file in &files {
        *in_folder.entry(parent(file)).or_default() += 1;
    }
    let mut wanted: Vec<String> = Vec::with_capacity(files.len());
    for file in &files {
        let home = parent(file);
        let is_alone = in_folder.get(&home) == Some(&1) && home != folder;
        let path = if is_alone {
            home
        } else {
            file.with_extension("")
        };
        wanted.push(below(folder, &path));
    }
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &wanted {
        *times.entry(name).or_default() += 1;
    }
    let mut documents: Vec<Document> = files
        .iter()
        .zip(&wanted)
        .map(|(file, name)| {
            let is_alone = in_folder.get(&parent(file)) == Some(&1);
            let config = file.with_file_name(CONFIG);
            Document {
                // Two files that differ in their endings only are told apart by these.
                name: if times.get(name.as_str()) == Some(&1) {
                    name.clone()
                } else {
                    below(folder, file)
                },
                spec: file.clone(),
                config: (is_alone && config.is_file()).then_some(config),
            }
        })
        .collect();
    documents.sort_by(|left, right| left.name.cmp(&right.name));
    documents
}

fn parent(file: &Path) -> PathBuf {
    file.parent().map(Path::to_owned).unwrap_or_default()
}

/// A path below the folder, with `/` between its parts.
fn below(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts = below.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn each_description_gets_a_name_of_its_own() {
        let folder = corpus(&[
            ("b.yaml", "openapi: 3.0.0"),
            ("a.json", r#"{"openapi": "3.0.0"}"#),
            ("two.json", r#"{ "swagger" : "2.0"}"#),
            ("two.yaml", "# broken\nopenapi: ["),
            ("pets/openapi.yml", "'openapi': 3.1.0"),
            ("pets/values.json", "{}"),
            ("pets/sdk.toml", ""),
            (".git/c.yaml", "openapi: 3.0.0"),
            ("notes.txt", "openapi: 3.0.0"),
            ("about.json", r#"{"text": "uses openapi"}"#),
            ("sdk.toml", ""),
        ]);
        let found = find(folder.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "pets", "two.json", "two.yaml"]);
        let configured: Vec<bool> = found.iter().map(|it| it.config.is_some()).collect();
        assert_eq!(configured, [false, false, true, false, false]);
    }

    #[test]
    fn a_folder_without_descriptions_is_told() {
        let folder = corpus(&[("a.json", "{}")]);
        let reported = find(folder.path()).unwrap_err();
        assert!(reported.message.starts_with("no OpenAPI description in"));
        let reported = find(&folder.path().join("b")).unwrap_err();
        assert!(reported.message.starts_with("no such folder"));
        let reported = find(&folder.path().join("a.json")).unwrap_err();
        assert!(reported.message.ends_with("is not a folder"));
    }

    #[test]
    fn names_are_chosen_by_patterns() {
        let document = |name: &str| Document {
            name: name.to_owned(),
            spec: PathBuf::new(),
            config: None,
        };
        let all = || vec![document("box-2024"), document("box-v2025"), document("ox")];
        let chosen = |patterns: &[&str]| {
            let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
            only(all(), &patterns).map(|documents| documents.len())
        };
        assert_eq!(chosen(&[]), Ok(3));
        assert_eq!(chosen(&["ox"]), Ok(1));
        assert_eq!(chosen(&["box-*", "*x"]), Ok(3));
        assert_eq!(chosen(&["b*2*5"]), Ok(1));
        assert_eq!(chosen(&["b**"]), Ok(2));
        let reported = chosen(&["2024"]).unwrap_err();
        assert_eq!(reported.help.as_deref(), Some("similar names: `box-2024`"));
        assert!(chosen(&["ox", "pets"]).is_err());
    }
}
