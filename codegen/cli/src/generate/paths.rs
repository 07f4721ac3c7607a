//! The files and the folder that a run is about.

use std::path::PathBuf;

use codegen::Form;

use crate::cli;
use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::project::{Api, Project};

/// The files and the folder of a run.
#[derive(Debug)]
pub(crate) struct Paths {
    /// The OpenAPI description.
    pub(crate) spec: PathBuf,
    /// Its configuration, if there can be one.
    pub(crate) config: Option<PathBuf>,
    /// Whether the configuration was asked for by name, so that it must be there.
    pub(crate) config_is_given: bool,
    /// Overlays beside those that the configuration lists.
    pub(crate) overlays: Vec<PathBuf>,
    /// The folder of the crate, or the folder or the file of the module.
    pub(crate) out: PathBuf,
    /// What is made, where the configuration doesn't say.
    pub(crate) form: Option<Form>,
}

impl Paths {
    /// What was asked for, and the files of the named API, or of the first, for the rest.
    pub(crate) fn new(arguments: &cli::Codegen, context: &Context) -> Result<Self, Failure> {
        let api = match (&arguments.spec, &arguments.out) {
            (Some(_), Some(_)) => None,
            (Some(_), None) => {
                let api = context.project().and_then(|it| it.api(None));
                Some(api.map_err(without_folder)?)
            }
            (None, _) => Some(context.project()?.api(arguments.name.as_deref())?),
        };
        let (spec, of_api, out) = match api {
            Some(api) => (Some(api.spec), Some(api.config), Some(api.out)),
            None => (None, None, None),
        };
        let config = match (&arguments.config, &arguments.spec) {
            (Some(config), _) => Some(config.clone()),
            // Nothing is beside a text that is no file.
            (None, Some(spec)) => (!input::is_stdin(spec)).then(|| spec.with_file_name("sdk.toml")),
            (None, None) => of_api,
        };
        // A slash at the end would lead through a symbolic link, which is to be seen.
        if let (Some(out), None) = (&out, &arguments.out) {
            context.project()?.must_be_inside(out)?;
        }
        let given: Option<PathBuf> = arguments.out.as_ref().map(|it| it.components().collect());
        Ok(Self {
            spec: arguments.spec.clone().or(spec).unwrap_or_default(),
            config,
            config_is_given: arguments.config.is_some(),
            overlays: arguments.overlay.clone(),
            out: given.or(out).unwrap_or_default(),
            form: arguments.module.then_some(Form::Module),
        })
    }
}

impl Paths {
    /// Those of an API.
    pub(crate) fn of(api: Api, project: &Project) -> Result<Self, Failure> {
        project.must_be_inside(&api.out)?;
        Ok(Self {
            spec: api.spec,
            config: Some(api.config),
            config_is_given: false,
            overlays: Vec::new(),
            out: api.out,
            form: None,
        })
    }
}

/// A description was given and no folder, and no project has one.
fn without_folder(failure: Failure) -> Failure {
    let help = failure.help.map(|help| format!("; or {help}"));
    Failure::usage("`--spec` without `--out`: there is no folder for the crate")
        .note(failure.message)
        .help(format!("add `--out DIR`{}", help.unwrap_or_default()))
}
