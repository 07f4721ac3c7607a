//! Names of headers and parameters that suggest a secret.

/// Parts of the names of secret headers, without separators between words.
const IN_HEADERS: [&str; 13] = [
    "authorization",
    "cookie",
    "apikey",
    "accesskey",
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "credential",
    "signature",
    "jwt",
    "bearer",
];

/// Words before `key` in the names of headers that aren't secret.
const HARMLESS_KEYS: [&str; 9] = [
    "idempotency",
    "cache",
    "surrogate",
    "partition",
    "routing",
    "sort",
    "row",
    "deduplication",
    "public",
];

/// Words before `token` in names that aren't secret: page tokens, and numbers of tokens.
const HARMLESS_TOKENS: [&str; 9] = [
    "page",
    "next",
    "previous",
    "prev",
    "continuation",
    "skip",
    "sync",
    "resume",
    "max",
];

/// The last words of the names of secret parameters.
const LAST_WORDS: [&str; 11] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "signature",
    "jwt",
    "apikey",
    "accesskey",
    "authorization",
];

/// Words before `key` in the names of secret parameters.
const SECRET_KEYS: [&str; 6] = ["api", "access", "secret", "private", "subscription", "auth"];

/// Whether a header of this name usually contains a secret.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let words = words(name);
    let (last, before) = last_two(&words);
    match last {
        "key" | "keys" => !HARMLESS_KEYS.contains(&before),
        "token" | "tokens" => !HARMLESS_TOKENS.contains(&before),
        "auth" => true,
        _ => {
            let joined = words.concat();
            IN_HEADERS.iter().any(|part| joined.contains(part))
        }
    }
}

/// Whether a path or query parameter of this name usually contains a secret. Names like `key` are ambiguous
/// there, so the rules are stricter than for a header.
pub(crate) fn is_secret_parameter(name: &str) -> bool {
    let words = words(name);
    let (last, before) = last_two(&words);
    match last {
        "key" => SECRET_KEYS.contains(&before),
        "token" => !HARMLESS_TOKENS.contains(&before),
        _ => LAST_WORDS.contains(&last),
    }
}

fn last_two(words: &[String]) -> (&str, &str) {
    let mut words = words.iter().rev().map(String::as_str);
    let last = words.next().unwrap_or_default();
    (last, words.next().unwrap_or_default())
}

/// The words of a name in lower case: `X-Api-Key` and `xApiKey` have three.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for character in name.chars() {
        let is_start = character.is_uppercase() && after_lower;
        if !character.is_alphanumeric() || is_start {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && character.is_alphanumeric()
        {
            word.extend(character.to_lowercase());
        }
        after_lower = character.is_lowercase() || character.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}
