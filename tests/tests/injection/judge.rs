//! What is the same whatever the texts say.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use codegen::{Generated, Severity, Source};

use crate::kitchen::{Assignment, Kitchen};
use crate::prose::Outline;
use crate::skeleton::{Skeleton, is_free};

/// What became of a description.
#[derive(Debug)]
pub enum Outcome {
    /// The crate is the one that harmless texts give, but for its texts and names.
    Same,
    /// Something was left out, and a warning says so.
    LeftOut(String),
    /// No crate was made, for this reason.
    Refused(String),
    /// A text is where none belongs.
    Broken(String),
}

/// A crate, taken apart.
pub struct Crate {
    files: Vec<(String, Part)>,
    manifest: toml::Table,
    warnings: Vec<String>,
    outline: Outline,
}

/// What a file has of one kind.
type Kind = fn(&Skeleton) -> &BTreeSet<String>;

/// What no text may add to.
const KINDS: [(&str, Kind); 3] = [
    ("attribute", |it| &it.attributes),
    ("macro", |it| &it.macros),
    ("import", |it| &it.imports),
];

enum Part {
    Rust(Skeleton),
    Text,
    /// What is the same in every crate.
    Constant(String),
}

/// A kitchen and the crate that it gives while all its texts are harmless.
pub struct Judge {
    pub kitchen: Kitchen,
    harmless: Crate,
}

impl Judge {
    pub fn new(kitchen: Kitchen) -> Self {
        let (spec, config) = kitchen.texts(&mut Assignment::new());
        let generated = generate(&spec, &config).expect("no panic");
        let generated = generated.unwrap_or_else(|said| panic!("refused: {}", said.join("\n")));
        let harmless = Crate::of(&generated).expect("a harmless crate");
        Self { kitchen, harmless }
    }

    /// What becomes of a description. Where `wholly`, everything has to be there.
    pub fn outcome_of(&self, spec: &str, config: &str, wholly: bool) -> Outcome {
        let generated = match generate(spec, config) {
            Err(panic) => return Outcome::Broken(format!("panic: {panic}")),
            Ok(Err(said)) if said.is_empty() => {
                return Outcome::Broken("refused without a word".to_owned());
            }
            Ok(Err(mut said)) => return Outcome::Refused(said.swap_remove(0)),
            Ok(Ok(generated)) => generated,
        };
        let made = match Crate::of(&generated) {
            Ok(made) => made,
            Err(wrong) => return Outcome::Broken(wrong),
        };
        if let Err(wrong) = self.harmless.bounds(&made) {
            return Outcome::Broken(wrong);
        }
        match self.harmless.compare(&made) {
            Ok(()) => Outcome::Same,
            Err(wrong) if !wholly => Outcome::LeftOut(wrong),
            Err(wrong) => {
                let known = &self.harmless.warnings;
                let new = made.warnings.into_iter().find(|it| !known.contains(it));
                new.map_or(Outcome::Broken(wrong), Outcome::LeftOut)
            }
        }
    }

    /// What becomes of the kitchen with these texts, as far as they can be put together: nothing
    /// where it is a crate like the harmless one, and else the outcomes of as few of the texts as
    /// there are behind it.
    pub fn settle(&self, mut assigned: Assignment) -> Vec<(Assignment, Outcome)> {
        let (spec, config) = self.kitchen.texts(&mut assigned);
        let outcome = self.outcome_of(&spec, &config, true);
        if matches!(outcome, Outcome::Same) {
            return Vec::new();
        }
        if assigned.len() > 1 {
            let middle = assigned.len() / 2;
            let part = |skip: usize, take: usize| -> Assignment {
                let part = assigned.iter().skip(skip).take(take);
                part.map(|(word, text)| (word.clone(), text.clone()))
                    .collect()
            };
            let mut found = self.settle(part(0, middle));
            found.extend(self.settle(part(middle, assigned.len())));
            if !found.is_empty() {
                return found;
            }
        }
        vec![(assigned, outcome)]
    }
}

