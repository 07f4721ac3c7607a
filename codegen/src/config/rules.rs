//! What a text has to look like: names, versions, URLs.

use super::rust_path;
use crate::names::{DEEPEST, Scope};

/// A form that a text must have.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    /// What the text is, as in "a crate name".
    pub(super) what: &'static str,
    /// How to mend one that isn't.
    pub(super) help: &'static str,
    /// Most characters, where there is such a limit.
    longest: usize,
    /// Whether nothing at all is fine, too.
    may_be_empty: bool,
    /// Why a text isn't one.
    check: fn(&str) -> Option<&'static str>,
}

impl Rule {
    /// What is wrong with `text`, if anything is.
    pub(crate) fn broken_by(&self, text: &str) -> Option<String> {
        if text.trim().is_empty() {
            return (!self.may_be_empty).then(|| "is empty".to_owned());
        }
        if text.chars().count() > self.longest {
            return Some(format!("is longer than {} characters", self.longest));
        }
        (self.check)(text).map(str::to_owned)
    }
}

/// Any text that says something.
pub(crate) const TEXT: Rule = Rule {
    what: "a string",
    help: "write a string, or remove the key",
    longest: usize::MAX,
    may_be_empty: false,
    check: |_| None,
};

/// The path of a file.
pub(super) const FILE: Rule = Rule {
    what: "the path of a file",
    help: "write the path from the folder of the configuration, as in `overlays = [\"fix.yaml\"]`",
    longest: 4_096,
    may_be_empty: false,
    check: |text| match text {
        _ if text.contains("://") => Some("is a URL"),
        _ if text.contains(char::is_control) => Some("contains a control character"),
        _ => None,
    },
};

/// A text on one line.
pub(super) const LINE: Rule = Rule {
    what: "a string on one line",
    help: "remove the line breaks, or remove the key",
    longest: usize::MAX,
    may_be_empty: false,
    check: |text| {
        text.contains(char::is_control)
            .then_some("contains a line break or another control character")
    },
};

/// The path of a type that isn't generated.
pub(super) const TYPE_PATH: Rule = Rule {
    what: "the path of a Rust type",
    help: "write a whole path, as in `uuid::Uuid` or `crate::custom::Money`",
    longest: 1000,
    may_be_empty: false,
    check: rust_path::wrong_with_type,
};

/// The path of a derive macro: one of the prelude, or a whole path.
pub(super) const DERIVE: Rule = Rule {
    what: "the path of a derive macro",
    help: "write `Eq`, `Hash`, `PartialOrd`, `Ord`, `Copy` or `Default`, or a whole path, as in `schemars::JsonSchema`",
    longest: 1000,
    may_be_empty: false,
    check: |text| {
        let is_known = crate::model::STANDARD_DERIVES.contains(&text);
        if is_known {
            None
        } else {
            rust_path::wrong_with_plain(text)
        }
    },
};

/// The name of a Cargo feature (The Cargo Book, "Features").
pub(super) const FEATURE: Rule = Rule {
    what: "the name of a Cargo feature",
    help: "use letters, digits, `-`, `_`, `+` and `.`, starting with a letter, a digit or `_`",
    longest: 64,
    may_be_empty: false,
    check: |text| {
        let is_part = |it: char| it.is_ascii_alphanumeric() || "-_+.".contains(it);
        let begins = text.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_');
        (!begins || !text.chars().all(is_part)).then_some("contains a character that it can't have")
    },
};

/// The name of a module of one's own.
pub(super) const MODULE: Rule = Rule {
    what: "the name of a Rust module",
    help: "use lower-case ASCII letters, digits and `_`, starting with a letter, as in `custom`",
    longest: 64,
    may_be_empty: false,
    check: |text| {
        let is_part = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
        if !text.starts_with(|it: char| it.is_ascii_lowercase()) || !text.chars().all(is_part) {
            return Some("is not in snake case");
        }
        (Scope::default().name(&[text], "").as_str() != text).then_some("is a Rust keyword")
    },
};

/// The path of a function.
pub(super) const FUNCTION_PATH: Rule = Rule {
    what: "the path of a Rust function",
    help: "write a whole path, as in `crate::custom::no_url`",
    longest: 1000,
    may_be_empty: false,
    check: rust_path::wrong_with_plain,
};

/// The libraries that emitted crates depend on: a program of the crate couldn't tell one of the
/// same name from the crate's own.
const DEPENDENCIES: [&str; 17] = [
    "bytes",
    "chrono",
    "futures_core",
    "h2",
    "http",
    "http_body",
    "jiff",
    "percent_encoding",
    "quick_xml",
    "reqwest",
    "rustls",
    "rustls_platform_verifier",
    "serde",
    "serde_json",
    "time",
    "tokio",
    "tracing",
];

