//! Whether every reference leads to something of the right kind.

mod depth;
mod dynamic;
mod ids;
mod without;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::check::shape::{Kind, Want};
use super::check::tables::OPENAPI;
use super::check::{Checker, Use};
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::nearest::nearest;
use crate::pointer::push;
use crate::pointer::{Place, canonical, component, get, local, split_last, tokens};

pub(crate) use dynamic::{DYNAMIC_REF, instantiate};
pub(super) use ids::Ids;
pub(super) use without::reference;

/// What references point to without it being a named component: pointers with their kinds.
pub(crate) type InlineTargets = BTreeSet<(Kind, String)>;

/// What is known once all references were followed.
pub(crate) struct Followed {
    pub(crate) inline_targets: InlineTargets,
    /// How many references can lead from one to the next.
    pub(crate) longest_chain: usize,
    /// The pointers of references to media types.
    pub(crate) media_types: Vec<String>,
}

/// Behind so many findings no name is suggested: each costs a look at all names of the document.
const SUGGESTIONS: usize = 200;

/// Checks the references that `checker` has collected.
///
/// A reference may lead to a place that no table knows (`#/definitions/Pet`); then what is there is checked
/// now, which may bring more references. One that can't be followed is replaced, with a warning.
pub(crate) fn check(root: &mut Value, checker: &mut Checker, file: &str) -> Followed {
    let mut inline_targets = InlineTargets::new();
    let mut ids = Ids::of(file);
    let mut edges: BTreeMap<String, String> = BTreeMap::new();
    let before = checker.diagnostics.len();
    let mut next = 0;
    while let Some(used) = checker.uses.get(next).cloned() {
        next += 1;
        let Some(pointer) = follow(root, checker, &mut ids, &used) else {
            continue;
        };
        edges.insert(used.pointer.clone(), pointer.clone());
        // openapiv3 has no map of path items among the components.
        let named = component(&pointer).is_some() && used.kind != Kind::PathItem;
        if !named && inline_targets.insert((used.kind, pointer.clone())) {
            unknown_place(root, checker, used.kind, &pointer);
        }
    }
    let media_types = checker.uses.iter().filter(|it| it.kind == Kind::MediaType);
    let media_types = media_types.map(|it| it.pointer.clone()).collect();
    while cut_loops(root, checker, &mut edges) {}
    if checker.diagnostics.len() > before {
        taken_out(root, checker, &edges);
    }
    mappings(root, checker, &mut ids);
    Followed {
        media_types,
        inline_targets,
        longest_chain: depth::longest_chain(&edges),
    }
}

/// Where a reference leads; if that isn't clear, the document says something else afterwards.
fn follow(
    root: &mut Value,
    checker: &mut Checker,
    ids: &mut Ids<'_>,
    used: &Use,
) -> Option<String> {
    let suggest = checker.diagnostics.len() < SUGGESTIONS;
    let mut diagnostic = match target(root, used, suggest) {
        Ok(pointer) => return Some(pointer),
        Err(diagnostic) => diagnostic,
    };
    let named = ids.find(root, &used.target, &used.pointer);
    if let Some(pointer) = named.as_ref().filter(|_| local(&used.target).is_none())
        && get(root, pointer).is_none()
    {
        diagnostic.message = does_not_exist(&used.target);
        "not found".clone_into(&mut diagnostic.label);
        diagnostic.help = suggestion(root, pointer, used.kind)
            .filter(|_| suggest)
            .map(|pointer| format!("did you mean `#{pointer}`?"));
    }
    let named = named.filter(|pointer| {
        let is_there = get(root, pointer).is_some();
        is_there && may_be(pointer, used.kind)
    });
    let is_name = named.is_some();
    let Some(pointer) = named.or_else(|| without::meant(root, used)) else {
        // Operations in another file are what this one is about.
        let is_elsewhere = used.kind == Kind::PathItem && !used.target.starts_with('#');
        if !is_elsewhere {
            let inside = without::response_of(root, used);
            let label = match inside {
                Some(_) => "treated as the schema of its JSON content",
                None => without::do_without(root, used),
            };
            checker.uses.extend(inside);
            diagnostic.demote(WarningCode::InvalidReference);
            diagnostic.label = format!("{}; {label}", diagnostic.label);
        }
        checker.diagnostics.push(*diagnostic);
        return None;
    };
    let reference = reference(&pointer);
    if !is_name {
        diagnostic.demote(WarningCode::InvalidReference);
        diagnostic.label = format!("treated as `{reference}`");
        diagnostic.help = Some(format!("write `{reference}`"));
        checker.diagnostics.push(*diagnostic);
    }
    if let Some(Value::Object(map)) = root.pointer_mut(&used.pointer) {
        map.insert("$ref".to_owned(), Value::String(reference));
    }
    Some(pointer)
}

