//! `clientsmith.toml`: from its text to the project.

use std::path::{Path, PathBuf};

use codegen::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::inside::wrong_form;
use super::{Listed, Project};
use crate::failure::Failure;

const ROOT: [&str; 4] = ["spec", "generated", "workspaces", "apis"];
const API: [&str; 3] = ["spec", "config", "out"];

/// A file that is read, for its messages.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

/// The project that a text describes.
pub(super) fn project(root: &Path, path: &Path, text: &str) -> Result<Project, Failure> {
    let file = File { path, text };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.wrong(at, &format!("invalid TOML: {}", error.message()))
    })?;
    let table = table.get_ref();
    file.check_keys(table, &ROOT, "")?;
    let folder = |key: &str| {
        let path = table.get(key).map(|value| file.path(value, key));
        Ok(path.transpose()?.unwrap_or_else(|| PathBuf::from(key)))
    };
    Ok(Project {
        root: root.to_owned(),
        spec: folder("spec")?,
        generated: folder("generated")?,
        workspaces: workspaces(&file, table)?,
        listed: listed(&file, table)?,
    })
}

fn workspaces(file: &File<'_>, table: &DeTable<'_>) -> Result<Vec<PathBuf>, Failure> {
    let Some(value) = table.get("workspaces") else {
        return Ok(Vec::new());
    };
    let wrong = || {
        file.wrong(
            value.span().start,
            "`workspaces` has to be an array of folders",
        )
    };
    let folders = value.get_ref().as_array().ok_or_else(wrong)?;
    let folders = folders.iter().map(|it| file.path(it, "workspaces"));
    folders.collect()
}

fn listed(file: &File<'_>, table: &DeTable<'_>) -> Result<Vec<Listed>, Failure> {
    let Some(value) = table.get("apis") else {
        return Ok(Vec::new());
    };
    let tables = value.get_ref().as_table().ok_or_else(|| {
        let example = "`apis` has to be a table, as in `[apis.petstore]`";
        file.wrong(value.span().start, example)
    })?;
    let mut listed = Vec::new();
    for (name, value) in tables {
        let (at, name) = (name.span().start, name.get_ref().as_ref());
        if let Err((wrong, _)) = codegen::check_crate_name(name) {
            let message = format!("`{}` is not a valid name: it {wrong}", name.escape_debug());
            return Err(file.wrong(at, &message));
        }
        let api = value.get_ref().as_table().ok_or_else(|| {
            let message = format!("`apis.{name}` has to be a table");
            file.wrong(value.span().start, &message)
        })?;
        file.check_keys(api, &API, &format!("apis.{name}."))?;
        let path = |key: &str| {
            let value = api.get(key);
            let key = format!("apis.{name}.{key}");
            value.map(|it| file.path(it, &key)).transpose()
        };
        listed.push((
            at,
            Listed {
                name: name.to_owned(),
                spec: path("spec")?,
                config: path("config")?,
                out: path("out")?,
            },
        ));
    }
    // The first one is the default of commands, so their order is that of the text.
    listed.sort_by_key(|(at, _)| *at);
    Ok(listed.into_iter().map(|(_, it)| it).collect())
}

impl File<'_> {
    fn check_keys(&self, table: &DeTable<'_>, known: &[&str], before: &str) -> Result<(), Failure> {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let message = format!("unknown key `{before}{}`", name.escape_debug());
            let failure = self.wrong(key.span().start, &message);
            return Err(match nearest(name, known.iter().copied()) {
                Some(near) => failure.help(format!("did you mean `{before}{near}`?")),
                None => failure.help(format!("known keys: {}", known.join(", "))),
            });
        }
        Ok(())
    }

    /// A path below the project.
    fn path(&self, value: &Spanned<DeValue<'_>>, key: &str) -> Result<PathBuf, Failure> {
        let at = value.span().start;
        let Some(path) = value.get_ref().as_str() else {
            return Err(self.wrong(at, &format!("`{key}` has to be a string")));
        };
        match wrong_form(path) {
            None => Ok(Path::new(path).components().collect()),
            Some(why) => Err(self
                .wrong(at, &format!("the path `{}` {why}", path.escape_debug()))
                .help("paths of the project are relative to this file, without `..`")),
        }
    }

    fn wrong(&self, at: usize, message: &str) -> Failure {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        let path = self.path.display();
        Failure::usage(format!("{path}:{line}:{column}: {message}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Project, Failure> {
        project(Path::new("/project"), Path::new("clientsmith.toml"), text)
    }

    #[test]
    fn an_empty_file_has_the_defaults() {
        let project = read("").unwrap();
        assert_eq!(project.spec_folder(), Path::new("/project/spec"));
        assert_eq!(project.generated_folder(), Path::new("/project/generated"));
        assert!(project.listed.is_empty() && project.workspaces.is_empty());
    }

    #[test]
    fn what_a_new_project_gets_is_valid() {
        let text = include_str!("../init/clientsmith.toml");
        read(text).unwrap();
        let api = text.split_once("# [apis").unwrap().1.replace("\n# ", "\n");
        let project = read(&format!("[apis{api}")).unwrap();
        assert_eq!(project.listed[0].name, "petstore");
        assert_eq!(
            project.listed[0].out.as_deref(),
            Some(Path::new("crates/petstore"))
        );
    }

    #[test]
    fn apis_are_in_the_order_of_the_file() {
        let project = read("[apis.zoo]\nspec = 'z.yaml'\n[apis.ants]\n").unwrap();
        let names: Vec<&str> = project.listed.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["zoo", "ants"]);
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, message, help) in [
            (
                "spec = 's'\ngenerate = 'g'\n",
                "2:1: unknown key `generate`",
                "did you mean `generated`?",
            ),
            (
                "[apis.a]\nspecs = 's'\n",
                "2:1: unknown key `apis.a.specs`",
                "did you mean `apis.a.spec`?",
            ),
            (
                "generated = '../g'\n",
                "1:13: the path `../g` leads out of the project",
                "without `..`",
            ),
            (
                "apis.a.out = '/g'\n",
                "1:14: the path `/g` is not relative to the project",
                "relative to this file",
            ),
        ] {
            let failure = read(text).unwrap_err();
            assert_eq!(failure.message, format!("clientsmith.toml:{message}"));
            assert!(failure.help.unwrap().contains(help), "{text}");
        }
        for (text, message) in [
            ("spec = 1", "1:8: `spec` has to be a string"),
            (
                "workspaces = 'a'",
                "1:14: `workspaces` has to be an array of folders",
            ),
            (
                "apis = []",
                "1:8: `apis` has to be a table, as in `[apis.petstore]`",
            ),
            ("apis.a = 1", "1:10: `apis.a` has to be a table"),
            ("[apis.\"a b\"]", "1:7: `a b` is not a valid name: it "),
            ("spec", "1:"),
        ] {
            let failure = read(text).unwrap_err();
            let start = format!("clientsmith.toml:{message}");
            assert!(failure.message.starts_with(&start), "{}", failure.message);
        }
    }
}