/// The name of a crate, by the rules of cargo and crates.io: ASCII letters, digits, `-` and `_`,
/// a letter first, 64 characters at most, and no name that the language keeps for itself.
pub(super) const CRATE_NAME: Rule = Rule {
    what: "a crate name",
    help: "use ASCII letters, digits, `-` and `_`, starting with a letter, as in `pet-store`",
    longest: 64,
    may_be_empty: false,
    check: |text| {
        if !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Some("doesn't start with a letter");
        }
        if !text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        {
            return Some("contains a character other than letters, digits, `-` and `_`");
        }
        let library = text.replace('-', "_");
        if Scope::default().name(&[&library], "").as_str() != library {
            return Some("is a Rust keyword");
        }
        if DEPENDENCIES.contains(&library.as_str()) {
            return Some("is the name of a crate that the client depends on");
        }
        if ["alloc", "core", "proc_macro", "std", "test"].contains(&library.as_str()) {
            return Some("is the name of a standard library crate");
        }
        reserved_by_windows(text).then_some("is a reserved device name of Windows")
    },
};

/// A folder with the name of a device can't be made on Windows; cargo refuses such packages.
fn reserved_by_windows(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |device: &str| {
        name.strip_prefix(device)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    ["aux", "con", "nul", "prn"].contains(&name.as_str()) || numbered("com") || numbered("lpt")
}

/// A version after Semantic Versioning 2.0.0.
pub(super) const VERSION: Rule = Rule {
    what: "a version",
    help: "write a SemVer version, as in `0.1.0`",
    longest: 64,
    may_be_empty: false,
    check: |text| {
        semver::Version::parse(text)
            .is_err()
            .then_some("is not MAJOR.MINOR.PATCH")
    },
};

/// The oldest Rust that is supported: two or three numbers, as cargo's `rust-version` has it.
pub(super) const RUST_VERSION: Rule = Rule {
    what: "a Rust version",
    help: "write two or three numbers, as in `1.88`",
    longest: 32,
    may_be_empty: false,
    check: |text| {
        let numbers = text.split('.').collect::<Vec<_>>();
        let sound = |number: &&str| number.parse::<u32>().is_ok() && !number.starts_with('+');
        (!matches!(numbers.len(), 2 | 3) || !numbers.iter().all(sound))
            .then_some("is not two or three numbers")
    },
};

/// A licence expression after SPDX, by its characters only.
pub(super) const LICENSE: Rule = Rule {
    what: "a license expression",
    help: "write an SPDX expression, as in `MIT OR Apache-2.0`",
    longest: 256,
    may_be_empty: false,
    check: |text| {
        (!text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-.+:() ".contains(c)))
        .then_some("contains a character that is invalid in an SPDX expression")
    },
};

/// Names of things in Rust that lead from one to the next.
pub(crate) const NAMES: Rule = Rule {
    what: "a Rust identifier, or several separated by dots",
    help: "use letters, digits and `_`, not starting with a digit, as in `pets` or `beta.pets`",
    longest: 256,
    may_be_empty: false,
    check: |text| {
        if text.split('.').count() > DEEPEST {
            return Some("has too many segments");
        }
        text.split('.').find_map(|name| {
            if name.is_empty() {
                return Some("has an empty segment before or after a dot");
            }
            (NAME.check)(name)
        })
    },
};

/// An absolute web address.
pub(super) const URL: Rule = Rule {
    what: "a URL",
    help: "write it in full, as in `https://example.com/pets`",
    longest: 2048,
    may_be_empty: false,
    check: |text| {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        match rest {
            None => Some("doesn't start with `https://` or `http://`"),
            Some("") => Some("has no host"),
            Some(rest) if rest.starts_with('/') => Some("has no host"),
            Some(rest) => rest
                .contains(|c: char| c.is_whitespace() || c.is_control())
                .then_some("contains a space"),
        }
    },
};

/// A search word, by the rules of crates.io.
pub(super) const KEYWORD: Rule = Rule {
    what: "a keyword",
    help: "use up to 20 ASCII letters, digits, `-`, `_` and `+`, starting with a letter or digit",
    longest: 20,
    may_be_empty: false,
    check: |text| {
        if !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            return Some("doesn't start with a letter or a digit");
        }
        (!text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_+".contains(c)))
        .then_some("contains a character that crates.io rejects")
    },
};

/// A category, by the form of those that crates.io has.
pub(super) const CATEGORY: Rule = Rule {
    what: "a category",
    help: "use one of https://crates.io/category_slugs, as in `api-bindings`",
    longest: 64,
    may_be_empty: false,
    check: |text| {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-:".contains(c);
        (!text.chars().all(sound)).then_some("contains a character that is invalid in a category")
    },
};

/// A variable of the environment that every shell can set (POSIX, section 8.1).
pub(super) const VARIABLE: Rule = Rule {
    what: "the name of an environment variable",
    help: "use ASCII letters, digits and `_`, as in `PET_STORE_KEY`",
    longest: 256,
    may_be_empty: false,
    check: |text| {
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            return Some("starts with a digit");
        }
        (!text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
            .then_some("contains a character other than letters, digits and `_`")
    },
};

/// A URL without variables, which has neither a query nor a fragment: paths are put behind it.
pub(super) const SERVER_URL: Rule = Rule {
    what: "the URL of a server",
    help: "write the whole URL, as in `https://eu.example.com/v2`",
    check: |text| {
        if text.contains(['?', '#']) {
            return Some("has a query or fragment");
        }
        if text.contains(['{', '}']) {
            return Some("has a variable");
        }
        (URL.check)(text)
    },
    ..URL
};

/// The name of a cookie (RFC 6265, section 4.1.1).
pub(super) const COOKIE: Rule = Rule {
    what: "the name of a cookie",
    help: "write the cookie that the server reads, as in `session`",
    longest: 256,
    may_be_empty: false,
    check: |text| {
        (!text.chars().all(is_in_token))
            .then_some("contains a character that is invalid in the name of a cookie")
    },
};

/// Whether a token of HTTP can have a character (RFC 9110 section 5.6.2).
fn is_in_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// Headers that the client sets itself, or that a request can't go without.
const TAKEN_HEADERS: [&str; 8] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "user-agent",
];

/// The name of a header (RFC 9110 section 5.6.2) that the client is free to set.
pub(super) const HEADER: Rule = Rule {
    what: "a header name",
    help: "write the header that the server reads, as in `Idempotency-Key`",
    longest: 256,
    may_be_empty: false,
    check: |text| {
        if !text.chars().all(is_in_token) {
            return Some("contains a character that is invalid in a header name");
        }
        TAKEN_HEADERS
            .contains(&text.to_ascii_lowercase().as_str())
            .then_some("is a standard header with another meaning")
    },
};

/// A name for something in the emitted code. Keywords are fine: they are escaped there.
pub(crate) const NAME: Rule = Rule {
    what: "a Rust identifier",
    help: "use letters, digits and `_`, not starting with a digit, as in `find_by_tag`",
    longest: 128,
    may_be_empty: false,
    check: |text| {
        if text.starts_with(|first: char| first.is_numeric()) {
            return Some("starts with a digit");
        }
        if text.chars().all(|c| c == '_') {
            return Some("contains no letter");
        }
        (!text.chars().all(|c| c.is_alphanumeric() || c == '_'))
            .then_some("contains a character other than letters, digits and `_`")
    },
};

/// Names of properties with `.` between them.
pub(crate) const DOTTED: Rule = Rule {
    what: "the path of a property",
    help: "write the property names separated by `.`, as in `job.status`",
    longest: 1024,
    may_be_empty: false,
    check: |text| {
        text.split('.')
            .any(|name| name.trim().is_empty())
            .then_some("contains an empty name")
    },
};

/// The same, or nothing, which is the value that the path starts from.
pub(super) const DOTTED_OR_EMPTY: Rule = Rule {
    may_be_empty: true,
    ..DOTTED
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_crate_is_called_like_one_that_it_depends_on() {
        let manifest: toml::Table = clientsmith_runtime::MANIFEST
            .parse()
            .expect("the runtime has a manifest");
        let dependencies = manifest["dependencies"].as_table().expect("it has some");
        for name in dependencies.keys() {
            let why = CRATE_NAME.broken_by(name);
            assert!(why.is_some_and(|it| it.contains("depends on")), "{name}");
        }
        assert_eq!(dependencies.len(), DEPENDENCIES.len());
    }

    #[test]
    fn no_crate_is_called_by_a_word_that_code_would_have_to_write_otherwise() {
        for name in ["union", "gen", "self", "try"] {
            let why = CRATE_NAME.broken_by(name);
            assert!(why.is_some_and(|it| it.contains("keyword")), "{name}");
        }
        for name in ["default", "build", "src", "main", "types"] {
            assert_eq!(CRATE_NAME.broken_by(name), None, "{name}");
        }
    }
}
