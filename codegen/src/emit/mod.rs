//! Model to the files of a crate.
//!
//! Each kind of emitted item has its own module here. Nothing reads the document: what is not in
//! the model is not emitted.

mod additional_parts;
mod body;
mod call_sample;
mod client;
mod client_parameters;
mod common;
mod credentials;
mod docs;
mod error_docs;
mod events;
mod examples;
mod failures;
mod feature_flags;
mod features;
mod files;
mod first_call;
mod guide;
mod html;
mod library;
mod limits;
mod listing;
mod literal;
mod manifest;
mod manifest_merge;
mod markdown;
mod module;
mod needs;
mod nesting;
mod operation_table;
mod output;
mod pages;
mod readme;
mod request;
mod resource;
mod runtime;
mod sample;
mod servers;
mod statuses;
pub(crate) mod surface;
mod types;
mod waits;
mod webhooks;
mod wire;

use crate::generated::GeneratedFile;
use crate::model::{Api, Form, Runtime};
use crate::spelling::{self, outside};

use common::Common;
use files::Files;

/// What is made of an API.
pub(crate) struct Emitted {
    /// All files: of a crate, or the one of a module.
    pub(crate) files: Vec<GeneratedFile>,
    /// What the crate around a module needs: lines of its manifest. Empty for a crate.
    pub(crate) requirements: String,
}

/// All files of the crate, or the one of the module.
///
/// # Errors
///
/// A message when tokens can't be printed: a fault of this program, whatever the document says.
pub(crate) fn emit(api: &Api) -> Result<Emitted, String> {
    let common = error_docs::common(api);
    let common = &common;
    let mut files = Files::default();
    match api.package.form {
        Form::Crate => around_sources(api, common, &mut files)?,
        Form::Module => files.rust("src/lib.rs", || Ok(library::module_root(api))),
    }
    sources(api, common, &mut files);
    let made = files.made();
    markdown::forget();
    let files = made?;
    Ok(match api.package.form {
        Form::Crate => Emitted {
            files,
            requirements: String::new(),
        },
        Form::Module => {
            let module = module::of(api, files)?;
            Emitted {
                files: vec![module.file],
                requirements: module.requirements,
            }
        }
    })
}

/// What a crate has and a module doesn't.
fn around_sources<'a>(
    api: &'a Api,
    common: &'a Common<'a>,
    files: &mut Files<'a>,
) -> Result<(), String> {
    let examples = examples::all(api)?;
    files.text("Cargo.toml", manifest::cargo_toml(api, &examples)?);
    files.text("README.md", readme::readme(api)?);
    for part in listing::parts(api) {
        files.lazy(&part.path(), move || Ok(listing::page(api, common, part)));
    }
    files.text("rustfmt.toml", RUSTFMT.to_owned());
    for (name, text) in manifest::licenses(api) {
        files.text(name, text);
    }
    for it in examples {
        files.text(&format!("examples/{}.rs", it.name), it.text);
    }
    files.rust("src/lib.rs", || library::root(api, common));
    Ok(())
}

/// The sources below the root.
fn sources<'a>(api: &'a Api, common: &'a Common<'a>, files: &mut Files<'a>) {
    files.rust("src/client.rs", || Ok(client::module(api, common)));
    if !api.profile.servers.is_empty() {
        files.rust("src/servers.rs", || Ok(servers::module(api)));
    }
    for resource in &api.resources {
        let path = format!("src/{}.rs", resource.path_joined("/"));
        files.lazy(&path, move || resource::module(api, common, resource));
    }
    files.rust("src/wire/mod.rs", || Ok(wire::root(api)));
    if needs::externals(api) {
        files.lazy("src/wire/external.rs", || wire::external::module(api));
    }
    if !api.resources.is_empty() {
        files.rust("src/wire/requests/mod.rs", || Ok(wire::requests::root(api)));
    }
    for resource in &api.resources {
        let path = format!("src/wire/requests/{}.rs", resource.path_joined("/"));
        files.rust(&path, move || {
            Ok(wire::requests::module(api, common, resource))
        });
    }
    if needs::xml(api) {
        files.lazy("src/wire/xml.rs", || wire::xml::module(api));
    }
    if let Some(webhooks) = &api.webhooks {
        let path = format!("src/{}.rs", webhooks.module);
        files.rust(&path, move || Ok(webhooks::module(api, webhooks)));
    }
    if !api.modules.is_empty() {
        files.rust("src/types/mod.rs", || Ok(types::root(api, common)));
        for module in &api.modules {
            let path = format!("src/types/{}.rs", module.name);
            files.lazy(&path, move || types::module(api, common, module));
        }
        files.rust("src/wire/types/mod.rs", || {
            Ok(wire::types::root(api, common))
        });
        for module in &api.modules {
            let path = format!("src/wire/types/{}.rs", module.name);
            files.lazy(&path, move || wire::types::module(api, module));
        }
    }
    match api.package.runtime {
        Runtime::Vendored => {
            files.rust("src/runtime/mod.rs", || Ok(runtime::root(api)));
            for (path, text) in runtime::files(api) {
                files.lazy(&format!("src/runtime/{path}"), move || {
                    Ok(runtime::vendored(text))
                });
            }
        }
        Runtime::Crate => files.rust("src/runtime.rs", || Ok(runtime::of_crate())),
    }
}

/// Whether the configuration names an operation to be shown first that no example can be made of.
pub(crate) fn lacks_first_call(api: &Api) -> bool {
    first_call::is_missing(api)
}

/// The pointers in the configuration of what it adds to the manifest, and the manifest has with other values.
///
/// # Errors
///
/// As [`emit`].
pub(crate) fn manifest_clashes(api: &Api) -> Result<Vec<String>, String> {
    if api.package.manifest.is_empty() {
        return Ok(Vec::new());
    }
    let clashes = manifest::clashes(api)?.into_iter();
    Ok(clashes.map(|it| format!("/manifest{it}")).collect())
}

/// Attributes that the configuration gives to types, and that are none: the pointer of the type's schema, and
/// what is wrong.
pub(crate) fn wrong_attributes(api: &Api) -> Vec<(String, String)> {
    types::wrong_attributes(api)
}

/// The files are laid out by another printer than rustfmt's, whose output doesn't change with
/// the toolchain.
const RUSTFMT: &str = "# The generator lays these files out; formatting them again would only make noise in diffs.\n\
                       disable_all_formatting = true\n";
