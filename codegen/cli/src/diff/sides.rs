//! The two descriptions that are compared, from files or from git.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::{Config, Description, FileText, Origin, Source};

use crate::cli;
use crate::context::Context;
use crate::encoding;
use crate::failure::Failure;
use crate::input::{self, Overlays, overlays, slashed};
use crate::spec_files::SpecFiles;
use crate::terminal::Terminal;

/// A text and what messages call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            text: &self.text,
        }
    }
}

/// A description with its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) spec: Text,
    pub(crate) config: Text,
    pub(crate) overlays: Overlays,
    /// What the description refers to in other files.
    pub(crate) files: SpecFiles,
    has_config: bool,
}

/// Both of them.
pub(crate) struct Sides {
    pub(crate) old: Side,
    pub(crate) new: Side,
}

impl Sides {
    /// Those that were asked for.
    pub(crate) fn of(
        arguments: &cli::Diff,
        context: &Context,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let workspace = context.folder();
        let current = || match &arguments.spec {
            Some(spec) => Ok(spec.clone()),
            None => Ok(context.project()?.api(arguments.api.as_deref())?.spec),
        };
        let config = arguments.config.as_deref();
        let side = |given: &str| match Location::of(given) {
            Location::File(path) => Side::of_files(&path, config, workspace),
            Location::Git { revision, path } => {
                let path = path.map_or_else(current, Ok)?;
                Side::of_revision(&revision, &path, config, workspace)
            }
        };
        let mut old = side(&arguments.old)?;
        let mut new = match &arguments.new {
            Some(new) => side(new)?,
            None => Side::of_files(&current()?, config, workspace)?,
        };
        // Names that only one side has would be changes that nobody made.
        if old.has_config != new.has_config {
            let (from, to) = if old.has_config {
                (&old, &mut new)
            } else {
                (&new, &mut old)
            };
            to.config = from.config.clone();
            to.overlays = from.overlays.clone();
            terminal.note(&format!(
                "`{}` has no configuration; using `{}`",
                to.spec.name, to.config.name
            ));
        }
        for side in [&mut old, &mut new] {
            for path in &arguments.overlay {
                let text = overlays::text(path, side.config.source())?;
                side.overlays.push(input::shown(path, workspace), text);
            }
        }
        Ok(Self { old, new })
    }
}

/// Where a side is.
#[derive(Debug, PartialEq, Eq)]
enum Location {
    File(PathBuf),
    Git {
        revision: String,
        /// The file in it; that of the API where none is given.
        path: Option<PathBuf>,
    },
}

impl Location {
    /// What an argument means: a file that is there, or looks like one; else something of git.
    fn of(given: &str) -> Self {
        let path = Path::new(given);
        let ending = path.extension().and_then(|ending| ending.to_str());
        let looks_like_a_file = matches!(ending, Some("yaml" | "yml" | "json"));
        if input::is_url(given)
            || path.exists() && !path.is_dir()
            || looks_like_a_file && !given.contains(':')
        {
            return Self::File(path.to_owned());
        }
        match given.split_once(':') {
            Some((revision, path)) => Self::Git {
                revision: revision.to_owned(),
                path: Some(PathBuf::from(path)),
            },
            None => Self::Git {
                revision: given.to_owned(),
                path: None,
            },
        }
    }
}

impl Side {
    /// What a text of the description is called: its own, or an overlay.
    pub(crate) fn name_of(&self, origin: Origin) -> &str {
        let overlay = match origin {
            Origin::Overlay(number) => self.overlays.name(number),
            Origin::File(number) => {
                let files = self.files.resolver();
                files.and_then(|files| files.file(number)).map(|it| it.name)
            }
            Origin::Spec | Origin::Config => None,
        };
        overlay.unwrap_or(&self.spec.name)
    }

