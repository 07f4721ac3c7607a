//! `cargo xtask codegen`.

use std::fs;
use std::process::ExitCode;

use codegen::{Diagnostic, Generated, Severity, Source};

use crate::check;
use crate::cli;
use crate::failure::Failure;
use crate::input::{self, Paths};
use crate::output::Plan;
use crate::report::{count, written};
use crate::terminal::{Terminal, print, tell};

/// Generates the crate, or tells what would change.
pub(crate) fn run(arguments: &cli::Codegen, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let workspace = input::workspace();
    let paths = Paths::new(arguments, &workspace);
    let config_text = config(&paths)?;
    let spec_name = input::shown(&paths.spec, &workspace);
    let config_name = input::shown(&paths.config, &workspace);
    let folder = input::shown(&paths.out, &workspace);
    if config_text.is_none() {
        terminal.note(&format!(
            "there is no `{config_name}`; names are those of the description"
        ));
    }
    let config = Source {
        name: &config_name,
        text: config_text.as_deref().unwrap_or_default(),
    };
    let spec_text = input::spec(&paths.spec, config)?;
    let spec = Source {
        name: &spec_name,
        text: &spec_text,
    };
    let generated = generate(spec, config, &arguments.only, terminal)?;
    let files = generated
        .files
        .into_iter()
        .map(|file| (file.path, file.text));
    let plan = Plan::new(&paths.out, files.collect())?;
    let warnings = generated.warnings.len();
    if arguments.check && !plan.is_empty() {
        print(&check::diff(&plan, &folder, terminal.out_color));
        let message = format!("`{folder}` is not what `{spec_name}` gives");
        return Err(Failure::work(message).help(command(arguments)));
    }
    if !arguments.check {
        plan.apply()?;
    }
    print(&written(&plan, &folder, &generated.summary, warnings));
    Ok(ExitCode::SUCCESS)
}

/// The text of the configuration. There need not be one where none was asked for.
fn config(paths: &Paths) -> Result<Option<String>, Failure> {
    let is_there = paths.config_is_given || fs::symlink_metadata(&paths.config).is_ok();
    is_there.then(|| input::config(&paths.config)).transpose()
}

/// Runs the generator and tells what it has to say.
fn generate(
    spec: Source<'_>,
    config: Source<'_>,
    only: &[String],
    terminal: &Terminal,
) -> Result<Generated, Failure> {
    let report = |diagnostics: &[Diagnostic]| {
        for diagnostic in diagnostics {
            let text = codegen::render(diagnostic, spec, config, terminal.err_color);
            tell(&format!("{}\n\n", text.trim_end()));
        }
    };
    match codegen::generate_only(spec, config, only) {
        Ok(generated) => {
            report(&generated.warnings);
            Ok(generated)
        }
        Err(diagnostics) => {
            report(&diagnostics);
            let of = |severity| {
                diagnostics
                    .iter()
                    .filter(|each| each.severity == severity)
                    .count()
            };
            let mut found = count(of(Severity::Error), "error");
            if of(Severity::Warning) > 0 {
                found = format!("{found}, {}", count(of(Severity::Warning), "warning"));
            }
            Err(Failure::work(format!("{found}; nothing was written")))
        }
    }
}

/// The command that brings the folder up to date.
fn command(arguments: &cli::Codegen) -> String {
    let given = arguments.spec.is_some()
        || arguments.config.is_some()
        || arguments.out.is_some()
        || !arguments.only.is_empty();
    if given {
        "run the same command without `--check`".to_owned()
    } else {
        "run `cargo xtask codegen`".to_owned()
    }
}
