//! `sdk.toml`.

use crate::cases::{configured, configured_with_warnings};

const PACKAGE: &str = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n";

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {'200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Kind: {type: string, enum: [cat]}
    Open: {type: object, properties: {a: {type: string}}, additionalProperties: true}
";

/// A configuration with a sound package, then this.
macro_rules! after_package {
    ($rest:literal) => {
        concat!("[package]\nname = \"pets\"\nversion = \"0.1.0\"\n\n", $rest)
    };
}

const NAMED_TWICE: &str = "[package]\nname = \"a\"\nname = \"b\"\nversion = \"0.1.0\"\n";

#[test]
fn configurations_that_are_wrong() {
    let cases = [
        ("broken TOML", "[package\nname = 1\n"),
        ("duplicate key", NAMED_TWICE),
        ("no name", "[package]\nversion = \"0.1.0\"\n"),
        (
            "a type that no format has",
            after_package!("[formats]\ndate = \"text\"\n"),
        ),
        (
            "a bad crate name",
            "[package]\nname = \"my pets\"\nversion = \"0.1.0\"\n",
        ),
        (
            "a keyword as crate name",
            "[package]\nname = \"type\"\nversion = \"0.1.0\"\n",
        ),
        (
            "a bad version",
            "[package]\nname = \"pets\"\nversion = \"1\"\n",
        ),
        (
            "a version as a number",
            "[package]\nname = \"pets\"\nversion = 1.0\n",
        ),
        (
            "a bad Rust version",
            "[package]\nname = \"pets\"\nversion = \"0.1.0\"\nrust-version = \"new\"\n",
        ),
        (
            "unknown table",
            after_package!("[clent]\napi-key-env = \"KEY\"\n"),
        ),
        (
            "unknown key",
            after_package!("[client]\napi_key_env = \"KEY\"\nnonsense = 1\n"),
        ),
        (
            "a bad variable",
            after_package!("[client]\napi-key-env = \"MY KEY\"\n"),
        ),
        (
            "operations that nothing is",
            "only = [\"pats\", \"GET /cats\", \"something else\"]\n\n[package]\nname = \"pets\"\nversion = \"0.1.0\"\n",
        ),
        (
            "unknown fields of all types, not as a boolean",
            after_package!("[types]\nkeep-unknown-fields = \"Pet\"\n"),
        ),
        (
            "unknown fields of all types, misspelt",
            after_package!("[types]\nkeep_unknown_fields = true\n"),
        ),
        (
            "unknown fields of one type, misspelt",
            after_package!("[types.Pet]\nkeep-unkown-fields = true\n"),
        ),
        (
            "unknown fields of what has none",
            after_package!("[types.Kind]\nkeep-unknown-fields = true\n"),
        ),
        (
            "unknown fields that the document describes",
            after_package!("[types.Open]\nkeep-unknown-fields = false\n"),
        ),
        (
            "several at once",
            "[package]\nname = \"\"\nversion = \"x\"\nlicence = \"MIT\"\n\n[operations.a]\nskip = \"yes\"\n",
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}

#[test]
fn both_texts_are_reported_on_at_once() {
    let spec = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: []\n";
    let cases = [("both", "[package]\nname = \"pets\"\n")];
    insta::assert_snapshot!(configured(spec, &cases));
}

#[test]
fn names_of_operations_are_taken_from_the_caller_before_the_configuration() {
    let spec = codegen::Source {
        name: "api.yaml",
        text: SPEC,
    };
    let text = format!("only = [\"nothing\"]\n{PACKAGE}");
    let config = codegen::Source {
        name: "sdk.toml",
        text: &text,
    };
    let only = |name: &str| codegen::generate_only(spec, config, &[name.to_owned()]);
    for name in ["pets", "listPets", "/pets", "GET /pets", "/pe*"] {
        let generated = only(name).expect("the document has it");
        assert_eq!(generated.summary.operations, 1, "{name}");
        assert_eq!(generated.summary.types, 1, "{name}: `Pet` alone is reached");
    }
    let diagnostics = only("listPats").expect_err("the document has no such operation");
    let told = codegen::render(&diagnostics[0], spec, config, false);
    insta::assert_snapshot!(told);
}

#[test]
fn an_empty_configuration_is_no_error_of_its_own() {
    let spec = codegen::Source {
        name: "api.yaml",
        text: "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: []\n",
    };
    let config = codegen::Source {
        name: "sdk.toml",
        text: "",
    };
    let diagnostics = codegen::generate(spec, config).expect_err("the paths are no mapping");
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
}

#[test]
fn a_sound_configuration_is_taken() {
    let spec = codegen::Source {
        name: "api.yaml",
        text: SPEC,
    };
    let config = codegen::Source {
        name: "sdk.toml",
        text: PACKAGE,
    };
    let generated = codegen::generate(spec, config).expect("both texts are sound");
    assert_eq!(generated.warnings, []);
}

#[test]
fn names_that_the_description_does_not_have() {
    let cases = [
        (
            "a format that no schema has",
            after_package!("[formats]\ndate = \"string\"\n"),
        ),
        (
            "unknown tag",
            after_package!("[resources.Pats]\nname = \"pats\"\n"),
        ),
        (
            "unknown operation",
            after_package!("[operations.listPats]\nskip = true\n"),
        ),
        (
            "unknown schema",
            after_package!("[types.Pat]\nname = \"Animal\"\n"),
        ),
        (
            "unknown property",
            after_package!("[types.Pet.fields.nam]\nname = \"label\"\n"),
        ),
        (
            "unknown value of an enum",
            after_package!("[types.Pet]\nvalues.none.name = \"Nothing\"\n"),
        ),
        (
            "a property that isn't there is required",
            after_package!("[types.Pet]\nfields.nam.required = false\n"),
        ),
    ];
    insta::assert_snapshot!(configured_with_warnings(SPEC, &cases));
}
