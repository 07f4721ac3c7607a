//! Whatever a document and its configuration call things, the files of a crate stand where they
//! belong: below `src/`, with names that every system takes, each a module that another one names.
//!
//! `fixtures/names-of-files` has such names in one document, whose crate is compiled.

mod paths;

use std::collections::{BTreeMap, BTreeSet};

use codegen::{Generated, GeneratedFile, Source};
use proptest::prelude::*;
use serde_json::{Value, json};

use paths::{check_modules, check_paths};

/// Names that lead elsewhere, that some system refuses, that mean something to Cargo, or that
/// are one name for a file system that looks at them less closely.
const NAMES: &[&str] = &[
    "../x",
    "..",
    ".",
    "./x",
    "/abs",
    "//host/share",
    "C:\\x",
    "C:x",
    "\\\\host\\share",
    "a/b",
    "a\\b",
    "a/../b",
    "system/../../x",
    "con",
    "CON",
    "con.rs",
    "CON.rs",
    "nul",
    "aux",
    "prn",
    "com1",
    "COM9",
    "lpt1",
    "com\u{b9}",
    "CONIN$",
    "lib",
    "lib.rs",
    "mod",
    "main",
    "build",
    "build.rs",
    "tests",
    "bin",
    "bin/tool",
    "benches",
    "examples",
    "runtime",
    "types",
    "client",
    "error",
    "servers",
    "shared",
    "unused",
    "webhooks",
    "src",
    "target",
    "Cargo.toml",
    "Cargo.lock",
    ".git",
    ".git/config",
    "git~1",
    ".cargo/config.toml",
    ".codegen-manifest",
    "~",
    "~/x",
    "$HOME",
    "%TEMP%",
    "-",
    "-rf",
    "*",
    "?",
    "a:b",
    "a::$DATA",
    "dot.",
    "dots...",
    "space ",
    " space",
    "Pets",
    "pets",
    "PETS",
    "pEtS",
    "\u{fb01}sh",
    "fish",
    "\u{c5}ngstr\u{f6}m",
    "A\u{30a}ngstro\u{308}m",
    "\u{212b}ngstr\u{f6}m",
    "\u{ff30}\u{ff25}\u{ff34}\u{ff33}",
    "p\u{435}ts",
    "\u{65e5}\u{672c}",
    "\u{1f41f}",
    "nul\u{0}l",
    "new\nline",
    "bi\u{202e}sr.di",
    "zero\u{200b}width",
    "\u{feff}bom",
    "self",
    "super",
    "crate",
    "Self",
    "_",
    "__",
    "1",
    "1st",
    "<script>",
    "|",
    "\"",
    "'",
    "`",
    "",
    " ",
    "\t",
    "x;y",
    "a,b",
    "@",
    "#",
    "a#b",
    "{a}",
    "[?]",
];

/// Operations belong to the resource that their tag names.
const BY_TAG: &str = "[names]\nby = \"tag\"\n";

/// Long names, which differ in the last character or not at all when they are cut.
fn long_names() -> Vec<String> {
    let mut names = Vec::new();
    for word in ["a", "pets", "Pets", "\u{65e5}", "x_", "a-", "\u{fdfa}"] {
        for length in [90, 300, 10_000] {
            let long: String = word.chars().cycle().take(length).collect();
            names.extend([format!("{long}1"), format!("{long}2"), long]);
        }
    }
    names
}

fn all_names() -> Vec<String> {
    let short = NAMES.iter().map(|&name| name.to_owned());
    short.chain(long_names()).collect()
}

/// An operation of this id, with or without a tag, whose response has this schema.
fn operation(id: &str, tag: Option<&str>, schema: &str) -> Value {
    let tags: Vec<&str> = tag.into_iter().collect();
    json!({
        "operationId": id,
        "tags": tags,
        "responses": {"200": {"description": "It.", "content": {"application/json": {
            "schema": {"$ref": format!("#/components/schemas/{schema}")},
        }}}},
    })
}

