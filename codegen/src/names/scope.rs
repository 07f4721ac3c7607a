//! One place that hands out identifiers.

use std::collections::HashSet;
use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use super::letters::is_letter;
use super::reserved::{KEYWORDS, LONGEST_KEYWORD};

/// A valid Rust identifier that is unique in its scope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The identifier as it stands in code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names that must differ from each other: the fields of a struct, the types of a module.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which these names are taken already.
    pub fn new(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    /// Hands out the first of the wanted names that is free, made valid; when none is, the
    /// first one with a number behind it.
    ///
    /// The wanted names are in their case already. A keyword gets an underscore behind it, a
    /// leading digit one in front, and a name without any usable character becomes `fallback`. A
    /// letter that can be written in several ways is written in one (Unicode's normalization form C,
    /// by which the compiler compares names).
    ///
    /// ```
    /// use codegen::names::Scope;
    /// let mut scope = Scope::new(&[]);
    /// assert_eq!(scope.name(&["type"], "field").as_str(), "type_");
    /// assert_eq!(scope.name(&["2fa"], "field").as_str(), "_2fa");
    /// assert_eq!(scope.name(&["2fa"], "field").as_str(), "_2fa_2");
    /// assert_eq!(scope.name(&["type"], "field").as_str(), "type_2");
    /// ```
    pub fn name(&mut self, wanted: &[&str], fallback: &str) -> Ident {
        for name in wanted {
            let candidate = valid(name, fallback);
            if !self.taken.contains(&candidate) {
                self.taken.insert(candidate.clone());
                return Ident(candidate);
            }
        }
        let base = valid(wanted.first().unwrap_or(&""), fallback);
        // A keyword's underscore is the separator already, and types have none.
        let stem = base.trim_end_matches('_');
        let separator = if starts_type(stem) && !ends_in_digit(stem) {
            ""
        } else {
            "_"
        };
        let mut number = 2_u64;
        loop {
            let numbered = format!("{stem}{separator}{number}");
            if self.taken.insert(numbered.clone()) {
                return Ident(numbered);
            }
            number += 1;
        }
    }

    /// Whether a name is taken.
    pub fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }
}

/// Names of types and variants start with a capital and take a number without an underscore.
fn starts_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && !name.contains('_')
}

fn ends_in_digit(name: &str) -> bool {
    name.ends_with(|character: char| character.is_ascii_digit())
}

fn valid(name: &str, fallback: &str) -> String {
    let mut cleaned: String = if name
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'_')
    {
        name.to_owned()
    } else {
        name.chars()
            .filter(|&character| is_letter(character))
            .nfc()
            .collect()
    };
    if cleaned.chars().all(|character| character == '_') {
        fallback.clone_into(&mut cleaned);
    }
    if !cleaned.starts_with(|first| unicode_ident::is_xid_start(first) || first == '_') {
        cleaned.insert(0, '_');
    }
    if cleaned.len() <= LONGEST_KEYWORD && KEYWORDS.contains(&cleaned.as_str()) {
        cleaned.push('_');
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_usable_becomes_the_fallback() {
        let mut scope = Scope::default();
        assert_eq!(scope.name(&[""], "Empty").as_str(), "Empty");
        assert_eq!(scope.name(&["_"], "Empty").as_str(), "Empty2");
        assert_eq!(scope.name(&["日本"], "x").as_str(), "日本");
        assert_eq!(scope.name(&["e\u{301}"], "x").as_str(), "\u{e9}");
        assert_eq!(scope.name(&["\u{e9}"], "x").as_str(), "\u{e9}_2");
    }

    #[test]
    fn alternatives_are_tried_before_numbers() {
        let mut scope = Scope::new(&["Result"]);
        assert_eq!(
            scope.name(&["Result", "ResultRequest"], "x").as_str(),
            "ResultRequest"
        );
        assert_eq!(
            scope.name(&["Result", "ResultRequest"], "x").as_str(),
            "Result2"
        );
    }

    #[test]
    fn every_keyword_is_mended() {
        for keyword in KEYWORDS {
            let ident = Scope::default().name(&[keyword], "x");
            assert!(
                syn::parse_str::<syn::Ident>(ident.as_str()).is_ok(),
                "{keyword}"
            );
        }
    }
}
