//! Reading and writing pages: our types, and the same by hand with serde's derive.

use super::Setting;
use super::program::{self, Program, Record};
use super::report::{Figure, Unit};
use crate::failure::Failure;

/// Pages for which it was promised that we are at least as fast as derive.
const PROMISED: &str = " 10000";

/// Derive with what the emitted client does beside its types: UTF-8 is checked once for the whole page.
const CHECKED: &str = "derive from text";

/// How many pages instructions are counted of.
const COUNTED: u32 = 100;

/// Measures pages of 1, 100 and 10,000 batches.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let program = Program::build(setting)?;
    let records = program.run(&["decoding", &setting.rounds.to_string()])?;
    let mut figures = Vec::new();
    for what in program::subjects(&records) {
        let take =
            |who: &str, value: fn(&Record) -> f64| program::samples(&records, what, who, value);
        let seconds = |record: &Record| record.seconds;
        let time = Figure::new(
            format!("{what}: CPU time"),
            Unit::Seconds,
            take("ours", seconds),
        );
        let time = if what.contains(PROMISED) {
            time.at_most(1.0, "derive", take("derive", seconds))
        } else {
            time.against("derive", take("derive", seconds))
        };
        figures.push(time.against(CHECKED, take(CHECKED, seconds)));
        let count = |record: &Record| record.allocations;
        figures.push(
            Figure::new(
                format!("{what}: allocations"),
                Unit::Count,
                take("ours", count),
            )
            .at_most(1.0, "derive", take("derive", count)),
        );
        let peak = |record: &Record| record.peak;
        figures.push(
            Figure::new(
                format!("{what}: peak heap"),
                Unit::Bytes,
                take("ours", peak),
            )
            .against("derive", take("derive", peak)),
        );
    }
    if let Some(valgrind) = &setting.tools.valgrind {
        for (what, run) in [("decode", "only-decoding"), ("encode", "only-encoding")] {
            let of_one = |who: &str| program.instructions(valgrind, run, who, COUNTED);
            figures.push(
                Figure::new(
                    format!("{what} 100 with results: instructions"),
                    Unit::Count,
                    of_one("ours")?,
                )
                .against("derive", of_one("derive")?),
            );
        }
    }
    Ok(figures)
}
