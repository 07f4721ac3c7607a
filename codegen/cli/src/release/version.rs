//! The version in a configuration, and days.

use codegen::Step;
use toml_edit::{DocumentMut, Item, TomlError, Value};

use crate::diff::sides::Text;
use crate::failure::Failure;
use crate::line_ends;

/// The version that a configuration gives its crate.
pub(super) struct Version {
    pub(super) text: String,
    /// The configuration that gives it, as it was read.
    config: String,
    /// The same to be edited.
    root: DocumentMut,
}

impl Version {
    /// Finds it.
    pub(super) fn find(config: &Text) -> Result<Self, Failure> {
        let name = &config.name;
        let root: DocumentMut = config.text.parse().map_err(|error: TomlError| {
            let message = format!("`{name}` is not valid TOML: {}", error.message());
            Failure::work(message).help(format!(
                "`{}` shows where",
                crate::program::command("codegen")
            ))
        })?;
        let version = root.get("package").and_then(|it| it.get("version"));
        let text = version
            .and_then(Item::as_str)
            .ok_or_else(|| missing(name))?;
        Ok(Self {
            text: text.to_owned(),
            config: config.text.clone(),
            root,
        })
    }

    /// The configuration with another version, and nothing else changed.
    pub(super) fn replaced(&self, version: &str) -> String {
        if self.text == version {
            return self.config.clone();
        }
        let mut root = self.root.clone();
        let package = root.get_mut("package");
        if let Some(Item::Value(old)) = package.and_then(|it| it.get_mut("version")) {
            let mut new = Value::from(version);
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        line_ends::like(&self.config, &root.to_string())
    }
}

fn missing(name: &str) -> Failure {
    Failure::work(format!("`{name}` sets no version of the crate"))
        .help("write `version = \"0.1.0\"` under `[package]`")
}

/// The numbers of a version, to be compared; nothing where it isn't three numbers.
pub(super) fn numbers(version: &str) -> Option<[u64; 3]> {
    // A step of none leaves the three numbers, and only these.
    let plain = Step::None.after(version)?;
    let numbers: Option<Vec<u64>> = plain.split('.').map(|it| it.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// Whether a version isn't below another one.
pub(super) fn is_at_least(version: &str, least: &str) -> bool {
    numbers(version) >= numbers(least)
}

/// Today in UTC, as RFC 3339 has days.
pub(super) fn today() -> String {
    let now = jiff::Timestamp::now().to_string();
    now.split('T').next().unwrap_or_default().to_owned()
}

/// A day that was given.
pub(super) fn day(text: &str) -> Result<String, Failure> {
    let day: jiff::civil::Date = text.parse().map_err(|_| {
        Failure::usage(format!("invalid date `{text}`"))
            .help("expected YYYY-MM-DD, as in 2026-01-31")
    })?;
    Ok(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        Text {
            name: "sdk.toml".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_version_is_replaced_and_nothing_else() {
        let config =
            text("# 0.1.0\n[package] # the crate\nversion = '0.1.0' # now\nname = \"a\"\n");
        let version = Version::find(&config).unwrap();
        assert_eq!(version.text, "0.1.0");
        assert_eq!(
            version.replaced("0.2.0"),
            "# 0.1.0\n[package] # the crate\nversion = \"0.2.0\" # now\nname = \"a\"\n"
        );
        assert_eq!(version.replaced("0.1.0"), config.text);
        let windows = text("package = { version = \"0.1.0\" } # now\r\n[types]\r\n");
        assert_eq!(
            Version::find(&windows).unwrap().replaced("0.2.0"),
            "package = { version = \"0.2.0\" } # now\r\n[types]\r\n"
        );
    }

    #[test]
    fn a_configuration_without_a_version_is_told() {
        for wrong in ["", "[package]\nname = \"a\"", "[package]\nversion = 1"] {
            let failure = Version::find(&text(wrong)).err().unwrap();
            assert_eq!(failure.message, "`sdk.toml` sets no version of the crate");
        }
        let failure = Version::find(&text("[package")).err().unwrap();
        assert!(
            failure
                .message
                .starts_with("`sdk.toml` is not valid TOML: ")
        );
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(is_at_least("0.10.0", "0.9.0"));
        assert!(!is_at_least("0.1.9", "0.2.0"));
        assert_eq!(numbers("1.2"), None);
    }

    #[test]
    fn days_are_days() {
        assert_eq!(day("2026-01-31").unwrap(), "2026-01-31");
        assert!(day("yesterday").is_err());
        assert_eq!(today().len(), "2026-01-31".len());
    }
}