    /// The description with its overlays, which are [`Overlays::sources`] of this side.
    pub(crate) fn description<'s>(&'s self, overlays: &'s [Source<'s>]) -> Description<'s> {
        Description {
            source: self.spec.source(),
            overlays,
            resolver: self.files.resolver(),
        }
    }

    /// The same with another description, which is in one file.
    pub(crate) fn with_spec(&self, spec: Text) -> Self {
        Self {
            spec,
            files: SpecFiles::default(),
            ..self.clone()
        }
    }

    /// The description that is given, or else that of an API of the project, with its configuration.
    pub(crate) fn of_arguments(
        spec: Option<&Path>,
        config: Option<&Path>,
        api: Option<&str>,
        context: &Context,
    ) -> Result<Self, Failure> {
        let workspace = context.folder();
        if let Some(spec) = spec {
            return Self::of_files(spec, config, workspace);
        }
        let api = context.project()?.api(api)?;
        // The configuration of an API need not exist.
        let own = api.config.is_file().then_some(api.config.as_path());
        Self::of_files(&api.spec, config.or(own), workspace)
    }

    /// A side from files.
    pub(crate) fn of_files(
        path: &Path,
        config: Option<&Path>,
        workspace: &Path,
    ) -> Result<Self, Failure> {
        let beside = path.with_file_name("sdk.toml");
        let has_config = config.is_some() || beside.is_file();
        let config_path = config.unwrap_or(&beside);
        let config = Text {
            name: input::shown(config_path, workspace),
            text: if has_config {
                input::config(config_path)?
            } else {
                String::new()
            },
        };
        let spec = Text {
            name: input::shown(path, workspace),
            text: input::spec(path, config.source())?,
        };
        let overlays = Overlays::read(config_path, config.source(), &[], workspace)?;
        Ok(Self {
            files: input::files(path, config.source(), workspace),
            spec,
            config,
            overlays,
            has_config,
        })
    }

    /// A side from a revision.
    pub(crate) fn of_revision(
        revision: &str,
        path: &Path,
        config: Option<&Path>,
        workspace: &Path,
    ) -> Result<Self, Failure> {
        let git = Git { workspace };
        git.resolve(revision)?;
        let spec_path = git.below(path)?;
        let spec = git.text(revision, &spec_path)?.ok_or_else(|| {
            Failure::usage(format!("no `{spec_path}` in `{revision}`")).help(format!(
                "specify its path at that revision: `{revision}:FILE`"
            ))
        })?;
        let (config, overlays, has_config) = match config {
            Some(path) => {
                let text = input::config(path)?;
                let name = input::shown(path, workspace);
                let config = Text { name, text };
                let overlays = Overlays::read(path, config.source(), &[], workspace)?;
                (config, overlays, true)
            }
            None => {
                let beside = match spec_path.rsplit_once('/') {
                    Some((folder, _)) => format!("{folder}/sdk.toml"),
                    None => "sdk.toml".to_owned(),
                };
                let found = git.text(revision, &beside)?;
                let has_config = found.is_some();
                let name = format!("{revision}:{beside}");
                let text = found.unwrap_or_default();
                let config = Text { name, text };
                let overlays = git.overlays(revision, &beside, &config)?;
                (config, overlays, has_config)
            }
        };
        let limits = Config::read(config.source()).unwrap_or_default().limits;
        Ok(Self {
            files: git.files(revision, &spec_path, limits.bytes()),
            spec: Text {
                name: format!("{revision}:{spec_path}"),
                text: spec,
            },
            config,
            overlays,
            has_config,
        })
    }
}

