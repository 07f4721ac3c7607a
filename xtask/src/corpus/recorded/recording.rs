//! Files with recorded responses.
//!
//! Two forms are known: HAR 1.2, as browsers and proxies write it, and lists of objects with `method`,
//! `path` or `url`, `status`, `headers` and `body`. In the recordings of nock, which are of that form,
//! `body` is the request's, and `response` is what came.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use clientsmith::internal::failure::Failure;

/// Headers of the connection: the body is kept without what they did to it.
const OF_CONNECTION: [&str; 5] = [
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "transfer-encoding",
];

/// A response, and what it was one to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recording {
    /// Where it is from.
    pub(super) source: String,
    /// The method, in capitals.
    pub(super) method: String,
    /// The path, without a query.
    pub(super) path: String,
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path, status) = (&self.method, &self.path, self.status);
        write!(f, "{method} {path} {status} ({})", self.source)
    }
}

/// The recordings of a description: in the file of its name, and in all files below the folder of its name.
pub(super) fn read(folder: &Path, name: &str) -> Result<Vec<Recording>, Failure> {
    let mut files: Vec<PathBuf> = ["json", "har"]
        .map(|ending| folder.join(format!("{name}.{ending}")))
        .into_iter()
        .filter(|file| file.is_file())
        .collect();
    let own = folder.join(name);
    if own.is_dir() {
        collect(&own, &mut files)?;
    }
    let mut found = Vec::new();
    for file in files {
        let wrong = |error: &dyn fmt::Display| {
            Failure::usage(format!("can't read `{}`: {error}", file.display()))
        };
        let text = fs::read_to_string(&file).map_err(|error| wrong(&error))?;
        let value: Value = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
        let source = file
            .strip_prefix(folder)
            .unwrap_or(&file)
            .display()
            .to_string();
        let before = found.len();
        for (index, entry) in entries(&value).into_iter().enumerate() {
            found.extend(recording(entry, &format!("{source}#{index}")));
        }
        if found.len() == before {
            return Err(wrong(&"it has no recorded response")
                .help("expected a HAR file or an array of {method, path, status, headers, body}"));
        }
    }
    Ok(found)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let cannot = |error: &dyn fmt::Display| {
        Failure::usage(format!("can't read `{}`: {error}", folder.display()))
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| cannot(&error))? {
        paths.push(entry.map_err(|error| cannot(&error))?.path());
    }
    paths.sort_unstable();
    for path in paths {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(ending, Some("json" | "har")) {
            files.push(path);
        }
    }
    Ok(())
}

/// The entries of a file: of HAR, of a list, or the only one.
fn entries(value: &Value) -> Vec<&Value> {
    let har = value.pointer("/log/entries").and_then(Value::as_array);
    match har.or(value.as_array()) {
        Some(list) => list.iter().collect(),
        None => vec![value],
    }
}

/// An entry as a recording; none where it isn't one, or where its body is no text.
fn recording(entry: &Value, source: &str) -> Option<Recording> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (request, response) = match (entry.get("request"), entry.get("response")) {
        (Some(request), Some(response)) if request.is_object() => (request, response),
        _ => (entry, entry),
    };
    let method = text(request.get("method")?)?.to_ascii_uppercase();
    let url = request.get("url").or(request.get("path"));
    let status = u16::try_from(response.get("status")?.as_u64()?).ok()?;
    let mut headers = BTreeMap::new();
    for key in ["headers", "rawHeaders"] {
        headers.extend(response.get(key).map(self::headers).unwrap_or_default());
    }
    headers.retain(|name, _| !OF_CONNECTION.contains(&name.as_str()));
    let body = match response.get("content") {
        Some(content) if content.is_object() => {
            if content.get("encoding").is_some() {
                return None;
            }
            content.get("text").and_then(text).unwrap_or_default()
        }
        _ => {
            if entry.get("responseIsBinary") == Some(&Value::Bool(true)) {
                return None;
            }
            match entry.get("response").or(entry.get("body")) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(json) => {
                    let json_type = || "application/json".to_owned();
                    headers
                        .entry("content-type".to_owned())
                        .or_insert_with(json_type);
                    json.to_string()
                }
            }
        }
    };
    Some(Recording {
        source: source.to_owned(),
        method,
        path: path_of(url?.as_str()?),
        status,
        headers,
        body,
    })
}

