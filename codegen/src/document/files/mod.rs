//! A description in several files as one document.
//!
//! What a `$ref` leads to in another file becomes a component of the description's own document, once for each
//! place that is referred to, so that files that refer to each other in circles come to an end. Its kind follows from the place of
//! the `$ref`: a schema where a schema may be, a path item where one may be. References that are found are walked first
//! (`walk`, with `load` for the files and `uri` for their paths), then every part gets its place (`places`), and then the parts are
//! put there (`build`). An object that OpenAPI has no references for (`paths`, `properties`) is copied to where the
//! `$ref` is.
//!
//! This is done before overlays are applied, which change the joined document, and before anything is checked, so all that
//! follows sees one document. What overlays add is joined after them. Where each value is written is kept in the trace that
//! overlays have.
//!
//! Sources of the rules: OpenAPI 3.2.0, "Resolving Implicit Connections" and "Relative References in API Description URIs";
//! JSON Schema 2020-12 core, section 8.2; RFC 3986 section 5.

mod build;
mod bundle;
mod load;
mod places;
#[cfg(test)]
mod tests;
mod uri;
mod uris;
mod walk;

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use super::check::shape::{Kind, Want};
use super::check::tables::OPENAPI;
use super::origins::Origins;
use super::overlay::{Applied, Trace};
use super::{has_errors, swagger};
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin, Severity, WarningCode};
use crate::stack::with_stack;

use build::Build;
pub use bundle::bundle;
use load::Files;
use uris::Uri;

/// What the walk and the copies take of the stack at most, with ample reserve.
const STACK: usize = 64 * 1024 * 1024;

/// Brings the parts of other files that a description refers to into its document.
///
/// # Errors
///
/// What is wrong with the texts of files, and references to other files that can't be followed and are no warnings, by the
/// pointers of the texts.
pub(super) fn join(
    description: Description<'_>,
    mut applied: Applied,
    unfollowed: Unfollowed,
) -> Result<Applied, Vec<Diagnostic>> {
    if !has_files(description) {
        return Ok(applied);
    }
    let value = std::mem::take(&mut applied.value);
    let trace = std::mem::take(&mut applied.trace);
    let mut joined = joined(description, value, trace, unfollowed)?;
    let mut found = std::mem::take(&mut applied.warnings);
    found.append(&mut joined.found);
    if has_errors(&found) {
        joined.trace.attribute(&mut found);
        return Err(found);
    }
    Ok(Applied {
        value: joined.value,
        trace: joined.trace,
        warnings: found,
        overlays: applied.overlays,
    })
}

/// Does so before overlays are applied, which change the joined document then. What can't be followed stays as it is: an overlay
/// can remove it, and [`join`] reports it afterwards.
///
/// # Errors
///
/// The joined document would be too large.
pub(super) fn join_for_overlays(
    description: Description<'_>,
    value: Value,
) -> Result<(Value, Trace, Vec<Diagnostic>), Vec<Diagnostic>> {
    if !has_files(description) {
        return Ok((value, Trace::default(), Vec::new()));
    }
    let joined = joined(description, value, Trace::default(), Unfollowed::Kept)?;
    if has_errors(&joined.found) {
        return Err(joined.found);
    }
    Ok((joined.value, joined.trace, joined.found))
}

fn has_files(description: Description<'_>) -> bool {
    description.resolver.is_some() && description.texts().any(may_refer)
}

fn joined(
    description: Description<'_>,
    value: Value,
    trace: Trace,
    unfollowed: Unfollowed,
) -> Result<Joined, Vec<Diagnostic>> {
    let join = || Joiner::new(description, value, unfollowed).join(trace);
    with_stack(STACK, join).map_err(|error| {
        let message = format!("the files of the description can't be joined: {error}");
        vec![Diagnostic::error(Origin::Spec, "", message)]
    })
}

