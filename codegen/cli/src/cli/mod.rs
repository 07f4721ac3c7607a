//! The arguments, and the help that explains them.
//!
//! In help texts, `{command}` is replaced by the program that is run, as in `clientsmith` or `cargo xtask`.

mod bundle;
mod codegen;
mod completions;
mod diff;
mod docs_check;
mod files;
mod init;
mod new;
mod package;
mod release;
mod review;
mod schema;
mod traffic;
mod update;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use bundle::Bundle;
pub use codegen::{Codegen, Stats};
pub use completions::{Completions, Shell};
pub use diff::{Diff, FailOn, Format};
pub use docs_check::DocsCheck;
pub use files::SpecFiles;
pub use init::Init;
pub use new::New;
pub use package::Package;
pub use release::Release;
pub use review::Review;
pub use schema::Schema;
pub use traffic::Traffic;
pub use update::Update;

/// Generate, check and release Rust client crates from OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(version, after_help = WORKFLOW)]
pub struct Cli {
    /// The folder of the project [default: the nearest one with a clientsmith.toml, from the current folder upwards]
    #[arg(long, value_name = "DIR", global = true)]
    pub root: Option<PathBuf>,

    #[command(flatten)]
    #[expect(missing_docs, reason = "each of its arguments is documented")]
    pub files: SpecFiles,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
#[expect(
    missing_docs,
    reason = "the documentation of each is that of its arguments"
)]
pub enum Command {
    Init(Init),
    New(New),
    Update(Update),
    DocsCheck(DocsCheck),
    Codegen(Codegen),
    Diff(Diff),
    Review(Review),
    Release(Release),
    Package(Package),
    Traffic(Traffic),
    Bundle(Bundle),
    #[command(display_order = 90)]
    Schema(Schema),
    #[command(display_order = 100)]
    Completions(Completions),
}

impl Command {
    /// Whether this build has what downloading takes.
    pub const CAN_DOWNLOAD: bool = cfg!(feature = "fetch");
}

/// What the help says of the commands together.
pub const WORKFLOW: &str = "\
Workflow of a change, from the published API reference to the release:
  {command} docs-check PAGES          compare the description with the published pages
  {command} diff HEAD                 show the effect of an edit of spec/ on users of the crate
  {command} codegen --watch           generate while spec/ is edited; errors have file and line
  cargo test --workspace                compare with reviewed snapshots; update: `cargo insta review`
  {command} release                   prepare the next version
  {command} package                   verify that it can be published
  {command} traffic FILES.har         compare recorded traffic with the description

APIs of the project, by name:
  {command} new petstore --spec URL   add an API: description, configuration, crate
  {command} update petstore           replace its description by a newer one
  {command} codegen petstore          regenerate it after an edit of spec/petstore/
  {command} codegen --all --check     check that all crates are up to date, as CI does

`{command} COMMAND --help` explains a command with examples; `{command} completions --help`
explains how to install shell completions.";
