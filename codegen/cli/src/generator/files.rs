//! The files of a crate, and their folder.

use std::path::Path;

use codegen::{Description, Diagnostic, Generated, Source, Summary};

use super::errors::{Errors, rendered};
use crate::failure::Failure;
use crate::output::{Change, Plan};

/// Most files that an error names.
const NAMED: usize = 10;

/// A file of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path in the folder of the crate, with `/` between names.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The files of a crate.
#[derive(Clone, Debug)]
pub struct Files {
    all: Vec<File>,
    warnings: Vec<Diagnostic>,
    rendered: String,
    summary: Summary,
    requirements: String,
}

/// What [`Files::write`] did to a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The paths of the files that were added or replaced.
    pub changed: Vec<String>,
    /// The paths of the files that an earlier run wrote, and that were removed.
    pub removed: Vec<String>,
    /// How many files stayed as they were, and weren't written.
    pub unchanged: usize,
}

impl Files {
    pub(super) fn of(generated: Generated, spec: Description<'_>, config: Source<'_>) -> Self {
        let files = generated.files.into_iter().map(|it| File {
            path: it.path,
            text: it.text,
        });
        Self {
            all: files.collect(),
            rendered: rendered(&generated.warnings, spec, config),
            warnings: generated.warnings,
            summary: generated.summary,
            requirements: generated.requirements,
        }
    }

    /// The files, sorted as they were generated.
    ///
    /// ```
    /// # fn files(files: &clientsmith::Files) {
    /// for file in files.iter() {
    ///     println!("{}: {} lines", file.path, file.text.lines().count());
    /// }
    /// # }
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, File> {
        self.all.iter()
    }

    /// What was left out or typed loosely, with places.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The warnings with the lines that they are about; empty without warnings.
    pub fn rendered_warnings(&self) -> &str {
        &self.rendered
    }

    /// How much there is in the API.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// What the crate around a [module](super::Generator::module) needs: lines of its `Cargo.toml`, and attributes of
    /// its root if there are any. Empty for a crate.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// # let description = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
    /// #     servers: [{url: 'https://pets.example.com'}]\npaths: {}\n";
    /// let files = clientsmith::Generator::new(description).module().generate()?;
    /// assert!(files.requirements().starts_with("[dependencies]\n"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn requirements(&self) -> &str {
        &self.requirements
    }

    /// Brings a folder in line with the files: changed files are written, files of an earlier run that are no
    /// longer generated are removed, and all other files are kept. Either all of that is done, or nothing.
    ///
    /// The folder is a new or empty one, or one that an earlier run wrote; its `.codegen-manifest` lists the
    /// files that belong to the generator. The file of a [module](super::Generator::module) is written into any
    /// folder, such as the `src` of a crate or `OUT_DIR` of a build script; a path that ends in `.rs` is that of the
    /// file.
    ///
    /// # Errors
    ///
    /// The folder has content and no such list, a file of somebody else's is in the way, or a file can't be
    /// written.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// # let description = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
    /// #     servers: [{url: 'https://pets.example.com'}]\npaths: {}\n";
    /// # let folder = std::env::temp_dir().join("clientsmith-write");
    /// let files = clientsmith::Generator::new(description).generate()?;
    /// files.write(&folder)?;
    /// assert!(files.write(&folder)?.changed.is_empty());
    /// # std::fs::remove_dir_all(&folder).ok();
    /// # Ok(())
    /// # }
    /// ```
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Written, Errors> {
        let plan = self.plan(folder.as_ref())?;
        plan.apply()?;
        let mut written = Written::default();
        for entry in plan.entries {
            match entry.change {
                Change::Added | Change::Changed { .. } => written.changed.push(entry.path),
                Change::Removed { .. } => written.removed.push(entry.path),
                Change::Unchanged => written.unchanged += 1,
            }
        }
        Ok(written)
    }

    /// Whether a folder is as [`write`](Self::write) would leave it; nothing is written.
    ///
    /// # Errors
    ///
    /// The files that differ, and those of `write`.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// # let description = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
    /// #     servers: [{url: 'https://pets.example.com'}]\npaths: {}\n";
    /// let files = clientsmith::Generator::new(description).generate()?;
    /// let failed = files.check("no/such/folder");
    /// assert!(failed.is_err_and(|errors| errors.to_string().contains("Cargo.toml")));
    /// # Ok(())
    /// # }
    /// ```
    pub fn check(&self, folder: impl AsRef<Path>) -> Result<(), Errors> {
        let folder = folder.as_ref();
        let plan = self.plan(folder)?;
        let changes = plan.entries.iter().filter_map(|entry| {
            let what = match entry.change {
                Change::Added => "missing",
                Change::Changed { .. } => "different",
                Change::Removed { .. } => "no longer generated",
                Change::Unchanged => return None,
            };
            Some(format!("{}: {what}", entry.path))
        });
        let changes: Vec<String> = changes.collect();
        if changes.is_empty() {
            return Ok(());
        }
        let message = format!("`{}` is out of date", folder.display());
        let named = changes.iter().take(NAMED);
        let failure = named.fold(Failure::work(message), Failure::note);
        Err(match changes.len().saturating_sub(NAMED) {
            0 => failure.into(),
            more => failure.note(format!("and {more} more")).into(),
        })
    }

    fn plan(&self, folder: &Path) -> Result<Plan, Failure> {
        let files = self.all.iter();
        let files = files.map(|it| (it.path.clone(), it.text.clone()));
        Plan::of(folder, !self.requirements.is_empty(), files.collect())
    }
}

impl<'a> IntoIterator for &'a Files {
    type Item = &'a File;
    type IntoIter = std::slice::Iter<'a, File>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
