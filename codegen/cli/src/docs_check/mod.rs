//! `clientsmith docs-check`.

mod json;
mod pages;

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use codegen::{Description, Source};
use reference_pages::{Counts, NoteKind, Options, PageReport, Pages, check, draft};

use crate::cli;
use crate::context::Context;
use crate::diff::sides::Side;
use crate::failure::Failure;
use crate::generate;
use crate::report::count;
use crate::terminal::{Terminal, print, tell};

use pages::Page;

/// Holds pages against the description.
pub(crate) fn run(
    arguments: &cli::DocsCheck,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let files = pages::read(&arguments.paths, context.folder())?;
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|it| Source {
            name: &it.name,
            text: &it.text,
        })
        .collect();
    let pages = Pages::read(&sources);
    usable(&pages, &files, terminal)?;
    match &arguments.draft {
        Some(file) => write_draft(&pages, file.as_deref(), terminal),
        None => compare(arguments, &pages, context, terminal),
    }
}

/// Writes what the pages say as a description.
fn write_draft(
    pages: &Pages<'_>,
    file: Option<&Path>,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let drafted = draft(pages);
    for note in pages.notes().iter().chain(&drafted.notes) {
        tell(&format!(
            "{}\n\n",
            pages.render_note(note, terminal.err_color)
        ));
    }
    contradictions(pages, &drafted.text, terminal);
    let Some(file) = file else {
        print(&drafted.text);
        return Ok(ExitCode::SUCCESS);
    };
    let written = File::create_new(file).and_then(|mut it| it.write_all(drafted.text.as_bytes()));
    let shown = file.display();
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::work(format!("the file `{shown}` already exists"))
            .help("choose another name, or remove it"),
        _ => Failure::work(format!("can't write `{shown}`: {error}")),
    })?;
    print(&format!("wrote {shown}\n"));
    Ok(ExitCode::SUCCESS)
}

/// Tells where pages don't agree with one another: with what was drafted from all of them.
fn contradictions(pages: &Pages<'_>, text: &str, terminal: &Terminal) {
    let spec = Source {
        name: "draft",
        text,
    };
    let config = Source { name: "", text: "" };
    let Ok(report) = check(pages, spec, config, Options::default()) else {
        return;
    };
    tell_differences(pages, &report, spec, terminal);
    if !report.differences.is_empty() {
        let found = count(report.differences.len(), "place");
        terminal.note(&format!("the pages contradict each other in {found}"));
    }
}

/// Refuses pages of which nothing can be said.
fn usable(pages: &Pages<'_>, files: &[Page], terminal: &Terminal) -> Result<(), Failure> {
    let notes = pages.notes();
    let unreadable = notes.iter().filter(|it| it.kind == NoteKind::Unreadable);
    let mut wrong = 0;
    for note in unreadable {
        wrong += 1;
        tell(&format!(
            "{}\n\n",
            pages.render_note(note, terminal.err_color)
        ));
    }
    if wrong > 0 {
        let found = count(wrong, "line");
        return Err(Failure::usage(format!(
            "{found} of the pages can't be parsed; nothing was compared"
        )));
    }
    let is_empty = |file: &&Page| {
        let reported = format!("`{}` describes no operation", file.name);
        notes
            .iter()
            .any(|it| it.kind == NoteKind::NoOperation && it.message == reported)
    };
    let named = files.iter().filter(|it| it.is_named).find(is_empty);
    let no_page = files.iter().all(|it| is_empty(&it));
    if let Some(file) = named.or(files.first().filter(|_| no_page)) {
        let message = format!("the page `{}` describes no operation", file.name);
        return Err(Failure::usage(message).help(
            "a page has lines as **get** `/cats/{id}`, followed by lists of parameters and of the \
             response",
        ));
    }
    Ok(())
}

fn compare(
    arguments: &cli::DocsCheck,
    pages: &Pages<'_>,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let side = Side::of_arguments(
        arguments.spec.as_deref(),
        arguments.config.as_deref(),
        arguments.api.as_deref(),
        context,
    )?;
    let overlays = side.overlays.sources();
    let (spec, config) = (side.description(&overlays), side.config.source());
    let options = Options { all: arguments.all };
    let report = check(pages, spec, config, options).map_err(|diagnostics| {
        generate::report(&diagnostics, spec, config, terminal);
        Failure::work("the description is invalid; nothing was compared")
    })?;
    for note in &report.notes {
        tell(&format!(
            "{}\n\n",
            pages.render_note(note, terminal.err_color)
        ));
    }
    if arguments.json {
        print(&format!("{:#}\n", json::of(&report, spec)));
    } else {
        tell_differences(pages, &report, spec, terminal);
    }
    ended(arguments, &report, &side.spec.name)
}

/// Most differences that are told; more than these nobody reads.
const MOST: usize = 200;

fn tell_differences<'s>(
    pages: &Pages<'_>,
    report: &PageReport,
    spec: impl Into<Description<'s>>,
    terminal: &Terminal,
) {
    let spec = spec.into();
    for difference in report.differences.iter().take(MOST) {
        let text = pages.render(difference, spec, terminal.err_color);
        tell(&format!("{text}\n\n"));
    }
    let more = report.differences.len().saturating_sub(MOST);
    if more > 0 {
        terminal.note(&format!(
            "{} are not listed",
            count(more, "more difference")
        ));
    }
}

/// Tells what came of it.
fn ended(arguments: &cli::DocsCheck, report: &PageReport, spec: &str) -> Result<ExitCode, Failure> {
    if !report.differences.is_empty() {
        let found = count(report.differences.len(), "difference");
        let message = format!("{found} between the pages and `{spec}`");
        return Err(Failure::work(message)
            .note(compared(report.counts))
            .help("fix the description, or report the error to the authors of the pages"));
    }
    if !arguments.json {
        print(&format!(
            "the pages and `{spec}` agree: {}\n",
            compared(report.counts)
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What was compared, in a line.
fn compared(counts: Counts) -> String {
    format!(
        "{}, {}, {}, {}, {}, {} compared",
        count(counts.pages, "page"),
        count(counts.operations, "operation"),
        count(counts.parameters, "parameter"),
        count(counts.fields, "field"),
        count(counts.values, "value"),
        count(counts.examples, "example"),
    )
}
