//! The page that lists all keys.

use std::fmt::Write as _;

use super::{Key, Kind, Table, keys};

/// `codegen/CONFIGURATION.md`: all keys of an `sdk.toml`, a table of Markdown for each table of TOML.
///
/// # Examples
///
/// ```
/// let page = codegen::configuration_page();
/// assert!(page.contains("| `megabytes` | integer |"));
/// ```
#[must_use]
pub fn configuration_page() -> String {
    let mut page = Page {
        text: INTRODUCTION.to_owned(),
    };
    page.table("The file", keys::ROOT);
    page.text
}

const INTRODUCTION: &str = "\
# Configuration

All keys of `sdk.toml`, the configuration of a crate. This page and the JSON Schema that `clientsmith schema` prints are made from
one table. An editor with TOML support completes and checks the file if its first line is `#:schema sdk.schema.json`, after
`clientsmith schema > sdk.schema.json`.

An unknown key is an error with its line and the key that was probably meant, and so is a key without effect. `codegen/src/config/mod.rs` has an
example of each key.
";

struct Page {
    text: String,
}

impl Page {
    /// A table, and behind it those that its keys lead to.
    fn table(&mut self, heading: &str, table: Table) {
        // Writing to a String can't fail.
        let _ = write!(
            self.text,
            "\n## {heading}\n\n| Key | Value | Meaning |\n| --- | --- | --- |\n"
        );
        for Key(name, kind, about) in table {
            let about = about.replace('|', "\\|");
            let _ = writeln!(self.text, "| `{name}` | {} | {about} |", value(kind));
        }
        for Key(name, kind, _) in table {
            let path = match heading.trim_matches(['`', '[', ']']) {
                "The file" => (*name).to_owned(),
                within => format!("{within}.{name}"),
            };
            match kind {
                Kind::Table(keys) => self.table(&format!("`[{path}]`"), keys),
                Kind::Tables(keys) => self.table(&format!("`[[{path}]]`"), keys),
                Kind::Entries(of, keys) | Kind::TextsOrTables(of, keys) => {
                    self.table(&format!("`[{path}.{of}]`"), keys);
                }
                Kind::SettingsAndEntries(settings, of, keys) => {
                    self.table(&format!("`[{path}]`"), settings);
                    self.table(&format!("`[{path}.{of}]`"), keys);
                }
                _ => {}
            }
        }
    }
}

/// What a value can be.
fn value(kind: &Kind) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        Kind::Flag => "boolean".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Seconds => "seconds".to_owned(),
        Kind::Words(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
            words.join(", ")
        }
        Kind::Texts => "array of strings".to_owned(),
        Kind::Attributes => "array of strings, or of `{ text, feature }`".to_owned(),
        Kind::Table(_) | Kind::SettingsAndEntries(..) => "table".to_owned(),
        Kind::Tables(_) => "array of tables".to_owned(),
        Kind::Entries(of, _) => format!("a table for each {}", of.to_lowercase()),
        Kind::TextsOrTables(of, _) => format!("a string or table for each {}", of.to_lowercase()),
        Kind::Any => "any".to_owned(),
    }
}
