//! What changes for the users of a crate when the description of its API does.
//!
//! Two descriptions are lowered to models, and the models compared: operations by method and path,
//! parameters by place and name, types by name, fields by name on the wire. What a change means in
//! Rust is read from what is emitted for both sides (`emit::surface`), so that it holds for the crate
//! and not for some idea of it.

mod additional_parts;
mod bodies;
mod change;
mod client;
mod compatible;
mod credentials;
mod described;
mod fields;
mod limits;
mod operations;
mod pairs;
mod parameters;
mod renames;
mod responses;
mod servers;
mod side;
mod types;
mod values;
mod waits;
mod webhooks;
mod xml;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Config;
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::document::{Position, open};
use crate::emit;
use crate::lower;
use crate::model::{Docs, TypeId};
use crate::source::Source;

pub use change::{Change, ChangeKind, Consequence, Diff, Effect, Place, Step, Subject};
use operations::{Call, operation_pairs};
use side::Side;
use xml::Elements;

/// Why two descriptions can't be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffError {
    /// Whether the old description is at fault, or the new one.
    pub is_old: bool,
    /// What is wrong with it, located and sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compares two descriptions, each with its configuration: what changes for those who use the crate.
///
/// # Errors
///
/// What stands in the way of generating from one of them.
///
/// # Examples
///
/// ```
/// use codegen::{Effect, Source, Step, diff};
///
/// let spec = |values: &str| format!(r##"{{
///     "openapi": "3.1.0", "info": {{"title": "Pets", "version": "1"}},
///     "servers": [{{"url": "https://pets.example.com"}}],
///     "paths": {{"/pets": {{"get": {{"operationId": "listPets", "tags": ["pets"],
///         "responses": {{"200": {{"description": "All.", "content": {{"application/json": {{
///             "schema": {{"type": "array", "items": {{"$ref": "#/components/schemas/Kind"}}}}}}}}}}}}}}}}}},
///     "components": {{"schemas": {{"Kind": {{"type": "string", "enum": [{values}]}}}}}}
/// }}"##);
/// let (old, new) = (spec(r#""cat""#), spec(r#""cat", "dog""#));
/// let config = Source { name: "sdk.toml", text: "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n" };
/// let side = |text| (Source { name: "pets.json", text }, config);
/// let diff = diff(side(&old), side(&new)).map_err(|it| it.diagnostics[0].message.clone())?;
/// assert_eq!(diff.changes[0].text, "`Kind` has the value `\"dog\"`");
/// assert_eq!(diff.changes[0].rust.effect, Effect::Additive);
/// assert_eq!((diff.step(), diff.next_version().as_deref()), (Step::Minor, Some("0.1.1")));
/// # Ok::<(), String>(())
/// ```
pub fn diff<'a, 'b>(
    old: (impl Into<Description<'a>>, Source<'_>),
    new: (impl Into<Description<'b>>, Source<'_>),
) -> Result<Diff, DiffError> {
    let (old_config, new_config) = (old.1, new.1);
    let old = side(old.0.into(), old.1, true)?;
    let new = side(new.0.into(), new.1, false)?;
    let mut comparison = Comparison {
        old: &old,
        new: &new,
        found: Vec::new(),
        reworded: 0,
        types: HashMap::new(),
        merged: Vec::new(),
        renamed: HashMap::new(),
        xml: Elements::new(&old.api.xml, &new.api.xml),
    };
    let (olds, news): (Vec<Call<'_>>, Vec<Call<'_>>) = (
        old.api.operations().collect(),
        new.api.operations().collect(),
    );
    let pairs = operation_pairs(&olds, &news);
    let both: Vec<(Call<'_>, Call<'_>)> =
        pairs.both.iter().map(|(old, new)| (**old, **new)).collect();
    comparison.pair_types(&both);
    comparison.client();
    comparison.operations(&pairs);
    comparison.scopes(&both);
    comparison.declared_types();
    comparison.limits(&both);
    comparison.other_code();
    let (found, reworded) = (comparison.found, comparison.reworded);
    Ok(Diff {
        warnings: own_warnings(&new, &old, new_config, |_| true),
        old_warnings: own_warnings(&old, &new, old_config, |it| {
            it.code == Some(WarningCode::InvalidReference)
        }),
        changes: placed(found, &old, &new),
        reworded,
        old_version: old.api.package.version.clone(),
        new_version: new.api.package.version.clone(),
    })
}

