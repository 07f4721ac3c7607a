//! `clientsmith codegen --watch`: generates whenever what it reads has changed.
//!
//! The files are looked at four times a second. That is nothing next to one run, and works where
//! messages of the system don't: over networks and in containers, and with editors that put another
//! file in the place of the old one.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use codegen::{Severity, Source};

use super::stages::Stages;
use super::texts::Texts;
use super::{Made, Paths, make};
use crate::failure::Failure;
use crate::input;
use crate::output::{Change, Plan};
use crate::report::{count, counts};
use crate::terminal::{Terminal, print};

/// How often the files are looked at.
const TICK: Duration = Duration::from_millis(250);

/// Most files that a line names.
const NAMED: usize = 3;

/// Generates, and again whenever a file has changed. Ends when the process is ended.
pub(super) fn run(jobs: Vec<Paths>, only: &[String], workspace: &Path, terminal: &Terminal) -> ! {
    let mut watched: Vec<Watched> = jobs.into_iter().map(Watched::new).collect();
    for it in &mut watched {
        it.find_files(workspace);
    }
    let files = watched.iter_mut().flat_map(Watched::files);
    let names: Vec<String> = files.map(|path| input::shown(&path, workspace)).collect();
    print(&format!(
        "watching {}; press Ctrl-C to stop\n",
        names.join(", ")
    ));
    loop {
        for it in &mut watched {
            let marks = Marks::of(&it.files());
            if it.is_due(marks) {
                print(&round(it, only, workspace, terminal));
            }
        }
        thread::sleep(TICK);
    }
}

/// An API that is watched.
struct Watched {
    paths: Paths,
    /// The overlays that its configuration lists, and how that was when it was read for them.
    overlays: (Option<Mark>, Vec<PathBuf>),
    /// What the description refers to in other files.
    others: Vec<PathBuf>,
    /// How its files were when they were looked at last.
    seen: Option<Marks>,
    /// How they were when they were generated from last.
    used: Option<Marks>,
    /// What it was warned of.
    warnings: Vec<String>,
}

impl Watched {
    fn new(paths: Paths) -> Self {
        Self {
            paths,
            overlays: (None, Vec::new()),
            others: Vec::new(),
            seen: None,
            used: None,
            warnings: Vec::new(),
        }
    }

    /// All that is read: what the configuration lists is found anew once that has changed.
    fn files(&mut self) -> Vec<PathBuf> {
        if let Some(config) = &self.paths.config {
            let mark = mark(config);
            if mark != self.overlays.0 {
                let text = input::config(config).unwrap_or_default();
                let source = Source {
                    name: "",
                    text: &text,
                };
                self.overlays = (mark, input::overlays::files(config, source));
            }
        }
        let own = [&self.paths.spec].into_iter().chain(&self.paths.config);
        let overlays = self.overlays.1.iter().chain(&self.paths.overlays);
        own.chain(overlays).chain(&self.others).cloned().collect()
    }

    /// Finds what the description refers to, before it is generated from for the first time.
    fn find_files(&mut self, workspace: &Path) {
        if let Ok(texts) = Texts::read(&self.paths, workspace) {
            let overlays = texts.overlays.sources();
            // What is wrong is reported when it is generated from.
            let _ = codegen::bundle(texts.description(&overlays));
            self.keep_files(&texts);
        }
    }

    /// Notes what was read, whether it is there or not.
    fn keep_files(&mut self, texts: &Texts) {
        let folder = self.paths.spec.parent().unwrap_or(Path::new(""));
        let others = texts.files.paths().into_iter();
        self.others = others.map(|path| folder.join(path)).collect();
        self.others.sort();
    }

    /// Whether to generate now that the files are so: they have changed since the last run, and are
    /// as they were a moment ago, so that nobody is in the middle of writing them. The first run
    /// waits for nothing.
    fn is_due(&mut self, now: Marks) -> bool {
        let is_settled = self.seen.as_ref().is_none_or(|seen| *seen == now);
        let is_due = is_settled && self.used.as_ref() != Some(&now);
        if is_due {
            self.used = Some(now.clone());
        }
        self.seen = Some(now);
        is_due
    }
}

/// What shows that the files of an API are others than before.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Marks(Vec<Option<Mark>>);

/// When a file was changed, and its length.
type Mark = (SystemTime, u64);

fn mark(path: &Path) -> Option<Mark> {
    let found = fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}

impl Marks {
    fn of(files: &[PathBuf]) -> Self {
        Self(files.iter().map(|path| mark(path)).collect())
    }
}

