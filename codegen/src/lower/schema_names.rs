//! Names of schemas without what all of them share: `io.k8s.api.core.v1.Pod` is `Pod`, and
//! `MicrosoftGraphUser` is `User`.

use std::collections::{HashMap, HashSet};

use crate::names::words;

use super::naming::{is_prefix, nearly_all};

/// With fewer schemas, what they share may be what all of them are about.
const FEWEST: usize = 8;

/// Fewest words that are a name of something else than what the schemas are about: a vendor and a product.
/// `PetList` and `PetPage` are about pets.
const FEWEST_WORDS: usize = 2;

/// What schemas are called in Rust, before it is made an identifier, by their keys in the document; without
/// those that are called as the document does.
pub(super) fn short<'k>(keys: &[&'k str]) -> HashMap<&'k str, String> {
    let namespaced = keys.iter().filter(|key| key.contains('.')).count();
    if namespaced > 1 && nearly_all(namespaced, keys.len()) {
        return without_namespaces(keys);
    }
    without_shared_words(keys)
}

/// Names with dots from the first part on that makes them unique, from the right.
fn without_namespaces<'k>(keys: &[&'k str]) -> HashMap<&'k str, String> {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for key in keys {
        for suffix in suffixes(key) {
            *uses.entry(comparable(suffix)).or_default() += 1;
        }
    }
    let unique = |suffix: &&str| uses.get(&comparable(suffix)) == Some(&1) && is_name(suffix);
    let short = keys.iter().filter_map(|&key| {
        let suffix = suffixes(key).find(unique)?;
        (suffix.len() < key.len()).then(|| (key, suffix.to_owned()))
    });
    short.collect()
}

/// The ends of a name with dots, the shortest first.
fn suffixes(key: &str) -> impl Iterator<Item = &str> {
    let dots = key.rmatch_indices('.').map(|(at, _)| &key[at + 1..]);
    dots.chain([key])
}

/// Names that become one identifier are one.
fn comparable(name: &str) -> String {
    words(name).concat()
}

fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
}

/// Names without the words that all begin with.
fn without_shared_words<'k>(keys: &[&'k str]) -> HashMap<&'k str, String> {
    let all: Vec<Vec<String>> = keys.iter().map(|key| words(key)).collect();
    let shared = shared(&all);
    let prefix = all.first().map_or(&[][..], |first| &first[..shared]);
    let is_namespace = shared >= FEWEST_WORDS || prefix.first().is_some_and(|word| is_prefix(word));
    let rest: Vec<String> = all.iter().map(|words| words[shared..].join("_")).collect();
    let distinct: HashSet<&String> = rest.iter().collect();
    let are_names = rest.iter().all(|name| is_name(name)) && distinct.len() == rest.len();
    if keys.len() < FEWEST || shared == 0 || !is_namespace || !are_names {
        return HashMap::new();
    }
    keys.iter().copied().zip(rest).collect()
}

/// How many leading words all names share.
fn shared(names: &[Vec<String>]) -> usize {
    let Some((first, others)) = names.split_first() else {
        return 0;
    };
    let is_shared = |at: &usize| others.iter().all(|it| it.get(*at) == first.get(*at));
    (0..first.len()).take_while(is_shared).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(keys: &[&str]) -> Vec<String> {
        let short = short(keys);
        let name = |key: &&str| short.get(key).cloned().unwrap_or_else(|| (*key).to_owned());
        keys.iter().map(name).collect()
    }

    #[test]
    fn namespaces_go_as_long_as_names_stay_unique() {
        let keys = [
            "io.k8s.api.core.v1.Pod",
            "io.k8s.api.apps.v1.Scale",
            "io.k8s.api.autoscaling.v1.Scale",
            "io.k8s.meta.v1.ObjectMeta",
        ];
        let names = ["Pod", "apps.v1.Scale", "autoscaling.v1.Scale", "ObjectMeta"];
        assert_eq!(named(&keys), names);
    }

    #[test]
    fn words_that_all_begin_with_go() {
        let names = [
            "User", "Group", "Mail", "Event", "Site", "Drive", "List", "Team",
        ];
        let keys: Vec<String> = names
            .iter()
            .map(|it| format!("MicrosoftGraph{it}"))
            .collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let lower: Vec<String> = names.iter().map(|it| it.to_lowercase()).collect();
        assert_eq!(named(&keys), lower);
        let keys: Vec<String> = names.iter().map(|it| format!("v1_{it}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        assert_eq!(named(&keys), lower);
    }

    #[test]
    fn what_all_are_about_stays() {
        let names = ["", "List", "Page", "Photo", "Kind", "Toy", "Owner", "State"];
        let keys: Vec<String> = names.iter().map(|it| format!("Pet{it}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        assert_eq!(named(&keys), keys);
        assert_eq!(named(&keys[1..]), keys[1..]);
        assert_eq!(named(&["a.B", "C"]), ["a.B", "C"]);
    }
}
