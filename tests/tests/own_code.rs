//! What a configuration adds to a crate: types, derives, modules and manifest keys, and what can't be added.

use codegen::{Generated, Source, generate};

const SPEC: &str = r##"
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com"}]
tags: [{name: orders}]
paths:
  /orders:
    get:
      tags: [orders]
      operationId: listOrders
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string}
        weight: {type: number}
        when: {type: string, format: date-time}
        part: {$ref: "#/components/schemas/Part"}
    Part: {type: object, properties: {count: {type: integer}, any: {}}}
    Leaf: {type: object, properties: {count: {type: integer}, at: {type: string, format: date}}}
    Name: {type: string}
"##;

fn made(rest: &str) -> Result<Generated, Vec<String>> {
    let config = format!("[package]\nname = \"shop\"\nversion = \"0.1.0\"\n{rest}");
    let source = |name, text| Source { name, text };
    generate(source("api.yaml", SPEC), source("sdk.toml", &config)).map_err(|problems| {
        let message = |it: codegen::Diagnostic| format!("{}: {}", it.pointer, it.message);
        problems.into_iter().map(message).collect()
    })
}

fn file(rest: &str, path: &str) -> String {
    let generated = made(rest).unwrap_or_else(|problems| panic!("{problems:?}"));
    let file = generated.files.into_iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("no {path}")).text
}

fn problem(rest: &str) -> String {
    let Err(problems) = made(rest) else {
        panic!("it is taken");
    };
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().unwrap_or_default()
}

/// The only warning about a configuration that a crate is made with all the same.
fn warning(rest: &str) -> String {
    let made = made(rest).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut warnings = made.warnings.into_iter();
    let warning = warnings.find(|it| it.origin == codegen::Origin::Config);
    let warning = warning.expect("something is said");
    format!("{}: {}", warning.pointer, warning.message)
}

/// The line of a manifest that begins so.
fn line<'t>(manifest: &'t str, start: &str) -> &'t str {
    let mut lines = manifest.lines();
    let found = lines.find(|it| it.starts_with(start));
    found.unwrap_or_else(|| panic!("no line begins with {start}"))
}

#[test]
fn runtime_of_several_crates_takes_types_of_the_crate_alone() {
    let shared =
        |format: &str| format!("runtime = \"crate\"\n[formats]\ndate-time = \"{format}\"\n");
    assert_eq!(
        problem(&shared("chrono::DateTime<chrono::Utc>")),
        "/formats/date-time: `chrono::DateTime<chrono::Utc>` is of another crate, and so is the runtime"
    );
    let generated = made(&shared("crate::custom::Instant")).expect("a type of the crate");
    let paths: Vec<&str> = generated.files.iter().map(|it| &*it.path).collect();
    assert!(paths.contains(&"src/runtime.rs"), "{paths:?}");
    assert!(!paths.iter().any(|it| it.starts_with("src/runtime/")));
    for place in [
        "type = \"url::Url\"\n",
        "[types.Order.fields.id]\ntype = \"url::Url\"\n",
    ] {
        let rest = format!("runtime = \"crate\"\n[types.Order]\n{place}");
        assert!(
            problem(&rest).ends_with("is of another crate, and so is the runtime"),
            "{rest}"
        );
    }
    assert!(problem("runtime = \"shared\"\n").contains("invalid value `shared`"));
}

#[test]
fn crates_that_the_manifest_does_not_have_are_named() {
    for (rest, place, named) in [
        (
            "[formats]\ndate-time = \"jiff::Timestamp\"\n",
            "/formats/date-time",
            "jiff",
        ),
        (
            "[types.Order]\nfields.weight.type = \"std::option::Option<rust_decimal::Decimal>\"\n",
            "/types/Order/fields/weight/type",
            "rust_decimal",
        ),
        (
            "[types]\nderive = [\"Hash\", \"schemars::JsonSchema\"]\n",
            "/types/derive",
            "schemars",
        ),
        (
            "[types.Part]\nderive = [\"schemars::JsonSchema\"]\n",
            "/types/Part/derive",
            "schemars",
        ),
    ] {
        let found = warning(rest);
        let end =
            format!("needs the crate `{named}`, which `[manifest.dependencies]` doesn't have");
        assert!(found.starts_with(&format!("{place}: ")), "{found}");
        assert!(found.ends_with(&end), "{found}");
        let key = named.replace('_', "-");
        let with = made(&format!("{rest}[manifest.dependencies]\n{key} = \"1\"\n"));
        assert_eq!(with.expect("it is sound").warnings, [], "{rest}");
    }
    let known =
        "[formats]\ndate-time = { type = \"crate::custom::Time\", blank = \"std::time::now\" }\n";
    assert_eq!(made(known).expect("it is sound").warnings, []);
}

