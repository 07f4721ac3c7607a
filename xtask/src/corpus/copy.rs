//! Crates written to be compiled: of their own names, so that all can be in one workspace.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use codegen::{Generated, Source};
use toml::{Table, Value};

use clientsmith::internal::failure::Failure;
use clientsmith::internal::output::Plan;

/// Generates the crate and writes it to a folder; the package is called as the folder is. Gives
/// the hash of its files.
pub(super) fn write(
    spec: Source<'_>,
    config: Source<'_>,
    folder: &Path,
) -> Result<String, Failure> {
    let config_text = renamed(config.text, &package(folder), Keep::AsConfigured)?;
    let config = Source {
        text: &config_text,
        ..config
    };
    let generated = generate(spec, config)?;
    bring(folder, files(generated))
}

/// The name of the package that a folder holds.
pub(super) fn package(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy());
    name.unwrap_or_default().into_owned()
}

/// Runs the generator, which took the description before.
pub(super) fn generate(spec: Source<'_>, config: Source<'_>) -> Result<Generated, Failure> {
    codegen::generate(spec, config).map_err(|diagnostics| {
        let first = diagnostics.first().map(|it| it.message.as_str());
        let first = first.unwrap_or("it is rejected");
        Failure::work(format!("under another package name: {first}"))
    })
}

/// The files of a crate, paths and texts.
pub(super) fn files(generated: Generated) -> Vec<(String, String)> {
    let files = generated.files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

/// Brings a folder in line with files, and gives their hash.
pub(super) fn bring(folder: &Path, files: Vec<(String, String)>) -> Result<String, Failure> {
    let hash = hash(&files);
    Plan::new(folder, files)?.apply()?;
    Ok(hash)
}

/// A hash that is the same for the same content as long as this program is the same.
pub(super) fn hash(content: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What a crate has and keeps beside what its configuration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "examples"),
    allow(dead_code, reason = "only programs that try something need more")
)]
pub(super) enum Keep {
    /// Nothing.
    AsConfigured,
    /// All operations, whatever the features.
    Operations,
    /// All operations, and unknown fields.
    Fields,
    /// All types too, which keep no unknown fields.
    Types,
    /// All types, which keep unknown fields.
    UnknownFields,
}

/// A configuration with another package name, and with what is kept.
pub(super) fn renamed(config: &str, package: &str, keep: Keep) -> Result<String, Failure> {
    let wrong = |error: toml::de::Error| Failure::work(format!("the configuration: {error}"));
    let mut root: Table = toml::from_str(config).map_err(wrong)?;
    let section = table(&mut root, "package")?;
    section.insert("name".into(), package.into());
    section.entry("version").or_insert_with(|| "0.1.0".into());
    if keep != Keep::AsConfigured {
        section.insert("resource-features".into(), false.into());
    }
    let all_types = matches!(keep, Keep::Types | Keep::UnknownFields);
    if all_types || keep == Keep::Fields {
        let types = table(&mut root, "types")?;
        types.insert("keep-unknown-fields".into(), (keep != Keep::Types).into());
        if all_types {
            types.insert("keep-unused".into(), true.into());
        }
    }
    Ok(root.to_string())
}

/// The table of a name, made where there is none.
fn table<'t>(root: &'t mut Table, name: &str) -> Result<&'t mut Table, Failure> {
    let entry = root.entry(name);
    let value = entry.or_insert_with(|| Value::Table(Table::new()));
    let wrong = || Failure::work(format!("the configuration: `{name}` is not a table"));
    value.as_table_mut().ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_gets_another_package_name_and_keeps_the_rest() {
        let text = renamed("", "corpus-a", Keep::AsConfigured).unwrap();
        assert_eq!(
            text,
            "[package]\nname = \"corpus-a\"\nversion = \"0.1.0\"\n"
        );
        let own = "[package]\nname = \"pets\"\nversion = \"2.0.0\"\n[types.Pet]\nname = \"P\"\n";
        let text = renamed(own, "corpus-b", Keep::UnknownFields).unwrap();
        let root: Table = toml::from_str(&text).unwrap();
        assert_eq!(root["package"]["name"].as_str(), Some("corpus-b"));
        assert_eq!(root["package"]["version"].as_str(), Some("2.0.0"));
        assert_eq!(root["types"]["keep-unknown-fields"].as_bool(), Some(true));
        assert_eq!(root["package"]["resource-features"].as_bool(), Some(false));
        assert_eq!(root["types"]["Pet"]["name"].as_str(), Some("P"));
        assert!(renamed("[", "a", Keep::AsConfigured).is_err());
    }
}
