//! Recorded exchanges as fixtures for tests: HAR files of one entry each, without the recorded values.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use codegen::{RecordedBody, TrafficExample};
use serde_json::{Value, json};

use crate::failure::Failure;

/// The first exchange of each operation and status.
#[derive(Default)]
pub(super) struct Fixtures {
    found: BTreeMap<String, String>,
}

impl Fixtures {
    /// Whether there is one of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.found.contains_key(name)
    }

    pub(super) fn add(&mut self, example: &TrafficExample) {
        let text = format!("{:#}\n", har(example));
        self.found.insert(example.name.clone(), text);
    }

    /// Writes them to a folder; returns how many there are.
    ///
    /// # Errors
    ///
    /// A file exists, or can't be written.
    pub(super) fn write(&self, folder: &Path) -> Result<usize, Failure> {
        let cannot = |path: &Path, error: &std::io::Error| {
            Failure::work(format!("can't write `{}`: {error}", path.display()))
        };
        fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
        for (name, text) in &self.found {
            create(&folder.join(format!("{name}.har")), text)?;
        }
        Ok(self.found.len())
    }
}

/// Writes a file that doesn't exist yet.
///
/// # Errors
///
/// It exists, or can't be written.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let written = File::create_new(path).and_then(|mut it| it.write_all(text.as_bytes()));
    let shown = path.display();
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::usage(format!("the file `{shown}` already exists"))
            .help("choose another name, or remove it"),
        _ => Failure::work(format!("can't write `{shown}`: {error}")),
    })
}

/// An exchange as a HAR file, with what HAR 1.2 requires.
fn har(example: &TrafficExample) -> Value {
    let exchange = &example.exchange;
    let headers = |body: &Option<RecordedBody>| match body {
        Some(body) => json!([{"name": "content-type", "value": body.media_type}]),
        None => json!([]),
    };
    let mut request = json!({
        "method": exchange.method, "url": exchange.url, "httpVersion": "HTTP/1.1", "cookies": [],
        "headers": headers(&exchange.request_body), "queryString": [], "headersSize": -1, "bodySize": -1,
    });
    if let Some(body) = &exchange.request_body {
        request["postData"] = json!({"mimeType": body.media_type, "text": body.text});
    }
    let received = exchange.response_body.clone().unwrap_or_default();
    let response = json!({
        "status": exchange.status, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [],
        "headers": headers(&exchange.response_body),
        "content": {"size": received.text.len(), "mimeType": received.media_type, "text": received.text},
        "redirectURL": "", "headersSize": -1, "bodySize": -1,
    });
    json!({"log": {
        "version": "1.2",
        "creator": {"name": "clientsmith", "version": env!("CARGO_PKG_VERSION")},
        "entries": [{
            "startedDateTime": "2000-01-01T00:00:00Z", "time": 0, "request": request,
            "response": response, "cache": {}, "timings": {"send": 0, "wait": 0, "receive": 0},
        }],
    }})
}
