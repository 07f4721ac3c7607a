//! `codegen/FORMS.md` says what is so: each of its rows and examples is tried.

use std::fs;
use std::path::Path;

use codegen::Source;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/FORMS.md");
    fs::read_to_string(path).expect("the page is there")
}

/// The emitted types for named schemas, given as YAML, and the tables of how they are serialized.
fn types(schemas: &str) -> String {
    types_of("{}", schemas, "")
}

/// The same beside the `paths` of a document, and with a configuration.
fn types_of(paths: &str, schemas: &str, config: &str) -> String {
    let indented = format!("    {}\n", schemas.trim_end().replace('\n', "\n    "));
    let spec = format!(
        "openapi: 3.1.0\ninfo: {{title: Forms, version: '1'}}\npaths: {paths}\ncomponents:\n  schemas:\n{indented}"
    );
    let source = |name, text| Source { name, text };
    let generated = codegen::generate(source("forms.yaml", &spec), source("sdk.toml", config))
        .unwrap_or_else(|problems| panic!("{schemas}\n{}", problems[0].message));
    let files = generated.files.iter();
    let of_types = files.filter(|file| {
        ["src/types/", "src/wire/types/"]
            .iter()
            .any(|folder| file.path.starts_with(folder))
    });
    of_types.map(|file| file.text.as_str()).collect()
}

/// The section about Swagger 2.0, whose rows are operations.
const SWAGGER: &str = "\n## Swagger 2.0\n";

/// What stands between backticks, in the first two cells of a row.
fn row(line: &str) -> Option<(&str, &str)> {
    let cells = line.strip_prefix("| `")?;
    let (schema, rest) = cells.split_once("` | `")?;
    let (ty, _) = rest.split_once("` |")?;
    Some((schema, ty))
}

#[test]
fn each_schema_gives_its_type() {
    let page = page();
    let (before, swagger) = page.split_once(SWAGGER).expect("there is a section");
    let (_, after) = swagger.split_once("\n## ").expect("it has an end");
    let lines = before.lines().chain(after.lines());
    let rows: Vec<(&str, &str)> = lines.filter_map(row).collect();
    assert!(rows.len() > 40, "{} rows were found", rows.len());
    for (schema, ty) in rows {
        let emitted = types(&format!(
            "Thing: {{type: object, properties: {{x: {schema}}}}}"
        ));
        let found = emitted
            .lines()
            .find_map(|line| line.trim().strip_prefix("pub x: "));
        assert_eq!(found, Some(&*format!("Option<{ty}>,")), "{schema}");
    }
}

/// The words between backticks in the first cell of a row, and the fixture in the last one.
fn construct(line: &str) -> Option<(Vec<&str>, &str)> {
    let cells: Vec<&str> = line
        .strip_prefix("| ")?
        .strip_suffix(" |")?
        .split(" | ")
        .collect();
    let [construct, _, fixture] = cells.as_slice() else {
        return None;
    };
    let fixture = fixture.strip_prefix('`')?.strip_suffix('`')?;
    Some((construct.split('`').skip(1).step_by(2).collect(), fixture))
}

#[test]
fn each_construct_is_in_its_fixture() {
    let page = page();
    let rows: Vec<(Vec<&str>, &str)> = page.lines().filter_map(construct).collect();
    assert!(rows.len() > 25, "{} rows were found", rows.len());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for (words, fixture) in rows {
        let file = fixtures.join(fixture).join("openapi.yaml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{fixture}: {error}"));
        for word in words {
            let key = word.split(": ").next().unwrap_or(word);
            let is_there = text.contains(word) && text.contains(&format!("{key}:"));
            assert!(is_there, "`{word}` isn't in the fixture {fixture}");
        }
    }
}

#[test]
fn each_example_gives_its_lines() {
    let page = page();
    let mut blocks = page.split("```").skip(1).step_by(2);
    let mut tried = 0;
    while let (Some(yaml), Some(rust)) = (blocks.next(), blocks.next()) {
        let (Some(schemas), Some(wanted)) =
            (yaml.strip_prefix("yaml\n"), rust.strip_prefix("rust\n"))
        else {
            panic!("a block of YAML and one of Rust were expected: {yaml}");
        };
        let emitted = types(schemas);
        for line in wanted.lines() {
            let is_there = emitted.lines().any(|it| it.trim() == line);
            assert!(is_there, "`{line}` isn't in\n{emitted}");
        }
        tried += 1;
    }
    assert!(tried >= 4, "{tried} examples were found");
}

