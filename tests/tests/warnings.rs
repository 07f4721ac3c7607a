//! Warnings have codes, which a document lists and a configuration allows.

use std::fs;
use std::path::Path;

use codegen::{Severity, Source, WarningCode, generate};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn each_code_has_a_row_in_the_document_and_is_used() {
    let document = fs::read_to_string(root().join("codegen/WARNINGS.md")).expect("it is there");
    let rows: Vec<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let codes: Vec<&str> = WarningCode::ALL.iter().map(|it| it.as_str()).collect();
    assert_eq!(rows, codes);
    let mut sources = String::new();
    read(&root().join("codegen/src"), &mut sources);
    for code in WarningCode::ALL {
        let name = format!("WarningCode::{code:?}");
        assert!(sources.contains(&name), "`{name}` is never used");
        let kebab = code.as_str();
        let is_kebab = kebab
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it == b'-');
        assert!(is_kebab, "{kebab}");
    }
}

fn read(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            read(&path, text);
        } else if path.extension().is_some_and(|it| it == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("a readable file"));
        }
    }
}

const SPEC: &str = "openapi: 3.0.3
info: {title: Pets, version: '1', nmae: x}
servers: [{url: 'https://pets.example.com'}]
paths:
  pets: {get: {responses: {'204': {description: None.}}}}
";

/// The codes of the warnings with this configuration.
fn warned(config: &str) -> Vec<&'static str> {
    let spec = Source {
        name: "api.yaml",
        text: SPEC,
    };
    let config = Source {
        name: "sdk.toml",
        text: config,
    };
    let generated = generate(spec, config).expect("a crate");
    let codes = generated.warnings.iter().map(|it| {
        assert_eq!(it.severity, Severity::Warning);
        it.code.expect("a warning has a code").as_str()
    });
    codes.collect()
}

#[test]
fn allowed_warnings_are_not_reported() {
    assert_eq!(warned(""), ["unknown-field", "path-slash"]);
    assert_eq!(
        warned("[warnings]\nallow = [\"path-slash\"]\n"),
        ["unknown-field"]
    );
    let both = "warnings.allow = [\"path-slash\", \"unknown-field\"]\n";
    assert_eq!(warned(both), [""; 0]);
}

#[test]
fn an_unknown_code_is_an_error_with_the_one_that_is_meant() {
    let spec = Source {
        name: "api.yaml",
        text: SPEC,
    };
    let text = "[warnings]\nallow = [\"path-slash\", \"unknown-feild\", \"xyz\"]\n";
    let config = Source {
        name: "sdk.toml",
        text,
    };
    let found = generate(spec, config).expect_err("a code that doesn't exist");
    let errors: Vec<_> = found
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .collect();
    assert_eq!(errors[0].message, "no warning has the code `unknown-feild`");
    assert_eq!(errors[0].pointer, "/warnings/allow/1");
    assert_eq!(
        errors[0].help.as_deref(),
        Some("did you mean `unknown-field`?")
    );
    assert_eq!(errors[1].message, "no warning has the code `xyz`");
}

#[test]
fn a_variable_that_no_credential_is_read_from_is_a_warning() {
    let config =
        "client.api-key-env = \"KEY\"\nwarnings.allow = [\"path-slash\", \"unknown-field\"]\n";
    assert_eq!(warned(config), ["unused-setting"]);
}
