//! The name of a type doesn't depend on other operations: whichever is removed, what remains keeps its names, save
//! for types that were merged, or not, because of it, and `diff` lists these.

#[allow(dead_code, reason = "of a fixture only its texts are needed")]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use codegen::{Source, survey};
use serde_json::Value;
use support::fixture::{self, Fixture};

/// Fixtures with many schemas that have no names of their own.
const FIXTURES: [&str; 6] = [
    "copies",
    "failures",
    "inline-schemas",
    "names-of-parameters",
    "names-of-types",
    "unions-in-parameters",
];

fn source(text: &str) -> Source<'_> {
    let name = "openapi.json";
    Source { name, text }
}

/// The types of all places, by their pointers.
fn types(spec: &str, config: Source<'_>) -> BTreeMap<String, String> {
    let found = survey(source(spec), config).unwrap_or_else(|found| panic!("{found:#?}"));
    let schemas = found.schemas.into_iter();
    let named = schemas.filter(|it| it.rust.contains("types::"));
    named.map(|it| (it.pointer, it.rust)).collect()
}

/// The description without each of its operations, one at a time.
fn each_left_out(spec: &Value) -> Vec<(String, String)> {
    let mut left = Vec::new();
    for (path, item) in spec["paths"].as_object().expect("there are paths") {
        for method in ["get", "put", "post", "delete", "patch"] {
            if item.get(method).is_some() {
                let mut without = spec.clone();
                let item = without["paths"][path].as_object_mut();
                item.expect("a path item").shift_remove(method);
                left.push((format!("{method} {path}"), without.to_string()));
            }
        }
    }
    left
}

/// Names that differ when an operation is left out: the operation, the old name and the new one.
fn renamed(spec: &Value, config: Source<'_>) -> BTreeSet<(String, String, String)> {
    let whole = spec.to_string();
    let before = types(&whole, config);
    let mut renamed = BTreeSet::new();
    for (operation, without) in each_left_out(spec) {
        let after = types(&without, config);
        let told = codegen::diff((source(&whole), config), (source(&without), config));
        let told = told.unwrap_or_else(|error| panic!("{operation}: {error:?}"));
        for (pointer, new) in &after {
            let Some(old) = before.get(pointer).filter(|old| *old != new) else {
                continue;
            };
            let name = new.rsplit("::").next().unwrap_or(new).trim_end_matches('>');
            let is_told = told.changes.iter().any(|it| it.text.contains(name));
            assert!(
                is_told,
                "{operation}: `{old}` is `{new}`, which `diff` doesn't tell"
            );
            renamed.insert((operation.clone(), old.clone(), new.clone()));
        }
    }
    renamed
}

fn read(name: &str) -> (Fixture, Value) {
    let fixture = Fixture::read(name);
    let spec = codegen::parse(fixture.spec()).expect("a fixture can be read");
    (fixture, spec)
}

#[test]
fn no_operation_renames_the_types_of_another_but_by_a_copy() {
    assert!(
        FIXTURES
            .iter()
            .all(|it| fixture::names().contains(&(*it).to_owned()))
    );
    let mut found = BTreeSet::new();
    for name in FIXTURES {
        let (fixture, spec) = read(name);
        for (operation, old, new) in renamed(&spec, fixture.config()) {
            found.insert(format!("{name}: without {operation} {old} is {new}"));
        }
    }
    let found: Vec<String> = found.into_iter().collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("stable-names", found.join("\n"));
    });
}

#[test]
fn what_three_resources_have_keeps_its_name_without_one_of_them() {
    let (fixture, spec) = read("copies");
    for (operation, old, _) in renamed(&spec, fixture.config()) {
        assert!(!old.contains("Created"), "{operation} renames {old}");
        assert!(!old.contains("ErrorResponse"), "{operation} renames {old}");
    }
}
