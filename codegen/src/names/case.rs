//! The three cases of Rust names.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::{UnicodeNormalization, is_nfkc};

use super::acronyms;
use super::letters::is_letter;

/// The name of a type or a variant: `scan_v2` becomes `ScanV2`.
///
/// ```
/// assert_eq!(codegen::names::pascal_case("HTTPValidationError"), "HttpValidationError");
/// ```
pub fn pascal_case(text: &str) -> String {
    if is_snake_case(text) {
        return text
            .split('_')
            .fold(String::with_capacity(text.len()), |mut name, word| {
                let (first, rest) = word.split_at(1);
                name.push_str(&first.to_ascii_uppercase());
                name.push_str(rest);
                name
            });
    }
    spell(&acronyms::for_types(text)).to_upper_camel_case()
}

/// Whether a text is lower-case words of ASCII with an underscore between any two of them: most names
/// in descriptions are, and they needn't be taken to pieces to be seen as such.
fn is_snake_case(text: &str) -> bool {
    let in_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.split('_')
        .all(|word| !word.is_empty() && word.bytes().all(in_word))
}

/// The name of a field, a method or a module: `createdAt` becomes `created_at`, and `1` becomes `n1`.
///
/// An underscore before the digits would not do: clippy refuses it for a parameter, and a type and its module would have
/// one name.
pub fn snake_case(text: &str) -> String {
    let name = if is_snake_case(text) {
        text.to_owned()
    } else {
        spell(&acronyms::for_words(text)).to_snake_case()
    };
    if name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|it| it.is_ascii_digit() || it == '_')
    {
        return format!("n{name}");
    }
    name
}

/// The name of a module, which is a file too: rustc takes ASCII alone for these (E0754).
pub fn module_case(text: &str) -> String {
    snake_case(&deunicode::deunicode(text))
}

/// The name of a constant: `us-east` becomes `US_EAST`.
pub fn constant_case(text: &str) -> String {
    spell(&acronyms::for_words(text)).to_shouty_snake_case()
}

/// The environment variable of a crate for something: `PET_STORE_TOKEN`.
///
/// What is called after the crate already isn't called so twice. It is ASCII, as shells want it.
pub fn variable_case(package: &str, what: &str) -> String {
    let case = |text: &str| constant_case(&deunicode::deunicode(text));
    let (package, what) = (case(package), case(what));
    match what.strip_prefix(&format!("{package}_")) {
        Some(rest) => format!("{package}_{rest}"),
        None => format!("{package}_{what}"),
    }
}

/// The lower-case words of a name: `listDishes` is `list` and `dishes`.
pub fn words(text: &str) -> Vec<String> {
    snake_case(text)
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What a sign is called, for names that consist of signs alone.
fn sign(character: char) -> String {
    let word = match character {
        '!' => "bang",
        '"' => "quote",
        '#' => "hash",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' | ')' => "parenthesis",
        ',' => "comma",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '@' => "at",
        '[' | ']' => "bracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' | '}' => "brace",
        '|' => "pipe",
        '~' => "tilde",
        '$' => "dollar",
        ' ' => "space",
        other => return format!("u{:x} ", u32::from(other)),
    };
    format!("{word} ")
}

