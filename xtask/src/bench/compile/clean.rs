//! Building the project's own crate with all of its dependencies, from nothing.

use std::path::Path;

use super::build::{Builder, Mode};
use crate::bench::files;
use crate::bench::report::{Figure, Unit};
use crate::bench::samples::Samples;
use clientsmith::internal::failure::Failure;

/// The most that ours may take of what a crate takes that has the dependencies of any client.
const BARE: f64 = 1.1;

/// The most packages that ours may have beyond those.
const PACKAGES: f64 = 10.0;

/// A crate with reqwest, the same way to encrypt as ours, and `serde_json`.
const MANIFEST: &str = r#"[package]
name = "bare"
version = "0.0.0"
edition = "2024"

[dependencies]
reqwest = { version = "0.13", default-features = false, features = ["gzip", "http2", "json", "query", "system-proxy", "rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde_json = "1"

[workspace]
"#;

/// Builds both once: it takes minutes, in which what slows a machine for a while evens out.
pub(super) fn figures(builder: &Builder, work: &Path) -> Result<Vec<Figure>, Failure> {
    let bare = work.join("bare");
    let source = bare.join("src");
    files::make_folder(&source)?;
    for (path, text) in [
        (bare.join("Cargo.toml"), MANIFEST),
        (source.join("lib.rs"), ""),
    ] {
        files::write(&path, text)?;
    }
    let ours = work.join("batches/ours");
    let clean = |folder: &Path| -> Result<Samples, Failure> {
        let target = work.join("clean");
        files::remove_folder(&target)?;
        let usage = builder.run_in(&target, folder, Mode::Build)?;
        Ok(Samples(vec![usage.cpu.as_secs_f64()]))
    };
    let name = "reqwest and serde_json alone";
    let bare_packages = builder.packages(&bare)?;
    let allowed = (bare_packages.median() + PACKAGES) / bare_packages.median();
    Ok(vec![
        Figure::new(
            "batches, clean build: CPU time",
            Unit::Seconds,
            clean(&ours)?,
        )
        .at_most(BARE, name, clean(&bare)?),
        Figure::new("batches, packages", Unit::Count, builder.packages(&ours)?).at_most(
            allowed,
            name,
            bare_packages,
        ),
    ])
}
