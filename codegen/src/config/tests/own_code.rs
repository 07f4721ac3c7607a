//! What a configuration says about types, derives, modules and manifest keys that aren't generated.

use super::super::*;
use crate::source::Source;

const PACKAGE: &str = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n";

fn read(rest: &str) -> Result<Config, Vec<String>> {
    let text = format!("{PACKAGE}{rest}");
    let source = Source {
        name: "sdk.toml",
        text: &text,
    };
    Config::read(source).map_err(|problems| {
        let message = |it: crate::Diagnostic| format!("{}: {}", it.pointer, it.message);
        problems.into_iter().map(message).collect()
    })
}

fn problem(rest: &str) -> String {
    let problems = read(rest).expect_err("it is refused");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().unwrap_or_default()
}

#[test]
fn types_of_formats_schemas_and_fields() {
    let config = read(
        "modules = [\"custom\"]\n[formats]\nuuid = \"uuid::Uuid\"\ndate = \"string\"\n\
         uri = { type = \"url::Url\", blank = \"crate::custom::no_url\" }\n\
         [types.Pet]\nfields.born.type = \"jiff::civil::Date\"\nfields.born.name = \"birthday\"\n",
    )
    .expect("a configuration");
    let external = |path: &str, blank: Option<&str>| External {
        path: path.to_owned(),
        blank: blank.map(str::to_owned),
    };
    assert_eq!(config.package.modules, ["custom"]);
    assert_eq!(
        config.formats["uuid"],
        FormatType::External(external("uuid::Uuid", None))
    );
    assert_eq!(config.formats["date"], FormatType::BuiltIn(Format::String));
    let url = external("url::Url", Some("crate::custom::no_url"));
    assert_eq!(config.formats["uri"], FormatType::External(url));
    let born = &config.types["Pet"].fields["born"];
    assert_eq!(born.external, Some(external("jiff::civil::Date", None)));
    assert_eq!(born.name.as_deref(), Some("birthday"));
}

#[test]
fn what_is_no_path_is_refused() {
    assert_eq!(
        problem("[formats]\nuuid = \"uuid::Uuid; fn x() {}\"\n"),
        "/formats/uuid: `uuid` must be the path of a Rust type, but `uuid::Uuid; fn x() {}` has something \
         behind the path of a type"
    );
    assert_eq!(
        problem("[formats]\nuuid = \"Uuid\"\n"),
        "/formats/uuid: invalid value `Uuid` for `uuid`"
    );
    assert_eq!(
        problem("[types.Pet]\ntype = \"Pet\"\n"),
        "/types/Pet/type: `type` must be the path of a Rust type, but `Pet` doesn't begin with a crate, or \
         with `crate`"
    );
    assert_eq!(
        problem("[types.Pet]\nblank = \"crate::none\"\n"),
        "/types/Pet: `type` is missing"
    );
    assert_eq!(
        problem("modules = [\"Custom\"]\n"),
        "/package/modules/0: `modules` must be the name of a Rust module, but `Custom` is not in snake case"
    );
}

#[test]
fn derives_and_attributes_may_take_a_feature() {
    let config = read(
        "[types]\nderive = [\"Eq\", { text = \"schemars::JsonSchema\", feature = \"schemars\" }]\n\
         [types.Pet]\nattributes = ['doc(alias = \"animal\")']\n",
    )
    .expect("a configuration");
    assert_eq!(config.derives[0].text, "Eq");
    assert_eq!(config.derives[1].feature.as_deref(), Some("schemars"));
    assert_eq!(
        config.types["Pet"].attributes[0].text,
        "doc(alias = \"animal\")"
    );
    assert!(problem("[types]\nderive = [\"Equal\"]\n").contains("the path of a derive macro"));
    assert!(problem("[types]\nderive = [\"Eq\", \"Eq\"]\n").contains("duplicate value `Eq`"));
    assert!(problem("[types]\nderive = [{ feature = \"a\" }]\n").contains("`text` is missing"));
    assert!(
        problem("[types]\nderive = [{ text = \"Eq\", when = \"a\" }]\n")
            .contains("unknown key `when`")
    );
    assert!(problem("[types]\nderive = [1]\n").starts_with("/types/derive/0: "));
}

#[test]
fn the_manifest_has_what_manifests_have() {
    let config = read(
        "[manifest.dependencies]\nuuid = { version = \"1\", features = [\"serde\"], optional = true }\n\
         [manifest.lints.clippy]\npedantic = { level = \"warn\", priority = -1 }\n",
    )
    .expect("a configuration");
    let manifest = serde_json::Value::Object(config.manifest);
    assert_eq!(manifest["dependencies"]["uuid"]["features"][0], "serde");
    assert_eq!(manifest["lints"]["clippy"]["pedantic"]["priority"], -1);
    assert_eq!(
        problem("[manifest.package]\npublished = 2026-01-02\n"),
        "/manifest/package/published: the value is a float or a date, which no manifest has"
    );
}
