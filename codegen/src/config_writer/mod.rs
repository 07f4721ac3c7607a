//! What the generator takes a description to mean, as a configuration that says the same.
//!
//! Each thing that was inferred gets a line that can be changed: the crate, what tags and
//! operations are called, how lists go on, what credentials are called. What can only be guessed, as
//! environment variables or waits, is there as a comment.

mod client;
mod client_parameters;
mod operations;
mod package;
mod pages;
mod text;
mod types;
mod waiters;

use crate::config::Config;
use crate::description::Description;
use crate::diagnostic::Diagnostic;
use crate::document::open_with;
use crate::lower;
use crate::model::Api;
use crate::source::Source;

use text::{shown, string};

/// The text of an `sdk.toml` that says what the generator takes a description to mean without one,
/// each line with where it comes from. Generating with it gives the same crate.
///
/// `name` is the name of the crate; without it the crate is named after the title of the
/// description.
///
/// # Errors
///
/// Everything that is wrong with the description, or with the name, located and in order.
///
/// # Examples
///
/// ```
/// use codegen::{Source, configuration};
///
/// let spec = r#"{
///     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
///     "servers": [{"url": "https://pets.example.com"}],
///     "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["Pets"],
///         "responses": {"200": {"description": "All."}}}}}
/// }"#;
/// let config = configuration(Source { name: "pets.json", text: spec }, Some("pet-store"))
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// assert!(config.contains("name = \"pet-store\""));
/// assert!(config.contains("listPets.name = \"list\""));
/// assert!(config.contains("listPets.resource = \"pets\""));
/// # Ok::<(), String>(())
/// ```
pub fn configuration<'a>(
    spec: impl Into<Description<'a>>,
    name: Option<&str>,
) -> Result<String, Vec<Diagnostic>> {
    let spec = spec.into();
    let none = Source {
        name: "sdk.toml",
        text: "",
    };
    let (document, _, config) = open_with(spec, none, name, &mut |_| {})?;
    let lowered = lower::lower(&document, &config, &[]);
    let (api, _) = lowered.map_err(|diagnostics| document.located(diagnostics, spec, none))?;
    let sizes = types::Sizes::of(spec.source, &document, &api);
    Ok(file(&api, &config, &sizes))
}

fn file(api: &Api, config: &Config, sizes: &types::Sizes) -> String {
    let mut text = format!(
        "# Configuration of the crate for {}: what its OpenAPI description can't express.\n#\n# \
         Each line is the default of the generator: change it, or remove it. A line that begins \
         with `#`\n# is a suggestion, and has no effect until the `#` is removed.\n",
        shown(&api.title)
    );
    let common = pages::Common::of(api);
    let sections = [
        package::section(api),
        client::section(api),
        client::credentials(api),
        operations::names(api),
        operations::resources(api),
        common.section(),
        operations::section(api, &common),
        waiters::section(api),
        types::section(api),
        types::limits(config.limits, sizes),
    ];
    for section in sections.iter().filter(|section| !section.is_empty()) {
        text.push('\n');
        text.push_str(section);
    }
    text
}

/// `key = "value"` and the end of the line.
fn entry(key: &str, value: &str) -> String {
    format!("{key} = {}\n", string(value))
}

/// The environment variable of the crate for something.
fn variable(api: &Api, what: &str) -> String {
    crate::names::variable_case(&api.package.name, what)
}