/// The repository that the workspace is in.
pub(crate) struct Git<'a> {
    pub(crate) workspace: &'a Path,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(arguments)
            .current_dir(self.workspace)
            .stdin(Stdio::null());
        command
    }

    /// What a command of git prints; `None` where it fails.
    pub(crate) fn output(&self, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
        let output = self.command(arguments).output().map_err(|error| {
            Failure::usage(format!("can't start git: {error}"))
                .help("pass two files instead of a revision")
        })?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Makes sure that there is such a commit.
    pub(crate) fn resolve(&self, revision: &str) -> Result<(), Failure> {
        let commit = format!("{revision}^{{commit}}");
        let found = self.output(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ])?;
        if found.is_some() {
            return Ok(());
        }
        if self.output(&["rev-parse", "--git-dir"])?.is_none() {
            let folder = self.workspace.display();
            return Err(
                Failure::usage(format!("`{folder}` isn't in a git repository"))
                    .help("pass two files instead of a revision"),
            );
        }
        let message = format!("`{revision}` is neither a file nor a revision of git");
        Err(Failure::usage(message).help("`git log` and `git tag` show what there is"))
    }

    /// Whether a revision has a file.
    pub(crate) fn has(&self, revision: &str, path: &Path) -> Result<bool, Failure> {
        let object = format!("{revision}:{}", self.below(path)?);
        let found = self.output(&["cat-file", "-e", "--end-of-options", &object])?;
        Ok(found.is_some())
    }

    /// The names of the folders in a folder of a revision.
    pub(crate) fn folders(&self, revision: &str, folder: &Path) -> Result<Vec<String>, Failure> {
        let tree = format!("{revision}:{}", self.below(folder)?);
        let listed = self.output(&[
            "ls-tree",
            "-d",
            "-z",
            "--name-only",
            "--end-of-options",
            &tree,
        ])?;
        let listed = listed.unwrap_or_default();
        let names = listed
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty());
        Ok(names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect())
    }

    /// The path of a file from the root of the repository, as git has it.
    pub(crate) fn below(&self, path: &Path) -> Result<String, Failure> {
        let text = path.display().to_string();
        if path.is_relative() {
            return Ok(slashed(path));
        }
        let found = self
            .output(&["rev-parse", "--show-toplevel"])?
            .unwrap_or_default();
        let root = String::from_utf8_lossy(&found).trim().to_owned();
        let below = canonical(path)
            .strip_prefix(canonical(Path::new(&root)))
            .map(Path::to_owned);
        match below {
            Ok(below) => Ok(slashed(&below)),
            Err(_) => Err(Failure::usage(format!(
                "`{text}` isn't in the repository `{root}`"
            ))),
        }
    }

    /// The overlays that a configuration in a revision lists, as they were in that revision.
    fn overlays(&self, revision: &str, path: &str, config: &Text) -> Result<Overlays, Failure> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut overlays = Overlays::default();
        for file in overlays::listed(config.source()) {
            let missing = || {
                let failure = Failure::usage(format!("no overlay `{file}` in `{revision}`"));
                failure.note(format!(
                    "it is listed under `overlays` in `{}`",
                    config.name
                ))
            };
            let path = overlays::in_git(folder, &file).ok_or_else(missing)?;
            let text = self.text(revision, &path)?.ok_or_else(missing)?;
            overlays.push(format!("{revision}:{path}"), text);
        }
        Ok(overlays)
    }

    /// What a description in a revision refers to, as it was in that revision.
    fn files(&self, revision: &str, spec: &str, most: u64) -> SpecFiles {
        let workspace = self.workspace.to_owned();
        let folder = spec.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (revision, below) = (revision.to_owned(), folder.to_owned());
        let top = self.output(&["rev-parse", "--show-toplevel"]);
        let top = top.ok().flatten().unwrap_or_default();
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim());
        SpecFiles::of_revision(most, top.join(folder), move |path| {
            let git = Git {
                workspace: &workspace,
            };
            let Some(path) = overlays::in_git(&below, path) else {
                return Ok(None);
            };
            let text = git.text(&revision, &path).map_err(|it| it.message)?;
            let name = format!("{revision}:{path}");
            Ok(text.map(|text| FileText::new(name, text)))
        })
    }

    /// The text of a file in a revision; `None` where it has none of that name.
    fn text(&self, revision: &str, path: &str) -> Result<Option<String>, Failure> {
        let object = format!("{revision}:{path}");
        let kind = self.output(&["cat-file", "-t", "--end-of-options", &object])?;
        if kind.is_some_and(|kind| kind.starts_with(b"tree")) {
            return Err(Failure::usage(format!("`{object}` is a folder"))
                .help("name the description in it"));
        }
        let Some(bytes) = self.output(&["show", "--end-of-options", &object])? else {
            return Ok(None);
        };
        match encoding::text(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Failure::usage(format!("`{object}` is not UTF-8"))),
        }
    }
}

/// A path without links in it, as far as it is there.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_is_a_file_or_a_revision() {
        let git = |revision: &str, path: Option<&str>| Location::Git {
            revision: revision.to_owned(),
            path: path.map(PathBuf::from),
        };
        assert_eq!(Location::of("HEAD~2"), git("HEAD~2", None));
        assert_eq!(Location::of("v1.0.0"), git("v1.0.0", None));
        assert_eq!(Location::of("v1.0.0:b.yaml"), git("v1.0.0", Some("b.yaml")));
        assert_eq!(
            Location::of("gone.yaml"),
            Location::File("gone.yaml".into())
        );
        assert_eq!(
            Location::of("Cargo.toml"),
            Location::File("Cargo.toml".into())
        );
    }
}
