//! JSON values with the order of their members and the digits of their numbers, from which forms and
//! parameters are serialized.

use serde::ser::Serialize;

use super::number;

/// A JSON value. In contrast to `serde_json::Value` it keeps the order of an object's members.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// `null`
    Null,
    /// A string.
    Text(String),
    /// A number, `true` or `false`, as in JSON.
    Plain(String),
    /// An array.
    List(Vec<Tree>),
    /// An object.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Serializes a value.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        let json = number::to_json(value)?;
        let json = String::from_utf8(json).map_err(serde::ser::Error::custom)?;
        Reader(&json).value(0)
    }

    /// The value as a single string: a string as it is, other values as JSON, `null` as an empty string.
    pub fn text(&self) -> String {
        match self {
            Self::Null => String::new(),
            other => other.plain(),
        }
    }

    /// The same, with `null` as in JSON.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.json(),
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }

    /// The items of an array, none for `null`, or the single value.
    pub(crate) fn into_items(self) -> Vec<Self> {
        match self {
            Self::Null => Vec::new(),
            Self::List(items) => items,
            single => vec![single],
        }
    }

    /// Whether it contains other values.
    pub(crate) fn is_nested(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }

    fn write(&self, json: &mut String) {
        match self {
            Self::Null => json.push_str("null"),
            Self::Text(text) => push_quoted(json, text),
            Self::Plain(plain) => json.push_str(plain),
            Self::List(items) => {
                json.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    item.write(json);
                }
                json.push(']');
            }
            Self::Object(members) => {
                json.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    push_quoted(json, name);
                    json.push(':');
                    value.write(json);
                }
                json.push('}');
            }
        }
    }
}

fn push_quoted(json: &mut String, text: &str) {
    // The Display of a value is its JSON.
    json.push_str(&serde_json::Value::from(text).to_string());
}

/// The maximum nesting depth: the limit of `serde_json`.
const MAX_DEPTH: usize = 128;

/// The rest of a JSON text that was written here, without whitespace.
///
/// Only its strings are parsed with `serde_json`, so that numbers keep their digits.
struct Reader<'j>(&'j str);

impl<'j> Reader<'j> {
    fn value(&mut self, depth: usize) -> serde_json::Result<Tree> {
        if depth > MAX_DEPTH {
            return Err(serde::ser::Error::custom("the value is nested too deeply"));
        }
        Ok(match self.0.as_bytes().first() {
            Some(b'"') => Tree::Text(self.string()?),
            Some(b'[') => {
                let mut items = Vec::new();
                self.each(']', |reader| {
                    items.push(reader.value(depth + 1)?);
                    Ok(())
                })?;
                Tree::List(items)
            }
            Some(b'{') => {
                let mut members = Vec::new();
                self.each('}', |reader| {
                    let name = reader.string()?;
                    reader.skip(':');
                    members.push((name, reader.value(depth + 1)?));
                    Ok(())
                })?;
                Tree::Object(members)
            }
            _ => {
                let end = self.0.find([',', ']', '}']).unwrap_or(self.0.len());
                match self.take(end) {
                    "null" => Tree::Null,
                    plain => Tree::Plain(plain.to_owned()),
                }
            }
        })
    }

    /// Reads the items between brackets, separated by commas.
    fn each(
        &mut self,
        close: char,
        mut read: impl FnMut(&mut Self) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        self.take(1);
        while !self.0.is_empty() && !self.skip(close) {
            read(self)?;
            self.skip(',');
        }
        Ok(())
    }

    fn string(&mut self) -> serde_json::Result<String> {
        let mut is_escaped = true;
        let end = self.0.bytes().position(|byte| {
            let is_end = byte == b'"' && !is_escaped;
            // The first quote isn't the end.
            is_escaped = byte == b'\\' && !is_escaped;
            is_end
        });
        serde_json::from_str(self.take(end.map_or(self.0.len(), |end| end + 1)))
    }

    /// Skips a character, if it comes next.
    fn skip(&mut self, character: char) -> bool {
        let rest = self.0.strip_prefix(character);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn take(&mut self, length: usize) -> &'j str {
        let (start, rest) = self.0.split_at_checked(length).unwrap_or((self.0, ""));
        self.0 = rest;
        start
    }
}
