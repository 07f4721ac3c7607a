//! Bombs for whoever follows references and puts schemas together.

use serde_json::{Map, Value, json};

use super::Bomb;

pub(super) fn bombs(size: usize) -> Vec<Bomb> {
    let mut bombs = chains(size / 10);
    bombs.extend(products());
    bombs.extend(webs(size / 500));
    bombs.extend(wide(size));
    bombs.extend(mistakes(size));
    bombs
}

/// A description with these schemas, of which `S0` is sent and received.
pub(super) fn description(schemas: impl IntoIterator<Item = (String, Value)>) -> String {
    let content = json!({"application/json": {"schema": reference(0)}});
    json!({
        "openapi": "3.0.3", "info": {"title": "Bomb", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/a": {"post": {"tags": ["a"], "operationId": "postA", "requestBody": {"content": content},
            "responses": {"200": {"description": "Fine.", "content": content}}}}},
        "components": {"schemas": schemas.into_iter().collect::<Map<String, Value>>()}
    })
    .to_string()
}

pub(super) fn reference(number: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{number}")})
}

pub(super) fn numbered(
    count: usize,
    schema: impl Fn(usize) -> Value,
) -> impl Iterator<Item = (String, Value)> {
    (0..count).map(move |number| (format!("S{number}"), schema(number)))
}

pub(super) fn object(property: &str) -> Value {
    json!({"type": "object", "required": [property], "properties": {property: {"type": "string"}}})
}

/// Schemas of which each leads to the next.
fn chain(length: usize, step: impl Fn(usize, Value) -> Value) -> String {
    description(numbered(length, |number| match number + 1 {
        last if last == length => object("last"),
        next => step(number, reference(next)),
    }))
}

fn chains(length: usize) -> Vec<Bomb> {
    let own = |number: usize| object(&format!("p{number}"));
    let circle = move |step: fn(Value) -> Value| {
        description(numbered(length, move |number| {
            step(reference((number + 1) % length))
        }))
    };
    let inner = move |open: &str, close: &str| {
        let schema = format!("{}{{}}{}", open.repeat(length), close.repeat(length));
        description([("S0".to_owned(), json!("HERE"))]).replace("\"HERE\"", &schema)
    };
    vec![
        Bomb::new("chain-of-references.json", move || {
            chain(length, |_, next| next)
        }),
        Bomb::new("chain-of-all-of.json", move || {
            chain(length, |_, next| json!({"allOf": [next]}))
        }),
        Bomb::new("chain-of-all-of-with-fields.json", move || {
            chain(length, |number, next| json!({"allOf": [next, own(number)]}))
        }),
        Bomb::new("shorter-chain-of-all-of-with-fields.json", move || {
            chain(
                length / 10,
                |number, next| json!({"allOf": [next, own(number)]}),
            )
        }),
        Bomb::new("chain-of-one-of.json", move || {
            chain(length, |_, next| json!({"oneOf": [next]}))
        }),
        Bomb::new("chain-of-any-of-two.json", move || {
            chain(length, |number, next| json!({"anyOf": [next, own(number)]}))
        }),
        Bomb::new("chain-of-properties.json", move || {
            chain(
                length,
                |_, next| json!({"type": "object", "required": ["a"], "properties": {"a": next}}),
            )
        }),
        Bomb::new("chain-of-items.json", move || {
            chain(length, |_, next| json!({"type": "array", "items": next}))
        }),
        Bomb::new("chain-of-maps.json", move || {
            chain(
                length,
                |_, next| json!({"type": "object", "additionalProperties": next}),
            )
        }),
        Bomb::new("circle-of-references.json", move || circle(|next| next)),
        Bomb::new("circle-of-all-of.json", move || {
            circle(|next| json!({"allOf": [next]}))
        }),
        Bomb::new("circle-of-one-of.json", move || {
            circle(|next| json!({"oneOf": [next, {"type": "string"}]}))
        }),
        Bomb::new("circle-of-properties.json", move || {
            circle(|next| json!({"type": "object", "required": ["a"], "properties": {"a": next}}))
        }),
        Bomb::new("circle-of-items.json", move || {
            circle(|next| json!({"type": "array", "items": next}))
        }),
        Bomb::new("inner-all-of.json", move || inner("{\"allOf\":[", "]}")),
        Bomb::new("inner-properties.json", move || {
            inner("{\"properties\":{\"a\":", "}}")
        }),
        Bomb::new("chain-outside-of-components.json", move || outside(length)),
    ]
}

