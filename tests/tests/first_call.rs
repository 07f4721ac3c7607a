//! The call that the README and the front page show first: one that stays, of what there is most of,
//! with credentials only where it takes some.

use std::fmt::Write as _;

use codegen::{Diagnostic, Generated, Severity, Source};

const PACKAGE: &str = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n[names]\nby = \"tag\"\n";

/// An operation on a line: method and path, tag, and what else it says.
fn document(operations: &[(&str, &str, &str)], rest: &str) -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://pets.example.com'}]\npaths:\n",
    );
    for (index, (route, tag, more)) in operations.iter().enumerate() {
        let (method, path) = route.split_once(' ').expect("a method and a path");
        let method = method.to_lowercase();
        let parameters = if path.contains("{id}") {
            "parameters: [{name: id, in: path, required: true, schema: {type: string}}], "
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "  {path}: {{{method}: {{operationId: op{index}, tags: ['{tag}'], {more}{parameters}\
             responses: {{'200': {{description: It., content: {{application/json: \
             {{schema: {{type: array, items: {{type: string}}}}}}}}}}}}}}}}"
        );
    }
    text + rest
}

fn run(spec: &str, config: &str, only: &[String]) -> Result<Generated, Vec<Diagnostic>> {
    let source = |name, text| Source { name, text };
    codegen::generate_only(source("api.yaml", spec), source("sdk.toml", config), only)
}

fn generate(spec: &str, config: &str) -> Generated {
    run(spec, &format!("{PACKAGE}{config}"), &[]).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn file<'a>(generated: &'a Generated, path: &str) -> &'a str {
    let file = generated.files.iter().find(|it| it.path == path);
    &file.unwrap_or_else(|| panic!("no {path}")).text
}

/// What stands between two headings of the README.
fn readme(generated: &Generated) -> &str {
    let text = file(generated, "README.md");
    let (_, part) = text.split_once("## Getting started\n").expect("an example");
    let (part, _) = part.split_once("\n## ").expect("more behind it");
    part
}

/// That README and front page both call this, and the example of lists too where there is one.
fn shows(spec: &str, config: &str, call: &str) {
    let generated = generate(spec, config);
    assert!(readme(&generated).contains(call), "{}", readme(&generated));
    let (front, _) = file(&generated, "src/lib.rs")
        .split_once("# Resources")
        .expect("a front page");
    assert!(front.contains(call), "{front}");
}

#[test]
fn it_is_of_the_resource_with_most_calls() {
    let spec = document(
        &[
            ("GET /status", "status", ""),
            ("POST /pets", "pets", ""),
            ("GET /pets/{id}", "pets", ""),
            ("GET /pets", "pets", ""),
            ("GET /shops", "shops", ""),
        ],
        "",
    );
    shows(&spec, "", "client.pets().op3()");
}

#[test]
fn without_a_list_it_is_a_get() {
    let spec = document(
        &[
            ("GET /status", "status", ""),
            ("POST /pets", "pets", ""),
            ("DELETE /pets/{id}", "pets", ""),
            ("GET /pets/{id}", "pets", ""),
        ],
        "",
    );
    shows(&spec, "", "client.pets().op3(\"id\")");
}

#[test]
fn what_may_change_is_not_shown_while_there_is_something_else() {
    let pets = ("GET /pets", "pets", "");
    for other in [
        ("GET /beta/agents", "agents", ""),
        ("GET /v1beta1/agents", "agents", ""),
        ("GET /agents", "Agents (preview)", ""),
        (
            "GET /agents",
            "agents",
            "summary: 'Experimental: list agents', ",
        ),
        (
            "GET /agents",
            "agents",
            "description: 'All. This is in beta.', ",
        ),
        ("GET /agents", "agents", "deprecated: true, "),
        ("GET /agents", "agents", "x-beta: true, "),
        ("GET /agents", "agents", "x-stability: experimental, "),
        ("GET /agents", "described", ""),
        ("GET /agents", "beta/agents", ""),
    ] {
        let (route, tag, more) = other;
        let below = ["a", "b"].map(|name| format!("{route}/{name}"));
        let operations = [
            other,
            (below[0].as_str(), tag, more),
            (below[1].as_str(), tag, more),
            pets,
        ];
        let rest = "tags: [{name: described, description: 'Agents, a preview.'}]\n";
        shows(&document(&operations, rest), "", "client.pets().op3()");
    }
    let spec = document(&[("GET /beta/agents", "agents", "")], "");
    shows(&spec, "", "client.agents().op0()");
}

#[test]
fn the_configuration_chooses_it_by_id_or_by_route() {
    let spec = document(
        &[
            ("GET /pets", "pets", ""),
            ("POST /pets/{id}", "pets", ""),
            ("GET /shops", "shops", "deprecated: true, "),
        ],
        "",
    );
    shows(&spec, "", "client.pets().op0()");
    shows(
        &spec,
        "[docs]\nfirst-call = \"op1\"\n",
        "client.pets().op1(\"id\")",
    );
    shows(
        &spec,
        "[docs]\nfirst-call = \"POST /pets/{id}\"\n",
        "client.pets().op1(\"id\")",
    );
    shows(
        &spec,
        "[docs]\nfirst-call = \"GET /shops\"\n",
        "client.shops().op2()",
    );
}

