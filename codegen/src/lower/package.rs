//! The manifest of the crate.

use crate::model::Package;
use crate::names::Scope;

use super::Lowering;

/// The oldest compiler that takes what is emitted: edition 2024, and what the dependencies ask.
const RUST_VERSION: &str = "1.88";

impl Lowering<'_> {
    pub(super) fn package(&self) -> Package {
        let package = &self.config.package;
        let info = &self.document.api.info;
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
        }
    }
}
