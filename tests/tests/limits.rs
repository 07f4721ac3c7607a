//! What a description may ask for: told where it is exceeded, and raised by the configuration.

use codegen::{Diagnostic, Generated, Severity, Source, generate};
use serde_json::{Map, Value, json};

fn try_with(spec: &str, config: &str) -> Result<Generated, Vec<Diagnostic>> {
    let source = |name, text| Source { name, text };
    generate(source("api.json", spec), source("sdk.toml", config))
}

/// A sound description of so many paths, and of a struct of so many fields.
fn description(paths: usize, fields: usize) -> String {
    let operation = json!({"get": {"responses": {"204": {"description": "Fine."}}}});
    let paths: Map<String, Value> = (0..paths)
        .map(|it| (format!("/p{it}"), operation.clone()))
        .collect();
    let fields: Map<String, Value> = (0..fields)
        .map(|it| (format!("f{it}"), json!({"type": "string"})))
        .collect();
    json!({
        "openapi": "3.0.3", "info": {"title": "Limits", "version": "1"},
        "servers": [{"url": "https://api.example.com"}], "paths": paths,
        "components": {"schemas": {"Wide": {"type": "object", "properties": fields}}}
    })
    .to_string()
}

#[test]
fn what_goes_beyond_is_told_with_its_place_and_the_key_that_raises_it() {
    for (key, place) in [("paths", "/paths"), ("fields", "/components/schemas/Wide")] {
        let spec = description(5, 5);
        let refused = try_with(&spec, &format!("limits.{key} = 4")).map(|_| ());
        let problems = refused.expect_err("there is one too many");
        let [problem] = problems.as_slice() else {
            panic!("{key}: {problems:?}");
        };
        assert_eq!(problem.severity, Severity::Error);
        assert_eq!(problem.pointer, place);
        assert!(problem.message.contains("more than 4"), "{problem:?}");
        let help = problem.help.as_deref().unwrap_or_default();
        assert!(
            help.contains(&format!("`{key}` under `[limits]`")),
            "{help}"
        );
        assert!(try_with(&spec, &format!("limits.{key} = 6")).is_ok());
    }
}

#[test]
fn a_limit_is_a_number_above_zero() {
    for given in ["0", "-1"] {
        let refused = try_with(&description(1, 1), &format!("limits.fields = {given}"));
        let problems = refused.map(|_| ()).expect_err("it is no limit");
        assert_eq!(problems[0].message, format!("`fields` is {given}"));
    }
}

#[test]
fn of_many_mistakes_some_are_told_and_the_rest_is_counted() {
    let wrong: Map<String, Value> = (0..1_000)
        .map(|it| (format!("/p{it}"), json!({"get": 7})))
        .collect();
    let spec = json!({
        "openapi": "3.0.3", "info": {"title": "Wrong", "version": "1"},
        "servers": [{"url": "https://api.example.com"}], "paths": wrong
    });
    let told = match try_with(&spec.to_string(), "") {
        Ok(generated) => generated.warnings,
        Err(problems) => problems,
    };
    assert_eq!(told.len(), 201);
    assert!(told[..200].iter().all(|it| it.span.is_some()));
    let last = &told[200].message;
    assert!(last.starts_with("800 more "), "{last}");
}

/// A description of XML whose schemas are these.
fn of_xml(schemas: &Map<String, Value>) -> String {
    json!({
        "openapi": "3.1.0", "info": {"title": "XML", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/a": {"get": {"responses": {"200": {
            "description": "All.",
            "content": {"application/xml": {"schema": {"$ref": "#/components/schemas/A0"}}}
        }}}}},
        "components": {"schemas": schemas}
    })
    .to_string()
}

#[test]
fn xml_is_typed_however_many_schemas_lead_to_each_other() {
    const SCHEMAS: usize = 3_000;
    let next = |at: usize| json!({"$ref": format!("#/components/schemas/A{}", (at + 1) % SCHEMAS)});
    let schemas: Map<String, Value> = (0..SCHEMAS)
        .map(|at| {
            let schema = json!({"type": "object", "properties": {"next": next(at)}});
            (format!("A{at}"), schema)
        })
        .collect();
    let generated = try_with(&of_xml(&schemas), "").expect("they are sound");
    assert_eq!(generated.warnings, []);
    let files = generated.files.iter();
    let mut tables = files.filter(|file| file.path == "src/wire/xml.rs");
    let text = &tables.next().expect("it is typed").text;
    assert_eq!(text.matches("Field::element(\"next\"").count(), SCHEMAS);
}

#[test]
fn xml_without_nodes_within_itself_is_not_typed() {
    let node = |at: &str| {
        let next = json!({"$ref": at});
        json!({"type": "object", "xml": {"nodeType": "none"}, "properties": {"next": next}})
    };
    let mut schemas = Map::new();
    schemas.insert("A0".to_owned(), node("#/components/schemas/A1"));
    schemas.insert("A1".to_owned(), node("#/components/schemas/A0"));
    let generated = try_with(&of_xml(&schemas), "").expect("they are sound");
    let messages: Vec<&str> = generated.warnings.iter().map(|it| &*it.message).collect();
    let [message] = messages.as_slice() else {
        panic!("{messages:?}");
    };
    assert!(message.contains("can't be within itself"), "{message}");
}
