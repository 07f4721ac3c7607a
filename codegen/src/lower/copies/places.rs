//! What inline types could be called together: after the field that they are of, or after the resource or the
//! component that they stand in, and never after an operation.

use std::collections::HashMap;

use serde_json::Value;

use crate::document::Document;
use crate::model::Resource;
use crate::names::{pascal_case, words};
use crate::pointer::push;

use super::super::inline_names::{InlineNames, unescape};
use super::super::operations::names::in_singular;

/// Words that say too little to be the name of a type by themselves.
const VAGUE: [&str; 29] = [
    "Action",
    "Body",
    "Client",
    "Code",
    "Component",
    "Content",
    "Data",
    "Error",
    "Errors",
    "Event",
    "Format",
    "Info",
    "Item",
    "Kind",
    "List",
    "Message",
    "Mode",
    "Object",
    "Option",
    "Options",
    "Params",
    "Request",
    "Response",
    "Result",
    "State",
    "Static",
    "Status",
    "Type",
    "Value",
];

/// The place of an inline type.
pub(super) struct Place {
    /// What it stands in: a resource or a component.
    pub owner: String,
    /// What types at such a place may be called, the shortest first; no two of one place are equal.
    pub names: Vec<Candidate>,
}

/// What the types of several places may be called.
pub(super) struct Candidate {
    pub name: String,
    /// How many others are better.
    pub rank: usize,
    /// Whether places in several resources or components are meant.
    pub across: bool,
}

/// What places are found by.
pub(super) struct Places<'a> {
    pub document: &'a Document,
    pub inline_names: &'a InlineNames,
    /// The names of resources in the singular, by the pointers of their operations.
    owners: HashMap<String, String>,
}

impl<'a> Places<'a> {
    pub(super) fn new(
        document: &'a Document,
        inline_names: &'a InlineNames,
        resources: &[Resource],
    ) -> Self {
        let mut owners = HashMap::new();
        for resource in resources {
            let path = resource.path().map(|it| in_singular(&words(it.as_str())));
            let owner = pascal_case(&path.collect::<Vec<_>>().concat().join("_"));
            for operation in &resource.operations {
                let item = push("/paths", &operation.path);
                let method = operation.http.as_str().to_lowercase();
                owners.insert(push(&item, &method), owner.clone());
                owners.entry(item).or_insert_with(|| owner.clone());
            }
        }
        Self {
            document,
            inline_names,
            owners,
        }
    }

    /// The place at a pointer, if it is within an operation or a component.
    pub(super) fn of(&self, pointer: &str) -> Option<Place> {
        let (start, owner) = self.start(pointer)?;
        let long = self.inline_names.name(pointer);
        let fields = self.fields(pointer, start.len());
        let mut names = Vec::new();
        let mut add = |rank: usize, name: String, across: bool| {
            if !names.iter().any(|it: &Candidate| it.name == name) && is_telling(&name) {
                names.push(Candidate { name, rank, across });
            }
        };
        if let Some((field, at)) = fields.last() {
            let suffix = long.strip_prefix(&self.inline_names.name(at))?;
            let name = format!("{}{suffix}", pascal_case(field));
            add(0, name.clone(), true);
            add(1, format!("{owner}{name}"), false);
            // Fields of one name that mean several things are told apart by what they are in.
            if let [.., (around, _), _] = fields.as_slice() {
                let name = format!("{}{name}", pascal_case(around));
                add(2, name.clone(), true);
                add(3, format!("{owner}{name}"), false);
            }
        } else {
            let suffix = long.strip_prefix(&self.inline_names.name(start))?;
            if let Some(rest) = pointer[start.len()..].strip_prefix("/responses/")
                && !rest.starts_with('2')
            {
                add(0, format!("{suffix}Response"), true);
            }
            add(1, format!("{owner}{suffix}"), false);
        }
        Some(Place { owner, names })
    }

    /// The pointer of the operation or the component that a place is in, and what that is called.
    fn start<'p>(&self, pointer: &'p str) -> Option<(&'p str, String)> {
        let ends = |count: usize| pointer.match_indices('/').nth(count).map(|(at, _)| at);
        if pointer.starts_with("/components/") {
            let start = &pointer[..ends(3)?];
            return Some((start, self.inline_names.name(start)));
        }
        if !pointer.starts_with("/paths/") {
            return None;
        }
        [4, 3].into_iter().find_map(|count| {
            let start = &pointer[..ends(count)?];
            Some((start, self.owners.get(start)?.clone()))
        })
    }

    /// The properties and the parameter that a place is in, the outermost first, with their pointers.
    fn fields<'p>(&self, pointer: &'p str, start: usize) -> Vec<(String, &'p str)> {
        let mut found = Vec::new();
        let mut at = start;
        let mut before = "";
        while at < pointer.len() {
            let next = pointer[at + 1..].find('/');
            let next = next.map_or(pointer.len(), |it| at + 1 + it);
            let token = &pointer[at + 1..next];
            match before {
                "properties" => found.push((unescape(token), &pointer[..next])),
                "parameters" => {
                    let parameter = self.document.value(&pointer[..next]);
                    let name = parameter.and_then(|it| it.get("name"));
                    let name = name.and_then(Value::as_str);
                    found.extend(name.map(|name| (name.to_owned(), &pointer[..next])));
                }
                _ => {}
            }
            // A property can be called `properties`, too.
            before = if before == "properties" { "" } else { token };
            at = next;
        }
        found
    }
}

/// The greatest rank of a candidate.
pub(super) const LAST_RANK: usize = 3;

/// Whether a name says by itself what a type is.
fn is_telling(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name.len() > 2
        && !VAGUE.contains(&name)
        && !crate::names::PRELUDE.contains(&name)
        && !crate::names::reserved::IMPORTED.contains(&name)
}
