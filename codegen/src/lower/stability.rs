//! What a document calls deprecated, experimental, beta or a preview.
//!
//! It stays in the crate as it is; examples show something else, where there is something else. So a
//! word that is taken for more than it means costs nothing but another example.

use indexmap::IndexMap;
use serde_json::Value;

use crate::names::words;

/// The words for it.
const WORDS: [&str; 8] = [
    "alpha",
    "beta",
    "deprecated",
    "experimental",
    "legacy",
    "obsolete",
    "preview",
    "unstable",
];

/// Words before one of them that turn its meaning round, or lead it to something else.
const OTHERWISE: [&str; 7] = [
    "isn",
    "longer",
    "no",
    "non",
    "not",
    "replaces",
    "supersedes",
];

/// How many words stand between the two at most.
const NEAR: usize = 3;

/// Most paragraphs of a text that tell what it is about.
const PARAGRAPHS: usize = 2;

/// Longest value of an extension that is a name and not a text, in bytes.
const LONGEST_NAME: usize = 40;

/// Whether a name says it, such as a tag: `Agents (beta)`.
pub(super) fn in_name(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| WORDS.contains(&word.as_str()))
}

/// Whether a path does: `/beta/agents`, or `/v1beta1/agents`.
pub(super) fn in_path(path: &str) -> bool {
    let segments = path.split('/').filter(|segment| !segment.starts_with('{'));
    segments
        .into_iter()
        .any(|segment| in_name(segment) || is_version(segment))
}

/// Whether a segment of a path is a version before the first one: `v1beta1`, `v2alpha`.
fn is_version(segment: &str) -> bool {
    let digits = |it: char| it.is_ascii_digit();
    let Some(rest) = segment.strip_prefix('v') else {
        return false;
    };
    let word = rest.trim_start_matches(digits).trim_end_matches(digits);
    rest.starts_with(digits) && ["alpha", "beta"].contains(&word)
}

/// Whether what a text begins with says it: "Experimental: may change."
pub(super) fn in_text(text: &str) -> bool {
    text.split("\n\n").take(PARAGRAPHS).any(in_paragraph)
}

fn in_paragraph(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let before = &words[at.saturating_sub(NEAR)..at];
        // "The deprecated one" is another one.
        let is_other = before.last() == Some(&"the") && ["deprecated", "legacy"].contains(word);
        WORDS.contains(word) && !is_other && !before.iter().any(|it| OTHERWISE.contains(it))
    })
}

/// Whether an extension does: `x-beta: true`, `x-stability: experimental`, `x-meta: {beta: true}`.
pub(super) fn in_extensions(extensions: &IndexMap<String, Value>) -> bool {
    extensions.iter().any(|(key, value)| is_marked(key, value))
}

fn is_marked(key: &str, value: &Value) -> bool {
    match value {
        Value::Bool(is_so) => *is_so && in_name(key),
        Value::String(text) => text.len() <= LONGEST_NAME && in_name(text),
        Value::Object(members) => {
            let is_marked =
                |(key, value): (&String, &Value)| *value == Value::Bool(true) && in_name(key);
            in_name(key) || members.iter().any(is_marked)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_and_paths_say_it_in_any_spelling() {
        for name in [
            "beta",
            "Agents (Beta)",
            "publicPreview",
            "legacy-files",
            "EXPERIMENTAL",
        ] {
            assert!(in_name(name), "{name}");
        }
        for name in ["alphabet", "previews", "betas", "files"] {
            assert!(!in_name(name), "{name}");
        }
        for path in [
            "/api/v1/beta/agents",
            "/v1beta1/pets",
            "/v2alpha/pets/{id}",
            "/experimental/x",
        ] {
            assert!(in_path(path), "{path}");
        }
        for path in ["/v1/pets", "/pets/{beta}", "/vbeta", "/alphabet"] {
            assert!(!in_path(path), "{path}");
        }
    }

    #[test]
    fn a_text_says_it_where_it_begins_and_of_itself() {
        for text in [
            "Experimental: may change.",
            "List agents\n\nThis endpoint is in **beta**.",
            "[Preview] Agents",
            "This is deprecated, use the other.",
        ] {
            assert!(in_text(text), "{text}");
        }
        for text in [
            "Lists pets.\n\nAll of them.\n\nThe field `size` is deprecated.",
            "No longer in beta.",
            "This replaces the deprecated endpoint.",
            "Lists what isn't deprecated.",
            "Alphabetical list.",
        ] {
            assert!(!in_text(text), "{text}");
        }
    }

    #[test]
    fn extensions_say_it_by_key_or_by_value() {
        let marked = |value: Value| {
            let Value::Object(members) = value else {
                return false;
            };
            in_extensions(&members.into_iter().collect())
        };
        assert!(marked(json!({"x-beta": true})));
        assert!(marked(json!({"x-stability": "experimental"})));
        assert!(marked(json!({"x-displayName": "Agents (beta)"})));
        assert!(marked(json!({"x-meta": {"beta": true}})));
        assert!(marked(json!({"x-deprecated": {"since": "2026-01-01"}})));
        assert!(!marked(json!({"x-beta": false, "x-preview-order": 1})));
        assert!(!marked(json!({"x-meta": {"beta": false}})));
        assert!(!marked(json!({"x-stability": "stable"})));
    }
}
