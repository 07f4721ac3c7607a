//! The known name that a misspelt one was probably meant to be.

/// The candidate closest to `name`, if one is close enough to be a likely slip.
///
/// Upper case, `_` and `-` don't count; beyond that, one edit for every three characters is
/// allowed. The first of several equally close ones wins.
pub(super) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = folded(name);
    candidates
        .into_iter()
        .map(|candidate| (edits(&wanted, &folded(candidate)), candidate))
        .filter(|(edits, _)| *edits <= wanted.len() / 3)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// A name as it is compared. No key is longer than this, and the cost is quadratic in it.
fn folded(name: &str) -> Vec<char> {
    const LONGEST: usize = 64;
    name.chars()
        .filter(|character| !matches!(character, '_' | '-'))
        .flat_map(char::to_lowercase)
        .take(LONGEST)
        .collect()
}

/// Levenshtein distance.
fn edits(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, have) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, want) in to.iter().enumerate() {
            let changed = diagonal + usize::from(have != want);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