fn document(title: &str, paths: &BTreeMap<String, Value>, schemas: &Value) -> String {
    json!({
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
    .to_string()
}

/// A document whose operations are these, each with a path of its own.
fn with_operations(operations: impl Iterator<Item = Value>) -> String {
    let paths = operations
        .enumerate()
        .map(|(index, operation)| (format!("/{index}"), json!({"get": operation})));
    document(
        "Pets",
        &paths.collect(),
        &json!({"Pet": {"type": "object"}}),
    )
}

fn try_to_generate(spec: &str, config: &str) -> Option<Generated> {
    let source = |name, text| Source { name, text };
    codegen::generate(source("api.json", spec), source("sdk.toml", config)).ok()
}

fn generate(spec: &str, config: &str) -> Vec<GeneratedFile> {
    let source = |name, text| Source { name, text };
    let (spec, config) = (source("api.json", spec), source("sdk.toml", config));
    match codegen::generate(spec, config) {
        Ok(generated) => generated.files,
        Err(errors) => {
            let errors = errors
                .iter()
                .map(|it| codegen::render(it, spec, config, false));
            panic!("{}", errors.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// The modules right below `src/`, beside those that every crate has.
fn resources(files: &[GeneratedFile]) -> BTreeSet<&str> {
    let below = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("src/"));
    below
        .filter(|path| !path.contains('/') && !["lib.rs", "client.rs", "servers.rs"].contains(path))
        .collect()
}

#[test]
fn tags_become_files_of_their_own() {
    let names = all_names();
    let operations = names.iter().enumerate();
    let spec = with_operations(
        operations.map(|(index, tag)| operation(&format!("get{index}"), Some(tag), "Pet")),
    );
    let files = generate(&spec, BY_TAG);
    check_paths(&files);
    check_modules(&files);
    // One for each name, as `bin` is `bin/tool`'s too, and one for the `a` of `a/b`.
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(resources(&files).len(), distinct.len() - 1);
}

#[test]
fn paths_become_files() {
    let names = all_names();
    let paths = names.iter().enumerate().map(|(index, name)| {
        let name = name.replace(['{', '}'], "");
        (
            format!("/{name}/{index}"),
            json!({
                "get": operation(&format!("get{index}"), None, "Pet"),
                "put": operation(&format!("put{index}"), None, "Pet"),
            }),
        )
    });
    let spec = document(
        "Pets",
        &paths.collect(),
        &json!({"Pet": {"type": "object"}}),
    );
    let files = generate(&spec, "");
    check_paths(&files);
    check_modules(&files);
    assert!(resources(&files).len() > NAMES.len() / 2);
}

#[test]
fn operations_and_schemas_are_no_files() {
    let names = all_names();
    let pointer = |name: &str| {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        let bytes = escaped.bytes().map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        });
        bytes.collect::<String>()
    };
    let spec = |name: &dyn Fn(usize) -> String| {
        let paths = (0..names.len()).map(|index| {
            let operation = operation(&name(index), Some("pets"), &pointer(&name(index)));
            (format!("/{index}"), json!({"get": operation}))
        });
        let schemas = (0..names.len()).map(|index| {
            let schema = json!({"type": "object", "properties": {name(index): {"enum": [name(index), "b"]}}});
            (name(index), schema)
        });
        document("Pets", &paths.collect(), &Value::Object(schemas.collect()))
    };
    let files = generate(&spec(&|index| names[index].clone()), "");
    check_paths(&files);
    check_modules(&files);
    let plain = generate(&spec(&|index| format!("plain{index}")), "");
    let paths =
        |files: &[GeneratedFile]| files.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&files), paths(&plain));
}

#[test]
fn titles_name_no_files() {
    for title in all_names() {
        let paths = BTreeMap::from([(
            "/pets".to_owned(),
            json!({"get": operation("get", None, "Pet")}),
        )]);
        let files = generate(
            &document(&title, &paths, &json!({"Pet": {"type": "object"}})),
            "",
        );
        check_paths(&files);
        assert_eq!(resources(&files), BTreeSet::from(["operations.rs"]));
    }
}

#[test]
fn names_in_the_configuration_are_refused_or_sound() {
    let tag = operation("get", Some("pets"), "Pet");
    let spec = with_operations([tag].into_iter());
    let mut accepted = 0;
    for name in all_names() {
        // What JSON writes as a text, TOML reads as the same text.
        let name = json!(name).to_string();
        let package = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n";
        let dotted = format!("a.{}", name.trim_matches('"'));
        for config in [
            format!("[package]\nname = {name}\nversion = \"0.1.0\"\n"),
            format!("{package}[resources.pets]\nname = {name}\n"),
            format!("{package}[resources.pets]\nname = \"{dotted}\"\n"),
            format!("{package}[operations.get]\nname = {name}\n"),
            format!("{package}[operations.get]\nresource = {name}\n"),
            format!("{package}[operations.get]\nresource = \"{dotted}\"\n"),
            format!("{package}[types.Pet]\nname = {name}\n"),
        ] {
            if let Some(generated) = try_to_generate(&spec, &config) {
                check_paths(&generated.files);
                accepted += 1;
            }
        }
    }
    assert!(accepted > NAMES.len(), "{accepted}");
}

#[test]
fn resources_within_resources_have_an_end() {
    let deep = |levels: usize| vec!["a"; levels].join("/");
    let of = |tag: &str| with_operations([operation("get", Some(tag), "Pet")].into_iter());
    assert!(
        generate(&of(&deep(8)), BY_TAG)
            .iter()
            .any(|file| file.path == "src/a/a/a/a/a/a/a/a.rs")
    );
    for levels in [9, 100, 5_000] {
        let files = generate(&of(&deep(levels)), BY_TAG);
        check_paths(&files);
        check_modules(&files);
        assert_eq!(resources(&files).len(), 1);
    }
    for levels in [9, 100, 5_000] {
        let path = format!("/{}", deep(levels));
        let item = json!({
            "get": operation("get", Some("pets"), "Pet"),
            "put": operation("put", Some("pets"), "Pet"),
        });
        let paths = BTreeMap::from([(path, item)]);
        let schemas = json!({"Pet": {"type": "object"}});
        let files = generate(&document("Pets", &paths, &schemas), "");
        check_paths(&files);
        check_modules(&files);
        assert_eq!(resources(&files).len(), 1);
    }
    let deep = vec!["a"; 60].join(".");
    let config = format!(
        "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n[resources.pets]\nname = \"{deep}\"\n"
    );
    assert!(try_to_generate(&of("pets"), &config).is_none());
}

/// A long name is cut to the same file whatever other names there are.
#[test]
fn the_file_of_a_long_name_stays_when_others_come_and_go() {
    let long = |last: &str| format!("{}{last}", "the pets of the shop ".repeat(50));
    let of = |tags: &[String]| {
        let tags = tags.iter().enumerate();
        with_operations(
            tags.map(|(index, tag)| operation(&format!("get{index}"), Some(tag), "Pet")),
        )
    };
    let both = generate(&of(&[long("a"), long("b")]), BY_TAG);
    let one = generate(&of(&[long("b")]), BY_TAG);
    let (both, one) = (resources(&both), resources(&one));
    assert_eq!((both.len(), one.len()), (2, 1));
    assert!(one.is_subset(&both), "{one:?} {both:?}");
    assert!(
        one.first()
            .is_some_and(|it| it.starts_with("the_pets_of_the_shop_the_pets"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_give_sound_files(names in prop::collection::vec(any_name(), 1..12)) {
        let paths = names.iter().enumerate().map(|(index, name)| {
            let tag = (index % 2 == 0).then_some(name.as_str());
            let path = format!("/{}/{index}", name.replace(['{', '}'], ""));
            (path, json!({"get": operation(&format!("{index} {name}"), tag, "Pet")}))
        });
        let spec = document(&names[0], &paths.collect(), &json!({"Pet": {"type": "object"}}));
        let files = generate(&spec, "");
        check_paths(&files);
        check_modules(&files);
    }
}

/// A name of any characters, or one of those above with some in front or behind.
fn any_name() -> impl Strategy<Value = String> {
    let known = prop::sample::select(NAMES).prop_map(str::to_owned);
    let joined = (
        prop::sample::select(NAMES),
        ".{0,3}",
        prop::sample::select(NAMES),
    );
    let joined = joined.prop_map(|(first, between, last)| format!("{first}{between}{last}"));
    prop_oneof![known, joined, any::<String>(), "[a-z/._-]{1,20}"]
}