#[test]
fn manifest_gets_what_it_does_not_have() {
    let manifest = file(
        "[manifest.dependencies]\nuuid = { version = \"1\", features = [\"serde\"] }\nlog = \"0.4\"\n\
         serde = { features = [\"derive\"] }\njiff = { optional = false, features = [\"serde\"] }\n\
         bytes = \"1.9\"\n\
         [manifest.dev-dependencies]\ninsta = \"1\"\n\
         [manifest.features]\nextra = []\ndefault = [\"extra\", \"rustls\"]\n\
         [manifest.lints.clippy]\ntodo = \"deny\"\n\
         [manifest.package.metadata.own]\nteam = \"shop\"\n\
         [manifest.target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n",
        "Cargo.toml",
    );
    assert_eq!(
        line(&manifest, "uuid"),
        "uuid = { version = \"1\", features = [\"serde\"] }"
    );
    assert_eq!(line(&manifest, "log"), "log = \"0.4\"");
    assert!(
        line(&manifest, "serde =").contains("features = [\"std\", \"derive\"]"),
        "{manifest}"
    );
    let jiff = line(&manifest, "jiff = {");
    assert!(
        jiff.contains("optional = false") && jiff.contains("[\"std\", \"serde\"]"),
        "{jiff}"
    );
    assert_eq!(line(&manifest, "jiff = ["), "jiff = []");
    assert_eq!(line(&manifest, "bytes"), "bytes = \"1.9\"");
    assert!(
        line(&manifest, "default").ends_with(", \"extra\"]"),
        "{manifest}"
    );
    for heading in [
        "[lints.clippy]",
        "[package.metadata.own]",
        "[target.\"cfg(unix)\".dependencies]",
    ] {
        assert_eq!(line(&manifest, heading), heading);
    }
    let parsed: toml::Table = manifest.parse().expect("it is TOML");
    assert_eq!(
        parsed["package"]["metadata"]["own"]["team"].as_str(),
        Some("shop")
    );
    assert_eq!(
        parsed["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
}

#[test]
fn a_resource_may_be_called_like_the_crate_of_a_type() {
    let own =
        "[types.Part]\ntype = \"uuid::Uuid\"\n[types.Order]\nfields.id.type = \"uuid::Uuid\"\n";
    let types = file(own, "src/types/orders.rs");
    assert!(types.contains("pub id: uuid::Uuid"), "{types}");
    let named = format!("{own}[operations.listOrders]\nresource = \"uuid\"\n");
    let types = file(&named, "src/types/uuid.rs");
    assert!(types.contains("pub id: ::uuid::Uuid"), "{types}");
}

#[test]
fn manifest_keys_that_are_generated_are_not_replaced() {
    assert_eq!(
        problem("[manifest.package]\nname = \"other\"\nedition = \"2024\"\n"),
        "/manifest/package/name: the manifest of the crate has this key with another value"
    );
    assert_eq!(
        problem("[manifest.lints.rust]\nunsafe_code = \"allow\"\n"),
        "/manifest/lints/rust/unsafe_code: the manifest of the crate has this key with another value"
    );
}

#[test]
fn derives_of_all_types_are_for_those_that_can() {
    let derives = "[types]\nkeep-unused = true\nderive = [\"Eq\", \"Hash\", \"Ord\", \"PartialOrd\", \
                   { text = \"schemars::JsonSchema\", feature = \"schemars\" }]\n\
                   [manifest.features]\nschemars = []\n";
    let types = file(derives, "src/types/orders.rs") + &file(derives, "src/types/shared.rs");
    let above = |name: &str| {
        let (before, _) = types
            .split_once(&format!("pub struct {name} "))
            .expect("a struct");
        let (_, attributes) = before
            .rsplit_once("\n\n")
            .expect("something stands before it");
        attributes.to_owned()
    };
    // A float can't be compared with itself, and any JSON has no order.
    assert!(
        above("Order").contains("#[derive(Clone, Debug, PartialEq)]"),
        "{}",
        above("Order")
    );
    assert!(above("Part").contains("#[derive(Clone, Debug, Default, PartialEq, Eq)]"));
    let all = "#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Ord, PartialOrd)]";
    assert!(above("Leaf").contains(all), "{}", above("Leaf"));
    let gated = "#[cfg_attr(feature = \"schemars\", derive(schemars::JsonSchema))]";
    for name in ["Order", "Part", "Leaf"] {
        assert!(above(name).contains(gated), "{}", above(name));
    }
}

#[test]
fn derives_of_one_type_that_it_can_not_have_are_errors() {
    assert_eq!(
        problem("[types.Order]\nderive = [\"Eq\"]\n"),
        "/types/Order/derive/0: `Order` can't derive `Eq`"
    );
    assert_eq!(
        problem("[types.Leaf]\nderive = [\"Hash\", \"Copy\"]\n"),
        "/types/Leaf/derive/1: `Leaf` can't derive `Copy`"
    );
    assert_eq!(
        problem("[types.Name]\nderive = [\"Hash\"]\n"),
        "/types/Name/derive/0: `Name` can't derive `Hash`"
    );
    assert_eq!(
        problem("[types.Order]\nderive = [{ text = \"a::B\", feature = \"c\" }]\n"),
        "/types/Order/derive/0/feature: the crate has no feature `c`"
    );
    let wrong = problem("[types.Order]\nattributes = [\"doc(\", \"must_use\"]\n");
    assert!(
        wrong.starts_with("/types/Order/attributes: `doc(` is not an attribute"),
        "{wrong}"
    );
    let code =
        problem("[types.Order]\nattributes = [\"must_use] pub fn x() {} #[doc = \\\"a\\\"\"]\n");
    assert!(code.contains("is not an attribute"), "{code}");
}

#[test]
fn modules_of_ones_own_are_declared_unless_they_clash() {
    let root = file("modules = [\"custom\", \"more\"]\n", "src/lib.rs");
    assert!(root.contains("pub mod custom;\npub mod more;"), "{root}");
    assert_eq!(
        problem("modules = [\"orders\"]\n"),
        "/package/modules/0: `orders` is the module of the resource `orders`, which would replace it"
    );
    assert_eq!(
        problem("modules = [\"runtime\"]\n"),
        "/package/modules/0: `runtime` is an emitted module, which would replace it"
    );
}

#[test]
fn names_of_types_that_are_not_there_are_told() {
    assert_eq!(
        warning("[types.Ordre]\ntype = \"uuid::Uuid\"\n"),
        "/types/Ordre: unknown schema `Ordre`"
    );
    assert_eq!(
        warning("[types.Order]\nfields.idd.type = \"uuid::Uuid\"\n"),
        "/types/Order/fields/idd: `Order` has no property `idd`"
    );
    assert_eq!(
        warning("[formats]\nuuid = \"uuid::Uuid\"\n"),
        "/formats/uuid: no schema with a compatible type has the format `uuid`"
    );
    // A type that isn't generated has no fields to speak of.
    let nothing = warning("[types.Order]\ntype = \"crate::a::Order\"\nfields.id.name = \"key\"\n");
    assert!(nothing.starts_with("/types/Order/fields/id: "), "{nothing}");
}

#[test]
fn a_page_token_of_a_type_that_is_not_generated_is_told() {
    let spec = r#"
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com"}]
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: [{name: cursor, in: query, schema: {type: string, format: uuid}}]
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: {type: array, items: {type: string}}
                  next_cursor: {type: string, format: uuid}
"#;
    let warnings = |formats: &str| {
        let config = format!(
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n{formats}[manifest.dependencies]\nuuid = \"1\"\n"
        );
        let source = |name, text| Source { name, text };
        let generated = generate(source("api.yaml", spec), source("sdk.toml", &config));
        let generated = generated.unwrap_or_else(|problems| panic!("{problems:?}"));
        let warnings = generated.warnings.into_iter();
        warnings.map(|it| it.message).collect::<Vec<String>>()
    };
    assert_eq!(warnings(""), Vec::<String>::new());
    assert_eq!(
        warnings("[formats]\nuuid = \"uuid::Uuid\"\n"),
        ["`listOrders` is not paginated: its page token `next_cursor` has the type `uuid::Uuid`"]
    );
    let none = "[formats]\nuuid = \"uuid::Uuid\"\n[operations.listOrders.pages]\nby = \"none\"\n";
    assert_eq!(warnings(none), Vec::<String>::new());
}
