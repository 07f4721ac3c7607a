//! Arguments of `cargo xtask corpus`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

/// Run the generator on all descriptions in a folder.
///
/// Reports for each: whether it was generated or rejected and why, numbers of operations and types, lines of
/// Rust without and with the runtime, warnings, values typed as any JSON although the description has a
/// narrower schema (`loose`) and those without a schema (`any`), time and peak memory. Each description is
/// generated in its own process: one that panics, crashes or hangs is reported as failed, and the
/// others continue.
#[derive(Debug, Args)]
#[command(after_long_help = CORPUS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Corpus {
    /// The folder; all .yaml, .yml and .json files below it with a key `openapi` are used
    pub(crate) dir: PathBuf,

    /// Use only the descriptions of this name; `*` matches any text; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,

    /// Compile the emitted crates and their examples; any warning is a failure
    #[arg(long)]
    pub(crate) check: bool,

    /// Compile them with clippy's default lints; any warning is a failure
    #[arg(long)]
    pub(crate) clippy: bool,

    /// Build their documentation; any warning is a failure
    #[arg(long)]
    pub(crate) doc: bool,

    /// Round-trip the JSON examples of the descriptions through the emitted types
    ///
    /// Examples that are valid against their own schemas must be decoded and encoded to the same JSON, except
    /// that a null member may become absent: completely with crates that keep unknown fields
    /// (`examples`), and for the declared fields with crates that don't (`plain`). Where an example has a
    /// value of a union, it must be decoded as a variant whose schema it is valid against
    /// (`variants`).
    #[arg(long)]
    pub(crate) examples: bool,

    /// Send a request of each operation to a mock server that validates requests
    ///
    /// The server is `steady` of the npm package `@stdy/cli`: where it isn't installed, a message says so and no
    /// request is sent. Arguments are the valid documented examples; where there are none, required
    /// values are generated from schemas. Reports the requests that were `accepted`, the responses
    /// that were `read`, and each exception with its reason.
    #[arg(long)]
    pub(crate) calls: bool,

    /// Check recorded responses against the types of their operations
    ///
    /// FOLDER has a file NAME.json or NAME.har, or a folder NAME with such files, for the description
    /// NAME: HAR, recordings of nock, or arrays of {method, path or url, status, headers, body}. Responses
    /// that a description documents in `x-oaiMeta` are checked too, and only these without FOLDER. Reports
    /// the responses that were `recorded` and decoded, those that encode to the `same` JSON, and each
    /// difference with its JSON path. Differences that the client reports as deviations don't count.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1)]
    #[expect(
        clippy::option_option,
        reason = "the flag can be given without a value"
    )]
    pub(crate) recorded: Option<Option<PathBuf>>,

    /// Treat rejected descriptions as failures
    #[arg(long)]
    pub(crate) strict: bool,

    /// Also write the report to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Number of parallel jobs [default: number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Time limit per description, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(crate) limit: u64,

    /// Memory limit per description, in MiB (on Linux)
    #[arg(long, value_name = "MIB", default_value_t = 4096)]
    pub(crate) memory: u64,
}

const CORPUS: &str = "\
Examples:
  Run the generator on many descriptions:
      cargo xtask corpus ../specs

  Check the crate of one of them with clippy, rustdoc and its examples:
      cargo xtask corpus ../specs --only petstore --clippy --doc --examples

  Check requests and responses against a mock server:
      npm install --global @stdy/cli
      cargo xtask corpus ../specs --only petstore --calls

  Check that recorded responses are decoded (traffic/petstore.har):
      cargo xtask corpus ../specs --only petstore --recorded traffic

Compiled crates and results are kept in target/corpus: a second run checks only crates that
changed. Timings are meaningful in a release build on an idle machine:
`cargo run --release --package xtask -- corpus DIR --jobs 1`.

Exit status:
  0  nothing failed
  1  something failed: a panic, a crash, a timeout, a compiler warning, an example that changed or
     was decoded as a wrong variant, a rejected request, a response that wasn't decoded or that
     changed; with --strict: also a rejected description
  2  invalid arguments: no such folder, no description in it, a name that matches none";
