//! The spellings in which a server may hand back what was sent to it.
//!
//! Escapes are looked through in layers, whatever kinds they are of: a text that is percent-encoded
//! twice, JSON inside of JSON, JSON inside of HTML.

use std::fmt::Write as _;

use super::super::basic;

/// Secrets that are less long are looked for as whole words: elsewhere they would blot out ordinary
/// text, and shield nothing.
pub(super) const SHORT: usize = 4;

/// How many escapes may lie over one another.
const LAYERS: usize = 3;

/// The most bytes behind the first one of an escape: `&#x002F;`.
const LONGEST_ESCAPE: usize = 8;

/// A secret in one of the forms in which it is looked for.
pub(super) struct Spelling {
    text: Vec<u8>,
    is_base64: bool,
    /// Whether the character before it is partly of the secret.
    shares_first: bool,
}

impl Spelling {
    /// A secret as it is, and in Base64: at the start of what was encoded, or behind one or two
    /// more bytes than a multiple of three, as in `Bearer KEY` and `user:KEY`.
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
                // Only characters whose six bits are all of the secret: those beside them differ
                // by what stands before and behind it.
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

    /// From where to where it is in a text, if it is at this place. In Base64 the characters beside
    /// it count as well, which may hold some bits of it.
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

    /// How much of a text it is from the start on. Where the text ends within it, the first part of
    /// it counts as well.
    fn length_at(&self, text: &[u8]) -> Option<usize> {
        // A secret may itself hold what looks like an escape.
        if text.starts_with(&self.text) {
            return Some(self.text.len());
        }
        let mut rest = text;
        for (count, expected) in self.text.iter().enumerate() {
            let is_cut = |rest: &[u8]| match rest {
                [] => true,
                [first, ..] => is_escape(*first) && rest.len() <= LONGEST_ESCAPE,
            };
            match self.step(rest, *expected) {
                Some(length) => rest = &rest[length..],
                None if count >= SHORT && is_cut(rest) => return Some(text.len()),
                None => return None,
            }
        }
        Some(text.len() - rest.len())
    }

    /// How long a character is written at the start of a text, if it is there.
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

/// A text as JSON writes it in ASCII.
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

/// Whether escapes begin so: percent-encoding (RFC 3986, 2.1), those of JSON (RFC 8259, 7), and
/// those of HTML.
fn is_escape(byte: u8) -> bool {
    b"%\\&".contains(&byte)
}

/// The first byte of a text under so many layers of escapes, and how long it is written.
fn unescaped(text: &[u8], layers: usize) -> Option<(u8, usize)> {
    let Some(below) = layers.checked_sub(1) else {
        return Some((*text.first()?, 1));
    };
    let (first, mut length) = unescaped(text, below)?;
    if !is_escape(first) {
        return Some((first, length));
    }
    let plain = (first, length);
    let mut bytes = [0; LONGEST_ESCAPE];
    let mut ends = [0; LONGEST_ESCAPE];
    let mut count = 0;
    while count < LONGEST_ESCAPE
        && let Some((byte, more)) = unescaped(&text[length..], below)
    {
        length += more;
        (bytes[count], ends[count]) = (byte, length);
        count += 1;
    }
    let escape = escape(first, &bytes[..count]);
    Some(escape.map_or(plain, |(byte, used)| (byte, ends[used - 1])))
}

/// What an escape stands for, and how many bytes it has behind the first one.
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

/// What HTML has names for, of the characters that a header can hold.
const ENTITIES: [(&[u8], u8); 5] = [
    (b"amp;", b'&'),
    (b"lt;", b'<'),
    (b"gt;", b'>'),
    (b"quot;", b'"'),
    (b"apos;", b'\''),
];
