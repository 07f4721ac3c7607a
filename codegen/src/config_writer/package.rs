//! `[package]`: the crate.

use std::fmt::Write as _;

use crate::model::Api;

use super::entry;
use super::text::key;

/// What is said about the crate.
pub(super) fn section(api: &Api) -> String {
    let package = &api.package;
    let mut text = String::from("# Metadata of the crate, for its Cargo.toml.\n[package]\n");
    text.push_str(&entry("name", &package.name));
    text.push_str(&entry("version", &package.version));
    text.push_str(&entry("description", &package.description));
    text.push_str(&entry("license", &package.license));
    text.push_str(&entry("rust-version", &package.rust_version));
    let documentation = format!("https://docs.rs/{}", key(&package.name));
    for suggestion in [
        "authors = [\"Name <name@example.com>\"]".to_owned(),
        "repository = \"https://example.com/source\"".to_owned(),
        "homepage = \"https://example.com\"".to_owned(),
        format!("documentation = \"{documentation}\""),
        "keywords = [\"api\", \"client\"]                # at most five".to_owned(),
        "categories = [\"api-bindings\"]               # at most five".to_owned(),
    ] {
        text.push_str("# ");
        text.push_str(&suggestion);
        text.push('\n');
    }
    let operations = api.operations().count();
    let is_on = !api.features.is_empty();
    // Writing to a string can't fail.
    let _ = writeln!(
        text,
        "# Whether each resource has its own Cargo feature. Operations: \
         {operations}.\nresource-features = {is_on}"
    );
    text
}
