//! Custom modules: the root of a crate declares them, and their files are written by hand.

use std::path::Path;

use codegen::{Config, Source};

use crate::input;
use crate::terminal::Terminal;

/// Notes the custom modules of a configuration that have no file yet: until then the crate doesn't compile.
pub(super) fn note_missing(out: &Path, config: Source<'_>, workspace: &Path, terminal: &Terminal) {
    let modules = Config::read(config).unwrap_or_default().package.modules;
    for module in modules {
        let file = out.join("src").join(&module).join("mod.rs");
        let other = out.join("src").join(format!("{module}.rs"));
        if !file.is_file() && !other.is_file() {
            let file = input::shown(&file, workspace);
            terminal.note(&format!(
                "`{file}` doesn't exist yet: the module `{module}` is listed in `{}`",
                config.name
            ));
        }
    }
}
