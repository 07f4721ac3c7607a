//! The known name that a misspelt one was probably meant to be.

/// The candidate closest to `name`, if one is close enough to suggest.
///
/// Case, `_`, `-` and spaces don't count as differences; beyond that one edit (an added, missing,
/// changed or swapped character) is allowed for every three characters, so that a suggestion
/// is a likely slip and not a guess. Ties go to the first candidate.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(name);
    let allowed = wanted.len() / 3;
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let found = folded(candidate);
        if found.len().abs_diff(wanted.len()) > allowed {
            continue;
        }
        let edits = distance(&wanted, &found);
        if edits <= allowed && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Names longer than this are compared by their start: the cost is quadratic in it.
const LONGEST: usize = 100;

fn folded(name: &str) -> Vec<char> {
    // Nearly all are, and folding all names of a document is most of the work.
    if name.is_ascii() {
        let letters = name
            .bytes()
            .filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        let lower = letters.map(|byte| char::from(byte.to_ascii_lowercase()));
        let mut folded = Vec::with_capacity(name.len().min(LONGEST));
        folded.extend(lower.take(LONGEST));
        return folded;
    }
    name.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .take(LONGEST)
        .collect()
}

/// Edits between two words, a swap of neighbours counted as one (optimal string alignment).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let changed = above[column] + usize::from(from != to);
            let mut edits = changed.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *from == right[column - 1] && left[row - 1] == *to {
                edits = edits.min(before[column - 1] + 1);
            }
            current.push(edits);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["operationId", "parameters", "requestBody", "responses"];
        assert_eq!(nearest("operationID", known), Some("operationId"));
        assert_eq!(nearest("request_body", known), Some("requestBody"));
        assert_eq!(nearest("paramaters", known), Some("parameters"));
        assert_eq!(nearest("repsonses", known), Some("responses"));
        assert_eq!(nearest("produces", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("in", ["id"]), None);
    }
}
