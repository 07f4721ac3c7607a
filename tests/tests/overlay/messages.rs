//! What is said of overlays, and of what they bring, with its place.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::{PETS, Texts, overlay};

/// The messages of all cases, each under its name; `refused` says whether a crate is made all the same.
fn report(cases: &[(&str, Texts)], refused: bool) -> String {
    let (mut text, mut wrong) = (String::new(), String::new());
    for (name, texts) in cases {
        let outcome = texts.generate();
        let is_refused = outcome.is_err();
        let diagnostics = outcome.map_or_else(|errors| errors, |generated| generated.warnings);
        let said = texts.render(&diagnostics);
        writeln!(text, "=== {name}\n{said}\n").expect("a string takes all text");
        if is_refused != refused || said.is_empty() {
            writeln!(wrong, "{name}: {is_refused}\n{said}").expect("a string takes all text");
        }
        for diagnostic in &diagnostics {
            let related = diagnostic.related.iter().map(|it| &it.span);
            let mut spans = related.chain([&diagnostic.span]);
            assert!(spans.all(Option::is_some), "{name}: {diagnostic:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    text
}

fn pets() -> Texts {
    Texts::new(PETS)
}

#[test]
fn what_is_no_overlay() {
    let cases = [
        ("a description", pets().with(PETS)),
        ("Swagger", pets().with("swagger: '2.0'\ninfo: {}\n")),
        ("Arazzo", pets().with(r#"{"arazzo": "1.0.0"}"#)),
        ("something else", pets().with("actions: []\n")),
        ("nothing", pets().with("# Nothing yet.\n")),
        ("an array", pets().with("- target: $\n")),
        ("no YAML", pets().with("overlay: 1.0.0\ninfo: [\n")),
        ("no JSON", pets().with("{\"overlay\": \"1.0.0\",")),
        (
            "two documents",
            pets().with("overlay: 1.0.0\n---\noverlay: 1.0.0\n"),
        ),
        ("another version", pets().with("overlay: 2.0.0\n")),
        ("no version", pets().with("overlay: next\n")),
        ("an object for a version", pets().with("overlay: {}\n")),
        (
            "an overlay for a description",
            Texts::new(overlay("1.0.0", "- {target: $, remove: true}")),
        ),
    ];
    assert_snapshot!(report(&cases, true));
}

#[test]
fn keys_and_types() {
    let head = "overlay: 1.1.0\ninfo: {title: Fixes, version: 1.0}\n";
    let cases = [
        ("unknown keys", pets().with(format!("{head}extend: a.yaml\nx-a: 1\nactions:\n- {{targt: $, target: $, remove: true, x-b: 1}}\n"))),
        ("unknown keys of info", pets().with("overlay: 1.1.0\ninfo: {title: A, version: '1', licence: MIT}\nactions: [{target: $, update: {}}]\n")),
        ("keys of 1.1 in 1.0", pets().with("overlay: 1.0.0\ninfo: {title: A, version: '1', description: B}\nactions: [{target: $.info, copy: $.info}]\n")),
        ("missing keys", pets().with("overlay: 1.1.0\n")),
        ("missing keys of info and action", pets().with("overlay: 1.1.0\ninfo: {}\nactions: [{remove: true}]\n")),
        ("no action", pets().with(format!("{head}actions: []\n"))),
        ("wrong types", pets().with("overlay: 1.1.0\ninfo: Fixes\nextends: [a]\nactions: {target: $}\n")),
        ("wrong types in info and actions", pets().with("overlay: 1.1.0\ninfo: {title: [a], version: true}\nactions: [$, {target: {a: 1}, description: []}, {target: $, remove: 'yes'}, {target: $, copy: 1}]\n")),
        ("update and copy", pets().fixed("- {target: $.info, update: {}, copy: $.info}")),
    ];
    assert_snapshot!(report(&cases, true));
}

#[test]
fn paths_that_are_none() {
    let cases = [
        ("a name with a slash", pets().fixed("- target: $.paths./pets.get\n  remove: true")),
        ("a name with a dash", pets().fixed("- target: \"$.paths.*.get.x-internal\"\n  remove: true")),
        ("at the end", pets().fixed("- target: $.paths['/pets'\n  remove: true")),
        ("in a text of several lines", pets().fixed("- target: >-\n    $.paths\n    .*.[get]\n  remove: true")),
        ("behind characters of several bytes", pets().fixed("- target: $['été']..[?(@.a = 1)]\n  remove: true")),
        ("in JSON", pets().with(r#"{"overlay": "1.0.0", "info": {"title": "A", "version": "1"}, "actions": [
            {"target": "$.paths[?@.get == \"a\" && len(@.a) == 1]", "remove": true}, {"target": "paths", "remove": true}]}"#)),
        ("a query that selects several", pets().fixed("- target: $.paths[?@..name == 'a']\n  copy: $..")),
    ];
    assert_snapshot!(report(&cases, true));
}

#[test]
fn actions_that_can_not_be_applied() {
    let old = |actions: &str| pets().with(overlay("1.0.0", actions));
    let cases = [
        ("the root is removed", pets().fixed("- {target: $, remove: true}")),
        ("an object for a string", pets().fixed("- target: $.info\n  update:\n    title: {en: Pets}")),
        ("an array for an object", pets().fixed("- target: $\n  update: {paths: [1]}")),
        ("a string for objects", pets().fixed("- target: $.paths.*\n  update: hidden")),
        ("an object for strings", pets().fixed("- target: $.info.title\n  update: {a: 1}")),
        ("several kinds", pets().fixed("- target: $.paths.*.get.*\n  update: {}")),
        ("a string in 1.0", old("- target: $.info.title\n  update: Dogs")),
        ("a string of an array in 1.0", old("- target: $..tags[0]\n  remove: true")),
        ("nothing is copied", pets().fixed("- target: $.paths['/pets']\n  copy: $.paths['/pet']")),
        ("several are copied", pets().fixed("- target: $.info\n  copy: $.components.schemas.Pet.properties.*")),
        ("a copy of another kind", pets().fixed("- target: $.info\n  copy: $.openapi")),
        ("a copy that doesn't fit", pets().fixed("- target: $\n  update: {x-a: {get: 1}}\n- target: $.paths['/pets']\n  copy: $.x-a".replace("$.x-a", "$['x-a']").as_str())),
        // The parameter of index 1 is the third one of the text, after the first is removed.
        ("after a removal", pets().fixed("- target: $.paths['/pets'].get.parameters[0]\n  remove: true\n- target: $.paths['/pets'].get.parameters[1]\n  update: {schema: string}")),
        ("errors of two overlays", pets().fixed("- {target: $, remove: true}").fixed("- target: $.info\n  update: [1]")),
    ];
    assert_snapshot!(report(&cases, true));
}

#[test]
fn actions_without_effect() {
    let cases = [
        ("a name that is nearly there", pets().fixed("- target: $.paths['/pet'].get\n  remove: true")),
        ("a name that isn't", pets().fixed("- target: $.paths['/owners'].get\n  remove: true")),
        ("a name of a schema", pets().fixed("- target: $.components.schemas.Pat.properties\n  update: {}")),
        ("the last part", pets().fixed("- target: $.servers[3]\n  remove: true")),
        ("a filter", pets().fixed("- target: $..parameters[?@.name=='page'].schema\n  update: {type: string}")),
        ("what an action before has removed", pets().fixed("- {target: '$.servers[0]', remove: true}\n- {target: '$.servers[0]', remove: true}\n- target: $.servers\n  update: {url: 'https://b.example.com'}")),
        ("nothing to do", pets().fixed("- target: $.info\n- target: $.info\n  remove: false")),
        ("remove and update", pets().fixed("- target: $.components.schemas.Pet.properties.age\n  update: {}\n  remove: true")),
        ("a newer version", pets().with(overlay("1.2.0", "- target: $.info\n  update: {}"))),
        ("duplicate keys", pets().with(overlay("1.1.0", "- target: $.info\n  target: $.info\n  update: {summary: a, summary: b}"))),
    ];
    assert_snapshot!(report(&cases, false));
}

/// What the generator finds in the result is at the line that is to be changed.
#[test]
fn places_in_overlays_and_in_the_description() {
    let schema = "- target: $.components.schemas\n  update:\n    Owner:\n      type: object\n      properties:\n        pets: {$ref: '#/components/schemas/Pets'}";
    let cases = [
        ("a reference of an overlay", pets().fixed(schema)),
        ("a reference to what is removed", pets().fixed("- {target: $.components.schemas.Pet, remove: true}")),
        ("an operation without responses", pets().fixed("- target: $.paths['/pets']\n  update:\n    post:\n      responses: []")),
        ("a name that is there twice", pets().fixed("- target: $.paths\n  update:\n    /owners:\n      get: {parameters: [{name: a, in: query, schema: {type: string}}, {name: a, in: query, schema: {type: string}}], responses: {}}")),
        ("an item behind one that was removed", Texts::new(PETS.replace("{name: sort, in: query, schema: {type: string}}", "{name: sort, in: query, schema: 5}"))
            .fixed("- target: $.paths['/pets'].get.parameters[0]\n  remove: true\n- target: $.paths['/pets'].get.parameters\n  update: {name: [page], in: query}")),
        ("a value that was copied", pets().fixed("- target: $.components.schemas\n  update: {Dog: {}}\n- target: $.components.schemas.Dog\n  copy: $.components.schemas.Pet\n- target: $.components.schemas.Pet.properties.age.type\n  update: 5")
            .fixed("- target: $.components.schemas.Pet.properties.age\n  remove: true\n- target: $.components.schemas\n  update: {Cat: {}}\n- target: $.components.schemas.Dog.properties.id\n  update: {$ref: '#/gone'}\n- target: $.components.schemas.Cat\n  copy: $.components.schemas.Dog")),
        ("a value that was replaced", pets().fixed("- target: $.openapi\n  update: 2.0.0")),
        ("what both lack", Texts::new("openapi: 3.1.0\npaths: 1\n").fixed("- target: $\n  update: {info: {title: Pets}}")),
        ("the configuration as well", pets().fixed("- target: $.info\n  update: {title: [a]}").configured("colour = 1\n")),
        ("too many paths", pets().fixed("- target: $.paths\n  update: {/a: {}, /b: {}}").configured("limits.paths = 2\n")),
    ];
    let mut text = String::new();
    for (name, texts) in &cases {
        let outcome = texts.generate();
        let outcome = outcome.map_or_else(|errors| errors, |generated| generated.warnings);
        writeln!(text, "=== {name}\n{}\n", texts.render(&outcome))
            .expect("a string takes all text");
    }
    assert_snapshot!(text);
}

#[test]
fn both_texts_in_json() {
    let spec = r#"{"openapi": "3.0.3", "info": {"title": "A", "version": "1"},
  "paths": {"/a": {"get": {"parameters": [{"name": "a", "in": "query", "schema": {"type": "string"}},
    {"name": "b", "in": "query", "schema": {"type": 3}}], "responses": {"204": {"description": "Done."}}}}}}"#;
    let overlay = r#"{"overlay": "1.0.0", "info": {"title": "A", "version": "1"},
  "actions": [
    {"target": "$.paths['/a'].get.parameters[0]", "remove": true},
    {"target": "$.paths['/a'].get.parameters", "update": {"name": "c", "in": "query", "schema": {"type": 4}}}]}"#;
    let cases = [("two types", Texts::new(spec).with(overlay))];
    assert_snapshot!(report(&cases, false));
}
