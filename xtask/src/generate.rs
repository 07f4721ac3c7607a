//! `cargo xtask codegen`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use codegen::{Diagnostic, Generated, Severity, Source};

use crate::check;
use crate::cli;
use crate::failure::Failure;
use crate::input::{self, Api, Paths};
use crate::output::Plan;
use crate::report::{count, written};
use crate::terminal::{Terminal, print, tell};

/// Generates the crates that are asked for, or tells what would change.
pub(crate) fn run(arguments: &cli::Codegen, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let workspace = input::workspace();
    if !arguments.all {
        let paths = Paths::new(arguments, &workspace)?;
        one(&paths, arguments, &workspace, terminal)?;
        return Ok(ExitCode::SUCCESS);
    }
    // What is wrong with one is no reason not to look at the others.
    let mut code = ExitCode::SUCCESS;
    for api in Api::all(&workspace)? {
        if let Err(failure) = one(&api.into(), arguments, &workspace, terminal) {
            terminal.failure(&failure);
            code = failure.code();
        }
    }
    Ok(code)
}

/// Generates one crate, or tells what would change.
fn one(
    paths: &Paths,
    arguments: &cli::Codegen,
    workspace: &Path,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let config_text = config(paths)?;
    let spec_name = input::shown(&paths.spec, workspace);
    let config_name = input::shown(&paths.config, workspace);
    let folder = input::shown(&paths.out, workspace);
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
    Ok(())
}

/// The text of the configuration. There need not be one where none was asked for.
fn config(paths: &Paths) -> Result<Option<String>, Failure> {
    // A pipe or a device that nobody asked for would be waited for.
    let is_like_a_file = |found: fs::Metadata| found.is_file() || found.is_dir();
    let is_there = paths.config_is_given
        || fs::symlink_metadata(&paths.config)
            .is_ok_and(|it| it.is_symlink() || is_like_a_file(it));
    is_there.then(|| input::config(&paths.config)).transpose()
}

/// No configuration.
pub(crate) const NONE: Source<'_> = Source {
    name: "sdk.toml",
    text: "",
};

/// Runs the generator and tells what it has to say.
pub(crate) fn generate(
    spec: Source<'_>,
    config: Source<'_>,
    only: &[String],
    terminal: &Terminal,
) -> Result<Generated, Failure> {
    match codegen::generate_only(spec, config, only) {
        Ok(generated) => {
            report(&generated.warnings, spec, config, terminal);
            Ok(generated)
        }
        Err(diagnostics) => Err(refused(&diagnostics, spec, config, terminal)),
    }
}

fn report(diagnostics: &[Diagnostic], spec: Source<'_>, config: Source<'_>, terminal: &Terminal) {
    for diagnostic in diagnostics {
        let text = codegen::render(diagnostic, spec, config, terminal.err_color);
        tell(&format!("{}\n\n", text.trim_end()));
    }
}

/// Tells what stands in the way of a crate.
pub(crate) fn refused(
    diagnostics: &[Diagnostic],
    spec: Source<'_>,
    config: Source<'_>,
    terminal: &Terminal,
) -> Failure {
    report(diagnostics, spec, config, terminal);
    let of = |severity| {
        let of_this = diagnostics.iter().filter(|each| each.severity == severity);
        of_this.count()
    };
    let mut found = count(of(Severity::Error), "error");
    if of(Severity::Warning) > 0 {
        found = format!("{found}, {}", count(of(Severity::Warning), "warning"));
    }
    Failure::work(format!("{found}; nothing was written"))
}

/// The command that brings the folder up to date.
fn command(arguments: &cli::Codegen) -> String {
    let given = arguments.name.is_some()
        || arguments.all
        || arguments.spec.is_some()
        || arguments.config.is_some()
        || arguments.out.is_some()
        || !arguments.only.is_empty();
    if given {
        "run the same command without `--check`".to_owned()
    } else {
        "run `cargo xtask codegen`".to_owned()
    }
}
