//! What the generator makes of each feature of OpenAPI, as text that a person reviews.
//!
//! A snapshot holds the files that say something about the feature, then the warnings of the run.
//! Left out are the runtime and the licences, which no document changes, and, save for the fixtures of
//! [`WHOLE`], what stands around the code: manifest, README, examples and the crate's root.
//! `fixtures_compile/` compiles all of it.

mod support;

use std::fmt::Write as _;

use support::fixture::{self, Fixture};

/// Fixtures about the crate as a whole, whose every file is shown.
const WHOLE: [&str; 3] = ["configuration", "hostile-places", "hostile-texts"];

/// Fixtures that bear on the client and its servers, beside those whose names begin with `auth-`.
const CLIENTS: [&str; 15] = [
    "client-parameters",
    "documents-of-3-2",
    "features",
    "grouping",
    "names-by-call",
    "names-of-resources",
    "nested",
    "overlay",
    "servers",
    "servers-added",
    "servers-configured",
    "servers-in-variables",
    "servers-of-scripts",
    "servers-without-defaults",
    "swagger",
];

/// Fixtures about the files themselves, of which the names are shown.
const LISTED: [&str; 1] = ["names-of-files"];

/// Fixtures whose calls come in all forms, of which the page that lists calls and types is shown.
const CALLS: [&str; 11] = [
    "documents-of-3-2",
    "failures",
    "media-types",
    "methods-of-3-2",
    "nested",
    "operations-configured",
    "pages",
    "unions",
    "waiter",
    "waiter-configured",
    "webhooks",
];

/// Whether a file says the same in every crate.
fn is_constant(path: &str) -> bool {
    path.starts_with("src/runtime/") || path.starts_with("LICENSE") || path == "rustfmt.toml"
}

/// Whether a file is more than a list of modules or words around the code.
fn is_code(path: &str) -> bool {
    path.starts_with("src/") && path != "src/lib.rs" && !path.ends_with("/mod.rs")
}

/// Whether a file tells which part of the crate is compiled when.
fn is_gate(path: &str) -> bool {
    ["Cargo.toml", "src/lib.rs"].contains(&path) || path.ends_with("/mod.rs")
}

/// Whether a file of this fixture says nothing about its feature.
fn is_hidden(name: &str, path: &str) -> bool {
    let about_client = [&WHOLE[..], &CLIENTS[..]].concat().contains(&name);
    let is_of_client = ["src/client.rs", "src/servers.rs"].contains(&path);
    is_of_client && !about_client && !name.starts_with("auth-")
}

