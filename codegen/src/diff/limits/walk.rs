//! The way through two schemas, side by side.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::model::Api;
use crate::pointer::{push, tokens};

use super::super::change::Subject;
use super::super::side::Side;
use super::keywords::{Keywords, compare, default};
use super::{Found, Name};

/// Most schemas that one is composed of; what has more leads back to itself.
const MOST_PARTS: usize = 64;

/// Two schemas that are to be compared.
pub(super) struct Step {
    old: String,
    new: String,
    name: Name,
    is_sent: bool,
    is_root: bool,
}

impl Step {
    pub(super) fn new(old: String, new: String, name: Name, is_sent: bool) -> Self {
        Self {
            old,
            new,
            name,
            is_sent,
            is_root: true,
        }
    }
}

/// The schemas that one consists of: those that are written there, and those that it refers to.
struct Parts<'v> {
    own: Vec<(String, &'v Map<String, Value>)>,
    references: Vec<String>,
}

/// By the pointers of the two schemas.
pub(super) type Changes = IndexMap<(String, String), (Name, Found)>;

/// What has been compared, and what is still to be.
pub(super) struct Walk<'c> {
    old: &'c Side<'c>,
    new: &'c Side<'c>,
    /// The names of the types of the new crate, by the pointers of their schemas.
    types: HashMap<String, String>,
    seen: HashSet<(String, String, bool)>,
    open: VecDeque<Step>,
    found: Changes,
}

impl<'c> Walk<'c> {
    pub(super) fn new(old: &'c Side<'_>, new: &'c Side<'_>) -> Self {
        Self {
            old,
            new,
            types: names(&new.api),
            seen: HashSet::new(),
            open: VecDeque::new(),
            found: IndexMap::new(),
        }
    }

    /// Compares two schemas, and all that they lead to.
    pub(super) fn begin(&mut self, step: Step) {
        self.open.push_back(step);
        while let Some(step) = self.open.pop_front() {
            self.step(step);
        }
    }

    /// What has changed, in the order in which it was found.
    pub(super) fn finish(self) -> Changes {
        self.found
    }

    fn step(&mut self, step: Step) {
        let Some((old_place, old)) = self.old.followed_at(&step.old) else {
            return;
        };
        let Some((new_place, new)) = self.new.followed_at(&step.new) else {
            return;
        };
        let places = (old_place, new_place);
        let seen = (places.0.clone(), places.1.clone(), step.is_sent);
        if !self.seen.insert(seen) {
            if let (true, Some((name, found))) = (step.is_root, self.found.get_mut(&places))
                && name.shared.is_some()
            {
                found.others += 1;
            }
            return;
        }
        let (Value::Object(_), Value::Object(_)) = (old, new) else {
            return;
        };
        let name = self.name(&places.1, step.name);
        let mut before = parts(self.old, &places.0, false);
        let mut after = parts(self.new, &places.1, false);
        if before.references.len() != after.references.len() {
            // What one side refers to is written here on the other one.
            before = parts(self.old, &places.0, true);
            after = parts(self.new, &places.1, true);
        }
        if kind(&before) == kind(&after) {
            self.compare(places, &name, (&before, &after), step.is_sent);
        } else if kind(&after).is_some_and(|it| it == "array") {
            // What was one value is an item now.
            if let Some(new) = place_of(&after, "items") {
                self.push(places.0, new, name.within("each item of"), step.is_sent);
            }
            return;
        }
        let both = before.references.iter().zip(&after.references);
        for (old, new) in both {
            self.push(old.clone(), new.clone(), name.clone(), step.is_sent);
        }
        self.properties(&before, &after, &name, step.is_sent);
        for (keyword, what) in [
            ("items", "each item of"),
            ("additionalProperties", "each additional property of"),
        ] {
            let name = name.within(what);
            self.child(&before, &after, keyword, name, step.is_sent);
        }
        self.alternatives(&before, &after, &name, step.is_sent);
    }

    fn push(&mut self, old: String, new: String, name: Name, is_sent: bool) {
        self.open.push_back(Step {
            is_root: false,
            ..Step::new(old, new, name, is_sent)
        });
    }

    fn compare(
        &mut self,
        places: (String, String),
        name: &Name,
        (before, after): (&Parts<'_>, &Parts<'_>),
        is_sent: bool,
    ) {
        let before: Vec<&Map<String, Value>> = before.own.iter().map(|it| it.1).collect();
        let after: Vec<&Map<String, Value>> = after.own.iter().map(|it| it.1).collect();
        let (before, after) = (Keywords(&before), Keywords(&after));
        let limits = compare(before, after);
        let default = default(before, after);
        if limits.is_empty() && default.is_none() {
            return;
        }
        let entry = self.found.entry(places);
        let (_, found) = entry.or_insert_with(|| (name.clone(), Found::default()));
        found.limits = limits;
        found.default = default;
        found.is_sent |= is_sent;
        found.is_received |= !is_sent;
    }