/// Deals with references to what was taken out after they had been followed.
fn taken_out(root: &mut Value, checker: &mut Checker, edges: &BTreeMap<String, String>) {
    let all = std::mem::take(&mut checker.uses);
    let mut by_target: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut lost = Vec::new();
    for (index, used) in all.iter().enumerate() {
        if let Some(pointer) = edges.get(&used.pointer) {
            by_target.entry(pointer).or_default().push(index);
            if get(root, pointer).is_none_or(Value::is_null) {
                lost.push(index);
            }
        }
    }
    while let Some(index) = lost.pop() {
        let used = &all[index];
        let message = format!("the target of the reference `{}` is invalid", used.target);
        let place = push(&used.pointer, "$ref");
        let label = without::do_without(root, used);
        let diagnostic =
            Diagnostic::warning(WarningCode::InvalidReference, Origin::Spec, place, message)
                .label(label);
        checker.diagnostics.push(diagnostic);
        if get(root, &used.pointer).is_some_and(Value::is_null) {
            lost.extend(by_target.remove(&*used.pointer).into_iter().flatten());
        }
    }
}

/// Takes a reference out of each loop; says whether there was any.
fn cut_loops(
    root: &mut Value,
    checker: &mut Checker,
    edges: &mut BTreeMap<String, String>,
) -> bool {
    let found = loops(root, edges);
    let any = !found.is_empty();
    let by_pointer: HashMap<&str, &Use> = checker
        .uses
        .iter()
        .filter(|_| any)
        .map(|used| (used.pointer.as_str(), used))
        .collect();
    for (pointer, mut diagnostic) in found {
        if edges.remove(&pointer).is_none() {
            continue;
        }
        let used = by_pointer.get(pointer.as_str());
        let label = used.map_or("ignored", |used| without::do_without(root, used));
        diagnostic.label = format!("{}; {label}", diagnostic.label);
        checker.diagnostics.push(diagnostic);
    }
    any
}

/// The canonical pointer that a reference leads to.
fn target(root: &Value, used: &Use, suggest: bool) -> Result<String, Box<Diagnostic>> {
    let error =
        |message: String| Diagnostic::error(Origin::Spec, push(&used.pointer, "$ref"), message);
    let Some(pointer) = local(&used.target) else {
        return Err(Box::new(not_local(root, used, &error)));
    };
    let pointer = canonical(&pointer);
    if get(root, &pointer).is_none() {
        let message = does_not_exist(&used.target);
        let mut diagnostic = error(message).label("not found");
        let meant = suggest
            .then(|| suggestion(root, &pointer, used.kind))
            .flatten();
        diagnostic.help = meant.map(|pointer| format!("did you mean `#{pointer}`?"));
        return Err(Box::new(diagnostic));
    }
    let wanted = used.kind.name();
    let message = match found_kind(&pointer) {
        Some(Found::Is(found)) if found != used.kind => {
            format!("`{}` is {}, not {wanted}", used.target, found.name())
        }
        Some(Found::Other) => format!("`{}` is not {wanted}", used.target),
        _ => return Ok(pointer),
    };
    let label = format!("expected a reference to {wanted}");
    Err(Box::new(error(message).label(label)))
}

