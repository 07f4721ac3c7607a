//! Names by operation ids that are paths of names themselves: `repos/get-commit`, `youtube.captions.delete`,
//! `Accounts_ListKeys`.

use std::collections::HashMap;

use crate::names::{DEEPEST, words};

use super::{Call, Subject, nearly_all};

/// The signs between the parts.
#[derive(Clone, Copy)]
enum Separator {
    Sign(char),
    /// An underscore between two words with capitals.
    Underscore,
}

const SEPARATORS: [Separator; 3] = [
    Separator::Sign('/'),
    Separator::Sign('.'),
    Separator::Underscore,
];

/// Whether nearly all ids are paths of names, several of them of each resource.
pub(in super::super) fn are_hierarchical(subjects: &[Subject<'_>]) -> bool {
    separator_of(subjects).is_some()
}

fn separator_of(subjects: &[Subject<'_>]) -> Option<Separator> {
    SEPARATORS.into_iter().find(|separator| {
        let ids = subjects.iter().filter_map(|it| parts(it.id?, *separator));
        let mut resources: HashMap<Vec<&str>, usize> = HashMap::new();
        let mut count = 0;
        for mut parts in ids {
            parts.pop();
            *resources.entry(parts).or_default() += 1;
            count += 1;
        }
        nearly_all(count, subjects.len()) && resources.len() < count
    })
}

/// What the ids call their operations; none for an operation whose id isn't such.
pub(super) fn calls(subjects: &[Subject<'_>]) -> Vec<Option<Call>> {
    let Some(separator) = separator_of(subjects) else {
        return subjects.iter().map(|_| None).collect();
    };
    let ids: Vec<Option<Vec<&str>>> = subjects.iter().map(|it| parts(it.id?, separator)).collect();
    let shared = shared(&ids);
    ids.into_iter()
        .map(|parts| Some(call(&parts?[shared..])))
        .collect()
}

fn call(parts: &[&str]) -> Call {
    let name = |part: &str| words(part).join("_");
    let (method, resource) = parts.split_last().unwrap_or((&"", &[]));
    let resource = resource.iter().take(DEEPEST).map(|part| name(part));
    Call::new(resource.collect(), name(method))
}

/// How many leading parts all ids share, if each has others behind them: `youtube` of
/// `youtube.captions.list`.
fn shared(ids: &[Option<Vec<&str>>]) -> usize {
    let ids: Vec<&[&str]> = ids.iter().flatten().map(Vec::as_slice).collect();
    let Some(first) = ids.first().filter(|_| ids.len() > 1) else {
        return 0;
    };
    let shortest = ids.iter().map(|id| id.len()).min().unwrap_or(0);
    // A resource and a method stay.
    let most = shortest.saturating_sub(2);
    (0..most)
        .take_while(|&at| ids.iter().all(|id| id[at] == first[at]))
        .count()
}

/// The parts of an id with this separator; none where it has one part, or one is no name.
fn parts(id: &str, separator: Separator) -> Option<Vec<&str>> {
    let parts: Vec<&str> = match separator {
        Separator::Sign(sign) => id.split(sign).collect(),
        Separator::Underscore => {
            let (resource, method) = id.split_once('_')?;
            let is_name = |part: &str| {
                part.starts_with(|first: char| first.is_ascii_uppercase())
                    && part.chars().all(|it| it.is_ascii_alphanumeric())
                    && part.chars().any(|it| it.is_ascii_lowercase())
            };
            if !is_name(resource) || !is_name(method) {
                return None;
            }
            vec![resource, method]
        }
    };
    let is_name = |part: &&str| {
        part.starts_with(|first: char| first.is_alphabetic())
            && !part.contains(|it: char| it.is_whitespace() || "{}/".contains(it))
    };
    (parts.len() > 1 && parts.iter().all(is_name)).then_some(parts)
}
