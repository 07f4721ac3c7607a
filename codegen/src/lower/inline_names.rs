//! Names of what has none: made from where it stands in the document.
//!
//! The name depends on the place alone, so it stays the same when other schemas or operations
//! come or go, and whichever reference led there first.

use std::collections::HashMap;

use crate::model::Statuses;
use crate::names::{pascal_case, shortened};

/// Most bytes of the name of a place: many times what a name in Rust may have.
const LONGEST: usize = 4_096;

/// Names of places by JSON pointer, for schemas that stand inside of one.
#[derive(Debug, Default)]
pub(crate) struct InlineNames {
    named: HashMap<String, String>,
}

impl InlineNames {
    /// Remembers what the thing at this pointer is called: an operation by its id, a parameter
    /// by its operation and name.
    pub(crate) fn insert(&mut self, pointer: &str, name: &str) {
        let name = pascal_case(name);
        // All that stands in it begins with that name.
        let name = shortened(name, LONGEST);
        self.named.insert(pointer.to_owned(), name);
    }

    /// A type name for the schema at this pointer.
    ///
    /// `/components/schemas/Pet/properties/owner` is `PetOwner`; the body of `createPet` is
    /// `CreatePetBody`.
    pub(crate) fn name(&self, pointer: &str) -> String {
        self.name_with(pointer, &|status| response_word(status).to_owned())
    }

    /// The same, for a schema in an error response, with its status: for operations with several of these.
    pub(crate) fn name_by_status(&self, pointer: &str) -> Option<String> {
        if !pointer.contains("/responses/") {
            return None;
        }
        let with_status =
            |status: &str| format!("{}{}", status_word(status), response_word(status));
        let name = self.name_with(pointer, &with_status);
        (name != self.name(pointer)).then_some(name)
    }

    fn name_with(&self, pointer: &str, response: &dyn Fn(&str) -> String) -> String {
        let (mut name, rest) = self.start(pointer);
        let rest: Vec<String> = rest.split('/').skip(1).map(unescape).collect();
        let mut rest = rest.iter();
        while let Some(token) = rest.next() {
            match token.as_str() {
                "properties" | "parameters" | "headers" => {
                    if let Some(key) = rest.next() {
                        name.push_str(&pascal_case(key));
                    }
                }
                "items" | "itemSchema" => name.push_str("Item"),
                "additionalProperties" => name.push_str("Value"),
                "requestBody" => name.push_str("Body"),
                "responses" => {
                    let status = rest.next().map_or("", String::as_str);
                    name.push_str(&response(status));
                }
                "oneOf" | "anyOf" => {
                    name.push_str("Variant");
                    if let Some(index) = rest.next() {
                        name.push_str(&one_based(index));
                    }
                }
                "schema" | "contentSchema" | "$defs" | "definitions" => {}
                "content" | "allOf" | "x-prefix-items" => {
                    rest.next();
                }
                other => name.push_str(&pascal_case(other)),
            }
        }
        name
    }

    /// What a name begins with, and the part of the pointer behind that.
    fn start<'p>(&self, pointer: &'p str) -> (String, &'p str) {
        let ends = pointer.rmatch_indices('/').map(|(at, _)| at);
        for end in std::iter::once(pointer.len()).chain(ends) {
            if let Some(name) = self.named.get(&pointer[..end]) {
                return (name.clone(), &pointer[end..]);
            }
        }
        let Some(component) = pointer.strip_prefix("/components/") else {
            return (String::new(), pointer);
        };
        let (kind, rest) = component.split_once('/').unwrap_or((component, ""));
        let (key, rest) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let word = match kind {
            "requestBodies" => "Body",
            "responses" => "Response",
            "headers" => "Header",
            _ => "",
        };
        let name = pascal_case(&unescape(key));
        let word = if name.ends_with(word) { "" } else { word };
        (name + word, rest)
    }
}

/// A success is `Response`, whatever its status: a schema keeps its name when 200 becomes 201.
fn response_word(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'2') => "Response",
        _ => "Error",
    }
}

/// What a status that is no success is called; nothing for `default`.
fn status_word(status: &str) -> String {
    let statuses = match status.as_bytes() {
        [b'2', ..] => return String::new(),
        [hundred, b'X' | b'x', ..] => Statuses::Range(u16::from(hundred.saturating_sub(b'0'))),
        _ => status.parse().map_or(Statuses::Default, Statuses::One),
    };
    match statuses {
        Statuses::Default => String::new(),
        statuses => statuses.word(),
    }
}

fn one_based(index: &str) -> String {
    index
        .parse::<usize>()
        .map_or_else(|_| pascal_case(index), |index| (index + 1).to_string())
}

/// Undoes the escapes of RFC 6901 section 3.
pub(super) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_place() {
        let mut places = InlineNames::default();
        places.insert("/paths/~1pets/post", "createPet");
        let name = |pointer| places.name(pointer);
        assert_eq!(name("/components/schemas/pet/properties/owner"), "PetOwner");
        assert_eq!(
            name("/components/schemas/Pet/properties/tags/items"),
            "PetTagsItem"
        );
        assert_eq!(name("/components/schemas/Pet/allOf/1/properties/x"), "PetX");
        assert_eq!(
            name("/paths/~1pets/post/requestBody/content/application~1json/schema"),
            "CreatePetBody"
        );
        assert_eq!(
            name("/paths/~1pets/post/responses/201/content/application~1json/schema"),
            "CreatePetResponse"
        );
        assert_eq!(
            name("/components/responses/NotFound/content/application~1json/schema"),
            "NotFoundResponse"
        );
        let error = "/paths/~1pets/post/responses/409/content/application~1json/schema";
        assert_eq!(name(error), "CreatePetError");
        assert_eq!(
            places.name_by_status(error).as_deref(),
            Some("CreatePetConflictError")
        );
    }
}
