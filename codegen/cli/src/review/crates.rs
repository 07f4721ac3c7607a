//! The two crates that are compared, each in a folder of its own.

use std::path::Path;

use crate::diff::sides::Git;
use crate::failure::Failure;
use crate::files;

/// Makes the crate as a revision has it; an empty folder where it has none.
pub(super) fn of_revision(
    git: &Git<'_>,
    revision: &str,
    out: &Path,
    to: &Path,
) -> Result<(), Failure> {
    files::fresh_folder(to)?;
    let below = git.below(out)?;
    let tree = format!("{revision}:{below}");
    let listed = git.output(&[
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        "--end-of-options",
        &tree,
    ])?;
    let listed = String::from_utf8(listed.unwrap_or_default())
        .map_err(|_| Failure::work(format!("`{tree}` has a file whose name is not UTF-8")))?;
    for name in listed.split_terminator('\0') {
        // What git lists is below the folder, and so is what is written.
        let path = to.join(name);
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        let object = format!("{tree}/{name}");
        let text = git.output(&["show", "--end-of-options", &object])?;
        let text = String::from_utf8_lossy(&text.unwrap_or_default()).into_owned();
        files::write(&path, &text)?;
    }
    Ok(())
}

/// Copies the crate as it is.
pub(super) fn of_folder(out: &Path, to: &Path) -> Result<(), Failure> {
    files::fresh_folder(to)?;
    files::copy_folder(out, to)
}
