//! Other generators, as far as they are installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::tools::Tools;

/// Another generator.
pub(super) struct Rival {
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: fn(&mut Command, &Path, &Path),
}

impl Rival {
    /// The command that makes a client of the description, in an empty folder.
    pub(super) fn command(&self, spec: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        (self.arguments)(&mut command, spec, out);
        command
    }
}

/// Those that are there.
pub(super) fn installed(tools: &Tools) -> Vec<Rival> {
    type Arguments = fn(&mut Command, &Path, &Path);
    let all: [(&'static str, &Option<PathBuf>, Arguments); 3] = [
        ("progenitor", &tools.progenitor, progenitor),
        ("openapi-to-rust", &tools.openapi_to_rust, openapi_to_rust),
        ("oas3-gen", &tools.oas3_gen, oas3_gen),
    ];
    all.into_iter()
        .filter_map(|(name, program, arguments)| {
            let program = program.clone()?;
            Some(Rival {
                name,
                program,
                arguments,
            })
        })
        .collect()
}

fn progenitor(command: &mut Command, spec: &Path, out: &Path) {
    command.arg("progenitor").arg("--input").arg(spec);
    command.arg("--output").arg(out);
    command.args(["--name", "rival", "--version", "0.1.0"]);
}

fn openapi_to_rust(command: &mut Command, spec: &Path, out: &Path) {
    command
        .arg("generate")
        .arg(spec)
        .arg("--output-dir")
        .arg(out);
    command.args(["--module-name", "rival", "--quiet"]);
}

fn oas3_gen(command: &mut Command, spec: &Path, out: &Path) {
    command.args(["generate", "client-mod", "--quiet", "-i"]);
    command.arg(spec).arg("-o").arg(out);
}
