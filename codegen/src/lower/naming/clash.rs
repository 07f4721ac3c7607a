//! Two operations that would have one name.

use std::collections::{HashMap, HashSet};

use crate::model::HttpMethod;
use crate::names::DEEPEST;

use super::english::{singular, without_dangling};
use super::route::{Route, Segment};
use super::{Call, Subject};

/// An operation and what it is called so far.
pub(super) struct Named<'s, 'a> {
    pub call: Call,
    pub subject: &'s Subject<'a>,
    pub route: &'s Route,
    /// Its path without what most share.
    pub path: &'s [Segment],
    /// The words of its id.
    pub own: Vec<String>,
}

impl Named<'_, '_> {
    fn parameters(&self) -> usize {
        let parameters = self.path.iter().filter(|it| **it == Segment::Parameter);
        parameters.count()
    }

    fn ends_in_item(&self) -> bool {
        self.path.last() == Some(&Segment::Parameter)
    }
}

/// Ways to tell two operations apart, in the order in which they are gone through. Each gives another name
/// to those of a group that stand back.
const WAYS: [fn(&mut [&mut Named<'_, '_>]); 5] = [
    by_scope,
    by_version,
    by_http_method,
    by_parameters,
    by_words,
];

/// Gives other names to operations whose name another one has a better right to.
pub(super) fn resolve(named: &mut [Named<'_, '_>]) {
    for way in WAYS {
        let mut groups: HashMap<(&[String], &str), Vec<usize>> = HashMap::new();
        for (index, it) in named.iter().enumerate() {
            let key = (it.call.resource.as_slice(), it.call.method.as_str());
            groups.entry(key).or_default().push(index);
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|it| it.len() > 1).collect();
        groups.sort_unstable();
        let mut places: Vec<_> = named.iter_mut().map(Some).collect();
        for group in groups {
            // Each is in one group alone.
            let members = group.into_iter().filter_map(|index| places[index].take());
            way(&mut members.collect::<Vec<_>>());
        }
    }
    for it in named {
        it.call.resource = shallow(std::mem::take(&mut it.call.resource));
    }
}

/// No more names than there may be folders.
fn shallow(mut resource: Vec<String>) -> Vec<String> {
    let surplus = resource.len().saturating_sub(DEEPEST);
    resource.drain(..surplus);
    resource
}

/// Paths whose scope was taken off get it back where others have the name without it.
fn by_scope(group: &mut [&mut Named<'_, '_>]) {
    let is_short = |it: &Named<'_, '_>| it.path.len() < it.route.segments.len();
    if group.iter().all(|it| is_short(it)) {
        return;
    }
    for it in group.iter_mut().filter(|it| is_short(it)) {
        let mut statics = it.route.statics();
        let is_action = it.call.resource.last() != statics.last();
        if is_action {
            statics.pop();
        }
        it.call.resource = statics;
    }
}

/// Of several versions of one path the newest that isn't deprecated has the name; the others are below their
/// version.
fn by_version(group: &mut [&mut Named<'_, '_>]) {
    let rank = |it: &Named<'_, '_>| (!it.subject.deprecated, numbers_in(&it.route.prefix));
    let best = group.iter().max_by_key(|it| rank(it));
    let Some(best) = best.map(|it| it.route.prefix.clone()) else {
        return;
    };
    for it in group.iter_mut().filter(|it| it.route.prefix != best) {
        let mut own = it.route.prefix.iter().rev();
        let version = own.find(|part| !best.contains(part));
        let version = version.map_or("unversioned", String::as_str).to_owned();
        it.call.resource.insert(0, version);
    }
}

/// The numbers of versions, to be compared as such: `v10` is newer than `v9`.
fn numbers_in(prefix: &[String]) -> Vec<u64> {
    let digits = |part: &str| {
        let numbers = part.split(|it: char| !it.is_ascii_digit());
        numbers
            .filter_map(|number| number.parse().ok())
            .collect::<Vec<u64>>()
    };
    prefix.iter().flat_map(|part| digits(part)).collect()
}

/// `PUT` beside `PATCH` or `POST` replaces; `DELETE` of a list beside that of an item deletes all.
fn by_http_method(group: &mut [&mut Named<'_, '_>]) {
    let has = |group: &[&mut Named<'_, '_>], http| group.iter().any(|it| it.subject.http == http);
    let updates = has(group, HttpMethod::Patch) || has(group, HttpMethod::Post);
    if updates && has(group, HttpMethod::Put) && group[0].call.method == "update" {
        let puts = group
            .iter_mut()
            .filter(|it| it.subject.http == HttpMethod::Put);
        puts.for_each(|it| "replace".clone_into(&mut it.call.method));
    }
    let deletes = group.iter().all(|it| it.subject.http == HttpMethod::Delete);
    if deletes && group.iter().any(|it| it.ends_in_item()) {
        let all = group.iter_mut().filter(|it| !it.ends_in_item());
        all.for_each(|it| it.call.method.push_str("_all"));
    }
}

/// Of paths with the same words, the one with fewest parameters in its item has the name, and the
/// others say their last one: `get_by_version`. What has fewer parameters before its last word is told by its
/// id: `POST /threads/runs` is `threads().create_and_run()`.
fn by_parameters(group: &mut [&mut Named<'_, '_>]) {
    let counts: HashSet<usize> = group.iter().map(|it| it.parameters()).collect();
    if counts.len() < 2 {
        return;
    }
    let least = group.iter().map(|it| it.parameters()).min().unwrap_or(0);
    let most = group.iter().map(|it| it.parameters()).max().unwrap_or(0);
    for it in group.iter_mut() {
        if it.ends_in_item() {
            let name = it.route.parameters.last();
            if let Some(name) = name.filter(|_| it.parameters() > least) {
                it.call.method = format!("{}_by_{name}", it.call.method);
            }
        } else if it.parameters() < most && !it.own.is_empty() && it.call.resource.len() > 1 {
            let parents = &it.call.resource[..it.call.resource.len() - 1];
            let rest = without_nouns(&it.own, parents);
            if !rest.is_empty() {
                it.call.resource.pop();
                it.call.method = rest.join("_");
            }
        }
    }
}

/// All but the first say what their ids say beside the resource.
fn by_words(group: &mut [&mut Named<'_, '_>]) {
    let mut taken: HashSet<String> = group
        .first()
        .map(|it| it.call.method.clone())
        .into_iter()
        .collect();
    for it in group.iter_mut().skip(1) {
        let short = without_nouns(&it.own, &it.call.resource).join("_");
        let wanted = [short, it.own.join("_")];
        let free = wanted
            .into_iter()
            .find(|name| !name.is_empty() && !taken.contains(name));
        if let Some(name) = free {
            taken.insert(name.clone());
            it.call.method = name;
        }
    }
}

/// The words of an id without those of its resource.
fn without_nouns(own: &[String], resource: &[String]) -> Vec<String> {
    let nouns: HashSet<String> = resource
        .iter()
        .flat_map(|name| name.split('_').map(singular))
        .collect();
    let rest = own.iter().filter(|word| !nouns.contains(&singular(word)));
    let mut rest: Vec<String> = rest.cloned().collect();
    without_dangling(&mut rest);
    rest
}