/// Turns every character that no identifier can hold into a break between words, save a few
/// signs whose meaning would be lost with them: `+1` and `-1` must not become one name.
fn spell(text: &str) -> String {
    if !text.is_ascii() && !is_nfkc(text) {
        return spell(&text.nfkc().collect::<String>());
    }
    let mut spelled = String::with_capacity(text.len());
    let between = text.find(char::is_alphanumeric)..text.rfind(char::is_alphanumeric);
    for (at, character) in text.char_indices() {
        let starts = at == 0;
        match character {
            '+' if starts => spelled.push_str("plus "),
            '-' if starts => spelled.push_str("minus "),
            // A sign between words only leads from one to the next, as in "Home > Garden".
            '<' | '>' | '=' if between.contains(&Some(at)) => spelled.push(' '),
            '<' => spelled.push_str(" less "),
            '>' => spelled.push_str(" greater "),
            '=' => spelled.push_str(" equal "),
            '*' => spelled.push_str(" star "),
            '$' | '@' | '#' | '!' | '?' | '%' | '&' | '~' | '^' | '|' => spelled.push(' '),
            other if is_letter(other) => spelled.push(other),
            _ => spelled.push(' '),
        }
    }
    if spelled
        .chars()
        .all(|character| matches!(character, ' ' | '_'))
    {
        spelled = text.chars().map(sign).collect();
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert_eq!(pascal_case("scan_v2"), "ScanV2");
        assert_eq!(pascal_case("IN_PROGRESS"), "InProgress");
        assert_eq!(snake_case("createdAt"), "created_at");
        assert_eq!(snake_case("X-Request-ID"), "x_request_id");
        assert_eq!(constant_case("us-east"), "US_EAST");
        assert_eq!(variable_case("pet-store", "apiKey"), "PET_STORE_API_KEY");
        assert_eq!(variable_case("pets", "pets_token"), "PETS_TOKEN");
        assert_eq!(module_case("Überweisungen"), "uberweisungen");
        assert!(module_case("日本").is_ascii());
        assert_eq!(words("listDishes"), ["list", "dishes"]);
        assert_eq!(pascal_case("\u{aa}"), "A");
        assert_eq!(snake_case("E\u{301}T\u{c9}"), "\u{e9}t\u{e9}");
    }

    #[test]
    fn acronyms_and_their_plurals_are_words() {
        for (written, words, of_type) in [
            ("listAPIs", "list_apis", "ListApis"),
            ("IPs", "ips", "Ips"),
            (
                "require_signed_URLs",
                "require_signed_urls",
                "RequireSignedUrls",
            ),
            ("IDsOfUsers", "ids_of_users", "IdsOfUsers"),
            ("nanoCPUs", "nano_cpus", "NanoCpus"),
            ("WellKnownURIs", "well_known_uris", "WellKnownUris"),
            ("AAGUIDs", "aaguids", "Aaguids"),
            ("OAuth", "oauth", "OAuth"),
            ("OAuth2Token", "oauth2_token", "OAuth2Token"),
            ("createOAuthApp", "create_oauth_app", "CreateOAuthApp"),
            ("isIPv4", "is_ipv4", "IsIPv4"),
            ("IPvs", "i_pvs", "IPvs"),
            ("iOSVersion", "ios_version", "IosVersion"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("CSStyle", "cs_style", "CsStyle"),
            ("OAuthorize", "o_authorize", "OAuthorize"),
            ("DNSsec", "dn_ssec", "DnSsec"),
        ] {
            assert_eq!(snake_case(written), words);
            assert_eq!(pascal_case(written), of_type);
        }
        assert_eq!(constant_case("userIDs"), "USER_IDS");
    }

    #[test]
    fn names_that_are_taken_as_they_are_get_what_others_get() {
        for name in ["a", "a_b", "ab_1c", "a1_b2_3", "2fa", "x_1", "1_2", "a1b"] {
            assert!(is_snake_case(name));
            assert_eq!(pascal_case(name), spell(name).to_upper_camel_case());
            let snake = spell(name).to_snake_case();
            assert!(snake_case(name).ends_with(&snake));
        }
        for name in ["", "_", "a_", "_a", "a__b", "A", "a-b", "\u{e9}"] {
            assert!(!is_snake_case(name));
        }
    }

    #[test]
    fn signs_that_carry_meaning_survive() {
        assert_ne!(pascal_case("+1"), pascal_case("-1"));
        assert_ne!(pascal_case("<"), pascal_case("<="));
        assert_eq!(snake_case("-created_at"), "minus_created_at");
        assert_eq!(snake_case("1.2"), "n1_2");
        assert_eq!(snake_case("2fa"), "2fa");
        assert_eq!(pascal_case("~"), "Tilde");
        assert_eq!(snake_case("created>"), "created_greater");
        assert_eq!(snake_case("Home > Garden"), "home_garden");
        assert_eq!(pascal_case("_"), "Underscore");
        assert_eq!(snake_case("a\u{fe0f}b"), "a_b");
        assert_eq!(snake_case("\u{3164}"), "u1160");
    }
}
