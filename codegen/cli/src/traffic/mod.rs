//! `clientsmith traffic`.

mod entry;
mod fixtures;
mod har;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::{Description, Excerpt, Report, ReportLevel, Traffic, TrafficReport};

use crate::cli;
use crate::context::Context;
use crate::diff::sides::Side;
use crate::failure::Failure;
use crate::generate;
use crate::input;
use crate::report::count;
use crate::terminal::{Terminal, print, tell};

use fixtures::Fixtures;

/// Compares recordings with the description.
pub(crate) fn run(
    arguments: &cli::Traffic,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let (name, files) = named(arguments, context)?;
    let side = Side::of_arguments(
        arguments.spec.as_deref(),
        arguments.config.as_deref(),
        name.as_deref(),
        context,
    )?;
    let overlays = side.overlays.sources();
    let (spec, config) = (side.description(&overlays), side.config.source());
    let mut traffic = Traffic::new(spec, config).map_err(|diagnostics| {
        generate::report(&diagnostics, spec, config, terminal);
        Failure::work("the description is invalid; nothing was compared")
    })?;
    for url in &arguments.server {
        traffic.add_server(url);
    }
    let wants_fixtures = arguments.examples.is_some();
    let mut fixtures = wants_fixtures.then(Fixtures::default);
    for file in &files {
        add(file, context, &mut traffic, fixtures.as_mut())?;
    }
    let report = traffic.finish();
    shown(&report, spec, terminal);
    write(arguments, &report, fixtures.as_ref(), terminal)?;
    ended(&report, &side.spec.name)
}

/// The name of the API, if one is given, and the recordings.
fn named(
    arguments: &cli::Traffic,
    context: &Context,
) -> Result<(Option<String>, Vec<PathBuf>), Failure> {
    let mut files = arguments.files.clone();
    let is_name = |path: &Path| {
        let text = path.to_str().unwrap_or_default();
        let is_bare = !text.contains(['/', '\\', '.']) && text != "-";
        is_bare && !path.exists()
    };
    if arguments.spec.is_some() || !files.first().is_some_and(|it| is_name(it)) {
        return Ok((None, files));
    }
    let name = files.remove(0).to_string_lossy().into_owned();
    // One that is unknown is reported before a file that is missing.
    context.project()?.named(&name)?;
    if files.is_empty() {
        return Err(
            Failure::usage(format!("no recording of `{name}` was given"))
                .help("pass HAR files behind the name"),
        );
    }
    Ok((Some(name), files))
}

/// Adds the exchanges of a file.
fn add(
    path: &Path,
    context: &Context,
    traffic: &mut Traffic<'_>,
    mut fixtures: Option<&mut Fixtures>,
) -> Result<(), Failure> {
    let shown = context.shown(path);
    let source: Box<dyn Read> = if input::is_stdin(path) {
        Box::new(io::stdin().lock())
    } else if path.is_dir() {
        return Err(Failure::usage(format!("`{shown}` is a folder")).help("pass HAR files"));
    } else {
        let file = File::open(path).map_err(|error| {
            Failure::usage(format!("can't read the recording `{shown}`: {error}"))
        })?;
        Box::new(file)
    };
    let read = har::read(source, &mut |exchange, number| {
        traffic.add(&exchange, &format!("{shown}, entry {number}"));
        if let Some(fixtures) = &mut fixtures
            && let Some(example) = traffic.example(&exchange)
            && !fixtures.has(&example.name)
        {
            fixtures.add(&example);
        }
    });
    read.map(drop).map_err(|error| {
        let failure = Failure::usage(format!(
            "can't read the recording `{shown}`: {}",
            error.message
        ));
        match error.help {
            Some(help) => failure.help(help),
            None => failure,
        }
    })
}

/// Most deviations that are shown; nobody reads more.
const MOST: usize = 200;

