//! Bombs for whoever tries alternatives, and for whoever compares each thing with all others.

use serde_json::{Map, Value, json};

use super::Bomb;
use super::schemas::{description, numbered, object, reference};

pub(super) fn bombs(size: usize) -> Vec<Bomb> {
    let mut bombs = alternatives(size);
    bombs.extend(pairs(size));
    bombs
}

/// Few words that can be taken in very many ways.
fn alternatives(size: usize) -> Vec<Bomb> {
    vec![
        Bomb::new("all-of-any-of-one-of.json", move || {
            let length = size / 200;
            description(numbered(length, |number| {
                let choice = |keyword: &str| {
                    let next = reference((number + 1).min(length - 1));
                    json!({keyword: [next, object(&format!("{keyword}{number}"))]})
                };
                json!({"allOf": [choice("anyOf"), choice("oneOf")]})
            }))
        }),
        Bomb::new("all-of-choices-that-exclude-each-other.json", || {
            let choice = |number: usize| json!({"oneOf": [object(&format!("a{number}")), object(&format!("b{number}"))]});
            let last = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
            let all: Vec<Value> = (0..40).map(choice).chain([last]).collect();
            description([("S0".to_owned(), json!({"allOf": all}))])
        }),
        Bomb::new("choices-beside-many-fields.json", move || {
            let fields: Map<String, Value> = (0..size / 50)
                .map(|it| (format!("p{it}"), json!({"type": "string"})))
                .collect();
            let choice: Vec<Value> = (0..65).map(|it| object(&format!("own{it}"))).collect();
            let parent = json!({"type": "object", "properties": fields, "oneOf": choice});
            let child = |number: usize| match number {
                0 => parent.clone(),
                _ => json!({"allOf": [reference(0), object("own")]}),
            };
            description(numbered(size / 50, child))
        }),
        Bomb::new("one-of-pairs.json", || unions("oneOf")),
        Bomb::new("any-of-pairs.json", || unions("anyOf")),
        Bomb::new("kinds-that-all-share.json", move || {
            let values: Vec<String> = (0..size / 20).map(|it| format!("kind{it}")).collect();
            let kinds = json!({"type": "string", "enum": values});
            let member = |it: usize| {
                json!({"type": "object", "title": format!("One {it}"), "properties":
                {"kind": reference(1), format!("p{it}"): {"type": "string"}}})
            };
            let all: Vec<Value> = (0..size / 20).map(member).collect();
            description([
                ("S0".to_owned(), json!({"oneOf": all})),
                ("S1".to_owned(), kinds),
            ])
        }),
    ]
}

/// Unions of two lists or of two unions, of which each leads to both of the next, in all places that have a schema and
/// an example.
fn unions(keyword: &str) -> String {
    const LEVELS: usize = 40;
    let next = |number: usize| {
        let first = number / 2 * 2 + 2;
        [reference(first), reference(first + 1)]
    };
    let text = description(numbered(2 * LEVELS, |number| {
        if number / 2 + 1 == LEVELS {
            let item = ["integer", "boolean"][number % 2];
            return json!({"type": "array", "items": {"type": item}});
        }
        let own = ["boolean", "integer"][number % 2];
        let [one, other] = next(number);
        json!({keyword: [one, other, {"type": own}]})
    }));
    let mut description: Value = serde_json::from_str(&text).expect("a description is JSON");
    let parameter = |place: &str| json!({"name": place, "in": place, "schema": reference(0)});
    let content = |media_type: &str| json!({"content": {media_type: {"schema": reference(0), "example": [{"a": "b"}]}}});
    let operation = |media_type: &str| {
        json!({
            "parameters": [parameter("query"), parameter("header"), parameter("cookie")],
            "requestBody": content(media_type),
            "responses": {"200": content("application/json"), "404": content("application/json")},
        })
    };
    let media_types = [
        "application/json",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ];
    for media_type in media_types {
        let path = format!("/{}", media_type.replace('/', "-"));
        description["paths"][path] = json!({"post": operation(media_type)});
    }
    description.to_string()
}

/// Many things that are compared with each other.
fn pairs(size: usize) -> Vec<Bomb> {
    let count = size / 10;
    let objects = move || (0..count).map(|it| object(&format!("p{it}")));
    vec![
        Bomb::new("prefix-items.json", move || {
            let positions: Vec<Value> = objects().collect();
            description([(
                "S0".to_owned(),
                json!({"type": "array", "prefixItems": positions}),
            )])
        }),
        Bomb::new("webhooks.json", move || {
            let webhook = |(number, schema): (usize, Value)| {
                let body = json!({"content": {"application/json": {"schema": schema}}});
                let item = json!({"post": {"requestBody": body, "responses": {"204": {"description": "Fine."}}}});
                (format!("event{number}"), item)
            };
            let webhooks: Map<String, Value> = objects().enumerate().map(webhook).collect();
            json!({"openapi": "3.1.0", "info": {"title": "Bomb", "version": "1"}, "webhooks": webhooks})
                .to_string()
        }),
        Bomb::new("all-of-one-property.json", move || {
            let member =
                |it: usize| json!({"type": "object", "properties": {"a": reference(it + 1)}});
            let all: Vec<Value> = (0..count).map(member).collect();
            let first = ("S0".to_owned(), json!({"allOf": all}));
            let others = objects()
                .zip(1..)
                .map(|(schema, it)| (format!("S{it}"), schema));
            description(std::iter::once(first).chain(others))
        }),
        Bomb::new("mappings.json", move || {
            let mapping: Map<String, Value> = (0..count)
                .map(|it| (format!("kind{it}"), json!(format!("S{}", it + 1))))
                .collect();
            let all: Vec<Value> = (1..=count).map(reference).collect();
            let union = json!({"oneOf": all, "discriminator": {"propertyName": "kind", "mapping": mapping}});
            let others = objects()
                .zip(1..)
                .map(|(schema, it)| (format!("S{it}"), schema));
            description(std::iter::once(("S0".to_owned(), union)).chain(others))
        }),
        Bomb::new("names-in-a-path.json", move || {
            let names: Vec<String> = (0..count).map(|it| format!("/{{p{it}}}")).collect();
            let path = names.concat();
            let parameters = (0..count).map(|it| {
                json!({"name": format!("p{it}"), "in": "path", "required": true,
                "schema": {"type": "string"}})
            });
            let operation = json!({"tags": ["a"], "parameters": parameters.collect::<Vec<_>>(),
                "responses": {"204": {"description": "Fine."}}});
            json!({"openapi": "3.1.0", "info": {"title": "Bomb", "version": "1"},
                "servers": [{"url": "https://api.example.com"}], "paths": {path: {"get": operation}}})
            .to_string()
        }),
        Bomb::new("credentials-of-all-operations.json", move || {
            let count = size / 60;
            let key = |it: usize| format!("key{it}");
            let scheme = |it: usize| {
                (
                    key(it),
                    json!({"type": "apiKey", "in": "header", "name": key(it)}),
                )
            };
            let operation =
                json!({"get": {"tags": ["a"], "responses": {"204": {"description": "Fine."}}}});
            json!({"openapi": "3.1.0", "info": {"title": "Bomb", "version": "1"},
                "servers": [{"url": "https://api.example.com"}],
                "security": (0..count).map(|it| json!({key(it): []})).collect::<Vec<_>>(),
                "paths": (0..count).map(|it| (format!("/a{it}"), operation.clone())).collect::<Map<_, _>>(),
                "components": {"securitySchemes": (0..count).map(scheme).collect::<Map<_, _>>()}})
            .to_string()
        }),
    ]
}