/// Reads one description.
fn side<'a>(
    spec: Description<'a>,
    config: Source<'_>,
    is_old: bool,
) -> Result<Side<'a>, DiffError> {
    let fault = |diagnostics| DiffError {
        is_old,
        diagnostics,
    };
    let (document, mut warnings, config_read): (_, _, Config) =
        open(spec, config).map_err(fault)?;
    let (api, more) = lower::lower(&document, &config_read, &[])
        .map_err(|diagnostics| fault(document.located(diagnostics, spec, config)))?;
    warnings.extend(more);
    config_read.drop_allowed(&mut warnings);
    Ok(Side {
        api,
        document,
        description: spec,
        warnings,
    })
}

/// The warnings of a side that the other one doesn't have, located and sorted.
fn own_warnings(
    side: &Side<'_>,
    other: &Side<'_>,
    config: Source<'_>,
    may_count: impl Fn(&Diagnostic) -> bool,
) -> Vec<Diagnostic> {
    let known: HashSet<(&str, &str)> = other
        .warnings
        .iter()
        .map(|it| (it.pointer.as_str(), it.message.as_str()))
        .collect();
    let own = side.warnings.iter();
    let own = own.filter(|it| !known.contains(&(it.pointer.as_str(), it.message.as_str())));
    let own = own.filter(|it| may_count(it)).cloned().collect();
    side.document.located(own, side.description, config)
}

/// A change whose places are known by their pointers alone.
struct Found {
    change: Change,
    old: Option<String>,
    new: Option<String>,
}

/// Two models side by side, and what was found.
struct Comparison<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    found: Vec<Found>,
    reworded: usize,
    /// The new type that an old one has become.
    types: HashMap<TypeId, TypeId>,
    /// Old types that a new one looks like, which was another one before or is new.
    merged: Vec<(TypeId, TypeId)>,
    /// The spellings of types that have another name now: old and new.
    renamed: HashMap<String, String>,
    /// The XML of both, and what is known of it.
    xml: Elements<'a>,
}

impl Comparison<'_> {
    /// Notes a change.
    fn note(&mut self, found: ChangeText, rust: Consequence, wire: Consequence) {
        let change = Change {
            kind: found.kind,
            subject: found.subject,
            name: found.name,
            text: found.text,
            rust,
            wire,
            old: None,
            new: None,
        };
        self.found.push(Found {
            change,
            old: found.old,
            new: found.new,
        });
    }

    /// Notes that what the description says of a thing has changed; its deprecation is a change of its own.
    fn docs(&mut self, old: &Docs, new: &Docs) {
        // A default is a change of its own.
        if old.text != new.text {
            self.reworded += 1;
        }
    }

    /// Where nothing has changed that this module knows, looks at what is emitted: whatever users see of
    /// it is worth a release.
    fn other_code(&mut self) {
        if !self.found.is_empty() || self.reworded > 0 {
            return;
        }
        let emitted = |side: &Side<'_>| -> Vec<(String, String)> {
            let mut api = side.api.clone();
            api.package
                .version
                .clone_from(&self.old.api.package.version);
            let files = emit::emit(&api).map(|it| it.files).unwrap_or_default();
            files.into_iter().map(|it| (it.path, it.text)).collect()
        };
        let (before, after) = (emitted(self.old), emitted(self.new));
        let differing: Vec<&str> = after
            .iter()
            .filter(|file| !before.contains(file))
            .map(|(path, _)| path.as_str())
            .collect();
        if let [first, others @ ..] = differing.as_slice() {
            let more = match others.len() {
                0 => String::new(),
                1 => " and 1 more file".to_owned(),
                many => format!(" and {many} more files"),
            };
            let text = format!("the crate differs in `{first}`{more}");
            let name = self.new.api.package.name.clone();
            let change = ChangeText::new(ChangeKind::Changed, Subject::Package, &name, text);
            self.note(change, Consequence::none(), Consequence::none());
        }
    }

    /// An old spelling with the new names of types in it.
    fn as_new(&self, spelled: &str) -> String {
        replace_words(spelled, &self.renamed)
    }
}

