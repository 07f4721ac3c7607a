//! Texts in place of a description: a success or a refusal, with places that are in the text.

use codegen::Source;

use super::report;

/// Reads the bytes as a description, once as YAML and once as JSON.
pub fn check(bytes: &[u8]) {
    let text = &String::from_utf8_lossy(bytes);
    let config = Source {
        name: "sdk.toml",
        text: "types.keep-unused = true\n",
    };
    for name in ["openapi.yaml", "openapi.json"] {
        report::check(Source { name, text }, config);
    }
}
