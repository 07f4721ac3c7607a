use serde_json::{Value, json};
use serde_json_path::JsonPath as Other;

use super::*;

const MANY: Budget = Budget { steps: 1_000_000 };

/// What a path selects, in the order of the document.
fn found(path: &str, document: &Value) -> Vec<Value> {
    let path = JsonPath::parse(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    let mut values = Vec::new();
    if let Ok(Found::Some(set)) = path.find(document, &mut MANY.clone()) {
        set.each(document, &mut |value| values.push(value.clone()));
    }
    values
}

fn invalid(path: &str) -> (usize, String, Option<String>) {
    let error = JsonPath::parse(path).expect_err(path);
    (error.at, error.message, error.help)
}

fn pets() -> Value {
    json!({
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "/a", "x-internal": true}, {"url": "/b"}, {"url": "/c", "n": 3}],
        "paths": {
            "/pets": {
                "get": {"tags": ["pets", "public"], "parameters": [
                    {"name": "limit", "in": "query"}, {"name": "X-Trace", "in": "header"}]},
                "post": {"tags": ["pets"], "deprecated": true}
            },
            "/owners/{id}": {"get": {"tags": ["owners"]}, "parameters": [{"name": "id", "in": "path"}]}
        }
    })
}

#[test]
fn selectors_select_what_another_implementation_selects() {
    let document = pets();
    for path in [
        "$",
        "$.info.title",
        "$['info']",
        r#"$["paths"]["/pets"].get"#,
        "$.paths.*",
        "$.paths.*.get",
        "$.paths.*.*",
        "$.servers[0]",
        "$.servers[-1].url",
        "$.servers[0,2]",
        "$.servers[1:]",
        "$.servers[::-1]",
        "$.servers[:-1].url",
        "$.servers[5]",
        "$.nothing",
        "$..parameters",
        "$..parameters[*].name",
        "$..['name','url']",
        "$..[0]",
        "$.paths..get..name",
        "$..*",
        "$.paths.*.get.parameters[?@.name=='limit' && @.in=='query']",
        "$..parameters[?@.in != 'query']",
        "$.servers[?@['x-internal']]",
        "$.servers[?!@.n].url",
        "$.paths[?@.get.tags[?@ == 'owners']]",
        "$..[?@.deprecated == true]",
        "$.servers[?@.n >= 3]",
        "$.servers[?@.n < 3.5 || @.url == '/a']",
        "$.paths.*[?count(@.tags[*]) > 1]",
        "$..[?length(@.name) == 2]",
        "$..[?match(@.name, 'l.m.t')]",
        "$..[?search(@.name, '^X-')]",
        "$..[?value(@..title) == 'Pets']",
        "$.servers[?(@.url == '/b' || !(@.url < '/c'))]",
        "$.servers[?@ == $.servers[1]]",
        "$.info[?@ > 'A']",
        "$ .info [ 'title' ]",
        "$.servers[?@.n==3e0]",
        "$.servers[?@.a == @.b]",
        "$.servers[?@.n == -0]",
    ] {
        let other = Other::parse(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut other: Vec<String> = other
            .query(&document)
            .all()
            .iter()
            .map(ToString::to_string)
            .collect();
        let mut own: Vec<String> = found(path, &document)
            .iter()
            .map(Value::to_string)
            .collect();
        // The other one has an entry for each way that leads to a value, in an order of its own.
        for list in [&mut own, &mut other] {
            list.sort();
        }
        assert_eq!(own, other, "{path}");
    }
}

/// Two queries that select nothing are equal (RFC 9535, section 2.3.5.2.2), which the other one overlooks.
#[test]
fn nothing_is_as_much_as_nothing() {
    assert_eq!(found("$.servers[?@.a <= @.b].url", &pets()).len(), 3);
    assert_eq!(found("$.servers[?@.a < @.b].url", &pets()).len(), 0);
}

#[test]
fn names_are_read_with_their_escapes() {
    let document = json!({"a'b": 1, "\u{1F600}": 2, "\n\"": 3, "é": 4});
    assert_eq!(found(r"$['a\'b']", &document), [json!(1)]);
    assert_eq!(found(r#"$["\uD83D\ude00"]"#, &document), [json!(2)]);
    assert_eq!(found(r#"$["\n\""]"#, &document), [json!(3)]);
    assert_eq!(found("$.é", &document), [json!(4)]);
}

#[test]
fn mistakes_have_a_place_and_a_remedy() {
    let (at, message, help) = invalid("$.paths./pets.get");
    assert_eq!((at, &*message), (8, "expected a name or `*`, found `/`"));
    assert_eq!(help.as_deref(), Some("write `['/pets']`, without the dot"));
    let (at, message, help) = invalid("$.info.x-name.a");
    assert_eq!(at, 7);
    assert_eq!(
        message,
        "`x-name` can't be written behind a dot: it contains `-`"
    );
    assert_eq!(help.as_deref(), Some("write `['x-name']`, without the dot"));
    for (path, at) in [
        ("", 0),
        ("info", 0),
        ("$.", 2),
        ("$.info ", 6),
        (" $", 0),
        ("$['a", 2),
        ("$['a' 'b']", 6),
        ("$[", 2),
        ("$[01]", 2),
        ("$[-0]", 2),
        ("$[9007199254740992]", 2),
        ("$[a]", 2),
        ("$[?@.a ==]", 9),
        ("$[?'a']", 3),
        ("$[?@..a == 1]", 3),
        ("$[?!@.a == 1]", 3),
        ("$[?(@.a]", 7),
        ("$[?len(@.a) == 1]", 3),
        ("$[?length(@.a)]", 3),
        ("$[?match(@.a)]", 12),
        ("$[?count(1) == 1]", 9),
        ("$[?match(@.a, 'b') == true]", 3),
        (r"$['\x']", 3),
        (r"$['\ud800']", 3),
        ("$['\n']", 3),
        ("$.info&", 6),
        ("$[?@.a == 01]", 10),
    ] {
        assert_eq!(invalid(path).0, at, "{path}: {}", invalid(path).1);
    }
    let nested = format!("${}{}", "[?@".repeat(5_000), "]".repeat(5_000));
    assert!(invalid(&nested).1.contains("32"), "{}", invalid(&nested).1);
    let nested = format!("$[?{}@.a", "(".repeat(5_000));
    assert!(invalid(&nested).1.contains("32"));
}

/// A document as deep as one can be.
fn deep() -> Value {
    (0..100).fold(json!([1]), |inner, _| json!([inner, 1]))
}

#[test]
fn a_segment_looks_at_each_value_once() {
    let path = JsonPath::parse(&format!("${}", "..[*,*]".repeat(60))).unwrap();
    let mut budget = Budget { steps: 100_000 };
    assert!(path.find(&deep(), &mut budget).is_ok());
}

#[test]
fn what_filters_do_is_bounded() {
    let document = deep();
    let many = "..*".repeat(60);
    for path in [
        format!("$[?count(@{many}) > 1]"),
        format!("$..[?@{many}]"),
        "$..[?$..[?$..[?$..[?$..a]]]]".to_owned(),
        format!("$[?@{}]", "[*,*,*]".repeat(40)),
        "$..[?$ == $]".to_owned(),
        r"$..[?match('a', '((a{50}){50}){50}')]".to_owned(),
    ] {
        let path = JsonPath::parse(&path).unwrap();
        let mut budget = Budget { steps: 20_000 };
        assert_eq!(
            path.find(&document, &mut budget),
            Err(Exhausted),
            "{}",
            path.text
        );
    }
}

#[test]
fn what_selects_nothing_is_found_at_its_segment() {
    let path = JsonPath::parse("$.paths['/pet'].get").unwrap();
    let document = pets();
    let Ok(Found::Nothing { segment, of }) = path.find(&document, &mut MANY.clone()) else {
        panic!("it selects nothing");
    };
    assert_eq!((segment, path.start(segment)), (1, "$.paths"));
    let mut values = 0;
    of.each(&document, &mut |_| values += 1);
    assert_eq!(values, 1);
}
