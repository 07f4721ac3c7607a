//! Which of the variants that could take a value takes it best.

use serde_json::Error;

use super::super::decode::tally::Tally;
use super::super::decode::{Source, spend};

/// What became of the variants that a value could have been.
pub(super) enum Best {
    /// One was read.
    Read,
    /// None takes it; these couldn't be read.
    None(Vec<(usize, Error)>),
}

/// Reads a value as the variant that takes it best.
pub(super) fn best(
    candidates: &[usize],
    by_tag: bool,
    source: Source<'_>,
    read: &mut dyn FnMut(usize) -> Result<(), Error>,
) -> Best {
    let before = Tally::now();
    let mut failures = Vec::new();
    let mut best: Option<(Score, usize)> = None;
    let mut last = None;
    for &at in candidates {
        if last.is_some() {
            if spend(source.length()).is_err() {
                break;
            }
            before.restore();
        }
        last = Some(at);
        match read(at) {
            Ok(()) => {
                let tally = Tally::now().since(before);
                if tally == Tally::default() || by_tag && candidates.len() == 1 {
                    return Best::Read;
                }
                let score = Score::of(tally);
                let fits = by_tag || tally.misfits == 0;
                if fits && best.as_ref().is_none_or(|(least, _)| score < *least) {
                    best = Some((score, at));
                }
            }
            Err(error) => failures.push((at, error)),
        }
    }
    if let Some((_, at)) = best {
        if last == Some(at) {
            return Best::Read;
        }
        before.restore();
        // It could be read before.
        if read(at).is_ok() {
            return Best::Read;
        }
    }
    before.restore();
    Best::None(failures)
}

/// How badly a value is a variant's: constants first, then what would be lost, then what isn't as it
/// should be, then what the variant has no name for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Score([usize; 5]);

impl Score {
    fn of(tally: Tally) -> Self {
        Self([
            tally.misfits,
            tally.lost,
            tally.reported,
            tally.unknown,
            tally.kept,
        ])
    }
}
