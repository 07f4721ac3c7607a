//! The format HAR 1.2 (HTTP Archive): writing recordings, and replaying them (feature `test-util`).

use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::Url;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value, json};

use super::basic;
use super::mock::{MockResponse, MockTransport};
use super::recording::{Entry, Received};
use super::redact::{self, Redactor};

/// Replaces a secret in a URL, where brackets would be percent-encoded.
const IN_URL: &str = "redacted";

/// Replaces a secret elsewhere.
const REDACTED: &str = "[redacted]";

/// Headers of the connection: a recorded body is what they led to.
const OF_CONNECTION: [&str; 5] = [
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "transfer-encoding",
];

/// A recording as text, with secrets redacted; `names` are those of further secrets.
pub(super) fn document(entries: &[Entry], names: &[String]) -> String {
    let entries: Vec<Value> = entries.iter().map(|it| entry(it, names)).collect();
    let document = json!({"log": {
        "version": "1.2",
        "creator": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "entries": entries,
    }});
    format!("{document:#}\n")
}

fn entry(entry: &Entry, names: &[String]) -> Value {
    let cleaner = Cleaner::new(entry, names);
    let mut request = json!({
        "method": entry.method,
        "url": cleaner.url(&entry.url),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": cleaner.headers(&entry.headers),
        "queryString": cleaner.query(&entry.url),
        "headersSize": -1,
        "bodySize": entry.body.as_ref().map_or(-1, |it| size(it.len())),
    });
    if let Some(body) = entry.body.as_ref().filter(|it| !it.is_empty()) {
        request["postData"] = cleaner.content(&entry.headers, body);
    }
    json!({
        "startedDateTime": date_time(entry.started),
        "time": entry.milliseconds,
        "request": request,
        "response": response(entry.response.as_ref(), &cleaner),
        "cache": {},
        "timings": {"send": 0, "wait": entry.milliseconds, "receive": 0},
    })
}

/// A response; the status is 0 if there was none.
fn response(received: Option<&Received>, cleaner: &Cleaner<'_>) -> Value {
    let mut content = json!({"size": 0, "mimeType": ""});
    if let Some(received) = received {
        content = cleaner.content(&received.headers, &received.body);
        content["size"] = size(received.size).into();
    }
    json!({
        "status": received.map_or(0, |it| it.status),
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": received.map_or(json!([]), |it| cleaner.headers(&it.headers)),
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": received.map_or(-1, |it| size(it.size)),
    })
}

fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Redacts the secrets of an attempt.
struct Cleaner<'n> {
    redactor: Redactor,
    names: &'n [String],
}

impl<'n> Cleaner<'n> {
    fn new(entry: &Entry, names: &'n [String]) -> Self {
        let mut cleaner = Self {
            redactor: Redactor::default(),
            names,
        };
        let received = entry.response.iter().map(|it| &it.headers);
        for headers in received.chain([&entry.headers]) {
            let is_secret = |name: &str| cleaner.is_secret_header(name);
            let mut redactor = cleaner.redactor.clone();
            redactor.add_headers(headers, is_secret);
            cleaner.redactor = redactor;
        }
        cleaner.redactor.add(entry.url.username());
        cleaner
            .redactor
            .add(entry.url.password().unwrap_or_default());
        for (name, value) in entry.url.query_pairs() {
            if cleaner.is_secret_parameter(&name) {
                cleaner.redactor.add(&value);
            }
        }
        cleaner
    }

