//! Crates with a program that tries something: what they are written with, and how they are run.

use std::path::Path;

use codegen::Source;

use super::crate_workspace::CrateWorkspace;
use super::outcome::{Kind, Order, Report, Verdict, WorkerEvent};
use super::{calls, copy::Keep, examples, recorded};
use clientsmith::internal::failure::Failure;

/// Writes the crate of a kind, if there is anything to try, and gives its hash. What was found on the way is
/// told.
pub(super) fn write(
    order: &Order,
    kind: Kind,
    folder: &Path,
    (spec, config): (Source<'_>, Source<'_>),
    tell: fn(&WorkerEvent),
) -> Result<Option<String>, Failure> {
    match kind {
        Kind::Crates => Ok(None),
        Kind::Examples => {
            let (found, hash) = examples::write(spec, config, folder, Keep::UnknownFields)?;
            tell(&WorkerEvent::Examples(found));
            Ok(hash)
        }
        Kind::Plain => Ok(examples::write(spec, config, folder, Keep::Types)?.1),
        Kind::Calls => calls::write(spec, config, folder),
        Kind::Recorded => {
            let recordings = order.recordings.as_ref().map(Path::new);
            let from = (recordings, order.name.as_str());
            let (found, hash) = recorded::write(spec, config, folder, from)?;
            tell(&WorkerEvent::Recorded(found));
            Ok(hash)
        }
    }
}

/// What an earlier run over the same files found, if all of it is known.
pub(super) fn known(
    workspace: &CrateWorkspace,
    kind: Kind,
    hash: &str,
    report: &mut Report,
) -> bool {
    let verdict = |step: &str| workspace.known(step, hash);
    match (kind, verdict(kind.name()), verdict(VARIANTS)) {
        (Kind::Examples | Kind::Plain, Some(own), Some(variants)) => {
            report.steps.insert(kind.name(), own);
            add_variants(report, &variants);
            true
        }
        // What a mock server or other files say may have changed.
        _ => false,
    }
}

/// Runs the program of a crate and adds what it found.
pub(super) fn run(
    workspace: &CrateWorkspace,
    kind: Kind,
    (package, hash): (&str, &str),
    program: &Path,
    report: &mut Report,
) -> Result<(), Failure> {
    let folder = workspace.folder(kind.name(), package);
    match kind {
        Kind::Crates => {}
        Kind::Examples | Kind::Plain => {
            let (own, variants) = examples::run(program, &folder.join(examples::CASES));
            workspace.keep(kind.name(), hash, &own)?;
            workspace.keep(VARIANTS, hash, &variants)?;
            report.steps.insert(kind.name(), own);
            add_variants(report, &variants);
        }
        Kind::Calls => {
            if let Some(steady) = calls::mock::installed() {
                let spec = Path::new(&report.file);
                let (verdict, calls) = calls::run(&steady, program, &folder, spec);
                report.steps.insert(kind.name(), verdict);
                report.calls = calls;
            }
        }
        Kind::Recorded => {
            if let Some(counts) = &mut report.recorded {
                let verdict = recorded::run(program, &folder, counts);
                report.steps.insert(kind.name(), verdict);
            }
        }
    }
    Ok(())
}

/// The step that tells of unions.
const VARIANTS: &str = "variants";

/// Adds what one of the two crates found of unions: the other one tries the same values.
fn add_variants(report: &mut Report, found: &Verdict) {
    let steps = report.steps.entry(VARIANTS).or_insert_with(Verdict::pass);
    steps.merge(found);
    if let Some(examples) = &mut report.examples {
        examples.wrong_variants = steps.findings;
    }
}
