//! The reference of `sdk.toml`: a JSON Schema for editors, and a page for readers, made from one table.

mod keys;
mod page;
mod schema;

pub use page::configuration_page;
pub use schema::configuration_schema;

/// The keys of a table.
type Table = &'static [Key];

/// A key: its name, its values, and its meaning.
struct Key(&'static str, Kind, &'static str);

/// What the value of a key can be.
enum Kind {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// An integer.
    Integer,
    /// A number of seconds.
    Seconds,
    /// One of these strings.
    Words(&'static [&'static str]),
    /// An array of strings.
    Texts,
    /// An array of strings, or of tables of `text` and `feature`.
    Attributes,
    /// A table of these keys.
    Table(Table),
    /// An array of tables of these keys.
    Tables(Table),
    /// A table with an entry for each name, which is a table of these keys.
    Entries(&'static str, Table),
    /// A table with an entry for each name, which is a string or a table of these keys.
    TextsOrTables(&'static str, Table),
    /// A table of settings, beside an entry for each name, which is a table of these keys.
    SettingsAndEntries(Table, &'static str, Table),
    /// Anything.
    Any,
}

#[cfg(test)]
mod tests;
