//! `cargo xtask new`: an API beside the first.

#[cfg(any(test, feature = "fetch"))]
mod fetch;
mod members;
mod origin;
mod place;
mod told;

use std::process::ExitCode;

use codegen::Source;

use crate::cli;
use crate::failure::Failure;
use crate::generate;
use crate::input::{self, Api};
use crate::output::Plan;
use crate::terminal::{Terminal, print};

use members::Members;
use origin::Origin;

/// Adds an API to the project.
pub(crate) fn run(arguments: &cli::New, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let workspace = input::workspace();
    let name = arguments.name.as_str();
    let members = Members::read(&workspace)?;
    place::check(&workspace, name, &members)?;
    let origin = Origin::of(&arguments.spec);
    #[cfg(not(feature = "fetch"))]
    if let Origin::Url(_) = origin {
        return crate::rebuild::with_feature("fetch");
    }
    let text = text(&origin)?;
    let api = Api::new(&workspace, name, origin::ending(&text));
    let manifest = members.with(&format!("generated/{name}"))?;

    // Until it is copied, it is where it came from.
    let original = Source {
        name: &origin.name(),
        text: &text,
    };
    let spelled = codegen::configuration(original, Some(name)).map_err(|diagnostics| {
        generate::refused(&diagnostics, original, generate::NONE, terminal)
    })?;
    let spec_name = input::shown(&api.spec, &workspace);
    let spec = Source {
        name: &spec_name,
        text: &text,
    };
    let config_text = format!("{}{spelled}", origin.told());
    let config_name = input::shown(&api.config, &workspace);
    let config = Source {
        name: &config_name,
        text: &config_text,
    };
    let generated = generate::generate(spec, config, &[], terminal)?;
    let files = generated.files.into_iter();
    let plan = Plan::new(&api.out, files.map(|it| (it.path, it.text)).collect())?;
    place::write(&workspace, &api, &text, &config_text, &plan, &manifest)?;
    print(&told::made(
        &api,
        &workspace,
        &plan,
        generated.summary,
        generated.warnings.len(),
    ));
    Ok(ExitCode::SUCCESS)
}

/// The text of the description, as it is.
fn text(origin: &Origin) -> Result<String, Failure> {
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
