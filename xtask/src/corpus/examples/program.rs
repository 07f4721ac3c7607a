//! The program that takes examples to types and back.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::outcome::Verdict;
use super::super::watchdog::TOO_LONG;
use super::collect::Example;
use crate::failure::Failure;

/// The file with the examples, in the folder of the crate.
pub(in super::super) const CASES: &str = "examples.json";

/// The part of the program that every description gets.
const SUPPORT: &str = include_str!("support.rs");

/// The other part: the table of types stands before it.
const MAIN: &str = r#"
/// Examples that take longer than this have no end.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

fn main() {
    std::thread::spawn(|| {
        std::thread::sleep(LIMIT);
        std::process::exit(124);
    });
    let path = std::env::args_os().nth(1).expect("a file with examples");
    let text = std::fs::read_to_string(path).expect("a readable file");
    let cases: serde_json::Value = serde_json::from_str(&text).expect("a file with JSON");
    for (index, case) in cases.as_array().into_iter().flatten().enumerate() {
        println!("{index}");
        let check = case["check"].as_u64().and_then(|check| usize::try_from(check).ok());
        let check = CHECKS[check.expect("the index of a type")];
        if let Some(difference) = check(&case["value"].to_string()) {
            println!("{}", serde_json::json!([index, difference]));
        }
    }
}
"#;

/// An example with its place and the index of its type in the program's table.
#[derive(Debug, Serialize, Deserialize)]
struct Case {
    check: usize,
    ty: String,
    pointer: String,
    value: Value,
}

/// The files of the program, for examples with their types.
pub(super) fn files(
    package: &str,
    examples: &[(&str, Example)],
) -> Result<Vec<(String, String)>, Failure> {
    let mut types: Vec<&str> = examples.iter().map(|(ty, _)| *ty).collect();
    types.sort_unstable();
    types.dedup();
    let cases: Vec<Case> = examples
        .iter()
        .map(|(ty, example)| Case {
            check: types.partition_point(|other| other < ty),
            ty: (*ty).to_owned(),
            pointer: example.pointer.clone(),
            value: example.value.clone(),
        })
        .collect();
    let cases = serde_json::to_string_pretty(&cases)
        .map_err(|error| Failure::work(format!("the examples can't be written: {error}")))?;
    let bin = format!("src/bin/{package}");
    Ok(vec![
        (CASES.to_owned(), cases),
        (format!("{bin}/main.rs"), main(package, &types)),
        (format!("{bin}/support.rs"), SUPPORT.to_owned()),
    ])
}

fn main(package: &str, types: &[&str]) -> String {
    let library = package.replace('-', "_");
    let mut text = format!(
        "//! Takes the examples of a description to its types and back.\n\n\
         #![allow(deprecated, unused_imports)]\n\n\
         mod support;\n\n\
         use std::collections::BTreeMap;\n\n\
         use ::{library}::*;\n\n\
         const CHECKS: &[fn(&str) -> ::std::option::Option<::std::string::String>] = &[\n"
    );
    for ty in types {
        // `null` is left aside in the types.
        let _ = writeln!(text, "    support::check::<::std::option::Option<{ty}>>,");
    }
    text.push_str("];\n");
    text.push_str(MAIN);
    text
}

/// Runs the program and reads what it found. `cases` is the file with the examples.
pub(in super::super) fn run(program: &Path, cases: &Path) -> Verdict {
    let mut verdict = Verdict::pass();
    let read = std::fs::read_to_string(cases).map_err(|error| error.to_string());
    let read = read.and_then(|text| {
        serde_json::from_str::<Vec<Case>>(&text).map_err(|error| error.to_string())
    });
    let known = match read {
        Ok(known) => known,
        Err(error) => {
            verdict.add(format!("`{}` can't be read: {error}", cases.display()));
            return verdict;
        }
    };
    let output = Command::new(program)
        .arg(cases)
        .stdin(Stdio::null())
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            verdict.add(format!("`{}` can't be run: {error}", program.display()));
            return verdict;
        }
    };
    let name = |index: usize| match known.get(index) {
        Some(case) => format!("{} as `{}`", case.pointer, case.ty),
        None => format!("example {index}"),
    };
    let mut last = None;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Ok(index) = line.parse::<usize>() {
            last = Some(index);
        } else if let Ok((index, difference)) = serde_json::from_str::<(usize, String)>(line) {
            verdict.add(format!("{}: {difference}", name(index)));
        }
    }
    if !output.status.success() {
        let what = match output.status.code() {
            Some(TOO_LONG) => "takes too long".to_owned(),
            _ => format!("ends the program: {}", output.status),
        };
        let place = last.map_or_else(|| "the first".to_owned(), name);
        verdict.add(format!("{place}: {what}"));
    }
    verdict
}
