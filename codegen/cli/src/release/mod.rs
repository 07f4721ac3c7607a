//! `clientsmith release`.

mod changelog;
mod last;
mod semver;
mod version;

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use codegen::{Diff, Generated, Step};

use crate::cli;
use crate::context::Context;
use crate::diff::sides::{Git, Side};
use crate::diff::{compare, entry};
use crate::failure::Failure;
use crate::generate::refused;
use crate::input;
use crate::output::{Plan, whole};
use crate::program;
use crate::project::{Api, Project};
use crate::report::{count, written};
use crate::terminal::{Terminal, print};

use changelog::Changelog;
use version::Version;

/// Makes a release ready, or tells whether it is.
pub(crate) fn run(
    arguments: &cli::Release,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let day = match &arguments.date {
        Some(day) => version::day(day)?,
        None => version::today(),
    };
    let project = context.project()?;
    if arguments.all {
        return check_all(arguments, project, terminal);
    }
    let api = project.api(arguments.name.as_deref())?;
    let release = Release::of(arguments, api, project, terminal)?;
    if arguments.check {
        return release.check(terminal);
    }
    context.announce(terminal);
    release.make(&day, terminal)?;
    Ok(ExitCode::SUCCESS)
}

/// Tells of all APIs whether they are ready: what is wrong with one is no reason not to look at the others.
fn check_all(
    arguments: &cli::Release,
    project: &Project,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let mut code = ExitCode::SUCCESS;
    for api in project.all()? {
        print(&format!("{}: ", api.name));
        let checked = Release::of(arguments, api, project, terminal)
            .and_then(|release| release.check(terminal));
        if let Err(failure) = checked {
            terminal.failure(&failure);
            code = failure.code();
        }
    }
    Ok(code)
}

/// What is to be released.
struct Release<'a> {
    project: &'a Project,
    api: Api,
    now: Side,
    version: Version,
    /// The last release, if there was one, and what has changed since.
    since: Option<(String, Diff)>,
    /// Whether emitted code differs from that of the last release, whatever the description says.
    code_differs: bool,
}

impl<'a> Release<'a> {
    fn of(
        arguments: &cli::Release,
        api: Api,
        project: &'a Project,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let workspace = project.root();
        for path in [&api.config, &api.out] {
            project.must_be_inside(path)?;
        }
        let now = Side::of_files(&api.spec, Some(&api.config), workspace)?;
        let version = Version::find(&now.config)?;
        let git = Git { workspace };
        let is_first = project.is_first(&api);
        let last = last::release(&git, &api.name, is_first, arguments.since.as_deref())?;
        let mut code_differs = false;
        let since = match last {
            None => None,
            Some(revision) => {
                let old = Side::of_revision(&revision, &api.spec, None, workspace)?;
                code_differs = last::code_differs(&git, &revision, &api.out)?;
                let found = compare(&old, &now, terminal)?;
                Some((revision, found))
            }
        };
        Ok(Self {
            project,
            api,
            now,
            version,
            since,
            code_differs,
        })
    }

    /// The step that the release takes.
    fn step(&self) -> Step {
        let found = self.since.as_ref().map_or(Step::None, |it| it.1.step());
        if self.code_differs {
            found.max(Step::Patch)
        } else {
            found
        }
    }

    /// The version that the release has at least.
    fn least(&self) -> Result<String, Failure> {
        let Some((_, found)) = &self.since else {
            return Ok(self.version.text.clone());
        };
        self.step().after(&found.old_version).ok_or_else(|| {
            let message = format!(
                "`{}` is not a version of the form MAJOR.MINOR.PATCH",
                found.old_version
            );
            Failure::work(message)
        })
    }

    /// The version that is released.
    fn next(&self) -> Result<String, Failure> {
        let least = self.least()?;
        Ok(if version::is_at_least(&self.version.text, &least) {
            self.version.text.clone()
        } else {
            least
        })
    }

    fn make(&self, day: &str, terminal: &Terminal) -> Result<(), Failure> {
        let next = self.next()?;
        if let Some((revision, found)) = &self.since {
            if self.step() == Step::None {
                let name = &self.api.name;
                print(&format!("`{name}` has not changed since {revision}\n"));
                return Ok(());
            }
            let changes = match found.changes.len() {
                0 => "only documentation and code".to_owned(),
                many => count(many, "change"),
            };
            let step = self.step().name();
            print(&format!(
                "{changes} since {revision}: a {step} version bump\n"
            ));
            if self.code_differs && found.step() < Step::Minor {
                terminal.note(&format!(
                    "the emitted code differs too; `{}` compares it",
                    self.command(" --check")
                ));
            }
        }
        let config = self.version.replaced(&next);
        let generated = self.generate(&config, terminal)?;
        let warnings = generated.warnings.len();
        let files = generated.files.into_iter().map(|it| (it.path, it.text));
        let plan = Plan::new(&self.api.out, files.collect())?;
        let path = self.changelog();
        let log = Changelog::read(&path)?;
        let entry = match &self.since {
            Some((_, found)) => entry(found, Some(&next), Some(day)),
            None => format!("## {next} ({day})\n\nInitial release.\n"),
        };
        let with_entry = log.with(&self.api.name, &next, &entry);
        // The configuration is last: as long as it has the old version, all of this is done again.
        plan.apply()?;
        let folder = input::shown(&self.api.out, self.project.root());
        print(&written(&plan, &folder, &generated.summary, warnings));
        self.tell_lacking(&log, &next, &entry, terminal);
        if let Some(text) = &with_entry {
            whole::write(&path, text)?;
            print(&format!(
                "  wrote {}: {next}\n",
                input::shown(&path, self.project.root())
            ));
        }
        if config != self.now.config.text {
            whole::write(&self.api.config, &config)?;
            let (name, old) = (&self.now.config.name, &self.version.text);
            print(&format!("  wrote {name}: version {old} -> {next}\n"));
        }
        self.update_locks(terminal);
        print(&self.what_is_next(&next));
        Ok(())
    }

