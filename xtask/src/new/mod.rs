//! `cargo xtask new`: an API beside the first.

#[cfg(any(test, feature = "fetch"))]
mod fetch;
mod members;
mod origin;
mod overlays;
mod place;
mod summary;

use std::process::ExitCode;

use codegen::{Description, Diagnostic, Generated, Source};

use crate::cli;
use crate::failure::Failure;
use crate::generate::{self, Made, Stages, Texts};
use crate::input::{self, Api, Paths};
use crate::output::Plan;
use crate::terminal::{Terminal, print};

use members::Members;
use origin::Origin;
use overlays::Copies;

/// Adds an API to the project.
pub(crate) fn run(arguments: &cli::New, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let workspace = input::workspace();
    let name = arguments.name.as_str();
    let members = Members::read(&workspace)?;
    place::check(&workspace, name, &members)?;
    let origin = Origin::of(&arguments.spec);
    #[cfg(not(feature = "fetch"))]
    if let Origin::Url(_) = origin {
        return crate::rebuild::with_feature("fetch", terminal);
    }
    let overlays = Copies::read(&arguments.overlay, &workspace)?;
    let mut stages = Stages::new(terminal);
    let text = text(&origin, &mut stages)?;
    let api = Api::new(&workspace, name, origin::ending(&text));
    let manifest = members.with(&format!("generated/{name}"))?;

    // Until it is copied, it is where it came from.
    let sources = overlays.texts.sources();
    let original = Description {
        source: Source {
            name: &origin.name(),
            text: &text,
        },
        overlays: &sources,
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
        input::shown(&api.spec, &workspace),
        text,
        input::shown(&api.config, &workspace),
        config,
        overlays.beside(&api, &workspace),
    );
    let paths = Paths::from(api.clone());
    let made = generate::make(&texts, &paths, &[], &mut stages);
    stages.end();
    let (generated, plan) = reported(made, &texts, terminal)?;
    let files = (&texts, overlays.files.as_slice());
    place::write(&workspace, &api, files, &plan, &manifest)?;
    let warnings = generated.warnings.len();
    print(&summary::made(
        &api,
        &workspace,
        &plan,
        generated.summary,
        warnings,
    ));
    Ok(ExitCode::SUCCESS)
}

/// What was made, once all is told that is to be said of it.
fn reported(
    made: Result<Made, Vec<Diagnostic>>,
    texts: &Texts,
    terminal: &Terminal,
) -> Result<(Generated, Plan), Failure> {
    let (overlays, config) = (texts.overlays.sources(), texts.config());
    let spec = Description {
        source: texts.spec(),
        overlays: &overlays,
    };
    let made = made.map_err(|it| generate::refused(&it, spec, config, terminal))?;
    generate::report(&made.generated.warnings, spec, config, terminal);
    Ok((made.generated, made.plan?))
}

/// The text of the description, as it is.
fn text(origin: &Origin, stages: &mut Stages) -> Result<String, Failure> {
    stages.begin(origin.stage());
    match origin {
        Origin::File(path) => input::spec(path, generate::NONE),
        #[cfg(any(test, feature = "fetch"))]
        Origin::Url(url) => {
            let most = codegen::Limits::default().bytes();
            fetch::text(url, fetch::Bounds::new(most))
        }
        #[cfg(not(any(test, feature = "fetch")))]
        Origin::Url(url) => Err(Failure::work(format!("can't download `{url}`"))),
    }
}
