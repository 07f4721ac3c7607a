use serde_json::{Value, json};

use super::super::given::Given;
use super::super::{Document, bundle, parse};
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin};
use crate::resolver::{FileError, FileText, Resolver};
use crate::source::Source;

mod overlays;

/// What reads files from a list of names and texts.
fn resolver(files: &[(&'static str, &str)]) -> Resolver<'static> {
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    Resolver::new(move |path| {
        let found = files.iter().find(|(name, _)| *name == path);
        let found = found.ok_or_else(|| FileError {
            message: format!("no such file: `{path}`"),
            help: None,
        });
        found.map(|(name, text)| FileText::new(*name, text.clone()))
    })
}

fn description<'a>(text: &'a str, resolver: &'a Resolver<'a>) -> Description<'a> {
    let name = "spec/api.yaml";
    Description {
        resolver: Some(resolver),
        ..Description::from(Source { name, text })
    }
}

/// The joined document.
fn joined(text: &str, files: &[(&'static str, &str)]) -> Value {
    let resolver = resolver(files);
    parse(description(text, &resolver)).unwrap_or_else(|found| panic!("{found:#?}"))
}

/// The errors, each with its file and its pointer.
fn errors(text: &str, files: &[(&'static str, &str)]) -> Vec<(Origin, String, String)> {
    let resolver = resolver(files);
    let found = bundle(description(text, &resolver)).expect_err("it has errors");
    let place = |it: Diagnostic| (it.origin, it.pointer, it.message);
    found.into_iter().map(place).collect()
}

/// A description of these schemas.
fn schemas(text: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\ncomponents:\n  schemas: {text}\n")
}

/// The schemas of the joined document.
fn joined_schemas(text: &str, files: &[(&'static str, &str)]) -> Value {
    joined(&schemas(text), files)["components"]["schemas"].take()
}

#[test]
fn a_schema_that_is_reached_by_several_ways_is_one() {
    let text = "{A: {properties: {x: {$ref: a/pet.yaml}, y: {$ref: './a/../a/pet.yaml#'}, z: {$ref: \
                'index.yaml#/Pet'}}}}";
    let files = [
        (
            "a/pet.yaml",
            "{type: object, properties: {self: {$ref: pet.yaml}, next: {$ref: '#/properties/self'}}}",
        ),
        ("index.yaml", "Pet: {$ref: a/pet.yaml}"),
    ];
    let pet = json!({"$ref": "#/components/schemas/pet"});
    assert_eq!(
        joined_schemas(text, &files),
        json!({
            "A": {"properties": {"x": pet, "y": pet, "z": pet}},
            "pet": {"type": "object", "properties": {"self": pet, "next": pet}},
        })
    );
}

#[test]
fn a_component_that_refers_to_a_file_is_what_is_there() {
    let text = "{Pet: {$ref: pet.yaml}, Other: {$ref: pet.yaml}, Own: {$ref: './pet.yaml#/$defs/Own'}, Said: {$ref: \
                pet.yaml, description: Mine.}}";
    let files = [("pet.yaml", "{type: object, $defs: {Own: {type: string}}}")];
    let pet = "#/components/schemas/Pet";
    assert_eq!(
        joined_schemas(text, &files),
        json!({
            "Pet": {"type": "object"},
            "Other": {"$ref": pet},
            "Own": {"type": "string"},
            "Said": {"$ref": pet, "description": "Mine."},
        })
    );
}

#[test]
fn files_refer_to_each_other_in_circles_and_to_the_document() {
    let text = "{Root: {type: string}, A: {$ref: a.yaml}}";
    let files = [
        (
            "a.yaml",
            "properties: {b: {$ref: b.json}, root: {$ref: 'api.yaml#/components/schemas/Root'}}",
        ),
        (
            "b.json",
            r#"{"properties": {"a": {"$ref": "a.yaml"}, "A": {"$ref": "./api.yaml#/components/schemas/A"}}}"#,
        ),
    ];
    let a = json!({"$ref": "#/components/schemas/A"});
    assert_eq!(
        joined_schemas(text, &files),
        json!({
            "Root": {"type": "string"},
            "A": {"properties": {"b": {"$ref": "#/components/schemas/b"}, "root": {"$ref": "#/components/schemas/Root"}}},
            "b": {"properties": {"a": a, "A": a}},
        })
    );
    let circle = [
        ("a.yaml", "{$ref: b.json}"),
        ("b.json", r#"{"$ref": "a.yaml"}"#),
    ];
    let found = errors(&schemas("{A: {$ref: a.yaml}}"), &circle);
    assert_eq!(found[0].1, "/components/schemas/A/$ref");
    assert!(found[0].2.ends_with("leads back to itself"), "{found:?}");
}

#[test]
fn names_are_those_of_components_or_files_and_clashes_get_the_name_of_the_file() {
    let text = "{Pet: {type: string}, All: {allOf: [{$ref: 'a.yaml#/components/schemas/Pet'}, {$ref: \
                'x/a.yaml#/components/schemas/Pet'}, {$ref: 'y/a.yaml#/components/schemas/Pet'}, {$ref: \
                'a.yaml#/items/0'}, {$ref: 'a.yaml#/some thing'}, {$ref: Pet.yaml}]}}";
    let pet = "components: {schemas: {Pet: {type: integer}}}\nitems: [{type: number}]\nsome thing: {type: boolean}";
    let files = [
        ("a.yaml", pet),
        ("x/a.yaml", pet),
        ("y/a.yaml", pet),
        ("Pet.yaml", "type: object"),
    ];
    let found = joined_schemas(text, &files);
    let names: Vec<&String> = found.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "Pet",
            "All",
            "a_Pet",
            "x_a_Pet",
            "y_a_Pet",
            "a_0",
            "some_thing",
            "Pet_2"
        ]
    );
}

#[test]
fn every_kind_of_object_goes_to_its_section() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /a: {$ref: 'p.yaml#/a'}\n  /b: {$ref: \
                'p.yaml#/a'}\nwebhooks: {w: {$ref: 'p.yaml#/a'}}\n";
    let files = [(
        "p.yaml",
        "a:
  parameters: [{$ref: '#/p'}]
  post:
    requestBody: {$ref: '#/b'}
    callbacks: {c: {$ref: '#/c'}}
    responses:
      '200': {$ref: '#/r'}
p: {name: p, in: query, examples: {e: {$ref: '#/e'}}, schema: {$ref: '#/s'}}
b: {content: {application/json: {schema: {$ref: '#/s'}}}}
c: {'{$url}': {$ref: '#/a'}}
r: {description: R., headers: {H: {$ref: '#/h'}}, links: {l: {$ref: '#/l'}}}
h: {schema: {$ref: '#/s'}}
l: {operationId: x}
e: {value: {$ref: '#/data'}}
s: {type: string}
",
    )];
    let found = joined(text, &files);
    let a = "#/paths/~1a";
    assert_eq!(found["paths"]["/b"]["$ref"], a);
    assert_eq!(found["webhooks"]["w"]["$ref"], a);
    assert_eq!(
        found["components"],
        json!({
            "parameters": {"p": {"name": "p", "in": "query", "examples": {"e": {"$ref": "#/components/examples/e"}},
                "schema": {"$ref": "#/components/schemas/s"}}},
            "requestBodies": {"b": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/s"}}}}},
            "callbacks": {"c": {"{$url}": {"$ref": a}}},
            "responses": {"r": {"description": "R.", "headers": {"H": {"$ref": "#/components/headers/h"}},
                "links": {"l": {"$ref": "#/components/links/l"}}}},
            "examples": {"e": {"value": {"$ref": "#/data"}}},
            "schemas": {"s": {"type": "string"}},
            "headers": {"H": {"schema": {"$ref": "#/components/schemas/s"}}, "h": {"schema": {"$ref": "#/components/schemas/s"}}},
            "links": {"l": {"operationId": "x"}},
        }).as_object().map(|all| {
            let mut all = all.clone();
            all["headers"].as_object_mut().unwrap().shift_remove("H");
            Value::Object(all)
        }).unwrap()
    );
}

#[test]
fn an_object_without_a_kind_is_copied_to_where_it_is_referred_to() {
    let text = "openapi: 3.0.3\ninfo: {$ref: info.yaml}\npaths: {$ref: paths/index.yaml}\ncomponents:\n  schemas: \
                {$ref: schemas.yaml, Own: {type: string}}\n";
    let files = [
        ("info.yaml", "{title: A, version: '1'}"),
        (
            "paths/index.yaml",
            "/a: {$ref: a.yaml}\n/b: {get: {$ref: 'a.yaml#/get'}}",
        ),
        (
            "paths/a.yaml",
            "get: {responses: {$ref: '../responses.yaml#/all'}}",
        ),
        ("responses.yaml", "all: {'200': {description: R.}}"),
        (
            "schemas.yaml",
            "Pet: {properties: {$ref: '#/more'}}\nOwn: {type: integer}\nmore: {a: {$ref: '#/Pet'}}",
        ),
    ];
    let found = joined(text, &files);
    let get = json!({"get": {"responses": {"200": {"description": "R."}}}});
    assert_eq!(found["info"], json!({"title": "A", "version": "1"}));
    assert_eq!(found["paths"], json!({"/a": get, "/b": get}));
    let schemas = &found["components"]["schemas"];
    assert_eq!(schemas["Own"], json!({"type": "string"}));
    assert_eq!(
        schemas["Pet"]["properties"]["a"]["$ref"],
        "#/components/schemas/Pet"
    );
    let circle = [("p.yaml", "a: {properties: {$ref: p.yaml}}")];
    let found = errors(&schemas_of_properties(), &circle);
    assert!(found[0].2.ends_with("leads back to itself"), "{found:?}");
    assert_eq!(found[0].0, Origin::File(0));
}

#[test]
fn what_is_beside_a_reference_that_is_copied_is_where_it_was() {
    let text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  schemas: {$ref: all.yaml, Own: {type: \
                string}, Pet: {$ref: pet.yaml}}\n";
    let files = [
        ("all.yaml", "A: {type: object}"),
        ("pet.yaml", "type: object"),
    ];
    let resolver = resolver(&files);
    let (document, _) = Document::read(description(text, &resolver)).unwrap();
    let origin = |pointer: &str| document.origin(&format!("/components/schemas{pointer}"));
    assert_eq!(origin("/A/type"), (Origin::File(0), "/A/type".to_owned()));
    assert_eq!(
        origin("/Own/type"),
        (Origin::Spec, "/components/schemas/Own/type".to_owned())
    );
    assert_eq!(origin("/Pet/type"), (Origin::File(1), "/type".to_owned()));
}

fn schemas_of_properties() -> String {
    schemas("{A: {properties: {$ref: p.yaml}}}")
}

#[test]
fn what_is_inside_of_another_part_is_there() {
    let text = "{A: {$ref: 'p.yaml#/Pet/properties/a'}, B: {allOf: [{$ref: 'p.yaml#/Pet'}, {$ref: \
                'p.yaml#/Pet/properties/b'}]}}";
    let files = [(
        "p.yaml",
        "Pet: {properties: {a: {type: object}, b: {type: object}}}",
    )];
    assert_eq!(
        joined_schemas(text, &files),
        json!({
            "A": {"type": "object"},
            "B": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Pet/properties/b"}]},
            "Pet": {"properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"type": "object"}}},
        })
    );
}

#[test]
fn mappings_of_discriminators_name_files_or_schemas_of_their_own_file() {
    let text = "{A: {$ref: a.yaml}, Dog: {type: string}}";
    let files = [
        (
            "a.yaml",
            "oneOf: [{$ref: cat.yaml}]\ndiscriminator: {propertyName: k, mapping: {c: cat.yaml, d: Dog, e: Emu}}\n\
                    $defs: {Emu: {type: object}}",
        ),
        ("cat.yaml", "type: object"),
    ];
    let found = joined_schemas(text, &files);
    assert_eq!(
        found["A"]["discriminator"]["mapping"],
        json!({"c": "#/components/schemas/cat", "d": "Dog", "e": "#/components/schemas/Emu"})
    );
    assert_eq!(found["Emu"], json!({"type": "object"}));
}

#[test]
fn references_are_relative_to_self_and_id() {
    let text = "$self: https://a.example/v1/openapi.yaml\nopenapi: 3.2.0\ninfo: {title: A, version: '1'}\ncomponents:\n  \
                schemas:\n    A: {$ref: https://a.example/v1/s/pet.yaml}\n    B: {$ref: 's/pet.yaml#name'}\n    C: \
                {$ref: 'openapi.yaml#/components/schemas/A'}\n";
    let files = [
        (
            "s/pet.yaml",
            "$id: https://a.example/v1/s/pet.yaml\nproperties: {c: {$ref: /v1/s/cat.yaml}, d: {$ref: cat.yaml}}\n\
                        $defs: {n: {$anchor: name, type: string}}",
        ),
        ("s/cat.yaml", "type: object"),
    ];
    let found = joined(text, &files)["components"]["schemas"].take();
    let cat = json!({"$ref": "#/components/schemas/cat"});
    assert_eq!(found["A"], json!({"properties": {"c": cat, "d": cat}}));
    assert_eq!(found["B"], json!({"$anchor": "name", "type": "string"}));
    assert_eq!(found["cat"], json!({"type": "object"}));
    let other = errors(text, &files[1..]);
    assert_eq!(other[0].2, "no such file: `s/pet.yaml`");
}

#[test]
fn a_description_of_swagger_has_its_own_sections() {
    let text = "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths:\n  /a: {$ref: a.yaml}\ndefinitions:\n  Own: {$ref: \
                'd.yaml#/definitions/Own'}\n";
    let files = [
        (
            "a.yaml",
            "get:\n  parameters: [{$ref: 'd.yaml#/parameters/P'}]\n  responses:\n    '200': {description: A., schema: \
                    {$ref: 'd.yaml#/definitions/Pet'}}\n    '404': {$ref: 'd.yaml#/responses/R'}\n",
        ),
        (
            "d.yaml",
            "definitions: {Own: {type: object, properties: {pet: {$ref: '#/definitions/Pet'}}}, Pet: {type: object}}\n\
                    parameters: {P: {name: p, in: query, type: string}}\nresponses: {R: {description: R.}}\n",
        ),
    ];
    let resolver = resolver(&files);
    let (document, warnings) = Document::read(description(text, &resolver)).unwrap();
    assert_eq!(warnings, []);
    let schemas = document.value("/components/schemas").unwrap();
    assert_eq!(
        schemas["Own"]["properties"]["pet"]["$ref"],
        "#/components/schemas/Pet"
    );
    let (origin, pointer) = document.origin("/components/schemas/Own/properties/pet");
    assert_eq!(
        (origin, &*pointer),
        (Origin::File(1), "/definitions/Own/properties/pet")
    );
}

#[test]
fn what_is_wrong_is_placed_in_its_file() {
    let text = schemas(
        "{A: {$ref: a.yaml}, B: {$ref: 'a.yaml#/propertys/x'}, C: {$ref: gone.yaml}, D: {$ref: bad.yaml}}",
    );
    let files = [
        (
            "a.yaml",
            "properties: {x: {$ref: '#/propertie/x'}, y: {$ref: gone.yaml}}",
        ),
        ("bad.yaml", "a: ["),
    ];
    let found = errors(&text, &files);
    let places: Vec<(Origin, &str)> = found.iter().map(|it| (it.0, &*it.1)).collect();
    assert_eq!(
        places,
        [
            (Origin::Spec, "/components/schemas/B/$ref"),
            (Origin::Spec, "/components/schemas/C/$ref"),
            (Origin::File(0), "/properties/x/$ref"),
            (Origin::File(0), "/properties/y/$ref"),
            (Origin::File(2), ""),
        ]
    );
    let warned = schemas("{A: {$ref: w.yaml}}");
    let resolver = resolver(&[(
        "w.yaml",
        "type: object\nproperties:\n  a: {type: strin}\n  a: {type: string}\n",
    )]);
    let description = description(&warned, &resolver);
    let (_, mut warnings) = Document::read(description).unwrap();
    super::super::locate(description, &mut warnings);
    let places: Vec<_> = warnings
        .iter()
        .map(|it| (it.origin, it.pointer.as_str()))
        .collect();
    assert_eq!(places, [(Origin::File(0), "/properties/a")]);
    assert_eq!(warnings[0].span, Some(46..47));
}

#[test]
fn warnings_say_why_a_reference_isn_t_followed_and_what_takes_its_place() {
    let text = schemas(
        "{A: {$ref: a.yaml}, C: {type: object, properties: {gone: {$ref: 'gone.yaml#/X'}}}}",
    );
    let resolver = resolver(&[(
        "a.yaml",
        "type: object\nproperties: {x: {$ref: '#/propertie/x'}, y: {$ref: gone.yaml}}\n",
    )]);
    let (document, mut warnings) = Document::read(description(&text, &resolver)).unwrap();
    document.attribute(&mut warnings);
    let found: Vec<_> = warnings
        .iter()
        .map(|it| (it.origin, &*it.pointer, &*it.message, &*it.label))
        .collect();
    let any = "treated as any value";
    assert_eq!(
        found,
        [
            (
                Origin::File(0),
                "/properties/x/$ref",
                "the target of the reference `#/propertie/x` does not exist: `a.yaml` has no `/propertie/x`",
                any,
            ),
            (
                Origin::File(0),
                "/properties/y/$ref",
                "no such file: `gone.yaml`",
                any
            ),
            (
                Origin::Spec,
                "/components/schemas/C/properties/gone/$ref",
                "no such file: `gone.yaml`",
                any,
            ),
        ]
    );
    // Nothing can take the place of operations.
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: gone.yaml}}\n";
    let found = Document::read(description(text, &resolver)).err().unwrap();
    assert_eq!(found[0].message, "no such file: `gone.yaml`");
}

#[test]
fn parts_that_contain_each_other_many_times_are_bounded() {
    let mut inner = "x: 1".to_owned();
    let mut references = String::new();
    let mut pointer = String::new();
    for _ in 0..50 {
        inner = format!(
            "definitions: {{a: {{{inner}, description: '{}'}}}}",
            "x".repeat(1000)
        );
        pointer.push_str("/definitions/a");
        references = format!("{references}{{$ref: 'a.yaml#{pointer}'}}, ");
    }
    let text = schemas(&format!("{{A: {{allOf: [{references}]}}}}"));
    let resolver = resolver(&[("a.yaml", &inner)]);
    let given = Given::again(description(&text, &resolver));
    assert!(given.is_ok_and(|given| given.value.to_string().len() < 1_000_000));
}

#[test]
fn a_description_without_other_files_is_not_walked() {
    for (text, walked) in [
        ("{$ref: '#/a'}", false),
        ("\"$ref\" : \"#/a\"", false),
        ("{$ref: a.yaml}", true),
        ("{$ref: '#/a'}, {\"$ref\":\"a.yaml#/b\"}", true),
        ("a: {$ref: >-\n  a.yaml}", true),
        ("mapping: {a: '#/components/schemas/A'}", false),
        ("\"mapping\": {\"a\": \"a.json\"}", true),
        ("a mapping of a.json", false),
    ] {
        assert_eq!(super::may_refer(text), walked, "{text}");
    }
}
