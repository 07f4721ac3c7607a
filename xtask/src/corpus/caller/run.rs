//! Runs a program that calls operations, and reads what it found.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{CASES, Called, Case, Ran, Seen};
use crate::corpus::outcome::Verdict;
use crate::corpus::watchdog::TOO_LONG;

/// Runs the program of a crate. `base_url` is that of the server to call, where there is one.
pub(in crate::corpus) fn run(program: &Path, folder: &Path, base_url: Option<&str>) -> Ran {
    let mut ran = Ran {
        calls: Vec::new(),
        verdict: Verdict::pass(),
    };
    let file = folder.join(CASES);
    let cases = std::fs::read_to_string(&file).map_err(|error| error.to_string());
    let cases = cases.and_then(|text| {
        serde_json::from_str::<Vec<Case>>(&text).map_err(|error| error.to_string())
    });
    let cases = match cases {
        Ok(cases) => cases,
        Err(error) => {
            let file = file.display();
            ran.verdict.add(format!("`{file}` can't be read: {error}"));
            return ran;
        }
    };
    let output = Command::new(program)
        .arg(&file)
        .args(base_url)
        .stdin(Stdio::null())
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            let program = program.display();
            ran.verdict
                .add(format!("`{program}` can't be run: {error}"));
            return ran;
        }
    };
    let mut last = None;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Ok(index) = line.parse::<usize>() {
            last = Some(index);
        } else if let Some((index, called)) = called(line)
            && let Some(case) = cases.get(index)
        {
            ran.calls.push((case.clone(), called));
        }
    }
    if !output.status.success() {
        let what = match output.status.code() {
            Some(TOO_LONG) => "times out".to_owned(),
            _ => {
                let stderr = String::from_utf8_lossy(&output.stderr);
                format!(
                    "terminates the program: {}: {}",
                    output.status,
                    stderr.trim()
                )
            }
        };
        let case = last.and_then(|index| cases.get(index));
        let place = case.map_or("the first call", |case| &*case.name);
        ran.verdict.add(format!("{place}: {what}"));
    }
    ran
}

/// A line of the program: the index of the case, what came of it, and what went over the wire.
fn called(line: &str) -> Option<(usize, Called)> {
    let (index, mut called, seen): (usize, Called, Value) = serde_json::from_str(line).ok()?;
    called.seen = serde_json::from_value::<Option<Seen>>(seen)
        .ok()?
        .unwrap_or_default();
    called.error = called.error.map(|error| without_duration(&error));
    Some((index, called))
}

/// An error without how long its only attempt took, so that the same error reads the same.
fn without_duration(error: &str) -> String {
    let count = error.find("1 attempt in ");
    let start = count.and_then(|count| error[..count].rfind(" ("));
    let end = start.and_then(|start| Some(start + error[start..].find(')')? + 1));
    match (start, end) {
        (Some(start), Some(end)) => [&error[..start], &error[end..]].concat(),
        _ => error.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_tells_is_read() {
        let line =
            r#"[3,{"read":false,"error":"no `id` (1 attempt in 7.2ms); body: {}"},{"status":200}]"#;
        let (index, called) = called(line).unwrap();
        assert_eq!((index, called.seen.status), (3, 200));
        assert_eq!(called.error.as_deref(), Some("no `id`; body: {}"));
        let error = "no JSON (200 OK, text/html, 1 attempt in 7.2ms); body: <p>";
        assert_eq!(without_duration(error), "no JSON; body: <p>");
        let (_, unsent) = self::called(r#"[0,{"read":false,"unsent":"why"},null]"#).unwrap();
        assert_eq!(unsent.unsent.as_deref(), Some("why"));
        assert!(self::called("7").is_none());
    }
}
