//! JSON pointers (RFC 6901) and the references that are made of them.

use std::borrow::Cow;

use serde_json::Value;

/// Adds one reference token to a JSON pointer, escaped as RFC 6901 section 3 asks.
///
/// ```
/// assert_eq!(codegen::pointer::push("/paths", "/pets/{id}"), "/paths/~1pets~1{id}");
/// ```
#[must_use]
pub fn push(pointer: &str, token: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + token.len() + 1);
    longer.push_str(pointer);
    longer.push('/');
    if !token.contains(['~', '/']) {
        longer.push_str(token);
        return longer;
    }
    for character in token.chars() {
        match character {
            '~' => longer.push_str("~0"),
            '/' => longer.push_str("~1"),
            other => longer.push(other),
        }
    }
    longer
}

/// The pointer inside a local reference: `#/a/b%20c` gives `/a/b c`.
///
/// A local reference is a URI fragment (RFC 6901 section 6), so percent escapes are undone.
/// Anything that doesn't start with `#/`, and isn't `#` alone, is no local pointer: `None`.
pub fn local(reference: &str) -> Option<Cow<'_, str>> {
    let fragment = reference.strip_prefix('#')?;
    if !(fragment.is_empty() || fragment.starts_with('/')) {
        return None;
    }
    Some(percent_decode(fragment))
}

/// Undoes percent escapes; what isn't an escape, or isn't UTF-8 when undone, stays as it is.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%'
            && let (Some(high), Some(low)) = (hex(bytes.get(at + 1)), hex(bytes.get(at + 2)))
            && let Ok(byte) = u8::try_from(high * 16 + low)
        {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The reference tokens of a pointer, unescaped: `/a/b~1c` gives `a`, `b/c`.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let rest = pointer.strip_prefix('/');
    rest.into_iter()
        .flat_map(|rest| rest.split('/'))
        .map(unescaped)
}

/// A token without its escapes. `~01` stands for `~1`, not for `/` (RFC 6901 section 4).
fn unescaped(token: &str) -> Cow<'_, str> {
    if !token.contains('~') {
        return Cow::Borrowed(token);
    }
    let mut plain = String::with_capacity(token.len());
    let mut rest = token;
    while let Some(at) = rest.find('~') {
        plain.push_str(&rest[..at]);
        let (sign, length) = match rest.as_bytes().get(at + 1) {
            Some(b'0') => ('~', 2),
            Some(b'1') => ('/', 2),
            _ => ('~', 1),
        };
        plain.push(sign);
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The same pointer with every token escaped in the one way that [`push`] has.
pub(crate) fn canonical(pointer: &str) -> String {
    if pointer.starts_with('/') && !pointer.contains('~') {
        return pointer.to_owned();
    }
    tokens(pointer).fold(String::with_capacity(pointer.len()), |longer, token| {
        push(&longer, &token)
    })
}

/// The canonical pointer of what a local reference leads to; see [`local`].
pub(crate) fn target(reference: &str) -> Option<Cow<'_, str>> {
    let pointer = local(reference)?;
    let is_canonical = pointer.starts_with('/') && !pointer.contains('~');
    Some(if is_canonical {
        pointer
    } else {
        Cow::Owned(canonical(&pointer))
    })
}

/// The pointer without its last token, and that token unescaped.
pub(crate) fn split_last(pointer: &str) -> Option<(&str, Cow<'_, str>)> {
    let (parent, _) = pointer.rsplit_once('/')?;
    Some((parent, tokens(&pointer[parent.len()..]).next()?))
}

/// The value at a pointer.
///
/// The pointer may hold unescaped characters, and array indices are plain digits
/// without a leading zero (RFC 6901 section 4).
pub fn get<'a>(root: &'a Value, pointer: &str) -> Option<&'a Value> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    tokens(pointer).try_fold(root, |value, token| match value {
        Value::Object(map) => map.get(&*token),
        Value::Array(items) => items.get(index(&token)?),
        _ => None,
    })
}

/// The index that a token of a pointer is, if it is one.
fn index(token: &str) -> Option<usize> {
    let is_plain = token == "0" || token.starts_with(|first: char| ('1'..='9').contains(&first));
    token.parse().ok().filter(|_| is_plain)
}

/// A component's section and name, where the pointer is `/components/SECTION/NAME`.
pub(crate) fn component(pointer: &str) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then(|| (unescaped(section), unescaped(name)))
}

/// A place in the document, built while walking it and written out only when it is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    /// The start of the walk, which need not be the root of the document.
    Base(&'p str),
    Key(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// The place that `pointer` names.
    pub(crate) fn new(pointer: &'p str) -> Self {
        Self {
            parent: None,
            step: Step::Base(pointer),
        }
    }

    /// The member `key` of this place.
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// The item `index` of this place.
    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// The place as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        let mut steps = vec![self.step];
        let mut place = self.parent;
        while let Some(above) = place {
            steps.push(above.step);
            place = above.parent;
        }
        let mut pointer = String::new();
        for step in steps.into_iter().rev() {
            pointer = match step {
                Step::Base(base) => base.to_owned(),
                Step::Key(key) => push(&pointer, key),
                Step::Index(index) => push(&pointer, &index.to_string()),
            };
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_references_are_decoded_fragments() {
        assert_eq!(
            local("#/components/schemas/A%20B").as_deref(),
            Some("/components/schemas/A B")
        );
        assert_eq!(local("#/a/50%").as_deref(), Some("/a/50%"));
        assert_eq!(local("#/a/%ff").as_deref(), Some("/a/%ff"));
        assert_eq!(local("#").as_deref(), Some(""));
        assert_eq!(local("#anchor"), None);
        assert_eq!(local("other.yaml#/a"), None);
        assert_eq!(local(""), None);
    }

    #[test]
    fn tokens_are_unescaped_in_the_right_order() {
        assert_eq!(tokens("/a~1b/~01/").collect::<Vec<_>>(), ["a/b", "~1", ""]);
        assert_eq!(tokens("").count(), 0);
        assert_eq!(canonical("/paths/~1a/x"), "/paths/~1a/x");
    }

    #[test]
    fn components_are_exactly_three_tokens() {
        let (section, name) = component("/components/schemas/a~1b").unwrap();
        assert_eq!((&*section, &*name), ("schemas", "a/b"));
        assert!(component("/components/schemas/a/properties").is_none());
        assert!(component("/paths/schemas/a").is_none());
    }

    #[test]
    fn places_become_pointers() {
        let root = Place::new("/paths");
        let path = root.key("/pets/{id}");
        let item = path.index(3);
        assert_eq!(item.pointer(), "/paths/~1pets~1{id}/3");
    }
}