fn does_not_exist(reference: &str) -> String {
    format!("the target of the reference `{reference}` does not exist")
}

/// The error for a reference that isn't `#/...`.
fn not_local(root: &Value, used: &Use, error: &dyn Fn(String) -> Diagnostic) -> Diagnostic {
    let target = &used.target;
    let bare = push(&format!("/components/{}", used.kind.section()), target);
    if get(root, &bare).is_some() {
        return error(format!("`{target}` is not a reference"))
            .label("a bare name")
            .help(format!("write `#{bare}`"));
    }
    if target.starts_with('#') {
        return error(format!("no schema has the anchor `{target}`"))
            .label("not found")
            .help("write a JSON pointer, as in `#/components/schemas/Name`");
    }
    let what = if target.contains("://") {
        "URL"
    } else {
        "file"
    };
    error(format!("the reference `{target}` points to another {what}"))
        .label("only this document is read")
        .help("bundle the description into one file first, for example with `clientsmith bundle`")
}

/// What the tables say of a place.
enum Found {
    /// A component of this kind.
    Is(Kind),
    /// Something that references can't point to.
    Other,
}

/// What the tables say of the place of a pointer; `None` where they don't reach.
fn found_kind(pointer: &str) -> Option<Found> {
    let want = wanted(pointer)?;
    match (want.kind(), want) {
        (Some(kind), _) => Some(Found::Is(kind)),
        (None, Want::Any) => None,
        (None, _) => Some(Found::Other),
    }
}

/// Whether something of this kind may stand at a pointer, as far as the tables say.
pub(crate) fn may_be(pointer: &str, kind: Kind) -> bool {
    found_kind(pointer).is_none_or(|found| matches!(found, Found::Is(found) if found == kind))
}

/// What the value at a pointer has to be.
fn wanted(pointer: &str) -> Option<Want> {
    tokens(pointer).try_fold(Want::Object(&OPENAPI), |want, token| want.member(&token))
}

/// Checks what stands where the tables don't reach.
fn unknown_place(root: &mut Value, checker: &mut Checker, kind: Kind, pointer: &str) {
    if found_kind(pointer).is_none()
        && let Some(value) = root.pointer_mut(pointer)
        && !checker.check_component(value, Want::component(kind), &Place::new(pointer))
    {
        *value = Value::Null;
    }
}

/// A pointer to something of the kind with a name like the last token of `pointer`.
fn suggestion(root: &Value, pointer: &str, kind: Kind) -> Option<String> {
    let (parent, name) = split_last(pointer)?;
    let section = format!("/components/{}", kind.section());
    // A name that is there, but elsewhere, is a better guess than a similar one at the same place.
    let names = |pointer: &str| get(root, pointer).and_then(Value::as_object);
    if names(&section).is_some_and(|names| names.contains_key(&*name)) {
        return Some(push(&section, &name));
    }
    let elsewhere = (parent != section).then_some(section.as_str());
    [parent].into_iter().chain(elsewhere).find_map(|parent| {
        let found = nearest(&name, names(parent)?.keys().map(String::as_str))?;
        Some(push(parent, found))
    })
}

