//! What it takes to generate grows with the description, and not with its square.
//!
//! Allocations are counted, which come out the same on every machine.

use std::fmt::Write as _;

use codegen::{Source, generate, survey};

/// The most that twice the description may take, of what the description took.
const MOST: f64 = 2.2;

/// A description of so many kinds of things, each with operations and types of its own.
fn description(kinds: usize, tag_of: fn(usize) -> usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for kind in 0..kinds {
        let comma = if kind == 0 { "" } else { "," };
        let tag = tag_of(kind);
        let content = format!(
            r##"{{"application/json": {{"schema": {{"$ref": "#/components/schemas/Thing{kind}"}}}}}}"##
        );
        let id = r#"{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}"#;
        // Writing to a String can't fail.
        let _ = write!(
            paths,
            r#"{comma}"/things{kind}": {{"post": {{
                "operationId": "createThing{kind}", "tags": ["tag{tag}"], "summary": "Makes a *thing*.",
                "requestBody": {{"required": true, "content": {content}}},
                "responses": {{"200": {{"description": "It is made.", "content": {content}}}}}}}}},
            "/things{kind}/{{id}}": {{"parameters": [{id}], "get": {{
                "operationId": "getThing{kind}", "tags": ["tag{tag}"], "summary": "Looks it up.",
                "responses": {{"200": {{"description": "It is there.", "content": {content}}}}}}}}}"#
        );
        let _ = write!(
            schemas,
            r##"{comma}"Thing{kind}": {{"type": "object", "required": ["name"], "properties": {{
                "name": {{"type": "string", "description": "What it is called, by `people`."}},
                "status": {{"type": "string", "enum": ["open", "done"]}},
                "made_at": {{"type": "string", "format": "date-time", "nullable": true}},
                "parts": {{"type": "array", "items": {{"$ref": "#/components/schemas/Part{kind}"}}}},
                "inner": {{"type": "object", "properties": {{"width": {{"type": "number"}}}}}}}}}},
            "Part{kind}": {{"anyOf": [{{"type": "string"}}, {{"$ref": "#/components/schemas/Thing{kind}"}},
                {{"type": "object", "required": ["of"], "properties": {{"of": {{"type": "integer"}}}}}}]}}"##
        );
    }
    format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "Things", "version": "1.0.0"}},
            "servers": [{{"url": "https://api.example.com"}}],
            "paths": {{{paths}}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

/// The same in Swagger 2.0: each kind with a body, a form, and references to what is large and shared.
fn swagger(kinds: usize) -> String {
    let (mut paths, mut definitions, mut values) = (String::new(), String::new(), String::new());
    for kind in 0..kinds {
        let comma = if kind == 0 { "" } else { "," };
        // Writing to a String can't fail.
        let _ = write!(
            paths,
            r##"{comma}"/things{kind}": {{"parameters": [{{"$ref": "#/parameters/limit"}}],
                "post": {{"operationId": "createThing{kind}", "tags": ["all"], "consumes": ["application/vnd.a{kind}+json"],
                    "parameters": [{{"$ref": "#/parameters/body"}}], "produces": ["application/json", "text/plain{kind}"],
                    "responses": {{"200": {{"description": "", "schema": {{"$ref": "#/definitions/Thing{kind}"}}}}, "404": {{"$ref": "#/responses/none"}}}}}},
                "put": {{"operationId": "sendThing{kind}", "tags": ["all"], "parameters": [
                    {{"$ref": "#/parameters/level"}}, {{"name": "a", "in": "formData", "type": "array", "items": {{"type": "string"}}}}],
                    "responses": {{"204": {{"description": ""}}}}}}}}"##
        );
        let _ = write!(
            definitions,
            r#"{comma}"Thing{kind}": {{"type": "object", "discriminator": "kind", "required": ["kind"],
                "properties": {{"kind": {{"type": "string"}}, "at{kind}": {{"type": "string", "x-nullable": true}}}}}}"#
        );
        let _ = write!(values, "{comma}\"value{kind}\"");
    }
    format!(
        r#"{{"swagger": "2.0", "info": {{"title": "Things", "version": "1.0.0"}}, "host": "api.example.com",
            "schemes": ["https"], "paths": {{{paths}}}, "definitions": {{{definitions}}},
            "responses": {{"none": {{"description": "", "schema": {{"type": "object", "properties": {{"level": {{"enum": [{values}]}}}}}}}}}},
            "parameters": {{"limit": {{"name": "limit", "in": "query", "type": "integer"}},
                "level": {{"name": "level", "in": "formData", "type": "string", "enum": [{values}]}},
                "body": {{"name": "body", "in": "body", "schema": {{"type": "object", "properties": {{"level": {{"enum": [{values}]}}}}}}}}}}}}"#
    )
}

/// Allocations of some work on a description, and the bytes of them.
fn taken(text: &str, config: &str, work: fn(Source<'_>, Source<'_>) -> bool) -> [f64; 2] {
    let name = "things.json";
    let config = Source {
        name: "sdk.toml",
        text: config,
    };
    let taken = allocation_counter::measure(|| {
        assert!(work(Source { name, text }, config), "it is sound");
    });
    let count = |number: u64| u32::try_from(number).map(f64::from).expect("not so many");
    [count(taken.count_total), count(taken.bytes_total)]
}

/// Twice the description, at most so many times the allocations.
fn is_linear(tag_of: fn(usize) -> usize, config: &str, work: fn(Source<'_>, Source<'_>) -> bool) {
    is_linear_in(&|kinds| description(kinds, tag_of), config, work);
}

fn is_linear_in(
    description: &dyn Fn(usize) -> String,
    config: &str,
    work: fn(Source<'_>, Source<'_>) -> bool,
) {
    const KINDS: usize = 60;
    // What is done once is done.
    taken(&description(1), config, work);
    let (one, two) = (description(KINDS), description(2 * KINDS));
    let (one, two) = (taken(&one, config, work), taken(&two, config, work));
    for (what, one, two) in [("allocations", one[0], two[0]), ("bytes", one[1], two[1])] {
        assert!(
            two <= one * MOST,
            "{what}: {one} for half of it, {two} for all"
        );
        assert!(
            two >= one * 1.5,
            "{what}: {one} for half of it, {two} for all: not counted"
        );
    }
}

/// All operations are in one resource: so few files are made by one thread, which is the one that is
/// counted.
#[test]
fn generating_takes_twice_as_much_for_twice_as_much() {
    is_linear(
        |_| 0,
        "[names]\nby = \"tag\"\n",
        |spec, config| generate(spec, config).is_ok(),
    );
}

/// Each two kinds have a resource of their own.
#[test]
fn reading_takes_twice_as_much_for_twice_as_many_resources() {
    is_linear(
        |kind| kind / 2,
        "",
        |spec, config| survey(spec, config).is_ok(),
    );
}

#[test]
fn converting_takes_twice_as_much_for_twice_as_much() {
    is_linear_in(&swagger, "", |spec, config| {
        codegen::check(spec, config).is_ok()
    });
}
