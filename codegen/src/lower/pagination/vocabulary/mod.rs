//! What the parameters and fields of paged lists are called.

use crate::names::words;

#[cfg(test)]
mod tests;

/// Words of which one is in every name that a token goes by.
/// The first one is in other names, too.
const TOKENS: [&str; 8] = [
    "token",
    "cursor",
    "cursors",
    "continuation",
    "continue",
    "marker",
    "bookmark",
    "scroll",
];

/// Words that say that a token is one of pages, and no credential.
const PAGE: [&str; 3] = ["page", "pagination", "paging"];

/// Words that may stand beside those: they say where the token leads.
const OF_PAGES: [&str; 6] = ["start", "starting", "page", "pagination", "paging", "after"];

/// Parameters that take the last item that was seen.
pub(super) const AFTER: [&str; 5] = [
    "starting after",
    "start after",
    "after",
    "after id",
    "last id",
];

/// Fields with the token of what is behind a page.
const BEHIND: [&str; 4] = ["after", "end cursor", "after cursor", "cursor after"];

/// Parameters that are the number of a page, and fields that hold a page's own.
pub(super) const PAGES: [&str; 6] = [
    "page",
    "page number",
    "page no",
    "page num",
    "page index",
    "current page",
];

/// Words of which one is in each name of the number of items before a page.
const OFFSETS: [&str; 2] = ["offset", "skip"];

/// Words that may stand beside those.
const OF_OFFSETS: [&str; 12] = [
    "page",
    "pagination",
    "paging",
    "result",
    "results",
    "record",
    "records",
    "item",
    "items",
    "list",
    "start",
    "query",
];

/// All words of names that the first item of a page goes by, where something else says that it is one.
const STARTS: [&str; 14] = [
    "start", "starting", "from", "first", "begin", "index", "at", "row", "record", "item",
    "result", "results", "position", "idx",
];

/// Words of which one is in every name that the size of a page goes by.
pub(super) const SIZES: [&str; 8] = [
    "limit", "size", "count", "per", "take", "top", "max", "first",
];

/// Words that a flag which tells whether there are more pages consists of.
const OF_MORE: [&str; 18] = [
    "has",
    "have",
    "is",
    "there",
    "more",
    "next",
    "page",
    "pages",
    "item",
    "items",
    "result",
    "results",
    "record",
    "records",
    "entries",
    "data",
    "available",
    "rows",
];

/// Flags that tell that a page isn't the last one, in other words.
const MORE: [&str; 3] = ["is truncated", "truncated", "incomplete"];

