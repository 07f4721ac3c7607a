//! `clientsmith update`: a refreshed description takes the place of an API's own.

mod carried;
mod operations;
mod statements;

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::{
    Change, ChangeKind, Diagnostic, Diff, DiffError, Severity, Source, Subject, WarningCode,
};

use crate::cli;
use crate::context::Context;
use crate::diff::sides::{Git, Side, Sides, Text};
use crate::diff::table;
use crate::failure::Failure;
use crate::files::cannot;
use crate::generate::{self, Made, Paths, Stages, Texts};
use crate::new::{self, Origin};
use crate::output::{Plan, whole};
use crate::program;
use crate::project::Api;
use crate::report::{count, written};
use crate::terminal::{Terminal, print};

/// Most times that a configuration is looked through: what is gone is commented out, and what needed it then.
const ROUNDS: usize = 20;

/// Brings an API up to date with a refreshed description.
pub(crate) fn run(
    arguments: &cli::Update,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let project = context.project()?;
    let api = project.api(arguments.name.as_deref())?;
    for path in [&api.spec, &api.config] {
        project.must_be_inside(path)?;
    }
    let paths = Paths::of(api.clone(), project)?;
    context.announce(terminal);
    let mut stages = Stages::new(terminal);
    let sides = sides(arguments, &api, context, &mut stages, terminal)?;
    stages.begin("comparing");
    let carried = carry_over(&sides.old, sides.new, terminal);
    stages.end();
    let carried = carried?;
    let notes = carried.notes();
    let sides = Sides {
        old: sides.old,
        new: carried.side,
    };
    print(&table::table(&carried.diff, &sides, terminal.out_color));
    print(&notes);
    if arguments.dry_run {
        return Ok(ExitCode::SUCCESS);
    }
    write(&api, &paths, &sides, context, terminal)?;
    Ok(ExitCode::SUCCESS)
}

/// The description as it was, and as it is to be, with the configuration of today.
fn sides(
    arguments: &cli::Update,
    api: &Api,
    context: &Context,
    stages: &mut Stages,
    terminal: &Terminal,
) -> Result<Sides, Failure> {
    let workspace = context.folder();
    let config = api.config.is_file().then_some(api.config.as_path());
    let now = Side::of_files(&api.spec, config, workspace)?;
    let given = arguments.spec.clone();
    let Some(origin) = given.or_else(|| new::downloaded_from(&now.config.text)) else {
        let git = Git { workspace };
        let old = Side::of_revision("HEAD", &api.spec, None, workspace);
        let old = old.and_then(|old| git.resolve("HEAD").map(|()| old));
        let old = old.map_err(|failure| {
            failure.help("pass the refreshed description with `--spec FILE`, or a URL")
        })?;
        // What it is called now is what it was called, unless somebody has said so.
        return Ok(Sides { old, new: now });
    };
    let text = new::text(&Origin::of(&origin), workspace, stages, terminal)?;
    let name = now.spec.name.clone();
    let refreshed = now.with_spec(Text { name, text });
    Ok(Sides {
        old: now,
        new: refreshed,
    })
}

/// A refreshed description with its configuration, and what became of that.
struct Carried {
    side: Side,
    diff: Diff,
    /// Operations and schemas with the names that they have now.
    followed: Vec<(String, String)>,
    /// What is commented out: where it is, and why.
    gone: Vec<(String, String)>,
}

impl Carried {
    /// What has happened to the configuration, in lines.
    fn notes(&self) -> String {
        let mut text = String::new();
        // Writing to a string can't fail.
        if !(self.followed.is_empty() && self.gone.is_empty()) {
            let _ = writeln!(text, "\n{}", self.side.config.name);
        }
        for (old, new) in &self.followed {
            let (old, new) = (old.escape_debug(), new.escape_debug());
            let _ = writeln!(text, "  followed       {old} is now {new}");
        }
        for (place, why) in &self.gone {
            let (place, why) = (place.escape_debug(), why.replace('`', ""));
            let _ = writeln!(text, "  commented out  {place}: {}", why.escape_debug());
        }
        text
    }
}

