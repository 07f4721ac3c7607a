//! The package of a configuration that has none.

use super::data::{Config, Package};
use super::rules::{CRATE_NAME, VERSION};

/// Name of a crate whose description has no usable title.
const NAME: &str = "api-client";

/// Most characters of a title that go into the name: with a word before and one after it,
/// that is still less than a registry takes.
const LONGEST: usize = 48;

impl Config {
    /// The configuration with a package, if it has none, that says only what the description does.
    ///
    /// The crate is called after `info.title` (`Pet Store` gives `pet-store`). Its version is
    /// `info.version` where that is one after Semantic Versioning 2.0.0, and 0.1.0 otherwise.
    #[must_use]
    pub fn named_after(self, title: &str, version: &str) -> Self {
        self.named(&crate_name(title), version)
    }

    /// The configuration with a package of this name, if it has none, and a version as
    /// [`Self::named_after`] takes it.
    #[must_use]
    pub(crate) fn named(self, name: &str, version: &str) -> Self {
        if !self.package.name.is_empty() {
            return self;
        }
        let version = match semver::Version::parse(version) {
            Ok(version) if VERSION.broken_by(&version.to_string()).is_none() => version.to_string(),
            _ => "0.1.0".to_owned(),
        };
        Self {
            package: Package {
                name: name.to_owned(),
                version,
                ..self.package
            },
            ..self
        }
    }
}

/// Whether a crate can have this name: what is wrong with it otherwise, as in `is a Rust keyword`,
/// and how to mend that.
///
/// # Errors
///
/// A name that cargo, crates.io or the language refuses, or that a dependency of the emitted crate
/// has.
///
/// # Examples
///
/// ```
/// assert!(codegen::check_crate_name("pet-store").is_ok());
/// let (wrong, help) = codegen::check_crate_name("2 pets").unwrap_err();
/// assert_eq!(wrong, "doesn't start with a letter");
/// assert!(help.ends_with("as in `pet-store`"));
/// ```
pub fn check_crate_name(name: &str) -> Result<(), (String, &'static str)> {
    match CRATE_NAME.broken_by(name) {
        None => Ok(()),
        Some(wrong) => Err((wrong, CRATE_NAME.help)),
    }
}

/// The words of a title, in lower case and joined with `-`.
fn crate_name(title: &str) -> String {
    let mut name = String::new();
    for word in title.split(|character: char| !character.is_ascii_alphanumeric()) {
        if word.is_empty() || name.len() + word.len() >= LONGEST {
            continue;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word.to_ascii_lowercase());
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert_str(0, "api-");
    }
    match CRATE_NAME.broken_by(&name) {
        None => name,
        Some(_) if name.is_empty() => NAME.to_owned(),
        // A keyword or the name of another crate: one more word makes it a name.
        Some(_) => format!("{name}-client"),
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn defaults_come_from_the_description() {
        let name = |title: &str| Config::default().named_after(title, "1").package.name;
        assert_eq!(name("Pet Store API v2"), "pet-store-api-v2");
        assert_eq!(name("3D Models"), "api-3d-models");
        assert_eq!(name("Test"), "test-client");
        assert_eq!(name("Union"), "union-client");
        assert_eq!(name("HTTP"), "http-client");
        assert_eq!(name("  ???  "), "api-client");
        assert_eq!(name("Čeština"), "e-tina");
        assert!(name(&"word ".repeat(40)).len() <= 64);
        let version = |version: &str| Config::default().named_after("A", version).package.version;
        assert_eq!(version("2.0.0-rc.1"), "2.0.0-rc.1");
        assert_eq!(version("v1"), "0.1.0");
    }
}