/// Generates once; the line that tells how that went.
fn round(watched: &mut Watched, only: &[String], workspace: &Path, terminal: &Terminal) -> String {
    let paths = &watched.paths;
    let folder = input::shown(&paths.out, workspace);
    let mut stages = Stages::new(terminal);
    let outcome = Texts::read(paths, workspace).map(|texts| {
        let made = make(&texts, paths, only, &mut stages);
        (texts, made)
    });
    let seconds = stages.elapsed().as_secs_f64();
    drop(stages);
    let (texts, made) = match outcome {
        Ok(read) => read,
        Err(failure) => return failed(&folder, &failure, terminal),
    };
    watched.keep_files(&texts);
    let warned = &mut watched.warnings;
    let overlays = texts.overlays.sources();
    let spec = texts.description(&overlays);
    match made {
        Err(diagnostics) => {
            let failure = super::refused(&diagnostics, spec, texts.config(), terminal);
            format!("{folder}: {}\n", failure.message)
        }
        Ok(Made { generated, plan }) => {
            // What was said before and still holds would only hide what is new.
            let warnings: Vec<String> = generated
                .warnings
                .iter()
                .map(|it| it.message.clone())
                .collect();
            let new = generated
                .warnings
                .iter()
                .filter(|it| it.severity == Severity::Warning && !warned.contains(&it.message));
            super::report(new, spec, texts.config(), terminal);
            *warned = warnings;
            let written = plan.and_then(|plan| plan.apply().map(|()| plan));
            match written {
                Err(failure) => failed(&folder, &failure, terminal),
                Ok(plan) => {
                    let line = changed(&plan, &folder);
                    let counts = counts(&generated.summary);
                    let mut line = format!("{line} ({seconds:.1} s; {counts}");
                    if !warned.is_empty() {
                        line.push_str("; ");
                        line.push_str(&count(warned.len(), "warning"));
                    }
                    line + ")\n"
                }
            }
        }
    }
}

fn failed(folder: &str, failure: &Failure, terminal: &Terminal) -> String {
    terminal.failure(failure);
    format!("{folder}: {}\n", failure.message)
}

/// The files that changed, on one line.
fn changed(plan: &Plan, folder: &str) -> String {
    let verb = |change: &Change| match change {
        Change::Unchanged => None,
        Change::Removed { .. } => Some("removed"),
        Change::Added | Change::Changed { .. } => Some("wrote"),
    };
    let changes = plan.entries.iter();
    let changes: Vec<(&str, &str)> = changes
        .filter_map(|entry| Some((verb(&entry.change)?, entry.path.as_str())))
        .collect();
    if changes.is_empty() {
        return format!("{folder}: unchanged");
    }
    let mut parts = Vec::new();
    let mut last = "";
    for (verb, path) in changes.iter().take(NAMED) {
        parts.push(if *verb == last {
            (*path).to_owned()
        } else {
            format!("{verb} {path}")
        });
        last = verb;
    }
    let more = changes.len().saturating_sub(NAMED);
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    format!("{folder}: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(time: u64, length: u64) -> Marks {
        Marks(vec![
            Some((SystemTime::UNIX_EPOCH + Duration::from_secs(time), length)),
            None,
        ])
    }

    #[test]
    fn files_are_generated_from_once_they_have_settled() {
        let mut it = Watched::new(Paths {
            form: None,
            spec: PathBuf::new(),
            config: None,
            config_is_given: false,
            overlays: Vec::new(),
            out: PathBuf::new(),
        });
        assert!(it.is_due(marks(1, 10)), "the first run waits for nothing");
        assert!(!it.is_due(marks(1, 10)), "nothing has changed");
        assert!(!it.is_due(marks(2, 0)), "it is being written");
        assert!(!it.is_due(marks(2, 5)), "it is still being written");
        assert!(it.is_due(marks(2, 5)), "it has been written");
        assert!(!it.is_due(marks(2, 5)));
        assert!(!it.is_due(Marks(vec![None, None])), "it is being replaced");
        assert!(it.is_due(Marks(vec![None, None])), "it is gone");
        assert!(!it.is_due(marks(2, 5)));
        assert!(it.is_due(marks(2, 5)), "it is back");
    }

    #[test]
    fn overlays_are_watched_as_the_configuration_lists_them() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut it = Watched::new(Paths {
            form: None,
            spec: at("openapi.yaml"),
            config: Some(at("sdk.toml")),
            config_is_given: false,
            overlays: vec![at("more.yaml")],
            out: PathBuf::new(),
        });
        let own = [at("openapi.yaml"), at("sdk.toml")];
        assert_eq!(it.files(), [&own[..], &[at("more.yaml")]].concat());
        fs::write(at("sdk.toml"), "overlays = [\"fix.yaml\"]\n").unwrap();
        let all = [&own[..], &[at("fix.yaml"), at("more.yaml")]].concat();
        assert_eq!(it.files(), all);
        let before = Marks::of(&it.files());
        fs::write(at("fix.yaml"), "overlay: 1.0.0\n").unwrap();
        assert_ne!(before, Marks::of(&it.files()));
    }
}
