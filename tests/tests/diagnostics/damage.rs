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

/// Puts a wrong word in the place of each line's value, then takes the line out.
#[test]
fn a_document_with_a_damaged_line() {
    let lines: Vec<&str> = SPEC.lines().collect();
    for damaged in (0..lines.len()).step_by(3) {
        for word in ["[]", "{}", "null", "-1", "\"\\u202e{}\"", "'#/'"] {
            let text: Vec<String> = lines
                .iter()
                .enumerate()
                .map(|(index, line)| {
                    if index != damaged {
                        return (*line).to_owned();
                    }
                    let key = line.split_once(':').map_or(*line, |(key, _)| key);
                    format!("{key}: {word}")
                })
                .collect();
            run(&text.join("\n"), "");
        }
    }
}

#[test]
fn a_configuration_with_a_damaged_line() {
    let lines: Vec<&str> = CONFIG.lines().collect();
    for damaged in 0..lines.len() {
        for word in ["", "[]", "{}", "-1", "\"\\u202e{}\"", "[[\"a\"]]"] {
            let text: Vec<String> = lines
                .iter()
                .enumerate()
                .map(|(index, line)| {
                    if index != damaged {
                        return (*line).to_owned();
                    }
                    let key = line.split_once('=').map_or(*line, |(key, _)| key);
                    format!("{key}= {word}")
                })
                .collect();
            run(SPEC, &text.join("\n"));
        }
    }
}
