//! What was read of a response, held against what came.

use serde_json::Value;

use crate::corpus::caller::{Called, Case};
use crate::corpus::examples::support::differences;

/// What became of a recorded response.
#[derive(Debug, PartialEq)]
pub(super) enum Compared {
    /// It wasn't read, and why.
    Unread(String),
    /// It was read.
    Read {
        /// What of it isn't the same, with the path of each place.
        differences: Vec<String>,
        /// How many differences the client itself told of.
        reported: usize,
    },
}

/// Holds what was read against what came.
pub(super) fn compare(case: &Case, called: &Called) -> Compared {
    let Some(response) = &case.response else {
        return Compared::Unread("no response".to_owned());
    };
    if let Some(unsent) = &called.unsent {
        return Compared::Unread(unsent.clone());
    }
    if !called.read && called.is_status && response.status >= 300 {
        // A failure is an error that has it; only a documented body is read.
        if let Some(why) = &called.failure_error {
            return Compared::Unread(format!("the documented error body: {why}"));
        }
        return match &called.failure {
            Some(text) => same(&response.body, text, &called.deviations),
            None => Compared::Read {
                differences: Vec::new(),
                reported: 0,
            },
        };
    }
    match (&called.encoded, &called.error) {
        (Some(text), None) if called.read => same(&response.body, text, &called.deviations),
        // Streams are read, but not kept.
        (None, None) if called.read => Compared::Read {
            differences: Vec::new(),
            reported: 0,
        },
        (_, error) => {
            let error = error.as_deref().unwrap_or("no reason given");
            Compared::Unread(error.to_owned())
        }
    }
}

fn same(came: &str, encoded: &str, deviations: &[String]) -> Compared {
    let after: Value = serde_json::from_str(encoded).unwrap_or_default();
    // What is no JSON comes back as text.
    let before = match serde_json::from_str(came) {
        Ok(before) if !after.is_string() || after == before => before,
        _ => Value::String(came.to_owned()),
    };
    let before = match (&before, &after) {
        // Nothing came, and nothing was read.
        (Value::String(text), Value::Null) if text.is_empty() => Value::Null,
        _ => before,
    };
    let mut reported = 0;
    let mut left = Vec::new();
    for (at, what) in differences(&before, &after) {
        let path = path(&at);
        if deviations.iter().any(|text| names(text, &path)) {
            reported += 1;
        } else {
            let place = if path.is_empty() {
                "the whole value"
            } else {
                &path
            };
            left.push(format!("{place}: {what}"));
        }
    }
    Compared::Read {
        differences: left,
        reported,
    }
}

/// A JSON pointer as the emitted crates write paths: `items[3].status`.
fn path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
            path.extend(["[", &part, "]"]);
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&part);
        }
    }
    path
}

/// Whether a text has a path in it, and not as a part of a longer one.
fn names(text: &str, path: &str) -> bool {
    let of_path = |letter: char| letter.is_alphanumeric() || "_.[]-".contains(letter);
    let mut places = text.match_indices(path);
    !path.is_empty()
        && places.any(|(start, _)| {
            let before = text[..start].chars().next_back();
            let after = text[start + path.len()..].chars().next();
            !before.is_some_and(of_path) && !after.is_some_and(of_path)
        })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Response;
    use super::*;

    fn compared(status: u16, body: &str, called: &Called) -> Compared {
        let case = Case {
            operation: 0,
            name: String::new(),
            arguments: BTreeMap::new(),
            doubts: Vec::new(),
            response: Some(Response {
                status,
                headers: BTreeMap::new(),
                body: body.to_owned(),
            }),
        };
        compare(&case, called)
    }

    fn read(encoded: &str, deviations: &[&str]) -> Called {
        Called {
            read: true,
            encoded: Some(encoded.to_owned()),
            deviations: deviations.iter().map(|&text| text.to_owned()).collect(),
            ..Called::default()
        }
    }

    fn differs(differences: &[&str], reported: usize) -> Compared {
        let differences = differences.iter().map(|&text| text.to_owned()).collect();
        Compared::Read {
            differences,
            reported,
        }
    }

    #[test]
    fn what_the_client_tells_of_is_no_difference() {
        let body = r#"{"items": [{"id": 1, "a": {"x": 2}}]}"#;
        let encoded = r#"{"items": [{"id": 1, "has_wiki": false, "a": {}}]}"#;
        assert_eq!(
            compared(200, body, &read(encoded, &[])),
            differs(
                &[
                    "items[0].a.x: 2 was lost",
                    "items[0].has_wiki: false was added"
                ],
                0
            )
        );
        let reported = r#"Deviation { path: "items[0].has_wiki", expected: "a boolean" }"#;
        assert_eq!(
            compared(200, body, &read(encoded, &[reported])),
            differs(&["items[0].a.x: 2 was lost"], 1)
        );
        let longer = r#"Deviation { path: "items[0].has_wiki_pages" }"#;
        assert!(matches!(
            compared(200, body, &read(encoded, &[longer])),
            Compared::Read { reported: 0, .. }
        ));
    }

    #[test]
    fn texts_and_failures_are_compared_too() {
        assert_eq!(
            compared(200, "<a/>", &read("\"<a/>\"", &[])),
            differs(&[], 0)
        );
        assert_eq!(compared(204, "", &read("\"\"", &[])), differs(&[], 0));
        assert_eq!(compared(200, "", &read("null", &[])), differs(&[], 0));
        let failed = |failure: Option<&str>, error: Option<&str>| Called {
            is_status: true,
            error: Some("404".to_owned()),
            failure: failure.map(str::to_owned),
            failure_error: error.map(str::to_owned),
            ..Called::default()
        };
        assert_eq!(compared(404, "x", &failed(None, None)), differs(&[], 0));
        assert_eq!(
            compared(404, r#"{"a": 1}"#, &failed(Some("{}"), None)),
            differs(&["a: 1 was lost"], 0)
        );
        let wrong = compared(404, "{}", &failed(None, Some("no `a`")));
        assert_eq!(
            wrong,
            Compared::Unread("the documented error body: no `a`".to_owned())
        );
    }
}
