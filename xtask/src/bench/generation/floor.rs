//! The program that the floor is measured by: `xtask bench-floor`.
//!
//! It reads and prints, and tells how many seconds of the processor that took. What it needs before it can print,
//! parsing the emitted files, doesn't count.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use codegen::Source;
use cpu_time::ProcessTime;
use openapiv3::OpenAPI;
use serde_json::Value;

use clientsmith::internal::failure::Failure;

/// Methods of a path item that can have callbacks.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

#[derive(Debug, Subcommand)]
pub(crate) enum Floor {
    /// Writes a description of about so many bytes.
    Make { bytes: usize, path: PathBuf },
    /// Writes a description in the forms of OpenAPI 3.0, which is all that openapiv3 reads.
    Convert { spec: PathBuf, converted: PathBuf },
    /// Reads a converted description, prints the files of a crate, and tells how long that took.
    Run { converted: PathBuf, folder: PathBuf },
}

/// Carries out one of its parts.
pub(crate) fn run(part: &Floor) -> Result<ExitCode, Failure> {
    match part {
        Floor::Make { bytes, path } => {
            let text = super::made::made(*bytes).to_string();
            fs::write(path, text).map_err(|error| failed(path, &error))?;
        }
        Floor::Convert { spec, converted } => convert(spec, converted)?,
        Floor::Run { converted, folder } => {
            let start = ProcessTime::now();
            let description = read(converted)?;
            let reading = start.elapsed();
            let mut files = Vec::new();
            parsed(&folder.join("src"), &mut files)?;
            let start = ProcessTime::now();
            let printed: Vec<String> = files.iter().map(prettyplease::unparse).collect();
            let printing = start.elapsed();
            let lines: usize = printed.iter().map(|text| text.lines().count()).sum();
            let paths = description.paths.paths.len();
            println!("{paths} paths read, {lines} lines printed");
            println!("{}", (reading + printing).as_secs_f64());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn convert(spec: &Path, converted: &Path) -> Result<(), Failure> {
    let text = text(spec)?;
    let name = spec.display().to_string();
    let source = Source {
        name: &name,
        text: &text,
    };
    let (document, _) = codegen::Document::read(source)
        .map_err(|_| Failure::work(format!("{name} is not a valid description")))?;
    let mut value = document.value("").cloned().unwrap_or_default();
    without_callbacks(&mut value);
    let text = if is_json(converted) {
        serde_json::to_string_pretty(&value).map_err(|error| failed(converted, &error))?
    } else {
        serde_yaml::to_string(&value).map_err(|error| failed(converted, &error))?
    };
    fs::write(converted, text).map_err(|error| failed(converted, &error))
}

/// Takes out callbacks, which openapiv3 has no types for in all forms.
fn without_callbacks(value: &mut Value) {
    let paths = value.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(serde_json::Map::values_mut) {
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                operation.shift_remove("callbacks");
            }
        }
    }
    if let Some(Value::Object(components)) = value.get_mut("components") {
        components.shift_remove("callbacks");
    }
}

fn read(path: &Path) -> Result<OpenAPI, Failure> {
    let text = text(path)?;
    if is_json(path) {
        serde_json::from_str(&text).map_err(|error| failed(path, &error))
    } else {
        serde_yaml::from_str(&text).map_err(|error| failed(path, &error))
    }
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json")
}

/// Parses what the generator printed; the runtime is copied and not printed.
fn parsed(folder: &Path, files: &mut Vec<syn::File>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "runtime") {
                parsed(&path, files)?;
            }
        } else {
            let text = text(&path)?;
            files.push(syn::parse_file(&text).map_err(|error| failed(&path, &error))?);
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::work(format!("{}: {error}", path.display()))
}
