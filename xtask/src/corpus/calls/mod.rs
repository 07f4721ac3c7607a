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
use clientsmith::internal::failure::Failure;

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
    let refused = || Failure::work("the description is rejected under another package name");
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
    let error = called.error.as_deref().unwrap_or("no reason given");
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
    let reported = (1..)
        .map_while(|index| {
            let code = header(index, "code")?;
            let (path, message) = (header(index, "path"), header(index, "message"));
            Some([code, path.unwrap_or_default(), message.unwrap_or_default()].join(" "))
        })
        .take(3);
    let mut reported = reported.collect::<Vec<_>>().join("; ");
    if reported.is_empty() {
        reported = format!("status {}", called.seen.status);
    }
    format!("not accepted: {reported} ({})", called.seen.target)
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

/// Why a response is none that the description has, if it isn't: the mock server gives documented examples,
/// valid or not.
fn wrong_response(judge: &Judge, case: &Case, called: &Called) -> Option<String> {
    let (http, path) = case.name.split_once(' ')?;
    let operation = document::named(judge.document(), http, path)?;
    let media_type = called.seen.headers.get("content-type")?;
    let schema = operation.response(judge.document(), called.seen.status, media_type)?;
    let Ok(body) = serde_json::from_str(&called.seen.body) else {
        return Some("the response is not JSON".to_owned());
    };
    match judge.check(&schema, &body) {
        Judgement::Invalid(why) => Some(format!("the response is invalid: {why}")),
        Judgement::Valid | Judgement::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::corpus::caller::Seen;

    fn case(doubt: Option<&str>) -> Case {
        Case {
            operation: 0,
            name: "GET /pets".to_owned(),
            arguments: BTreeMap::new(),
            doubts: doubt.map(str::to_owned).into_iter().collect(),
            response: None,
        }
    }

    fn called(read: bool, body: &str, headers: &[(&str, &str)]) -> Called {
        let headers = headers
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()));
        Called {
            read,
            error: (!read).then(|| "missing field `id`".to_owned()),
            seen: Seen {
                target: "GET http://127.0.0.1:1/pets".to_owned(),
                status: 200,
                headers: headers.collect(),
                body: body.to_owned(),
            },
            ..Called::default()
        }
    }

    #[test]
    fn exceptions_are_told_with_their_reasons_and_excused_where_the_crate_is_not_at_fault() {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("pets.json");
        let pet = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}});
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
            "paths": {"/pets": {"get": {"responses": {"2XX": {"description": "",
                "content": {"application/json": {"schema": pet}}}}}}},
        });
        std::fs::write(&spec, document.to_string()).unwrap();
        let valid = ("x-steady-request-valid", "true");
        let json = ("content-type", "application/json; charset=utf-8");
        let refused = [
            ("x-steady-request-valid", "false"),
            ("x-steady-error-1-code", "E3001"),
            ("x-steady-error-1-path", "query.limit"),
            ("x-steady-error-1-message", "Expected type integer"),
        ];
        let unsent = Called {
            unsent: Some("`path:id` has no value".to_owned()),
            ..Called::default()
        };
        let ran = Ran {
            calls: vec![
                (case(None), called(true, "{}", &[valid, json])),
                (case(None), called(false, r#"{"id": 1}"#, &[valid, json])),
                (case(None), called(false, "{}", &[valid, json])),
                (case(None), called(false, "{}", &refused)),
                (
                    case(Some("no example is valid")),
                    called(false, "{}", &refused),
                ),
                (case(None), unsent),
            ],
            verdict: Verdict::pass(),
        };
        let (verdict, calls) = judged(ran, &spec);
        assert_eq!((calls.operations, calls.accepted, calls.read), (6, 3, 1));
        let target = "(GET http://127.0.0.1:1/pets)";
        let not_accepted =
            format!("not accepted: E3001 query.limit Expected type integer {target}");
        assert_eq!(
            verdict.first,
            [
                "GET /pets: not read: missing field `id`".to_owned(),
                format!("GET /pets: {not_accepted}"),
                "GET /pets: not sent: `path:id` has no value".to_owned(),
            ]
        );
        let excuses: Vec<Option<&str>> = calls
            .exceptions
            .iter()
            .map(|it| it.excuse.as_deref())
            .collect();
        assert!(excuses[1].is_some_and(|it| it.starts_with("the response is invalid")));
        assert_eq!(excuses[3], Some("no example is valid"));
        assert_eq!(excuses.iter().flatten().count(), 2);
    }
}
