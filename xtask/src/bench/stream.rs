//! A list too long to hold, read as a stream.

use super::Setting;
use super::program::Program;
use super::report::{Figure, Unit};
use super::samples::Samples;
use clientsmith::internal::failure::Failure;

const SHORT: &str = "100000";
const LONG: &str = "1000000";

/// How much more memory ten times the list may take.
const GROWTH: f64 = 1.1;

/// The most time that we may take, as a share of the bare client's.
const TIME: f64 = 1.02;

/// What one way to read a list takes, a value a round.
#[derive(Default)]
struct Cost {
    seconds: Samples,
    heap: Samples,
    memory: Samples,
}

/// Measures a list of 1,000,000 batches, and one of a tenth.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let program = Program::build(setting)?;
    let (mut short, mut long) = (Cost::default(), Cost::default());
    let mut by_hand = Cost::default();
    for _ in 0..setting.rounds {
        short.add(&program, "ours", SHORT)?;
        long.add(&program, "ours", LONG)?;
        by_hand.add(&program, "bare", LONG)?;
    }
    let tenth = "a tenth of the items";
    let bare = "manual pagination";
    Ok(vec![
        Figure::new("1,000,000 batches: CPU time", Unit::Seconds, long.seconds).at_most(
            TIME,
            bare,
            by_hand.seconds,
        ),
        Figure::new("1,000,000 batches: peak heap", Unit::Bytes, long.heap)
            .at_most(GROWTH, tenth, short.heap)
            .against(bare, by_hand.heap),
        Figure::new("1,000,000 batches: peak memory", Unit::Bytes, long.memory)
            .at_most(GROWTH, tenth, short.memory)
            .against(bare, by_hand.memory),
    ])
}

impl Cost {
    fn add(&mut self, program: &Program, who: &str, batches: &str) -> Result<(), Failure> {
        let records = program.run(&["stream", who, batches])?;
        self.seconds.0.extend(records.iter().map(|it| it.seconds));
        self.heap.0.extend(records.iter().map(|it| it.peak));
        // What the system counts for a child would be this process's own, which is larger.
        self.memory
            .0
            .extend(records.iter().filter_map(|it| it.memory));
        Ok(())
    }
}