/// Whether a text can have references to other files. Most descriptions have none, and aren't walked.
fn may_refer(text: &str) -> bool {
    let is_local = |(at, keyword): (usize, &str)| {
        let rest = text[at + keyword.len()..].trim_start_matches(['"', '\'']);
        let rest = rest.trim_start().strip_prefix(':').unwrap_or_default();
        let value = rest.trim_start().trim_start_matches(['"', '\'']);
        value.starts_with('#')
    };
    !text.match_indices("$ref").all(is_local) || text.match_indices("mapping").any(maps(text))
}

/// How far behind the keyword the files of a mapping are looked for.
const MAPPING: usize = 1000;

/// Whether there is something like a mapping to files at a place of a text.
fn maps(text: &str) -> impl Fn((usize, &str)) -> bool {
    move |(at, _)| {
        let mut end = text.len().min(at + MAPPING);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let behind = &text[at..end];
        let rest = behind["mapping".len()..].trim_start_matches(['"', '\'']);
        let is_key = rest.trim_start().starts_with(':');
        is_key && load::ENDINGS.iter().any(|ending| behind.contains(ending))
    }
}

/// What becomes of references to other files that can't be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfollowed {
    /// They stay, and nothing is reported: an overlay may remove them.
    Kept,
    /// They stay, with a warning, for what takes their place; an error where nothing can: path items, and objects without a
    /// kind.
    Warned,
    /// Each is an error.
    Refused,
}

/// The label of references that can't be followed.
const UNFOLLOWED: &str = "this reference can't be followed";

/// Says once what is wrong with a reference to another file: `found` has the reason, with [`UNFOLLOWED`], and later, from
/// who read the joined document, what takes its place.
pub(super) fn merge_warnings(found: &mut Vec<Diagnostic>, origins: &Origins) {
    let is_reason = |it: &Diagnostic| it.code.is_some() && it.label == UNFOLLOWED;
    if !found.iter().any(is_reason) {
        return;
    }
    let place = |it: &Diagnostic| {
        let mut written = [it.clone()];
        origins.attribute(&mut written);
        let [written] = written;
        (written.origin, written.pointer)
    };
    let reasons = found.extract_if(.., |it| is_reason(it));
    let mut reasons: BTreeMap<_, _> = reasons.map(|it| (place(&it), it)).collect();
    for later in found.iter_mut() {
        if later.code != Some(WarningCode::InvalidReference) {
            continue;
        }
        if let Some(reason) = reasons.remove(&place(later)) {
            later.message = reason.message;
            later.help = reason.help;
            if let Some((_, stand_in)) = later.label.split_once("; ") {
                later.label = stand_in.to_owned();
            }
        }
    }
    found.extend(reasons.into_values());
}

/// A place in a file that is referred to as one of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: usize,
    /// A canonical JSON pointer.
    pointer: String,
    kind: Kind,
}

/// What a reference leads to.
#[derive(Clone, Debug)]
enum Target {
    /// A value of the description's own document.
    Root(String),
    /// One of the parts.
    Part(usize),
    /// Nothing that can be followed: the same reference, relative to the description.
    Unfollowed(String),
    /// A value without a place of its own, which is copied to where the reference is.
    Copy { file: usize, pointer: String },
}

/// A place that refers to something.
#[derive(Clone, Debug)]
struct Site {
    target: Target,
    /// Whether it is a text (in the mapping of a discriminator), and not an object with a `$ref`.
    is_text: bool,
}

/// Something that is referred to, and where it goes.
#[derive(Debug)]
struct Part {
    key: Key,
    /// Its name, where the way to it has named it as a component.
    name: Option<String>,
    /// Its pointer in the joined document; `None` until it has one.
    place: Option<String>,
    /// The parts that it refers to, in the order of the references.
    refers: Vec<usize>,
    /// Whether it is put at its place by itself, and not with the reference or the part that is there.
    is_apart: bool,
}