/// What is said of a change, and where it stands.
struct ChangeText {
    kind: ChangeKind,
    subject: Subject,
    name: String,
    text: String,
    old: Option<String>,
    new: Option<String>,
}

impl ChangeText {
    fn new(kind: ChangeKind, subject: Subject, name: &str, text: impl Into<String>) -> Self {
        Self {
            kind,
            subject,
            name: name.to_owned(),
            text: text.into(),
            old: None,
            new: None,
        }
    }

    fn old(mut self, pointer: impl Into<String>) -> Self {
        self.old = Some(pointer.into());
        self
    }

    fn new_at(mut self, pointer: impl Into<String>) -> Self {
        self.new = Some(pointer.into());
        self
    }
}

/// What a thing is now, each part of it a verb and what follows: `is now required and can't be null`.
fn now(phrases: &[String]) -> String {
    let mut phrases = phrases.to_vec();
    if let Some(first) = phrases.first_mut() {
        *first = match first.split_once(' ') {
            Some((verb @ ("is" | "can" | "must"), rest)) => format!("{verb} now {rest}"),
            Some(("can't" | "isn't", _)) => format!("{first} any more"),
            Some(("was" | "no", _)) => first.clone(),
            _ => format!("now {first}"),
        };
    }
    match phrases.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// What setters take now, and took before, where the two differ.
fn instead(after: &str, before: &str) -> String {
    let shown = |text: &str| text.replace("into ", "").replace("each ", "array of ");
    if shown(after) != shown(before) {
        return format!("`{}` instead of `{}`", shown(after), shown(before));
    }
    // They differ in what is converted.
    let whole = |text: &str| {
        let (each, text) = text
            .strip_prefix("each ")
            .map_or((false, text), |it| (true, it));
        let into = text.strip_prefix("into ");
        let one = into.map_or_else(|| text.to_owned(), |it| format!("impl Into<{it}>"));
        if each {
            format!("impl IntoIterator<Item = {one}>")
        } else {
            one
        }
    };
    format!("`{}` instead of `{}`", whole(after), whole(before))
}

/// Puts words in the places of others, where these are whole ones: all at once, for a type may have the name that
/// another one had.
fn replace_words(text: &str, words: &HashMap<String, String>) -> String {
    if words.is_empty() {
        return text.to_owned();
    }
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | ':');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|sign| is_part(sign) != is_part(first))
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        out.push_str(words.get(word).map_or(word, String::as_str));
        rest = behind;
    }
    out
}

/// A text of a description as code in Markdown, as far as anybody reads on.
fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push_str("..");
    }
    format!("`{}`", shown.replace('`', "'"))
}

/// The changes with their places in the texts.
fn placed(found: Vec<Found>, old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let olds = places(old, found.iter().filter_map(|it| it.old.as_deref()));
    let news = places(new, found.iter().filter_map(|it| it.new.as_deref()));
    let place =
        |pointer: Option<String>, places: &HashMap<String, Place>| places.get(&pointer?).cloned();
    let changes = found.into_iter().map(|found| Change {
        old: place(found.old, &olds),
        new: place(found.new, &news),
        ..found.change
    });
    changes.collect()
}

/// Where the texts of a side have what pointers name, by these.
fn places<'p>(side: &Side<'_>, pointers: impl Iterator<Item = &'p str>) -> HashMap<String, Place> {
    let mut texts: BTreeMap<Origin, Vec<(&str, String)>> = BTreeMap::new();
    let mut seen = HashSet::new();
    for pointer in pointers.filter(|pointer| seen.insert(*pointer)) {
        let (origin, written) = side.document.origin(pointer);
        texts.entry(origin).or_default().push((pointer, written));
    }
    let mut found = HashMap::new();
    for (origin, pointers) in texts {
        let Some(source) = side.description.text(origin) else {
            continue;
        };
        let written: HashSet<&str> = pointers.iter().map(|(_, written)| &**written).collect();
        let positions = Position::of_all(source, written);
        for (pointer, written) in pointers {
            if let Some(&Position { line, column }) = positions.get(&written) {
                let place = Place {
                    origin,
                    pointer: written,
                    line,
                    column,
                };
                found.insert(pointer.to_owned(), place);
            }
        }
    }
    found
}
