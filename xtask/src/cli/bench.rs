//! Arguments of `cargo xtask bench`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Measure the generator and what it emits.
///
/// Each subject holds ours against the least that could do the same, and against other generators
/// where they are installed. The sides take turns; told are medians, half the spread, and the ratio
/// of ours to the other, with the most that it may be. The report goes to the folder of `--out`, as
/// JSON and as a picture (SVG).
#[derive(Debug, Args)]
#[command(after_long_help = BENCH)]
pub(crate) struct Bench {
    /// What to measure [default: everything]
    #[arg(value_enum)]
    pub(crate) subjects: Vec<Subject>,

    /// How often each side runs
    #[arg(long, value_name = "N", default_value = "5")]
    pub(crate) rounds: NonZeroUsize,

    /// Measure with the descriptions of this folder too: with some of all sizes
    #[arg(long, value_name = "DIR")]
    pub(crate) documents: Option<PathBuf>,

    /// Take only the descriptions of this name from the folder, in which `*` stands for any text;
    /// can be repeated
    #[arg(long, value_name = "NAME", requires = "documents")]
    pub(crate) only: Vec<String>,

    /// The folder for the report [default: target/bench/report]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// Turning descriptions of all sizes into crates: time, memory
    Generation,
    /// Compiling emitted crates: time, memory, size of the code
    Compile,
    /// What an operation and a type add to the emitted crate: counts, which CI holds
    Counts,
    /// Reading and writing pages: time, allocations, memory
    Decoding,
    /// Calls, one after another and 64 at once: time, allocations, instructions
    Calls,
    /// Reading a million items as a stream: time, memory
    Stream,
    /// Descriptions that are made to exhaust the generator: time, memory
    Hostile,
    /// Descriptions of which one list is long, and four times as long: time
    Lists,
}

impl Subject {
    /// What it is called on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Generation => "generation",
            Self::Compile => "compile",
            Self::Counts => "counts",
            Self::Decoding => "decoding",
            Self::Calls => "calls",
            Self::Stream => "stream",
            Self::Hostile => "hostile",
            Self::Lists => "lists",
        }
    }
}

const BENCH: &str = "\
Examples:
  Measure everything that the project itself has descriptions for:
      cargo xtask bench

  See what compiling costs, with large descriptions too:
      cargo xtask bench compile --documents ../specs --rounds 3

Everything that is compiled for it is kept in target/bench. The machine should be idle.
Programs that are measured against, or with, are used where they are installed: cargo-progenitor,
openapi-to-rust, oas3-gen, cargo-llvm-lines, valgrind.

Exit status:
  0  every ratio that has a bound is within it
  1  one isn't, or something couldn't be measured
  2  an argument is wrong";
