//! Leading parts of paths that most operations of a document share, and that therefore tell none apart.

use std::collections::{HashMap, HashSet};

use super::nearly_all;
use super::route::{Route, Segment};

/// Least number of different continuations of what is taken for a mere beginning: fewer may be all that
/// there is of a resource.
const CONTINUATIONS: usize = 4;

/// The routes without what most of them share.
pub(super) fn without_shared(routes: &[Route]) -> Vec<Vec<Segment>> {
    let scopes = scopes(routes);
    let mut paths: Vec<Vec<Segment>> = routes
        .iter()
        .map(|route| without_scopes(&route.segments, &scopes))
        .collect();
    while let Some(prefix) = shared_prefix(&paths) {
        for path in &mut paths {
            if path.first() == Some(&prefix) {
                path.remove(0);
            }
        }
    }
    paths
}

/// The static segments with a parameter behind them that stand in more than half of all paths before
/// something else: `/accounts/{account_id}/..`.
fn scopes(routes: &[Route]) -> HashSet<Segment> {
    let mut found: HashMap<&Segment, (usize, HashSet<&Segment>)> = HashMap::new();
    for route in routes {
        let mut seen = HashSet::new();
        for triple in route.segments.windows(3) {
            let [name, Segment::Parameter, next] = triple else {
                continue;
            };
            if name.is_static() && seen.insert(name) {
                let (count, followers) = found.entry(name).or_default();
                *count += 1;
                followers.insert(next);
            }
        }
    }
    let is_scope = |(count, followers): &(usize, HashSet<&Segment>)| {
        count * 2 > routes.len() && followers.len() >= CONTINUATIONS
    };
    let scopes = found.into_iter().filter(|(_, them)| is_scope(them));
    scopes.map(|(name, _)| name.clone()).collect()
}

/// A path without the scopes in it. What stands in the scope itself stays: `/accounts/{account_id}`.
fn without_scopes(path: &[Segment], scopes: &HashSet<Segment>) -> Vec<Segment> {
    let mut kept: Vec<Segment> = Vec::with_capacity(path.len());
    let mut at = 0;
    while at < path.len() {
        let is_scope = scopes.contains(&path[at])
            && path.get(at + 1) == Some(&Segment::Parameter)
            && path.get(at + 2).is_some();
        if is_scope {
            at += 2;
            // What has two names is one thing: `/repos/{owner}/{repo}/issues`.
            while path.get(at) == Some(&Segment::Parameter) && at + 1 < path.len() {
                at += 1;
            }
        } else {
            kept.push(path[at].clone());
            at += 1;
        }
    }
    kept
}

/// The static segment that nearly all paths begin with, if it only leads to others.
fn shared_prefix(paths: &[Vec<Segment>]) -> Option<Segment> {
    let mut found: HashMap<&Segment, (usize, HashSet<&Segment>)> = HashMap::new();
    for path in paths {
        if let [first, second, ..] = path.as_slice()
            && first.is_static()
        {
            let (count, followers) = found.entry(first).or_default();
            *count += 1;
            followers.insert(second);
        }
    }
    let (first, (count, followers)) = found.into_iter().max_by_key(|(_, (count, _))| *count)?;
    let only_leads = !paths
        .iter()
        .any(|path| path.len() == 1 && path[0] == *first)
        && followers.iter().all(|next| next.is_static());
    let is_shared =
        nearly_all(count, paths.len()) && followers.len() >= CONTINUATIONS && only_leads;
    is_shared.then(|| first.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(paths: &[&str]) -> Vec<String> {
        let routes: Vec<Route> = paths.iter().map(|path| Route::of(path)).collect();
        let shown = |path: &Vec<Segment>| {
            let segments = path.iter().map(|it| match it {
                Segment::Parameter => "{}".to_owned(),
                other => other.words().join("_"),
            });
            segments.collect::<Vec<_>>().join("/")
        };
        without_shared(&routes).iter().map(shown).collect()
    }

    #[test]
    fn a_scope_of_most_paths_goes() {
        let paths = [
            "/accounts/{id}/zones",
            "/accounts/{id}/zones/{zone}",
            "/accounts/{id}/keys",
            "/accounts/{id}/users/{user}",
            "/accounts/{id}/roles",
            "/accounts/{id}",
            "/ips",
        ];
        let kept = [
            "zones",
            "zones/{}",
            "keys",
            "users/{}",
            "roles",
            "accounts/{}",
            "ips",
        ];
        assert_eq!(shown(&paths), kept);
    }

    #[test]
    fn a_resource_is_no_scope_and_no_prefix() {
        let paths = [
            "/pets/{id}/toys",
            "/pets/{id}",
            "/pets",
            "/pets/{id}/photos",
        ];
        let kept = ["pets/{}/toys", "pets/{}", "pets", "pets/{}/photos"];
        assert_eq!(shown(&paths), kept);
    }

    #[test]
    fn a_prefix_of_nearly_all_paths_goes() {
        let paths = ["/crm/leads", "/crm/deals/{id}", "/crm/notes", "/crm/users"];
        assert_eq!(shown(&paths), ["leads", "deals/{}", "notes", "users"]);
    }
}
