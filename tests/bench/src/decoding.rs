//! Decoding and encoding of whole pages.

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Failure;
use crate::cost::{Cost, Record, by_turns};
use crate::pages::{self, Results};

/// How often each side has its turn.
const TURNS: usize = 7;

/// A page type, and whose it is.
#[derive(Clone, Copy)]
pub struct Contender {
    /// Whose it is.
    pub name: &'static str,
    decode: Measure,
    encode: Option<Measure>,
}

/// Measures so many runs over a page.
type Measure = fn(&[u8], u32) -> Result<Cost, Failure>;

impl Contender {
    /// A type that pages are read as as the emitted client does it: what came is checked to be
    /// UTF-8 once, and then read as a text.
    #[must_use]
    pub fn of_text<T: DeserializeOwned + Serialize>(name: &'static str) -> Self {
        Self {
            name,
            decode: |json, runs| decode(json, runs, from_text::<T>),
            encode: Some(encode::<T>),
        }
    }

    /// A type that pages are read as, from bytes, and written from.
    #[must_use]
    pub fn of<T: DeserializeOwned + Serialize>(name: &'static str) -> Self {
        Self {
            name,
            decode: |json, runs| decode(json, runs, |json| Ok(serde_json::from_slice::<T>(json)?)),
            encode: Some(encode::<T>),
        }
    }

    /// A type that pages are read as, from bytes, and that can't be written.
    #[must_use]
    pub fn of_read<T: DeserializeOwned>(name: &'static str) -> Self {
        Self {
            name,
            decode: |json, runs| decode(json, runs, |json| Ok(serde_json::from_slice::<T>(json)?)),
            encode: None,
        }
    }

    /// What it costs to read a page so many times.
    ///
    /// # Errors
    ///
    /// If the type can't be read from it.
    pub fn decode(&self, json: &[u8], runs: u32) -> Result<Cost, Failure> {
        (self.decode)(json, runs)
    }

    /// What it costs to write the value of a page so many times.
    ///
    /// # Errors
    ///
    /// If the type can't be read from it, or be written.
    pub fn encode(&self, json: &[u8], runs: u32) -> Result<Cost, Failure> {
        let encode = self.encode;
        let encode = encode.ok_or_else(|| format!("types of {} can't be written", self.name))?;
        encode(json, runs)
    }
}

impl std::fmt::Debug for Contender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Contender").field(&self.name).finish()
    }
}

/// The emitted types and those by hand.
#[must_use]
pub fn contenders() -> [Contender; 3] {
    [
        Contender::of_text::<llama_cloud::types::BatchPage>("ours"),
        Contender::of::<crate::rival::Page>("derive"),
        Contender::of_text::<crate::rival::Page>("derive from text"),
    ]
}

/// Reads and writes pages of 1, 100 and 10,000 batches by turns, and prints a line for each of it.
///
/// # Errors
///
/// If a type can't be read or written.
pub fn run(contenders: &[Contender], rounds: u32) -> Result<(), Failure> {
    let writing: Vec<Contender> = contenders
        .iter()
        .filter(|it| it.encode.is_some())
        .copied()
        .collect();
    for _ in 0..rounds {
        for (batches, runs) in [(1, 4000), (100, 80), (10_000, 2)] {
            for (results, kind) in [(Results::Absent, ""), (Results::Present, " with results")] {
                let json = pages::page(batches, results).into_bytes();
                let print = |what: &str, sides: &[Contender], costs: Vec<Cost>| {
                    sides.iter().zip(costs).try_for_each(|(side, cost)| {
                        let what = format!("{what} {batches}{kind}");
                        Record::of(what, side.name, &cost, runs).print()
                    })
                };
                let costs = by_turns(TURNS, contenders, |it| it.decode(&json, runs))?;
                print("decode", contenders, costs)?;
                let costs = by_turns(TURNS, &writing, |it| it.encode(&json, runs))?;
                print("encode", &writing, costs)?;
            }
        }
    }
    Ok(())
}

/// What the arguments of a program ask for: `decoding ROUNDS`, `only-decoding NAME RUNS` or
/// `only-encoding NAME RUNS`.
///
/// # Errors
///
/// If they ask for nothing of it, or a type can't be read or written.
pub fn command(contenders: &[Contender], arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        ["decoding", rounds] => run(contenders, rounds.parse()?),
        ["only-decoding", name, runs] => only(contenders, Contender::decode, name, runs.parse()?),
        ["only-encoding", name, runs] => only(contenders, Contender::encode, name, runs.parse()?),
        _ => Err("this is no measurement of decoding".into()),
    }
}

/// Reads or writes a page of 100 batches so many times and nothing else, for a profiler to watch.
fn only(
    contenders: &[Contender],
    what: fn(&Contender, &[u8], u32) -> Result<Cost, Failure>,
    name: &str,
    runs: u32,
) -> Result<(), Failure> {
    let mut all = contenders.iter();
    let contender = all.find(|it| it.name == name);
    let contender = contender.ok_or_else(|| format!("there are no types `{name}`"))?;
    let json = pages::page(100, Results::Present).into_bytes();
    what(contender, &json, runs).map(drop)
}

fn from_text<T: DeserializeOwned>(json: &[u8]) -> Result<T, Failure> {
    Ok(serde_json::from_str(std::str::from_utf8(json)?)?)
}

fn decode<T>(
    json: &[u8],
    runs: u32,
    read: impl Fn(&[u8]) -> Result<T, Failure>,
) -> Result<Cost, Failure> {
    let (cost, ()) = Cost::of(|| {
        for _ in 0..runs {
            black_box(read(black_box(json))?);
        }
        Ok(())
    })?;
    Ok(cost)
}

fn encode<T: DeserializeOwned + Serialize>(json: &[u8], runs: u32) -> Result<Cost, Failure> {
    let page: T = serde_json::from_slice(json)?;
    let (cost, ()) = Cost::of(|| {
        for _ in 0..runs {
            black_box(serde_json::to_vec(black_box(&page))?);
        }
        Ok(())
    })?;
    Ok(cost)
}
