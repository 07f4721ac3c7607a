//! Responses that were recorded, held against the types of their operations.
//!
//! Each is given to the emitted client as the response to a call of its operation: what is read, encoded
//! again, has to be what came. The crates for this keep unknown fields, so that nothing may get lost.

mod compare;
mod documented;
mod recording;
mod route;

use std::collections::BTreeMap;
use std::path::Path;

use codegen::{Source, TypedOperation};

use self::compare::Compared;
use self::route::Routes;
use super::caller::{self, Case, Recorded as Response};
use super::calls::{document, surveyed, values};
use super::copy::{self, Keep};
use super::examples::judge::Judge;
use super::outcome::{Exception, Recorded, Verdict};
use clientsmith::internal::failure::Failure;

/// Writes the crate that reads the recorded responses of a description: those of its own extension
/// `x-oaiMeta`, and those in the folder of recordings, if there is one. Gives how many there are, and the
/// hash of the crate's files where there is any to read.
pub(super) fn write(
    spec: Source<'_>,
    config: Source<'_>,
    folder: &Path,
    (recordings, name): (Option<&Path>, &str),
) -> Result<(Recorded, Option<String>), Failure> {
    let package = copy::package(folder);
    let config_text = copy::renamed(config.text, &package, Keep::Fields)?;
    let config = Source {
        text: &config_text,
        ..config
    };
    let (survey, document) = surveyed(spec, config, &[])?;
    let mut counts = Recorded::default();
    let found = match recordings {
        Some(folder) => recording::read(folder, name)?,
        None => Vec::new(),
    };
    let routes = Routes::new(&document, &survey.operations);
    let mut matched = documented::find(&document, &survey.operations, &mut counts.unread_text);
    for recording in found {
        match routes.find(&recording.method, &recording.path) {
            Some(operation) => matched.push((operation, recording)),
            None => counts.unmatched.push(recording.to_string()),
        }
    }
    counts.responses = matched.len();
    if matched.is_empty() {
        return Ok((counts, None));
    }
    let mut only: Vec<String> = matched
        .iter()
        .map(|(operation, _)| format!("{} {}", operation.http, operation.path))
        .collect();
    only.sort_unstable();
    only.dedup();
    let (survey, _) = surveyed(spec, config, &only)?;
    let judge = Judge::new(&document)?;
    let operations = survey.operations.iter().enumerate();
    let calls: BTreeMap<Key<'_>, Case> = operations
        .map(|(index, operation)| {
            let place = document::find(&document, operation);
            let case = values::case(&judge, index, operation, place.as_ref());
            (key(operation), case)
        })
        .collect();
    let cases = matched.iter().filter_map(|(operation, recording)| {
        let mut case = calls.get(&key(operation))?.clone();
        case.name = recording.to_string();
        case.response = Some(Response {
            status: recording.status,
            headers: recording.headers.clone(),
            body: recording.body.clone(),
        });
        Some(case)
    });
    let cases: Vec<Case> = cases.collect();
    let generated = codegen::generate_only(spec, config, &only)
        .map_err(|_| Failure::work("the description is rejected under another package name"))?;
    let mut files = copy::files(generated);
    files.extend(caller::files(&package, &survey, &cases)?);
    let hash = copy::bring(folder, files)?;
    Ok((counts, Some(hash)))
}

/// What an operation is known by in the whole crate and in a part of it.
type Key<'o> = (&'o str, &'o str, &'o str);

fn key(operation: &TypedOperation) -> Key<'_> {
    (&operation.http, &operation.path, &operation.id)
}

/// Runs the program of a crate, and adds what it found to the counts.
pub(super) fn run(program: &Path, folder: &Path, counts: &mut Recorded) -> Verdict {
    let ran = caller::run(program, folder, None);
    let mut verdict = ran.verdict;
    for (case, called) in &ran.calls {
        let compared = compare::compare(case, called);
        let differences = match compared {
            Compared::Unread(why) => vec![why],
            Compared::Read {
                differences,
                reported,
            } => {
                counts.read += 1;
                counts.reported += reported;
                counts.same += usize::from(differences.is_empty());
                differences
            }
        };
        if let Some(first) = differences.first() {
            let more = match differences.len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            verdict.add(format!("{}: {first}{more}", case.name));
        }
        for what in differences {
            counts.differences.push(Exception {
                call: case.name.clone(),
                what,
                excuse: None,
            });
        }
    }
    verdict
}
