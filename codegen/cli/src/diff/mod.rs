//! `clientsmith diff`.

mod changelog;
mod json;
mod markdown;
pub(crate) mod sides;
pub(crate) mod table;

use std::process::ExitCode;

use codegen::{Change, Diff, Effect, Place, Step};

use crate::cli::{self, FailOn, Format};
use crate::context::Context;
use crate::failure::Failure;
use crate::generate::report;
use crate::report::count;
use crate::terminal::{Terminal, print};

pub(crate) use changelog::entry;
pub(crate) use markdown::markdown;
use sides::{Side, Sides};

/// Compares two descriptions and tells what has changed.
pub(crate) fn run(
    arguments: &cli::Diff,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let sides = Sides::of(arguments, context, terminal)?;
    let found = compare(&sides.old, &sides.new, terminal)?;
    let text = match arguments.format {
        Format::Table => table::table(&found, &sides, terminal.out_color),
        Format::Markdown => markdown(&found, &sides),
        Format::Changelog => entry(&found, found.next_version().as_deref(), None),
        Format::Json => json::json(&found, &sides),
    };
    print(&text);
    match arguments.fail_on {
        Some(limit) => within(limit, &found).map(|()| ExitCode::SUCCESS),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// Fails where the changes are as bad as they may not be.
fn within(limit: FailOn, found: &Diff) -> Result<(), Failure> {
    let least = match limit {
        FailOn::Major => Step::Major,
        FailOn::Minor => Step::Minor,
        FailOn::Patch => Step::Patch,
        FailOn::Wire => {
            let all = found.changes.iter();
            let broken = all.filter(|it| it.wire.effect == Effect::Breaking).count();
            if broken == 0 {
                return Ok(());
            }
            let verb = if broken == 1 { "breaks" } else { "break" };
            let message = format!("{} {verb} existing clients", count(broken, "change"));
            return Err(Failure::work(message));
        }
    };
    if found.step() < least {
        return Ok(());
    }
    let message = format!("the changes require a {} version bump", found.step().name());
    Err(Failure::work(message))
}

/// A line of this length is one of many that were joined: nobody finds a column in it.
const LONG_LINE: usize = 200;

/// The pointer of a place where line and column don't help.
fn pointer_of(place: &Place) -> Option<&str> {
    (place.column > LONG_LINE).then_some(place.pointer.as_str())
}

/// Compares two descriptions; what stands in the way is told.
pub(crate) fn compare(old: &Side, new: &Side, terminal: &Terminal) -> Result<Diff, Failure> {
    let overlays = [old.overlays.sources(), new.overlays.sources()];
    let [old_spec, new_spec] = [(old, &overlays[0]), (new, &overlays[1])]
        .map(|(side, overlays)| side.description(overlays));
    let found = codegen::diff(
        (old_spec, old.config.source()),
        (new_spec, new.config.source()),
    );
    if let Ok(found) = &found {
        report(&found.old_warnings, old_spec, old.config.source(), terminal);
        report(&found.warnings, new_spec, new.config.source(), terminal);
    }
    found.map_err(|error| {
        let (side, spec) = if error.is_old {
            (old, old_spec)
        } else {
            (new, new_spec)
        };
        report(&error.diagnostics, spec, side.config.source(), terminal);
        let message = format!(
            "{} in `{}`, which can't be compared",
            count(error.diagnostics.len(), "finding"),
            side.spec.name
        );
        Failure::work(message)
    })
}

/// The changes that have this effect on programs that are compiled with the new crate.
fn with_effect(found: &Diff, effect: Effect) -> Vec<&Change> {
    let all = found.changes.iter();
    all.filter(|change| change.rust.effect == effect).collect()
}

/// The version that follows, as a sentence.
fn verdict(found: &Diff) -> String {
    let step = found.step();
    match (step, found.next_version()) {
        (Step::None, _) => "No changes.".to_owned(),
        (_, None) => format!("The changes require a {} version bump.", step.name()),
        (_, Some(next)) => {
            let own = if found.new_version == found.old_version {
                String::new()
            } else if found.is_stepped() {
                format!(
                    " The version is {}, which is sufficient.",
                    found.new_version
                )
            } else {
                format!(" The version is {}, which is too low.", found.new_version)
            };
            format!(
                "The changes require a {} version bump: from {} to {next}.{own}",
                step.name(),
                found.old_version
            )
        }
    }
}

/// The names of things that are described in other words, in a sentence; empty where there are none.
fn reworded(found: &Diff) -> String {
    match found.reworded {
        0 => String::new(),
        1 => "One description was reworded.".to_owned(),
        many => format!("{many} descriptions were reworded."),
    }
}
