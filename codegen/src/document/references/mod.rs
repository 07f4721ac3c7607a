//! Whether every reference leads to something of the right kind.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::check::shape::{Kind, Want};
use super::check::tables::OPENAPI;
use super::check::{Checker, Use};
use super::pointer::{Place, canonical, component, get, local, split_last, tokens};
use crate::nearest::nearest;
use crate::{Diagnostic, Origin, Severity, push};

/// What references point to without it being a named component: pointers with their kinds.
pub(crate) type Odd = BTreeSet<(Kind, String)>;

/// Behind so many findings no name is suggested: each costs a look at all names of the document.
const SUGGESTIONS: usize = 200;

/// Checks the references that `checker` has collected.
///
/// A reference may lead to a place that no table knows (`#/definitions/Pet`); then what is there is checked
/// now, which may bring more references.
pub(crate) fn check(root: &mut Value, checker: &mut Checker) -> Odd {
    let mut odd = Odd::new();
    let mut edges: BTreeMap<String, String> = BTreeMap::new();
    let mut next = 0;
    while let Some(used) = checker.uses.get(next).cloned() {
        next += 1;
        let suggest = checker.diagnostics.len() < SUGGESTIONS;
        match target(root, &used, suggest) {
            Ok(pointer) => {
                edges.insert(used.pointer.clone(), pointer.clone());
                // openapiv3 has no map of path items among the components.
                let named = component(&pointer).is_some() && used.kind != Kind::PathItem;
                if !named && odd.insert((used.kind, pointer.clone())) {
                    unknown_place(root, checker, used.kind, &pointer);
                }
            }
            Err(mut diagnostic) => {
                if is_harmless(used.kind) {
                    diagnostic.severity = Severity::Warning;
                }
                checker.diagnostics.push(*diagnostic);
            }
        }
    }
    checker.diagnostics.extend(loops(root, &edges));
    mappings(root, checker);
    odd
}

/// Whether a client can do without things of this kind.
fn is_harmless(kind: Kind) -> bool {
    matches!(kind, Kind::Example | Kind::Link | Kind::Callback)
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
        let message = format!("the reference `{}` leads nowhere", used.target);
        let mut diagnostic = error(message).label("nothing is there");
        let meant = suggest
            .then(|| suggestion(root, &pointer, used.kind))
            .flatten();
        diagnostic.help = meant.map(|pointer| format!("did you mean `#{pointer}`?"));
        return Err(Box::new(diagnostic));
    }
    match found_kind(&pointer) {
        Some(Found::Is(found)) if found != used.kind => {
            let (wanted, found) = (used.kind.name(), found.name());
            Err(Box::new(
                error(format!("`{}` is {found}, not {wanted}", used.target))
                    .label(format!("expected a reference to {wanted}")),
            ))
        }
        Some(Found::Other) => {
            let wanted = used.kind.name();
            Err(Box::new(
                error(format!("`{}` is not {wanted}", used.target))
                    .label(format!("expected a reference to {wanted}")),
            ))
        }
        _ => Ok(pointer),
    }
}

/// The error for a reference that isn't `#/...`.
fn not_local(root: &Value, used: &Use, error: &dyn Fn(String) -> Diagnostic) -> Diagnostic {
    let target = &used.target;
    let bare = push(&format!("/components/{}", used.kind.section()), target);
    if get(root, &bare).is_some() {
        return error(format!("`{target}` is no reference"))
            .label("a name alone")
            .help(format!("write `#{bare}`"));
    }
    if target.starts_with('#') {
        return error(format!("the anchor `{target}` isn't supported"))
            .label("expected a JSON pointer, as in `#/components/schemas/Name`");
    }
    let what = if target.contains("://") {
        "URL"
    } else {
        "file"
    };
    error(format!("the reference `{target}` leads to another {what}"))
        .label("only this document is read")
        .help("bundle the description into one file first, for example with `redocly bundle`")
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
    {
        let want = Want::component(kind);
        checker.check_component(value, want, is_harmless(kind), &Place::new(pointer));
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
    [parent, &section].into_iter().find_map(|parent| {
        let found = nearest(&name, names(parent)?.keys().map(String::as_str))?;
        Some(push(parent, found))
    })
}

/// References that lead back to themselves with nothing in between.
///
/// Such a loop may go over `allOf` too, and over an `anyOf` or `oneOf` of one schema: they add no level to a value, so
/// that a schema that is a part of itself in this way describes nothing. Where there are several to choose from, the
/// others describe it; that is how a parent lists its children.
fn loops(root: &Value, edges: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for start in edges.keys() {
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
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let members = get(root, pointer).and_then(|value| value.get(keyword)?.as_array());
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

fn endless(nodes: &[&str], edges: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let mut references = nodes.iter().filter(|node| edges.contains_key(**node));
    let first = references.next()?;
    let message = "the reference leads back to itself, with nothing in between";
    let mut diagnostic = Diagnostic::error(Origin::Spec, push(first, "$ref"), message)
        .label("begins a loop")
        .help("let one of them describe the value, or put it into a property");
    for other in references {
        diagnostic = diagnostic.related(push(other, "$ref"), "goes on here");
    }
    Some(diagnostic)
}

/// Warns of discriminator mappings that name no schema.
fn mappings(root: &Value, checker: &mut Checker) {
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
        let mut diagnostic = Diagnostic::warning(
            Origin::Spec,
            &pointer,
            format!("the discriminator maps to `{target}`, which isn't there"),
        )
        .label("expected the name of a schema or a reference to one");
        let name = local(target).map_or(named, |target| canonical(&target));
        diagnostic.help = suggestion(root, &name, Kind::Schema)
            .map(|pointer| format!("did you mean `#{pointer}`?"));
        checker.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