/// Runs the generator: a crate, or the messages of a refusal. A panic is the error.
fn generate(spec: &str, config: &str) -> Result<Result<Generated, Vec<String>>, String> {
    let (spec, config) = (
        Source {
            name: "api.json",
            text: spec,
        },
        Source {
            name: "sdk.toml",
            text: config,
        },
    );
    let run = || {
        codegen::generate(spec, config).map_err(|said| {
            let errors = said.iter().filter(|it| it.severity == Severity::Error);
            errors
                .map(|it| {
                    let rendered = codegen::render(it, spec, config, false);
                    let acts = rendered.chars().any(acts_on_terminals);
                    assert!(!acts, "a message that acts on terminals: {rendered:?}");
                    it.message.clone()
                })
                .collect::<Vec<String>>()
        })
    };
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&it| it.to_owned()));
        text.unwrap_or_default()
    })
}

/// Whether a character does something to what a terminal shows.
fn acts_on_terminals(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control() && character != '\n'
}

/// Whether a character acts without being seen: it controls, turns the direction of writing or has
/// no width (Unicode Technical Report 36, section 2.10).
pub fn is_hidden(character: char) -> bool {
    match character {
        '\n' => false,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

impl Crate {
    /// Takes a crate apart.
    fn of(generated: &Generated) -> Result<Self, String> {
        let mut made = Self {
            files: Vec::new(),
            manifest: toml::Table::new(),
            warnings: generated
                .warnings
                .iter()
                .map(|it| it.message.clone())
                .collect(),
            outline: Outline::default(),
        };
        for file in &generated.files {
            let (path, text) = (file.path.as_str(), file.text.as_str());
            let part = made
                .part(path, text)
                .map_err(|wrong| format!("{path}: {wrong}"))?;
            made.files.push((path.to_owned(), part));
        }
        made.modules_have_files()?;
        Ok(made)
    }

    fn part(&mut self, path: &str, text: &str) -> Result<Part, String> {
        if path.starts_with("src/runtime/") && path != "src/runtime/mod.rs"
            || path == "LICENSE-APACHE"
        {
            return Ok(Part::Constant(text.to_owned()));
        }
        if let Some(hidden) = text.chars().find(|&it| is_hidden(it)) {
            return Err(format!("a hidden character: {hidden:?}"));
        }
        if Path::new(path).extension().is_some_and(|it| it == "rs") {
            let skeleton = Skeleton::of(text)?;
            for doc in &skeleton.docs {
                self.outline.add(doc)?;
            }
            return Ok(Part::Rust(skeleton));
        }
        if path == "Cargo.toml" {
            self.manifest = text.parse().map_err(|error| format!("no TOML: {error}"))?;
        }
        if ["README.md", "api.md"].contains(&path) || path.starts_with("api/") {
            let text = text
                .split_once("-->\n")
                .map_or(text, |(_, rest)| rest)
                .replace("```rust,no_run", "```no_run")
                .replace("```sh", "```text")
                .replace("```mermaid", "```text")
                .replace("\n<details><summary>Diagram</summary>\n", "\n")
                .replace("\n</details>\n", "\n");
            Outline::default().add_file(&text)?;
        }
        Ok(Part::Text)
    }

    fn modules_have_files(&self) -> Result<(), String> {
        let has = |path: &String| self.files.iter().any(|(it, _)| it == path);
        for (path, part) in &self.files {
            let Part::Rust(skeleton) = part else { continue };
            let folder = match path
                .strip_suffix("/mod.rs")
                .or(path.strip_suffix("/lib.rs"))
            {
                Some(folder) => folder,
                None => path.trim_end_matches(".rs"),
            };
            for module in &skeleton.modules {
                let own = [
                    format!("{folder}/{module}.rs"),
                    format!("{folder}/{module}/mod.rs"),
                ];
                if !own.iter().any(has) {
                    return Err(format!("{path}: `mod {module};` has no file"));
                }
            }
        }
        Ok(())
    }

    /// Whether another crate has nothing of a kind that this one hasn't: attributes, macros, roots of
    /// imports, files.
    fn bounds(&self, other: &Self) -> Result<(), String> {
        for (what, kind) in KINDS {
            let all = self.skeletons().flat_map(|(_, skeleton)| kind(skeleton));
            let known: Vec<&String> = all.collect();
            for (path, skeleton) in other.skeletons() {
                // An example imports the crate by its name.
                let is_example = path.starts_with("examples/") && what == "import";
                let is_known = |it: &String| {
                    is_example
                    || known.contains(&it)
                    // What makes values in examples depends on their types.
                    || ["serde_json::json", "vec"].contains(&it.as_str())
                };
                if let Some(new) = kind(skeleton).iter().find(|it| !is_known(it)) {
                    return Err(format!("{path}: the {what} `{new}` is new"));
                }
            }
        }
        for (path, part) in &other.files {
            let own = self.files.iter().find(|(own, _)| own == path);
            if let (Some((_, Part::Constant(own))), Part::Constant(its)) = (own, part)
                && own != its
            {
                return Err(format!("{path} is another one"));
            }
            let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
            if !path.chars().all(is_plain) || path.contains("..") || path.starts_with('/') {
                return Err(format!("a file is called {path:?}"));
            }
        }
        Ok(())
    }

    fn skeletons(&self) -> impl Iterator<Item = (&str, &Skeleton)> {
        self.files.iter().filter_map(|(path, part)| match part {
            Part::Rust(skeleton) => Some((path.as_str(), skeleton)),
            _ => None,
        })
    }

    /// Whether another crate is this one with other texts and names.
    fn compare(&self, other: &Self) -> Result<(), String> {
        let paths = |made: &Self| -> Vec<String> {
            made.files.iter().map(|(path, _)| path.clone()).collect()
        };
        let (own, its) = (paths(self), paths(other));
        if own.len() != its.len()
            || !own
                .iter()
                .zip(&its)
                .all(|(own, its)| is_same_path(own, its))
        {
            return Err(format!("the files are others:\n  {own:?}\n  {its:?}"));
        }
        for ((path, own), (_, its)) in self.files.iter().zip(&other.files) {
            if let (Part::Rust(own), Part::Rust(its)) = (own, its) {
                own.compare(its)
                    .map_err(|wrong| format!("{path}: {wrong}"))?;
            }
        }
        if self.outline != other.outline {
            let (own, its) = (&self.outline, &other.outline);
            return Err(format!("the documentation has {its:?} instead of {own:?}"));
        }
        is_same_manifest(&self.manifest, &other.manifest)
    }
}

/// Whether paths differ in free names alone.
fn is_same_path(own: &str, its: &str) -> bool {
    let (own, its): (Vec<&str>, Vec<&str>) = (own.split('/').collect(), its.split('/').collect());
    own.len() == its.len()
        && own
            .iter()
            .zip(&its)
            .all(|(own, its)| own == its || is_free(own))
}

/// Whether manifests have the same keys, and what isn't about the package is the same.
fn is_same_manifest(own: &toml::Table, its: &toml::Table) -> Result<(), String> {
    let sections = |table: &toml::Table| table.keys().cloned().collect::<Vec<_>>();
    if sections(own) != sections(its) {
        return Err(format!("the manifest has other sections: {its:?}"));
    }
    for (name, own) in own {
        let its = &its[name];
        let is_same = match (name.as_str(), own, its) {
            ("package", toml::Value::Table(own), toml::Value::Table(its)) => {
                own.keys().eq(its.keys())
                    && own.values().zip(its.values()).all(|(own, its)| {
                        own.same_type(its)
                            && own.as_array().map(Vec::len) == its.as_array().map(Vec::len)
                    })
            }
            // Names of features are made of those of resources.
            ("features" | "example", own, its) => count(own) == count(its),
            (_, own, its) => own == its,
        };
        if !is_same {
            return Err(format!("`{name}` of the manifest is other: {its:?}"));
        }
    }
    Ok(())
}

/// How many values of each kind there are in a value.
fn count(value: &toml::Value) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        *found.entry(value.type_str()).or_insert(0) += 1;
        match value {
            toml::Value::Array(items) => open.extend(items),
            toml::Value::Table(table) => open.extend(table.values()),
            _ => {}
        }
    }
    found
}
