//! The manifest of the crate.

use crate::config::Config;
use crate::document::Document;
use crate::model::Package;
use crate::names::Scope;

/// The oldest compiler that takes what is emitted: edition 2024, and what the dependencies ask.
const RUST_VERSION: &str = "1.88";

/// The manifest of the crate: what the configuration says of it, and what follows from the description.
pub(super) fn package(config: &Config, document: &Document) -> Package {
    let package = &config.package;
    let info = &document.api.info;
    let library = package.name.replace('-', "_");
    Package {
        name: package.name.clone(),
        library: Scope::default().name(&[&library], "client"),
        version: package.version.clone(),
        description: package
            .description
            .clone()
            .unwrap_or_else(|| format!("Client for {}", info.title)),
        license: package.license.clone(),
        authors: package.authors.clone(),
        repository: package.repository.clone(),
        homepage: package.homepage.clone(),
        documentation: package.documentation.clone(),
        keywords: package.keywords.clone(),
        categories: package.categories.clone(),
        rust_version: package
            .rust_version
            .clone()
            .unwrap_or_else(|| RUST_VERSION.to_owned()),
        manifest: config.manifest.clone(),
        modules: package.modules.clone(),
        runtime: package.runtime(),
        form: package.form,
    }
}