/// A value that is copied to a place of the joined document.
#[derive(Debug)]
struct Copied {
    file: usize,
    pointer: String,
    want: Want,
    out: String,
}

struct Joiner<'a> {
    files: Files<'a>,
    is_swagger: bool,
    unfollowed: Unfollowed,
    /// All references, by the files that they are in and their pointers.
    sites: BTreeMap<(usize, String), Site>,
    parts: Vec<Part>,
    /// The part that is walked; `None` in the document itself.
    walked: Option<usize>,
    /// The parts that the document refers to, in the order of the references.
    first: Vec<usize>,
    numbers: BTreeMap<Key, usize>,
    /// The parts in the order in which they get places.
    order: Vec<usize>,
    /// The copies that the walk is in.
    copies: Vec<(usize, String)>,
    /// What is copied to known places.
    copied: Vec<Copied>,
    /// URIs that nothing is read for.
    uris: Vec<Uri>,
    found: Vec<Diagnostic>,
}

struct Joined {
    value: Value,
    trace: Trace,
    found: Vec<Diagnostic>,
}

impl<'a> Joiner<'a> {
    fn new(description: Description<'a>, root: Value, unfollowed: Unfollowed) -> Self {
        Self {
            is_swagger: swagger::is_swagger(&root),
            unfollowed,
            files: Files::new(description, root, unfollowed),
            sites: BTreeMap::new(),
            parts: Vec::new(),
            walked: None,
            first: Vec::new(),
            numbers: BTreeMap::new(),
            order: Vec::new(),
            copies: Vec::new(),
            copied: Vec::new(),
            uris: Vec::new(),
            found: Vec::new(),
        }
    }

    fn join(mut self, trace: Trace) -> Joined {
        self.walk_all();
        self.found.append(&mut self.files.found);
        if self.unfollowed == Unfollowed::Kept {
            self.found.retain(|it| it.severity != Severity::Error);
        }
        if self.sites.is_empty() || has_errors(&self.found) {
            return Joined {
                value: self.files.take_root(),
                trace,
                found: self.found,
            };
        }
        self.place();
        self.place_uris();
        Build::of(self, trace).joined()
    }

    /// What the document has to be.
    fn root_want(&self) -> Want {
        if self.is_swagger {
            swagger::WANT
        } else {
            Want::Object(&OPENAPI)
        }
    }

    /// What a member of a value has to be, where references are looked for in it.
    fn member(&self, want: Want, token: &str) -> Option<Want> {
        let member = want.member(token)?;
        if self.is_swagger && matches!(member, Want::Any) && !matches!(want, Want::Schema) {
            // The tables of Swagger 2.0 leave to those of OpenAPI 3 what both have.
            return match token {
                "schema" => Some(Want::Schema),
                "definitions" => Some(Want::Map(&Want::Schema)),
                _ => Some(member),
            };
        }
        Some(member)
    }

    /// What a part of a kind has to be.
    fn part_want(&self, kind: Kind) -> Want {
        let found = match (self.is_swagger, kind) {
            (true, Kind::Schema) => Some(Want::Schema),
            (true, Kind::PathItem) => self
                .member(self.root_want(), "paths")
                .and_then(|paths| paths.member("/")),
            (true, kind) => self
                .member(self.root_want(), kind.section())
                .and_then(|section| section.member("")),
            (false, kind) => Some(Want::component(kind)),
        };
        found.unwrap_or(Want::Any)
    }

    /// The pointer of the object that parts of a kind are members of; `None` where the document can't have one.
    fn section(&self, kind: Kind) -> Option<String> {
        match (self.is_swagger, kind) {
            (false, kind) => Some(format!("/components/{}", kind.section())),
            (true, Kind::Schema) => Some("/definitions".to_owned()),
            (true, Kind::Parameter | Kind::Response) => Some(format!("/{}", kind.section())),
            (true, _) => None,
        }
    }

    fn value(&self, file: usize) -> Rc<Value> {
        self.files.value(file)
    }
}