/// The diagnostic about the first call, as the user reads it.
fn told(spec: &str, config: &str, only: &[String]) -> (Severity, String) {
    let config = format!("{PACKAGE}{config}");
    let diagnostics = match run(spec, &config, only) {
        Ok(generated) => generated.warnings,
        Err(errors) => errors,
    };
    let [diagnostic] = &diagnostics[..] else {
        panic!("{diagnostics:?}");
    };
    let source = |name, text| Source { name, text };
    let (spec, config) = (source("api.yaml", spec), source("sdk.toml", &config));
    (
        diagnostic.severity,
        codegen::render(diagnostic, spec, config, false),
    )
}

#[test]
fn one_that_is_not_there_is_a_warning_with_its_place_and_a_suggestion() {
    let spec = document(
        &[("GET /pets", "pets", ""), ("GET /shops", "shops", "")],
        "",
    );
    let (severity, text) = told(&spec, "[docs]\nfirst-call = \"GET /pet\"\n", &[]);
    assert_eq!(severity, Severity::Warning);
    assert!(text.contains("sdk.toml:7:14"), "{text}");
    assert!(text.contains("unknown operation `GET /pet`"), "{text}");
    assert!(text.contains("did you mean `GET /pets`?"), "{text}");

    let (_, text) = told(&spec, "[docs]\nfirst-call = \"listUnicorns\"\n", &[]);
    assert!(text.contains("the first are `op0`, `op1`"), "{text}");

    let skipped = "[docs]\nfirst-call = \"op1\"\n[operations.op1]\nskip = true\n";
    let (severity, text) = told(&spec, skipped, &[]);
    assert_eq!(severity, Severity::Error);
    assert!(text.contains("excluded by `skip`"), "{text}");

    let (_, text) = told(&spec, "[docs]\nfirst-cal = \"op1\"\n", &[]);
    assert!(text.contains("did you mean `first-call`?"), "{text}");
}

#[test]
fn one_that_is_not_asked_for_is_a_warning() {
    let spec = document(
        &[("GET /pets", "pets", ""), ("GET /shops", "shops", "")],
        "",
    );
    let (severity, text) = told(
        &spec,
        "[docs]\nfirst-call = \"op1\"\n",
        &["pets".to_owned()],
    );
    assert_eq!(severity, Severity::Warning);
    assert!(
        text.contains("`GET /shops` is not among the selected operations"),
        "{text}"
    );
    let (severity, _) = told(&spec, "", &["unicorns".to_owned()]);
    assert_eq!(severity, Severity::Error);
}

#[test]
fn a_key_is_shown_only_where_the_call_takes_one() {
    let components =
        "components: {securitySchemes: {key: {type: http, scheme: bearer}}}\n".to_owned();
    let open = "security: [], ";
    let keyed = document(
        &[("GET /pets", "pets", ""), ("GET /status", "status", open)],
        &format!("{components}security: [{{key: []}}]\n"),
    );
    let env = "[client]\napi-key-env = \"PETS_KEY\"\n";
    let first = |config: &str| readme(&generate(&keyed, config)).to_owned();

    let text = first("");
    assert!(text.contains("With your key:"), "{text}");
    assert!(text.contains("Client::new(\"key\")?"), "{text}");
    let text = first(env);
    assert!(text.contains("Set `PETS_KEY` to your key, then:"), "{text}");
    assert!(text.contains("Client::from_env()?"), "{text}");

    // A call that takes none, of an API whose others do.
    for config in ["", env] {
        let text = first(&format!("{config}[docs]\nfirst-call = \"op1\"\n"));
        assert!(text.contains("Client::builder().build()?"), "{text}");
        assert!(!text.contains("key"), "{text}");
    }

    // An API where only some other call takes one.
    let other = document(
        &[
            ("GET /pets", "pets", ""),
            ("PUT /pets/{id}", "pets", "security: [{key: []}], "),
        ],
        &components,
    );
    let text = readme(&generate(&other, env)).to_owned();
    assert!(text.contains("client.pets().op0()"), "{text}");
    assert!(text.contains("Client::builder().build()?"), "{text}");
    assert!(!text.contains("PETS_KEY"), "{text}");

    // Where no server is named, the program says it, and the key is the environment's all the same.
    let no_server = keyed.replace("servers: [{url: 'https://pets.example.com'}]\n", "");
    let text = readme(&generate(&no_server, env)).to_owned();
    assert!(
        text.contains(".base_url(\"https://api.example.com\")"),
        "{text}"
    );
    assert!(text.contains(".from_env()"), "{text}");
    assert!(text.contains("Set `PETS_KEY` to your key, then:"), "{text}");
}