/// Compares the two sides, with a configuration in which nothing is left that the new description doesn't have.
fn carry_over(old: &Side, mut new: Side, terminal: &Terminal) -> Result<Carried, Failure> {
    let mut followed = followed_operations(old, &mut new);
    let mut gone = Vec::new();
    for _ in 0..ROUNDS {
        let outcome = compared(old, &new);
        let (found, diagnostics) = match &outcome {
            Ok(diff) => (Some(diff), &diff.warnings),
            Err(error) if !error.is_old => (None, &error.diagnostics),
            Err(_) => break,
        };
        let mut wrong: Vec<&Diagnostic> = diagnostics.iter().filter(|it| is_gone(it)).collect();
        if found.is_none() {
            // What was renamed is known once the two can be compared.
            wrong.retain(|it| it.severity == Severity::Error);
        }
        // What is behind goes first: positions in lists stay.
        wrong.sort_by_key(|it| std::cmp::Reverse(it.span.as_ref().map(|span| span.start)));
        let renamed: &[Change] = found.map_or(&[], |diff| &diff.changes);
        let mut text = new.config.text.clone();
        for diagnostic in wrong {
            if let Some((from, to)) = renamed_type(&diagnostic.pointer, renamed) {
                text = carried::renamed(&text, "types", &from, &to);
                followed.push((from, to));
                continue;
            }
            let reason = reason(diagnostic);
            let out = carried::commented_out(&text, &diagnostic.pointer, &reason);
            if let Some(without) = out {
                text = without;
                let place = carried::tokens(&diagnostic.pointer).join(".");
                gone.push((place, diagnostic.message.clone()));
            }
        }
        if text == new.config.text {
            break;
        }
        new.config.text = text;
    }
    gone.reverse();
    let diff = crate::diff::compare(old, &new, terminal)?;
    Ok(Carried {
        side: new,
        diff,
        followed,
        gone,
    })
}

/// Compares the two sides, and tells nothing.
fn compared(old: &Side, new: &Side) -> Result<Diff, DiffError> {
    let overlays = [old.overlays.sources(), new.overlays.sources()];
    let [old_overlays, new_overlays] = &overlays;
    codegen::diff(
        (old.description(old_overlays), old.config.source()),
        (new.description(new_overlays), new.config.source()),
    )
}

