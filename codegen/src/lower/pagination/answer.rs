//! An answer, as far as it can tell about pages.

use serde_json::Value;

use crate::model::{Field, Type, TypeId};
use crate::names::Ident;
use crate::pointer::push;

use super::super::operations::Found;
use super::Paging;
use super::vocabulary::{AROUND, BESIDE, NEVER, WRAPPERS, has_one_of, is_one_of};

/// How deep in an answer a field is looked for.
const DEEPEST: usize = 3;

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
}

/// A list, and what it is of.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub path: Path,
    pub item: Type,
}

/// What is in an answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// The one list; none where there are several, or none.
    pub list: Option<List>,
    /// All lists that are not too deep.
    pub lists: Vec<List>,
    /// Fields with single values, those at the top first.
    pub leaves: Vec<Leaf>,
}

impl Paging<'_, '_> {
    pub(super) fn answer(&self, ty: &Type) -> Answer {
        let mut answer = Answer {
            list: None,
            lists: Vec::new(),
            leaves: Vec::new(),
        };
        match self.types.behind_aliases(ty) {
            Type::Array(item) => answer.lists.push(List {
                path: Path::default(),
                item: *item,
            }),
            Type::Named(id) => self.look_into(id, &Path::default(), &mut answer),
            _ => {}
        }
        answer.leaves.sort_by_key(|leaf| leaf.path.wire.len());
        answer.list = the_one(&answer.lists).cloned();
        answer
    }

    fn look_into(&self, id: TypeId, path: &Path, answer: &mut Answer) {
        let Some(fields) = self.types.fields(id) else {
            return;
        };
        for field in fields {
            let here = path.to(field);
            match self.types.behind_aliases(&field.ty) {
                Type::Array(item) => {
                    let mut above = path.wire.iter();
                    if above.all(|name| is_one_of(name, &WRAPPERS)) {
                        answer.lists.push(List {
                            path: here,
                            item: *item,
                        });
                    }
                }
                Type::Named(inner) if self.types.fields(inner).is_some() => {
                    let wraps =
                        has_one_of(&field.wire, &AROUND) || has_one_of(&field.wire, &WRAPPERS);
                    if wraps && here.wire.len() < DEEPEST {
                        self.look_into(inner, &here, answer);
                    }
                }
                ty => answer.leaves.push(Leaf {
                    holds_url: here.last().to_lowercase().contains("next")
                        && self.holds_url(id, &field.wire),
                    path: here,
                    ty,
                    sure: field.required && !field.nullable,
                    nullable: field.nullable,
                }),
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

    /// Whether a success is documented to have the header `Link` (RFC 8288).
    pub(super) fn documents_links(&self, found: &Found<'_>) -> bool {
        let responses = self
            .schemas
            .document
            .value(&push(&found.pointer, "responses"));
        let mut responses = responses.and_then(Value::as_object).into_iter().flatten();
        responses.any(|(status, response)| {
            let headers = self
                .schemas
                .followed(response)
                .and_then(|it| it.get("headers"));
            let mut headers = headers.and_then(Value::as_object).into_iter().flatten();
            status.starts_with('2') && headers.any(|(name, _)| name.eq_ignore_ascii_case("link"))
        })
    }
}

/// The list that a page is of: the one list at the top or, where there is none, the one below it.
/// What usually stands beside such a list counts only where it is all there is.
fn the_one(lists: &[List]) -> Option<&List> {
    let (beside, main): (Vec<&List>, Vec<&List>) = lists
        .iter()
        .filter(|list| !is_one_of(list.path.last(), &NEVER))
        .partition(|list| is_one_of(list.path.last(), &BESIDE));
    let candidates = if main.is_empty() { beside } else { main };
    let nearest = candidates.iter().map(|list| list.path.wire.len()).min()?;
    let mut near = candidates
        .into_iter()
        .filter(|list| list.path.wire.len() == nearest);
    match (near.next(), near.next()) {
        (Some(list), None) => Some(list),
        _ => None,
    }
}
