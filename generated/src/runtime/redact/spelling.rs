//! The spellings in which a server may return a secret.
//!
//! Escapes of all kinds are decoded in layers: text that is percent-encoded twice, JSON inside of JSON,
//! JSON inside of HTML.

use std::fmt::Write as _;

use super::super::basic;

/// Shorter secrets are redacted as whole words only: otherwise they would match ordinary text.
pub(super) const SHORT: usize = 4;

/// The maximum number of nested escapes.
const LAYERS: usize = 3;

/// The maximum number of bytes after the first one of an escape: `&#x002F;`.
const MAX_ESCAPE: usize = 8;

/// One of the spellings of a secret.
pub(super) struct Spelling {
    text: Vec<u8>,
    is_base64: bool,
    /// Whether the character before it contains some bits of the secret.
    shares_first: bool,
}

impl Spelling {
    /// A secret as it is, and in Base64: at each of the three alignments, because it may be preceded by
    /// other bytes, as in `Bearer KEY` and `user:KEY`.
    pub(super) fn all(secret: &str) -> Vec<Self> {
        let plain = |text: &str| Self {
            text: text.into(),
            is_base64: false,
            shares_first: false,
        };
        let mut all = vec![plain(secret)];
        if !secret.is_ascii() {
            all.push(plain(&in_ascii(secret)));
        }
        if secret.len() >= SHORT {
            for before in 0..3 {
                let bytes = [&[0; 2][..before], secret.as_bytes()].concat();
                let mut text = basic::base64(&bytes).into_bytes();
                // Only characters whose six bits all belong to the secret: their neighbors depend on
                // the bytes before and after it.
                text.truncate(bytes.len() * 8 / 6);
                text.drain(..(before * 8).div_ceil(6));
                all.push(Self {
                    text,
                    is_base64: true,
                    shares_first: before > 0,
                });
            }
        }
        all
    }

    /// Its range in a text, if it is at this position. In Base64 this includes the characters beside it,
    /// which may contain some of its bits.
    pub(super) fn at(&self, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let length = self.length_at(&text[at..])?;
        let (mut start, mut end) = (at, at + length);
        if self.is_base64 {
            let before = start.checked_sub(1).map(|before| text[before]);
            start -= usize::from(self.shares_first && before.is_some_and(is_base64));
            let behind = text.get(end).copied();
            end += usize::from(behind.is_some_and(is_base64));
            let padding = text[end..].iter().take_while(|byte| **byte == b'=');
            end += padding.count();
        } else if self.text.len() < SHORT {
            let before = start.checked_sub(1).map(|before| text[before]);
            let mut beside = [before, text.get(end).copied()].into_iter().flatten();
            if beside.any(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
        }
        Some((start, end))
    }

    /// Its length at the start of a text. If the text ends within it, its first part matches as well.
    fn length_at(&self, text: &[u8]) -> Option<usize> {
        // A secret may itself contain what looks like an escape.
        if text.starts_with(&self.text) {
            return Some(self.text.len());
        }
        let mut rest = text;
        for (count, expected) in self.text.iter().enumerate() {
            let is_cut = |rest: &[u8]| match rest {
                [] => true,
                [first, ..] => is_escape(*first) && rest.len() <= MAX_ESCAPE,
            };
            match self.step(rest, *expected) {
                Some(length) => rest = &rest[length..],
                None if count >= SHORT && is_cut(rest) => return Some(text.len()),
                None => return None,
            }
        }
        Some(text.len() - rest.len())
    }

    /// The length of the expected character at the start of a text; `None` for any other.
    fn step(&self, text: &[u8], expected: u8) -> Option<usize> {
        let layers = match text.first() {
            Some(first) if is_escape(*first) => LAYERS,
            _ => 0,
        };
        (0..=layers).rev().find_map(|layers| {
            let (found, length) = unescaped(text, layers)?;
            let is_same = match (found, self.is_base64) {
                // The alphabet for URLs (RFC 4648, 5).
                (b'-', true) => expected == b'+',
                (b'_', true) => expected == b'/',
                (_, true) => expected == found,
                (b'+', false) if expected == b' ' => true,
                (_, false) => expected.eq_ignore_ascii_case(&found),
            };
            is_same.then_some(length)
        })
    }
}

/// A string in JSON with non-ASCII characters escaped.
fn in_ascii(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
            continue;
        }
        for half in character.encode_utf16(&mut [0; 2]) {
            // Writing to a String can't fail.
            let _ = write!(escaped, "\\u{half:04x}");
        }
    }
    escaped
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

/// Whether a byte starts an escape: percent-encoding (RFC 3986, 2.1), JSON (RFC 8259, 7) or HTML.
fn is_escape(byte: u8) -> bool {
    b"%\\&".contains(&byte)
}

/// The first byte of a text below `layers` escapes, and its written length.
fn unescaped(text: &[u8], layers: usize) -> Option<(u8, usize)> {
    let Some(below) = layers.checked_sub(1) else {
        return Some((*text.first()?, 1));
    };
    let (first, mut length) = unescaped(text, below)?;
    if !is_escape(first) {
        return Some((first, length));
    }
    let plain = (first, length);
    let mut bytes = [0; MAX_ESCAPE];
    let mut ends = [0; MAX_ESCAPE];
    let mut count = 0;
    while count < MAX_ESCAPE
        && let Some((byte, more)) = unescaped(&text[length..], below)
    {
        length += more;
        (bytes[count], ends[count]) = (byte, length);
        count += 1;
    }
    let escape = escape(first, &bytes[..count]);
    Some(escape.map_or(plain, |(byte, used)| (byte, ends[used - 1])))
}

/// The byte of an escape, and the number of bytes after its first one.
fn escape(first: u8, behind: &[u8]) -> Option<(u8, usize)> {
    match (first, behind) {
        (b'%', [high, low, ..]) => Some((number(&[*high, *low], 16)?, 2)),
        (b'\\', [b'u', b'0', b'0', high, low, ..]) => Some((number(&[*high, *low], 16)?, 5)),
        (b'\\', [b'x', high, low, ..]) => Some((number(&[*high, *low], 16)?, 3)),
        (b'\\', [escaped @ (b'/' | b'"' | b'\\' | b'\''), ..]) => Some((*escaped, 1)),
        (b'&', [b'#', rest @ ..]) => {
            let end = rest.iter().position(|byte| *byte == b';')?;
            let byte = match &rest[..end] {
                [b'x' | b'X', digits @ ..] => number(digits, 16)?,
                digits => number(digits, 10)?,
            };
            Some((byte, end + 2))
        }
        (b'&', _) => {
            let named = |(name, _): &&(&[u8], u8)| behind.starts_with(name);
            let (name, byte) = ENTITIES.iter().find(named)?;
            Some((*byte, name.len()))
        }
        _ => None,
    }
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let mut number = None;
    for digit in digits {
        let digit = char::from(*digit).to_digit(radix)?;
        number = Some(number.unwrap_or(0_u32).checked_mul(radix)? + digit);
    }
    u8::try_from(number?).ok()
}

/// The named HTML entities of characters that are valid in a header.
const ENTITIES: [(&[u8], u8); 5] = [
    (b"amp;", b'&'),
    (b"lt;", b'<'),
    (b"gt;", b'>'),
    (b"quot;", b'"'),
    (b"apos;", b'\''),
];
