use serde_json::{Value, json};

use super::*;
use crate::diagnostic::Severity;
use crate::source::Source;

/// An overlay of a version with these actions, in YAML.
fn overlay(version: &str, actions: &str) -> String {
    let actions = actions.trim_matches('\n').replace('\n', "\n  ");
    format!("overlay: {version}\ninfo: {{title: Fixes, version: '1'}}\nactions:\n  {actions}\n")
}

fn read_texts(spec: &str, overlays: &[&str]) -> Result<Applied, Vec<Diagnostic>> {
    let overlays: Vec<Source<'_>> = overlays
        .iter()
        .map(|text| Source {
            name: "fix.yaml",
            text,
        })
        .collect();
    let source = Source {
        name: "api.yaml",
        text: spec,
    };
    let description = Description {
        resolver: None,
        source,
        overlays: &overlays,
    };
    read_within(description, Limits::default(), 1_000_000)
}

/// The result of actions on a value, and the messages.
fn applied(version: &str, spec: &Value, actions: &str) -> (Value, Vec<String>) {
    let text = overlay(version, actions);
    let messages = |found: Vec<Diagnostic>| found.into_iter().map(|it| it.message).collect();
    match read_texts(&spec.to_string(), &[&text]) {
        Ok(applied) => (applied.value, messages(applied.warnings)),
        Err(errors) => (Value::Null, messages(errors)),
    }
}

/// The result of actions that there is nothing to say of.
fn result(spec: &Value, actions: &str) -> Value {
    let (value, messages) = applied("1.1.0", spec, actions);
    assert_eq!(messages, [""; 0], "{actions}");
    value
}

/// The only message about actions that can't be applied.
fn refused(version: &str, spec: &Value, actions: &str) -> String {
    let (value, messages) = applied(version, spec, actions);
    assert_eq!((&value, messages.len()), (&Value::Null, 1), "{messages:?}");
    messages.concat()
}

#[test]
fn objects_are_merged_member_by_member_at_every_depth() {
    let spec = json!({"info": {"title": "A", "contact": {"name": "Jo", "email": "a@b"}}, "x": 1});
    let actions =
        "- target: $\n  update: {info: {contact: {name: Mo, url: u}, version: '1'}, y: [1]}";
    assert_eq!(
        result(&spec, actions),
        json!({"info": {"title": "A", "contact": {"name": "Mo", "email": "a@b", "url": "u"},
            "version": "1"}, "x": 1, "y": [1]})
    );
}

