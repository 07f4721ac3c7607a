//! A user name and a password as a header holds them (RFC 7617).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What stands behind `Basic `, for `user:password`.
///
/// The message of a refusal shows neither of them.
pub(crate) fn encode(pair: &str) -> Result<String, &'static str> {
    if !pair.contains(':') {
        return Err("is not a user name and a password with a colon between them");
    }
    if pair.chars().any(char::is_control) {
        return Err("holds a control character");
    }
    Ok(base64(pair.as_bytes()))
}

/// A user name and a password in one. The first colon ends the name (RFC 7617, 2).
pub(crate) fn join(user: &str, password: &str) -> Result<String, &'static str> {
    if user.contains(':') {
        return Err("has a colon in the user name, which would end there");
    }
    Ok(format!("{user}:{password}"))
}

/// What of the two nobody else may read: the password, or the name where it stands alone, as
/// that is how some APIs take a key.
pub(crate) fn secret(pair: &str) -> &str {
    match pair.split_once(':') {
        Some((user, "")) => user,
        Some((_, password)) => password,
        None => pair,
    }
}

/// Three bytes are four characters; what is missing of the last three is `=` (RFC 4648, 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            if position <= chunk.len() {
                let index = (bits >> (18 - 6 * position)) & 63;
                text.push(char::from(ALPHABET[index as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}
