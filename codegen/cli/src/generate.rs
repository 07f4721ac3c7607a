//! `clientsmith codegen`.

mod modules;
mod paths;
mod stages;
mod stats;
mod texts;
mod watch;

use std::mem;
use std::path::Path;
use std::process::ExitCode;

use codegen::{Description, Diagnostic, Generated, Severity, Source, Stage};

use crate::check;
use crate::cli;
use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::output::Plan;
use crate::program;
use crate::report::{count, written};
use crate::terminal::{Terminal, print, tell};

pub(crate) use paths::Paths;
pub use stages::Stages;
use stats::Stats;
pub(crate) use texts::Texts;

/// Generates the crates that are asked for, or tells what would change.
pub(crate) fn run(
    arguments: &cli::Codegen,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    if arguments.all && arguments.stats == Some(cli::Stats::Json) {
        let failure = Failure::usage(
            "`--stats=json` prints a single JSON value, and `--all` would print several",
        );
        let command = program::command("codegen NAME --stats=json");
        return Err(failure.help(format!("specify one API: `{command}`")));
    }
    let jobs: Vec<Paths> = if arguments.all {
        let project = context.project()?;
        let all = project.all()?.into_iter();
        all.map(|api| Paths::of(api, project))
            .collect::<Result<_, _>>()?
    } else {
        vec![Paths::new(arguments, context)?]
    };
    context.announce(terminal);
    let workspace = context.folder();
    if arguments.watch {
        if jobs.iter().any(|it| input::is_stdin(&it.spec)) {
            let failure =
                Failure::usage("`--watch` needs a file, and `--spec -` is standard input");
            return Err(failure.help("pass the path of the description"));
        }
        watch::run(jobs, &arguments.only, workspace, terminal);
    }
    // What is wrong with one is no reason not to look at the others.
    let mut code = ExitCode::SUCCESS;
    for paths in jobs {
        if let Err(failure) = one(&paths, arguments, workspace, terminal) {
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
    let mut stages = Stages::new(terminal);
    let texts = Texts::read(paths, workspace)?;
    let (overlays, config) = (texts.overlays.sources(), texts.config());
    let spec = texts.description(&overlays);
    let folder = input::shown(&paths.out, workspace);
    if !texts.has_config() {
        let lacking = match &paths.config {
            Some(_) => format!("`{}` not found", texts.config_name),
            None => "no configuration".to_owned(),
        };
        terminal.note(&format!("{lacking}; names are those of the description"));
    }
    let mut made = make(&texts, paths, &arguments.only, &mut stages);
    let warnings = made
        .as_ref()
        .map_or(&[][..], |made| &made.generated.warnings);
    if arguments.deny_warnings && !warnings.is_empty() {
        stages.end();
        return Err(denied(warnings, spec, config, terminal));
    }
    if let (Ok(made), false) = (&mut made, arguments.check) {
        let applied = made.plan.as_ref().map_or(Ok(()), Plan::apply);
        if let Err(failure) = applied {
            made.plan = Err(failure);
        }
    }
    let times = stages.end();
    let Made { generated, plan } =
        made.map_err(|diagnostics| refused(&diagnostics, spec, config, terminal))?;
    report(&generated.warnings, spec, config, terminal);
    let plan = plan?;
    // The file of a module may be named itself.
    let folder = if plan.folder == paths.out {
        folder
    } else {
        input::shown(&plan.folder, workspace)
    };
    if arguments.check && !plan.is_empty() {
        print(&check::diff(&plan, &folder, terminal.out_color));
        let message = format!("`{folder}` is out of date with `{}`", texts.spec_name);
        return Err(Failure::work(message).help(command(arguments)));
    }
    if arguments.stats != Some(cli::Stats::Json) {
        if arguments.all {
            print(&format!("{folder}: "));
        }
        let warnings = generated.warnings.len();
        print(&written(&plan, &folder, &generated.summary, warnings));
        if !generated.requirements.is_empty() && !plan.is_empty() {
            let indented = generated.requirements.replace('\n', "\n  ");
            print(&format!(
                "The crate around the module needs:\n\n  {}\n",
                indented.trim_end()
            ));
        }
        modules::note_missing(&paths.out, config, workspace, terminal);
    }
    if let Some(format) = arguments.stats {
        // It was generated from these texts just now.
        let survey = codegen::survey_only(spec, config, &arguments.only).unwrap_or_default();
        let stats = Stats::of(&generated, &plan, &survey, times);
        print(&match format {
            cli::Stats::Table => stats.table(),
            cli::Stats::Json => format!("{:#}\n", stats.json()),
        });
    }
    Ok(())
}

/// What was made of a description: all about it but the files, which are in the plan.
pub(crate) struct Made {
    pub(crate) generated: Generated,
    pub(crate) plan: Result<Plan, Failure>,
}

/// Reports warnings that are treated as errors.
fn denied(
    warnings: &[Diagnostic],
    spec: Description<'_>,
    config: Source<'_>,
    terminal: &Terminal,
) -> Failure {
    report(warnings, spec, config, terminal);
    let found = count(warnings.len(), "warning");
    Failure::work(format!(
        "{found} with `--deny-warnings`; nothing was written"
    ))
}

/// Makes the crate, and compares it with its folder.
pub(crate) fn make(
    texts: &Texts,
    paths: &Paths,
    only: &[String],
    stages: &mut Stages,
) -> Result<Made, Vec<Diagnostic>> {
    let mut begin = |stage: Stage| stages.begin(stage.name());
    let overlays = texts.overlays.sources();
    let spec = texts.description(&overlays);
    let mut generated =
        codegen::generate_in_form(spec, texts.config(), only, paths.form, &mut begin)?;
    stages.begin("writing");
    let files = mem::take(&mut generated.files).into_iter();
    let plan = Plan::of(
        &paths.out,
        !generated.requirements.is_empty(),
        files.map(|it| (it.path, it.text)).collect(),
    );
    Ok(Made { generated, plan })
}

/// No configuration.
pub(crate) const NONE: Source<'_> = Source {
    name: "sdk.toml",
    text: "",
};

/// Tells what is to be said of a description.
pub(crate) fn report<'d, 's>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    spec: impl Into<Description<'s>>,
    config: Source<'_>,
    terminal: &Terminal,
) {
    let spec = spec.into();
    for diagnostic in diagnostics {
        let text = codegen::render(diagnostic, spec, config, terminal.err_color);
        tell(&format!("{}\n\n", text.trim_end()));
    }
}

/// Tells what stands in the way of a crate.
pub(crate) fn refused<'s>(
    diagnostics: &[Diagnostic],
    spec: impl Into<Description<'s>>,
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
        || !arguments.overlay.is_empty()
        || arguments.out.is_some()
        || !arguments.only.is_empty();
    if given {
        "run the same command without `--check`".to_owned()
    } else {
        format!("run `{}`", program::command("codegen"))
    }
}