/// Whether something is said of the configuration because the description hasn't got what it is about. The crate
/// itself is none of the description's business.
fn is_gone(diagnostic: &Diagnostic) -> bool {
    let is_about = |table: &str| {
        let rest = diagnostic.pointer.strip_prefix(table);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let is_config = diagnostic.origin == codegen::Origin::Config;
    let is_of_description = TABLES.into_iter().any(is_about);
    is_config
        && is_of_description
        && (diagnostic.severity == Severity::Error
            || diagnostic.code == Some(WarningCode::UnknownName))
}

/// What is said above lines that are commented out.
fn reason(diagnostic: &Diagnostic) -> String {
    let what = match diagnostic.severity {
        Severity::Warning => "Not in the description any more",
        // It is there, and isn't what it was.
        Severity::Error => "No longer suits the description",
    };
    format!("{what}: {}", diagnostic.message)
}

/// The tables whose keys and values name parts of a description.
const TABLES: [&str; 10] = [
    "/operations",
    "/types",
    "/resources",
    "/credentials",
    "/waiters",
    "/formats",
    "/pages",
    "/only",
    "/docs",
    "/client/parameters",
];

/// Gives the operations of the configuration the names that they have now.
fn followed_operations(old: &Side, new: &mut Side) -> Vec<(String, String)> {
    let (old_overlays, overlays) = (old.overlays.sources(), new.overlays.sources());
    let renamed = operations::followed(old.description(&old_overlays), new.description(&overlays));
    let mut text = new.config.text.clone();
    let mut followed = Vec::new();
    for (from, to) in renamed {
        let mut other = text.clone();
        if !carried::has(&other, "operations", &to) {
            other = carried::renamed(&other, "operations", &from, &to);
        }
        if let Some(values) = carried::with_other_values(&other, &from, &to) {
            other = values;
        }
        if other != text {
            text = other;
            followed.push((from, to));
        }
    }
    new.config.text = text;
    followed
}

/// The names of a schema before and after, where what is said of it is wrong because it was renamed.
fn renamed_type(pointer: &str, changes: &[Change]) -> Option<(String, String)> {
    let tokens = carried::tokens(pointer);
    let [table, key] = tokens.as_slice() else {
        return None;
    };
    let schema = |pointer: &str| -> Option<String> {
        let tokens = carried::tokens(pointer);
        let [components, schemas, name] = tokens.as_slice() else {
            return None;
        };
        (components == "components" && schemas == "schemas").then(|| name.clone())
    };
    let mut changes = changes
        .iter()
        .filter(|it| it.kind == ChangeKind::Renamed && it.subject == Subject::Type);
    let change = changes.find(|it| {
        let old = it.old.as_ref().and_then(|place| schema(&place.pointer));
        table == "types" && old.as_ref() == Some(key)
    })?;
    let new = change
        .new
        .as_ref()
        .and_then(|place| schema(&place.pointer))?;
    (new != *key).then(|| (key.clone(), new))
}

/// Writes the description, the configuration and the crate: all of them or none.
fn write(
    api: &Api,
    paths: &Paths,
    sides: &Sides,
    context: &Context,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let side = &sides.new;
    let texts = Texts::given(
        side.spec.name.clone(),
        side.spec.text.clone(),
        side.config.name.clone(),
        side.config.text.clone(),
        side.overlays.clone(),
    )
    .with_files(side.files.clone());
    let mut stages = Stages::new(terminal);
    let made = generate::make(&texts, paths, &[], &mut stages);
    stages.end();
    let overlays = side.overlays.sources();
    let spec = side.description(&overlays);
    let config: Source<'_> = side.config.source();
    let Made { generated, plan } =
        made.map_err(|it| generate::refused(&it, spec, config, terminal))?;
    let plan: Plan = plan?;
    let mut replaced = Replaced::default();
    for (path, text) in [
        (&api.spec, &side.spec.text),
        (&api.config, &side.config.text),
    ] {
        if !replaced.put(path, text)? {
            continue;
        }
        print(&format!("  wrote {}\n", context.shown(path)));
    }
    plan.apply()?;
    replaced.keep();
    let folder = context.shown(&api.out);
    let warnings = generated.warnings.len();
    print(&written(&plan, &folder, &generated.summary, warnings));
    if warnings > 0 {
        let command = program::command(&format!("codegen {}", api.name));
        terminal.note(&format!(
            "`{command}` shows the {}",
            count(warnings, "warning")
        ));
    }
    Ok(())
}

/// Files that have another text, and the one that they had: unless they are to be kept, they get it back.
#[derive(Default)]
struct Replaced(Vec<(PathBuf, Option<Vec<u8>>)>);

impl Replaced {
    /// Puts a text into a file; says whether it is another one.
    fn put(&mut self, path: &Path, text: &str) -> Result<bool, Failure> {
        // What is there may be UTF-16, and comes back as it was.
        let before = match fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(cannot("read", path, &error)),
        };
        let is_same = match &before {
            Some(before) => before == text.as_bytes(),
            None => text.is_empty(),
        };
        if is_same {
            return Ok(false);
        }
        whole::write(path, text)?;
        self.0.push((path.to_owned(), before));
        Ok(true)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        for (path, before) in self.0.drain(..) {
            // What can't be put back is named by the failure of what couldn't be written.
            let _ = match before {
                Some(bytes) => whole::write(&path, &bytes),
                None => fs::remove_file(&path).map_err(|error| cannot("remove", &path, &error)),
            };
        }
    }
}
