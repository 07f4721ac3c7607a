//! `update` and `copy`: a value is merged with each target.
//!
//! Objects are merged member by member, arrays get further items, primitive values are replaced (Overlay
//! Specification 1.1.0, section "Action Object"). Version 1.0.0 says the same in fewer words, and has no primitive
//! targets; that an array is added to an array as its items is said by 1.1 and done by most tools for 1.0.

use serde_json::Value;

use super::additions::{TooMuch, check_depth, depth};
use super::apply::At;
use super::trace::{Known, Trace};
use crate::diagnostic::{Diagnostic, Origin};
use crate::document::check::described;
use crate::json_path::Set;
use crate::pointer::Place;

/// The kinds of values that are distinguished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    Array,
    Primitive,
}

impl Kind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Object => "objects",
            Self::Array => "arrays",
            Self::Primitive => "primitive values",
        }
    }
}

/// Checks that a value suits all targets, and counts these.
pub(super) fn check(
    at: At<'_>,
    key: &str,
    update: &Value,
    document: &Value,
    targets: &Set,
) -> Result<usize, Box<Diagnostic>> {
    let mut count = 0;
    let mut kinds: Vec<(Kind, &Value)> = Vec::new();
    targets.each(document, &mut |value| {
        count += 1;
        let kind = Kind::of(value);
        if !kinds.iter().any(|(known, _)| *known == kind) {
            kinds.push((kind, value));
        }
    });
    if let (false, [(first, _), (second, _), ..]) = (at.is_1_0, kinds.as_slice()) {
        let message = format!(
            "`{}` selects both {} and {}",
            at.action.target.text,
            first.plural(),
            second.plural()
        );
        let help = format!("`{key}` needs targets of one kind: write an action for each kind");
        return Err(Box::new(at.error("target", message).help(help)));
    }
    for (kind, value) in kinds {
        let wanted = match (kind, Kind::of(update)) {
            (Kind::Primitive, _) if at.is_1_0 => {
                let message = format!(
                    "`{}` selects {}, and Overlay 1.0 changes only objects and arrays",
                    at.action.target.text,
                    described(value)
                );
                let help = "select the object that contains it, or write `overlay: 1.1.0`";
                return Err(Box::new(at.error("target", message).help(help)));
            }
            (Kind::Object, Kind::Array | Kind::Primitive) => "an object",
            (Kind::Primitive, Kind::Object | Kind::Array) => "a string, number, boolean or null",
            _ => continue,
        };
        let message = format!(
            "`{key}` must be {wanted}, because `{}` selects {}",
            at.action.target.text,
            kind.plural()
        );
        let found = format!("this is {}", described(update));
        return Err(Box::new(at.error(key, message).at_key().label(found)));
    }
    Ok(count)
}

/// Merges a value with all targets.
pub(super) struct Merge<'m> {
    at: At<'m>,
    key: &'m str,
    update: &'m Value,
    known: Known<'m>,
    depth: usize,
    /// Why it couldn't be merged with one of them.
    pub(super) error: Option<Diagnostic>,
    pub(super) refused: Option<TooMuch>,
}

impl<'m> Merge<'m> {
    pub(super) fn new(at: At<'m>, key: &'m str, update: &'m Value, known: Known<'m>) -> Self {
        Self {
            at,
            key,
            update,
            known,
            depth: depth(update),
            error: None,
            refused: None,
        }
    }

    pub(super) fn apply(&mut self, document: &mut Value, trace: &mut Trace, targets: &Set) {
        self.walk(document, trace, targets, &Place::new(""), 0);
    }

