//! The version in a configuration, and days.

use std::ops::Range;

use codegen::Step;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diff::sides::Text;
use crate::failure::Failure;

/// The version that a configuration gives its crate.
pub(super) struct Version {
    pub(super) text: String,
    /// Where its quoted text stands.
    span: Range<usize>,
}

impl Version {
    /// Finds it.
    pub(super) fn find(config: &Text) -> Result<Self, Failure> {
        let name = &config.name;
        let table = DeTable::parse(&config.text).map_err(|error| {
            let message = format!("`{name}` is not valid TOML: {}", error.message());
            Failure::work(message).help("`cargo xtask codegen` shows where")
        })?;
        let package = table.get_ref().get("package").map(Spanned::get_ref);
        let version = match package {
            Some(DeValue::Table(package)) => package.get("version"),
            _ => None,
        };
        match version {
            Some(found) => match found.get_ref() {
                DeValue::String(text) => Ok(Self {
                    text: text.clone().into_owned(),
                    span: found.span(),
                }),
                _ => Err(missing(name)),
            },
            None => Err(missing(name)),
        }
    }

    /// The configuration with another version, and nothing else changed.
    pub(super) fn replaced(&self, config: &str, version: &str) -> String {
        let mut text = config.to_owned();
        if self.text != version {
            text.replace_range(self.span.clone(), &format!("\"{version}\""));
        }
        text
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
            version.replaced(&config.text, "0.2.0"),
            "# 0.1.0\n[package] # the crate\nversion = \"0.2.0\" # now\nname = \"a\"\n"
        );
        assert_eq!(version.replaced(&config.text, "0.1.0"), config.text);
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
