//! Calls over loopback: our client, and the HTTP library with `serde_json` by hand.

use std::path::Path;

use super::Setting;
use super::program::{self, Program, Record};
use super::report::{Figure, Unit};
use clientsmith::internal::failure::Failure;

/// How many calls are measured at a time.
const CALLS: &str = "640";

/// How many calls instructions are counted of.
const COUNTED: u32 = 1024;

/// The most time and the most instructions that we may take, as a share of the bare client's.
const TIME: f64 = 1.02;

/// The same of allocations.
const ALLOCATIONS: f64 = 68.0 / 65.0;

/// A name of the bare client, and what it is short for.
const RIVALS: [(&str, &str); 2] = [
    ("bare", "reqwest and serde_json"),
    ("endless", "the same without timeouts"),
];

/// Measures calls one after another and 64 at once, and a large response.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let program = Program::build(setting)?;
    let records = program.run(&["calls", &setting.rounds.to_string(), CALLS])?;
    let mut figures = Vec::new();
    for what in program::subjects(&records) {
        // How long a large body takes depends on what the allocator has at hand, from run to run.
        let is_body = what.contains("body");
        let time = ("CPU time", Unit::Seconds, (!is_body).then_some(TIME));
        figures.push(figure(&records, what, time, |it| it.seconds));
        let count = ("allocations", Unit::Count, Some(ALLOCATIONS));
        figures.push(figure(&records, what, count, |it| it.allocations));
        if is_body {
            // One copy more would make it twice as much.
            let bytes = ("bytes allocated", Unit::Bytes, Some(1.01));
            figures.push(figure(&records, what, bytes, |it| it.allocated));
            let peak = ("peak heap", Unit::Bytes, Some(1.01));
            figures.push(figure(&records, what, peak, |it| it.peak));
        }
    }
    if let Some(valgrind) = &setting.tools.valgrind {
        for at_once in ["1", "64"] {
            figures.push(instructions(&program, valgrind, at_once)?);
        }
    }
    Ok(figures)
}

fn figure(
    records: &[Record],
    what: &str,
    (value_name, unit, bound): (&str, Unit, Option<f64>),
    value: fn(&Record) -> f64,
) -> Figure {
    let take = |who: &str| program::samples(records, what, who, value);
    let [(bare, bare_name), (endless, endless_name)] = RIVALS;
    let figure = Figure::new(format!("{what}: {value_name}"), unit, take("ours"));
    let figure = match bound {
        Some(bound) => figure.at_most(bound, bare_name, take(bare)),
        None => figure.against(bare_name, take(bare)),
    };
    figure.against(endless_name, take(endless))
}

/// Instructions of one call of which so many are under way at once, without those of the system.
fn instructions(program: &Program, valgrind: &Path, at_once: &str) -> Result<Figure, Failure> {
    let of_one = |who: &str| program.instructions(valgrind, &["only-calls", who, at_once], COUNTED);
    let [(bare, bare_name), (endless, endless_name)] = RIVALS;
    let what = format!("call, {at_once} at once: instructions");
    Ok(Figure::new(what, Unit::Count, of_one("ours")?)
        .at_most(TIME, bare_name, of_one(bare)?)
        .against(endless_name, of_one(endless)?))
}
