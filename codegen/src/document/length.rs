//! How long the pointers of all values are together.
//!
//! Each value of a description is known by its pointer, which has all the names that lead to it. One long name
//! above many values is many long pointers, in a short text.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Origin};
use crate::pointer::push;

/// Pointers up to so many bytes are what anybody's are; a server needn't take longer addresses (RFC 9110
/// section 4.1), and no program is written with such names.
const LONG: usize = 8_192;

/// The most bytes of all longer ones together.
const MOST: usize = 64_000_000;

/// Refuses a description whose pointers are too long to be worked with.
pub(crate) fn check(root: &Value) -> Result<(), Vec<Diagnostic>> {
    let mut walk = Walk {
        steps: Vec::new(),
        left: MOST,
    };
    if walk.is_short(root, 0) {
        return Ok(());
    }
    // The innermost place can be a long way below the name that is too long.
    let longest = walk.steps.iter().rposition(|it| it.length() > LONG / 128);
    let end = longest.map_or(walk.steps.len(), |at| at + 1);
    let steps = walk.steps.iter().take(end);
    let place = steps.fold(String::new(), |place, step| push(&place, &step.token()));
    let message = format!(
        "the names on the path to this value have {} bytes, which is too long for the number of \
         values below it",
        place.len()
    );
    let error = Diagnostic::error(Origin::Spec, place, message).at_key();
    Err(vec![error.help("use shorter names")])
}

/// A step from a value to one in it.
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

impl Step<'_> {
    fn token(&self) -> String {
        match self {
            Self::Key(key) => (*key).to_owned(),
            Self::Index(index) => index.to_string(),
        }
    }

    fn length(&self) -> usize {
        match self {
            Self::Key(key) => key.len(),
            // Numbers are short.
            Self::Index(_) => 1,
        }
    }
}

/// A walk over all values.
struct Walk<'v> {
    /// What leads to the value where there is no room, or else to the one that is looked at.
    steps: Vec<Step<'v>>,
    /// How many more bytes there may be.
    left: usize,
}

impl<'v> Walk<'v> {
    /// Whether there is room for a value whose pointer is so long, and for all in it.
    fn is_short(&mut self, value: &'v Value, length: usize) -> bool {
        if length > LONG {
            let Some(left) = self.left.checked_sub(length) else {
                return false;
            };
            self.left = left;
        }
        match value {
            Value::Object(members) => members
                .iter()
                .all(|(key, value)| self.is_short_below(Step::Key(key), value, length)),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .all(|(index, value)| self.is_short_below(Step::Index(index), value, length)),
            _ => true,
        }
    }

    fn is_short_below(&mut self, step: Step<'v>, value: &'v Value, length: usize) -> bool {
        let inner = length + 1 + step.length();
        self.steps.push(step);
        let fits = self.is_short(value, inner);
        if fits {
            self.steps.pop();
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::check;

    fn below(name: &str, count: usize) -> Value {
        let values: Map<String, Value> = (0..count).map(|it| (it.to_string(), json!(it))).collect();
        json!({"components": {"schemas": {name: {"properties": values}}}})
    }

    #[test]
    fn a_long_name_above_many_values_is_refused_with_its_place() {
        let name = "a".repeat(100_000);
        assert!(check(&below(&name, 100)).is_ok());
        assert!(check(&below(&"a".repeat(1_000), 100_000)).is_ok());
        let refused = check(&below(&name, 1_000)).expect_err("it is too much");
        assert_eq!(refused[0].pointer, format!("/components/schemas/{name}"));
        assert!(
            refused[0].message.contains("100020 bytes"),
            "{}",
            refused[0].message
        );
    }
}
