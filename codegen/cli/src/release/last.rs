//! The last release.

use std::path::Path;

use crate::diff::sides::Git;
use crate::failure::Failure;

use super::version;

/// The revision of the last release: the one that is named, or the newest tag that leads here.
pub(super) fn release(
    git: &Git<'_>,
    name: &str,
    is_first: bool,
    since: Option<&str>,
) -> Result<Option<String>, Failure> {
    if let Some(revision) = since {
        git.resolve(revision)?;
        return Ok(Some(revision.to_owned()));
    }
    if git
        .output(&["rev-parse", "--verify", "--quiet", "HEAD"])?
        .is_none()
    {
        let folder = git.workspace.display();
        let failure = Failure::usage(format!(
            "`{folder}` isn't in a git repository with a commit"
        ));
        return Err(failure
            .note("releases are compared with revisions of git")
            .help("commit it first, as by `git init`, `git add --all` and `git commit`"));
    }
    let listed = git
        .output(&["tag", "--list", "--merged", "HEAD"])?
        .unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let tags: Vec<&str> = listed.lines().collect();
    Ok(newest(&tags, name, is_first).map(str::to_owned))
}

/// The tag of the highest version: `NAME-v1.2.3`, or for the first API of the project `v1.2.3` where
/// no tag has the name.
fn newest<'a>(tags: &[&'a str], name: &str, is_first: bool) -> Option<&'a str> {
    let own = format!("{name}-v");
    let newest = |prefix: &str| {
        let versions = tags.iter().filter_map(|&tag| {
            let numbers = version::numbers(tag.strip_prefix(prefix)?)?;
            Some((numbers, tag))
        });
        versions.max().map(|(_, tag)| tag)
    };
    newest(&own).or_else(|| newest("v").filter(|_| is_first))
}

/// Whether the emitted code differs from that of a revision.
pub(super) fn code_differs(git: &Git<'_>, revision: &str, out: &Path) -> Result<bool, Failure> {
    let source = out.join("src").display().to_string();
    let arguments = [
        "diff",
        "--name-only",
        "--end-of-options",
        revision,
        "--",
        &source,
    ];
    let differs = git.output(&arguments)?;
    Ok(differs.is_some_and(|names| !names.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_tag_is_the_highest_version() {
        let tags = [
            "v0.9.0",
            "pets-v0.10.0",
            "pets-v0.9.9",
            "pets-vnext",
            "other-v3.0.0",
        ];
        assert_eq!(newest(&tags, "pets", true), Some("pets-v0.10.0"));
        assert_eq!(newest(&tags, "ships", true), Some("v0.9.0"));
        assert_eq!(newest(&tags, "ships", false), None);
        assert_eq!(newest(&[], "pets", true), None);
    }
}
