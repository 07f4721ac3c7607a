//! Path templates, behind whose path some documents write a query or a fragment.
//!
//! OpenAPI has no such thing: a path is a path (OpenAPI 3.1.1, "Paths Object"). Documents have it where
//! operations differ in nothing but a parameter with one value, or in a header.

use indexmap::IndexSet;

/// A path template in its parts (RFC 3986 section 3). What stands in braces is no part of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathTemplate<'p> {
    /// What stands before the others.
    pub(crate) path: &'p str,
    /// What stands behind `?`.
    pub(crate) query: Option<&'p str>,
    /// What stands behind `#`, which is never sent.
    pub(crate) fragment: Option<&'p str>,
}

impl<'p> PathTemplate<'p> {
    /// The parts of a template.
    pub(crate) fn of(template: &'p str) -> Self {
        let (sent, fragment) = split(template, '#');
        let (path, query) = split(sent, '?');
        Self {
            path,
            query,
            fragment,
        }
    }

    /// The pairs of the query.
    pub(crate) fn pairs(self) -> impl Iterator<Item = &'p str> {
        let pairs = self.query.unwrap_or_default().split('&');
        pairs.filter(|pair| !pair.is_empty())
    }
}

/// The names between the braces of a template, each once, as the runtime finds them.
pub(crate) fn names_in(template: &str) -> IndexSet<&str> {
    let mut names = IndexSet::new();
    let mut rest = template;
    while let Some((name, behind)) = rest
        .split_once('{')
        .and_then(|(_, inside)| inside.split_once('}'))
    {
        names.insert(name);
        rest = behind;
    }
    names
}

/// What stands before and behind a character that isn't in braces.
fn split(text: &str, at: char) -> (&str, Option<&str>) {
    let mut is_inside = false;
    for (index, character) in text.char_indices() {
        match character {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ if character == at && !is_inside => {
                let (before, behind) = text.split_at(index);
                return (before, behind.get(at.len_utf8()..));
            }
            _ => {}
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_told_apart_outside_of_braces() {
        let parts = |template| {
            let template = PathTemplate::of(template);
            (template.path, template.query, template.fragment)
        };
        assert_eq!(parts("/a/{b}"), ("/a/{b}", None, None));
        assert_eq!(parts("/a?b=c&d"), ("/a", Some("b=c&d"), None));
        assert_eq!(parts("/a#b?c"), ("/a", None, Some("b?c")));
        assert_eq!(parts("/a?b#c#d"), ("/a", Some("b"), Some("c#d")));
        assert_eq!(parts("/a{?b}{#c}?"), ("/a{?b}{#c}", Some(""), None));
        assert_eq!(parts("/{a"), ("/{a", None, None));
        let pairs: Vec<&str> = PathTemplate::of("/a?b=1&&c#d=2").pairs().collect();
        assert_eq!(pairs, ["b=1", "c"]);
    }
}
