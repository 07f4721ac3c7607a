//! Reading and writing pages: our types, the same by hand with serde's derive, and what other
//! generators emit.

mod peers;

use self::peers::Side;
use super::Setting;
use super::program::{self, Record};
use super::report::{Figure, Unit};
use clientsmith::internal::failure::Failure;

/// Pages for which it was promised that we are at least as fast as derive.
const PROMISED: &str = " 10000";

/// Derive with what the emitted client does beside its types: UTF-8 is checked once for the whole page.
const CHECKED: &str = "derive from text";

/// How many pages instructions are counted of.
const COUNTED: u32 = 100;

/// Measures pages of 1, 100 and 10,000 batches.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let (program, peers) = peers::program(setting)?;
    let records = program.run(&["decoding", &setting.rounds.to_string()])?;
    let mut figures = Vec::new();
    for what in program::subjects(&records) {
        let promised = what.contains(PROMISED).then_some(1.0);
        let time = ("CPU time", Unit::Seconds, promised);
        let time = figure(&records, what, time, &peers, |it| it.seconds);
        let checked = program::samples(&records, what, CHECKED, |it| it.seconds);
        figures.push(time.against(CHECKED, checked));
        let count = ("allocations", Unit::Count, Some(1.0));
        figures.push(figure(&records, what, count, &peers, |it| it.allocations));
        let peak = ("peak heap", Unit::Bytes, None);
        figures.push(figure(&records, what, peak, &peers, |it| it.peak));
    }
    if let Some(valgrind) = &setting.tools.valgrind {
        for (what, run) in [("decode", "only-decoding"), ("encode", "only-encoding")] {
            let of_one = |who: &str| program.instructions(valgrind, &[run, who], COUNTED);
            let mut counted = Figure::new(
                format!("{what} 100 with results: instructions"),
                Unit::Count,
                of_one("ours")?,
            )
            .against("derive", of_one("derive")?);
            for peer in peers.iter().filter(|it| it.writes || what == "decode") {
                counted = counted.against(peer.name, of_one(peer.name)?);
            }
            figures.push(counted);
        }
    }
    Ok(figures)
}

/// One value of all sides, where a bound is what was promised of derive.
fn figure(
    records: &[Record],
    what: &str,
    (value_name, unit, bound): (&str, Unit, Option<f64>),
    peers: &[Side],
    value: fn(&Record) -> f64,
) -> Figure {
    let take = |who: &str| program::samples(records, what, who, value);
    let figure = Figure::new(format!("{what}: {value_name}"), unit, take("ours"));
    let figure = match bound {
        Some(bound) => figure.at_most(bound, "derive", take("derive")),
        None => figure.against("derive", take("derive")),
    };
    // A peer whose types can't be written has nothing to show for it.
    peers
        .iter()
        .map(|peer| (peer.name, take(peer.name)))
        .filter(|(_, samples)| !samples.0.is_empty())
        .fold(figure, |figure, (name, samples)| {
            figure.against(name, samples)
        })
}
