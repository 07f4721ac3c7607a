//! Arguments of all commands about the other files of a description.

use std::path::PathBuf;

use clap::Args;

use crate::spec_files::Allowed;

/// What a description may refer to outside of its own folder.
#[derive(Clone, Debug, Default, Args)]
pub struct SpecFiles {
    /// A folder whose files the description may refer to, beside its own folder; may be repeated
    #[arg(long, value_name = "DIR", global = true, display_order = 900)]
    pub allow_path: Vec<PathBuf>,

    /// The start of URLs that the description may refer to, which are downloaded then; may be repeated
    #[arg(long, value_name = "URL", global = true, display_order = 900)]
    pub allow_url: Vec<String>,
}

impl SpecFiles {
    /// Has it hold for all that this process reads.
    pub fn allow(&self) {
        let allowed = Allowed {
            paths: self.allow_path.clone(),
            urls: self.allow_url.clone(),
        };
        allowed.set();
    }
}
