//! What `diff` says of an edit, held against the public API of the crates before and after it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use codegen::{Effect, GeneratedFile, Source};

use crate::edits::{self, Base};
use crate::listing;
use crate::tree::Tree;

fn sources<'a>(spec: &'a str, config: &'a str) -> (Source<'a>, Source<'a>) {
    let source = |name, text| Source { name, text };
    (source("ships.yaml", spec), source("sdk.toml", config))
}

/// The files of the crate of two texts.
pub fn files(spec: &str, config: &str) -> Vec<GeneratedFile> {
    let (spec, config) = sources(spec, config);
    let generated = codegen::generate(spec, config);
    generated.unwrap_or_else(|found| panic!("{found:#?}")).files
}

fn write_files(folder: &Path, files: &[GeneratedFile]) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
}

/// Writes the crate of two texts into a folder.
pub fn write_crate(folder: &Path, spec: &str, config: &str) {
    write_files(folder, &files(spec, config));
}

/// The public API of a crate.
fn api(files: &[GeneratedFile]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path(), files);
    let text = listing::list(&Tree::read(&folder.path().join("src")), "it");
    text.lines().map(str::to_owned).collect()
}

/// Lines as semver counts them: a trait a line, without values of constants and without warnings.
fn counted(lines: &BTreeSet<String>) -> BTreeSet<String> {
    let mut counted = BTreeSet::new();
    for line in lines {
        let mut line = line.replace("#[deprecated] ", "");
        if let (true, Some(value)) = (line.starts_with("pub const"), line.find(" = ")) {
            line.truncate(value);
        }
        match line
            .strip_prefix("impl ")
            .and_then(|it| it.split_once(" for "))
        {
            Some((traits, name)) => {
                let traits = traits.split(" + ");
                counted.extend(traits.map(|it| format!("impl {it} for {name}")));
            }
            None => drop(counted.insert(line)),
        }
    }
    counted
}

/// What is worse about a new API, by its lines alone.
fn effect(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Effect {
    let (before, after) = (counted(old), counted(new));
    let gone = before.difference(&after).next().is_some();
    if gone || before_has_parts(&before, &after) {
        return Effect::Breaking;
    }
    let is_deprecated = |lines: &BTreeSet<String>| {
        let marked = lines.iter().filter(|it| it.contains("#[deprecated]"));
        marked.count()
    };
    if before == after && is_deprecated(old) == is_deprecated(new) {
        return Effect::None;
    }
    Effect::Additive
}

/// Where a change means more than lines of an API show, or lines show what nobody sees: why.
const EXPLAINED: &[(&str, &str)] = &[
    (
        "another name of a path's parameter",
        "names of arguments are shown, and nobody writes them",
    ),
    (
        "another end of a wait",
        "the same program ends its wait elsewhere",
    ),
    (
        "another variable",
        "a variable of the environment is in nobody's code",
    ),
    (
        "another name of the crate",
        "the listing is of a crate without a name",
    ),
];

/// Whether a struct that users write out, and that was there before, has other fields.
fn before_has_parts(before: &BTreeSet<String>, after: &BTreeSet<String>) -> bool {
    let owner = |line: &String| {
        let end = line.find("Parts::")? + "Parts".len();
        line[..end].rsplit(' ').next().map(str::to_owned)
    };
    // A struct that users write out can't have a field more.
    let owners: BTreeSet<String> = before.iter().filter_map(owner).collect();
    after
        .difference(before)
        .filter_map(owner)
        .any(|name| owners.contains(&name))
}

/// What `diff` finds out about an edit.
pub fn difference(edit: &edits::Edit) -> codegen::Diff {
    let (spec, config) = edit.texts();
    let old = sources(edit.base.spec, edit.base.config);
    let found = codegen::diff(old, sources(&spec, &config));
    found.unwrap_or_else(|error| panic!("{}: {error:#?}", edit.name))
}

#[test]
fn what_is_said_of_an_edit_is_what_it_does_to_the_crate() {
    let mut before: BTreeMap<&str, (Vec<GeneratedFile>, BTreeSet<String>)> = BTreeMap::new();
    let mut text = String::new();
    let mut wrong = String::new();
    for edit in edits::all() {
        let (spec, config) = edit.texts();
        let Base {
            spec: old,
            config: old_config,
        } = edit.base;
        let found = difference(edit);
        let (old_files, old) = before.entry(old).or_insert_with(|| {
            let files = files(old, old_config);
            let api = api(&files);
            (files, api)
        });
        let new = files(&spec, &config);
        // Sources that are the same have the same API: reading them takes most of the time.
        let sources = |files: &[GeneratedFile]| -> Vec<GeneratedFile> {
            let sources = files.iter().filter(|it| it.path.starts_with("src/"));
            sources.cloned().collect()
        };
        let seen = if sources(old_files) == sources(&new) {
            Effect::None
        } else {
            effect(old, &api(&new))
        };
        let version = found.next_version().unwrap();
        writeln!(text, "# {}: {} ({version})", edit.name, found.step().name()).unwrap();
        for change in &found.changes {
            let place = |place: &Option<codegen::Place>| match place {
                Some(place) => format!("{}:{}", place.line, place.column),
                None => "none".to_owned(),
            };
            let (old, new) = (place(&change.old), place(&change.new));
            writeln!(text, "{} [{old} -> {new}]", change.text).unwrap();
            for (word, it) in [("rust", &change.rust), ("wire", &change.wire)] {
                writeln!(text, "    {word} {}: {}", it.effect.name(), it.text).unwrap();
            }
        }
        if found.reworded > 0 {
            writeln!(text, "reworded: {}", found.reworded).unwrap();
        }
        let is_explained = EXPLAINED.iter().any(|(name, _)| *name == edit.name);
        assert!(
            !is_explained || found.rust() != seen,
            "{} needs no reason",
            edit.name
        );
        if found.rust() != seen && !is_explained {
            let said = found.rust().name();
            writeln!(wrong, "{}: said {said}, seen {}", edit.name, seen.name()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n{text}");
    insta::assert_snapshot!(text);
}