fn check(name: &str) {
    let fixture = Fixture::read(name);
    let generated = fixture.generate();
    let mut text = String::new();
    for file in &generated.files {
        let shown = WHOLE.contains(&name)
            || is_code(&file.path)
            || name == "features" && is_gate(&file.path)
            || file.path == "api.md" && CALLS.contains(&name);
        if LISTED.contains(&name) && !is_constant(&file.path) {
            writeln!(text, "=== {}", file.path).expect("a string takes all text");
        } else if shown && !is_hidden(name, &file.path) && !is_constant(&file.path) {
            let code = without_mark(&file.text);
            writeln!(text, "=== {}\n{code}", file.path).expect("a string takes all text");
        }
    }
    let warnings = match fixture.render(&generated.warnings) {
        none if none.is_empty() => "none".to_owned(),
        some => some,
    };
    write!(text, "=== warnings\n{warnings}").expect("a string takes all text");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// The text without the first line of every emitted file.
fn without_mark(text: &str) -> &str {
    let rest = text
        .strip_prefix("// @generated")
        .and_then(|rest| rest.split_once("\n\n"));
    rest.map_or(text, |(_, rest)| rest)
}

/// A test for each fixture, so that each fails by its name.
macro_rules! fixtures {
    ($($test:ident: $name:literal,)*) => {
        const TESTED: &[&str] = &[$($name),*];

        $(#[test]
        fn $test() {
            check($name);
        })*
    };
}

fixtures! {
    additional_properties: "additional-properties",
    all_of: "all-of",
    all_of_overlaps: "all-of-overlaps",
    auth_added: "auth-added",
    auth_basic: "auth-basic",
    auth_bearer: "auth-bearer",
    auth_cookie: "auth-cookie",
    auth_header: "auth-header",
    auth_http_scheme: "auth-http-scheme",
    auth_none: "auth-none",
    auth_one_header: "auth-one-header",
    auth_query: "auth-query",
    auth_several: "auth-several",
    base64url: "base64url",
    bodies: "bodies",
    bodies_ignored: "bodies-ignored",
    both_parents: "both-parents",
    choices_that_limit: "choices-that-limit",
    client_parameters: "client-parameters",
    conditions: "conditions",
    configuration: "configuration",
    constants: "constants",
    conversions: "conversions",
    copies: "copies",
    decimals: "decimals",
    deep_types: "deep-types",
    descriptions: "descriptions",
    documents_of_3_2: "documents-of-3-2",
    enums_integer: "enums-integer",
    enums_mixed: "enums-mixed",
    enums_named: "enums-named",
    enums_text: "enums-text",
    examples: "examples",
    external_types: "external-types",
    failures: "failures",
    features: "features",
    fields_configured: "fields-configured",
    fields_skipped: "fields-skipped",
    files_without_type: "files-without-type",
    formats: "formats",
    forms: "forms",
    forms_of_3_1: "forms-of-3-1",
    forms_without_names: "forms-without-names",
    free_values: "free-values",
    grouping: "grouping",
    headers: "headers",
    hostile_places: "hostile-places",
    hostile_texts: "hostile-texts",
    hostile_values: "hostile-values",
    inheritance: "inheritance",
    inline_schemas: "inline-schemas",
    item_schemas: "item-schemas",
    json_schema_limits: "json-schema-limits",
    json_schema_references: "json-schema-references",
    keywords_without_type: "keywords-without-type",
    made_up_words: "made-up-words",
    maps_and_lists: "maps-and-lists",
    media_types: "media-types",
    mended: "mended",
    methods_of_3_2: "methods-of-3-2",
    minimal: "minimal",
    names_by_call: "names-by-call",
    names_by_extension: "names-by-extension",
    names_by_id: "names-by-id",
    names_by_path: "names-by-path",
    names_of_fields: "names-of-fields",
    names_of_files: "names-of-files",
    names_of_parameters: "names-of-parameters",
    names_of_resources: "names-of-resources",
    names_of_types: "names-of-types",
    names_of_variants: "names-of-variants",
    nested: "nested",
    nullable_3_0: "nullable-3-0",
    nullable_3_1: "nullable-3-1",
    nullable_references: "nullable-references",
    numbers: "numbers",
    only: "only",
    operations_configured: "operations-configured",
    overlay: "overlay",
    pages: "pages",
    pages_all: "pages-all",
    pages_configured: "pages-configured",
    pages_extensions: "pages-extensions",
    pages_in_bodies: "pages-in-bodies",
    pages_item: "pages-item",
    pages_link: "pages-link",
    pages_lists: "pages-lists",
    pages_number: "pages-number",
    pages_offset: "pages-offset",
    pages_related: "pages-related",
    pages_unclear: "pages-unclear",
    pages_url: "pages-url",
    pages_xml: "pages-xml",
    parameters_loose: "parameters-loose",
    parameters_objects: "parameters-objects",
    parameters_of_3_2: "parameters-of-3-2",
    parameters_places: "parameters-places",
    parameters_styles: "parameters-styles",
    parts_by_position: "parts-by-position",
    paths_and_names: "paths-and-names",
    read_and_write_only: "read-and-write-only",
    recursion: "recursion",
    redirects: "redirects",
    references: "references",
    references_by_name: "references-by-name",
    required_fields: "required-fields",
    responses: "responses",
    responses_by_type: "responses-by-type",
    scalars: "scalars",
    servers: "servers",
    servers_added: "servers-added",
    servers_configured: "servers-configured",
    servers_in_variables: "servers-in-variables",
    servers_of_scripts: "servers-of-scripts",
    servers_without_defaults: "servers-without-defaults",
    several_files: "several-files",
    swagger: "swagger",
    tuples: "tuples",
    unions: "unions",
    unions_apart: "unions-apart",
    unions_by_fields: "unions-by-fields",
    unions_in_parameters: "unions-in-parameters",
    unions_merged: "unions-merged",
    unions_tagged: "unions-tagged",
    unions_with_default: "unions-with-default",
    unknown_fields: "unknown-fields",
    waiter: "waiter",
    waiter_configured: "waiter-configured",
    waiter_nullable: "waiter-nullable",
    webhooks: "webhooks",
    xml: "xml",
    xml_of_3_2: "xml-of-3-2",
}

#[test]
fn every_fixture_is_tested() {
    assert_eq!(fixture::names(), TESTED);
}
