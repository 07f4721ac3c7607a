use super::{
    is_next_token, is_next_url, is_offset, is_token, is_total, may_be_start, speaks_of_url,
    tells_end, tells_more,
};

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
        ("meta/next_token", "pagination_token"),
        ("nextToken", "pageToken"),
        ("meta/next_cursor", "page[cursor]"),
        ("paging/next/after", "after"),
        ("next_page/offset", "offset"),
        ("pages/next/starting_after", "starting_after"),
        ("next/cursor", "page_cursor"),
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
        ("next_payment/offset", "offset"),
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

#[test]
fn descriptions_speak_of_urls() {
    holds(
        speaks_of_url,
        &[
            "The relative path to the next set of results.",
            "URL of the next page",
        ],
        &[
            "The next page.",
            "The token for the URL of the next page.",
            "A pathological case.",
        ],
    );
}

/// Names of which a rule holds for the first, and not for the others.
fn holds(rule: fn(&str) -> bool, for_all: &[&str], for_none: &[&str]) {
    for name in for_all {
        assert!(rule(name), "{name}");
    }
    for name in for_none {
        assert!(!rule(name), "{name}");
    }
}

#[test]
fn flags_tell_whether_there_is_more() {
    holds(
        tells_more,
        &[
            "hasMore",
            "has_next_page",
            "more",
            "next_page",
            "isTruncated",
            "moreDataAvailable",
        ],
        &[
            "more_info",
            "next_payment_done",
            "has_children",
            "data",
            "available",
        ],
    );
    holds(
        tells_end,
        &["done", "isLast", "last", "is_last_page"],
        &["last_name", "is_done_by", "first"],
    );
}

#[test]
fn numbers_count_items() {
    holds(
        is_offset,
        &[
            "offset",
            "$skip",
            "page[offset]",
            "page_offset",
            "start_offset",
        ],
        &["timezone_offset", "skip_empty", "offset_id", "start"],
    );
    holds(
        may_be_start,
        &[
            "startAt",
            "startIndex",
            "start",
            "first",
            "from",
            "record_index",
        ],
        &["start_time", "from_date", "first_name", "after"],
    );
    holds(
        |name| is_total(name, ""),
        &[
            "total",
            "totalResults",
            "total_count",
            "TotalRecordCount",
            "total_entries",
        ],
        &["total_price", "total_pages", "count", "total_entries_limit"],
    );
    assert!(!is_total("total", "capped at 1000."));
}

#[test]
fn tokens_are_called_so() {
    holds(
        is_token,
        &[
            "continue",
            "page_token",
            "pagination_token",
            "page[cursor]",
            "marker",
        ],
        &["token", "access_token", "query", "after", "name"],
    );
}
