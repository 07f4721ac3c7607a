//! Bytes to text: UTF-8, or UTF-16 that says so by its byte order mark.

use std::string::FromUtf8Error;

/// The text that bytes are.
///
/// # Errors
///
/// They are neither UTF-8 nor UTF-16 with a byte order mark.
pub fn text(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
    match utf16(&bytes) {
        Some(text) => Ok(text),
        None => String::from_utf8(bytes),
    }
}

/// The text of UTF-16, without its mark. No UTF-8 begins with the bytes of one (RFC 3629 section 3).
fn utf16(bytes: &[u8]) -> Option<String> {
    let (order, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let (pairs, []) = rest.as_chunks::<2>() else {
        return None;
    };
    char::decode_utf16(pairs.iter().map(|pair| order(*pair)))
        .collect::<Result<String, _>>()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn utf_16_is_known_by_its_mark() {
        let units: Vec<u16> = "\u{feff}a: é😀\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [little.clone(), big] {
            assert_eq!(text(bytes).as_deref(), Ok("a: é😀\n"));
        }
        assert_eq!(text(b"a: \xC3\xA9".to_vec()).as_deref(), Ok("a: é"));
        let (half, lone) = (
            little[..little.len() - 1].to_vec(),
            vec![0xFF, 0xFE, 0, 0xD8],
        );
        assert!(text(half).is_err());
        assert!(text(lone).is_err());
    }
}
