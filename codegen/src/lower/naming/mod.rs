//! What operations are called: the resource that has each, and its method.
//!
//! Names come from one of three sources, which the configuration can choose ([`NamedBy`]); without it
//! the document decides ([`source_of`]). What an operation is called depends on its own path, HTTP
//! method, id and response, and on others only where two would have one name ([`clash`]).

mod by_call;
mod by_id;
mod by_path;
mod clash;
pub(super) mod english;
mod extensions;
mod route;
mod scopes;
mod shared_words;
mod subject;
mod tree;

use crate::model::{HttpMethod, NamedBy};

pub(super) use by_id::are_hierarchical;
use by_path::Site;
use clash::Named;
pub(super) use extensions::{
    method as method_by_extension, resource as resource_by_extension,
    unusable as unusable_extensions,
};
pub(super) use route::is_prefix;
use route::{Route, Segment};
pub(super) use shared_words::shared_words;
pub(super) use subject::subjects;
use tree::Tree;

use super::operations::names::without_route;

/// What the 2xx response of an operation holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum ResponseShape {
    /// An array.
    Array,
    /// An object around an array that is called as the items of a page are.
    Page,
    /// An object with another array in it.
    Envelope,
    /// Anything else.
    Other,
    /// Nothing, or nobody says what.
    #[default]
    Unknown,
}

impl ResponseShape {
    fn is_list(self) -> bool {
        !matches!(self, Self::Other | Self::Unknown)
    }
}

/// An operation, as far as its name depends on it.
#[derive(Clone, Debug)]
pub(super) struct Subject<'a> {
    pub http: HttpMethod,
    pub path: &'a str,
    /// `operationId`, if it says something.
    pub id: Option<&'a str>,
    /// The first of its tags.
    pub tag: Option<&'a str>,
    pub deprecated: bool,
    /// What it stands below, whatever its path is: `beta`, `admin`.
    pub realm: Option<&'static str>,
    pub response: ResponseShape,
}

/// What an operation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// The names that lead to its resource; none for the client itself.
    pub resource: Vec<String>,
    /// Its method.
    pub method: String,
}

impl Call {
    fn new(resource: Vec<String>, method: String) -> Self {
        Self { resource, method }
    }
}

/// What each operation is called, and by what; none where that is its tag.
pub(super) fn calls(
    subjects: &[Subject<'_>],
    chosen: Option<NamedBy>,
) -> (NamedBy, Vec<Option<Call>>) {
    let routes: Vec<Route> = subjects.iter().map(|it| Route::of(it.path)).collect();
    let by = chosen.unwrap_or_else(|| source_of(subjects, &routes));
    let calls = match by {
        NamedBy::Tag => vec![None; subjects.len()],
        NamedBy::OperationId => by_id_or_path(subjects, &routes),
        NamedBy::Path if by_call::are_calls(subjects, &routes) => {
            let calls = subjects.iter().zip(&routes);
            calls
                .map(|(it, route)| Some(by_call::call(it, route)))
                .collect()
        }
        NamedBy::Path => by_path(subjects, &routes).into_iter().map(Some).collect(),
    };
    (by, calls)
}

/// Whether so many of all are taken for all: nine of ten.
pub(super) fn nearly_all(count: usize, all: usize) -> bool {
    count * 10 >= all * 9
}

/// What names come from where nobody chose: ids if they are paths of names themselves, else paths.
fn source_of(subjects: &[Subject<'_>], routes: &[Route]) -> NamedBy {
    if !by_call::are_calls(subjects, routes) && are_hierarchical(subjects) {
        NamedBy::OperationId
    } else {
        NamedBy::Path
    }
}

fn by_id_or_path(subjects: &[Subject<'_>], routes: &[Route]) -> Vec<Option<Call>> {
    let by_id = by_id::calls(subjects);
    if by_id.iter().all(Option::is_some) {
        return by_id;
    }
    let by_path = by_path(subjects, routes);
    let both = by_id.into_iter().zip(by_path);
    both.map(|(by_id, by_path)| by_id.or(Some(by_path)))
        .collect()
}

fn by_path(subjects: &[Subject<'_>], routes: &[Route]) -> Vec<Call> {
    let mut paths = scopes::without_shared(routes);
    for ((path, route), subject) in paths.iter_mut().zip(routes).zip(subjects) {
        if let Some(realm) = realm(subject, route) {
            let realm = Segment::Static(vec![realm.to_owned()]);
            if path.first() != Some(&realm) {
                path.insert(0, realm);
            }
        }
    }
    let (tree, places) = Tree::of(paths.iter().map(Vec::as_slice));
    let has_tags = subjects.iter().any(|it| it.tag.is_some());
    let shared = shared_words(subjects);
    let mut named = Vec::with_capacity(subjects.len());
    for (index, subject) in subjects.iter().enumerate() {
        let site = Site {
            subject,
            route: &routes[index],
            path: &paths[index],
            tree: &tree,
            place: places[index],
            own: own_words(subject, &routes[index], shared),
            has_tags,
        };
        named.push(Named {
            call: site.call(),
            subject,
            route: &routes[index],
            path: &paths[index],
            own: site.own,
        });
    }
    clash::resolve(&mut named);
    named.into_iter().map(|it| it.call).collect()
}

fn realm<'r>(subject: &Subject<'_>, route: &'r Route) -> Option<&'r str> {
    route.flag.as_deref().or(subject.realm)
}

/// The words of the id, without the route that some frameworks append, without those that all ids begin
/// with, and without what the operation stands below.
fn own_words(subject: &Subject<'_>, route: &Route, shared: usize) -> Vec<String> {
    let Some(id) = subject.id else {
        return Vec::new();
    };
    let mut own = crate::names::words(&without_route(id, subject.http, subject.path));
    if shared < own.len() {
        own.drain(..shared);
    }
    let realm = realm(subject, route);
    if own.len() > 1 && own.first().map(String::as_str) == realm {
        own.remove(0);
    }
    own
}

#[cfg(test)]
mod tests;
