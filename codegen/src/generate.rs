//! The whole line, from the texts to the files of a crate.

use crate::config::Config;
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::document::open_with;
use crate::emit;
use crate::generated::{Generated, Summary};
use crate::lower;
use crate::model::{Api, Form};
use crate::pointer::push;
use crate::source::Source;
use crate::stage::Stage;

/// Makes a client crate of an OpenAPI description (`spec`) and what it can't say (`config`, the
/// text of an `sdk.toml`). An empty configuration stands for one with the document's title and
/// version. A description may have overlays: see [`Description`].
///
/// The result depends on the texts alone: the same texts give the same bytes.
///
/// # Errors
///
/// Everything that is wrong with the texts, located and in their order. Nothing is made then.
///
/// # Examples
///
/// ```
/// use codegen::{Source, generate};
///
/// let spec = r#"{
///     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
///     "servers": [{"url": "https://pets.example.com"}],
///     "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"],
///         "responses": {"200": {"description": "All.", "content": {"application/json": {
///             "schema": {"type": "array", "items": {"type": "string"}}}}}}}}}
/// }"#;
/// let config = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n";
/// let generated = generate(
///     Source { name: "pets.json", text: spec },
///     Source { name: "sdk.toml", text: config },
/// )
/// .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// let pets = generated.files.iter().find(|file| file.path == "src/pets.rs");
/// assert!(pets.is_some_and(|file| file.text.contains("pub fn list(&self) -> List")));
/// # Ok::<(), String>(())
/// ```
pub fn generate<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
) -> Result<Generated, Vec<Diagnostic>> {
    generate_only(spec, config, &[])
}

/// Makes a client crate, as [`generate`] does, of some operations alone and the types that they
/// reach.
///
/// `only` holds their tags, their ids, their paths, or methods and paths, as in `GET /pets`; a `*`
/// at the end stands for any text. It goes before what the configuration says; where it is empty,
/// it says nothing. What remains is called as in the whole crate.
///
/// # Errors
///
/// As of [`generate`], and a name that means no operation.
pub fn generate_only<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    only: &[String],
) -> Result<Generated, Vec<Diagnostic>> {
    generate_with(spec, config, only, &mut |_| {})
}

/// Makes a client crate, as [`generate_only`] does, and tells each stage as it begins.
///
/// # Errors
///
/// As of [`generate_only`].
pub fn generate_with<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    only: &[String],
    begin: &mut dyn FnMut(Stage),
) -> Result<Generated, Vec<Diagnostic>> {
    generate_in_form(spec, config, only, None, begin)
}

/// Makes a crate, or one file to be a module of a crate: in this form, whatever the configuration says.
///
/// # Errors
///
/// As of [`generate_only`], and settings of the configuration that only a crate can have.
///
/// # Examples
///
/// ```
/// use codegen::{Form, Source, generate_in_form};
///
/// let spec = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
///             servers: [{url: 'https://pets.example.com'}]\npaths: {}\n";
/// let source = |name, text| Source { name, text };
/// let (spec, config) = (source("pets.yaml", spec), source("sdk.toml", ""));
/// let module = generate_in_form(spec, config, &[], Some(Form::Module), &mut |_| {})
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// assert_eq!(module.files.len(), 1);
/// assert_eq!(module.files[0].path, "pets.rs");
/// assert!(module.requirements.contains("clientsmith-runtime ="));
/// # Ok::<(), String>(())
/// ```
pub fn generate_in_form<'a>(
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    only: &[String],
    form: Option<Form>,
    begin: &mut dyn FnMut(Stage),
) -> Result<Generated, Vec<Diagnostic>> {
    let spec = spec.into();
    let (document, mut warnings, mut config_read) = open_with(spec, config, None, begin)?;
    if let Some(form) = form {
        config_read.package.form = form;
    }
    begin(Stage::Lowering);
    let api = match lower::lower(&document, &config_read, only) {
        Ok((api, more)) => {
            warnings.extend(more);
            api
        }
        Err(diagnostics) => {
            warnings.extend(diagnostics);
            config_read.drop_allowed(&mut warnings);
            return Err(document.located(warnings, spec, config));
        }
    };
    warnings.extend(first_call_without_example(&api));
    let refused =
        what_can_not_be_added(&api, &config_read).map_err(|message| internal(&message))?;
    let is_refused = !refused.is_empty();
    warnings.extend(refused);
    config_read.drop_allowed(&mut warnings);
    let warnings = document.located(warnings, spec, config);
    if is_refused {
        return Err(warnings);
    }
    // The model has all that counts; the memory is needed for the files.
    drop(document);
    begin(Stage::Emitting);
    let emitted = emit::emit(&api).map_err(|message| internal(&message))?;
    Ok(Generated {
        files: emitted.files,
        warnings,
        summary: Summary::of(&api),
        requirements: emitted.requirements,
    })
}

/// A fault of this program.
fn internal(message: &str) -> Vec<Diagnostic> {
    let message = format!("internal error: generated code does not parse: {message}");
    let help = "please report this, with the description";
    vec![Diagnostic::error(Origin::Spec, "", message).help(help)]
}

/// What the configuration adds to the manifest and to types, and that can't be added.
fn what_can_not_be_added(api: &Api, config: &Config) -> Result<Vec<Diagnostic>, String> {
    let clashes = emit::manifest_clashes(api)?.into_iter().map(|pointer| {
        let message = "the manifest of the crate has this key with another value";
        let help = "remove it, or use the setting under `[package]`";
        Diagnostic::error(Origin::Config, pointer, message).help(help)
    });
    let attributes = emit::wrong_attributes(api).into_iter();
    let attributes = attributes.filter_map(|(schema, message)| {
        let (key, _) = config.schema(&schema)?;
        let pointer = push(&push("/types", key), "attributes");
        let help = "write it without `#[` and `]`, as in `must_use`";
        Some(Diagnostic::error(Origin::Config, pointer, message).help(help))
    });
    Ok(clashes.chain(attributes).collect())
}

/// What is said of a first call that was chosen and can't be shown.
fn first_call_without_example(api: &Api) -> Option<Diagnostic> {
    let message =
        "no example can be generated for this operation: some argument has no sample value";
    let help = "the README and the front page use another operation as the first example";
    emit::lacks_first_call(api).then(|| {
        Diagnostic::warning(
            WarningCode::FirstCall,
            Origin::Config,
            lower::FIRST_CALL,
            message,
        )
        .help(help)
    })
}
