//! What holds of all comparisons. What is said of which edit is in `public_api`.

mod support;

use codegen::{Effect, Step, Subject};
use serde_json::json;
use support::fixture::{self, Fixture};

#[test]
fn a_description_does_not_differ_from_itself() {
    for name in fixture::names() {
        let fixture = Fixture::read(&name);
        let side = (fixture.spec(), fixture.config());
        let found = codegen::diff(side, side)
            .unwrap_or_else(|error| panic!("{name}\n{}", fixture.render(&error.diagnostics)));
        assert_eq!(found.changes, [], "{name}");
        assert_eq!((found.step(), found.reworded), (Step::None, 0), "{name}");
        let files = fixture.generate().files;
        let manifest = files.iter().find(|file| file.path == "Cargo.toml");
        let version = format!("\nversion = \"{}\"\n", found.old_version);
        assert!(
            manifest.is_some_and(|it| it.text.contains(&version)),
            "{name}: {version}"
        );
    }
}

#[test]
fn every_effect_has_its_reason_and_every_change_its_place() {
    let names = fixture::names();
    let next = names.iter().cycle().skip(1);
    for (old, new) in names.iter().zip(next) {
        let (before, after) = (Fixture::read(old), Fixture::read(new));
        let (old, new) = (&before.name, &after.name);
        let found = codegen::diff(
            (before.spec(), before.config()),
            (after.spec(), after.config()),
        );
        let found = found.unwrap_or_else(|error| panic!("{old}, {new}: {error:?}"));
        assert_eq!(found.step(), Step::Major, "{old}, {new}: another crate");
        for change in &found.changes {
            for consequence in [&change.rust, &change.wire] {
                let is_said = !consequence.text.is_empty();
                assert_eq!(is_said, consequence.effect != Effect::None, "{change:?}");
            }
            let is_placed = change.old.is_some() || change.new.is_some();
            assert_eq!(is_placed, change.subject != Subject::Package, "{change:?}");
            assert!(!change.text.ends_with('.'), "{change:?}");
        }
    }
}

#[test]
fn a_description_that_is_wrong_is_told_by_its_side() {
    let fixture = Fixture::read(&fixture::names()[0]);
    let right = (fixture.spec(), fixture.config());
    let wrong = codegen::Source {
        name: "wrong.yaml",
        text: "paths: 1",
    };
    let wrong = (wrong, fixture.config());
    assert!(codegen::diff(wrong, right).expect_err("wrong").is_old);
    let error = codegen::diff(right, wrong).expect_err("wrong");
    assert!(!error.is_old && !error.diagnostics.is_empty());
}

#[test]
fn other_xml_of_the_same_types_breaks_existing_clients() {
    let fixture = Fixture::read("xml");
    let text = include_str!("../fixtures/xml/openapi.yaml");
    for (from, to, expected) in [
        (
            "items: {type: string, xml: {name: nickname}}",
            "items: {type: string}",
            vec![
                "`GET /pet` returns other XML for `Pet/nicknames`",
                "`PUT /pet` now has other XML for `Pet/nicknames`",
                "`GET /pets` returns other XML for `pets/nicknames`",
            ],
        ),
        (
            "xml: {name: DIDL-Lite, ",
            "xml: {name: DIDL, ",
            vec![
                "`GET /item` returns other XML for `DIDL-Lite`",
                "`PUT /item` now has other XML for `DIDL-Lite`",
            ],
        ),
        (
            "born: {type: string, format: date}",
            "born: {type: string, format: date, xml: {attribute: true}}",
            vec![
                "`GET /pet` returns other XML for `Pet/born`",
                "`PUT /pet` now has other XML for `Pet/born`",
                "`GET /pets` returns other XML for `pets/born`",
            ],
        ),
        (
            "IsTruncated: {type: boolean}",
            "IsTruncated: {type: boolean, description: More.}",
            vec![],
        ),
    ] {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text, "{from}");
        let changed = codegen::Source {
            name: "changed.yaml",
            text: &other,
        };
        let old = (fixture.spec(), fixture.config());
        let found = codegen::diff(old, (changed, fixture.config()));
        let found = found.unwrap_or_else(|error| panic!("{error:?}"));
        let texts: Vec<&str> = found.changes.iter().map(|it| &*it.text).collect();
        assert_eq!(texts, expected, "{from}");
        let is_breaking = |it: &codegen::Change| it.wire.effect == Effect::Breaking;
        assert!(found.changes.iter().all(is_breaking), "{from}");
    }
}

