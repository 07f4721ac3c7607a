//! Choosing among the documented media types of a response (RFC 9110, 8.3).

use reqwest::header::{CONTENT_TYPE, HeaderMap};

/// The `Content-Type` of a response, in lower case; `None` if it has none.
fn of(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let value = value.trim().to_ascii_lowercase();
    (!value.is_empty()).then_some(value)
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    let end = media_type.find(';').unwrap_or(media_type.len());
    media_type[..end].trim()
}

fn names_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether the `Content-Type` of a response is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    of(headers).is_some_and(|it| names_json(essence(&it)))
}

/// The index among `documented` of the content of a response; each has several media types and ranges,
/// in lower case.
///
/// The closest match is chosen: the same media type with its parameters, the same without them, any JSON
/// type for JSON (RFC 6839, 3.1), then ranges (`image/*`, `*/*`). If none matches, or the response has no
/// `Content-Type`, a body that is JSON is decoded as JSON, and any other as the first content that isn't
/// JSON.
pub(crate) fn choose(
    headers: &HeaderMap,
    documented: &[&[&str]],
    reads_as_json: impl FnOnce() -> bool,
) -> usize {
    let find = |fits: &dyn Fn(&str) -> bool| {
        let mut kinds = documented.iter();
        kinds.position(|media_types| media_types.iter().any(|it| fits(it)))
    };
    let by_name = of(headers).and_then(|actual| {
        let plain = essence(&actual);
        find(&|it| it == actual)
            .or_else(|| find(&|it| essence(it) == plain))
            .or_else(|| find(&|it| names_json(plain) && names_json(essence(it))))
            .or_else(|| find(&|it| is_range_of(essence(it), plain)))
            .or_else(|| find(&|it| essence(it) == "*/*"))
    });
    let kind = by_name.or_else(|| {
        let reads_as_json = reads_as_json();
        find(&|it| names_json(essence(it)) == reads_as_json)
    });
    kind.unwrap_or(0)
}

/// Whether a range such as `image/*` includes a media type.
fn is_range_of(range: &str, plain: &str) -> bool {
    let start = range.strip_suffix('*').unwrap_or_default();
    start.ends_with('/') && start != "*/" && plain.starts_with(start)
}
