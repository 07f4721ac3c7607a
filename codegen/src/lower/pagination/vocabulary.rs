//! What the parameters and fields of paged lists are called.

use crate::names::words;

/// Words of which one is in every name that a token goes by.
/// The first one is in other names, too.
const TOKENS: [&str; 4] = ["token", "cursor", "continuation", "marker"];

/// Words that may stand beside those: they say where the token leads.
const OF_PAGES: [&str; 5] = ["start", "starting", "page", "pagination", "after"];

/// Parameters that take the last item that was seen.
pub(super) const AFTER: [&str; 4] = ["starting after", "start after", "after", "after id"];

/// Parameters that are the number of a page, and fields that hold a page's own.
pub(super) const PAGES: [&str; 6] = [
    "page",
    "page number",
    "page no",
    "page num",
    "page index",
    "current page",
];

/// Parameters that are the number of items before a page.
pub(super) const OFFSETS: [&str; 2] = ["offset", "skip"];

/// Words of which one is in every name that the size of a page goes by.
pub(super) const SIZES: [&str; 8] = [
    "limit", "size", "count", "per", "take", "top", "max", "first",
];

/// Fields that tell whether there are more pages.
pub(super) const MORE: [&str; 8] = [
    "has more",
    "has next",
    "has next page",
    "has more items",
    "has more results",
    "has more pages",
    "more results",
    "is truncated",
];

/// Fields that tell how many pages there are, or, which is the same where the first one is number 1,
/// the number of the last one.
pub(super) const TOTALS: [&str; 9] = [
    "last page",
    "total pages",
    "pages total",
    "page count",
    "pages count",
    "num pages",
    "total page",
    "total page count",
    "number of pages",
];

/// Fields that tell how many pages there are, whatever the number of the first one.
pub(super) const COUNTS_OF_PAGES: [&str; 3] = ["total pages", "pages total", "page count"];

/// Words that fields around a page's own have in their names.
pub(super) const AROUND: [&str; 16] = [
    "meta",
    "metadata",
    "pagination",
    "paginator",
    "paging",
    "page",
    "pager",
    "links",
    "link",
    "next",
    "cursor",
    "cursors",
    "data",
    "result",
    "results",
    "response",
];

/// Fields around a list that isn't at the top of its page.
pub(super) const WRAPPERS: [&str; 6] = [
    "data", "result", "results", "response", "embedded", "payload",
];

/// Lists that no page is of.
pub(super) const NEVER: [&str; 3] = ["errors", "warnings", "included"];

/// Lists that stand beside the one that a page is of, unless they are that one.
pub(super) const BESIDE: [&str; 3] = ["links", "order", "sort"];

/// All words that can be in the name of a next page's URL; `next` and one of [`URLS`] are.
const WITH_URL: [&str; 10] = [
    "next", "url", "uri", "link", "href", "page", "pages", "results", "odata", "full",
];

const URLS: [&str; 4] = ["url", "uri", "link", "href"];

/// Whether a name consists of the words of one of these, in their order.
pub(super) fn is_one_of(name: &str, known: &[&str]) -> bool {
    let name = words(name).join(" ");
    known.contains(&name.as_str())
}

/// Whether a name has one of these words.
pub(super) fn has_one_of(name: &str, known: &[&str]) -> bool {
    words(name)
        .iter()
        .any(|word| known.contains(&word.as_str()))
}

/// Whether the field at the end of this path is the URL of the next page, by its name alone or, where
/// that is `next`, because it is known to hold a URL.
pub(super) fn is_next_url(path: &[String], holds_url: bool) -> bool {
    let mut names = path.iter().rev().map(|name| words(name));
    let last = names.next().unwrap_or_default();
    let parent = names.next().unwrap_or_default();
    let only = |names: &[String], word: &str| matches!(names, [one] if one == word);
    if only(&last, "next") {
        return holds_url || only(&parent, "links") || only(&parent, "link");
    }
    if only(&last, "href") || only(&last, "url") {
        return only(&parent, "next");
    }
    last.iter().any(|word| word == "next")
        && last.iter().any(|word| URLS.contains(&word.as_str()))
        && last.iter().all(|word| WITH_URL.contains(&word.as_str()))
}

