//! Arguments of `cargo xtask corpus`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

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
    /// that a member which was null may be absent: whole from crates that keep unknown fields
    /// (`examples`), and as far as it is described from crates that don't (`plain`). Wherever an example
    /// has a value of a union, the variant that it is read as has to be one whose schema it is valid
    /// against (`variants`).
    #[arg(long)]
    pub(crate) examples: bool,

    /// Make each operation's call, and send it to a mock server that validates requests
    ///
    /// The server is `steady`, of npm's `@stdy/cli`: where it isn't installed, that is said, and no call
    /// is made. Arguments are the documented examples that are valid; where there are none, what is
    /// required is made from schemas. Told are requests that were `accepted` and responses to those that
    /// were `read`, and each exception with its reason.
    #[arg(long)]
    pub(crate) calls: bool,

    /// Hold recorded responses against the types of their operations
    ///
    /// FOLDER has a file NAME.json or NAME.har, or a folder NAME with such files, for the description
    /// NAME: HAR, recordings of nock, or lists of {method, path or url, status, headers, body}. Responses
    /// that a description documents in `x-oaiMeta` are held too, and without FOLDER these alone. Told are
    /// those that were `recorded` and read, those that encode back to the `same`, and each difference with
    /// its JSON path. Differences that the client itself tells of don't count.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1)]
    #[expect(
        clippy::option_option,
        reason = "the flag without a value is a third thing to say"
    )]
    pub(crate) recorded: Option<Option<PathBuf>>,

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

const CORPUS: &str = "\
Examples:
  See what becomes of many descriptions:
      cargo xtask corpus ../specs

  See whether one of them gives a crate that is sound in every way:
      cargo xtask corpus ../specs --only petstore --clippy --doc --examples

  See whether requests are valid and responses are read, against a mock server:
      npm install --global @stdy/cli
      cargo xtask corpus ../specs --only petstore --calls

  See whether what a server once sent is read: traffic/petstore.har
      cargo xtask corpus ../specs --only petstore --recorded traffic

What is compiled is kept in target/corpus, with what was found there: a second run looks only at
crates that changed. Times are true in a release build on an idle machine:
`cargo run --release --package xtask -- corpus DIR --jobs 1`.

Exit status:
  0  nothing failed
  1  something failed: a panic, a crash, a time-out, a warning of the compiler, an example that
     changed or was read as a wrong variant, a request that was refused, a response that wasn't read or
     changed; with --strict: a rejected description too
  2  an argument is wrong: no such folder, no description in it, a name that none has";
