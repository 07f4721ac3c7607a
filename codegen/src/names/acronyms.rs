//! Acronyms and words of mixed case, which the rules of camel case would take to pieces.

use std::borrow::Cow;

/// A word of mixed case.
struct Word {
    written: &'static str,
    /// As one word of camel case: `Oauth` becomes `oauth`.
    plain: &'static str,
    /// As part of the name of a type.
    in_types: &'static str,
}

/// Words that are names themselves, and one word wherever they stand.
const WORDS: [Word; 12] = [
    word("OAuth", "Oauth", "OAuth"),
    word("IPv", "Ipv", "IPv"),
    word("GraphQL", "Graphql", "GraphQl"),
    word("MySQL", "Mysql", "MySql"),
    word("NoSQL", "Nosql", "NoSql"),
    word("WiFi", "Wifi", "WiFi"),
    word("IoT", "Iot", "Iot"),
    word("SaaS", "Saas", "Saas"),
    word("PaaS", "Paas", "Paas"),
    word("iOS", "Ios", "Ios"),
    word("mTLS", "Mtls", "Mtls"),
    word("vCPU", "Vcpu", "Vcpu"),
];

const fn word(written: &'static str, plain: &'static str, in_types: &'static str) -> Word {
    Word {
        written,
        plain,
        in_types,
    }
}

/// The small letters that words begin with; all others begin with a capital.
const IN_SMALL: [bool; 256] = {
    let mut first = [false; 256];
    let mut index = 0;
    while index < WORDS.len() {
        let letter = WORDS[index].written.as_bytes()[0];
        first[letter as usize] = letter.is_ascii_lowercase();
        index += 1;
    }
    first
};

/// The text for the name of a type: plurals of acronyms are words, `APIs` is `Apis`.
pub(super) fn for_types(text: &str) -> Cow<'_, str> {
    replaced(text, |word| word.in_types)
}

/// The text for all other names: words of mixed case are one word, too, `OAuth` is `Oauth`.
pub(super) fn for_words(text: &str) -> Cow<'_, str> {
    replaced(text, |word| word.plain)
}

fn replaced(text: &str, form: impl Fn(&Word) -> &'static str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    while at < bytes.len() {
        // Few letters begin any of these, and the texts can be long.
        let first = bytes[at];
        if !first.is_ascii_uppercase() && !IN_SMALL[usize::from(first)] {
            at += 1;
            continue;
        }
        let (end, new) = if let Some(word) = word_at(text, at) {
            (at + word.written.len(), Cow::Borrowed(form(word)))
        } else if let Some(end) = plural_at(bytes, at) {
            let rest = text[at + 1..end].to_ascii_lowercase();
            (end, Cow::Owned(format!("{}{rest}", &text[at..=at])))
        } else {
            at += 1;
            continue;
        };
        out.push_str(&text[kept..at]);
        out.push_str(&new);
        kept = end;
        at = end;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// The word of mixed case that begins here. One that begins in lower case follows no other letter.
fn word_at(text: &str, at: usize) -> Option<&'static Word> {
    let rest = text.get(at..)?;
    let first = rest.as_bytes().first()?;
    let mut words = WORDS.iter();
    words.find(|word| {
        if word.written.as_bytes()[0] != *first {
            return false;
        }
        let Some(behind) = rest.strip_prefix(word.written) else {
            return false;
        };
        let before = text[..at].chars().next_back();
        let starts = match before {
            Some(before) if word.written.starts_with(char::is_lowercase) => !before.is_alphabetic(),
            Some(before) => !before.is_uppercase(),
            None => true,
        };
        // Only a version is a part of the word: `IPv4`.
        let needs_digit = word.written.ends_with('v');
        let ends = match behind.chars().next() {
            Some(next) if needs_digit => next.is_ascii_digit(),
            next => !needs_digit && next.is_none_or(|next| !next.is_lowercase()),
        };
        starts && ends
    })
}

/// Where the plural of an acronym ends that begins here: two capitals or more, then an `s` and no other
/// small letter.
fn plural_at(bytes: &[u8], at: usize) -> Option<usize> {
    if at > 0 && bytes[at - 1].is_ascii_uppercase() {
        // Of many capitals, those behind each of them aren't counted again.
        return None;
    }
    let capitals = bytes[at..].iter().take_while(|it| it.is_ascii_uppercase());
    let end = at + capitals.count();
    let is_plural = end - at >= 2 && bytes.get(end) == Some(&b's');
    let ends = bytes
        .get(end + 1)
        .is_none_or(|next| !next.is_ascii_lowercase());
    (is_plural && ends).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::{for_types, for_words};

    #[test]
    fn long_names_are_read_once() {
        // Each of the capitals, looked at with all behind it, would take minutes.
        for name in ["X".repeat(400_000), "OAut".repeat(100_000)] {
            assert_eq!(for_types(&name), name);
            assert_eq!(for_words(&name), name);
        }
        let plurals = for_types(&"IDs".repeat(100_000)).into_owned();
        assert_eq!(plurals, "Ids".repeat(100_000));
    }
}