/// References that lead back to themselves with nothing in between.
///
/// Such a loop may go over `allOf` too, and over an `anyOf` or `oneOf` of one schema: they add no level to a value, so
/// that a schema that is a part of itself in this way describes nothing. Where there are several to choose from, the
/// others describe it; that is how a parent lists its children.
///
/// Each comes with the pointer of the reference that closes it; without those there are no loops that are found on the
/// same walk.
fn loops(root: &Value, edges: &BTreeMap<String, String>) -> Vec<(String, Diagnostic)> {
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut diagnostics = Vec::new();
    // From a schema one comes to its `allOf`, and never back but by a reference: so that is what closes a loop.
    let schemas: BTreeSet<&String> = edges.values().collect();
    for start in schemas.into_iter().chain(edges.keys()) {
        // A path through the graph, each node with those that are still to be tried from it.
        let mut path: Vec<(String, Vec<String>)> = Vec::new();
        let mut on_path: BTreeSet<String> = BTreeSet::new();
        if done.contains(start) {
            continue;
        }
        on_path.insert(start.clone());
        path.push((start.clone(), steps(root, edges, start)));
        while let Some((_, untried)) = path.last_mut() {
            let Some(step) = untried.pop() else {
                if let Some((node, _)) = path.pop() {
                    on_path.remove(&node);
                    done.insert(node);
                }
                continue;
            };
            if on_path.contains(&step) {
                let from = path.iter().position(|(node, _)| *node == step).unwrap_or(0);
                let nodes: Vec<&str> = path[from..].iter().map(|(node, _)| &**node).collect();
                diagnostics.extend(endless(&nodes, edges));
            } else if !done.contains(&step) {
                on_path.insert(step.clone());
                let next = steps(root, edges, &step);
                path.push((step, next));
            }
        }
    }
    diagnostics
}

/// Where one gets from a place without going down into the value.
fn steps(root: &Value, edges: &BTreeMap<String, String>, pointer: &str) -> Vec<String> {
    let mut steps: Vec<String> = edges.get(pointer).cloned().into_iter().collect();
    let place = get(root, pointer);
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let members = place.and_then(|value| value.get(keyword)?.as_array());
        let list = push(pointer, keyword);
        let count = members.map_or(0, Vec::len);
        let others = members
            .into_iter()
            .flatten()
            .filter(|it| !super::dialect::is_null(it));
        if keyword == "allOf" || others.count() < 2 {
            steps.extend((0..count).map(|index| push(&list, &index.to_string())));
        }
    }
    steps
}

/// Of a loop, so many references are told beside the one that closes it.
const MOST_TOLD: usize = 4;

fn endless(nodes: &[&str], edges: &BTreeMap<String, String>) -> Option<(String, Diagnostic)> {
    let mut references = nodes.iter().filter(|node| edges.contains_key(**node));
    let last = references.next_back()?;
    let message = "circular reference, which never resolves to a value";
    let mut diagnostic = Diagnostic::warning(
        WarningCode::CircularReference,
        Origin::Spec,
        push(last, "$ref"),
        message,
    )
    .label("closes the cycle")
    .help("replace one of them by a schema, or move it into a property");
    for other in references.take(MOST_TOLD) {
        diagnostic = diagnostic.related(push(other, "$ref"), "continues here");
    }
    Some(((*last).to_owned(), diagnostic))
}

/// Warns of discriminator mappings that name no schema.
fn mappings(root: &mut Value, checker: &mut Checker, ids: &mut Ids<'_>) {
    for pointer in std::mem::take(&mut checker.mappings) {
        let Some(target) = get(root, &pointer).and_then(Value::as_str) else {
            continue;
        };
        let named = push("/components/schemas", target);
        let found = match local(target) {
            Some(target) => get(root, &canonical(&target)).is_some(),
            None => get(root, &named).is_some(),
        };
        if found {
            continue;
        }
        let by_uri = ids.find(root, target, &pointer);
        if let Some(pointer_to) =
            by_uri.filter(|it| target.contains('#') && get(root, it).is_some())
        {
            let reference = reference(&pointer_to);
            if let Some(place) = root.pointer_mut(&pointer) {
                *place = Value::String(reference);
            }
            continue;
        }
        let mut diagnostic = Diagnostic::warning(
            WarningCode::UnknownMapping,
            Origin::Spec,
            &pointer,
            format!("the discriminator maps to `{target}`, which does not exist"),
        )
        .label("expected a schema name or a reference to a schema");
        let name = local(target).map_or(named, |target| canonical(&target));
        let suggest = checker.diagnostics.len() < SUGGESTIONS;
        diagnostic.help = suggest
            .then(|| suggestion(root, &name, Kind::Schema))
            .flatten()
            .map(|pointer| format!("did you mean `#{pointer}`?"));
        checker.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
