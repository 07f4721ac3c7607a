//! The crate of every fixture compiles without a warning, with its examples and the code of its
//! docs; what its types read they write again, and so do its clients.
//!
//! All crates are members of one workspace, so that their dependencies are built once. It stays
//! where Cargo keeps such things for tests: a second run looks only at what has changed.

mod doc_samples;
mod house;
mod modules;
mod pages;
mod round_trips;
mod run_examples;
#[path = "../support/runtime.rs"]
mod runtime;
mod runtime_names;
#[path = "../support/mod.rs"]
mod support;
mod two_apis;

use std::sync::LazyLock;

use house::House;

/// Fixtures whose docs are made too: those with texts, names and types that docs trip over.
const DOCUMENTED: [&str; 7] = [
    "deep-types",
    "hostile-places",
    "hostile-texts",
    "hostile-values",
    "names-of-fields",
    "names-of-files",
    "names-of-types",
];

static HOUSE: LazyLock<House> = LazyLock::new(House::new);

#[test]
fn every_fixture_compiles_without_warnings() {
    HOUSE.cargo(
        &["clippy", "--workspace", "--all-targets", "--keep-going"],
        &["-D", "warnings"],
    );
}

#[test]
fn everything_may_be_called_like_something_of_the_runtime() {
    HOUSE.cargo(
        &["clippy", "--package", runtime_names::NAME, "--lib"],
        &["-D", "warnings"],
    );
}

#[test]
fn every_example_of_front_pages_and_readmes_runs() {
    HOUSE.cargo(&["build", "--package", run_examples::PACKAGE], &[]);
    run_examples::run(&HOUSE.program(run_examples::PACKAGE));
}

#[test]
fn two_apis_in_one_program_share_the_runtime_or_have_one_each() {
    HOUSE.cargo(&["run", "--package", two_apis::PACKAGE], &[]);
}

#[test]
fn every_fixture_is_a_module_of_a_crate_of_either_edition() {
    let [(old, _), (new, _)] = modules::PACKAGES;
    HOUSE.cargo(&["clippy", "--package", old, "--lib"], &["-D", "warnings"]);
    let arguments = ["clippy", "--package", new, "--lib", "--features"];
    let features = ["clientsmith-runtime/blocking,clientsmith-runtime/test-util"];
    HOUSE.cargo(
        &[&arguments[..], &features[..]].concat(),
        &["-D", "warnings"],
    );
    HOUSE.cargo(&["doc", "--no-deps", "--package", new], &[]);
}

#[test]
fn types_that_are_not_generated_are_decoded_and_encoded() {
    let package = HOUSE.package("external-types");
    let features = ["--features", "test-util"];
    let arguments = ["test", "--lib", "--package", package];
    HOUSE.cargo(&[&arguments[..], &features[..]].concat(), &[]);
}

#[test]
fn every_resource_compiles_without_the_others() {
    let package = HOUSE.package("features");
    let features = HOUSE.resource_features("features");
    assert!(features.len() > 2, "{features:?}");
    for feature in features.iter().map(String::as_str).chain([""]) {
        let arguments = [
            "clippy",
            "--package",
            package,
            "--no-default-features",
            "--features",
            feature,
            "--lib",
        ];
        HOUSE.cargo(&arguments, &["-D", "warnings"]);
    }
}

#[test]
fn the_docs_of_odd_names_and_texts_are_sound() {
    let packages = DOCUMENTED
        .iter()
        .flat_map(|name| ["--package", HOUSE.package(name)]);
    let mut arguments = vec!["doc", "--no-deps", "--keep-going"];
    arguments.extend(packages);
    HOUSE.cargo(&arguments, &[]);
    for name in DOCUMENTED {
        pages::check(&HOUSE.docs(name));
    }
}

#[test]
fn no_code_of_a_description_is_run_as_a_doctest() {
    let package = HOUSE.package("hostile-places");
    HOUSE.cargo(&["test", "--doc", "--package", package], &[]);
}

#[test]
fn what_the_types_of_fixtures_read_they_write_again_and_their_clients_too() {
    HOUSE.cargo(&["run", "--package", round_trips::PACKAGE], &[]);
}