    fn is_named(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    fn is_secret_header(&self, name: &str) -> bool {
        redact::is_secret_header(name) || self.is_named(name)
    }

    /// Whether a query parameter is secret. A recording has no use for its value, so the stricter rules for
    /// headers apply as well.
    fn is_secret_parameter(&self, name: &str) -> bool {
        redact::is_secret_parameter(name) || self.is_secret_header(name)
    }

    fn text(&self, text: &str) -> String {
        self.redactor.redacted(text)
    }

    fn url(&self, url: &Url) -> String {
        let mut clean = url.clone();
        // URLs without a host have no user, and are never sent.
        let _ = clean.set_username("");
        let _ = clean.set_password(None);
        let mut pairs = url.query_pairs();
        if pairs.any(|(name, _)| self.is_secret_parameter(&name)) {
            let pairs = url.query_pairs().map(|(name, value)| {
                let is_secret = self.is_secret_parameter(&name);
                let value = if is_secret { IN_URL.into() } else { value };
                (name, value)
            });
            clean.query_pairs_mut().clear().extend_pairs(pairs);
        }
        self.text(clean.as_str())
    }

    fn query(&self, url: &Url) -> Value {
        let pairs = url.query_pairs().map(|(name, value)| {
            let is_secret = self.is_secret_parameter(&name);
            let value = if is_secret {
                IN_URL.to_owned()
            } else {
                self.text(&value)
            };
            json!({"name": name, "value": value})
        });
        pairs.collect::<Vec<_>>().into()
    }

    fn headers(&self, headers: &HeaderMap) -> Value {
        let headers = headers.iter().map(|(name, value)| {
            let is_secret = value.is_sensitive() || self.is_secret_header(name.as_str());
            let value = match value.to_str() {
                Ok(text) if !is_secret => self.text(text),
                _ => REDACTED.to_owned(),
            };
            json!({"name": name.as_str(), "value": value})
        });
        headers.collect::<Vec<_>>().into()
    }

    /// A body: `content` of a response, and `postData` of a request.
    fn content(&self, headers: &HeaderMap, body: &[u8]) -> Value {
        let media_type = headers.get("content-type").and_then(|it| it.to_str().ok());
        let media_type = media_type.unwrap_or_default();
        let mut content = json!({"mimeType": media_type});
        // Parts of a form have names of their own, and may be files.
        if media_type.starts_with("multipart/") {
            return content;
        }
        if let Ok(text) = std::str::from_utf8(body) {
            content["text"] = self.body(media_type, text).into();
        } else {
            content["text"] = basic::base64(body).into();
            content["encoding"] = "base64".into();
        }
        content
    }

    fn body(&self, media_type: &str, text: &str) -> String {
        if media_type.contains("x-www-form-urlencoded") {
            let pairs = text.split('&').map(|pair| match pair.split_once('=') {
                Some((name, _)) if self.is_secret_field(name) => format!("{name}={IN_URL}"),
                _ => self.text(pair),
            });
            return pairs.collect::<Vec<_>>().join("&");
        }
        let Ok(mut value) = serde_json::from_str::<Value>(text) else {
            return self.text(text);
        };
        // It is encoded again only if it has to be: otherwise numbers could change.
        if self.fields(&mut value) {
            return value.to_string();
        }
        text.to_owned()
    }

    fn is_secret_field(&self, name: &str) -> bool {
        redact::is_secret_parameter(name) || self.is_named(name)
    }

    /// Redacts fields whose names suggest a secret, and secrets in other strings; returns whether there were any.
    /// Numbers stay what they are: a number in a header isn't a secret, and a body is still JSON.
    fn fields(&self, value: &mut Value) -> bool {
        let mut found = false;
        match value {
            Value::String(text) => {
                let clean = self.text(text);
                found = clean != *text;
                *text = clean;
            }
            Value::Array(items) => {
                for item in items {
                    found |= self.fields(item);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    if member.is_string() && self.is_secret_field(name) {
                        *member = REDACTED.into();
                        found = true;
                    } else {
                        found |= self.fields(member);
                    }
                }
            }
            _ => {}
        }
        found
    }
}

/// A time in the format of RFC 3339, in UTC.
fn date_time(time: SystemTime) -> String {
    let elapsed = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (seconds, milliseconds) = (elapsed.as_secs(), elapsed.subsec_millis());
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let mut days = seconds / 86_400;
    let (mut year, mut month) = (1970, 1);
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    for length in [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let day = days + 1;
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

impl MockTransport {
    /// Creates a mock transport from a recording in the format HAR 1.2: it expects the recorded requests in
    /// their order, by method, path and query, and replays their responses. An entry without a response
    /// closes the connection.
    ///
    /// Query parameters whose values are redacted are not compared, and neither are headers and bodies.
    ///
    /// # Panics
    ///
    /// If the text isn't HAR.
    #[must_use]
    pub fn from_har(text: &str) -> Self {
        let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .unwrap_or_else(|error| panic!("the recording is not JSON: {error}"));
        let entries = document["log"]["entries"].as_array();
        let mock = Self::new();
        for entry in entries.expect("HAR has `log.entries`") {
            let (request, response) = (&entry["request"], &entry["response"]);
            let method = request["method"]
                .as_str()
                .expect("a request has a `method`");
            let url = request["url"].as_str().expect("a request has a `url`");
            let url: Url = url.parse().expect("a request has an absolute `url`");
            let mut expectation = mock.expect(method, url.path());
            for (name, value) in url.query_pairs() {
                if value != IN_URL && value != REDACTED {
                    expectation = expectation.with_query(&name, value);
                }
            }
            let status = response["status"].as_u64().unwrap_or_default();
            match u16::try_from(status) {
                Ok(status @ 100..=999) => expectation.respond(replayed(status, response)),
                _ => expectation.disconnect(),
            }
        }
        mock
    }
}

/// A recorded response.
fn replayed(status: u16, response: &Value) -> MockResponse {
    let mut mock = MockResponse::new(status);
    let headers = response["headers"].as_array();
    for header in headers.into_iter().flatten().filter_map(Value::as_object) {
        let text = |key: &str| header.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, value) = (text("name"), text("value"));
        // HTTP/2 has pseudo-headers, such as `:status`.
        let is_header = !name.starts_with(':') && !name.is_empty();
        if is_header && !OF_CONNECTION.iter().any(|it| name.eq_ignore_ascii_case(it)) {
            mock = mock.header(name, &value.replace(['\r', '\n'], " "));
        }
    }
    let empty = Map::new();
    let content = response["content"].as_object().unwrap_or(&empty);
    let text = content
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let is_base64 = content.get("encoding").is_some_and(|it| it == "base64");
    match is_base64.then(|| basic::decode(text)).flatten() {
        Some(bytes) => mock.body(bytes),
        None => mock.body(text.to_owned()),
    }
}
