//! A program that takes JSON to the types of fixtures and back.
//!
//! A fixture's `values.json` holds values for its types: `{"Type": [value, ...]}`. Each has to
//! come back as it was.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Map, Value};

/// The name of the program.
pub const PACKAGE: &str = "round-trips";

const CHECK: &str = "\
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn check<T: PartialEq + Serialize + DeserializeOwned>(json: &str) -> Result<(), String> {
    let failed = |error: serde_json::Error| error.to_string();
    let typed: T = serde_json::from_str(json).map_err(failed)?;
    let written = serde_json::to_string(&typed).map_err(failed)?;
    let before: Value = serde_json::from_str(json).map_err(failed)?;
    let after: Value = serde_json::from_str(&written).map_err(failed)?;
    let again: T = serde_json::from_str(&written).map_err(failed)?;
    if after != before {
        Err(format!(\"written as {written}\"))
    } else if again != typed {
        Err(\"another value after writing and reading\".to_owned())
    } else {
        Ok(())
    }
}

type Check = fn(&str) -> Result<(), String>;
";

const MAIN: &str = "\
fn main() {
    let mut failed = false;
    for (name, check, json) in CHECKS {
        if let Err(error) = check(json) {
            eprintln!(\"{name} of {json}: {error}\");
            failed = true;
        }
    }
    std::process::exit(i32::from(failed));
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
        let file = format!("{}/fixtures/{name}/values.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(values) = fs::read_to_string(file) else {
            continue;
        };
        let entry = format!("{{ path = \"../{name}\", default-features = false }}");
        writeln!(manifest, "{package} = {entry}").expect("a string takes all text");
        checks.push_str(&calls(name, package, &values));
    }
    let list = format!("const CHECKS: &[(&str, Check, &str)] = &[\n{checks}];\n");
    (manifest, format!("{CHECK}\n{list}\n{MAIN}"))
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
            let check = format!("check::<{library}::types::{ty}>");
            writeln!(calls, "    ({shown:?}, {check}, {json:?}),")
                .expect("a string takes all text");
        }
    }
    calls
}
