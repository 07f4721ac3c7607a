//! Calls of all operations, sent to a mock server that validates requests.
//!
//! Each call is made of the description's examples: of required parameters and the body, where there is
//! no valid one, a value is made from the schema.

pub(in crate::corpus) mod document;
pub(in crate::corpus) mod mock;
mod sample;
mod text;
pub(in crate::corpus) mod values;

use std::path::Path;

use codegen::{Source, Survey};
use serde_json::Value;

use self::mock::Mock;
use super::caller::{self, Called, Case, Ran};
use super::copy::{self, Keep};
use super::examples::judge::{Judge, Judgement};
use super::outcome::{Calls, Exception, Verdict};
use crate::failure::Failure;

/// Writes the crate that makes the calls of a description. Gives the hash of its files; nothing where there
/// is no operation.
pub(super) fn write(
    spec: Source<'_>,
    config: Source<'_>,
    folder: &Path,
) -> Result<Option<String>, Failure> {
    let package = copy::package(folder);
    let config_text = copy::renamed(config.text, &package, Keep::Operations)?;
    let config = Source {
        text: &config_text,
        ..config
    };
    let (survey, document) = surveyed(spec, config, &[])?;
    if survey.operations.is_empty() {
        return Ok(None);
    }
    let judge = Judge::new(&document)?;
    let operations = survey.operations.iter().enumerate();
    let cases: Vec<Case> = operations
        .map(|(index, operation)| {
            let place = document::find(&document, operation);
            values::case(&judge, index, operation, place.as_ref())
        })
        .collect();
    let mut files = copy::files(copy::generate(spec, config)?);
    files.extend(caller::files(&package, &survey, &cases)?);
    copy::bring(folder, files).map(Some)
}

/// What became of a description, and its document.
pub(super) fn surveyed(
    spec: Source<'_>,
    config: Source<'_>,
    only: &[String],
) -> Result<(Survey, Value), Failure> {
    let refused = || Failure::work("the description is refused under another package name");
    let survey = codegen::survey_only(spec, config, only).map_err(|_| refused())?;
    let document = codegen::parse(spec).map_err(|_| refused())?;
    Ok((survey, document))
}

/// Runs the program of a crate against a mock server with the description.
pub(super) fn run(
    steady: &Path,
    program: &Path,
    folder: &Path,
    spec: &Path,
) -> (Verdict, Option<Calls>) {
    let mock = match Mock::start(steady, spec) {
        Ok(mock) => mock,
        Err(why) => {
            // That is no fault of the crate.
            let calls = Calls {
                not_started: Some(why),
                ..Calls::default()
            };
            return (Verdict::pass(), Some(calls));
        }
    };
    let ran = caller::run(program, folder, Some(&mock.base_url()));
    drop(mock);
    let (verdict, calls) = judged(ran, spec);
    (verdict, Some(calls))
}

fn judged(ran: Ran, spec: &Path) -> (Verdict, Calls) {
    let mut verdict = ran.verdict;
    let mut calls = Calls::default();
    let mut known = None;
    for (case, called) in &ran.calls {
        calls.operations += 1;
        let accepted = is_accepted(called);
        calls.accepted += usize::from(accepted);
        calls.read += usize::from(accepted && called.read);
        if accepted && called.read {
            continue;
        }
        let what = exception(called, accepted);
        let excuse = if accepted {
            let judge = known.get_or_insert_with(|| judge(spec));
            judge
                .as_ref()
                .and_then(|judge| wrong_response(judge, case, called))
        } else {
            (!case.doubts.is_empty()).then(|| case.doubts.join("; "))
        };
        if excuse.is_none() {
            verdict.add(format!("{}: {what}", case.name));
        }
        calls.exceptions.push(Exception {
            call: case.name.clone(),
            what,
            excuse,
        });
    }
    (verdict, calls)
}

/// Whether the mock server took the request for a valid one.
fn is_accepted(called: &Called) -> bool {
    let valid = called.seen.headers.get("x-steady-request-valid");
    valid.is_some_and(|valid| valid == "true")
}

/// What went wrong with a call.
fn exception(called: &Called, accepted: bool) -> String {
    let error = called.error.as_deref().unwrap_or("no reason is told");
    if let Some(unsent) = &called.unsent {
        return format!("not sent: {unsent}");
    }
    if called.seen.status == 0 {
        return format!("not sent: {error}");
    }
    if accepted {
        return format!("not read: {error}");
    }
    let header = |index: usize, part: &str| {
        let name = format!("x-steady-error-{index}-{part}");
        called.seen.headers.get(&name).map(String::as_str)
    };
    let told = (1..)
        .map_while(|index| {
            let code = header(index, "code")?;
            let (path, message) = (header(index, "path"), header(index, "message"));
            Some([code, path.unwrap_or_default(), message.unwrap_or_default()].join(" "))
        })
        .take(3);
    let mut told = told.collect::<Vec<_>>().join("; ");
    if told.is_empty() {
        told = format!("status {}", called.seen.status);
    }
    format!("not accepted: {told} ({})", called.seen.target)
}

/// The judge of a description, where it can be read again.
fn judge(spec: &Path) -> Option<Judge> {
    let text = std::fs::read_to_string(spec).ok()?;
    let source = Source {
        name: "",
        text: &text,
    };
    Judge::new(&codegen::parse(source).ok()?).ok()
}

/// Why a response is none that the description has, if it isn't: then it needn't be read.
fn wrong_response(judge: &Judge, case: &Case, called: &Called) -> Option<String> {
    let (http, path) = case.name.split_once(' ')?;
    let operation = document::named(judge.document(), http, path)?;
    let media_type = called.seen.headers.get("content-type")?;
    let schema = operation.response(judge.document(), called.seen.status, media_type)?;
    let Ok(body) = serde_json::from_str(&called.seen.body) else {
        return Some("the mock server's response is no JSON".to_owned());
    };
    match judge.check(&schema, &body) {
        Judgement::Invalid(why) => Some(format!("the mock server's response isn't valid: {why}")),
        Judgement::Valid | Judgement::Unknown(_) => None,
    }
}
