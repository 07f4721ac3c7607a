//! An entry of a HAR file, as an exchange.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::{Exchange, RecordedBody};
use serde::Deserialize;

/// An entry (HAR 1.2, "entries"), without all that isn't compared.
#[derive(Deserialize)]
pub(super) struct Entry {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
    headers: Option<Vec<Pair>>,
    #[serde(rename = "postData")]
    post_data: Option<PostData>,
}

#[derive(Deserialize)]
struct Response {
    /// Recorders write 0 or a negative number where there was none.
    status: i64,
    headers: Option<Vec<Pair>>,
    content: Option<Content>,
}

/// A header, or a parameter of a form.
#[derive(Deserialize)]
struct Pair {
    name: String,
    #[serde(default)]
    value: Option<String>,
}

#[derive(Deserialize)]
struct PostData {
    #[serde(rename = "mimeType")]
    mime_type: Option<String>,
    text: Option<String>,
    params: Option<Vec<Pair>>,
    /// Not of HAR 1.2, and written by some for bodies that are no text.
    encoding: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(rename = "mimeType")]
    mime_type: Option<String>,
    text: Option<String>,
    encoding: Option<String>,
}

impl Entry {
    pub(super) fn exchange(self) -> Exchange {
        let request_headers = pairs(self.request.headers);
        let response_headers = pairs(self.response.headers);
        let sent = self.request.post_data.and_then(|it| {
            let text = it.text.filter(|text| !text.is_empty());
            let text = text.or_else(|| form(&it.params?));
            body(it.mime_type, text, it.encoding.as_deref(), &request_headers)
        });
        let received = self.response.content;
        let received = received.and_then(|it| {
            body(
                it.mime_type,
                it.text,
                it.encoding.as_deref(),
                &response_headers,
            )
        });
        Exchange {
            method: self.request.method,
            url: self.request.url,
            request_body: sent,
            // Not a status then, which is as good as none.
            status: u16::try_from(self.response.status).unwrap_or_default(),
            response_body: received,
            request_headers,
            response_headers,
        }
    }
}

fn pairs(pairs: Option<Vec<Pair>>) -> Vec<(String, String)> {
    let pairs = pairs.into_iter().flatten();
    pairs
        .map(|it| (it.name, it.value.unwrap_or_default()))
        .collect()
}

/// The parameters of a form as its text; recorders have either.
fn form(params: &[Pair]) -> Option<String> {
    let encoded = |text: &str| {
        let bytes = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        });
        bytes.collect::<String>()
    };
    let pairs = params.iter().map(|it| {
        let value = it.value.as_deref().unwrap_or_default();
        // Some recorders have them encoded, and some don't.
        if it.name.contains('%') || value.contains('%') {
            format!("{}={value}", it.name)
        } else {
            format!("{}={}", encoded(&it.name), encoded(value))
        }
    });
    let text = pairs.collect::<Vec<_>>().join("&");
    (!text.is_empty()).then_some(text)
}

/// A body, if it was recorded. Of bytes that are no text the media type is kept alone.
fn body(
    mime_type: Option<String>,
    text: Option<String>,
    encoding: Option<&str>,
    headers: &[(String, String)],
) -> Option<RecordedBody> {
    let text = text?;
    let named = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    // Browsers guess the media type of a response that has none.
    let media_type = named.map(|(_, value)| value.clone()).or(mime_type);
    let text = match encoding {
        Some(encoding) if encoding.eq_ignore_ascii_case("base64") => {
            let bytes = STANDARD.decode(text.trim()).unwrap_or_default();
            String::from_utf8(bytes).unwrap_or_default()
        }
        _ => text,
    };
    Some(RecordedBody {
        media_type: media_type.unwrap_or_default(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(text: &str) -> Exchange {
        let entry: Entry = serde_json::from_str(text).expect("an entry");
        entry.exchange()
    }

    #[test]
    fn bodies_are_decoded_and_forms_are_joined() {
        let found = exchange(
            r#"{"request": {"method": "POST", "url": "/a", "headers": null, "cookies": [[{"deep": 1}]],
                "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "",
                    "params": [{"name": "a b", "value": "1&2"}, {"name": "c"}]}},
            "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "application/json"}],
                "content": {"mimeType": "x-unknown", "encoding": "base64", "text": "eyJpZCI6MX0="}}}"#,
        );
        let sent = found.request_body.expect("a form");
        assert_eq!(sent.text, "a%20b=1%262&c=");
        let received = found.response_body.expect("a body");
        assert_eq!(received.media_type, "application/json");
        assert_eq!(received.text, "{\"id\":1}");
    }

    #[test]
    fn a_blocked_request_has_no_status_and_bytes_have_no_text() {
        let found = exchange(
            r#"{"request": {"method": "GET", "url": "/a"},
            "response": {"status": -1, "content": {"mimeType": "image/png", "encoding": "base64", "text": "/+8="}}}"#,
        );
        assert_eq!(found.status, 0);
        assert_eq!(found.response_body.map(|it| it.text).as_deref(), Some(""));
    }
}
