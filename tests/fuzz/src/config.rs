//! Texts in place of an `sdk.toml`: a success or a refusal, with places that are in the text.

use codegen::Source;

use super::report;

const SPEC: &str = include_str!("../../../spec/batches.yaml");

/// Reads the bytes as the configuration of a description that is sound.
pub fn check(bytes: &[u8]) {
    let spec = Source {
        name: "batches.yaml",
        text: SPEC,
    };
    let text = &String::from_utf8_lossy(bytes);
    let name = "sdk.toml";
    report::check(spec, Source { name, text });
}
