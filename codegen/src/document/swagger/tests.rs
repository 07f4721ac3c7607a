//! Conversion of single forms, what it costs, and where what is said of a description is.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Converted, check, convert};
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin};
use crate::document::Document;
use crate::pointer::get;
use crate::source::Source;

/// The description of the fixture, which has all forms.
const ALL: &str = include_str!("../../../../tests/fixtures/swagger/openapi.yaml");

fn converted(rest: &Value) -> Converted {
    let mut root = json!({"swagger": "2.0", "info": {"title": "a", "version": "1"}});
    if let (Value::Object(root), Value::Object(rest)) = (&mut root, rest.clone()) {
        root.extend(rest);
    }
    check(&mut root);
    convert(&root)
}

/// What an operation is converted to.
fn operation(operation: &Value) -> Value {
    let converted = converted(&json!({"paths": {"/a": {"post": operation}}}));
    let found = get(&converted.value, "/paths/~1a/post");
    found.cloned().unwrap_or_default()
}

#[test]
fn media_types_are_those_of_the_operation_or_of_the_description() {
    let body = json!({"name": "b", "in": "body", "schema": {"type": "string"}});
    let made = |owner: Value| {
        let paths = json!({"/a": {"post": {"parameters": [body], "consumes": owner}}});
        let all = json!({"consumes": ["text/plain"], "paths": paths});
        let converted = converted(&all).value;
        let content = get(&converted, "/paths/~1a/post/requestBody/content").cloned();
        let content = content.and_then(|it| it.as_object().cloned());
        content
            .unwrap_or_default()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(made(Value::Null), ["text/plain"]);
    assert_eq!(made(json!([])), ["application/json"]);
    assert_eq!(made(json!(["a/b", "a/b", "c/d"])), ["a/b", "c/d"]);
    let mut many: Vec<String> = (0..20).map(|it| format!("a/b{it}")).collect();
    many.push("application/json".to_owned());
    assert_eq!(
        made(json!(many)).last().map(String::as_str),
        Some("application/json")
    );
}

#[test]
fn a_form_is_sent_as_its_fields_and_consumes_have_it() {
    let made = |consumes: Value, kind: &str| {
        let field = json!({"name": "f", "in": "formData", "required": true, "type": kind});
        let made = operation(&json!({"consumes": consumes, "parameters": [field]}));
        let body = made.get("requestBody").cloned().unwrap_or_default();
        assert_eq!(body.get("required"), Some(&json!(true)));
        let content = body.get("content").and_then(Value::as_object).cloned();
        content
            .unwrap_or_default()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let (multipart, urlencoded) = ("multipart/form-data", "application/x-www-form-urlencoded");
    assert_eq!(made(json!([]), "string"), [urlencoded]);
    assert_eq!(made(json!([]), "file"), [multipart]);
    assert_eq!(made(json!([urlencoded]), "file"), [multipart]);
    assert_eq!(made(json!(["text/plain"]), "string"), [urlencoded]);
    assert_eq!(
        made(json!([multipart, urlencoded]), "string"),
        [multipart, urlencoded]
    );
}

#[test]
fn what_an_operation_sends_goes_before_what_its_path_has() {
    let field = |name: &str, kind: &str| json!({"name": name, "in": "formData", "type": kind});
    let body = json!({"name": "b", "in": "body", "schema": {"type": "string"}});
    let made = |path: Value, own: Value| {
        let paths = json!({"/a": {"parameters": path, "post": {"parameters": own}}});
        let converted = converted(&json!({"paths": paths})).value;
        let content = get(&converted, "/paths/~1a/post/requestBody/content").cloned();
        content.unwrap_or_default().to_string()
    };
    let form = |properties: Value| {
        let schema = json!({"schema": {"type": "object", "properties": properties}});
        json!({"application/x-www-form-urlencoded": schema}).to_string()
    };
    let json = json!({"application/json": {"schema": {"type": "string"}}}).to_string();
    assert_eq!(made(json!([body]), json!([])), json);
    assert_eq!(
        made(json!([body]), json!([field("f", "integer")])),
        form(json!({"f": {"type": "integer"}}))
    );
    assert_eq!(made(json!([field("f", "integer")]), json!([body])), json);
    assert_eq!(
        made(
            json!([field("f", "string"), field("g", "string")]),
            json!([field("f", "integer")])
        ),
        form(json!({"f": {"type": "integer"}, "g": {"type": "string"}}))
    );
}

#[test]
fn references_lead_to_where_their_targets_are() {
    let all = json!({
        "paths": {
            "/a": {
                "post": {
                    "parameters": [{"$ref": "#/parameters/body"}, {"$ref": "#/parameters/limit"}],
                    "responses": {"200": {"$ref": "#/responses/ok"}},
                },
                "put": {
                    "parameters": [{"name": "b", "in": "body", "schema": {"properties": {"x": {"type": "string"}}}}],
                    "responses": {"200": {
                        "description": "",
                        "schema": {"$ref": "#/paths/~1a/put/parameters/0/schema/properties/x"},
                    }},
                },
            },
        },
        "parameters": {
            "body": {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/A%20B"}},
            "limit": {"name": "l", "in": "query", "type": "integer"},
        },
        "responses": {"ok": {"description": "", "schema": {"$ref": "#/definitions/A%20B/properties/x"}}},
        "definitions": {"A B": {"properties": {"x": {"$ref": "#/definitions/None"}}, "example": {"$ref": "#/definitions/A"}}},
    });
    let converted = converted(&all).value;
    let reference = |pointer: &str| {
        let found = get(&converted, &format!("{pointer}/$ref")).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    let post = "/paths/~1a/post";
    assert_eq!(
        reference(&format!("{post}/requestBody")),
        "#/components/requestBodies/body"
    );
    assert_eq!(
        reference(&format!("{post}/parameters/0")),
        "#/components/parameters/limit"
    );
    assert_eq!(
        reference(&format!("{post}/responses/200")),
        "#/components/responses/ok"
    );
    assert_eq!(
        reference("/components/responses/ok/content/*~1*/schema"),
        "#/components/schemas/A B/properties/x"
    );
    assert_eq!(
        reference("/paths/~1a/put/responses/200/content/*~1*/schema"),
        "#/paths/~1a/put/requestBody/content/application~1json/schema/properties/x"
    );
    assert_eq!(
        reference("/components/schemas/A B/properties/x"),
        "#/components/schemas/None"
    );
    assert_eq!(
        reference("/components/schemas/A B/example"),
        "#/definitions/A"
    );
}

#[test]
fn a_discriminator_has_the_values_of_extensions() {
    let child = |parent: &str, value: &str| {
        let parent = json!({"$ref": format!("#/definitions/{parent}")});
        json!({"allOf": [parent, {"type": "object"}], "x-ms-discriminator-value": value})
    };
    let definitions = json!({
        "Fish": {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}},
        "Salmon": child("Fish", "salmon"),
        "Wild Salmon": child("Salmon", "wild"),
        "Shark": {"allOf": [{"$ref": "#/definitions/Fish"}]},
        "Loop": child("Loop", "loop"),
    });
    let converted = converted(&json!({"definitions": definitions})).value;
    assert_eq!(
        get(&converted, "/components/schemas/Fish/discriminator"),
        Some(&json!({"propertyName": "kind", "mapping": {
            "salmon": "#/components/schemas/Salmon",
            "wild": "#/components/schemas/Wild Salmon",
        }}))
    );
}

#[test]
fn servers_are_made_of_host_path_and_schemes() {
    let made = |rest: Value| {
        let servers = converted(&rest).value.get("servers").cloned();
        let servers = servers
            .and_then(|it| it.as_array().cloned())
            .unwrap_or_default();
        let urls = servers.iter().filter_map(|it| it.get("url")?.as_str());
        urls.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(made(json!({})), "");
    assert_eq!(made(json!({"basePath": "/"})), "");
    assert_eq!(made(json!({"basePath": "/v1"})), "/v1");
    assert_eq!(
        made(json!({"host": "a.b", "basePath": "v1/"})),
        "https://a.b/v1"
    );
    assert_eq!(
        made(json!({"host": "a.b:1", "schemes": ["http", "https", "http"]})),
        "https://a.b:1 http://a.b:1"
    );
    assert_eq!(
        made(json!({"host": "http://a.b/", "basePath": "/v1"})),
        "http://a.b/v1"
    );
    assert_eq!(
        made(json!({"host": "a.b", "schemes": ["wss"]})),
        "https://a.b"
    );
}

#[test]
fn a_host_with_parameters_is_a_server_with_variables() {
    let servers = |rest: Value| converted(&rest).value["servers"].clone();
    assert_eq!(
        servers(json!({
            "basePath": "/keys",
            "x-ms-parameterized-host": {
                "hostTemplate": "{vault}",
                "useSchemePrefix": false,
                "parameters": [{"$ref": "#/parameters/Vault"}, {"$ref": "#/parameters/Nowhere"}],
            },
            "parameters": {"Vault": {"name": "vault", "in": "path", "type": "string", "description": "Its URL."}},
        })),
        json!([{"url": "{vault}/keys", "variables": {"vault": {"default": "", "description": "Its URL."}}}])
    );
    assert_eq!(
        servers(json!({
            "host": "ignored.example",
            "schemes": ["http", "https"],
            "x-ms-parameterized-host": {
                "hostTemplate": "{region}.a.b",
                "parameters": [{"name": "region", "default": "west", "enum": ["west", "east"]}],
            },
        })),
        json!([
            {"url": "https://{region}.a.b", "variables": {"region": {"default": "west", "enum": ["west", "east"]}}},
            {"url": "http://{region}.a.b", "variables": {"region": {"default": "west", "enum": ["west", "east"]}}},
        ])
    );
}

/// What operations refer to is not copied for each of them, however large it is.
#[test]
fn what_is_referred_to_often_is_not_copied() {
    let values: Vec<String> = (0..2_000).map(|it| format!("value{it}")).collect();
    let field = json!({"name": "f", "in": "formData", "type": "string", "enum": values});
    let body = json!({"name": "b", "in": "body", "description": "x".repeat(20_000), "schema": {"enum": values}});
    let operation = |index: usize| {
        let form = json!({"parameters": [{"$ref": "#/parameters/field"}]});
        let own = json!({"consumes": [format!("a/b{index}")], "parameters": [{"$ref": "#/parameters/body"}]});
        json!({"post": form, "put": own})
    };
    let paths: serde_json::Map<String, Value> = (0..200)
        .map(|it| (format!("/a{it}"), operation(it)))
        .collect();
    let all = json!({"paths": paths, "parameters": {"field": field, "body": body}});
    let (before, after) = (
        all.to_string().len(),
        converted(&all).value.to_string().len(),
    );
    assert!(after < before * 3, "{before} bytes became {after}");
}

/// Every value of a description as one of another kind, in turn.
fn damaged(value: &Value, show: &mut dyn FnMut(&str, Value)) {
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    pointers(member, &crate::pointer::push(at, key), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointers(item, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    pointers(value, "", &mut found);
    for pointer in found.iter().skip(1) {
        for other in [
            Value::Null,
            json!(1),
            json!("x"),
            json!(["x"]),
            json!({"x": {}}),
        ] {
            let mut damaged = value.clone();
            if let Some(place) = damaged.pointer_mut(pointer) {
                *place = other;
            }
            show(pointer, damaged);
        }
    }
}

#[test]
fn whatever_is_wrong_is_said_of_the_original() {
    let (root, _) = crate::document::read::read(Source {
        name: "openapi.yaml",
        text: ALL,
    })
    .expect("the fixture is YAML");
    let mut wrong = String::new();
    damaged(&root, &mut |pointer, damaged| {
        let text = damaged.to_string();
        let source = Source {
            name: "damaged.json",
            text: &text,
        };
        let found = Document::checked(source.into(), crate::config::Limits::default(), &mut |_| {});
        let found = match found {
            Ok((document, mut warnings)) => {
                document.attribute(&mut warnings);
                warnings
            }
            Err(errors) => errors,
        };
        for diagnostic in found {
            let at = &diagnostic.pointer;
            let is_new = ["/components", "/servers", "/requestBody", "/content/"];
            if is_new.iter().any(|it| at.contains(it)) || diagnostic.message.contains("components/")
            {
                let _ = writeln!(wrong, "{pointer}: {at}: {}", diagnostic.message);
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn overlays_are_applied_to_the_original_and_said_of_where_they_are() {
    let spec = "swagger: '2.0'\ninfo: {title: a, version: '1'}\nhost: a.b\nschemes: [https]\npaths:\n  /a:\n    post:\n      parameters:\n        - {name: q, in: query, type: string}\n        - {name: b, in: body, schema: {$ref: '#/definitions/None'}}\n      responses: {'204': {description: ''}}\n";
    let overlay = "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n  - target: $.definitions\n    update: {B: {type: string, nullable: 'true'}}\n  - target: $.paths['/a'].post.responses\n    update: {'200': {description: '', schema: {$ref: '#/definitions/C'}}}\n";
    let spec = format!("{spec}definitions: {{A: {{type: string}}}}\n");
    let overlays = [Source {
        name: "o.yaml",
        text: overlay,
    }];
    let description = Description {
        resolver: None,
        source: Source {
            name: "a.yaml",
            text: &spec,
        },
        overlays: &overlays,
    };
    let (_, mut warnings) = Document::read(description).expect("warnings alone");
    crate::document::locate(description, &mut warnings);
    let line = |diagnostic: &Diagnostic| {
        let text = match diagnostic.origin {
            Origin::Overlay(_) => overlay,
            _ => &spec,
        };
        let start = diagnostic.span.as_ref().map_or(0, |span| span.start);
        text[..start].matches('\n').count() + 1
    };
    let said: Vec<String> = warnings
        .iter()
        .map(|it| format!("{:?} {} {} {}", it.origin, line(it), it.pointer, it.message))
        .collect();
    assert_eq!(
        said,
        [
            "Overlay(0) 5 /actions/0/update/B/nullable expected a boolean, found the string \"true\"",
            "Spec 10 /paths/~1a/post/parameters/1/schema/$ref the target of the reference `#/definitions/None` does not exist",
            "Overlay(0) 7 /actions/1/update/200/schema/$ref the target of the reference `#/definitions/C` does not exist",
        ]
    );
}

#[test]
fn references_in_circles_are_cut() {
    let all = json!({
        "swagger": "2.0", "info": {"title": "a", "version": "1"},
        "paths": {"/a": {"get": {
            "parameters": [{"$ref": "#/parameters/a"}, {"$ref": "#/parameters/none"}, {"$ref": "a.yaml"}],
            "responses": {"200": {"$ref": "#/responses/a"}},
        }}},
        "parameters": {"a": {"$ref": "#/parameters/b"}, "b": {"$ref": "#/parameters/a"}},
        "responses": {"a": {"$ref": "#/responses/a"}},
        "definitions": {"A": {"$ref": "#/definitions/A"}},
    });
    let text = all.to_string();
    let source = Source {
        name: "a.json",
        text: &text,
    };
    let (_, warnings) = Document::read(source).expect("what leads nowhere is left out");
    assert!(warnings.len() >= 5, "{warnings:?}");
}