/// Whether the field at the end of this path holds what the parameter wants for the next page:
/// `next_page_token` beside `page_token`, `paging.next.after` beside `after`.
pub(super) fn is_next_token(path: &[String], parameter: &str) -> bool {
    let wanted = words(parameter);
    let Some((last, above)) = path.split_last() else {
        return false;
    };
    let mut stem = words(last);
    match stem.iter().position(|word| word == "next") {
        Some(at) => {
            let is_same = last == parameter;
            stem.remove(at);
            // `token` alone may as well be a credential.
            let is_stem = stem == wanted && wanted != ["token"];
            // `next_page` beside `page_token`.
            let is_short = wanted
                .split_last()
                .is_some_and(|(last, rest)| rest == stem && TOKENS.contains(&last.as_str()));
            !stem.is_empty() && (is_stem || is_same || is_short || has_same_core(&stem, &wanted))
        }
        None => {
            let below_next = above.last().is_some_and(|above| words(above) == ["next"]);
            below_next && stem == wanted
        }
    }
}

/// Whether a parameter takes the token of a page, or what stands for it, and no number.
pub(super) fn is_token_parameter(name: &str) -> bool {
    let own = words(name);
    let has = |known: &[&str]| own.iter().any(|word| known.contains(&word.as_str()));
    is_one_of(name, &AFTER) || has(&TOKENS[1..]) || (has(&TOKENS[..1]) && has(&["page", "next"]))
}

/// Whether two names of tokens differ only in words that say that it is a page's, as `cursor` and
/// `start_cursor` do.
fn has_same_core(left: &[String], right: &[String]) -> bool {
    let core = |words: &[String]| -> Vec<String> {
        let plain = |word: &&String| !OF_PAGES.contains(&word.as_str());
        words.iter().filter(plain).cloned().collect()
    };
    let (left, right) = (core(left), core(right));
    left == right
        && matches!(left.as_slice(), [one] if one != "token" && TOKENS.contains(&one.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{is_next_token, is_next_url};

    fn path(dotted: &str) -> Vec<String> {
        dotted.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn a_token_names_what_is_next() {
        for (field, parameter) in [
            ("next_page_token", "page_token"),
            ("nextCursor", "cursor"),
            ("NextToken", "NextToken"),
            ("next_cursor", "start_cursor"),
            ("next_page", "page"),
            ("next_page_cursor", "cursor"),
            ("next_page", "page_token"),
            ("meta/next_cursor", "page[cursor]"),
            ("paging/next/after", "after"),
        ] {
            assert!(is_next_token(&path(field), parameter), "{field}");
        }
        for (field, parameter) in [
            ("next", "next"),
            ("next", "cursor"),
            ("cursor", "page"),
            ("next_cursor", "end_cursor"),
            ("next_token", "token"),
            ("next_token", "access_token"),
            ("next_page_token", "token"),
            ("next_cursor", "page_token"),
            ("previous/after", "after"),
        ] {
            assert!(!is_next_token(&path(field), parameter), "{field}");
        }
    }

    #[test]
    fn a_url_names_what_is_next() {
        for (field, holds_url) in [
            ("next", true),
            ("links/next", false),
            ("_links/next/href", false),
            ("next_page_uri", false),
            ("@odata.nextLink", false),
            ("nextPageUrl", false),
        ] {
            assert!(is_next_url(&path(field), holds_url), "{field}");
        }
        for (field, holds_url) in [
            ("next", false),
            ("link", true),
            ("previous", true),
            ("next_payment_url", true),
            ("href", true),
        ] {
            assert!(!is_next_url(&path(field), holds_url), "{field}");
        }
    }
}