/// Schemas that lead to one another from places that are no components.
fn outside(length: usize) -> String {
    let at = |number: usize| json!({"$ref": format!("#/x-schemas/S{number}")});
    let schemas: Map<String, Value> = numbered(length, |number| {
        json!({"type": "object", "properties": {"a": at((number + 1).min(length - 1)), "b": {"type": "integer"}}})
    })
    .collect();
    let text = description([("S0".to_owned(), at(0))]);
    let mut value: Value = serde_json::from_str(&text).unwrap_or_default();
    value["x-schemas"] = Value::Object(schemas);
    value.to_string()
}

/// Short texts that stand for long ones.
fn products() -> Vec<Bomb> {
    let twice = |keyword: &'static str, beside: bool| {
        let levels = 40;
        description(numbered(levels, |number| {
            if number + 1 == levels {
                return object("last");
            }
            let side = |name: &str| {
                if beside {
                    json!({"allOf": [reference(number + 1), object(&format!("{name}{number}"))]})
                } else {
                    reference(number + 1)
                }
            };
            json!({keyword: [side("left"), side("right")]})
        }))
    };
    let choices = |count: usize, with: Option<Value>| {
        let choice = |number: usize| json!({"oneOf": (0..10).map(|it| object(&format!("p{number}x{it}"))).collect::<Vec<_>>()});
        let all: Vec<Value> = with.into_iter().chain((0..count).map(choice)).collect();
        description([("S0".to_owned(), json!({"allOf": all}))])
    };
    let later = |keyword: &'static str| {
        description(numbered(60, |number| {
            let mut members: Vec<Value> = (number + 1..60).map(reference).collect();
            members.push(object(&format!("p{number}")));
            json!({keyword: members})
        }))
    };
    vec![
        Bomb::new("all-of-twice.json", move || twice("allOf", false)),
        Bomb::new("all-of-twice-with-fields.json", move || {
            twice("allOf", true)
        }),
        Bomb::new("one-of-twice.json", move || twice("oneOf", false)),
        Bomb::new("one-of-twice-with-fields.json", move || {
            twice("oneOf", true)
        }),
        Bomb::new("any-of-twice-with-fields.json", move || {
            twice("anyOf", true)
        }),
        Bomb::new("all-of-choices.json", move || choices(10, None)),
        Bomb::new("all-of-many-choices.json", move || choices(1_000, None)),
        Bomb::new("all-of-choices-and-a-text.json", move || {
            choices(10, Some(json!({"type": "string"})))
        }),
        Bomb::new("all-of-later.json", move || later("allOf")),
        Bomb::new("one-of-later.json", move || later("oneOf")),
        Bomb::new("any-of-later.json", move || later("anyOf")),
        Bomb::new("many-parents.json", move || {
            let parent = (
                "S0".to_owned(),
                json!({"type": "object", "properties": (0..2_000)
                .map(|it| (format!("p{it}"), json!({"type": "string"}))).collect::<Map<_, _>>()}),
            );
            let child = |number: usize| {
                (
                    format!("C{number}"),
                    json!({"allOf": [reference(0), object("own")]}),
                )
            };
            description(std::iter::once(parent).chain((0..2_000).map(child)))
        }),
    ]
}

/// A schema with so many parents, which describe the same properties by each other.
fn parents(count: usize) -> String {
    description(numbered(count + 1, move |number| match number {
        0 => json!({"allOf": (1..=count).map(reference).collect::<Vec<_>>()}),
        _ => {
            let other = |it: usize| reference(1 + (number * 7 + it * 3) % count);
            json!({"type": "object", "properties":
                {"a": reference(number), "b": other(1), "c": other(2), "d": other(3)}})
        }
    }))
}

/// Schemas each of which leads to all others.
fn webs(count: usize) -> Vec<Bomb> {
    let others = move |number: usize| (0..count).filter(move |it| *it != number).map(reference);
    let of = move |keyword: &'static str| {
        description(numbered(
            count,
            |number| json!({keyword: others(number).collect::<Vec<_>>()}),
        ))
    };
    let property = |other: Value| (other["$ref"].to_string(), other.clone());
    vec![
        Bomb::new("parents-of-their-own-kind.json", move || parents(2)),
        Bomb::new("parents-of-each-other.json", move || parents(14)),
        Bomb::new("web-of-all-of.json", move || of("allOf")),
        Bomb::new("web-of-one-of.json", move || of("oneOf")),
        Bomb::new("web-of-any-of.json", move || of("anyOf")),
        Bomb::new("web-of-properties.json", move || {
            description(numbered(
                count,
                |number| json!({"type": "object", "properties": others(number).map(property).collect::<Map<_, _>>()}),
            ))
        }),
        Bomb::new("web-of-kinds.json", move || {
            description(numbered(count, |number| {
                json!({"type": "object", "discriminator": {"propertyName": "kind"},
                "properties": {"kind": {"type": "string"}}, "oneOf": others(number).collect::<Vec<_>>()})
            }))
        }),
    ]
}

