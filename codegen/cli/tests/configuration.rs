//! The configuration as data says what its text says.

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::Generator;
use clientsmith::config::{Config, Form, Operation, Package, Waiter};
use codegen::Source;

const PETS: &str = "openapi: 3.0.3
info: {title: Petstore, version: 1.2.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses: {'204': {description: None.}}
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All configurations of the project, and the one of the documentation, which has all keys.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let fixtures = fs::read_dir(root().join("tests/fixtures")).expect("a folder");
    let files = fixtures.map(|it| it.expect("an entry").path().join("sdk.toml"));
    for file in files.chain([root().join("spec/sdk.toml")]) {
        if let Ok(text) = fs::read_to_string(&file) {
            texts.push((file.display().to_string(), text));
        }
    }
    let documented = root().join("codegen/src/config/mod.rs");
    let documented = fs::read_to_string(documented).expect("a file");
    let lines = documented.lines().skip_while(|line| *line != "//! ```toml");
    let lines = lines.skip(1).take_while(|line| *line != "//! ```");
    // Its keys are all there are, and two of them exclude others.
    let excluded = ["base-url = ", "done = \"paging.is_last\""];
    let lines = lines.filter(|line| !excluded.iter().any(|it| line.contains(it)));
    let lines: Vec<&str> = lines.map(|line| line.trim_start_matches("//!")).collect();
    texts.push(("the documentation".to_owned(), lines.join("\n")));
    texts
}

#[test]
fn a_text_that_was_data_says_the_same() {
    let texts = texts();
    assert!(texts.len() > 30, "{}", texts.len());
    for (name, text) in texts {
        let config: Config = text
            .parse()
            .unwrap_or_else(|errors| panic!("{name}: {errors}"));
        let written = String::from(&config);
        let read = |text: &str| {
            codegen::Config::read(Source {
                name: "sdk.toml",
                text,
            })
        };
        assert_eq!(read(&written), read(&text), "{name}:\n{written}");
        assert_eq!(written.parse::<Config>().ok(), Some(config), "{name}");
    }
}

#[test]
fn data_and_its_text_make_the_same_crate() {
    let config = Config {
        package: Some(Package {
            name: "zoo".to_owned(),
            version: "3.0.0".to_owned(),
            keywords: vec!["pets".to_owned()],
            ..Package::default()
        }),
        operations: [(
            "listPets".to_owned(),
            Operation {
                name: Some("all".to_owned()),
                timeout: Some(90.0),
                ..Operation::default()
            },
        )]
        .into_iter()
        .collect(),
        ..Config::default()
    };
    let of = |config: &str| -> Vec<(String, String)> {
        let files = Generator::new(PETS)
            .config(config)
            .generate()
            .expect("a crate");
        files
            .iter()
            .map(|it| (it.path.clone(), it.text.clone()))
            .collect()
    };
    let text = "[package]\nname = \"zoo\"\nversion = \"3.0.0\"\nkeywords = [\"pets\"]\n\
                [operations.listPets]\nname = \"all\"\ntimeout = 90\n";
    assert_eq!(of(&String::from(&config)), of(text));
    let files = Generator::new(PETS)
        .config(config)
        .generate()
        .expect("a crate");
    assert!(
        files
            .iter()
            .any(|it| it.path == "src/pets.rs" && it.text.contains("fn all(&self)"))
    );
    // Nothing is said where nothing is set.
    assert_eq!(String::from(Config::default()), "");
}

#[test]
fn what_is_wrong_with_data_is_shown_in_its_text() {
    let wrong = |config: Config| {
        let made = Generator::new(PETS).config(config).generate();
        made.expect_err("it is refused").to_string()
    };
    // Keys that the text requires, words that aren't there, and settings that contradict each other.
    let nameless = wrong(Config {
        package: Some(Package {
            name: "pets".to_owned(),
            ..Package::default()
        }),
        ..Config::default()
    });
    assert!(nameless.contains("sdk.toml:1:1"), "{nameless}");
    assert!(nameless.contains("version"), "{nameless}");
    let waiter = wrong(Config {
        waiters: vec![Waiter {
            operation: "listPets".to_owned(),
            ..Waiter::default()
        }],
        ..Config::default()
    });
    assert!(
        waiter.contains("`field`") && waiter.contains("sdk.toml:"),
        "{waiter}"
    );
    let module = wrong(Config {
        package: Some(Package {
            name: "pets".to_owned(),
            version: "0.1.0".to_owned(),
            modules: vec!["custom".to_owned()],
            form: Some(Form::Module),
            ..Package::default()
        }),
        ..Config::default()
    });
    assert!(module.contains("modules = [\"custom\"]"), "{module}");
    assert!(
        module.contains("a module can't declare custom modules"),
        "{module}"
    );
}