    fn generate(&self, config: &str, terminal: &Terminal) -> Result<Generated, Failure> {
        let overlays = self.now.overlays.sources();
        let spec = self.now.description(&overlays);
        let name = &self.now.config.name;
        let config = codegen::Source { name, text: config };
        codegen::generate(spec, config)
            .map_err(|diagnostics| refused(&diagnostics, spec, config, terminal))
    }

    fn changelog(&self) -> PathBuf {
        self.api.out.join("CHANGELOG.md")
    }

    /// The lock files name the versions of the project's own packages.
    fn update_locks(&self, terminal: &Terminal) {
        for manifest in self.project.manifests() {
            let manifest = input::slashed(&manifest);
            let arguments = [
                "update",
                "--workspace",
                "--offline",
                "--quiet",
                "--manifest-path",
            ];
            let done = Command::new("cargo")
                .args(arguments)
                .arg(&manifest)
                .current_dir(self.project.root())
                .stdin(Stdio::null())
                .stderr(Stdio::null())
                .status();
            if !done.is_ok_and(|status| status.success()) {
                terminal.note(&format!(
                    "the lock file was not updated: run `cargo update --workspace --manifest-path {manifest}`"
                ));
            }
        }
    }

    fn what_is_next(&self, next: &str) -> String {
        let name = &self.api.name;
        let package = program::command(&format!("package {name}"));
        format!(
            "\n{name} {next} is prepared. Next steps:\n  \
             git diff                       # review the changes\n  \
             cargo test --workspace\n  \
             {package}   # build what is published, by itself\n  \
             git add --all\n  \
             git commit --message \"{name} {next}\"\n  \
             git tag {name}-v{next}\n  \
             cargo publish --package {name}\n"
        )
    }

    /// Tells what an entry that is there, and stays, doesn't have.
    fn tell_lacking(&self, log: &Changelog, next: &str, entry: &str, terminal: &Terminal) {
        let lacking = log.lacking(next, entry);
        if !lacking.is_empty() {
            terminal.note(&format!(
                "`{}` already has an entry for {next}, which is kept; it lacks:\n{}",
                input::shown(&self.changelog(), self.project.root()),
                lacking.join("\n")
            ));
        }
    }

    /// Tells whether it is ready.
    fn check(&self, terminal: &Terminal) -> Result<ExitCode, Failure> {
        let version = &self.version.text;
        let mut wrong = Vec::new();
        match &self.since {
            None => print(&format!("{version} is the first release\n")),
            Some((revision, _)) if self.step() == Step::None => {
                let name = &self.api.name;
                print(&format!("`{name}` has not changed since {revision}\n"));
                return Ok(ExitCode::SUCCESS);
            }
            Some((revision, found)) => {
                let (step, least) = (self.step().name(), self.least()?);
                let changes = count(found.changes.len(), "change");
                print(&format!(
                    "{changes} since {revision}: requires a {step} bump to at least {least}; the version is {version}\n"
                ));
                if !version::is_at_least(version, &least) {
                    wrong.push(format!(
                        "{version} is too low, at least {least} is required"
                    ));
                }
            }
        }
        let path = self.changelog();
        if !Changelog::read(&path)?.has(version) {
            let shown = input::shown(&path, self.project.root());
            wrong.push(format!("`{shown}` has no entry for {version}"));
        }
        if let Some((revision, found)) = &self.since {
            wrong.extend(semver::check(
                self.project.root(),
                &self.api,
                revision,
                found,
                terminal,
            )?);
        }
        if wrong.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        let failure = Failure::work(wrong.join("; "));
        Err(failure.help(format!(
            "run `{}`, which updates version and changelog",
            self.command("")
        )))
    }

    /// The command with some options for this API: without a name, it is about the first one.
    fn command(&self, options: &str) -> String {
        let command = if self.project.is_first(&self.api) {
            format!("release{options}")
        } else {
            format!("release {}{options}", self.api.name)
        };
        program::command(&command)
    }
}