    /// Goes to the targets in a value, the innermost first: what is merged with one of them is no target.
    fn walk(
        &mut self,
        value: &mut Value,
        trace: &mut Trace,
        targets: &Set,
        place: &Place<'_>,
        above: usize,
    ) {
        let mut inner = targets.inner.iter().peekable();
        match value {
            Value::Object(members) => {
                for (at, (key, member)) in members.iter_mut().enumerate() {
                    if let Some((_, set)) = inner.next_if(|(position, _)| *position == at) {
                        self.walk(member, trace.member(key), set, &place.key(key), above + 1);
                    } else if inner.peek().is_none() {
                        break;
                    }
                }
            }
            Value::Array(items) => {
                let length = items.len();
                for (at, set) in inner {
                    if let (Some(item), Some(trace)) = (items.get_mut(*at), trace.item(*at, length))
                    {
                        self.walk(item, trace, set, &place.index(*at), above + 1);
                    }
                }
            }
            _ => {}
        }
        if targets.is_member && self.error.is_none() && self.refused.is_none() {
            self.target(value, trace, place, above);
        }
    }

    fn target(&mut self, value: &mut Value, trace: &mut Trace, place: &Place<'_>, above: usize) {
        let is_appended = value.is_array() && !self.update.is_array();
        if let Err(refused) = check_depth(above + usize::from(is_appended), self.depth) {
            self.refused = Some(refused);
            return;
        }
        let (update, known) = (self.update, self.known.clone());
        match value {
            Value::Array(items) if is_appended => {
                trace.append(items.len(), known);
                items.push(update.clone());
            }
            _ => self.merge(value, trace, update, known, place),
        }
    }

    fn merge(
        &mut self,
        value: &mut Value,
        trace: &mut Trace,
        update: &Value,
        known: Known<'_>,
        place: &Place<'_>,
    ) {
        match (&mut *value, update) {
            (Value::Object(members), Value::Object(update)) => {
                for (key, update) in update {
                    let known = known.clone().step(key, false);
                    match members.get_mut(key) {
                        Some(member) => {
                            self.merge(member, trace.member(key), update, known, &place.key(key));
                        }
                        None => {
                            trace.insert(key, known);
                            members.insert(key.clone(), update.clone());
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(update)) => {
                for (index, update) in update.iter().enumerate() {
                    trace.append(items.len(), known.clone().step(&index.to_string(), false));
                    items.push(update.clone());
                }
            }
            // The specification's own example has keys without values beside objects and arrays (Overlay 1.0.0, section
            // "Structured Overlay Example"), which are to change nothing.
            (Value::Object(_) | Value::Array(_), Value::Null) if self.at.is_1_0 => {}
            (old, update)
                if Kind::of(old) == Kind::Primitive && Kind::of(update) == Kind::Primitive =>
            {
                *value = update.clone();
                trace.replace(known.written);
            }
            (old, update) => {
                if self.error.is_none() {
                    self.error = Some(self.incompatible(old, update, known, place));
                }
            }
        }
    }

    fn incompatible(
        &self,
        old: &Value,
        update: &Value,
        known: Known<'_>,
        place: &Place<'_>,
    ) -> Diagnostic {
        let (old, update) = (described(old), described(update));
        let error = if known.written.origin == self.at.origin && self.key == "update" {
            let message = format!("{update} can't be merged with {old}");
            Diagnostic::error(self.at.origin, known.written.pointer, message)
        } else {
            let message = format!("a copy of {update} can't be merged with {old}");
            self.at.error(self.key, message)
        };
        let error = error.label(format!("this is {update}"));
        let help = "remove the old value by an action before this one";
        error.at_key().help(help).related_in(
            Origin::Spec,
            place.pointer(),
            format!("this is {old}"),
        )
    }
}

/// What is known of the one value that a set has.
pub(super) fn known<'t>(set: &Set, document: &Value, trace: &'t Trace) -> Known<'t> {
    let mut known = trace.root();
    let (mut set, mut value) = (set, document);
    while let Some((at, inner)) = set.inner.first() {
        let (token, next) = match value {
            Value::Object(members) => match members.iter().nth(*at) {
                Some((key, member)) => (key.clone(), member),
                None => break,
            },
            Value::Array(items) => match items.get(*at) {
                Some(item) => (at.to_string(), item),
                None => break,
            },
            _ => break,
        };
        known = known.step(&token, false);
        (set, value) = (inner, next);
    }
    known
}
