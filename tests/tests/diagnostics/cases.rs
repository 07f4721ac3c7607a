//! Texts to messages.

use std::fmt::Write as _;

use codegen::{Diagnostic, Source};

/// A document that is fine until `paths`, which a case writes.
pub fn api(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\n{rest}")
}

/// A document with one operation, `GET /pets`, of which a case writes the inside.
pub fn operation(rest: &str) -> String {
    let inside = rest.trim_matches('\n').replace('\n', "\n      ");
    let responses = if rest.starts_with("responses:") {
        String::new()
    } else {
        "\n      responses: {'204': {description: Done.}}".to_owned()
    };
    api(&format!(
        "paths:\n  /pets:\n    post:\n      {inside}{responses}\n"
    ))
}

/// A document with components alone.
pub fn schemas(rest: &str) -> String {
    let inside = rest.trim_matches('\n').replace('\n', "\n    ");
    api(&format!(
        "paths: {{}}\ncomponents:\n  schemas:\n    {inside}\n"
    ))
}

/// The messages about documents that no crate can be made of, each under its name.
pub fn refused(cases: &[(&str, String)]) -> String {
    let cases = cases.iter().map(|(name, spec)| (*name, spec.as_str(), ""));
    report(cases, true)
}

/// The messages about documents that a crate is made of all the same.
pub fn warned(cases: &[(&str, String)]) -> String {
    let cases = cases.iter().map(|(name, spec)| (*name, spec.as_str(), ""));
    report(cases, false)
}

/// The messages about configurations of one document.
pub fn configured(spec: &str, cases: &[(&str, &str)]) -> String {
    report(
        cases.iter().map(|(name, config)| (*name, spec, *config)),
        true,
    )
}

/// The same about configurations that a crate is made with all the same.
pub fn configured_with_warnings(spec: &str, cases: &[(&str, &str)]) -> String {
    report(
        cases.iter().map(|(name, config)| (*name, spec, *config)),
        false,
    )
}

/// All cases as text. Those that end otherwise than they should are named at once.
fn report<'a>(cases: impl Iterator<Item = (&'a str, &'a str, &'a str)>, refused: bool) -> String {
    let (mut text, mut wrong) = (String::new(), String::new());
    for (name, spec, config) in cases {
        let spec = Source {
            name: file_name(spec),
            text: spec,
        };
        let config = Source {
            name: "sdk.toml",
            text: config,
        };
        let outcome = codegen::generate(spec, config);
        let is_refused = outcome.is_err();
        let diagnostics = outcome.map_or_else(|errors| errors, |generated| generated.warnings);
        let said = render(&diagnostics, spec, config);
        writeln!(text, "=== {name}\n{said}\n").expect("a string takes all text");
        if is_refused != refused || said.is_empty() {
            let outcome = if is_refused { "refused" } else { "accepted" };
            writeln!(wrong, "{name}: {outcome}\n{said}").expect("a string takes all text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    text
}

fn file_name(spec: &str) -> &'static str {
    if spec.starts_with('{') {
        "api.json"
    } else {
        "api.yaml"
    }
}

fn render(diagnostics: &[Diagnostic], spec: Source<'_>, config: Source<'_>) -> String {
    let render = |it| codegen::render(it, spec, config, false);
    diagnostics
        .iter()
        .map(render)
        .collect::<Vec<_>>()
        .join("\n\n")
}
