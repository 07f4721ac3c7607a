//! The changelog of a crate.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::failure::Failure;

/// The text of a changelog, empty where there is none.
pub(super) struct Changelog(String);

impl Changelog {
    /// Reads it.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self(String::new())),
            Err(error) => {
                let path = path.display();
                Err(Failure::work(format!("can't read `{path}`: {error}")))
            }
        }
    }

    /// Whether it has an entry for a version.
    pub(super) fn has(&self, version: &str) -> bool {
        self.0.lines().any(|line| is_heading_of(line, version))
    }

    /// The items of an entry that the one for this version lacks, as far as there is one: what has
    /// changed since it was written, or what somebody has put in other words.
    pub(super) fn lacking<'e>(&self, version: &str, entry: &'e str) -> Vec<&'e str> {
        let mut lines = self.0.lines();
        if !lines.any(|line| is_heading_of(line, version)) {
            return Vec::new();
        }
        let own: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
        let items = entry.lines().filter(|line| line.starts_with("- "));
        items.filter(|item| !own.contains(item)).collect()
    }

    /// The changelog with an entry above all others; none where it has one for this version, which
    /// somebody may have edited.
    pub(super) fn with(&self, name: &str, version: &str, entry: &str) -> Option<String> {
        if self.has(version) {
            return None;
        }
        if self.0.trim().is_empty() {
            return Some(format!(
                "# Changelog of {name}\n\n\
                 This crate follows [Semantic Versioning](https://semver.org), as Cargo applies it to \
                 versions below 1.0.0. The format of this file is based on \
                 [Keep a Changelog](https://keepachangelog.com).\n\n{entry}"
            ));
        }
        let first = self.0.find("\n## ").map_or(self.0.len(), |at| at + 1);
        let (head, entries) = self.0.split_at(first);
        let head = head.trim_end();
        let gap = if entries.is_empty() { "" } else { "\n" };
        Some(format!("{head}\n\n{entry}{gap}{entries}"))
    }
}

/// Whether a line is the heading of the entry for a version.
fn is_heading_of(line: &str, version: &str) -> bool {
    let Some(heading) = line.strip_prefix("## ") else {
        return false;
    };
    let name = heading.split([' ', '(']).next().unwrap_or_default();
    name.trim_matches(['[', ']']).trim_start_matches('v') == version
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_goes_above_all_others() {
        let none = Changelog(String::new());
        let first = none.with("pets", "0.1.0", "## 0.1.0\n\nFirst.\n").unwrap();
        assert!(first.starts_with("# Changelog of pets\n\n"), "{first}");
        assert!(first.ends_with("\n\n## 0.1.0\n\nFirst.\n"), "{first}");
        let log = Changelog(first);
        assert!(log.has("0.1.0") && !log.has("0.1"));
        let second = log.with("pets", "0.2.0", "## 0.2.0\n\nMore.\n").unwrap();
        assert!(
            second.ends_with("\n\n## 0.2.0\n\nMore.\n\n## 0.1.0\n\nFirst.\n"),
            "{second}"
        );
    }

    #[test]
    fn what_an_entry_lacks_is_known() {
        let log = Changelog("# C\n\n## 0.2.0\n\n- One.\n\n## 0.1.0\n\n- Two.\n".to_owned());
        assert_eq!(
            log.lacking("0.2.0", "## 0.2.0\n\n- One.\n- Two.\n"),
            ["- Two."]
        );
        assert!(log.lacking("0.3.0", "## 0.3.0\n\n- One.\n").is_empty());
    }

    #[test]
    fn an_entry_that_is_there_stays() {
        for heading in [
            "## 0.1.0",
            "## 0.1.0 (2026-01-31)",
            "## [0.1.0]",
            "## v0.1.0 by hand",
        ] {
            let log = Changelog(format!("# Changes\n\n{heading}\n\nMine.\n"));
            assert_eq!(log.with("pets", "0.1.0", "## 0.1.0\n"), None, "{heading}");
        }
    }
}
