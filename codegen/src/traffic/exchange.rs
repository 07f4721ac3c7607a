//! An exchange of a request and a response, as it was recorded.

/// A request and its response, recorded by a browser, a proxy or a client.
///
/// # Examples
///
/// ```
/// use codegen::{Exchange, RecordedBody};
///
/// let exchange = Exchange {
///     method: "GET".to_owned(),
///     url: "https://pets.example.com/pets/7".to_owned(),
///     status: 200,
///     response_body: Some(RecordedBody {
///         media_type: "application/json".to_owned(),
///         text: r#"{"id": 7}"#.to_owned(),
///     }),
///     ..Exchange::default()
/// };
/// assert!(exchange.request_body.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The request method.
    pub method: String,
    /// The URL of the request, with its query.
    pub url: String,
    /// The headers of the request.
    pub request_headers: Vec<(String, String)>,
    /// The body of the request, if it was recorded.
    pub request_body: Option<RecordedBody>,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response.
    pub response_headers: Vec<(String, String)>,
    /// The body of the response, if it was recorded.
    pub response_body: Option<RecordedBody>,
}

/// A body that was recorded, without the encodings of its transfer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedBody {
    /// The media type, with its parameters.
    pub media_type: String,
    /// The text; empty for bytes that are no text.
    pub text: String,
}

impl RecordedBody {
    /// The media type without parameters, in lower case.
    pub(super) fn essence(&self) -> String {
        essence(&self.media_type)
    }
}

/// A media type without parameters, in lower case (RFC 9110 section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a body of this media type is JSON (RFC 8259, RFC 6839 section 3.1).
pub(super) fn is_json(essence: &str) -> bool {
    essence.ends_with("/json") || essence.ends_with("+json")
}

impl Exchange {
    /// The values of a header of the request.
    pub(super) fn header<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        let named = self.request_headers.iter();
        named
            .filter(move |(its, _)| its.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Names and values of the cookies of the request.
    pub(super) fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.header("cookie").flat_map(|value| value.split(';'));
        pairs.filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((name.trim(), value.trim()))
        })
    }
}

/// The parts of a URL that say what a request is about (RFC 3986 section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UrlParts<'u> {
    /// The scheme and `://`, if there is one.
    pub(super) scheme: &'u str,
    /// User name and password.
    pub(super) userinfo: &'u str,
    /// Host and port.
    pub(super) host: &'u str,
    pub(super) path: &'u str,
    pub(super) query: &'u str,
}

impl<'u> UrlParts<'u> {
    pub(super) fn of(url: &'u str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let (scheme, rest) = match address.find("://") {
            Some(at) => address.split_at(at + "://".len()),
            None => ("", address),
        };
        let (authority, path) = if scheme.is_empty() {
            ("", rest)
        } else {
            rest.split_at(rest.find('/').unwrap_or(rest.len()))
        };
        let (userinfo, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        Self {
            scheme,
            userinfo,
            host,
            path: if path.is_empty() { "/" } else { path },
            query,
        }
    }

    /// Names and values of the query, decoded.
    pub(super) fn pairs(self) -> impl Iterator<Item = (String, String)> + use<'u> {
        pairs(self.query)
    }
}

/// Names and values of a query or a form (WHATWG URL, "application/x-www-form-urlencoded parsing").
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> + use<'_> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| percent_decoded(&text.replace('+', " "));
        (decoded(name), decoded(value))
    })
}

/// Decodes percent-encoded bytes (RFC 3986 section 2.1); what is no UTF-8 then is replaced.
pub(super) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
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
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_split() {
        let url = "https://ann:pw@a.example:81/v1/x%20y?b=1+2&c#d?e";
        let parts = UrlParts::of(url);
        assert_eq!((parts.scheme, parts.userinfo), ("https://", "ann:pw"));
        assert_eq!((parts.host, parts.path), ("a.example:81", "/v1/x%20y"));
        let pairs: Vec<_> = parts.pairs().collect();
        let owned = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs, [owned("b", "1 2"), owned("c", "")]);
        assert_eq!(UrlParts::of("https://a.example").path, "/");
        assert_eq!(UrlParts::of("/v1?x").path, "/v1");
        assert_eq!(percent_decoded("%e2%82%ac%2"), "\u{20ac}%2");
    }
}
