//! Names by paths that are calls themselves: `/chat.postMessage`, `/sendMessage`, `/core/version`.

use std::collections::HashMap;

use crate::model::HttpMethod;
use crate::names::{DEEPEST, words};
use crate::path_template::PathTemplate;

use super::route::{Route, Segment, is_prefix};
use super::{Call, Subject, nearly_all};

/// Fewer operations are no style.
const FEWEST: usize = 4;

/// Whether paths name functions rather than things: nearly none has a parameter, each has one operation,
/// and they are written as names of functions are, or all are sent by POST.
pub(super) fn are_calls(subjects: &[Subject<'_>], routes: &[Route]) -> bool {
    let nearly_all = |count: usize| nearly_all(count, subjects.len());
    let mut operations: HashMap<&str, usize> = HashMap::new();
    for subject in subjects {
        *operations.entry(subject.path).or_default() += 1;
    }
    let plain = routes.iter().filter(|route| {
        route.segments.iter().all(Segment::is_static) && !route.segments.is_empty()
    });
    let posts = subjects.iter().filter(|it| it.http == HttpMethod::Post);
    let functions = subjects.iter().filter(|it| is_function(it.path));
    subjects.len() >= FEWEST
        && nearly_all(plain.count())
        && nearly_all(operations.len())
        && (nearly_all(posts.count()) || functions.count() * 2 > subjects.len())
}

/// Whether the last segment of a path is written as a function is: `sendMessage`, `chat.postMessage`.
fn is_function(path: &str) -> bool {
    let last = PathTemplate::of(path).path.rsplit('/').next().unwrap_or("");
    let has_hump = last
        .chars()
        .zip(last.chars().skip(1))
        .any(|(one, next)| one.is_lowercase() && next.is_uppercase());
    has_hump || last.contains('.')
}

/// What the path calls the operation.
pub(super) fn call(subject: &Subject<'_>, route: &Route) -> Call {
    let path = PathTemplate::of(subject.path).path;
    let segments = path
        .split('/')
        .filter(|it| !it.is_empty() && !is_prefix(it));
    let parts = segments.flat_map(|segment| segment.split('.'));
    let parts = parts.filter(|part| !part.contains('{'));
    let mut names: Vec<String> = parts
        .map(|part| words(part).join("_"))
        .filter(|name| !name.is_empty())
        .collect();
    let method = names.pop().unwrap_or_else(|| {
        let words = route.segments.iter().flat_map(Segment::words);
        words.cloned().collect::<Vec<_>>().join("_")
    });
    names.truncate(DEEPEST);
    Call::new(names, method)
}
