//! Modules that are written by hand.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::Api;
use crate::names::reserved::MODULES;

/// Modules of the configuration whose names are those of emitted ones.
pub(super) fn clashes(api: &Api, config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (index, module) in config.package.modules.iter().enumerate() {
        let resource = api.top_resources().find(|it| it.module.as_str() == module);
        let of_webhooks = api.webhooks.as_ref().map(|it| it.module.as_str());
        let (what, help) = if resource.is_some() {
            (
                format!("the module of the resource `{module}`"),
                "rename the module, or the resource: `name` under `[resources.TAG]`",
            )
        } else if MODULES.contains(&module.as_str()) || of_webhooks == Some(module) {
            ("an emitted module".to_owned(), "rename the module")
        } else {
            continue;
        };
        let message = format!("`{module}` is {what}, which would replace it");
        let pointer = format!("/package/modules/{index}");
        problems.push(Diagnostic::error(Origin::Config, pointer, message).help(help));
    }
    problems
}
