//! Programs that some measurements need beyond Rust. All of them are optional.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was found on this machine.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    /// The generator progenitor, as the cargo subcommand of `cargo-progenitor`.
    pub(crate) progenitor: Option<PathBuf>,
    /// The generator `openapi-to-rust`.
    pub(crate) openapi_to_rust: Option<PathBuf>,
    /// The generator `oas3-gen`.
    pub(crate) oas3_gen: Option<PathBuf>,
    /// Counts instructions.
    pub(crate) valgrind: Option<PathBuf>,
    /// Counts what the compiler hands to LLVM.
    pub(crate) llvm_lines: Option<PathBuf>,
}

impl Tools {
    /// Looks for them in the folders of `PATH`, and where cargo installs programs.
    pub(crate) fn find() -> Self {
        Self {
            progenitor: find("cargo-progenitor"),
            openapi_to_rust: find("openapi-to-rust"),
            oas3_gen: find("oas3-gen"),
            valgrind: find("valgrind"),
            llvm_lines: find("cargo-llvm-lines"),
        }
    }

    /// What is missing, and how to get it.
    pub(crate) fn missing(&self) -> Vec<String> {
        let cargo = |name: &str| format!("`cargo install {name}`");
        [
            (&self.progenitor, "progenitor", cargo("cargo-progenitor")),
            (
                &self.openapi_to_rust,
                "openapi-to-rust",
                cargo("openapi-to-rust"),
            ),
            (&self.oas3_gen, "oas3-gen", cargo("oas3-gen")),
            (
                &self.llvm_lines,
                "cargo-llvm-lines",
                cargo("cargo-llvm-lines"),
            ),
            (
                &self.valgrind,
                "valgrind",
                "the system's package manager".to_owned(),
            ),
        ]
        .into_iter()
        .filter(|(path, ..)| path.is_none())
        .map(|(_, name, source)| {
            format!("{name} is not installed (install it with {source}): skipped")
        })
        .collect()
    }

    /// The versions of those that are there, a line each.
    pub(crate) fn versions(&self) -> Vec<String> {
        let rustc = env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
        let own = [Some(rustc)];
        let found = [&self.openapi_to_rust, &self.oas3_gen, &self.valgrind];
        let paths = own.iter().chain(found).flatten();
        paths
            .filter_map(|path| version(path, &["--version"]))
            .chain(
                self.progenitor
                    .as_deref()
                    .and_then(|path| version(path, &["progenitor", "--version"])),
            )
            .collect()
    }
}

fn version(program: &Path, arguments: &[&str]) -> Option<String> {
    let text = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(text.stdout).ok()?;
    text.lines().next().map(str::to_owned)
}

fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let cargo = env::var_os("CARGO_HOME").map(|home| Path::new(&home).join("bin"));
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths)
        .chain(cargo)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}
