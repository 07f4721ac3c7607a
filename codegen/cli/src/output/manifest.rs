//! The list of the files that earlier runs wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::write::STAGING;
use crate::failure::Failure;

/// Name of the manifest, in the folder of the crate.
pub(crate) const MANIFEST: &str = ".codegen-manifest";

const HEADER: &str = "\
# Written by `cargo xtask codegen`: the files of this folder that it owns.
# It updates and removes these, and leaves all others alone.
";

/// The text of a manifest that lists these files.
pub(super) fn text<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let sorted: BTreeSet<&str> = paths.into_iter().collect();
    let mut text = HEADER.to_owned();
    for path in sorted {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files that the manifest of a folder lists; `None` where there is no manifest.
///
/// A manifest that names anything but files below its folder is refused: files are removed by
/// its word.
pub(super) fn read(folder: &Path) -> Result<Option<BTreeSet<String>>, Failure> {
    let path = folder.join(MANIFEST);
    let cannot = |why: &dyn std::fmt::Display| {
        Failure::usage(format!("can't read `{}`: {why}", path.display()))
    };
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(&error)),
        Ok(metadata) if !metadata.is_file() => return Err(cannot(&"it is not a regular file")),
        Ok(_) => {}
    }
    let text = fs::read_to_string(&path).map_err(|error| cannot(&error))?;
    let mut paths = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(why) = wrong_path(line) {
            let line_number = index + 1;
            return Err(Failure::usage(format!(
                "`{}` lists `{}`, which {why}",
                path.display(),
                line.escape_debug()
            ))
            .note(format!("on line {line_number}"))
            .help("restore the file from version control, or empty the folder"));
        }
        paths.insert(line.to_owned());
    }
    Ok(Some(paths))
}

/// Why a path doesn't name a file below a folder in the one way in which it can be named, with
/// `/` between plain names. What is plain on one system is plain on all.
pub(super) fn wrong_path(path: &str) -> Option<&'static str> {
    /// Most bytes of a name, on nearly all file systems.
    const LONGEST: usize = 255;
    if path.starts_with('/') || path.contains(':') {
        return Some("is not relative");
    }
    if path.contains(['\\', '<', '>', '"', '|', '?', '*']) || path.contains(char::is_control) {
        return Some("contains a character that is invalid on some systems");
    }
    if path == MANIFEST || path.split('/').next() == Some(STAGING) {
        return Some("is reserved for this command");
    }
    for name in path.split('/') {
        match name {
            "" => return Some("contains an empty name"),
            "." | ".." => return Some("contains `.` or `..`"),
            _ if name != name.trim() || name.ends_with('.') => {
                return Some("contains a name that begins or ends with a space or ends with a dot");
            }
            _ if name.len() > LONGEST => return Some("contains a name of more than 255 bytes"),
            _ if is_device(name) => return Some("contains a reserved device name of Windows"),
            // Its files are programs and settings that are run.
            _ if name.eq_ignore_ascii_case(".git") => return Some("belongs to version control"),
            _ => {}
        }
    }
    None
}

/// Whether Windows takes a name for a device, whatever stands behind its first dot
/// ("Naming Files, Paths, and Namespaces" of its documentation).
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_lowercase();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device).map(str::chars);
        number.is_some_and(|mut it| {
            matches!(it.next(), Some('0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}'))
                && it.next().is_none()
        })
    };
    ["aux", "con", "conin$", "conout$", "nul", "prn"].contains(&&*stem)
        || numbered("com")
        || numbered("lpt")
}
