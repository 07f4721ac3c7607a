//! Arguments of `cargo xtask bench`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Measure the generator and what it emits.
///
/// Each subject compares this project with the minimal program that does the same, and with other
/// generators where they are installed. The programs run in turn; the report has medians, half the
/// range, and the ratio to the other program with its upper bound. The report is written to the
/// folder of `--out`, as JSON and as a chart (SVG).
#[derive(Debug, Args)]
#[command(after_long_help = BENCH)]
pub(crate) struct Bench {
    /// What to measure [default: everything]
    #[arg(value_enum)]
    pub(crate) subjects: Vec<Subject>,

    /// How often each side runs
    #[arg(long, value_name = "N", default_value = "5")]
    pub(crate) rounds: NonZeroUsize,

    /// Also measure with the descriptions in this folder, a selection of all sizes
    #[arg(long, value_name = "DIR")]
    pub(crate) documents: Option<PathBuf>,

    /// Use only the descriptions of this name; `*` matches any text; can be repeated
    #[arg(long, value_name = "NAME", requires = "documents")]
    pub(crate) only: Vec<String>,

    /// The folder for the report [default: target/bench/report]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// Generating crates from descriptions of all sizes: time, memory
    Generation,
    /// Compiling emitted crates: time, memory, size of the code
    Compile,
    /// Lines, functions and instructions per operation and type: counts, checked in CI
    Counts,
    /// Decoding and encoding pages: time, allocations, memory
    Decoding,
    /// Requests, sequential and 64 at a time: time, allocations, instructions
    Calls,
    /// Reading a million items as a stream: time, memory
    Stream,
    /// Descriptions that are designed to exhaust the generator: time, memory
    Hostile,
    /// Descriptions with one long array, and one four times as long: time
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
  Run all benchmarks with the descriptions of this project:
      cargo xtask bench

  Measure compile times, with large descriptions too:
      cargo xtask bench compile --documents ../specs --rounds 3

Compiled programs are kept in target/bench. The machine should be idle. These programs are used
where they are installed: cargo-progenitor, openapi-to-rust, oas3-gen, cargo-llvm-lines, valgrind.

Exit status:
  0  every ratio is within its bound
  1  a ratio exceeds its bound, or a measurement failed
  2  invalid arguments";
