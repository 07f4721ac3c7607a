//! Basic authentication (RFC 7617), and Base64.

/// The alphabet of Base64 (RFC 4648, 4).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The URL and filename safe alphabet (RFC 4648, 5).
const URL_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The credentials after `Basic `, for `user:password`.
///
/// The error contains neither of them.
pub(crate) fn encode(pair: &str) -> Result<String, &'static str> {
    if !pair.contains(':') {
        return Err("must be a user name and a password separated by a colon");
    }
    if pair.chars().any(char::is_control) {
        return Err("contains a control character");
    }
    Ok(base64(pair.as_bytes()))
}

/// Joins a user name and a password. The first colon ends the user name (RFC 7617, 2).
pub(crate) fn join(user: &str, password: &str) -> Result<String, &'static str> {
    if user.contains(':') {
        return Err("contains a colon in the user name, which ends at the first colon");
    }
    Ok(format!("{user}:{password}"))
}

/// The secret part: the password, or the user name if there is no password, which is how some APIs take
/// a key.
pub(crate) fn secret(pair: &str) -> &str {
    match pair.split_once(':') {
        Some((user, "")) => user,
        Some((_, password)) => password,
        None => pair,
    }
}

/// Encodes bytes with padding (RFC 4648, 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = digits(bytes, ALPHABET);
    text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
    text
}

/// Encodes bytes in the URL and filename safe alphabet without padding, as is usual where the length is
/// known (RFC 4648, 5).
pub(crate) fn base64_url(bytes: &[u8]) -> String {
    digits(bytes, URL_ALPHABET)
}

fn digits(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..=chunk.len() {
            let index = (bits >> (18 - 6 * position)) & 63;
            text.push(char::from(alphabet[index as usize]));
        }
    }
    text
}

/// Decodes Base64 of either alphabet, with or without padding; `None` if it is invalid.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut ended) = (0_u32, 0_u32, false);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'=' => {
                ended = true;
                continue;
            }
            // Nothing may follow the padding.
            _ if ended => return None,
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            bytes.extend(bits.to_be_bytes().iter().skip(1));
            (bits, count) = (0, 0);
        }
    }
    // Two characters are one byte and three are two; a single one is invalid.
    match count {
        0 => {}
        1 => return None,
        _ => {
            let whole = bits << (6 * (4 - count));
            let length = count as usize - 1;
            bytes.extend(whole.to_be_bytes().iter().skip(1).take(length));
        }
    }
    Some(bytes)
}
