use proptest::prelude::*;

use crate::runtime::json_path::locate;

/// The path at the place of the first `~`, which is not part of the text.
fn path(marked: &str) -> String {
    let at = marked.find('~').expect("a mark");
    let text = marked.replacen('~', "", 1);
    let line = text[..at].split('\n').count();
    let column = text[..at].split('\n').next_back().map_or(0, str::len);
    locate(text.as_bytes(), line, column)
}

#[test]
fn names_the_value_that_ends_or_is_about_to_start() {
    assert_eq!(path("5~"), "");
    assert_eq!(path(r#"{"items":[{},{"status":5~}]}"#), "items[1].status");
    assert_eq!(
        path(r#"{"items":[{},{"status":"a,b}]\"x"~}]}"#),
        "items[1].status"
    );
    assert_eq!(path(r#"{"items": ~{}}"#), "items");
    assert_eq!(path("[1, ~true]"), "[1]");
    assert_eq!(path("[[],[1,[2~]]]"), "[1][1][0]");
}

#[test]
fn names_the_container_at_its_end_and_between_members() {
    assert_eq!(path(r#"{"a":{"b":[1,2]}~}"#), "a");
    assert_eq!(path(r#"{"a":{"b":[1,2]~}}"#), "a.b");
    assert_eq!(path(r#"{"a":{"b":1,~}}"#), "a");
    assert_eq!(path(r#"{"a":{}}~"#), "");
}

#[test]
fn counts_lines() {
    assert_eq!(path("{\n  \"a\": [\n    1,\n    2~\n  ]\n}"), "a[1]");
    // A place beyond the end is the end.
    assert_eq!(locate(b"{\"a\":[1,", 7, 3), "a[1]");
}

#[test]
fn quotes_keys_that_are_no_words() {
    assert_eq!(
        path(r#"{"odd key":{"":{"1a":{"ünï":[0~]}}}}"#),
        r#"["odd key"][""]["1a"]["ünï"][0]"#
    );
    assert_eq!(path(r#"{"a\"b":1~}"#), r#"["a\"b"]"#);
    assert_eq!(
        path("{\"\u{202e}\u{1b}[2J\":1~}"),
        "[\"\u{fffd}\u{fffd}[2J\"]"
    );
}

#[test]
fn paths_are_of_bearable_length() {
    let path = path(&format!("{{\"{}\":[1~]}}", "k".repeat(5_000_000)));
    assert!(path.len() < 20_000);
    assert!(self::path(&format!("{}~", "[".repeat(100_000))).len() < 20_000);
}

proptest! {
    #[test]
    fn takes_any_bytes(text in prop::collection::vec(any::<u8>(), 0..60), line in 0_usize..4, column in any::<usize>()) {
        locate(&text, line, column);
    }

    #[test]
    fn takes_anything_like_json(text in r#"([\[\]{},:"\\0a\n]|null){0,60}"#, line in 0_usize..4, column in 0_usize..70) {
        locate(text.as_bytes(), line, column);
    }
}
