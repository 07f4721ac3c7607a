//! What a run reads.

use std::fs;
use std::path::Path;

use codegen::{Description, Source};

use crate::failure::Failure;
use crate::input::{self, Overlays};
use crate::spec_files::SpecFiles;

use super::Paths;

/// The texts of a run, and what messages call their files.
pub(crate) struct Texts {
    pub(crate) spec_name: String,
    spec_text: String,
    pub(crate) config_name: String,
    /// None where there is no file, and need not be one.
    config_text: Option<String>,
    pub(crate) overlays: Overlays,
    /// What the description refers to in other files.
    pub(crate) files: SpecFiles,
}

impl Texts {
    pub(crate) fn read(paths: &Paths, workspace: &Path) -> Result<Self, Failure> {
        let config_name = match &paths.config {
            Some(path) => input::shown(path, workspace),
            None => "sdk.toml".to_owned(),
        };
        let config_text = config(paths)?;
        let config = Source {
            name: &config_name,
            text: config_text.as_deref().unwrap_or_default(),
        };
        let spec_text = input::spec(&paths.spec, config)?;
        // Without a file, what it would list is below the current folder.
        let config_path = paths.config.as_deref().unwrap_or(Path::new("sdk.toml"));
        let overlays = Overlays::read(config_path, config, &paths.overlays, workspace)?;
        let files = input::files(&paths.spec, config, workspace);
        Ok(Self {
            files,
            spec_name: input::shown(&paths.spec, workspace),
            spec_text,
            config_name,
            config_text,
            overlays,
        })
    }

    /// Texts that are in no files.
    pub(crate) fn given(
        spec_name: String,
        spec_text: String,
        config_name: String,
        config_text: String,
        overlays: Overlays,
    ) -> Self {
        Self {
            spec_name,
            spec_text,
            config_name,
            config_text: Some(config_text),
            overlays,
            files: SpecFiles::default(),
        }
    }

    /// The same, with what the description refers to in other files.
    pub(crate) fn with_files(self, files: SpecFiles) -> Self {
        Self { files, ..self }
    }

    /// The description with its overlays, which are [`Overlays::sources`] of these texts.
    pub(crate) fn description<'s>(&'s self, overlays: &'s [Source<'s>]) -> Description<'s> {
        Description {
            source: self.spec(),
            overlays,
            resolver: self.files.resolver(),
        }
    }

    pub(crate) fn spec(&self) -> Source<'_> {
        Source {
            name: &self.spec_name,
            text: &self.spec_text,
        }
    }

    pub(crate) fn config(&self) -> Source<'_> {
        Source {
            name: &self.config_name,
            text: self.config_text.as_deref().unwrap_or_default(),
        }
    }

    pub(crate) fn has_config(&self) -> bool {
        self.config_text.is_some()
    }
}

/// The text of the configuration. There need not be one where none was asked for.
fn config(paths: &Paths) -> Result<Option<String>, Failure> {
    let Some(path) = &paths.config else {
        return Ok(None);
    };
    // A pipe or a device that nobody asked for would be waited for.
    let is_like_a_file = |found: fs::Metadata| found.is_file() || found.is_dir();
    let is_there = paths.config_is_given
        || fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink() || is_like_a_file(it));
    is_there.then(|| input::config(path)).transpose()
}
