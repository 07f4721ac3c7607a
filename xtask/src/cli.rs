//! The arguments, and the help that explains them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The tasks of this project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Codegen(Codegen),
    Corpus(Corpus),
    Bench(Bench),
    /// Carries out the order of a `corpus` run for one description.
    #[command(name = WORKER, hide = true)]
    CorpusWorker {
        /// The order, as JSON.
        order: String,
    },
    /// Does the least that generating a crate takes.
    #[cfg(feature = "bench")]
    #[command(hide = true, subcommand)]
    BenchFloor(crate::bench::floor::Floor),
}

/// The command that `corpus` starts itself with, once for each description.
pub(crate) const WORKER: &str = "corpus-worker";

/// Turn an OpenAPI description into a Rust client crate.
///
/// Reads the description and `sdk.toml`, which says what OpenAPI can't: names, versions,
/// waiters. Then brings the folder of the crate in line: files that changed are written, files
/// that an earlier run wrote and this one doesn't are removed, and all others are left alone.
/// A run that fails changes nothing.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON [default: spec/batches.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// The configuration of the crate [default: sdk.toml beside the description]
    ///
    /// Without one the crate is named after the title of the description.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// The folder of the crate [default: generated]
    ///
    /// A new or empty folder, or one that an earlier run wrote. A folder with anything else in
    /// it is refused.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Make only these operations, and the types that they reach
    ///
    /// Tags, operationIds, paths, or methods and paths as in `GET /pets`, with commas between them;
    /// a `*` at the end stands for any text. They go before `only` in the configuration. What
    /// remains is called as in the whole crate. `*` alone leaves out webhooks and the
    /// types that no operation reaches.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Write nothing; print what would change as a diff, and fail if anything would
    #[arg(long)]
    pub(crate) check: bool,
}

/// Try the generator on all descriptions of a folder.
///
/// Tells for each: whether it was generated or rejected and why, operations, types, lines of Rust
/// without and with the runtime, warnings, places where any JSON value is taken although the
/// description says more (`loose`) and where it says no more (`any`), time and peak memory.
/// Each is generated in a process of its own: one that panics, crashes or never ends is reported
/// as failed, and the others go on.
#[derive(Debug, Args)]
#[command(after_long_help = CORPUS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Corpus {
    /// The folder; all .yaml, .yml and .json files below it with a key `openapi` are taken
    pub(crate) dir: PathBuf,

    /// Take only the descriptions of this name, in which `*` stands for any text; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,

    /// Compile the emitted crates and their examples; any warning is a failure
    #[arg(long)]
    pub(crate) check: bool,

    /// Compile them with clippy's default lints; any warning is a failure
    #[arg(long)]
    pub(crate) clippy: bool,

    /// Make their documentation; any warning is a failure
    #[arg(long)]
    pub(crate) doc: bool,

    /// Take the JSON examples of the descriptions to the emitted types and back
    ///
    /// Those that are valid against their own schemas have to come back as the same JSON, save
    /// that a member which was null may be absent. The crates for this keep unknown fields.
    #[arg(long)]
    pub(crate) examples: bool,

    /// Take a rejected description for a failure
    #[arg(long)]
    pub(crate) strict: bool,

    /// Write the report to this file too, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// How many descriptions are generated at once [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Seconds that generating one description may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(crate) limit: u64,

    /// Memory that generating one description may take, in MiB (on Linux)
    #[arg(long, value_name = "MIB", default_value_t = 4096)]
    pub(crate) memory: u64,
}

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

const CORPUS: &str = "\
Examples:
  See what becomes of many descriptions:
      cargo xtask corpus ../specs

  See whether one of them gives a crate that is sound in every way:
      cargo xtask corpus ../specs --only petstore --clippy --doc --examples

What is compiled is kept in target/corpus, with what was found there: a second run looks only at
crates that changed. Times are true in a release build on an idle machine:
`cargo run --release --package xtask -- corpus DIR --jobs 1`.

Exit status:
  0  nothing failed
  1  something failed: a panic, a crash, a time-out, a warning of the compiler, an example that
     changed; with --strict: a rejected description too
  2  an argument is wrong: no such folder, no description in it, a name that none has";

const EXAMPLES: &str = "\
Examples:
  Generate the crate of this project, after an edit of spec/:
      cargo xtask codegen

  See whether it is up to date, as CI does:
      cargo xtask codegen --check

  Generate a crate of another API, named after its title:
      cargo xtask codegen --spec petstore.json --out ../petstore

  Generate a crate of a part of an API:
      cargo xtask codegen --spec petstore.json --out ../petstore --only pets,'/owners*'

The defaults are paths in this project, from wherever the command is run. A path that is given
counts from the current folder.

Exit status:
  0  done; with --check: nothing would change
  1  the description or its configuration is wrong, or a file can't be written;
     with --check: something would change
  2  an argument is wrong: unknown, a file that can't be read, a folder that is refused";
