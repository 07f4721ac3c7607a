//! Crates of both editions with modules of the fixtures, as far as they can be ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use codegen::{Form, Severity, Source};

use crate::support::fixture::{self, Fixture};

/// The crates, and how they have a module: declared, or included as from a build script.
pub const PACKAGES: [(&str, &str); 2] = [("modules-2021", "2021"), ("modules-2024", "2024")];

/// Of so many modules the crate of the older edition has one.
const FEW: usize = 4;

/// What a crate can have, and a module can't.
const ONLY_IN_CRATES: [&str; 4] = [
    "is of another crate, and so is the runtime",
    "a module can't declare custom modules",
    "a module has no Cargo features",
    "a module has no manifest",
];

/// A form whose parts are the members of a map, which no fixture has.
const PARTS: &str = "\
openapi: 3.0.3
info: {title: Any parts, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /parts:
    post:
      tags: [parts]
      operationId: sendParts
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {type: object, additionalProperties: {type: string}}}}
      responses: {'204': {description: Done.}}
";

/// The files of both crates: path and text.
pub fn packages() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let (modules, dependencies) = modules();
    for (package, edition) in PACKAGES {
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"{edition}\"\n\n{dependencies}"
        );
        files.push((format!("{package}/Cargo.toml"), manifest));
        let mut root = "//! Modules of all fixtures.\n\n#![recursion_limit = \"4096\"]\n#![deny(unsafe_code)]\n\
                        #![warn(missing_docs, unreachable_pub)]\n\
                        #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n"
            .to_owned();
        // What an edition changes is the same in all modules, so one of them has a few.
        let step = if edition == "2021" { FEW } else { 1 };
        for (name, text) in modules.iter().step_by(step) {
            let declared = if edition == "2021" {
                format!("#[path = \"../../modules/{name}.rs\"]\nmod {name};")
            } else {
                format!("pub mod {name} {{\n    include!(\"../../modules/{name}.rs\");\n}}")
            };
            writeln!(root, "\n/// A module.\n{declared}").expect("a string takes all text");
            files.push((format!("modules/{name}.rs"), text.clone()));
        }
        files.push((format!("{package}/src/lib.rs"), root));
    }
    files
}

/// The lines that begin examples which rustdoc would compile, with the paths of a crate that isn't there (The rustdoc
/// book, "Attributes").
fn doctests(text: &str) -> Vec<&str> {
    let is_compiled =
        |info: &str| info.is_empty() || info.starts_with("rust") || info.starts_with("no_run");
    let lines = text.lines().map(str::trim_start);
    let docs = lines.filter(|line| line.starts_with("///") || line.starts_with("//!"));
    let fences = docs.filter_map(|line| Some((line, line.split_once("```")?.1)));
    let openings = fences.enumerate().filter(|(at, _)| at % 2 == 0);
    let compiled = openings.filter(|(_, (_, info))| is_compiled(info.trim()));
    compiled.map(|(_, (line, _))| line).collect()
}

/// The modules, by the names of their fixtures, and the dependencies that they ask for.
fn modules() -> (Vec<(String, String)>, String) {
    let mut modules = Vec::new();
    let mut dependencies: BTreeMap<String, String> = BTreeMap::new();
    for name in fixture::names() {
        let fixture = Fixture::read(&name);
        let (spec, config) = (fixture.spec(), fixture.config());
        match codegen::generate_in_form(spec, config, &[], Some(Form::Module), &mut |_| {}) {
            Ok(generated) => {
                let [file] = generated.files.as_slice() else {
                    panic!("{name}: {} files", generated.files.len());
                };
                assert_eq!(doctests(&file.text), [""; 0], "{name}");
                modules.push((name.replace('-', "_"), file.text.clone()));
                let lines = generated.requirements.lines().skip(1);
                for line in lines.take_while(|line| !line.is_empty()) {
                    let key = line.split(' ').next().unwrap_or_default().to_owned();
                    let known = dependencies.entry(key).or_default();
                    if known.len() < line.len() {
                        line.clone_into(known);
                    }
                }
            }
            Err(diagnostics) => {
                for problem in diagnostics {
                    let message = &problem.message;
                    let is_known = ONLY_IN_CRATES.iter().any(|it| message.contains(it));
                    assert!(
                        is_known || problem.severity != Severity::Error,
                        "{name}: {message}"
                    );
                    assert!(problem.span.is_some(), "{name}: {message}");
                }
            }
        }
    }
    let source = |name, text| Source { name, text };
    let form = Some(Form::Module);
    let made = codegen::generate_in_form(source("", PARTS), source("", ""), &[], form, &mut |_| {});
    let made = made.unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(made.files[0].text.contains(".multipart_of::<"));
    modules.push(("any_parts".to_owned(), made.files[0].text.clone()));
    assert!(modules.len() > 100, "{}", modules.len());
    let lines: Vec<String> = dependencies.into_values().collect();
    (modules, format!("[dependencies]\n{}\n", lines.join("\n")))
}
