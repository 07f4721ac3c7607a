//! The list of the workspace's members, in its manifest.

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, RawString, Value};

use crate::failure::Failure;
use crate::line_ends;

/// The manifest of a workspace or of a crate.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// What the crate of a new API becomes a part of.
#[derive(Debug)]
pub(crate) enum Members {
    /// The project is a workspace.
    Workspace {
        /// Its manifest.
        path: PathBuf,
        text: String,
    },
    /// The project is a crate, whose manifest has no members.
    Crate,
    /// A folder above the project is a workspace.
    Above {
        /// Its manifest.
        path: PathBuf,
    },
    /// Neither.
    Nothing,
}

impl Members {
    /// Reads the manifest of a project, if it has one.
    pub(crate) fn read(project: &Path) -> Result<Self, Failure> {
        let path = project.join(MANIFEST);
        if !path.exists() {
            let above = project.ancestors().skip(1).map(|it| it.join(MANIFEST));
            let mut workspaces =
                above.filter(|it| fs::read_to_string(it).is_ok_and(|it| is_workspace(&it)));
            return Ok(workspaces
                .next()
                .map_or(Self::Nothing, |path| Self::Above { path }));
        }
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::work(format!("can't read `{}`: {error}", path.display())))?;
        if is_workspace(&text) {
            Ok(Self::Workspace { path, text })
        } else {
            Ok(Self::Crate)
        }
    }

    /// The manifest's path and its text with one more member, where the project is a workspace.
    pub(super) fn with(&self, member: &str) -> Result<Option<Manifest>, Failure> {
        let Self::Workspace { path, text } = self else {
            return Ok(None);
        };
        let text = with_member(text, member).ok_or_else(|| {
            Failure::work(format!(
                "can't add `{member}` to the members of `{}`",
                path.display()
            ))
            .help("write them as an array of strings: `members = [\"generated\"]` under `[workspace]`")
        })?;
        Ok(Some(Manifest {
            path: path.clone(),
            text,
        }))
    }

    /// What is left to do for a crate, in a sentence.
    pub(crate) fn hint(&self, member: &str) -> Option<String> {
        match self {
            Self::Workspace { .. } | Self::Nothing => None,
            Self::Crate => Some(format!(
                "Cargo.toml is not changed: `cargo add --path {member}` makes the crate a dependency"
            )),
            Self::Above { path } => Some(format!(
                "`{}` is outside of the project and not changed: add the folder `{member}` of the project to its \
                 `members`",
                path.display()
            )),
        }
    }

    /// The folders of the members.
    pub(super) fn folders(&self) -> Vec<String> {
        let Self::Workspace { text, .. } = self else {
            return Vec::new();
        };
        let root = text.parse::<DocumentMut>().ok();
        let members = root
            .as_ref()
            .and_then(|root| members(root.get("workspace")?));
        let names = members.into_iter().flat_map(Array::iter);
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

/// Whether a manifest is that of a workspace; one that can't be read is taken for one, so that its error
/// is reported.
fn is_workspace(manifest: &str) -> bool {
    manifest
        .parse::<DocumentMut>()
        .map_or(true, |root| root.contains_key("workspace"))
}

/// A manifest as it is to be.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// The list of members of a workspace, where all of them are strings.
fn members(workspace: &Item) -> Option<&Array> {
    let list = workspace.as_table_like()?.get("members")?.as_array()?;
    list.iter().all(Value::is_str).then_some(list)
}

/// A manifest with one more member, behind those that have the same first folder; everything else is
/// as it was. `None` if it has no list of members, or one that can't be added to.
fn with_member(text: &str, member: &str) -> Option<String> {
    let mut root: DocumentMut = text.parse().ok()?;
    members(root.get("workspace")?)?;
    let workspace = root.get_mut("workspace")?.as_table_like_mut()?;
    let list = workspace.get_mut("members")?.as_array_mut()?;
    if list.iter().any(|item| item.as_str() == Some(member)) {
        return Some(text.to_owned());
    }
    let first = |name: &str| name.split('/').next().map(str::to_owned);
    let is_beside = |item: &Value| item.as_str().and_then(first) == first(member);
    let beside = (0..list.len()).rfind(|index| list.get(*index).is_some_and(is_beside));
    let index = beside.map_or(list.len(), |index| index + 1);
    let mut added = Value::from(member);
    if let Some(sibling) = list.get(index.saturating_sub(1)) {
        added
            .decor_mut()
            .set_prefix(indentation(sibling, index == 1));
    }
    // What follows the last item stands before the closing bracket, and stays there.
    let end = list
        .get(index.wrapping_sub(1))
        .filter(|_| index == list.len());
    if let Some(suffix) = end.and_then(|item| item.decor().suffix()).cloned() {
        added.decor_mut().set_suffix(suffix);
        if let Some(last) = list.get_mut(index - 1) {
            last.decor_mut().set_suffix("");
        }
    }
    list.insert_formatted(index, added);
    Some(line_ends::like(text, &root.to_string()))
}

/// What stands before an item that follows another: the start of a line of its own, or a space.
fn indentation(sibling: &Value, is_first: bool) -> String {
    let before = sibling.decor().prefix().and_then(RawString::as_str);
    let before = before.unwrap_or_default();
    match before.rfind('\n') {
        Some(line) => before[line..].to_owned(),
        None if is_first || before.is_empty() => " ".to_owned(),
        None => before.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_comes_behind_its_like() {
        let text =
            "[workspace]\nmembers = [\"codegen\", \"generated\", \"tests\"] # all\n\n[a]\nb = 1\n";
        let one = with_member(text, "generated/pets").unwrap();
        assert_eq!(
            one,
            "[workspace]\nmembers = [\"codegen\", \"generated\", \"generated/pets\", \"tests\"] # all\n\n[a]\nb = 1\n"
        );
        assert_eq!(with_member(&one, "generated/pets").unwrap(), one);
        let two = with_member(&one, "generated/zoo").unwrap();
        assert!(two.contains("\"generated/pets\", \"generated/zoo\", \"tests\""));
    }

    #[test]
    fn the_layout_stays() {
        let lines =
            "workspace.members = [\n    # Ours.\n    \"generated\", # the first\n    \"x\",\n]\n";
        assert_eq!(
            with_member(lines, "generated/zoo").unwrap(),
            "workspace.members = [\n    # Ours.\n    \"generated\",\n    \"generated/zoo\", # the first\n    \"x\",\n]\n"
        );
        let windows = "[workspace]\r\nmembers = [\r\n\t\"x\"\r\n]\r\n";
        assert_eq!(
            with_member(windows, "y").unwrap(),
            "[workspace]\r\nmembers = [\r\n\t\"x\",\r\n\t\"y\"\r\n]\r\n"
        );
        assert_eq!(
            with_member("[workspace]\nmembers = []\n", "y").unwrap(),
            "[workspace]\nmembers = [\"y\"]\n"
        );
    }

    #[test]
    fn what_is_no_list_of_members_is_left_alone() {
        for text in [
            "",
            "[workspace]",
            "[workspace]\nmembers = 1",
            "workspace = 1",
            "a = [",
            "[workspace]\nmembers = [1]",
        ] {
            assert_eq!(with_member(text, "y"), None, "{text}");
        }
    }
}
