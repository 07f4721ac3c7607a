use super::*;

/// The text that a pointer leads to.
fn at<'t>(text: &'t str, pointer: &str, at_key: bool) -> &'t str {
    let name = "a.yaml";
    let places = Places::find(Source { name, text }, [pointer]);
    &text[places.span(pointer, at_key)]
}

#[test]
fn yaml_places() {
    let text = "é: 1\n'a/b': &x\n  \"c\": [ü, {d: 'e f'}]\n  g: |\n    two\n    lines\nh: *x\n? [k]\n: v\ni: z\n";
    assert_eq!(at(text, "/é", false), "1");
    assert_eq!(at(text, "/é", true), "é");
    assert_eq!(at(text, "/a~1b/c/0", false), "ü");
    assert_eq!(at(text, "/a~1b/c/1/d", false), "'e f'");
    assert_eq!(at(text, "/a~1b/c/1", false), "{");
    assert_eq!(at(text, "/a~1b/c", false), "\"c\"");
    assert_eq!(at(text, "/a~1b/g", false), "two");
    assert_eq!(at(text, "/h", false), "*x");
    assert_eq!(at(text, "/i", false), "z");
}

#[test]
fn json_places() {
    let text = r#"{"é": [1, {"a/b": "x\"y"}], "n": null}"#;
    assert_eq!(at(text, "/é/0", false), "1");
    assert_eq!(at(text, "/é/1/a~1b", false), r#""x\"y""#);
    assert_eq!(at(text, "/é/1/a~1b", true), r#""a/b""#);
    assert_eq!(at(text, "/é", false), r#""é""#);
    assert_eq!(at(text, "/n", false), "null");
}

#[test]
fn what_is_not_there_gets_the_place_above() {
    assert_eq!(at("a:\n  b: 1\n", "/a/c/d", false), "a");
    assert_eq!(
        at("a: 1\n", "/x", false),
        "a: 1".get(..0).unwrap_or_default()
    );
    assert_eq!(at("", "/x", false), "");
    assert_eq!(at("a: [1\n", "/a/0", false), "1");
}

#[test]
fn a_mark_before_the_text_shifts_places() {
    assert_eq!(at("\u{feff}a: b\n", "/a", false), "b");
}
