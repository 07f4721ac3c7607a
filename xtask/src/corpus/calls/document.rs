//! Where a description has what a call is made of.

use codegen::TypedOperation;
use codegen::pointer::push;
use serde_json::Value;

/// The longest chain of references that is followed; a longer one leads nowhere.
const LONGEST: usize = 100;

/// The pointer that references at a pointer lead to.
pub(in crate::corpus) fn resolved(document: &Value, pointer: &str) -> String {
    let mut pointer = pointer.to_owned();
    for _ in 0..LONGEST {
        let node = document.pointer(&pointer);
        let target = node
            .and_then(|node| node.get("$ref"))
            .and_then(Value::as_str);
        let Some(local) = target.and_then(|target| target.strip_prefix('#')) else {
            break;
        };
        pointer = unescaped(local);
    }
    pointer
}

/// A fragment of a URI as a JSON pointer (RFC 6901 section 6).
fn unescaped(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped.filter(|_| byte == b'%') {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &tail[2..];
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An operation in the document.
pub(in crate::corpus) struct OperationPointer {
    /// The pointer of the path item.
    path: String,
    /// The pointer of the operation.
    pub(in crate::corpus) operation: String,
}

/// Finds an operation: by path and method, and where several paths differ behind `?` or `#`, by its id.
pub(in crate::corpus) fn find(
    document: &Value,
    wanted: &TypedOperation,
) -> Option<OperationPointer> {
    let method = wanted.http.to_ascii_lowercase();
    let plain = |path: &str| path.split(['?', '#']).next().unwrap_or_default().to_owned();
    let paths = document.get("paths")?.as_object()?;
    let mut found: Option<(usize, OperationPointer)> = None;
    for key in paths.keys() {
        let path = resolved(document, &push("/paths", key));
        let pointer = push(&path, &method);
        let Some(operation) = document.pointer(&pointer) else {
            continue;
        };
        let same_id = operation.get("operationId").and_then(Value::as_str) == Some(&wanted.id);
        let rank = match (*key == wanted.path, plain(key) == plain(&wanted.path)) {
            (true, _) => 3,
            (false, true) if same_id => 2,
            (false, false) if same_id => 1,
            _ => continue,
        };
        if found.as_ref().is_none_or(|(best, _)| rank > *best) {
            let place = OperationPointer {
                path,
                operation: pointer,
            };
            found = Some((rank, place));
        }
    }
    found.map(|(_, place)| place)
}

impl OperationPointer {
    /// The pointer of a parameter: the operation's own go before those of its path.
    pub(super) fn parameter(&self, document: &Value, place: &str, name: &str) -> Option<String> {
        [&self.operation, &self.path].into_iter().find_map(|owner| {
            let list = push(owner, "parameters");
            let count = document.pointer(&list)?.as_array()?.len();
            let pointers = (0..count).map(|index| push(&list, &index.to_string()));
            pointers
                .map(|pointer| resolved(document, &pointer))
                .find(|pointer| {
                    let node = document.pointer(pointer);
                    let has = |key: &str, value: &str| {
                        node.and_then(|node| node.get(key)).and_then(Value::as_str) == Some(value)
                    };
                    has("in", place) && has("name", name)
                })
        })
    }

    /// The pointer of the body's media type.
    pub(super) fn body(&self, document: &Value, media_type: &str) -> Option<String> {
        let body = resolved(document, &push(&self.operation, "requestBody"));
        content(document, &body, media_type)
    }

    /// The pointer of the schema of a response.
    pub(in crate::corpus) fn response(
        &self,
        document: &Value,
        status: u16,
        media_type: &str,
    ) -> Option<String> {
        let responses = push(&self.operation, "responses");
        let map = document.pointer(&responses)?.as_object()?;
        let keys = [
            status.to_string(),
            format!("{}XX", status / 100),
            "default".to_owned(),
        ];
        let key = keys.into_iter().find_map(|wanted| {
            let same = |key: &&String| key.eq_ignore_ascii_case(&wanted);
            map.keys().find(same)
        })?;
        let response = resolved(document, &push(&responses, key));
        let schema = push(&content(document, &response, media_type)?, "schema");
        document.pointer(&schema).is_some().then_some(schema)
    }
}

/// The pointer of a media type below `content`: this one, or the one of the same name without parameters.
fn content(document: &Value, owner: &str, media_type: &str) -> Option<String> {
    let content = push(owner, "content");
    let map = document.pointer(&content)?.as_object()?;
    let essence = |text: &str| {
        let essence = text.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    };
    let exact = map.keys().find(|key| *key == media_type);
    let near = || map.keys().find(|key| essence(key) == essence(media_type));
    let found = exact.or_else(near)?;
    Some(resolved(document, &push(&content, found)))
}

/// Finds an operation by its method and path.
pub(in crate::corpus) fn named(
    document: &Value,
    http: &str,
    path: &str,
) -> Option<OperationPointer> {
    let path = resolved(document, &push("/paths", path));
    let operation = push(&path, &http.to_ascii_lowercase());
    document.pointer(&operation)?;
    Some(OperationPointer { path, operation })
}
