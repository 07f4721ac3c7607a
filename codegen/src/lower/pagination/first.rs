//! Where the numbers of pages begin.

use serde_json::Value;

use crate::model::Parameter;
use crate::pointer::push;

use super::super::operations::Found;
use super::Paging;

impl Paging<'_, '_> {
    /// The number that stands for the first page, where the document tells it: the parameter's
    /// default, what its description says, or the least that it can be, where that is 0 or 1.
    pub(super) fn documented_first(&self, found: &Found<'_>, parameter: &Parameter) -> Option<i64> {
        let schema = self.schema_of(found, &parameter.wire);
        let keyword = |key: &str| schema.and_then(|schema| schema.get(key)?.as_i64());
        keyword("default")
            .or_else(|| first_number_in(&parameter.docs.text))
            .or_else(|| keyword("minimum").filter(|least| (0..=1).contains(least)))
    }

    /// The schema of a query parameter: the operation's, or the path item's.
    fn schema_of(&self, found: &Found<'_>, wire: &str) -> Option<&Value> {
        [&found.pointer, &found.item_pointer]
            .into_iter()
            .filter_map(|at| {
                self.schemas
                    .document
                    .value(&push(at, "parameters"))?
                    .as_array()
            })
            .flatten()
            .filter_map(|parameter| self.schemas.followed(parameter))
            .find(|parameter| {
                let says = |key: &str, text: &str| parameter.get(key).is_some_and(|it| it == text);
                says("in", "query") && says("name", wire)
            })
            .and_then(|parameter| self.schemas.followed(parameter.get("schema")?))
    }
}

/// The first number that a description tells: `zero-based`, `starts at 1`, `default: 1`.
fn first_number_in(description: &str) -> Option<i64> {
    let text = description.to_lowercase();
    let words: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| match word {
        "0" | "zero" => Some(0),
        "1" | "one" => Some(1),
        _ => None,
    };
    let after =
        |at: usize, known: &[&[&str]]| known.iter().any(|phrase| words[..at].ends_with(phrase));
    let starts = words.iter().enumerate().filter_map(|(at, word)| {
        let number = number(word)?;
        let is_base = matches!(words.get(at + 1), Some(&("based" | "indexed")));
        (is_base || after(at, &BEFORE_FIRST)).then_some(number)
    });
    let mut starts: Vec<i64> = starts.collect();
    starts.dedup();
    match starts.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// What stands before the first number in descriptions.
const BEFORE_FIRST: [&[&str]; 15] = [
    &["start", "at"],
    &["starts", "at"],
    &["starting", "at"],
    &["start", "from"],
    &["starts", "from"],
    &["starting", "from"],
    &["start", "with"],
    &["starts", "with"],
    &["starting", "with"],
    &["default"],
    &["default", "is"],
    &["defaults", "to"],
    &["default", "value", "is"],
    &["first", "page", "is"],
    &["begins", "at"],
];

#[cfg(test)]
mod tests {
    use super::first_number_in;

    #[test]
    fn descriptions_tell_the_first_number() {
        assert_eq!(first_number_in("Page number (default: 1)"), Some(1));
        assert_eq!(first_number_in("starts at and defaults to 0"), Some(0));
        assert_eq!(first_number_in("Zero-based page index (0..N)"), Some(0));
        assert_eq!(first_number_in("The page, starting from one."), Some(1));
        assert_eq!(first_number_in("Page, 1-based; defaults to 1"), Some(1));
        assert_eq!(first_number_in("The page."), None);
        assert_eq!(first_number_in("Defaults to 10, up to 100 of 1 page"), None);
        assert_eq!(first_number_in("Starts at 0. The first page is 1."), None);
    }
}
