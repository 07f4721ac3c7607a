//! A program that takes JSON to the types of fixtures and back.
//!
//! A fixture's `values.json` holds values for its types: `{"Type": [value, ...]}`. Each has to
//! come back as it was.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::support::fixture::Fixture;

/// The name of the program.
pub const PACKAGE: &str = "round-trips";

const CHECK: &str = "\
use serde::Serialize;
use serde::de::DeserializeOwned;

fn check<T: Clone + PartialEq + Serialize + DeserializeOwned>(name: &str, json: &str) {
    let typed: T = serde_json::from_str(json)
        .unwrap_or_else(|error| panic!(\"{name} doesn't read {json}: {error}\"));
    let written = serde_json::to_string(&typed).expect(\"a value is written\");
    let before: serde_json::Value = serde_json::from_str(json).expect(\"JSON\");
    let after: serde_json::Value = serde_json::from_str(&written).expect(\"JSON\");
    assert_eq!(after, before, \"{name}\");
    let again: T = serde_json::from_value(after).expect(\"what was written is read\");
    assert!(again == typed.clone(), \"{name} isn't the same after {written}\");
}
";

/// The manifest and the source of the program, for fixtures with their packages.
pub fn package(packages: &[(String, String)]) -> (String, String) {
    let mut manifest = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nserde = \"1\"\nserde_json = \"1\"\n"
    );
    let mut checks = String::new();
    for (name, package) in packages {
        let Some(values) = Fixture::read(name).values else {
            continue;
        };
        let entry = format!("{{ path = \"../{name}\", default-features = false }}");
        writeln!(manifest, "{package} = {entry}").expect("a string takes all text");
        checks.push_str(&calls(name, package, &values));
    }
    (manifest, format!("{CHECK}\nfn main() {{\n{checks}}}\n"))
}

fn calls(name: &str, package: &str, values: &str) -> String {
    let types: Map<String, Value> =
        serde_json::from_str(values).unwrap_or_else(|error| panic!("{name}/values.json: {error}"));
    let library = package.replace('-', "_");
    let mut calls = String::new();
    for (ty, values) in &types {
        for value in values.as_array().expect("a list of values") {
            let shown = format!("{name}: {ty}");
            let json = value.to_string();
            writeln!(
                calls,
                "    check::<{library}::types::{ty}>({shown:?}, {json:?});"
            )
            .expect("a string takes all text");
        }
    }
    calls
}
