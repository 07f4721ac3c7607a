//! Derives and attributes that types get beside their own.

use toml::de::DeValue;

use super::rules::{self, Rule};
use super::table::{Reader, Section};

/// A derive or an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The path of a derive macro, or an attribute without `#[` and `]`.
    pub text: String,
    /// The Cargo feature that it takes, where it isn't there always.
    pub feature: Option<String>,
}

/// The keys of one that takes a feature.
const KEYS: [&str; 2] = ["text", "feature"];

impl Attribute {
    /// The array with this key, each item a text or a table of text and feature.
    pub(super) fn read_all(
        reader: &mut Reader,
        section: &Section<'_>,
        key: &str,
        rule: Rule,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for item in reader.array(section, key) {
            let attribute = match item.value {
                DeValue::Table(table) => {
                    let section = Section::new(table, item.pointer.clone());
                    reader.check_keys(&section, &KEYS);
                    let help = "add it, as in `{ text = \"schemars::JsonSchema\", feature = \"schemars\" }`";
                    Self {
                        text: reader.required(&section, "text", rule, help),
                        feature: reader.text(&section, "feature", rules::FEATURE),
                    }
                }
                value => Self {
                    text: reader.item_text(&item.pointer, key, value, rule),
                    feature: None,
                },
            };
            if all.contains(&attribute) {
                reader.duplicate(&item.pointer, key, &attribute.text);
            } else {
                all.push(attribute);
            }
        }
        all
    }
}
