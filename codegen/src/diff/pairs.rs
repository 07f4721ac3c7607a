//! Which thing of the old description is which of the new one.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Things that are the same by their key, in the order of the new ones; those that are gone; and
/// those that are new.
pub(super) struct Pairs<'o, 'n, O, N> {
    pub(super) both: Vec<(&'o O, &'n N)>,
    pub(super) gone: Vec<&'o O>,
    pub(super) added: Vec<&'n N>,
}

/// Pairs things by a key; of several with one key, the first ones.
pub(super) fn pair<'o, 'n, O, N, K: Eq + Hash>(
    old: impl IntoIterator<Item = &'o O>,
    new: impl IntoIterator<Item = &'n N>,
    old_key: impl Fn(&'o O) -> K,
    new_key: impl Fn(&'n N) -> K,
) -> Pairs<'o, 'n, O, N> {
    let olds: Vec<&'o O> = old.into_iter().collect();
    let mut open: HashMap<K, usize> = HashMap::new();
    for (index, one) in olds.iter().enumerate() {
        open.entry(old_key(one)).or_insert(index);
    }
    let mut is_paired = vec![false; olds.len()];
    let (mut both, mut added) = (Vec::new(), Vec::new());
    for one in new {
        match open.remove(&new_key(one)) {
            Some(index) => {
                is_paired[index] = true;
                both.push((olds[index], one));
            }
            None => added.push(one),
        }
    }
    let gone = olds.into_iter().zip(is_paired);
    let gone = gone.filter(|(_, paired)| !paired).map(|(one, _)| one);
    Pairs {
        both,
        gone: gone.collect(),
        added,
    }
}

impl<O, N> Pairs<'_, '_, O, N> {
    /// Pairs what is left by another key, where exactly one on each side has it.
    pub(super) fn also<K: Eq + Hash>(
        &mut self,
        old_key: impl Fn(&O) -> Option<K>,
        new_key: impl Fn(&N) -> Option<K>,
    ) {
        let mut olds: HashMap<K, Vec<usize>> = HashMap::new();
        for (index, one) in self.gone.iter().enumerate() {
            if let Some(key) = old_key(one) {
                olds.entry(key).or_default().push(index);
            }
        }
        let mut news: HashMap<K, Vec<usize>> = HashMap::new();
        for (index, one) in self.added.iter().enumerate() {
            if let Some(key) = new_key(one) {
                news.entry(key).or_default().push(index);
            }
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (key, old) in &olds {
            if let ([old], Some([new])) = (old.as_slice(), news.get(key).map(Vec::as_slice)) {
                found.push((*old, *new));
            }
        }
        found.sort_unstable_by_key(|(_, new)| *new);
        self.both.extend(
            found
                .iter()
                .map(|&(old, new)| (self.gone[old], self.added[new])),
        );
        let olds: HashSet<usize> = found.iter().map(|(old, _)| *old).collect();
        let news: HashSet<usize> = found.iter().map(|(_, new)| *new).collect();
        let mut index = 0..;
        self.gone
            .retain(|_| index.next().is_some_and(|it| !olds.contains(&it)));
        let mut index = 0..;
        self.added
            .retain(|_| index.next().is_some_and(|it| !news.contains(&it)));
    }
}
