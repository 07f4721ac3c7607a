//! Keeping secrets, and characters that could deceive a reader, out of everything that is shown.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::HeaderMap;

/// An error that lies under another one.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// What stands where a secret stood.
const REDACTED: &str = "[redacted]";

/// Secrets that are less long aren't looked for: they would blot out ordinary text, and shield nothing.
const SHORTEST: usize = 4;

/// The secrets of one call: its credential, sensitive headers and cookies.
#[derive(Clone, Default)]
pub(crate) struct Scrubber {
    /// Longest first, so that a secret inside another one leaves no rest of the longer one.
    secrets: Vec<String>,
}

impl Scrubber {
    /// Adds a secret, and the forms in which a server may hand it back.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        let encoded = Cow::from(utf8_percent_encode(secret, NON_ALPHANUMERIC));
        let escaped = secret.replace('\\', "\\\\").replace('"', "\\\"");
        for form in [secret, &encoded, &escaped] {
            if !self.secrets.iter().any(|known| known == form) {
                self.secrets.push(form.to_owned());
            }
        }
        self.secrets
            .sort_by_key(|known| std::cmp::Reverse(known.len()));
    }

    /// Adds the values of the headers that are marked as sensitive.
    pub(crate) fn add_headers(&mut self, headers: &HeaderMap) {
        for value in headers.values().filter(|value| value.is_sensitive()) {
            let Ok(text) = value.to_str() else { continue };
            self.add(text);
            // The credentials without their scheme: `Bearer KEY`.
            if let Some((_, credentials)) = text.split_once(' ') {
                self.add(credentials);
            }
        }
    }

    /// The start of a text for a message: on one line, at most `limit` characters, without secrets,
    /// and with control and direction characters made visible.
    pub(crate) fn show(&self, raw: &[u8], limit: usize) -> String {
        // Cutting first could leave the first half of a secret that stands across the cut.
        let mut clean = Vec::new();
        let mut rest = raw;
        while clean.len() <= limit * 4
            && let Some((first, after)) = rest.split_first()
        {
            if let Some(secret) = self
                .secrets
                .iter()
                .find(|secret| rest.starts_with(secret.as_bytes()))
            {
                clean.extend_from_slice(REDACTED.as_bytes());
                rest = &rest[secret.len()..];
            } else {
                clean.push(*first);
                rest = after;
            }
        }
        one_line(&String::from_utf8_lossy(&clean), limit)
    }

    /// The same error where it shows no secret, else one that has only its scrubbed text.
    pub(crate) fn cause(&self, cause: Cause) -> Cause {
        let mut next: Option<&(dyn StdError + 'static)> = Some(&*cause);
        while let Some(link) = next {
            if self.finds(&link.to_string()) || self.finds(&format!("{link:?}")) {
                return Box::new(Text(self.show(cause.to_string().as_bytes(), 500)));
            }
            next = link.source();
        }
        cause
    }

    fn finds(&self, text: &str) -> bool {
        self.secrets
            .iter()
            .any(|secret| text.contains(secret.as_str()))
    }
}

/// An error that is only a text.
#[derive(Debug)]
struct Text(String);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Text {}

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

/// Characters that change the order in which a terminal shows others (Unicode, UAX 9).
fn turns_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a header of this name (in lower case) usually holds a secret.
pub(crate) fn is_secret_header(name: &str) -> bool {
    [
        "authorization",
        "cookie",
        "api-key",
        "apikey",
        "token",
        "secret",
        "password",
    ]
    .iter()
    .any(|part| name.contains(part))
}
