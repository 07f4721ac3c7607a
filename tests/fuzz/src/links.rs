//! Texts in place of a `Link` header: the target is a part of the text, and a link by the book is
//! found.

#[allow(dead_code, reason = "what a client needs beyond reading")]
#[path = "../../../codegen/runtime/src/link_header.rs"]
mod link_header;

/// Stands for what `link_header` is used by.
mod cursor {
    use reqwest::header::HeaderMap;

    /// How the way to the next page is found.
    #[allow(dead_code, reason = "what a client needs beyond reading")]
    pub enum Paging {
        /// In a header, by a function that reads it.
        Header(fn(&HeaderMap) -> Option<String>),
    }
}

use reqwest::header::{HeaderMap, HeaderValue, LINK};

/// Reads each line as a `Link` header of one response, then the text as the target of a link.
pub fn check(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|&byte| byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(LINK, value);
        }
    }
    if let Some(target) = link_header::next(&headers) {
        let texts = headers.get_all(LINK).iter();
        let mut texts = texts.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let link = format!("<{target}>");
        assert!(texts.any(|text| text.contains(&link)), "{target:?}");
    }
    let Ok(target) = std::str::from_utf8(bytes) else {
        return;
    };
    let target = target.replace('>', "");
    for link in [
        format!("<{target}>; rel=next"),
        format!("</first>; rel=\"first\", <{target}>; title=\"a, b; c\"; rel=\"last next\""),
    ] {
        if let Ok(value) = HeaderValue::from_str(&link) {
            let headers = HeaderMap::from_iter([(LINK, value)]);
            assert_eq!(link_header::next(&headers), Some(target.clone()), "{link}");
        }
    }
}
