//! The types that the HTTP form writes: `optional array of object { id, name, 3 more }`.

use serde_json::Value;

/// A type as it is written on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    String,
    Time,
    Integer,
    Number,
    Boolean,
    Null,
    Any,
    File,
    Literal(Value),
    /// So many more alternatives, which are listed below.
    More(usize),
    Array(Box<Written>),
    Map(Box<Written>),
    /// The names of its members, as far as they are told, and how many it has.
    Object(Vec<String>, Option<usize>),
    Named(String),
    /// An object with a name.
    NamedObject(String, Vec<String>, Option<usize>),
    Union(Vec<Written>),
}

/// Lists within lists that are followed.
const DEEPEST: usize = 16;

/// Reads a type.
///
/// # Errors
///
/// What was expected, in words.
pub(super) fn parse(text: &str) -> Result<Written, String> {
    let mut reader = Reader { rest: text };
    let parsed = reader.union(0)?;
    reader.skip();
    if reader.rest.is_empty() {
        return Ok(parsed);
    }
    Err(format!(
        "`or` or the end of the type, not `{}`",
        shortened(reader.rest)
    ))
}

/// The start of a text that may be long.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes a sign.
    fn sign(&mut self, sign: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes a word, if it is the next one.
    fn word(&mut self, word: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(word) {
            Some(rest) if !rest.starts_with(in_name) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn name(&mut self) -> &'a str {
        self.skip();
        let end = self.rest.find(|it| !in_name(it));
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        name
    }

    fn union(&mut self, depth: usize) -> Result<Written, String> {
        let first = self.single(depth)?;
        let mut all = vec![first];
        while self.word("or") {
            all.push(self.single(depth)?);
        }
        Ok(match all.pop() {
            Some(only) if all.is_empty() => only,
            last => {
                all.extend(last);
                Written::Union(all)
            }
        })
    }

    fn single(&mut self, depth: usize) -> Result<Written, String> {
        self.skip();
        if depth > DEEPEST {
            return Err(format!("at most {DEEPEST} nested types"));
        }
        if self.rest.starts_with(['"', '-'])
            || self.rest.starts_with(|it: char| it.is_ascii_digit())
        {
            return self.literal();
        }
        if self.word("array") {
            if !self.word("of") {
                return Ok(Written::Array(Box::new(Written::Any)));
            }
            return Ok(Written::Array(Box::new(self.single(depth + 1)?)));
        }
        if self.word("map") {
            if !self.sign('[') {
                return Ok(Written::Map(Box::new(Written::Any)));
            }
            let value = self.union(depth + 1)?;
            if !self.sign(']') {
                return Err("`]` after the type of a map's values".to_owned());
            }
            return Ok(Written::Map(Box::new(value)));
        }
        if self.word("object") {
            let (names, count) = self.names()?;
            return Ok(Written::Object(names, count));
        }
        let name = self.name();
        Ok(match name {
            "" if self.rest.is_empty() => return Err("a type".to_owned()),
            "" => return Err(format!("a type, not `{}`", shortened(self.rest))),
            "string" => Written::String,
            "integer" => Written::Integer,
            "number" => Written::Number,
            "boolean" => Written::Boolean,
            "null" => Written::Null,
            "unknown" | "any" => Written::Any,
            "file" => Written::File,
            "true" | "false" => Written::Literal(Value::Bool(name == "true")),
            "or" | "of" | "optional" => return Err(format!("a type, not `{name}`")),
            name => {
                if self.word("object") {
                    let (names, count) = self.names()?;
                    Written::NamedObject(name.to_owned(), names, count)
                } else {
                    Written::Named(name.to_owned())
                }
            }
        })
    }

    /// A value in JSON, or `3 more`.
    fn literal(&mut self) -> Result<Written, String> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else {
            return Err(format!("a JSON value, not `{}`", shortened(self.rest)));
        };
        let end = values.byte_offset();
        self.rest = &self.rest[end..];
        if let Some(count) = value.as_u64()
            && self.word("more")
        {
            return Ok(Written::More(usize::try_from(count).unwrap_or(usize::MAX)));
        }
        Ok(Written::Literal(value))
    }

    /// The names in the braces behind `object`, if there are any, and how many members that makes.
    fn names(&mut self) -> Result<(Vec<String>, Option<usize>), String> {
        if !self.sign('{') {
            return Ok((Vec::new(), None));
        }
        let Some((inside, rest)) = self.rest.split_once('}') else {
            return Err("`}` after the names of an object's properties".to_owned());
        };
        self.rest = rest;
        let mut names = Vec::new();
        let mut more = 0;
        for part in inside.split(',') {
            let part = part.trim();
            if let Some(count) = part.strip_suffix(" more")
                && let Ok(count) = count.trim().parse::<usize>()
            {
                more = count;
            } else if !part.is_empty() && part != "\u{2026}" && part != "..." {
                names.push(part.to_owned());
            }
        }
        let count = names.len().checked_add(more);
        Ok((names, count.filter(|it| *it > 0)))
    }
}

/// Whether a character can be in the name of a type.
fn in_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '$' | '/' | ':' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_http_form() {
        let parsed = parse("array of object { id, name, 3 more }");
        let object = Written::Object(vec!["id".to_owned(), "name".to_owned()], Some(5));
        assert_eq!(parsed, Ok(Written::Array(Box::new(object))));
        assert_eq!(
            parse("\"A or B\" or 2 or 3 more"),
            Ok(Written::Union(vec![
                Written::Literal("A or B".into()),
                Written::Literal(2.into()),
                Written::More(3)
            ]))
        );
        assert_eq!(
            parse("map[array of Cat]"),
            Ok(Written::Map(Box::new(Written::Array(Box::new(
                Written::Named("Cat".to_owned())
            )))))
        );
        assert_eq!(
            parse("Cat object { paws } or null"),
            Ok(Written::Union(vec![
                Written::NamedObject("Cat".to_owned(), vec!["paws".to_owned()], Some(1)),
                Written::Null
            ]))
        );
        assert_eq!(parse("orchid"), Ok(Written::Named("orchid".to_owned())));
    }

    #[test]
    fn what_is_no_type_is_told() {
        for (text, wanted) in [
            ("", "a type"),
            ("string or", "a type"),
            ("map[string", "`]`"),
            ("object { a", "`}`"),
            ("\"open", "a JSON value"),
            ("string string", "`or` or the end"),
        ] {
            let described = parse(text).unwrap_err();
            assert!(described.starts_with(wanted), "{text}: {described}");
        }
        assert!(parse(&"array of ".repeat(10_000)).is_err());
        assert!(parse(&"map[".repeat(10_000)).is_err());
    }
}
