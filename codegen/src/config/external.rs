//! Types of other crates, and those that are written by hand, in place of what a schema would become.

use indexmap::IndexMap;

use super::data::Format;
use super::rules;
use super::table::{Reader, Section};

/// A type that isn't generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Path of the type: `uuid::Uuid`, `chrono::DateTime<chrono::Utc>`, `crate::custom::Money`.
    pub path: String,
    /// Path of a function without arguments that returns the value of a missing required field; the type's
    /// `Default` without it.
    pub blank: Option<String>,
}

/// The type for values of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatType {
    /// One that the generator knows.
    BuiltIn(Format),
    /// Any other.
    External(External),
}

/// The keys of such a type.
const KEYS: [&str; 2] = ["type", "blank"];

impl External {
    /// What the keys `type` and `blank` of a table say.
    pub(super) fn read(reader: &mut Reader, section: &Section<'_>) -> Option<Self> {
        let path = reader.text(section, "type", rules::TYPE_PATH);
        let blank = reader.text(section, "blank", rules::FUNCTION_PATH);
        if path.is_none() && blank.is_some() {
            let help = "add the type that the function returns, as in `type = \"url::Url\"`";
            reader.require(section, "type", help);
        }
        path.map(|path| Self { path, blank })
    }
}

/// `[formats]`: a word for each type that the generator knows, the path of another type, or a table.
pub(super) fn formats(reader: &mut Reader, root: &Section<'_>) -> IndexMap<String, FormatType> {
    let words = Format::ALL.map(Format::as_str);
    let entries = reader.texts_or_tables(root, "formats", rules::TEXT, &KEYS);
    let pointer = root.pointer_to("formats");
    let mut formats = IndexMap::with_capacity(entries.len());
    for (format, entry) in entries {
        let read = match entry {
            Ok(path) if path.contains("::") => {
                reader.check(&pointer, &format, &path, rules::TYPE_PATH);
                Some(FormatType::External(External { path, blank: None }))
            }
            Ok(word) => {
                let index = reader.word(&pointer, &format, &word, &words);
                index.map(|index| FormatType::BuiltIn(Format::ALL[index]))
            }
            Err(section) => {
                let help = "add the path of a type, as in `type = \"url::Url\"`";
                reader.require(&section, "type", help);
                External::read(reader, &section).map(FormatType::External)
            }
        };
        formats.extend(read.map(|read| (format, read)));
    }
    formats
}
