//! What a module of somebody's crate can't have.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Form, Runtime};
use crate::pointer::push;

/// Tables of a manifest that are listed above a module for its crate.
const TABLES: [&str; 2] = ["dependencies", "features"];

/// The settings that are about a crate, and that a module has no use for.
pub(super) fn settings_of_crates(config: &Config) -> Vec<Diagnostic> {
    let package = &config.package;
    if package.form == Form::Crate {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut problem = |pointer: &str, message: &str, help: &str| {
        problems.push(Diagnostic::error(Origin::Config, pointer, message).help(help));
    };
    if package.runtime == Some(Runtime::Vendored) {
        let message =
            "a module has no runtime of its own, which would be larger than most crates around it";
        let help = "remove `runtime`, or generate a crate instead of a module";
        problem("/package/runtime", message, help);
    }
    if package.resource_features == Some(true) {
        let message = "a module has no Cargo features: they would be those of the crate around it";
        let help = "remove `resource-features`; `only` at the top of the file selects operations";
        problem("/package/resource-features", message, help);
    }
    if !package.modules.is_empty() {
        let message = "a module can't declare custom modules: it is one file";
        let help = "remove `modules`, and declare them in the crate around it; types are named by their paths there, \
                    as in `type = \"crate::custom::Money\"`";
        problem("/package/modules", message, help);
    }
    let others = config
        .manifest
        .keys()
        .filter(|it| !TABLES.contains(&it.as_str()));
    for table in others {
        let message = "a module has no manifest";
        let help = "remove it, and write it in the manifest of the crate around the module";
        problem(&push("/manifest", table), message, help);
    }
    problems
}
