//! `clientsmith new`: one more API of the project.

#[cfg(any(test, feature = "fetch"))]
mod fetch;
pub(crate) mod members;
mod origin;
mod overlays;
mod place;
mod summary;

use std::path::Path;
use std::process::ExitCode;

use codegen::{Description, Diagnostic, Generated, Source};

use crate::cli;
use crate::context::Context;
use crate::failure::Failure;
use crate::generate::{self, Made, Paths, Stages, Texts};
use crate::input;
use crate::output::Plan;
use crate::spec_files::SpecFiles;
use crate::terminal::{Terminal, print};

use members::Members;
pub(crate) use origin::{Origin, downloaded_from};
use overlays::Copies;

/// Adds an API to the project.
pub(crate) fn run(
    arguments: &cli::New,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let project = context.project()?;
    let workspace = project.root();
    let name = arguments.name.as_str();
    let members = Members::read(workspace)?;
    place::check(project, name, &members)?;
    let origin = Origin::of(&arguments.spec);
    let overlays = Copies::read(&arguments.overlay, workspace)?;
    context.announce(terminal);
    let mut stages = Stages::new(terminal);
    let text = text(&origin, workspace, &mut stages, terminal)?;
    let api = project.new_api(name, origin::ending(&text));
    let member = project.member(name);
    let manifest = members.with(&member)?;

    // Until it is copied, it is where it came from.
    let sources = overlays.texts.sources();
    let original = Description {
        source: Source {
            name: &origin.name(),
            text: &text,
        },
        overlays: &sources,
        resolver: None,
    };
    stages.begin("naming");
    let spelled = match codegen::configuration(original, Some(name)) {
        Ok(spelled) => spelled,
        Err(diagnostics) => {
            stages.end();
            let none = generate::NONE;
            return Err(generate::refused(&diagnostics, original, none, terminal));
        }
    };
    let config = origin.config_comment() + &overlays.listed_in(&spelled);
    let texts = Texts::given(
        context.shown(&api.spec),
        text,
        context.shown(&api.config),
        config,
        overlays.beside(&api, workspace),
    );
    let paths = Paths::of(api.clone(), project)?;
    let made = generate::make(&texts, &paths, &[], &mut stages);
    stages.end();
    let (generated, plan) = reported(made, &texts, terminal)?;
    let files = (&texts, overlays.files.as_slice());
    place::write(&api, files, &plan, manifest.as_ref())?;
    let warnings = generated.warnings.len();
    print(&summary::made(
        &api,
        context,
        &plan,
        generated.summary,
        (warnings, manifest.is_some()),
    ));
    if !generated.summary.has_default_server {
        let config = context.shown(&api.config);
        terminal.note(&format!(
            "the description has no absolute URL of a server: set `base-url` of `[client]` in {config}, or else each program has to"
        ));
    }
    if let Some(hint) = members.hint(&member) {
        terminal.note(&hint);
    }
    Ok(ExitCode::SUCCESS)
}

/// What was made, once all is told that is to be said of it.
fn reported(
    made: Result<Made, Vec<Diagnostic>>,
    texts: &Texts,
    terminal: &Terminal,
) -> Result<(Generated, Plan), Failure> {
    let (overlays, config) = (texts.overlays.sources(), texts.config());
    let spec = texts.description(&overlays);
    let made = made.map_err(|it| generate::refused(&it, spec, config, terminal))?;
    generate::report(&made.generated.warnings, spec, config, terminal);
    Ok((made.generated, made.plan?))
}

/// The text of a description that is a file or at a URL: as it is, or as one file if it is several.
pub(crate) fn text(
    origin: &Origin,
    workspace: &Path,
    stages: &mut Stages,
    terminal: &Terminal,
) -> Result<String, Failure> {
    stages.begin(origin.stage());
    let text = single(origin)?;
    let name = match origin {
        Origin::File(path) => input::shown(path, workspace),
        _ => origin.name(),
    };
    let files = match origin {
        Origin::File(path) => input::files(path, generate::NONE, workspace),
        Origin::Stdin | Origin::Url(_) => {
            SpecFiles::of_no_folder(codegen::Limits::default().bytes())
        }
    };
    let source = Source {
        name: &name,
        text: &text,
    };
    let description = Description {
        resolver: files.resolver(),
        ..Description::from(source)
    };
    let joined = codegen::bundle(description);
    let is_single = joined.as_ref().is_ok_and(|joined| *joined == text);
    if !is_single {
        stages.hide();
    }
    let joined =
        joined.map_err(|found| generate::refused(&found, description, generate::NONE, terminal))?;
    if !is_single {
        terminal.note("the description is in several files; they are joined as by `bundle`");
    }
    Ok(joined)
}

#[cfg(any(test, feature = "fetch"))]
/// What is at a URL, of so many bytes at most.
fn download(url: &str, most: u64) -> Result<String, Failure> {
    fetch::text(url, fetch::Bounds::new(most))
}

#[cfg(any(test, feature = "fetch"))]
/// What is at a URL that a description names, where redirects may lead to one that isn't allowed.
pub(crate) fn download_without_redirects(url: &str, most: u64) -> Result<String, Failure> {
    fetch::text(url, fetch::Bounds::new(most).without_redirects())
}

/// The text of a description that is a file or at a URL.
fn single(origin: &Origin) -> Result<String, Failure> {
    match origin {
        Origin::File(path) => input::spec(path, generate::NONE),
        Origin::Stdin => input::spec(Path::new("-"), generate::NONE),
        #[cfg(any(test, feature = "fetch"))]
        Origin::Url(url) => download(url, codegen::Limits::default().bytes()),
        #[cfg(not(any(test, feature = "fetch")))]
        Origin::Url(url) => Err(Failure::usage(format!(
            "can't download `{}`: this program was built without the feature `fetch`",
            origin::public(url)
        ))
        .help("download the file by other means, and pass it to --spec")),
    }
}
