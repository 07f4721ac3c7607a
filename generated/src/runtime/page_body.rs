//! Page tokens in request bodies: members of a JSON object, which is changed without being decoded.

use super::call::Call;
use super::content::Content;
use super::header;

/// The value of a member of the JSON body: a string without its quotes, or a number as it is written.
pub(crate) fn member(call: &Call, name: &str) -> Option<String> {
    let text = json(call)?;
    let key = key_of(name);
    let found = members(text)?.into_iter().find(|(own, _)| *own == key)?;
    let (_, value) = found;
    match serde_json::from_str(value).ok()? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(_) => Some(value.to_owned()),
        _ => None,
    }
}

/// Sets a member of the JSON body. Without a body, one is made.
pub(crate) fn set_member(call: &mut Call, name: &str, token: &str, is_number: bool) {
    let value = if is_number && token.parse::<i128>().is_ok() {
        token.to_owned()
    } else {
        key_of(token)
    };
    let key = key_of(name);
    let Some(members) = json(call).map_or_else(|| Some(Vec::new()), members) else {
        call.refuse("the body is no JSON object, so it can't take a page token".to_owned());
        return;
    };
    let mut changed = String::from("{");
    let mut is_there = false;
    for (own, old) in members {
        let new = if own == key { &value } else { old };
        is_there |= own == key;
        push(&mut changed, own, new);
    }
    if !is_there {
        push(&mut changed, &key, &value);
    }
    changed.push('}');
    match &mut call.body {
        Some(body) => body.content = Content::Bytes(changed.into()),
        None => call.bytes(changed.into(), header::fixed("application/json")),
    }
}

fn push(object: &mut String, key: &str, value: &str) {
    if object.len() > 1 {
        object.push(',');
    }
    object.push_str(key);
    object.push(':');
    object.push_str(value);
}

/// A name as JSON has it.
fn key_of(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

/// The text of a body that is sent as a whole.
fn json(call: &Call) -> Option<&str> {
    match &call.body.as_ref()?.content {
        Content::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
        Content::Source(_) => Some(""),
    }
}

/// The members of an object that was written without white space: keys with their quotes, and values.
fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut members = Vec::new();
    let mut rest = inside;
    while !rest.is_empty() {
        let (key, behind) = rest.split_at(end_of(rest, b':')?);
        let behind = behind.strip_prefix(':')?;
        let end = end_of(behind, b',').unwrap_or(behind.len());
        let (value, behind) = behind.split_at(end);
        members.push((key, value));
        rest = behind.strip_prefix(',').unwrap_or(behind);
    }
    Some(members)
}

/// Where the first of these signs stands that is outside of strings, arrays and objects.
fn end_of(text: &str, sign: u8) -> Option<usize> {
    let (mut depth, mut is_string, mut is_escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_string => is_escaped = true,
            b'"' => is_string = !is_string,
            _ if is_string => {}
            _ if byte == sign && depth == 0 => return Some(at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_without_decoding() {
        let text = r#"{"a":1,"b{,":{"a":[1,{"x":","}],"c":"\\\","},"d":"}"}"#;
        let expected = [
            ("\"a\"", "1"),
            ("\"b{,\"", r#"{"a":[1,{"x":","}],"c":"\\\","}"#),
            ("\"d\"", "\"}\""),
        ];
        assert_eq!(members(text), Some(expected.to_vec()));
        assert_eq!(members("{}"), Some(Vec::new()));
        assert_eq!(members("[]"), None);
        assert_eq!(members("{\"a\"}"), None);
    }
}