/// Flags that tell that a page is the last one.
const DONE: [&str; 12] = [
    "done",
    "is done",
    "last",
    "is last",
    "last page",
    "is last page",
    "is end",
    "at end",
    "end of list",
    "is end of list",
    "finished",
    "is finished",
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

/// Words beside `total` in names of fields that tell how many items there are in all pages.
const OF_TOTALS: [&str; 16] = [
    "total", "count", "counts", "result", "results", "item", "items", "record", "records",
    "entries", "elements", "hits", "number", "num", "of", "size",
];

/// Words of which one is in the name of an object that says something about a page.
pub(super) const AROUND: [&str; 15] = [
    "meta",
    "metadata",
    "page",
    "pages",
    "pager",
    "paging",
    "pagination",
    "paginator",
    "info",
    "list",
    "links",
    "cursor",
    "cursors",
    "next",
    "scroll",
];

/// What descriptions say of a number that isn't exact, or is one of this page.
const NO_TOTAL: [&str; 7] = [
    "this page",
    "this response",
    "the page",
    "capped",
    "at most",
    "estimate",
    "approximat",
];

/// Fields around a list that isn't at the top of its page.
pub(super) const WRAPPERS: [&str; 6] = [
    "data", "result", "results", "response", "embedded", "payload",
];

/// Lists that no page is of, unless the path is named after them.
pub(super) const NEVER: [&str; 5] = ["errors", "error", "warnings", "included", "notices"];

/// Lists that stand beside the one that a page is of, unless they are that one.
pub(super) const ASIDE: [&str; 7] = [
    "links", "order", "sort", "messages", "tags", "facets", "includes",
];

/// What any list is called.
pub(super) const GENERIC: [&str; 17] = [
    "data",
    "items",
    "results",
    "result",
    "values",
    "value",
    "entries",
    "records",
    "elements",
    "objects",
    "content",
    "contents",
    "collection",
    "list",
    "rows",
    "resources",
    "hits",
];

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

/// Whether what is said of a field says that it holds a URL, and no token that goes into one.
pub(super) fn speaks_of_url(docs: &str) -> bool {
    let docs = docs.to_lowercase();
    let words = || docs.split(|it: char| !it.is_alphanumeric());
    let has = |known: &[&str]| words().any(|word| known.contains(&word));
    has(&["url", "uri", "link", "hyperlink", "path"]) && !has(&TOKENS) && !has(&["key", "id"])
}

/// Whether the field at the end of this path holds what the parameter wants for the next page:
/// `next_page_token` beside `page_token`, `paging.next.after` beside `after`.
pub(super) fn is_next_token(path: &[String], parameter: &str) -> bool {
    let wanted = words(parameter);
    let Some((last, above)) = path.split_last() else {
        return false;
    };
    let last = words(last);
    let mut stem = last.clone();
    match stem.iter().position(|word| word == "next") {
        Some(at) => {
            stem.remove(at);
            // `token` alone may as well be a credential.
            let is_stem = stem == wanted && wanted != ["token"];
            // `next_page` beside `page_token`.
            let is_short = wanted
                .split_last()
                .is_some_and(|(last, rest)| rest == stem && TOKENS.contains(&last.as_str()));
            let is_same = last == wanted;
            !stem.is_empty() && (is_stem || is_same || is_short || has_same_core(&stem, &wanted))
        }
        None => {
            let is_known = last == wanted || has_same_core(&last, &wanted);
            above.last().is_some_and(|above| is_next(above)) && is_known
        }
    }
}

/// Whether what has this name is about the next page: `next`, `next_page`.
fn is_next(name: &str) -> bool {
    let name = words(name);
    let mut others = name.iter().filter(|word| *word != "next");
    name.iter().any(|word| word == "next")
        && others
            .all(|word| ["page", "pages", "params", "query", "cursor"].contains(&word.as_str()))
}

/// Whether a name is that of a token, by itself.
pub(super) fn is_token(name: &str) -> bool {
    let own = words(name);
    let has = |known: &[&str]| own.iter().any(|word| known.contains(&word.as_str()));
    has(&TOKENS[1..]) || (has(&TOKENS[..1]) && (has(&["next"]) || has(&PAGE)))
}

/// Whether a parameter takes the token of a page, or what stands for it, and no number.
pub(super) fn is_token_parameter(name: &str) -> bool {
    is_one_of(name, &AFTER) || is_token(name)
}

/// Whether a field has the token of what is behind its page.
pub(super) fn is_behind(name: &str) -> bool {
    is_one_of(name, &BEHIND)
}

/// Whether two names have the same words.
pub(super) fn is_same(left: &str, right: &str) -> bool {
    words(left) == words(right)
}

/// Whether a flag tells that there are more pages.
pub(super) fn tells_more(name: &str) -> bool {
    let own = words(name);
    let has = |word: &str| own.iter().any(|own| own == word);
    let is_about_more =
        (has("more") || has("next")) && own.iter().all(|word| OF_MORE.contains(&word.as_str()));
    is_about_more || is_one_of(name, &MORE)
}

/// Whether a flag tells that a page is the last one.
pub(super) fn tells_end(name: &str) -> bool {
    is_one_of(name, &DONE)
}

/// Whether a parameter is the number of items before a page, by its name alone.
pub(super) fn is_offset(name: &str) -> bool {
    let own = words(name);
    let is_known = |word: &String| OF_OFFSETS.contains(&word.as_str());
    let mut others = own.iter().filter(|word| !OFFSETS.contains(&word.as_str()));
    has_one_of(name, &OFFSETS) && others.all(is_known)
}

/// Whether a parameter may be the number of the first item of a page.
pub(super) fn may_be_start(name: &str) -> bool {
    let own = words(name);
    !own.is_empty() && own.iter().all(|word| STARTS.contains(&word.as_str()))
}

/// Whether a field tells how many items there are in all pages, and not on this one.
pub(super) fn is_total(name: &str, docs: &str) -> bool {
    let own = words(name);
    let ends = own.first().is_some_and(|word| word == "total")
        || own.last().is_some_and(|word| word == "total");
    ends && own.iter().all(|word| OF_TOTALS.contains(&word.as_str()))
        && !NO_TOTAL.iter().any(|text| docs.contains(text))
}

/// Whether the names of a token and of a parameter differ only in words that say that it is a page's, as `cursor` and
/// `start_cursor` do, or `token` and `page_token`.
fn has_same_core(token: &[String], parameter: &[String]) -> bool {
    let core = |words: &[String]| -> Vec<String> {
        let plain = |word: &&String| !OF_PAGES.contains(&word.as_str());
        words.iter().filter(plain).cloned().collect()
    };
    // `token` alone may as well be a credential.
    let is_of_page = parameter.iter().any(|word| PAGE.contains(&word.as_str()));
    let (left, right) = (core(token), core(parameter));
    let is_known =
        |word: &String| TOKENS.contains(&word.as_str()) && (word != "token" || is_of_page);
    left == right && matches!(left.as_slice(), [one] if is_known(one))
}
