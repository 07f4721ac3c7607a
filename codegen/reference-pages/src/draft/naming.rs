//! Names for what pages have no names for, from the titles of operations.

use crate::facts::Operation;
use codegen::names::{pascal_case, words};

/// What an operation does, and to what: `Create Cat` is `create` and `Cat`.
pub(super) struct Title {
    pub(super) verb: String,
    /// In one word: `CatFood`.
    pub(super) noun: String,
}

impl Title {
    pub(super) fn of(operation: &Operation) -> Self {
        let title = operation.title.as_deref().unwrap_or_default();
        let mut all = words(title);
        // A title of one word says what is done; the path says to what.
        if all.len() < 2 {
            let verb = all.pop();
            let mut fixed = operation.path.split('/').filter(|it| !it.contains('{'));
            let last = fixed.next_back().unwrap_or_default();
            let ends_with_value = operation.path.trim_end_matches('/').ends_with('}');
            all = words(last);
            let verb = verb.unwrap_or_else(|| operation.method.to_ascii_lowercase());
            let noun = pascal_case(&all.join("_"));
            let noun = if ends_with_value {
                singular(&noun)
            } else {
                noun
            };
            return Self { verb, noun };
        }
        let verb = all.remove(0);
        Self {
            verb,
            noun: pascal_case(&all.join("_")),
        }
    }

    /// Whether it gives several of what it names.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.verb.as_str(), "list" | "search" | "query" | "find")
    }

    /// `createCat`
    pub(super) fn id(&self) -> String {
        let verb = pascal_case(&self.verb);
        let mut id = String::new();
        for (index, character) in verb.char_indices() {
            if index == 0 {
                id.extend(character.to_lowercase());
            } else {
                id.push(character);
            }
        }
        id.push_str(&self.noun);
        if id.is_empty() { "call".to_owned() } else { id }
    }

    /// The name of its request body.
    pub(super) fn body(&self) -> String {
        format!("{}{}", singular(&self.noun), pascal_case(&self.verb))
    }

    /// The name of its response.
    pub(super) fn response(&self) -> String {
        let noun = singular(&self.noun);
        match self.verb.as_str() {
            "create" | "get" | "retrieve" | "read" | "update" | "modify" | "replace" | "cancel" => {
                noun
            }
            _ if self.is_list() => format!("{noun}Page"),
            verb => format!("{noun}{}Response", pascal_case(verb)),
        }
    }

    /// What to call one of what it gives several of.
    pub(super) fn item(&self) -> Option<String> {
        self.is_list().then(|| singular(&self.noun))
    }
}

/// The singular of a name, by the rules of English that are most often right.
pub(super) fn singular(name: &str) -> String {
    let changed = |end: &str, with: &str| name.strip_suffix(end).map(|it| format!("{it}{with}"));
    let kept = ["ss", "us", "is"].iter().any(|it| name.ends_with(it));
    if kept || name.len() < 4 {
        return name.to_owned();
    }
    changed("ies", "y")
        .or_else(|| changed("sses", "ss"))
        .or_else(|| changed("xes", "x"))
        .or_else(|| changed("ches", "ch"))
        .or_else(|| changed("shes", "sh"))
        .or_else(|| changed("s", ""))
        .unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_lose_their_ends() {
        let cases = [
            ("Cats", "Cat"),
            ("Entries", "Entry"),
            ("Boxes", "Box"),
            ("Matches", "Match"),
            ("Status", "Status"),
            ("Class", "Class"),
            ("Classes", "Class"),
            ("Ids", "Ids"),
        ];
        for (many, one) in cases {
            assert_eq!(singular(many), one);
        }
    }
}