/// The texts of the changes from a text of a description to another one.
fn changes(old: &str, new: &str) -> Vec<String> {
    let all = all_changes(old, new).into_iter();
    all.map(|it| it.text).collect()
}

fn all_changes(old: &str, new: &str) -> Vec<codegen::Change> {
    let source = |name, text| codegen::Source { name, text };
    let (old, new) = (source("old.json", old), source("new.json", new));
    let config = || source("sdk.toml", "");
    let found = codegen::diff((old, config()), (new, config()));
    found.unwrap_or_else(|error| panic!("{error:?}")).changes
}

#[test]
fn additional_parts_of_a_form_come_go_and_change() {
    let text = include_str!("../fixtures/forms-without-names/openapi.yaml");
    let limit = "additionalProperties: {$ref: '#/components/schemas/Limit'}";
    for (from, to, expected) in [
        (
            limit,
            "additionalProperties: {type: integer}",
            "`PUT /limits` has a form whose additional values have another type",
        ),
        (
            limit,
            "additionalProperties: false",
            "`PUT /limits` has a form without additional values",
        ),
        (
            "additionalProperties: true",
            "additionalProperties: {type: string, format: binary}",
            "`PUT /any` has a form without additional values",
        ),
        (
            "properties: {note: {type: string}}}",
            "properties: {note: {type: string}}}\n                - {type: object}",
            "",
        ),
    ] {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text, "{from}");
        let found = changes(text, &other);
        let forms: Vec<&str> = found.iter().map(String::as_str).collect();
        let forms: Vec<&str> = forms.into_iter().filter(|it| it.contains("form")).collect();
        assert_eq!(forms.join(", "), expected, "{found:?}");
        if expected.contains("without additional values") && from == limit {
            let found = changes(&other, text);
            let text = "`PUT /limits` has a form with additional values";
            assert!(found.iter().any(|it| it == text), "{found:?}");
        }
    }
}

/// A ring of schemas, each with a body of its own; the last has an element of this name.
fn ring(length: usize, name: &str) -> String {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for it in 0..length {
        let own = if it + 1 == length { name } else { "own" };
        let reference =
            |it: usize| json!({"$ref": format!("#/components/schemas/S{}", it % length)});
        let properties =
            json!({"own": {"type": "string", "xml": {"name": own}}, "next": reference(it + 1)});
        schemas.insert(
            format!("S{it}"),
            json!({"type": "object", "properties": properties}),
        );
        let content = json!({"application/xml": {"schema": reference(it)}});
        let responses = json!({"200": {"description": "One.", "content": content}});
        paths.insert(format!("/s{it}"), json!({"get": {"responses": responses}}));
    }
    let info = json!({"title": "Ring", "version": "1"});
    json!({"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}})
        .to_string()
}

#[test]
fn other_xml_is_found_from_each_body_of_a_ring() {
    assert_eq!(changes(&ring(40, "own"), &ring(40, "own")), [""; 0]);
    let found = changes(&ring(40, "own"), &ring(40, "other"));
    assert_eq!(found.len(), 40, "{found:?}");
    assert_eq!(
        found[37],
        "`GET /s37` returns other XML for `S37/next/next/own`"
    );
    let ends = format!("S0{0}/…{0}/own", "/next".repeat(7));
    assert_eq!(
        found[0],
        format!("`GET /s0` returns other XML for `{ends}`")
    );
}

#[test]
fn another_default_mapping_makes_existing_clients_decode_one_variant_as_another() {
    let spec = |default: &str| {
        let mapping = if default.is_empty() {
            json!({"propertyName": "kind"})
        } else {
            json!({"propertyName": "kind", "defaultMapping": default})
        };
        let variant = |name: &str| {
            json!({"type": "object", "required": ["kind"], "properties": {
                "kind": {"type": "string"}, name: {"type": "string"},
            }})
        };
        let pet = json!({
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": mapping,
        });
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}});
        json!({
            "openapi": "3.2.0", "info": {"title": "Pets", "version": "1.0.0"},
            "servers": [{"url": "http://localhost"}],
            "paths": {"/pet": {"get": {
                "operationId": "getPet",
                "responses": {"200": {"description": "It.", "content": content}},
            }}},
            "components": {"schemas": {"Pet": pet, "Cat": variant("a"), "Dog": variant("b")}},
        })
        .to_string()
    };
    let wire = |old: &str, new: &str| {
        let about = all_changes(&spec(old), &spec(new)).into_iter();
        let about = about.filter(|it| it.text.starts_with("other objects of `Pet`"));
        about
            .map(|it| (it.wire.effect, it.wire.text))
            .collect::<Vec<_>>()
    };
    let of = |effect, text: &str| vec![(effect, text.to_owned())];
    let as_unknown = "existing clients decode them as `UnknownValue`";
    assert_eq!(wire("", "Cat"), of(Effect::Additive, as_unknown));
    let as_cat = of(Effect::Breaking, "existing clients decode them as `Cat`");
    assert_eq!(wire("Cat", ""), as_cat);
    assert_eq!(wire("Cat", "Dog"), as_cat);
    assert_eq!(wire("Cat", "Cat"), []);
}

