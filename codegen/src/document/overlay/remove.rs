//! `remove`: values are taken out of the objects and arrays that contain them.

use serde_json::Value;

use super::apply::At;
use super::trace::Trace;
use crate::diagnostic::Diagnostic;
use crate::json_path::Set;

/// Why the targets can't be removed, if they can't.
pub(super) fn refused(at: At<'_>, document: &Value, targets: &Set) -> Option<Diagnostic> {
    if targets.is_member {
        let error = at.error("target", "the root of the description can't be removed");
        return Some(error.help("select a value in it"));
    }
    if at.is_1_0 && has_primitive_item(document, targets) {
        let message = format!(
            "`{}` selects primitive values in an array, which Overlay 1.0 can't remove",
            at.action.target.text
        );
        let help = "remove the whole array, or write `overlay: 1.1.0`";
        return Some(at.error("target", message).help(help));
    }
    None
}

/// Whether a primitive value in an array is to be removed: "Primitive-valued items of an array cannot be replaced or
/// removed individually" (Overlay 1.0.0, section "Action Object").
fn has_primitive_item(value: &Value, targets: &Set) -> bool {
    match value {
        Value::Object(members) => {
            let mut inner = targets.inner.iter();
            inner.any(|(at, set)| {
                let member = members.values().nth(*at);
                member.is_some_and(|member| has_primitive_item(member, set))
            })
        }
        Value::Array(items) => {
            let mut inner = targets.inner.iter();
            inner.any(|(at, set)| {
                items.get(*at).is_some_and(|item| {
                    let is_primitive = !item.is_object() && !item.is_array();
                    set.is_member && is_primitive || has_primitive_item(item, set)
                })
            })
        }
        _ => false,
    }
}

/// How many values are looked at to remove the targets: all that are beside one of them.
pub(super) fn cost(value: &Value, targets: &Set) -> usize {
    let length = match value {
        Value::Object(members) => members.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    let inner = targets.inner.iter().filter(|(_, set)| !set.is_member);
    let inner = inner.map(|(at, set)| {
        let child = match value {
            Value::Object(members) => members.values().nth(*at),
            Value::Array(items) => items.get(*at),
            _ => None,
        };
        child.map_or(0, |child| cost(child, set))
    });
    inner.fold(length, usize::saturating_add)
}

/// Removes the targets in a value, each with all that is in it.
pub(super) fn remove(value: &mut Value, trace: &mut Trace, targets: &Set) {
    let is_removed = |position: usize| {
        let found = targets.inner.binary_search_by_key(&position, |(at, _)| *at);
        found.ok().map(|found| &targets.inner[found].1)
    };
    let mut position = 0;
    match value {
        Value::Object(members) => {
            members.retain(|key, member| {
                let set = is_removed(position);
                position += 1;
                match set {
                    Some(set) if set.is_member => {
                        trace.remove(key);
                        false
                    }
                    Some(set) => {
                        remove(member, trace.member(key), set);
                        true
                    }
                    None => true,
                }
            });
        }
        Value::Array(items) => {
            let length = items.len();
            items.retain_mut(|item| {
                let set = is_removed(position);
                position += 1;
                match set {
                    Some(set) if set.is_member => false,
                    Some(set) => {
                        if let Some(trace) = trace.item(position - 1, length) {
                            remove(item, trace, set);
                        }
                        true
                    }
                    None => true,
                }
            });
            if items.len() < length {
                trace.retain_items(length, |at| {
                    !is_removed(at).is_some_and(|set| set.is_member)
                });
            }
        }
        _ => {}
    }
}