    fn properties(&mut self, before: &Parts<'_>, after: &Parts<'_>, name: &Name, is_sent: bool) {
        let (olds, news) = (properties(before), properties(after));
        for (wire, new) in news {
            let Some(old) = olds.get(&wire) else {
                continue;
            };
            let one_way = if is_sent { "readOnly" } else { "writeOnly" };
            let is_left_out = |side: &Side<'_>, place: &str| {
                let found = side.followed_at(place);
                found.is_some_and(|(_, it)| it.get(one_way) == Some(&Value::Bool(true)))
            };
            if is_left_out(self.new, &new) || is_left_out(self.old, old) {
                continue;
            }
            let plain = format!("{}.{wire}", name.plain);
            let text = match name.subject {
                Subject::Type | Subject::Field => format!("`{plain}`"),
                _ => format!("`{wire}` in {}", name.text),
            };
            let name = Name {
                subject: Subject::Field,
                text,
                plain,
                shared: None,
            };
            self.push(old.clone(), new, name, is_sent);
        }
    }

    /// What both have at a keyword.
    fn child(
        &mut self,
        before: &Parts<'_>,
        after: &Parts<'_>,
        keyword: &str,
        name: Name,
        is_sent: bool,
    ) {
        if let (Some(old), Some(new)) = (place_of(before, keyword), place_of(after, keyword)) {
            self.push(old, new, name, is_sent);
        }
    }

    /// The schemas of `oneOf` and `anyOf`: those of one reference, others by their order.
    fn alternatives(&mut self, before: &Parts<'_>, after: &Parts<'_>, name: &Name, is_sent: bool) {
        for keyword in ["oneOf", "anyOf"] {
            let lists = (place_of(before, keyword), place_of(after, keyword));
            let (Some(old), Some(new)) = lists else {
                continue;
            };
            let (olds, news) = (members(self.old, &old), members(self.new, &new));
            for (key, new) in news {
                if let Some(old) = olds.get(&key) {
                    let name = name.within("an alternative of");
                    self.push(old.clone(), new, name, is_sent);
                }
            }
        }
    }

    /// What a schema is called: a type by its name, others by the way to them.
    fn name(&self, place: &str, by_way: Name) -> Name {
        let component = place.strip_prefix("/components/schemas/");
        let component = component.filter(|it| !it.contains('/'));
        let named = self.types.get(place).cloned();
        let named =
            named.or_else(|| component.and_then(|_| tokens(place).last().map(String::from)));
        match named {
            Some(plain) => Name {
                subject: Subject::Type,
                text: format!("`{plain}`"),
                plain,
                shared: None,
            },
            None => by_way,
        }
    }
}

/// The names of the types that a crate declares, by the pointers of their schemas.
fn names(api: &Api) -> HashMap<String, String> {
    let types = api.declared();
    types
        .map(|it| (it.pointer.clone(), it.name.to_string()))
        .collect()
}

/// The schemas that one consists of, `allOf` by `allOf`; with those that it refers to among its own if so asked.
fn parts<'v>(side: &'v Side<'_>, place: &str, follow: bool) -> Parts<'v> {
    let mut parts = Parts {
        own: Vec::new(),
        references: Vec::new(),
    };
    let mut open = VecDeque::from([place.to_owned()]);
    while let Some(place) = open.pop_front() {
        let Some(Value::Object(schema)) = side.document.value(&place) else {
            continue;
        };
        if schema.contains_key("$ref") {
            if !follow {
                parts.references.push(place);
            } else if let Some((place, _)) = side.followed_at(&place)
                && parts.own.iter().all(|(known, _)| *known != place)
            {
                open.push_back(place);
            }
            continue;
        }
        if let Some(Value::Array(members)) = schema.get("allOf") {
            let list = push(&place, "allOf");
            open.extend((0..members.len()).map(|index| push(&list, &index.to_string())));
        }
        parts.own.push((place, schema));
        if parts.own.len() + open.len() > MOST_PARTS {
            break;
        }
    }
    parts
}

/// The `type` of a schema; another one is a change of its own.
fn kind<'v>(parts: &Parts<'v>) -> Option<&'v Value> {
    parts.own.iter().find_map(|(_, schema)| schema.get("type"))
}

/// The pointers of properties, each in the first schema that has it.
fn properties(parts: &Parts<'_>) -> IndexMap<String, String> {
    let mut all = IndexMap::new();
    for (place, schema) in &parts.own {
        let Some(Value::Object(properties)) = schema.get("properties") else {
            continue;
        };
        let place = push(place, "properties");
        for wire in properties.keys() {
            let own = || push(&place, wire);
            all.entry(wire.clone()).or_insert_with(own);
        }
    }
    all
}

/// Where a keyword is.
fn place_of(parts: &Parts<'_>, keyword: &str) -> Option<String> {
    let mut own = parts.own.iter();
    let (place, _) = own.find(|(_, schema)| schema.contains_key(keyword))?;
    Some(push(place, keyword))
}

/// The pointers of the members of a list of schemas, by what they refer to or by their order among the others.
fn members(side: &Side<'_>, list: &str) -> IndexMap<String, String> {
    let Some(Value::Array(items)) = side.document.value(list) else {
        return IndexMap::new();
    };
    let mut written = 0;
    let members = items.iter().enumerate().map(|(index, item)| {
        let place = push(list, &index.to_string());
        let key = match item.get("$ref").and_then(Value::as_str) {
            Some(reference) => reference.to_owned(),
            None => {
                written += 1;
                written.to_string()
            }
        };
        (key, place)
    });
    members.collect()
}
