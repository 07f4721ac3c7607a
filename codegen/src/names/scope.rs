//! One place that hands out identifiers.

use std::collections::{HashMap, HashSet};
use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use super::letters::is_letter;
use super::reserved::{FILES, KEYWORDS, LONGEST_KEYWORD};

/// Most bytes of a name, save for a number behind it. rustdoc makes a file of each type, and most
/// file systems take no name of more than 255 bytes.
const LONGEST: usize = 120;

/// Most bytes of the name of a module, whose file has an ending too.
const LONGEST_MODULE: usize = 80;

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
#[derive(Clone, Debug)]
pub struct Scope {
    taken: HashSet<String>,
    /// The last number that was put behind a name.
    numbers: HashMap<String, u64>,
    longest: usize,
}

impl Default for Scope {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Scope {
    /// A scope in which these names are taken already.
    pub fn new(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|&name| name.to_owned()).collect(),
            numbers: HashMap::new(),
            longest: LONGEST,
        }
    }

    /// A scope of modules that have a file each: beside these names, those are taken that no file
    /// can have. The wanted names come from [`module_case`](super::module_case).
    pub fn of_modules(reserved: &[&str]) -> Self {
        Self {
            longest: LONGEST_MODULE,
            ..Self::new(&[reserved, FILES].concat())
        }
    }

    /// Hands out the first of the wanted names that is free, made valid; when none is, the
    /// first one with a number behind it.
    ///
    /// The wanted names are in their case already. A keyword gets an underscore behind it, a
    /// leading digit one in front, and a name without any usable character becomes `fallback`.
    /// Of a name that is too long the beginning is taken, and a number made from the whole of it.
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
            let candidate = self.valid(name, fallback);
            if !self.taken.contains(&candidate) {
                self.taken.insert(candidate.clone());
                return Ident(candidate);
            }
        }
        let base = self.valid(wanted.first().unwrap_or(&""), fallback);
        // Of many names that fold to one, none needs to try all numbers of the others.
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number += 1;
            let numbered = numbered(&base, *number);
            if self.taken.insert(numbered.clone()) {
                return Ident(numbered);
            }
        }
    }

    /// Whether a name is taken.
    pub fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    fn valid(&self, name: &str, fallback: &str) -> String {
        shortened(valid(name, fallback), self.longest)
    }
}

/// The beginning of a name that is longer than so many bytes, with a number that is made from the
/// whole of it, so that it stays the same whatever other names there are.
pub(crate) fn shortened(name: String, longest: usize) -> String {
    /// Less than this is the number, which has one digit less.
    const NUMBERS: u32 = 1_000_000_000;
    const DIGITS: usize = 9;
    if name.len() <= longest {
        return name;
    }
    let mut end = longest - DIGITS - "_".len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    numbered(&name[..end], u64::from(hash(&name) % NUMBERS))
}

/// FNV-1a of 32 bits (draft-eastlake-fnv, section 2): the same on every machine and in every version.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// A name with a number behind it.
fn numbered(name: &str, number: u64) -> String {
    // A keyword's underscore is the separator already, and types have none.
    let stem = name.trim_end_matches('_');
    let separator = if starts_type(stem) && !ends_in_digit(stem) {
        ""
    } else {
        "_"
    };
    format!("{stem}{separator}{number}")
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
        // The compiler takes two spellings of one text for one name (RFC 2457). What is the same
        // but for its looks, such as letters of full width, is taken for one too.
        let in_name = |it: &char| is_letter(*it);
        name.chars()
            .filter(in_name)
            .nfkc()
            .filter(in_name)
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
    fn one_text_in_two_spellings_is_one_name() {
        let mut scope = Scope::default();
        let names = ["\u{e5}", "a\u{30a}", "\u{212b}", "\u{c5}"];
        let names = names.map(|name| scope.name(&[name], "x").to_string());
        assert_eq!(names, ["\u{e5}", "\u{e5}_2", "\u{c5}", "\u{c5}2"]);
        let wide = "\u{ff54}\u{ff59}\u{ff50}\u{ff45}";
        assert_eq!(scope.name(&[wide], "x").as_str(), "type_");
        assert_eq!(scope.name(&["\u{fb01}"], "x").as_str(), "fi");
    }

    #[test]
    fn long_names_are_cut_and_still_differ() {
        let long = |last: &str| format!("{}{last}", "list_pets_".repeat(1_000));
        let mut scope = Scope::of_modules(&[]);
        let mut name = |name: &str| scope.name(&[name], "x").to_string();
        let (first, second) = (name(&long("a")), name(&long("b")));
        assert!(first.starts_with("list_pets_list_pets_"), "{first}");
        assert_ne!(first, second);
        assert!(first.len() <= LONGEST_MODULE && second.len() <= LONGEST_MODULE);
        let again = name(&long("a"));
        assert_eq!(again, format!("{first}_2"));
        let mut alone = Scope::of_modules(&[]);
        assert_eq!(alone.name(&[&long("b")], "x").as_str(), second);
        for name in [
            "Pet".repeat(100),
            "\u{65e5}".repeat(100),
            "_".repeat(300) + "1",
        ] {
            let cut = Scope::default().name(&[&name], "x");
            assert!(cut.as_str().len() <= LONGEST, "{cut}");
            assert!(syn::parse_str::<syn::Ident>(cut.as_str()).is_ok(), "{cut}");
        }
    }

    #[test]
    fn many_equal_names_are_told_apart_in_little_time() {
        let mut scope = Scope::new(&["pet_3"]);
        assert_eq!(scope.name(&["pet"], "x").as_str(), "pet");
        assert_eq!(scope.name(&["pet"], "x").as_str(), "pet_2");
        assert_eq!(scope.name(&["pet"], "x").as_str(), "pet_4");
        for _ in 0..100_000 {
            scope.name(&["pet"], "x");
        }
        assert_eq!(scope.name(&["pet"], "x").as_str(), "pet_100005");
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
