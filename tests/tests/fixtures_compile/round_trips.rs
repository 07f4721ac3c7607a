//! A program that takes JSON to the types of fixtures and back, and calls their clients.
//!
//! A fixture's `values.json` holds values for its types: `{"Type": [value, ...]}`. Each has to
//! come back as it was. A fixture's `client.rs` is a module of the program, whose `run` tries its
//! client against a server of its own, for which there are `recorder.rs` and `http_server.rs`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::support::fixture;

/// The name of the program.
pub const PACKAGE: &str = "round-trips";

/// What modules of clients use: `crate::recorder` and `crate::http_server`.
const HELPERS: [(&str, &str); 2] = [
    ("recorder", include_str!("recorder.rs")),
    ("http_server", include_str!("http_server.rs")),
];

const CHECK: &str = "\
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn check<T: PartialEq + Serialize + DeserializeOwned>(json: &str) -> Result<(), String> {
    let failed = |error: serde_json::Error| error.to_string();
    let typed: T = serde_json::from_str(json).map_err(failed)?;
    let written = serde_json::to_string(&typed).map_err(failed)?;
    let before = plain(serde_json::from_str(json).map_err(failed)?);
    let after = plain(serde_json::from_str(&written).map_err(failed)?);
    let again: T = serde_json::from_str(&written).map_err(failed)?;
    if after != before {
        Err(format!(\"written as {written}\"))
    } else if again != typed {
        Err(\"another value after writing and reading\".to_owned())
    } else {
        Ok(())
    }
}

// Of a number, JSON says nothing but its value: `2` and `2.0` are one.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9007199254740992.0 => {
                Value::from(float as i64)
            }
            _ => number.into(),
        },
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(members.map(|(key, value)| (key, plain(value))).collect())
        }
        other => other,
    }
}

type Check = fn(&str) -> Result<(), String>;

type Run = fn() -> Result<(), Box<dyn std::error::Error>>;
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
    for (name, run) in CLIENTS {
        if let Err(error) = run() {
            eprintln!(\"the client of {name}: {error}\");
            failed = true;
        }
    }
    std::process::exit(i32::from(failed));
}
";

/// The files of the program, for fixtures with their packages.
pub fn package(packages: &[(String, String)]) -> Vec<(PathBuf, String)> {
    let mut manifest = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nserde = \"1\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"rt\"] }}\n"
    );
    let mut files = Vec::new();
    let (mut checks, mut modules, mut clients) = (String::new(), String::new(), String::new());
    for (name, package) in packages {
        let read = |file| fs::read_to_string(fixture::root().join(name).join(file)).ok();
        let (values, client) = (read("values.json"), read("client.rs"));
        if values.is_none() && client.is_none() {
            continue;
        }
        // Features of what the API itself needs are default ones.
        let features = if name.contains("xml") { "\"xml\"" } else { "" };
        let entry = format!(
            "{{ path = \"../{name}\", default-features = false, features = [{features}] }}"
        );
        writeln!(manifest, "{package} = {entry}").expect("a string takes all text");
        if let Some(values) = values {
            checks.push_str(&calls(name, package, &values));
        }
        if let Some(client) = client {
            let module = format!("client_of_{}", name.replace('-', "_"));
            writeln!(modules, "mod {module};").expect("a string takes all text");
            writeln!(clients, "    ({name:?}, {module}::run),").expect("a string takes all text");
            files.push((Path::new("src").join(module + ".rs"), client));
        }
    }
    let checks = format!("const CHECKS: &[(&str, Check, &str)] = &[\n{checks}];\n");
    let clients = format!("const CLIENTS: &[(&str, Run)] = &[\n{clients}];\n");
    for (name, text) in HELPERS {
        writeln!(modules, "#[allow(dead_code)]\nmod {name};").expect("a string takes all text");
        files.push((
            Path::new("src").join(name).with_extension("rs"),
            text.to_owned(),
        ));
    }
    let main = format!("{modules}\n{CHECK}\n{checks}\n{clients}\n{MAIN}");
    files.push(("Cargo.toml".into(), manifest));
    files.push(("src/main.rs".into(), main));
    files
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