#[test]
fn what_is_new_comes_last_and_what_is_replaced_keeps_its_place() {
    let spec = json!({"b": 1, "a": 2});
    let value = result(&spec, "- target: $\n  update: {z: 1, b: 3, c: 4}");
    assert_eq!(value.to_string(), r#"{"b":3,"a":2,"z":1,"c":4}"#);
    let value = result(
        &spec,
        "- {target: $.b, remove: true}\n- target: $\n  update: {b: 0}",
    );
    assert_eq!(value.to_string(), r#"{"a":2,"b":0}"#);
}

#[test]
fn arrays_get_further_items() {
    let spec = json!({"tags": ["a"], "servers": [{"url": "/"}]});
    for update in ["[b, c]", "{tags: [b, c]}"] {
        let target = if update.starts_with('[') {
            "$.tags"
        } else {
            "$"
        };
        let value = result(&spec, &format!("- target: {target}\n  update: {update}"));
        assert_eq!(value["tags"], json!(["a", "b", "c"]));
    }
    let value = result(
        &spec,
        "- target: $.tags\n  update: b\n- target: $.servers\n  update: {url: /b}",
    );
    assert_eq!(
        value,
        json!({"tags": ["a", "b"], "servers": [{"url": "/"}, {"url": "/b"}]})
    );
    let value = result(
        &spec,
        "- target: $.tags\n  update: null\n- target: $.tags\n  update: [[]]",
    );
    assert_eq!(value["tags"], json!(["a", null, []]));
}

#[test]
fn primitive_values_are_replaced() {
    let spec = json!({"info": {"title": "A", "n": 1, "old": true, "none": null}});
    let actions = "- target: $.info.title\n  update: B\n- target: $.info.n\n  update: null\n\
                   - target: $.info\n  update: {old: false, none: text}";
    assert_eq!(
        result(&spec, actions),
        json!({"info": {"title": "B", "n": null, "old": false, "none": "text"}})
    );
    // Version 1.0 has no primitive targets, and replaces them in the objects that contain them.
    let message = refused("1.0.0", &spec, "- target: $.info.title\n  update: B");
    assert_eq!(
        message,
        "`$.info.title` selects the string \"A\", and Overlay 1.0 changes only objects and arrays"
    );
    let (value, _) = applied("1.0.0", &spec, "- target: $.info\n  update: {title: B}");
    assert_eq!(value["info"]["title"], "B");
}

#[test]
fn values_that_do_not_fit_are_errors() {
    let spec = json!({"o": {"a": {"b": 1}, "l": [1], "p": 1}, "l": [1]});
    for (actions, wanted) in [
        (
            "- target: $.o\n  update: 1",
            "`update` must be an object, because `$.o` selects objects",
        ),
        (
            "- target: $.o\n  update: [1]",
            "`update` must be an object, because `$.o` selects objects",
        ),
        (
            "- target: $.o.p\n  update: {}",
            "`update` must be a string, number, boolean or null, because `$.o.p` selects primitive values",
        ),
        (
            "- target: $.o\n  update: {a: 1}",
            "the number 1 can't be merged with an object",
        ),
        (
            "- target: $.o\n  update: {a: null}",
            "null can't be merged with an object",
        ),
        (
            "- target: $.o\n  update: {l: {}}",
            "an object can't be merged with an array",
        ),
        (
            "- target: $.o\n  update: {p: [2]}",
            "an array can't be merged with the number 1",
        ),
        (
            "- target: $.*\n  update: {}",
            "`$.*` selects both objects and arrays",
        ),
        (
            "- target: $\n  remove: true",
            "the root of the description can't be removed",
        ),
        (
            "- target: $.o\n  copy: $.gone",
            "`$.gone` matches nothing to copy",
        ),
        (
            "- target: $.o\n  copy: $.*",
            "`copy` must select one value, but `$.*` selects 2",
        ),
        (
            "- target: $.o\n  copy: $.l",
            "`copy` must be an object, because `$.o` selects objects",
        ),
        (
            "- target: $.o\n  copy: $.o.p",
            "`copy` must be an object, because `$.o` selects objects",
        ),
    ] {
        assert_eq!(refused("1.1.0", &spec, actions), wanted, "{actions}");
    }
    let refused = refused("1.0.0", &spec, "- target: $.l[0]\n  remove: true");
    assert!(
        refused.contains("which Overlay 1.0 can't remove"),
        "{refused}"
    );
}

/// The example "Structured Overlay Example" of the specification has keys without values.
#[test]
fn keys_without_values_leave_objects_and_arrays_as_they_are_in_1_0() {
    let spec = json!({"components": {"a": 1}, "tags": [1], "info": {"title": "A"}});
    let (value, messages) = applied(
        "1.0.0",
        &spec,
        "- target: $\n  update:\n    components:\n    tags:",
    );
    assert_eq!((value, messages), (spec, Vec::new()));
}

#[test]
fn every_match_is_changed_and_actions_see_what_was_done_before() {
    let spec = json!({"paths": {"/a": {"get": {}, "post": {}}, "/b": {"get": {}}}});
    let actions = "- target: $.paths.*.*\n  update: {tags: [x]}\n\
                   - target: $.paths[?@.post].*.tags\n  update: y\n\
                   - target: $.paths.*[?count(@.tags[*]) == 1]\n  remove: true";
    assert_eq!(
        result(&spec, actions),
        json!({"paths": {"/a": {"get": {"tags": ["x", "y"]}, "post": {"tags": ["x", "y"]}}, "/b": {}}})
    );
    let spec = json!({"a": {"b": {"c": {}}}});
    let value = result(&spec, "- target: $..*\n  update: {n: {}}");
    assert_eq!(
        value,
        json!({"a": {"b": {"c": {"n": {}}, "n": {}}, "n": {}}})
    );
}

#[test]
fn items_and_members_are_removed() {
    let spec =
        json!({"p": [{"n": "a"}, {"n": "b"}, {"n": "a"}, 3, "a"], "o": {"x": {"y": 1}, "z": 2}});
    let value = result(&spec, "- target: $.p[?@.n == 'a']\n  remove: true");
    assert_eq!(value["p"], json!([{"n": "b"}, 3, "a"]));
    let value = result(&spec, "- target: $.p[?@ == 'a' || @ == 3]\n  remove: true");
    assert_eq!(value["p"], json!([{"n": "a"}, {"n": "b"}, {"n": "a"}]));
    // One in another: the outer one takes it along.
    let value = result(&spec, "- target: $.o..*\n  remove: true");
    assert_eq!(value["o"], json!({}));
    let value = result(&spec, "- target: $['p', 'o']['z', 0, -1]\n  remove: true");
    assert_eq!(
        value,
        json!({"p": [{"n": "b"}, {"n": "a"}, 3], "o": {"x": {"y": 1}}})
    );
    // `remove: false` is no removal, and `remove: true` goes before `update`.
    let (value, messages) = applied(
        "1.1.0",
        &spec,
        "- target: $.o\n  update: {a: 1}\n  remove: true",
    );
    assert_eq!(value.get("o"), None);
    assert_eq!(messages, ["`update` has no effect beside `remove: true`"]);
    let (value, messages) = applied("1.1.0", &spec, "- target: $.o\n  remove: false");
    assert_eq!(
        (value, messages.concat().as_str()),
        (spec, "this action changes nothing")
    );
}

#[test]
fn copies_are_merged_as_updates_are() {
    let spec =
        json!({"paths": {"/items": {"get": {"a": 1}}, "/some": {"delete": {}}}, "l": [1], "p": 2});
    let value = result(
        &spec,
        "- target: $.paths['/some']\n  copy: $.paths['/items']",
    );
    assert_eq!(
        value["paths"]["/some"],
        json!({"delete": {}, "get": {"a": 1}})
    );
    let rename = "- target: $.paths\n  update: {/new: {}}\n\
                  - target: $.paths['/new']\n  copy: $.paths['/items']\n\
                  - target: $.paths['/items']\n  remove: true";
    let value = result(&spec, rename);
    assert_eq!(
        value["paths"],
        json!({"/some": {"delete": {}}, "/new": {"get": {"a": 1}}})
    );
    let value = result(
        &spec,
        "- target: $.l\n  copy: $.l\n- target: $.l\n  copy: $.p\n- target: $.p\n  copy: $.l[0]",
    );
    assert_eq!((&value["l"], &value["p"]), (&json!([1, 1, 2]), &json!(1)));
    // The copy is what the document is before, also where it contains the target.
    let value = result(&json!({"a": {"b": {}}}), "- target: $.a.b\n  copy: $.a");
    assert_eq!(value, json!({"a": {"b": {"b": {}}}}));
    let message = refused("1.1.0", &spec, "- target: $.p\n  copy: $.p\n  update: 1");
    assert_eq!(message, "an action has either `update` or `copy`");
    assert_eq!(
        refused("1.0.0", &spec, "- target: $.p\n  copy: $.p"),
        "unknown key `copy`"
    );
}

#[test]
fn overlays_follow_one_another_in_yaml_and_json() {
    let spec = "a: &a {n: 1}\nb: {<<: *a, m: 2}\n";
    let yaml = overlay(
        "1.0",
        "- target: $.b\n  update: &u {v: {x: 1}}\n- target: $.a\n  update: {<<: *u}",
    );
    let json = json!({"overlay": "1.1.0", "info": {"title": "a", "version": "1"}, "x-any": 1,
        "extends": "api.yaml", "actions": [{"target": "$.b.v.x", "update": 2, "x-why": "it is 2"}]});
    let read = read_texts(spec, &[&yaml, &json.to_string()]).map(|it| (it.value, it.overlays));
    let (value, overlays) = read.unwrap_or_else(|errors| panic!("{errors:?}"));
    assert_eq!(
        value,
        json!({"a": {"n": 1, "v": {"x": 1}}, "b": {"m": 2, "n": 1, "v": {"x": 2}}})
    );
    assert_eq!(overlays[0].extends, None);
    assert_eq!(overlays[1].extends.as_deref(), Some("api.yaml"));
    assert_eq!((&*overlays[1].title, &*overlays[1].version), ("a", "1"));
}

/// Where the value at a pointer of the result is written.
fn written(applied: &Applied, pointer: &str, at_key: bool) -> (Origin, String) {
    let written = applied.trace.find(pointer, at_key);
    (written.origin, written.pointer)
}

#[test]
fn what_is_there_is_found_in_the_text_that_has_it() {
    let spec =
        json!({"l": [{"a": 0}, {"a": 1}, {"a": 2, "b": [5, 6]}], "o": {"k": 1, "m": {"n": 2}}});
    let first = overlay(
        "1.1.0",
        "- {target: '$.l[0]', remove: true}\n- {target: '$.l', update: {a: 3}}\n\
        - {target: '$.l[1].b', update: [7]}\n- {target: '$.o.k', update: 2}",
    );
    let second = overlay(
        "1.1.0",
        "- {target: '$.l[0]', remove: true}\n- {target: '$.l[0].b[0]', remove: true}\n\
        - {target: $, update: {c: {}, o: {m: {n: 3}}}}\n- {target: $.c, copy: '$.l[0]'}\n- {target: $.l, copy: $.l}",
    );
    let applied =
        read_texts(&spec.to_string(), &[&first, &second]).unwrap_or_else(|it| panic!("{it:?}"));
    assert_eq!(
        applied.value,
        json!({"l": [{"a": 2, "b": [6, 7]}, {"a": 3}, {"a": 2, "b": [6, 7]}, {"a": 3}],
            "o": {"k": 2, "m": {"n": 3}}, "c": {"a": 2, "b": [6, 7]}})
    );
    for (pointer, origin, there) in [
        ("/l", Origin::Spec, "/l"),
        ("/l/0", Origin::Spec, "/l/2"),
        ("/l/0/a", Origin::Spec, "/l/2/a"),
        ("/l/0/b/0", Origin::Spec, "/l/2/b/1"),
        ("/l/0/b/1", Origin::Overlay(0), "/actions/2/update/0"),
        ("/l/1/a", Origin::Overlay(0), "/actions/1/update/a"),
        ("/l/2/b/0", Origin::Spec, "/l/2/b/1"),
        ("/l/2/b/1", Origin::Overlay(0), "/actions/2/update/0"),
        ("/l/3/a", Origin::Overlay(0), "/actions/1/update/a"),
        ("/o/k", Origin::Overlay(0), "/actions/3/update"),
        ("/o/m", Origin::Spec, "/o/m"),
        ("/o/m/n", Origin::Overlay(1), "/actions/2/update/o/m/n"),
        ("/c", Origin::Overlay(1), "/actions/2/update/c"),
        ("/c/b/0", Origin::Spec, "/l/2/b/1"),
        ("/c/b/1", Origin::Overlay(0), "/actions/2/update/0"),
        (
            "/c/gone/x",
            Origin::Overlay(1),
            "/actions/2/update/c/gone/x",
        ),
        ("/l/9/x", Origin::Spec, "/l/9/x"),
        ("", Origin::Spec, ""),
    ] {
        assert_eq!(
            written(&applied, pointer, false),
            (origin, there.to_owned()),
            "{pointer}"
        );
    }
    // The key of a value that was replaced is where it was.
    assert_eq!(
        written(&applied, "/o/k", true),
        (Origin::Spec, "/o/k".to_owned())
    );
    assert_eq!(written(&applied, "/c", true).0, Origin::Overlay(1));
}

#[test]
fn a_target_without_a_match_is_a_warning() {
    let spec = json!({"paths": {"/pets": {"get": {}}}});
    let text = overlay(
        "1.0.0",
        "- target: $.paths['/pet'].get\n  update: {a: 1}\n- target: $.pathz..x\n  remove: true",
    );
    let applied = read_texts(&spec.to_string(), &[&text]).unwrap_or_else(|it| panic!("{it:?}"));
    let [first, second] = applied.warnings.as_slice() else {
        panic!("{:?}", applied.warnings);
    };
    assert_eq!(
        (first.severity, first.origin),
        (Severity::Warning, Origin::Overlay(0))
    );
    assert_eq!(
        first.message,
        "`$.paths['/pet'].get` matches nothing in the description"
    );
    assert_eq!(first.pointer, "/actions/0/target");
    assert_eq!(
        first.help.as_deref(),
        Some("did you mean `$.paths['/pets'].get`?")
    );
    assert_eq!(
        second.help.as_deref(),
        Some("`$` has a match, `$.pathz` doesn't")
    );
    assert_eq!(applied.value, spec);
}

#[test]
fn work_that_no_path_shows_is_bounded_as_well() {
    let message = "this path takes too long in a description of this size";
    // Each removal moves all items behind it.
    let spec = json!({"a": vec![1; 5_000]});
    let removals = "- {target: '$.a[0]', remove: true}\n".repeat(1_000);
    assert_eq!(refused("1.1.0", &spec, &removals), message);
    // Each name is looked for in each value.
    let names = "'b', ".repeat(2_000) + "'c'";
    let actions = format!("- target: \"$..[{names}]\"\n  remove: true");
    let spec = json!({"a": vec![json!({}); 2_000]});
    assert_eq!(refused("1.1.0", &spec, &actions), message);
}
