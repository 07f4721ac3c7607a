//! What the author of a configuration sees.

mod own_code;
mod pages;

use super::data::{EnumValue, Field, Package, Resource, Type};
use super::{By, Config, Operation, Pages, Waiter, locate};
use crate::diagnostic::{Diagnostic, Origin};
use crate::source::Source;

const PACKAGE: &str = "[package]\nname = \"pets\"\nversion = \"1.2.3\"\n";

fn source(text: &str) -> Source<'_> {
    Source {
        name: "sdk.toml",
        text,
    }
}

fn read(text: &str) -> Config {
    Config::read(source(text)).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Each problem as `pointer: message`, in the order in which they are told.
fn problems(text: &str) -> Vec<String> {
    Config::read(source(text))
        .expect_err("the configuration is wrong")
        .iter()
        .map(|problem| format!("{}: {}", problem.pointer, problem.message))
        .collect()
}

/// The problems of a configuration whose package is fine.
fn problems_after_package(text: &str) -> Vec<String> {
    problems(&format!("{PACKAGE}{text}"))
}

/// What the first problem points at, and its help.
fn pointed_at(text: &str) -> (String, String) {
    let problems = Config::read(source(text)).expect_err("the configuration is wrong");
    let span = problems[0].span.clone().expect("problems have a place");
    let help = problems[0].help.clone().unwrap_or_default();
    (text[span].to_owned(), help)
}

#[test]
fn the_smallest_configuration() {
    let config = read(PACKAGE);
    assert_eq!(config.package.name, "pets");
    assert_eq!(config.package.version, "1.2.3");
    assert_eq!(config.package.license, Package::LICENSE);
    assert_eq!(
        Config {
            package: Package::default(),
            ..config
        },
        Config::default()
    );
}

#[test]
fn everything_that_can_be_said() {
    let config = read(
        r#"
        [package]
        name = "pet-store"
        version = "0.1.0-beta.1"
        description = "Client of the pet store"
        license = "Apache-2.0"
        authors = ["Jo <jo@example.com>"]
        repository = "https://example.com/pets"
        homepage = "https://example.com"
        documentation = "https://docs.rs/pet-store"
        keywords = ["pets", "api"]
        categories = ["api-bindings"]
        rust-version = "1.88"
        [client]
        api-key-env = "PET_STORE_KEY"
        base-url-env = "PET_STORE_URL"
        idempotency-header = "Idempotency-Key"
        [docs]
        first-call = "GET /pets"
        [resources."Pets & Co"]
        name = "pets"
        description = "All about pets."
        [operations.getPet]
        name = "get"
        resource = "pets"
        [operations."DELETE /pets/{id}"]
        skip = true
        [types]
        keep-unknown-fields = true
        [types.PetV2]
        name = "Pet"
        keep-unknown-fields = false
        fields.kind = { name = "species", required = true }
        values."1".name = "Cat"
        [types."/components/schemas/Pet/properties/owner"]
        name = "Owner"
        [[waiters]]
        resource = "pets"
        name = "wait_adopted"
        operation = "getPet"
        start = "createPet"
        field = "adoption.state"
        done = ["ADOPTED", 7, true]
        failed = ["LOST"]
        [[waiters]]
        operation = "getPet"
        field = "state"
        done = ["ADOPTED"]
        "#,
    );
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(config.package.authors, ["Jo <jo@example.com>"]);
    assert_eq!(config.package.keywords, ["pets", "api"]);
    assert_eq!(config.package.rust_version, text("1.88"));
    assert_eq!(config.client.idempotency_header, text("Idempotency-Key"));
    assert_eq!(config.docs.first_call, text("GET /pets"));
    assert_eq!(
        config.resources["Pets & Co"],
        Resource {
            name: text("pets"),
            description: text("All about pets.")
        }
    );
    assert!(config.operations["DELETE /pets/{id}"].skip);
    assert!(config.keep_unknown_fields);
    assert_eq!(
        config.types["PetV2"],
        Type {
            name: text("Pet"),
            keep_unknown_fields: Some(false),
            fields: [(
                "kind".to_owned(),
                Field {
                    name: text("species"),
                    required: Some(true),
                    ..Field::default()
                }
            )]
            .into(),
            values: [("1".to_owned(), EnumValue { name: text("Cat") })].into(),
            ..Type::default()
        }
    );
    assert_eq!(
        config.types.keys().collect::<Vec<_>>(),
        ["PetV2", "/components/schemas/Pet/properties/owner"]
    );
    assert_eq!(
        config.waiters[0],
        Waiter {
            resource: text("pets"),
            name: "wait_adopted".to_owned(),
            operation: "getPet".to_owned(),
            start: text("createPet"),
            field: vec!["adoption".to_owned(), "state".to_owned()],
            done: vec!["ADOPTED".to_owned(), "7".to_owned(), "true".to_owned()],
            failed: vec!["LOST".to_owned()],
        }
    );
}

#[test]
fn a_waiter_without_a_name_is_called_wait() {
    let config = read(&format!(
        "{PACKAGE}[[waiters]]\noperation = \"getPet\"\nfield = \"state\"\ndone = [\"ADOPTED\"]\n"
    ));
    assert_eq!(config.waiters[0].name, "wait");
}

#[test]
fn operations_are_found_by_id_first() {
    let config = read(&format!(
        "{PACKAGE}[operations.getPet]\nname = \"a\"\n[operations.\"GET /pets\"]\nname = \"b\"\n"
    ));
    let key = |id, method, path| {
        let found: Option<(&str, &Operation)> = config.operation(id, method, path);
        found.map(|(key, _)| key.to_owned())
    };
    assert_eq!(
        key(Some("getPet"), "GET", "/pets").as_deref(),
        Some("getPet")
    );
    assert_eq!(
        key(Some("other"), "GET", "/pets").as_deref(),
        Some("GET /pets")
    );
    assert_eq!(key(None, "PUT", "/pets"), None);
}

#[test]
fn schemas_are_found_by_pointer_first() {
    let config = read(&format!(
        "{PACKAGE}[types.A]\n[types.\"/components/schemas/A\"]\n[types.\"B/items\"]\n\
         [types.\"~1\"]\n"
    ));
    let key = |pointer| config.schema(pointer).map(|(key, _)| key.to_owned());
    let found = |key: &str| Some(key.to_owned());
    assert_eq!(key("/components/schemas/A"), found("/components/schemas/A"));
    assert_eq!(key("/components/schemas/B~1items"), found("B/items"));
    assert_eq!(key("/components/schemas/~01"), found("~1"));
    assert_eq!(key("/components/schemas/B/items"), None);
    assert_eq!(key("/paths/A"), None);
}

#[test]
fn order_is_that_of_the_file() {
    let config = read(&format!(
        "{PACKAGE}[resources.Zebras]\n[resources.Apes]\n[resources.Bears]\n"
    ));
    assert!(config.resources.keys().eq(["Zebras", "Apes", "Bears"]));
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_text() {
    assert_eq!(
        problems(
            r#"
            [package]
            name = "9lives"
            versoin = "1.0.0"
            keywords = "pets"
            [client]
            api-key-env = "MY KEY"
            [cilent]
            [[waiters]]
            operation = 3
            field = "a..b"
            done = []
            failed = ["X", "X"]
            "#
        ),
        [
            "/package: `version` is missing",
            "/package/name: `name` must be a crate name, but `9lives` doesn't start with a letter",
            "/package/versoin: unknown key `versoin`",
            "/package/keywords: `keywords` must be an array, each item a keyword, but is a string",
            "/client/api-key-env: `api-key-env` must be the name of an environment variable, \
             but `MY KEY` contains a character other than letters, digits and `_`",
            "/cilent: unknown key `cilent`",
            "/waiters/0/operation: `operation` must be a string, but is an integer",
            "/waiters/0/field: `field` must be the path of a property, \
             but `a..b` contains an empty name",
            "/waiters/0/done: `done` is empty",
            "/waiters/0/failed/1: duplicate value `X` in `failed`",
        ]
    );
}

#[test]
fn what_is_missing() {
    assert_eq!(
        problems("[package]"),
        [
            "/package: `name` is missing",
            "/package: `version` is missing"
        ]
    );
    assert_eq!(
        problems("package = 1"),
        ["/package: `package` must be a table, but is an integer"]
    );
    assert_eq!(
        problems_after_package("[[waiters]]\n"),
        [
            "/waiters/0: `operation` is missing",
            "/waiters/0: `field` is missing",
            "/waiters/0: `done` is missing",
        ]
    );
    assert_eq!(
        problems_after_package("[waiters]\ndone = []\n"),
        [
            "/waiters: `waiters` must be an array of tables, each with the header `[[waiters]]`, but is a table"
        ]
    );
}

#[test]
fn problems_point_at_keys_values_and_headers() {
    let unknown = "[package]\nname = \"pets\"\nversion = \"1.0.0\"\nlicence = \"MIT\"\n";
    assert_eq!(
        pointed_at(unknown),
        ("licence".to_owned(), "did you mean `license`?".to_owned())
    );
    let (shown, help) = pointed_at("[package]\nname = \"pets\"\n");
    assert_eq!(shown, "[package]");
    assert!(help.contains("`version = \"0.1.0\"`"), "{help}");
    let (shown, help) = pointed_at("[package]\nname = \"pets\"\nversion = \"1.0\"\n");
    assert_eq!(shown, "\"1.0\"");
    assert!(help.contains("`0.1.0`"), "{help}");
    let stranger = format!("{PACKAGE}[client]\ncolour = 1\n");
    assert_eq!(
        pointed_at(&stranger).1,
        "the known keys are `api-key-env`, `base-url`, `base-url-env`, `idempotency-header` and `parameters`"
    );
}

#[test]
fn credentials_have_a_name_and_a_variable() {
    let config = read(&format!(
        "{PACKAGE}[client]\nbase-url = \"https://example.com/v1\"\n[credentials.AppSecret]\n\
         name = \"secret\"\nenv = \"APP_SECRET\"\n"
    ));
    assert_eq!(
        config.client.base_url.as_deref(),
        Some("https://example.com/v1")
    );
    let secret = &config.credentials["AppSecret"];
    assert_eq!(secret.name.as_deref(), Some("secret"));
    assert_eq!(secret.env.as_deref(), Some("APP_SECRET"));
}

#[test]
fn what_is_no_toml() {
    let twice = "a = 1\na = 2\n[b\n";
    let problems = Config::read(source(twice)).expect_err("the text is no TOML");
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert_eq!(problems[0].message, "not valid TOML: duplicate key");
    assert_eq!(problems[0].span, Some(6..7));
    assert_eq!(problems[1].message, "not valid TOML: unclosed table");
    assert_eq!(problems[1].label, "expected `]`");
}

#[test]
fn crate_names() {
    for good in ["a", "pet-store", "pet_store", "r2d2", "self-service"] {
        read(&format!(
            "[package]\nname = \"{good}\"\nversion = \"1.0.0\"\n"
        ));
    }
    let long = "a".repeat(65);
    for bad in [
        "", " ", "-a", "_a", "1a", "a b", "a.b", "café", "fn", "self", "test", "std", "CON",
        "com1", "lpt9", &long,
    ] {
        let text = format!("[package]\nname = \"{bad}\"\nversion = \"1.0.0\"\n");
        assert_eq!(problems(&text).len(), 1, "{bad}");
    }
}

#[test]
fn texts_of_every_other_form() {
    for (good, bad) in [
        (
            "[client]\nbase-url-env = \"_A1\"",
            "[client]\nbase-url-env = \"1A\"",
        ),
        (
            "[client]\nidempotency-header = \"X-Id\"",
            "[client]\nidempotency-header = \"Cookie\"",
        ),
        (
            "[resources.A]\nname = \"type\"",
            "[resources.A]\nname = \"a-b\"",
        ),
        (
            "[operations.a]\nskip = false",
            "[operations.a]\nskip = \"no\"",
        ),
        (
            "[operations.\"get all pets\"]",
            "[operations.\"get /pets\"]",
        ),
        (
            "[operations.a.pages]\nby = \"none\"",
            "[operations.a.pages]\nby = \"None\"",
        ),
        (
            "[operations.a.pages]\nfirst = 0x10",
            "[operations.a.pages]\nfirst = 1.5",
        ),
        (
            "[operations.a.pages]\nitems = \"\"",
            "[operations.a.pages]\nnext = \"\"",
        ),
        ("[types.A]", "[types.\"#/components/schemas/A\"]"),
        (
            "[types]\nkeep-unknown-fields = true",
            "[types]\nkeep-unknown-fields = 1",
        ),
        (
            "[types.A]\nkeep-unknown-fields = false",
            "[types.A]\nkeep-unknown-fields = \"no\"",
        ),
        (
            "[types.A.fields.b]\nname = \"_x\"",
            "[types.A.fields.b]\nname = \"_\"",
        ),
        (
            "[types.A]\nfields.b.required = true",
            "[types.A]\nfields.b.required = \"no\"",
        ),
    ] {
        read(&format!("{PACKAGE}{good}\n"));
        assert_eq!(
            problems_after_package(&format!("{bad}\n")).len(),
            1,
            "{bad}"
        );
    }
    for (good, bad) in [
        ("license = \"MIT\"", "license = \"MIT/\""),
        ("rust-version = \"1.88.1\"", "rust-version = \"1\""),
        ("homepage = \"http://a.b\"", "homepage = \"a.b\""),
        ("authors = [\"Jo\"]", "authors = [\"J\\no\"]"),
        (
            "keywords = [\"a\", \"b\", \"c\", \"d\", \"e\"]",
            "keywords = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]",
        ),
        ("categories = [\"a::b-c\"]", "categories = [\"A\"]"),
        ("description = \"x\"", "description = 2020-01-01"),
    ] {
        read(&format!("{PACKAGE}{good}\n"));
        assert_eq!(
            problems_after_package(&format!("{bad}\n")).len(),
            1,
            "{bad}"
        );
    }
}

#[test]
fn help_is_what_to_write() {
    let help = |text: &str| {
        let text = format!("{PACKAGE}{text}");
        pointed_at(&text).1
    };
    assert_eq!(help("[operations.\"get /pets\"]\n"), "write `GET /pets`");
    for near in [
        "[types]\nkeep_unknown_fields = true\n",
        "[types.A]\nkeep-unknown-field = 1\n",
    ] {
        assert_eq!(help(near), "did you mean `keep-unknown-fields`?");
    }
    assert_eq!(help("[types.\"#/components/schemas/A\"]\n"), "write `A`");
    assert_eq!(
        help("[types.\"#/components/schemas/A/items\"]\n"),
        "write `/components/schemas/A/items`"
    );
}

#[test]
fn hostile_texts_are_shown_on_one_short_line() {
    let name = format!("\\u001b[31m\\u202e{}", "x".repeat(500));
    let told = problems(&format!(
        "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n"
    ));
    assert!(
        told[0].len() < 200 && !told[0].contains(['\u{1b}', '\u{202e}']),
        "{told:?}"
    );
}

#[test]
fn pointers_are_located() {
    let text = "a.b = [1, { c = 2 }]\n\"x/y~z\" = 3\n[[w]]\nk = 4\n[[w]]\nk = 5\n";
    let span = |pointer: &str, at_key: bool| {
        let mut problem = Diagnostic::error(Origin::Config, pointer, "");
        problem.at_key = at_key;
        let mut problems = [problem, Diagnostic::error(Origin::Spec, pointer, "")];
        locate(source(text), &mut problems);
        assert_eq!(
            problems[1].span, None,
            "only the configuration is looked at"
        );
        let span = problems[0]
            .span
            .clone()
            .expect("every problem gets a place");
        text[span].to_owned()
    };
    assert_eq!(span("/a/b/1/c", false), "2");
    assert_eq!(span("/a/b/1/c", true), "c");
    assert_eq!(span("/x~1y~0z", false), "3");
    assert_eq!(span("/w/1/k", false), "5");
    assert_eq!(span("/w/1/none", true), "[[w]]");
    assert_eq!(span("/a/b/0/none", false), "1");
    assert_eq!(span("/none", false), "");
    assert_eq!(span("", false), "");
}
