//! The code in the docs of an emitted crate, taken out so that a plain check compiles it.
//!
//! Running it as doctests would build every crate instead of checking it.

use std::fmt::Write as _;

use codegen::Generated;

/// All samples of a crate, each in a function of its own; nothing if there are none.
///
/// # Panics
///
/// On a block of code that rustdoc would compile and the generator didn't write.
pub fn file(generated: &Generated) -> Option<String> {
    let files = generated.files.iter();
    let code = files.filter(|file| file.path.starts_with("src/") && !is_runtime(&file.path));
    let samples: Vec<String> = code
        .flat_map(|file| samples(&file.path, &file.text))
        .collect();
    if samples.is_empty() {
        return None;
    }
    // Names of several scripts meet here that no reader of the docs sees side by side.
    let mut text = String::from(
        "#![allow(confusable_idents, dead_code, deprecated, mixed_script_confusables, \
         unused_variables)]\n\nfn main() {}\n",
    );
    for (index, sample) in samples.iter().enumerate() {
        let _ = write!(text, "\nfn sample_{index}() {{\n{sample}}}\n");
    }
    Some(text)
}

fn is_runtime(path: &str) -> bool {
    path.starts_with("src/runtime/")
}

/// The programs of a README.
pub fn of_readme(text: &str) -> Vec<String> {
    let blocks = text.split("```rust,no_run\n").skip(1);
    let whole = blocks.map(|block| block.split_once("```").expect("a block has an end").0);
    whole.map(str::to_owned).collect()
}

/// The blocks marked `no_run` in the doc comments of a file.
pub fn samples(path: &str, text: &str) -> Vec<String> {
    let mut samples = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        let line = line.trim_start();
        let doc = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let Some(doc) = doc.map(|doc| doc.strip_prefix(' ').unwrap_or(doc)) else {
            assert!(open.is_none(), "{path}: a block of code has no end");
            continue;
        };
        // One may begin an item of a list or a quote; what follows it has no backtick (CommonMark 0.31, section 4.5).
        let fence = doc
            .trim_start_matches(['-', '>', ' '])
            .trim()
            .strip_prefix("```")
            .filter(|kind| !kind.contains('`'));
        match (&mut open, fence) {
            (None, Some(kind)) => {
                assert!(
                    ["no_run", "text", "json"].contains(&kind),
                    "{path}: `{kind}` would become a doctest"
                );
                open = Some((kind.to_owned(), String::new()));
            }
            (Some((kind, code)), Some("")) => {
                if kind == "no_run" {
                    samples.push(std::mem::take(code));
                }
                open = None;
            }
            (Some((_, code)), _) => {
                let shown = doc.strip_prefix("# ").unwrap_or(doc);
                code.push_str(if doc == "#" { "" } else { shown });
                code.push('\n');
            }
            (None, None) => {}
        }
    }
    samples
}
