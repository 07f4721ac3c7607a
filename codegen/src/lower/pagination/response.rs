//! A response, as far as it can tell about pages.

use std::collections::VecDeque;

use serde_json::Value;

use crate::model::{Field, Type, TypeId};
use crate::names::Ident;

use super::super::operations::Found;
use super::Paging;
use super::lists;
use super::reach::TEXT;
use super::vocabulary::{WRAPPERS, is_one_of, speaks_of_url};

/// How deep in a response a field is looked for.
const DEEPEST: usize = 3;

/// How many fields of a response are looked at: those that are deepest may be left out.
const MOST_FIELDS: usize = 2000;

/// A way into a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// Fields in Rust.
    pub fields: Vec<Ident>,
    /// The same on the wire.
    pub wire: Vec<String>,
}

impl Path {
    pub(super) fn to(&self, field: &Field) -> Self {
        let mut longer = self.clone();
        longer.fields.push(field.name.clone());
        longer.wire.push(field.wire.clone());
        longer
    }

    /// The name of the field at its end.
    pub(super) fn last(&self) -> &str {
        self.wire.last().map_or("", String::as_str)
    }

    /// The names of the fields around that at its end.
    pub(super) fn above(&self) -> &[String] {
        self.wire.split_last().map_or(&[], |(_, above)| above)
    }
}

/// A field that holds a single value.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub path: Path,
    /// Its type, aliases followed.
    pub ty: Type,
    /// Whether it is always there.
    pub sure: bool,
    /// Whether it can be `null`.
    pub nullable: bool,
    /// Whether the document says that it holds a URL.
    pub holds_url: bool,
    /// What the document says about it.
    pub docs: String,
}

/// A list, and what it is of.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub path: Path,
    pub item: Type,
}

impl List {
    /// Whether all that is around it is there to hold a response, by its names.
    pub(super) fn is_wrapped(&self) -> bool {
        let mut above = self.path.above().iter();
        above.all(|name| is_one_of(name, &WRAPPERS))
    }
}

/// What is in a response.
#[derive(Debug)]
pub(super) struct Response {
    /// The one list; none where there are several, or none.
    pub list: Option<List>,
    /// The lists that it may be, where it isn't known which.
    pub doubtful: Vec<List>,
    /// All lists that are not too deep.
    pub lists: Vec<List>,
    /// Fields with single values, those at the top first.
    pub leaves: Vec<Leaf>,
    /// Whether it has what a single thing has beside its lists: an id.
    pub is_thing: bool,
}

/// An object in a response that is still to be looked into.
struct Inside {
    id: TypeId,
    path: Path,
    sure: bool,
}

impl Paging<'_, '_> {
    pub(super) fn response(&self, found: &Found<'_>, ty: &Type) -> Response {
        let mut response = Response {
            list: None,
            doubtful: Vec::new(),
            lists: Vec::new(),
            leaves: Vec::new(),
            is_thing: false,
        };
        match self.types.behind_aliases(ty) {
            Type::Array(item) => response.lists.push(List {
                path: Path::default(),
                item: *item,
            }),
            Type::Named(id) => self.look_into(id, &mut response),
            _ => {}
        }
        let mut candidates = lists::candidates(found, &response.lists);
        if let [list] = candidates.as_slice() {
            response.list = Some((*list).clone());
            response.is_thing = response.is_thing_around(list);
        } else {
            response.doubtful = candidates.drain(..).cloned().collect();
        }
        response
    }

    /// Looks at the fields of a response, those at the top first.
    fn look_into(&self, id: TypeId, response: &mut Response) {
        let mut left = MOST_FIELDS;
        let path = Path::default();
        let mut inside = VecDeque::from([Inside {
            id,
            path,
            sure: true,
        }]);
        while let Some(Inside { id, path, sure }) = inside.pop_front() {
            for field in self.types.fields(id).unwrap_or_default() {
                left = match left.checked_sub(1) {
                    Some(left) => left,
                    None => return,
                };
                let here = path.to(field);
                let sure = sure && field.required && !field.nullable;
                match self.types.behind_aliases(&field.ty) {
                    Type::Array(item) => response.lists.push(List {
                        path: here,
                        item: *item,
                    }),
                    Type::Named(id) if self.types.fields(id).is_some() => {
                        if here.wire.len() < DEEPEST {
                            let path = here;
                            inside.push_back(Inside { id, path, sure });
                        }
                    }
                    ty => response.leaves.push(Leaf {
                        holds_url: here.last().to_lowercase().contains("next")
                            && (self.holds_url(id, &field.wire) || speaks_of_url(&field.docs.text)),
                        path: here,
                        ty,
                        sure,
                        nullable: field.nullable,
                        docs: field.docs.text.to_lowercase(),
                    }),
                }
            }
        }
    }

    /// Whether the document gives a property a format of URLs (JSON Schema Validation, 7.3.5).
    fn holds_url(&self, owner: TypeId, wire: &str) -> bool {
        let schema = self.schemas.document.value(self.types.pointer(owner));
        let property = schema.and_then(|schema| self.schemas.property(schema, wire, DEEPEST));
        let format = property.and_then(|property| property.get("format"));
        let format = format.and_then(Value::as_str).unwrap_or_default();
        ["uri", "url", "uri-reference"].contains(&format)
    }
}

impl Response {
    /// Whether what is around a list is a single thing: has an id, or as much to say about itself.
    pub(super) fn is_thing_around(&self, list: &List) -> bool {
        let above = list.path.above();
        if list.path.wire.is_empty() {
            return false;
        }
        let beside = self.leaves.iter().filter(|leaf| leaf.path.above() == above);
        beside
            .filter(|leaf| TEXT.has(&leaf.ty) || !leaf.nullable)
            .any(|leaf| is_one_of(leaf.path.last(), &["id", "uuid", "guid"]))
    }
}