/// Shows the deviations, and what was not compared.
fn shown(report: &TrafficReport, spec: Description<'_>, terminal: &Terminal) {
    for deviation in report.deviations.iter().take(MOST) {
        let diagnostic = &deviation.diagnostic;
        let times = match deviation.count {
            1 => "once".to_owned(),
            many => format!("{many} times"),
        };
        let mut note = format!("{times}, first in {}", deviation.first);
        if let Some(example) = &deviation.example {
            note.extend(["; for example ", example]);
        }
        let mut drawn = Report::new(ReportLevel::Warning, &diagnostic.message);
        drawn.code = Some(deviation.kind.as_str());
        match (&diagnostic.span, spec.text(diagnostic.origin)) {
            (Some(span), Some(source)) => drawn.excerpts.push(Excerpt {
                source,
                span: span.clone(),
                label: &diagnostic.label,
                is_primary: true,
            }),
            _ => drawn.file = Some(spec.source.name),
        }
        drawn.pointer = Some(&*diagnostic.pointer).filter(|pointer| !pointer.is_empty());
        drawn.note = Some(&note);
        tell(&format!("{}\n\n", drawn.render(terminal.err_color)));
    }
    let counts = &report.counts;
    let more = report.deviations.len().saturating_sub(MOST);
    let more = more + usize::try_from(counts.unlisted).unwrap_or(usize::MAX);
    if more > 0 {
        terminal.note(&format!("{} are not listed", count(more, "more deviation")));
    }
    if counts.without_response > 0 {
        let exchanges = count(number(counts.without_response), "exchange");
        terminal.note(&format!("{exchanges} without a response"));
    }
    if counts.xml_bodies > 0 {
        let bodies = count(number(counts.xml_bodies), "XML document");
        terminal.note(&format!("{bodies} not compared"));
    }
    let others = counts.other_hosts.iter();
    let total: u64 = others.clone().map(|(_, count)| count).sum();
    if total > 0 {
        let named = others.take(3).map(|(host, _)| format!("`{host}`"));
        let named = named.collect::<Vec<_>>().join(", ");
        let dots = if counts.other_hosts.len() > 3 {
            ", ..."
        } else {
            ""
        };
        let exchanges = count(number(total), "exchange");
        terminal.note(&format!(
            "{exchanges} with other hosts not compared: {named}{dots}; `--server URL` adds a server"
        ));
    }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Writes the overlay and the fixtures.
fn write(
    arguments: &cli::Traffic,
    report: &TrafficReport,
    fixtures: Option<&Fixtures>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if let Some(path) = &arguments.overlay {
        match &report.overlay {
            Some(text) => {
                fixtures::create(path, text)?;
                print(&format!("wrote {}\n", path.display()));
            }
            None => terminal.note("there is nothing to correct: no overlay was written"),
        }
    }
    if let (Some(folder), Some(fixtures)) = (&arguments.examples, fixtures) {
        let written = fixtures.write(folder)?;
        print(&format!(
            "wrote {} to {}\n",
            count(written, "example"),
            folder.display()
        ));
    }
    Ok(())
}

/// Reports the result.
fn ended(report: &TrafficReport, spec: &str) -> Result<ExitCode, Failure> {
    let counts = &report.counts;
    let compared = format!(
        "{} compared, with {}; {} of {} called",
        count(number(counts.compared), "exchange"),
        if counts.bodies == 1 {
            "1 body".to_owned()
        } else {
            format!("{} bodies", counts.bodies)
        },
        counts.called,
        count(number(counts.operations), "operation"),
    );
    if counts.compared == 0 && report.deviations.is_empty() {
        return Err(
            Failure::usage(format!("no exchange is one of an operation of `{spec}`"))
                .note(format!(
                    "{} in the recordings",
                    count(number(counts.exchanges), "exchange")
                ))
                .help("`--server URL` adds the base URL that the recorded requests have"),
        );
    }
    let found = report.deviations.len() + number(counts.unlisted);
    if found > 0 {
        let found = count(found, "deviation");
        let message = format!("{found} of the recordings from `{spec}`");
        return Err(Failure::work(message)
            .note(compared)
            .help("fix the description; `--overlay FILE` writes the corrections for a review"));
    }
    print(&format!("the recordings agree with `{spec}`: {compared}\n"));
    Ok(ExitCode::SUCCESS)
}
