//! Keeping secrets, and characters that could deceive a reader, out of everything that is shown.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

/// An error that lies under another one.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// An error that lies under those of several calls.
#[derive(Clone)]
pub(crate) struct SharedCause(Arc<dyn StdError + Send + Sync>);

impl SharedCause {
    pub(crate) fn new(cause: impl Into<Cause>) -> Self {
        Self(cause.into().into())
    }
}

/// The error itself, of its own type, whether it is shared or not.
pub(crate) fn unshared(cause: &Cause) -> &(dyn StdError + 'static) {
    match cause.downcast_ref::<SharedCause>() {
        Some(SharedCause(shared)) => &**shared,
        None => &**cause,
    }
}

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for SharedCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// What stands where a secret stood.
const REDACTED: &str = "[redacted]";

/// Secrets that are less long are looked for as whole words: elsewhere they would blot out ordinary
/// text, and shield nothing.
const SHORT: usize = 4;

/// The longest text of an error that is kept as it is, in bytes. A value that a server sends stands
/// whole in the message of its decoder.
const LONGEST_CAUSE: usize = 2000;

/// The secrets of one call: its credential, sensitive headers and cookies.
#[derive(Clone, Default)]
pub(crate) struct Scrubber {
    /// Longest first, so that a secret inside another one leaves no rest of the longer one.
    secrets: Vec<String>,
}

impl Scrubber {
    /// Adds a secret.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.is_empty() || self.secrets.iter().any(|known| known == secret) {
            return;
        }
        self.secrets.push(secret.to_owned());
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
        let mut at = 0;
        while clean.len() <= limit * 4 && at < raw.len() {
            if let Some(length) = self.secret_at(raw, at) {
                clean.extend_from_slice(REDACTED.as_bytes());
                at += length;
            } else {
                clean.push(raw[at]);
                at += 1;
            }
        }
        one_line(&String::from_utf8_lossy(&clean), limit)
    }

    /// The same error where it shows no secret and is of a bearable length, else one that has only
    /// its scrubbed text.
    pub(crate) fn cause(&self, cause: Cause) -> Cause {
        let mut next: Option<&(dyn StdError + 'static)> = Some(&*cause);
        while let Some(link) = next {
            let texts = [link.to_string(), format!("{link:?}")];
            if texts
                .iter()
                .any(|text| text.len() > LONGEST_CAUSE || self.finds(text))
            {
                return Box::new(Text(self.show(cause.to_string().as_bytes(), 500)));
            }
            next = link.source();
        }
        cause
    }

    fn finds(&self, text: &str) -> bool {
        let text = text.as_bytes();
        (0..text.len()).any(|at| self.secret_at(text, at).is_some())
    }

    /// How much of a text, from a place in it, is a secret in any form.
    fn secret_at(&self, text: &[u8], at: usize) -> Option<usize> {
        self.secrets.iter().find_map(|secret| {
            let length = written(&text[at..], secret.as_bytes())?;
            let before = at.checked_sub(1).map(|before| text[before]);
            let after = text.get(at + length).copied();
            let is_word = ![before, after]
                .into_iter()
                .flatten()
                .any(|byte| byte.is_ascii_alphanumeric());
            (secret.len() >= SHORT || is_word).then_some(length)
        })
    }
}

/// The length of a secret at the start of a text, however its characters are written there: as they
/// are, in another case, percent-encoded (RFC 3986, 2.1), escaped as in JSON (RFC 8259, 7), or as
/// HTML writes them. Where the text ends within it, the first part of it counts as well.
fn written(text: &[u8], secret: &[u8]) -> Option<usize> {
    // A secret may itself hold what looks like an escape.
    if text.starts_with(secret) {
        return Some(secret.len());
    }
    let mut rest = text;
    for (count, expected) in secret.iter().enumerate() {
        if rest.is_empty() && count >= SHORT {
            break;
        }
        let (byte, length) = character(rest)?;
        if byte.eq_ignore_ascii_case(expected) {
            rest = &rest[length..];
        } else {
            rest = rest.strip_prefix(std::slice::from_ref(expected))?;
        }
    }
    Some(text.len() - rest.len())
}

/// The first character of a text without its escape, and how long it is written.
fn character(text: &[u8]) -> Option<(u8, usize)> {
    let code = |digits: &[u8], radix, length| {
        let digits = std::str::from_utf8(digits).ok()?;
        Some((u8::from_str_radix(digits, radix).ok()?, length))
    };
    let plain = (*text.first()?, 1);
    let escaped = match text {
        [b'%', high, low, ..] => code(&[*high, *low], 16, 3),
        [b'\\', b'u', b'0', b'0', high, low, ..] => code(&[*high, *low], 16, 6),
        [b'\\', b'x', high, low, ..] => code(&[*high, *low], 16, 4),
        [b'\\', escaped @ (b'/' | b'"' | b'\\'), ..] => Some((*escaped, 2)),
        [b'&', b'#', rest @ ..] => {
            rest.iter()
                .take(6)
                .position(|byte| *byte == b';')
                .and_then(|end| match &rest[..end] {
                    [b'x' | b'X', digits @ ..] => code(digits, 16, end + 3),
                    digits => code(digits, 10, end + 3),
                })
        }
        [b'&', ..] => ENTITIES
            .iter()
            .find(|(name, _)| text.starts_with(name))
            .map(|(name, byte)| (*byte, name.len())),
        _ => None,
    };
    Some(escaped.unwrap_or(plain))
}

/// What HTML has names for, of the characters that a header can hold.
const ENTITIES: [(&[u8], u8); 5] = [
    (b"&amp;", b'&'),
    (b"&lt;", b'<'),
    (b"&gt;", b'>'),
    (b"&quot;", b'"'),
    (b"&apos;", b'\''),
];

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
