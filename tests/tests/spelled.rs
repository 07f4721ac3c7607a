//! `codegen::configuration`: an `sdk.toml` that says what the generator takes a description to mean.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::{Diagnostic, Severity, Source, configuration};

/// The descriptions of all fixtures and of the project's crate, with their names.
fn descriptions() -> Vec<(String, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![("batches".to_owned(), tests.join("../spec/batches.yaml"))];
    for entry in fs::read_dir(tests.join("fixtures")).expect("tests/fixtures is a folder") {
        let folder = entry.expect("a readable entry");
        let name = folder.file_name().to_string_lossy().into_owned();
        paths.push((name, folder.path().join("openapi.yaml")));
    }
    paths
        .into_iter()
        .map(|(name, path)| {
            let text = fs::read_to_string(path).expect("a readable description");
            (name, text)
        })
        .collect()
}

fn description(name: &str) -> String {
    let found = descriptions().into_iter().find(|(it, _)| it == name);
    found.expect("there is such a description").1
}

fn spec(text: &str) -> Source<'_> {
    Source {
        name: "openapi.yaml",
        text,
    }
}

/// The files of the crate, or the errors.
fn generated(text: &str, config: &str) -> Result<BTreeMap<String, String>, Vec<Diagnostic>> {
    let config = Source {
        name: "sdk.toml",
        text: config,
    };
    let generated = codegen::generate(spec(text), config).map_err(|mut diagnostics| {
        diagnostics.retain(|it| it.severity == Severity::Error);
        diagnostics
    })?;
    let files = generated.files.into_iter();
    Ok(files.map(|file| (file.path, file.text)).collect())
}

fn spelled(text: &str) -> String {
    configuration(spec(text), None).expect("what can be generated can be spelled out")
}

/// The suggestions of waits, as they are without the signs that make them comments.
fn suggested_waits(config: &str) -> String {
    let after = config
        .lines()
        .skip_while(|line| !line.starts_with("# Suggested polling"));
    let waits = after.take_while(|line| !line.is_empty());
    waits
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with('[') || line.contains(" = "))
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn a_description_gives_the_same_crate_with_what_was_spelled_out() {
    let mut tried = 0;
    for (name, text) in descriptions() {
        let Ok(plain) = generated(&text, "") else {
            continue;
        };
        let config = spelled(&text);
        let again = generated(&text, &config).unwrap_or_else(|it| panic!("{name}: {it:?}"));
        for path in plain.keys().chain(again.keys()) {
            assert_eq!(plain.get(path), again.get(path), "{name}: {path}\n{config}");
        }
        tried += 1;
    }
    assert!(tried > 40, "only {tried} were tried");
}

#[test]
fn what_is_spelled_out_is_reviewed() {
    for name in [
        "batches",
        "auth-several",
        "pages-number",
        "names-of-resources",
    ] {
        let text = configuration(spec(&description(name)), Some("pet-store"));
        let text = text.expect("it can be spelled out");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("spelled-{name}"), text);
        });
    }
}

#[test]
fn a_suggested_wait_is_one_once_it_is_no_comment() {
    let text = description("batches");
    let config = spelled(&text);
    let waits = suggested_waits(&config);
    assert!(waits.contains("start = \"createBatch\"\n"), "{config}");
    let files = generated(&text, &(config + "\n" + &waits)).expect("the wait is sound");
    assert!(files["src/batches.rs"].contains("fn wait("));
}

/// A line without the sign that makes it a comment, if it is TOML then.
fn switched_on(line: &str) -> &str {
    let Some(bare) = line.strip_prefix("# ") else {
        return line;
    };
    let key = bare.split_once(" = ").map_or("", |(key, _)| key);
    let is_key = !key.is_empty() && !key.contains([' ', '`', ':']);
    let is_section = bare.starts_with('[') && bare.ends_with(']');
    if is_key || is_section { bare } else { line }
}

#[test]
fn suggestions_are_right_as_they_stand() {
    let mut tried = 0;
    for (name, text) in descriptions() {
        if generated(&text, "").is_err() {
            continue;
        }
        // Behind this are examples of what can be said, and not of this description.
        let config = spelled(&text);
        let (config, _) = config.split_once("# Types are named").expect("it is there");
        let all: Vec<&str> = config.lines().map(switched_on).collect();
        let config = all.join("\n");
        assert!(config.contains("\nbase-url-env = "), "{name}\n{config}");
        let files =
            generated(&text, &config).unwrap_or_else(|it| panic!("{name}: {it:?}\n{config}"));
        assert!(
            files["src/client.rs"].contains("pub fn from_env("),
            "{name}"
        );
        tried += 1;
    }
    assert!(tried > 40, "only {tried} were tried");
}

/// An API of these paths, which all have the tag `pets` and are read; each with its id.
fn of_pets(operations: &[(&str, &str)]) -> String {
    let paths: serde_json::Map<String, serde_json::Value> = operations
        .iter()
        .map(|(path, id)| {
            let responses = serde_json::json!({"204": {"description": "Fine."}});
            let get =
                serde_json::json!({"operationId": id, "tags": ["pets"], "responses": responses});
            ((*path).to_owned(), serde_json::json!({"get": get}))
        })
        .collect();
    serde_json::json!({
        "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://api.example.com"}], "paths": paths
    })
    .to_string()
}

#[test]
fn names_stay_when_the_description_gets_operations_that_would_take_them() {
    let config = spelled(&of_pets(&[("/v1/pets", "listPets")]));
    let more = of_pets(&[("/v1/pets", "listPets"), ("/v2/pets", "listPetsAgain")]);
    let path_of = |config: &str| {
        let files = generated(&more, config).expect("it is sound");
        let text = &files["src/pets.rs"];
        let method = text.find("fn list(").expect("there is such a method");
        // The documentation of the method begins with its route.
        let route = text[..method].rfind("`GET ").expect("it has a route");
        text[route..].chars().skip(5).take(8).collect::<String>()
    };
    assert_eq!(
        path_of(""),
        "/v2/pets",
        "the newer of the two would be called so"
    );
    assert_eq!(
        path_of(&config),
        "/v1/pets",
        "the name is that of the operation that had it"
    );
}

#[test]
fn an_operation_that_is_gone_is_told() {
    let config = spelled(&of_pets(&[("/pets", "listPets")]));
    let text = of_pets(&[("/pets", "readPets")]);
    let config = Source {
        name: "sdk.toml",
        text: &config,
    };
    let made = codegen::generate(spec(&text), config).expect("a crate without it");
    assert_eq!(made.warnings[0].message, "unknown operation `listPets`");
}

#[test]
fn hostile_texts_stay_within_their_lines() {
    let odd = "a\u{202e}b\n[package]\nname = \"stolen\"";
    let json = serde_json::json!({
        "openapi": "3.0.3", "info": {"title": odd, "version": "1"},
        "servers": [{"url": "https://api.example.com", "description": odd}],
        "paths": {format!("/{odd}"): {"get": {
            "operationId": odd, "tags": [odd, ""], "responses": {"204": {"description": odd}}}}}
    });
    let text = json.to_string();
    let config = configuration(spec(&text), Some("pets")).expect("it is sound");
    assert!(!config.contains('\u{202e}'));
    let table: toml::Table = config.parse().expect("it is TOML");
    assert_eq!(table["package"]["name"].as_str(), Some("pets"));
    assert!(table["operations"].get(odd).is_some(), "{config}");
    let files = generated(&text, &config).expect("it says what is there");
    assert!(files["Cargo.toml"].contains("name = \"pets\""));
}