#[test]
fn each_operation_of_swagger_has_its_code() {
    let page = page();
    let (_, section) = page.split_once(SWAGGER).expect("there is a section");
    let (section, _) = section.split_once("\n## ").expect("it has an end");
    let rows: Vec<(&str, &str)> = section.lines().filter_map(row).collect();
    assert!(rows.len() > 10, "{} rows were found", rows.len());
    for (operation, code) in rows {
        let responses = if operation.contains("responses: ") {
            ""
        } else {
            ", responses: {'204': {description: d}}"
        };
        let spec = format!(
            "swagger: '2.0'\ninfo: {{title: Forms, version: '1'}}\nhost: api.example.com\nschemes: [https]\n\
             paths: {{/things: {{post: {{operationId: call, tags: [things], {operation}{responses}}}}}}}\n"
        );
        let source = |name, text| Source { name, text };
        let config = "[names]\nby = \"tag\"\n";
        let generated = codegen::generate(source("forms.yaml", &spec), source("sdk.toml", config))
            .unwrap_or_else(|problems| panic!("{operation}\n{}", problems[0].message));
        let files = generated.files.iter();
        let own = files.filter(|file| !file.path.starts_with("src/runtime/"));
        let text: String = own.map(|file| file.text.as_str()).collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(words.join(" ").contains(code), "{operation}\n{text}");
    }
}

/// The method of a resource that is called like this, as emitted for a document of some version.
fn method(version: &str, http: &str) -> (String, Vec<String>) {
    let spec = format!(
        "openapi: {version}\ninfo: {{title: Forms, version: '1'}}\npaths: {{/things: {{{http}: {{operationId: call, tags: [things], \
         requestBody: {{required: true, content: {{text/plain: {{schema: {{type: string}}}}}}}}, responses: {{'204': {{description: d}}}}}}}}}}\n"
    );
    let source = |name, text| Source { name, text };
    let config = "[names]\nby = \"tag\"\n";
    let generated = codegen::generate(source("forms.yaml", &spec), source("sdk.toml", config))
        .unwrap_or_else(|problems| panic!("{version} {http}\n{}", problems[0].message));
    let files = generated.files.iter();
    let mut lines = files
        .filter(|file| file.path == "src/things.rs")
        .flat_map(|file| file.text.lines());
    let method = lines.find_map(|line| line.trim().strip_prefix("pub fn call("));
    let warnings = generated.warnings.iter();
    (
        method
            .and_then(|it| it.split(" {").next())
            .expect("there is a method")
            .to_owned(),
        warnings
            .map(|it| format!("{} {}", it.pointer, it.message))
            .collect(),
    )
}

#[test]
fn a_body_that_openapi_3_0_has_ignored_is_no_argument() {
    for http in ["get", "head", "delete"] {
        let (method, warnings) = method("3.0.3", http);
        assert_eq!(method, "&self) -> Call", "{http}");
        let told = format!("/paths/~1things/{http}/requestBody the body of");
        assert!(
            warnings.iter().any(|it| it.starts_with(&told)),
            "{warnings:?}"
        );
    }
    let with_body = "&self, text: impl Into<String>) -> Call";
    for (version, http) in [
        ("3.0.3", "post"),
        ("3.0.3", "put"),
        ("3.0.3", "patch"),
        ("3.1.0", "get"),
        ("3.1.1", "delete"),
    ] {
        let (method, warnings) = method(version, http);
        assert_eq!(method, with_body, "{version} {http}");
        assert!(
            !warnings.iter().any(|it| it.contains("the body of")),
            "{warnings:?}"
        );
    }
}

#[test]
fn types_that_nothing_reaches_are_left_out_unless_they_are_wanted() {
    let response = "{description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}";
    let paths = format!("{{/cat: {{get: {{responses: {{'200': {response}}}}}}}}}");
    let schemas = "Cat: {type: object, properties: {name: {type: string}}}\n\
                   Dog: {type: object, properties: {name: {type: string}}}";
    let has_dog = |paths: &str, config: &str| {
        let types = types_of(paths, schemas, config);
        assert!(types.contains("pub struct Cat {"), "{types}");
        types.contains("pub struct Dog {")
    };
    assert!(!has_dog(&paths, ""));
    assert!(has_dog(&paths, "[types]\nkeep-unused = true\n"));
    assert!(has_dog("{}", ""), "types are all that there is");
}
