//! No text makes the generator panic, and every refusal has a place and a message.

use std::panic;

use codegen::Source;

const SPEC: &str = include_str!("../../../spec/batches.yaml");
const CONFIG: &str = include_str!("../../../spec/sdk.toml");

/// Runs the generator and renders all that it says.
fn run(spec: &str, config: &str) {
    let outcome = panic::catch_unwind(|| {
        let spec = Source {
            name: "api.yaml",
            text: spec,
        };
        let config = Source {
            name: "sdk.toml",
            text: config,
        };
        let diagnostics = match codegen::generate(spec, config) {
            Ok(generated) => generated.warnings,
            Err(diagnostics) => {
                assert!(!diagnostics.is_empty(), "refused without a word");
                diagnostics
            }
        };
        for diagnostic in diagnostics {
            assert!(!codegen::render(&diagnostic, spec, config, false).is_empty());
        }
    });
    assert!(outcome.is_ok(), "panic on\n{spec}\n--- and\n{config}");
}

#[test]
fn texts_of_all_sorts() {
    let deep = format!("a: {}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_schema = format!(
        "openapi: 3.0.3\ninfo: {{title: x, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {}{}}}}}\n",
        "{type: array, items: ".repeat(3_000),
        "}".repeat(3_000)
    );
    let bomb = (0..30).fold("a0: &a0 [x]\n".to_owned(), |text, index| {
        format!("{text}a{0}: &a{0} [*a{index}, *a{index}]\n", index + 1)
    });
    let texts = [
        "",
        " ",
        "\n",
        "\0",
        "\u{feff}",
        "null",
        "~",
        "1",
        "[]",
        "{}",
        "{",
        "}",
        "\"",
        "'",
        "- -",
        "? a",
        "%YAML 9",
        "---",
        "...",
        "!!binary x",
        "&a *a",
        "<<: *x",
        "{\"openapi\":",
        "openapi: 3.0.3\ninfo: *i",
        "\u{202e}",
        "\r\r\r",
        "a: |\n b\n\tc",
        "a:\n- b\n c",
        "openapi: 3.1.0\ninfo: {title: '', version: ''}\npaths: {'': {}}",
        "openapi: 3.0.3\ninfo: {title: x, version: 1}\npaths: {/a: {get: {responses: {default: {}}}}}",
        &deep,
        &deep_schema,
        &bomb,
    ];
    for text in texts {
        run(text, "");
        run(text, CONFIG);
        run(SPEC, text);
    }
}

#[test]
fn a_document_cut_off_anywhere() {
    for end in (0..SPEC.len()).step_by(97) {
        run(&SPEC[..end], "");
    }
}

/// The text with one line's value, behind the separator, replaced by a word.
fn damaged(text: &str, line: usize, separator: char, word: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let key = lines[line].split(separator).next().unwrap_or_default();
    let wrong = format!("{key}{separator} {word}");
    lines[line] = &wrong;
    lines.join("\n")
}

#[test]
fn a_document_with_a_damaged_line() {
    for line in (0..SPEC.lines().count()).step_by(7) {
        for word in ["[]", "{}", "null", "-1", "\"\\u202e{}\"", "'#/'"] {
            run(&damaged(SPEC, line, ':', word), "");
        }
    }
}

#[test]
fn a_configuration_with_a_damaged_line() {
    for line in 0..CONFIG.lines().count() {
        for word in ["", "[]", "{}", "-1", "\"\\u202e{}\"", "[[\"a\"]]"] {
            run(SPEC, &damaged(CONFIG, line, '=', word));
        }
    }
}
