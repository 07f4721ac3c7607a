//! Redacting secrets, and escaping misleading characters, in everything that is shown.

mod names;
mod spelling;

use std::error::Error as StdError;
use std::fmt;

use reqwest::header::{COOKIE, HeaderMap, HeaderName};

use self::spelling::{SHORT, Spelling};
use super::basic;
use super::cause::Cause;

pub(crate) use self::names::{is_secret_header, is_secret_parameter};

/// Replaces a secret.
const REDACTED: &str = "[redacted]";

/// The minimum length of a part of a header value that is redacted on its own: shorter parts are names
/// and numbers.
const MIN_PART: usize = 8;

/// The maximum length of an error message that is kept unchanged, in bytes. The message of a decoder may
/// contain a whole value of the response.
const MAX_CAUSE: usize = 2000;

/// Redacts the secrets of one request: its credentials, and sensitive headers, parameters and cookies.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// Longest first, so that a secret within another one doesn't leave a part of the longer one.
    secrets: Vec<String>,
}

impl Redactor {
    /// Adds a secret.
    pub(crate) fn add(&mut self, secret: &str) {
        // A boolean parameter may be called `include-secrets`.
        let is_boolean = matches!(secret, "" | "true" | "false");
        if is_boolean || self.secrets.iter().any(|known| known == secret) {
            return;
        }
        self.secrets.push(secret.to_owned());
        self.secrets
            .sort_by_key(|known| std::cmp::Reverse(known.len()));
    }

    /// Adds the values of the headers that are marked as sensitive, or whose names are.
    pub(crate) fn add_headers(&mut self, headers: &HeaderMap, is_sensitive: impl Fn(&str) -> bool) {
        for (name, value) in headers {
            if (value.is_sensitive() || is_sensitive(name.as_str()))
                && let Ok(text) = value.to_str()
            {
                self.add_header(name, text);
            }
        }
    }

    /// Adds the value of a header, and the parts of it that a server may return separately: credentials
    /// without their scheme (`Bearer KEY`), a password, a cookie's value, an item of a list.
    fn add_header(&mut self, name: &HeaderName, text: &str) {
        self.add(text);
        let (scheme, credentials) = text.split_once(' ').unwrap_or(("", text));
        self.add(credentials.trim());
        if scheme.eq_ignore_ascii_case("basic")
            && let Some(Ok(pair)) = basic::decode(credentials).map(String::from_utf8)
        {
            self.add(basic::secret(&pair));
        }
        let (parts, least) = if *name == COOKIE {
            (text, SHORT)
        } else {
            (credentials, MIN_PART)
        };
        for part in parts.split([',', ';', ' ', '"']) {
            let value = match part.split_once('=') {
                // Base64 may end with `=` as well.
                Some((_, value)) if !value.trim_matches('=').is_empty() => value,
                _ => part,
            };
            if value.len() >= least {
                self.add(value);
            }
        }
    }

    /// The start of a text for a message: on one line, at most `limit` characters, with secrets redacted,
    /// and control and direction characters escaped.
    pub(crate) fn show(&self, raw: &[u8], limit: usize) -> String {
        // Truncating first could leave the first half of a secret at the end.
        let spellings = self.spellings();
        let mut clean = Vec::new();
        let (mut at, mut seen) = (0, 0);
        while clean.len() <= limit * 4 && at < raw.len() {
            if let Some((start, end)) = find(&spellings, raw, at) {
                // Some bits of it may be in the character before it.
                clean.truncate(clean.len() - (at - start.max(seen)));
                clean.extend_from_slice(REDACTED.as_bytes());
                (at, seen) = (end, end);
            } else {
                clean.push(raw[at]);
                at += 1;
            }
        }
        one_line(&String::from_utf8_lossy(&clean), limit)
    }

    /// The text with secrets redacted, and otherwise unchanged.
    pub(crate) fn redacted(&self, text: &str) -> String {
        let (spellings, raw) = (self.spellings(), text.as_bytes());
        let mut clean = Vec::with_capacity(raw.len());
        let (mut at, mut seen) = (0, 0);
        while let Some(byte) = raw.get(at) {
            if let Some((start, end)) = find(&spellings, raw, at) {
                clean.truncate(clean.len() - (at - start.max(seen)));
                clean.extend_from_slice(REDACTED.as_bytes());
                (at, seen) = (end, end);
            } else {
                clean.push(*byte);
                at += 1;
            }
        }
        String::from_utf8_lossy(&clean).into_owned()
    }

    /// The same error if it contains no secret and isn't too long, or else one with its redacted message
    /// only.
    pub(crate) fn cause(&self, cause: Cause) -> Cause {
        let spellings = self.spellings();
        let shows_one =
            |text: &[u8]| (0..text.len()).any(|at| find(&spellings, text, at).is_some());
        let mut next: Option<&(dyn StdError + 'static)> = Some(&*cause);
        while let Some(link) = next {
            let texts = [link.to_string(), format!("{link:?}")];
            if texts
                .iter()
                .any(|text| text.len() > MAX_CAUSE || shows_one(text.as_bytes()))
            {
                return Box::new(Message(self.show(cause.to_string().as_bytes(), 500)));
            }
            next = link.source();
        }
        cause
    }

    /// All spellings of all secrets.
    fn spellings(&self) -> Vec<Spelling> {
        let secrets = self.secrets.iter();
        secrets.flat_map(|secret| Spelling::all(secret)).collect()
    }
}

/// The range of a secret at a position in a text.
fn find(spellings: &[Spelling], text: &[u8], at: usize) -> Option<(usize, usize)> {
    spellings.iter().find_map(|spelling| spelling.at(text, at))
}

/// An error that has only a message.
#[derive(Debug)]
struct Message(String);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Message {}

fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut gap = false;
    for character in text.chars() {
        if character.is_whitespace() {
            gap = length > 0;
            continue;
        }
        if length >= limit {
            line.push_str("...");
            break;
        }
        if gap {
            line.push(' ');
            length += 1;
            gap = false;
        }
        if character.is_control() || turns_direction(character) {
            line.extend(character.escape_unicode());
        } else {
            line.push(character);
        }
        length += 1;
    }
    line
}

/// Whether a character changes the order in which a terminal shows others (Unicode, UAX 9).
fn turns_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
