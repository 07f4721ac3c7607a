//! The known name that a misspelt one was probably meant to be.

/// The candidate closest to `name`, if one is close enough to suggest.
///
/// Case, `_`, `-` and spaces don't count as differences; beyond that one edit (an added, missing,
/// changed or swapped character) is allowed for every three characters, so that a suggestion
/// is a likely slip and not a guess. Ties go to the first candidate.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(name);
    let length = wanted.chars().count();
    let allowed = length / 3;
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let found = folded(candidate);
        // The distance is at least the difference of the lengths, and costs more to find.
        if found.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let edits = strsim::osa_distance(&wanted, &found);
        if edits <= allowed && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Names longer than this are compared by their start: the cost is quadratic in it.
const LONGEST: usize = 100;

fn folded(name: &str) -> String {
    // Nearly all are, and folding all names of a document is most of the work.
    if name.is_ascii() {
        let letters = name
            .bytes()
            .filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        let lower = letters.map(|byte| char::from(byte.to_ascii_lowercase()));
        let mut folded = String::with_capacity(name.len().min(LONGEST));
        folded.extend(lower.take(LONGEST));
        return folded;
    }
    name.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .take(LONGEST)
        .collect()
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