/// Much of the same.
fn wide(size: usize) -> Vec<Bomb> {
    let texts = |count: usize, text: fn(usize) -> String| (0..count).map(text).collect::<Vec<_>>();
    let of_text = |values: Vec<String>| {
        description([("S0".to_owned(), json!({"type": "string", "enum": values}))])
    };
    let alternatives = |count: usize, schema: fn(usize) -> Value| {
        description([(
            "S0".to_owned(),
            json!({"oneOf": (0..count).map(schema).collect::<Vec<_>>()}),
        )])
    };
    let fields = |count: usize| {
        let property = |it: usize| (format!("p{it}"), json!({"type": "string"}));
        description([(
            "S0".to_owned(),
            json!({"type": "object", "properties": (0..count).map(property).collect::<Map<_, _>>()}),
        )])
    };
    vec![
        Bomb::new("enum.json", move || {
            of_text(texts(size, |it| format!("value_{it}")))
        }),
        Bomb::new("enum-of-one-name.json", move || {
            of_text(texts(size / 5, |it| {
                format!(
                    "a{}",
                    u32::try_from(0x4E00 + it)
                        .ok()
                        .and_then(char::from_u32)
                        .unwrap_or('-')
                )
            }))
        }),
        Bomb::new("enum-of-lengths.json", move || {
            of_text(texts(size / 50, |it| format!("a{}", "-".repeat(it))))
        }),
        Bomb::new("one-of-constants.json", move || {
            alternatives(
                size / 5,
                |it| json!({"type": "string", "enum": [format!("v{it}")]}),
            )
        }),
        Bomb::new("one-of-objects.json", move || {
            alternatives(size / 20, |it| object(&format!("p{it}")))
        }),
        Bomb::new("one-of-kinds.json", move || {
            alternatives(size / 50, |it| {
                json!({"type": "object", "required": ["kind"],
            "properties": {"kind": {"type": "string", "enum": [format!("k{it}")]}}})
            })
        }),
        Bomb::new("fields.json", move || fields(size)),
        Bomb::new("all-of-objects.json", move || {
            description([(
                "S0".to_owned(),
                json!({"allOf": (0..size / 10)
            .map(|it| object(&format!("p{it}"))).collect::<Vec<_>>()}),
            )])
        }),
        Bomb::new("names-alike.json", move || {
            description(numbered(1, |_| {
                json!({"type": "object", "properties": (1..size / 60)
            .map(|it| ("x_".repeat(it), json!({"type": "object", "properties": {"a": {"type": "string"}}}))).collect::<Map<_, _>>()})
            }))
        }),
        Bomb::new("example.json", move || {
            description([(
                "S0".to_owned(),
                json!({"type": "array", "items": object("a"),
            "example": (0..size).map(|_| json!({"a": "b"})).collect::<Vec<_>>()}),
            )])
        }),
    ]
}

/// More to complain of than anybody reads.
fn mistakes(size: usize) -> Vec<Bomb> {
    let paths = move |path: &dyn Fn(usize) -> (String, Value)| {
        json!({"openapi": "3.0.3", "info": {"title": "Bomb", "version": "1"},
            "paths": (0..size).map(path).collect::<Map<_, _>>()})
        .to_string()
    };
    let long = "y".repeat(1_000);
    vec![
        Bomb::new("wrong-operations.json", move || {
            paths(&|it| (format!("/a{it}"), json!({"get": 7})))
        }),
        Bomb::new("unknown-keys.json", move || {
            paths(&|it| (format!("/a{it}"), json!({"git": {}})))
        }),
        Bomb::new("references-to-nothing.json", move || {
            description(numbered(
                size / 2,
                |it| json!({"$ref": format!("#/components/schemas/T{it}")}),
            ))
        }),
        Bomb::new("references-to-long-names.json", move || {
            description(numbered(size / 20, |it| {
                json!({"properties":
            {"a": {"$ref": format!("#/components/schemas/S{it}{long}")}}})
            }))
        }),
        Bomb::new("references-to-files.json", move || {
            description(numbered(
                size / 2,
                |it| json!({"$ref": format!("other{it}.yaml#/A")}),
            ))
        }),
        Bomb::new("mappings-to-nothing.json", move || {
            description([(
                "S0".to_owned(),
                json!({"oneOf": [object("a"), object("b")],
            "discriminator": {"propertyName": "kind", "mapping": (0..size / 5)
                .map(|it| (format!("k{it}"), json!(format!("T{it}")))).collect::<Map<_, _>>()}}),
            )])
        }),
    ]
}
