//! The modules as texts, for the generator: files of another package can't be included by its own, once
//! both are published.

/// `[features]` and `[dependencies]` of an emitted crate. The manifest of this crate has the same, with
/// all dependencies optional, but cargo rewrites that when it is published.
pub const MANIFEST: &str = include_str!("../emitted.toml");

/// The version of this crate, on which emitted crates depend that have no copy of it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

macro_rules! sources {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!($path, ".rs")))),*]
    };
}

/// All modules: the path of each below `src`, without its ending, and its text.
pub const SOURCES: &[(&str, &str)] = sources![
    "argument",
    "assemble",
    "attempt",
    "base64",
    "base64_url",
    "base_url",
    "basic",
    "blocking",
    "blocking_pages",
    "body",
    "body_stream",
    "builder",
    "calendar",
    "call",
    "call/bodies",
    "call/values",
    "cause",
    "client",
    "client_methods",
    "connections",
    "content",
    "content_length",
    "credential",
    "cursor",
    "custom",
    "date",
    "date/convert",
    "date_time",
    "date_time/chrono",
    "date_time/jiff",
    "date_time/rfc3339",
    "date_time/time",
    "date_time/wire",
    "deadline",
    "decimal",
    "decode",
    "decode/constants",
    "decode/digits",
    "decode/fault",
    "decode/hint",
    "decode/input",
    "decode/integers",
    "decode/keys",
    "decode/raw",
    "decode/reader",
    "decode/scalar",
    "decode/source",
    "decode/tally",
    "decode/values",
    "decode_body",
    "deviation",
    "encode",
    "encoded_bytes",
    "environment",
    "error",
    "error_kind",
    "error_text",
    "event_parts",
    "event_text",
    "events",
    "execute",
    "external",
    "finite",
    "har",
    "header",
    "header_value",
    "items",
    "json_path",
    "key_rotation",
    "keyring",
    "link_header",
    "media_type",
    "mock",
    "multipart",
    "no_retry",
    "nullable",
    "number",
    "open_enum",
    "operation",
    "page_body",
    "page_token",
    "page_url",
    "pages",
    "paging",
    "part_head",
    "path",
    "profile",
    "query",
    "random",
    "raw_response",
    "reading",
    "received",
    "recording",
    "redact",
    "redact/names",
    "redact/spelling",
    "redirect",
    "redirection",
    "request",
    "request_builder",
    "request_defaults",
    "requests",
    "requests/methods",
    "requests/read",
    "response",
    "response_body",
    "retry",
    "retry_after",
    "retry_budget",
    "send_future",
    "shared_future",
    "tables",
    "tables/enums",
    "tables/objects",
    "tls",
    "token_provider",
    "trace",
    "transport",
    "tree",
    "union",
    "union/choose",
    "union/fit",
    "union/tagged",
    "upload",
    "urlencoded",
    "variables",
    "waiting",
    "waiting_defaults",
    "xml",
    "xml/document",
    "xml/nodes",
    "xml/reader",
    "xml/request",
    "xml/table",
    "xml/writer",
];

/// The text of a module, by its path below `src` without the ending, as in `date/convert`.
///
/// It is `const`, so that a module that doesn't exist can be an error of the compiler.
///
/// ```
/// assert!(clientsmith_runtime::source("date/convert").is_some());
/// assert_eq!(clientsmith_runtime::source("nowhere"), None);
/// ```
pub const fn source(path: &str) -> Option<&'static str> {
    let mut index = 0;
    while index < SOURCES.len() {
        let (name, text) = SOURCES[index];
        if is_equal(name.as_bytes(), path.as_bytes()) {
            return Some(text);
        }
        index += 1;
    }
    None
}

/// Texts can't be compared by `==` in a function that is `const`.
const fn is_equal(left: &[u8], right: &[u8]) -> bool {
    let mut index = 0;
    while index < left.len() && index < right.len() && left[index] == right[index] {
        index += 1;
    }
    index == left.len() && index == right.len()
}
