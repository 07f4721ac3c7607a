//! Model to the files of a crate.
//!
//! Each kind of emitted item has its own module here. Nothing reads the document: what is not in
//! the model is not emitted.

mod answer;
mod body;
mod call_sample;
mod client;
mod credentials;
mod docs;
mod events;
mod examples;
mod failures;
mod features;
mod guide;
mod html;
mod library;
mod manifest;
mod markdown;
mod needs;
mod pages;
mod readme;
mod request;
mod resource;
mod runtime;
mod sample;
mod servers;
mod spelling;
mod statuses;
mod types;
mod usual;
mod waits;
mod webhooks;

use proc_macro2::TokenStream;

use crate::generated::GeneratedFile;
use crate::model::Api;
use crate::print;

pub(crate) use spelling::outside;

/// All files of the crate.
///
/// # Errors
///
/// A message when tokens can't be printed: a fault of this program, whatever the document says.
pub(crate) fn emit(api: &Api) -> Result<Vec<GeneratedFile>, String> {
    let mut files = Files::default();
    let common = usual::Common::of(api);
    let examples = examples::all(api)?;
    files.text("Cargo.toml", manifest::cargo_toml(api, &examples));
    files.text("README.md", readme::readme(api)?);
    files.text("rustfmt.toml", RUSTFMT.to_owned());
    for (name, text) in manifest::licenses(api) {
        files.text(name, text);
    }
    for it in examples {
        files.text(&format!("examples/{}.rs", it.name), it.text);
    }
    files.rust("src/lib.rs", library::root(api, &common)?)?;
    files.rust("src/client.rs", client::module(api, &common))?;
    if let Some(servers) = servers::module(api) {
        files.rust("src/servers.rs", servers)?;
    }
    for resource in &api.resources {
        let path = format!("src/{}.rs", resource.path_joined("/"));
        files.rust(&path, resource::module(api, &common, resource)?)?;
    }
    if let Some(webhooks) = &api.webhooks {
        let path = format!("src/{}.rs", webhooks.module);
        files.rust(&path, webhooks::module(api, webhooks))?;
    }
    if !api.modules.is_empty() {
        files.rust("src/types/mod.rs", types::root(api))?;
        for module in &api.modules {
            files.rust(
                &format!("src/types/{}.rs", module.name),
                types::module(api, module),
            )?;
        }
    }
    files.rust("src/runtime/mod.rs", runtime::root(api))?;
    for (path, text) in runtime::files(api) {
        files.text(&format!("src/runtime/{path}"), text.to_owned());
    }
    Ok(files.0)
}

/// The files are laid out by another printer than rustfmt's, whose output doesn't change with
/// the toolchain.
const RUSTFMT: &str = "# The generator lays these files out; formatting them again would only make noise in diffs.\n\
                       disable_all_formatting = true\n";

#[derive(Default)]
struct Files(Vec<GeneratedFile>);

impl Files {
    fn text(&mut self, path: &str, text: String) {
        self.0.push(GeneratedFile {
            path: path.to_owned(),
            text,
        });
    }

    fn rust(&mut self, path: &str, tokens: TokenStream) -> Result<(), String> {
        let text = print::file(tokens).map_err(|error| format!("{path}: {error}"))?;
        self.text(path, text);
        Ok(())
    }
}
