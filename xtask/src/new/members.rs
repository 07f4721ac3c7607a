//! The list of the workspace's members, in its manifest.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::failure::Failure;

/// The manifest of the workspace.
#[derive(Debug)]
pub(super) struct Members {
    path: PathBuf,
    text: String,
}

impl Members {
    pub(super) fn read(workspace: &Path) -> Result<Self, Failure> {
        let path = workspace.join("Cargo.toml");
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::work(format!("can't read `{}`: {error}", path.display())))?;
        Ok(Self { path, text })
    }

    /// The manifest's path and its text with one more member.
    pub(super) fn with(&self, member: &str) -> Result<Manifest, Failure> {
        let text = with_member(&self.text, member).ok_or_else(|| {
            Failure::work(format!(
                "can't add `{member}` to the members of `{}`",
                self.path.display()
            ))
            .help("write them as an array of strings: `members = [\"generated\"]` under `[workspace]`")
        })?;
        Ok(Manifest {
            path: self.path.clone(),
            text,
        })
    }

    /// The folders of the members.
    pub(super) fn folders(&self) -> Vec<String> {
        let found = parse(&self.text);
        let items = found.map(|(_, items)| items).unwrap_or_default();
        items.into_iter().map(|(name, _)| name).collect()
    }
}

/// A manifest as it is to be.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// The place of the list, and its items with theirs.
type List = (Range<usize>, Vec<(String, Range<usize>)>);

fn parse(text: &str) -> Option<List> {
    let root = DeTable::parse(text).ok()?;
    let DeValue::Table(workspace) = root.get_ref().get("workspace")?.get_ref() else {
        return None;
    };
    let list: &Spanned<DeValue<'_>> = workspace.get("members")?;
    let DeValue::Array(items) = list.get_ref() else {
        return None;
    };
    let item = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(name) => Some((name.to_string(), item.span())),
        _ => None,
    };
    let items = items.iter().map(item).collect::<Option<_>>()?;
    Some((list.span(), items))
}

/// A manifest with one more member, behind those that have the same first folder; everything else is
/// as it was. `None` if it has no list of members, or one that can't be added to.
fn with_member(text: &str, member: &str) -> Option<String> {
    let (list, items) = parse(text)?;
    if items.iter().any(|(name, _)| name == member) {
        return Some(text.to_owned());
    }
    let first = |name: &str| name.split('/').next().map(str::to_owned);
    let beside = items
        .iter()
        .rfind(|(name, _)| first(name) == first(member))
        .or(items.last());
    let written = toml::Value::String(member.to_owned()).to_string();
    let (at, added) = match beside {
        Some((_, span)) => (span.end, format!(",{}{written}", before(text, span.start))),
        None => (list.start + 1, written),
    };
    let mut longer = text.to_owned();
    longer.insert_str(at, &added);
    let names = |items: &[(String, Range<usize>)]| -> Vec<String> {
        items.iter().map(|(name, _)| name.clone()).collect()
    };
    let mut now = names(&parse(&longer)?.1);
    now.retain(|name| name != member);
    (now == names(&items)).then_some(longer)
}

/// What stands between a value and the one before it: the start of its line, or a space.
fn before(text: &str, start: usize) -> &str {
    let blank = text[..start].trim_end_matches([' ', '\t']);
    let blank = blank
        .strip_suffix('\n')
        .map(|it| it.strip_suffix('\r').unwrap_or(it));
    match blank {
        Some(line) => &text[line.len()..start],
        None => " ",
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