#[test]
fn a_default_variant_with_another_name_is_the_same() {
    let spec = |name: &str| {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let other = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}});
        let mut schemas = json!({"Pet": {
            "oneOf": [reference(name), reference("Other")],
            "discriminator": {"propertyName": "kind", "defaultMapping": name},
        }, "Other": other});
        schemas[name] = json!({"type": "object", "required": ["kind", "a"], "properties": {
            "kind": {"type": "string"}, "a": {"type": "string"},
        }});
        let content = json!({"application/json": {"schema": reference("Pet")}});
        json!({
            "openapi": "3.2.0", "info": {"title": "Pets", "version": "1.0.0"},
            "servers": [{"url": "http://localhost"}],
            "paths": {"/pet": {"get": {
                "operationId": "getPet",
                "responses": {"200": {"description": "It.", "content": content}},
            }}},
            "components": {"schemas": schemas},
        })
        .to_string()
    };
    let found = changes(&spec("Cat"), &spec("Feline"));
    assert!(!found.is_empty());
    assert!(
        !found.iter().any(|it| it.starts_with("other objects")),
        "{found:?}"
    );
}

#[test]
fn more_positions_of_one_type_are_other_xml() {
    let spec = |positions: &[&str]| {
        let items = positions
            .iter()
            .map(|name| json!({"type": "string", "xml": {"name": name}}));
        let schema = json!({"type": "array", "xml": {"name": "row", "nodeType": "element"},
            "prefixItems": items.collect::<Vec<_>>()});
        json!({
            "openapi": "3.2.0", "info": {"title": "Rows", "version": "1.0.0"},
            "servers": [{"url": "http://localhost"}],
            "paths": {"/row": {"get": {
                "operationId": "getRow",
                "responses": {"200": {"description": "It.", "content": {"application/xml": {"schema": schema}}}},
            }}},
        })
        .to_string()
    };
    let of_xml = |to: &[&str]| {
        let mut found = changes(&spec(&["a", "b"]), &spec(to));
        found.retain(|it| it.contains("other XML"));
        found
    };
    let more = of_xml(&["a", "b", "c"]);
    assert_eq!(more, ["`GET /row` returns other XML for `row`"]);
    let renamed = of_xml(&["a", "c"]);
    assert_eq!(renamed, ["`GET /row` returns other XML for `row/1`"]);
    assert!(of_xml(&["a", "b"]).is_empty());
}