/// The path of a URL or of a target.
fn path_of(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        Some((_, rest)) => match rest.find('/') {
            Some(start) => rest[start..].to_owned(),
            None => "/".to_owned(),
        },
        None => url.to_owned(),
    }
}

/// Headers in any of the forms that they are written in: an object, a list of names and values in turn,
/// a list of objects. Names are in small letters.
fn headers(value: &Value) -> Vec<(String, String)> {
    let pair = |name: &str, value: &Value| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Array(values) => {
                let values = values.iter().filter_map(Value::as_str);
                values.collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        };
        (name.to_ascii_lowercase(), value)
    };
    match value {
        Value::Object(map) => map.iter().map(|(name, value)| pair(name, value)).collect(),
        Value::Array(list) if list.iter().all(Value::is_string) => list
            .chunks_exact(2)
            .filter_map(|both| Some(pair(both[0].as_str()?, &both[1])))
            .collect(),
        Value::Array(list) => list
            .iter()
            .filter_map(|entry| Some(pair(entry.get("name")?.as_str()?, entry.get("value")?)))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn recordings_are_read_in_their_forms() {
        let plain = json!({"method": "get", "url": "https://a.example/v1/pets?limit=1", "status": 200,
            "headers": {"Content-Type": "text/plain", "Content-Length": "3"}, "body": "cat"});
        let nock = json!({"scope": "https://a.example:443", "method": "post", "path": "/pets", "body": {"x": 1},
            "status": 201, "response": {"id": 1}, "rawHeaders": ["ETag", "\"1\""]});
        let har = json!({"log": {"entries": [{
            "request": {"method": "GET", "url": "https://a.example/pets/1"},
            "response": {"status": 404, "headers": [{"name": "X-A", "value": "b"}],
                "content": {"text": "{}"}}}]}});
        let read = |value: &Value| recording(entries(value)[0], "file#0").unwrap();
        let shown = |it: &Recording| (it.to_string(), it.body.clone());
        let first = read(&plain);
        assert_eq!(
            shown(&first),
            ("GET /v1/pets 200 (file#0)".to_owned(), "cat".to_owned())
        );
        let only = BTreeMap::from([("content-type".to_owned(), "text/plain".to_owned())]);
        assert_eq!(first.headers, only);
        let second = read(&json!([nock]));
        assert_eq!(
            shown(&second),
            (
                "POST /pets 201 (file#0)".to_owned(),
                "{\"id\":1}".to_owned()
            )
        );
        assert_eq!(second.headers["etag"], "\"1\"");
        assert_eq!(second.headers["content-type"], "application/json");
        let third = read(&har);
        assert_eq!(
            shown(&third),
            ("GET /pets/1 404 (file#0)".to_owned(), "{}".to_owned())
        );
        assert_eq!(third.headers["x-a"], "b");
        assert_eq!(recording(&json!({"name": "package"}), ""), None);
    }

    #[test]
    fn the_recordings_of_a_description_are_those_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("pets");
        fs::create_dir_all(own.join("list")).unwrap();
        let one = r#"[{"method": "GET", "path": "/pets", "status": 200, "body": []}]"#;
        fs::write(own.join("list/a.json"), one).unwrap();
        fs::write(folder.path().join("pets.json"), one).unwrap();
        fs::write(folder.path().join("zoo.json"), "{}").unwrap();
        assert_eq!(read(folder.path(), "pets").unwrap().len(), 2);
        assert_eq!(read(folder.path(), "none").unwrap(), []);
        assert!(read(folder.path(), "zoo").is_err());
    }
}
