//! The corrections of a description, as an overlay.
//!
//! Each is done to a copy of the description first, so that those that follow see what is there then.

use serde_json::{Map, Value};

use crate::pointer::{get, push, split_last, tokens};

use super::yaml;

/// A change of the overlay.
#[derive(Clone, Debug, PartialEq)]
struct Action {
    target: String,
    description: String,
    /// What is merged into the target; the target is removed without it.
    update: Option<Value>,
}

/// The changes so far, and the description with them.
pub(super) struct Corrections {
    root: Value,
    actions: Vec<Action>,
    /// What has to be changed by hand.
    pub(super) by_hand: Vec<String>,
}

impl Corrections {
    pub(super) fn new(root: Value) -> Self {
        Self {
            root,
            actions: Vec::new(),
            by_hand: Vec::new(),
        }
    }

    /// The value at a pointer of the changed description.
    pub(super) fn get(&self, pointer: &str) -> Option<&Value> {
        get(&self.root, pointer)
    }

    /// The changed description.
    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    pub(super) fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Merges a value into the one at a pointer.
    pub(super) fn update(&mut self, pointer: &str, update: Value, why: &str) {
        let target = path(&self.root, pointer);
        if let Some(value) = self.root.pointer_mut(&plain(pointer)) {
            merge(value, update.clone());
        }
        self.actions.push(Action {
            target,
            description: why.to_owned(),
            update: Some(update),
        });
    }

    /// Removes the member at a pointer.
    pub(super) fn remove(&mut self, pointer: &str, why: &str) {
        let target = path(&self.root, pointer);
        if let Some((parent, name)) = split_last(pointer)
            && let Some(Value::Object(members)) = self.root.pointer_mut(&plain(parent))
        {
            members.shift_remove(&*name);
        }
        self.actions.push(Action {
            target,
            description: why.to_owned(),
            update: None,
        });
    }

    /// Removes a string from the array at a pointer, and the array with its last item.
    pub(super) fn remove_item(&mut self, pointer: &str, item: &str, why: &str) {
        let Some(Value::Array(items)) = self.root.pointer_mut(&plain(pointer)) else {
            return;
        };
        items.retain(|it| it != item);
        if items.is_empty() {
            self.actions.retain(|it| {
                // Those that removed the others have nothing left to do.
                it.update.is_some()
                    || !it
                        .target
                        .starts_with(&format!("{}[?", path(&self.root, pointer)))
            });
            return self.remove(pointer, why);
        }
        let target = format!("{}[?@ == {}]", path(&self.root, pointer), quoted(item));
        self.actions.push(Action {
            target,
            description: why.to_owned(),
            update: None,
        });
    }

    /// Puts a value in the place of the one at a pointer; whether that is possible.
    pub(super) fn replace(&mut self, pointer: &str, value: Value, why: &str) -> bool {
        let Some((parent, name)) = split_last(pointer) else {
            return false;
        };
        if !self.get(parent).is_some_and(Value::is_object) {
            return false;
        }
        self.remove(pointer, why);
        let mut update = Map::new();
        update.insert(name.into_owned(), value);
        self.update(parent, update.into(), why);
        true
    }

    /// The text of the overlay.
    pub(super) fn overlay(&self, title: &str) -> String {
        let mut text = String::new();
        let line = |text: &mut String, start: &str, end: &str| {
            text.push_str(start);
            text.push_str(end);
            text.push('\n');
        };
        line(
            &mut text,
            "overlay: 1.1.0\ninfo:\n  title: ",
            &yaml::scalar(title),
        );
        line(&mut text, "  version: 1.0.0", "");
        line(&mut text, "actions:", "");
        for action in &self.actions {
            line(&mut text, "  - target: ", &yaml::scalar(&action.target));
            let description = yaml::scalar(&action.description);
            line(&mut text, "    description: ", &description);
            match &action.update {
                None => text.push_str("    remove: true\n"),
                Some(update) => {
                    text.push_str("    update:");
                    yaml::nested(update, 6, &mut text);
                }
            }
        }
        for note in &self.by_hand {
            let note: String = note.chars().filter(|it| !it.is_control()).collect();
            line(&mut text, "# Not corrected: ", &note);
        }
        text
    }
}

/// A pointer whose tokens are escaped in the one way that a library reads.
fn plain(pointer: &str) -> String {
    tokens(pointer).fold(String::new(), |longer, token| push(&longer, &token))
}

/// Merges as an overlay does (OpenAPI Overlay Specification 1.1.0, "Action Object").
fn merge(target: &mut Value, update: Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (name, value) in update {
                match target.get_mut(&name) {
                    Some(old) => merge(old, value),
                    None => {
                        target.insert(name, value);
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update),
        (Value::Array(target), update) => target.push(update),
        (target, update) => *target = update,
    }
}

/// The `JSONPath` (RFC 9535) of the value at a pointer.
fn path(root: &Value, pointer: &str) -> String {
    let mut path = String::from("$");
    let mut at = String::new();
    for token in tokens(pointer) {
        let is_array = get(root, &at).is_some_and(Value::is_array);
        at = push(&at, &token);
        let is_name = token.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
            && token
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || it == '_');
        if is_array {
            path.extend(["[", &token, "]"]);
        } else if is_name {
            path.push('.');
            path.push_str(&token);
        } else {
            path.extend(["[", &quoted(&token), "]"]);
        }
    }
    path
}

/// A name in single quotes (RFC 9535 section 2.3.1.1).
fn quoted(name: &str) -> String {
    let mut quoted = String::from("'");
    for character in name.chars() {
        match character {
            '\'' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            _ if character.is_control() => {
                quoted.push_str(&yaml::escaped(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn targets_are_paths_and_removals_leave_nothing_empty() {
        let mut corrections = Corrections::new(json!({
            "paths": {"/a'b": {"parameters": [{"required": true}]}}, "required": ["x", "y"],
        }));
        corrections.update(
            "/paths/~1a'b/parameters/0",
            json!({"required": false}),
            "why",
        );
        corrections.remove_item("/required", "x", "why");
        let targets = |it: &Corrections| -> Vec<String> {
            it.actions.iter().map(|it| it.target.clone()).collect()
        };
        let first = "$.paths['/a\\'b'].parameters[0]";
        assert_eq!(targets(&corrections), [first, "$.required[?@ == 'x']"]);
        corrections.remove_item("/required", "y", "why");
        assert_eq!(targets(&corrections), [first, "$.required"]);
        assert!(corrections.replace("/paths", json!([]), "why"));
        assert_eq!(corrections.root(), &json!({"paths": []}));
    }
}
