//! Lists of schemas.

use std::iter::once;

use serde_json::{Map, Value, json};

use super::{List, items, members, object, reference, schemas};

pub(super) fn lists() -> Vec<List> {
    [
        of_names(),
        of_objects(),
        of_alternatives(),
        of_tags(),
        of_unions(),
        of_members(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn numbered(
    length: usize,
    schema: impl Fn(usize) -> Value,
) -> impl Iterator<Item = (String, Value)> {
    (0..length).map(move |it| (format!("S{it}"), schema(it)))
}

fn named(number: usize) -> Value {
    reference("schemas", &format!("S{number}"))
}

/// One schema that is sent and received, and others that it may refer to.
fn one(schema: Value, others: impl IntoIterator<Item = (String, Value)>) -> String {
    schemas(once(("All".to_owned(), schema)).chain(others))
}

pub(super) fn alone(schema: Value) -> String {
    one(schema, [])
}

/// An object with a property that is always the same.
fn kind(number: usize) -> Value {
    json!({"type": "object", "required": ["kind"],
        "properties": {"kind": {"type": "string", "enum": [format!("kind{number}")]}}})
}

fn of_names() -> Vec<List> {
    vec![
        List::json("schemas", |length| {
            schemas(numbered(length, |it| object(&format!("p{it}"))))
        }),
        List::json("schemas that are aliases of one", |length| {
            schemas(numbered(length, |it| {
                if it == 0 { object("a") } else { named(0) }
            }))
        }),
        List::json("schemas that are all used", |length| {
            one(
                json!({"type": "object", "properties": members(length, |it| (format!("p{it}"), named(it)))}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("schemas of one name", |length| {
            schemas((0..length).map(|it| {
                (
                    format!(
                        "S{}",
                        "_".repeat(1 + it % 7) + &"-".repeat(it / 7 % 7) + &".".repeat(it / 49)
                    ),
                    object("a"),
                )
            }))
        })
        .at_most(2_000),
        List::json("definitions within a schema", |length| {
            alone(
                json!({"$defs": members(length, |it| (format!("D{it}"), object(&format!("p{it}")))),
                "type": "object", "properties": members(length, |it|
                    (format!("p{it}"), json!({"$ref": format!("#/components/schemas/All/$defs/D{it}")})))}),
            )
        }),
        List::json("definitions that nothing uses", |length| {
            alone(
                json!({"$defs": members(length, |it| (format!("D{it}"), object("a"))), "type": "string"}),
            )
        }),
        List::json("children of one parent", |length| {
            let parent = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind"}});
            let child = |it: usize| json!({"allOf": [reference("schemas", "All"), object(&format!("p{it}"))]});
            one(parent, numbered(length, child))
        }),
        List::json("children of one parent that it maps", |length| {
            let mapping = members(length, |it| {
                (
                    format!("kind{it}"),
                    json!(format!("#/components/schemas/S{it}")),
                )
            });
            let parent = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind", "mapping": mapping}});
            let child = |it: usize| json!({"allOf": [reference("schemas", "All"), object(&format!("p{it}"))]});
            one(parent, numbered(length, child))
        }),
    ]
}

fn of_objects() -> Vec<List> {
    vec![
        List::json("properties", |length| {
            alone(json!({"type": "object", "properties": members(length, |it|
                (format!("p{it}"), json!({"type": "string", "description": "One of *many*."})))}))
        }),
        List::json("properties with schemas", |length| {
            alone(json!({"type": "object", "properties": members(length, |it|
                (format!("p{it}"), object("a")))}))
        }),
        List::json("required properties", |length| {
            alone(
                json!({"type": "object", "required": items(length, |it| json!(format!("p{it}"))),
                "properties": members(length, |it| (format!("p{it}"), json!({"type": "string"})))}),
            )
        }),
        List::json("required properties without schema", |length| {
            alone(
                json!({"type": "object", "required": items(length, |it| json!(format!("p{it}")))}),
            )
        }),
        List::json("properties that are required twice", |length| {
            alone(
                json!({"type": "object", "required": items(length, |it| json!(format!("p{}", it / 2))),
                "properties": members(length, |it| (format!("p{it}"), json!({"type": "string"})))}),
            )
        }),
        List::json("pattern properties", |length| {
            alone(
                json!({"type": "object", "patternProperties": members(length, |it|
                (format!("^p{it}"), object(&format!("p{it}"))))}),
            )
        }),
        List::json("pattern properties of one type", |length| {
            alone(
                json!({"type": "object", "patternProperties": members(length, |it|
                (format!("^p{it}"), json!({"type": "string"})))}),
            )
        }),
        List::json("dependent schemas", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "string"}},
                "dependentSchemas": members(length, |it| (format!("p{it}"), object("a")))}),
            )
        }),
        List::json("dependent required properties", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "string"}},
                "dependentRequired": members(length, |it| (format!("p{it}"), json!(["a"])))}),
            )
        }),
        List::json("unknown keywords", |length| {
            let mut schema = members(length, |it| (format!("keyword{it}"), json!(it)));
            super::merge(&mut schema, object("a"));
            alone(schema)
        }),
        List::json("extensions of a schema", |length| {
            let mut schema = members(length, |it| (format!("x-one{it}"), json!(it)));
            super::merge(&mut schema, object("a"));
            alone(schema)
        }),
        List::json("items in positions", |length| {
            alone(
                json!({"type": "array", "prefixItems": items(length, |it| object(&format!("p{it}")))}),
            )
        }),
        List::json("items in positions, named", |length| {
            one(
                json!({"type": "array", "prefixItems": items(length, named)}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("items in positions, of constants", |length| {
            alone(
                json!({"type": "array", "prefixItems": items(length, |it| json!({"const": format!("v{it}")}))}),
            )
        }),
        List::json("items in a list of schemas", |length| {
            alone(json!({"type": "array", "items": items(length, |it| object(&format!("p{it}")))}))
        }),
    ]
}

fn of_alternatives() -> Vec<List> {
    vec![
        List::json("oneOf of objects", |length| {
            alone(json!({"oneOf": items(length, |it| object(&format!("p{it}")))}))
        }),
        List::json("anyOf of objects", |length| {
            alone(json!({"anyOf": items(length, |it| object(&format!("p{it}")))}))
        }),
        List::json(
            "oneOf of objects without a property of their own",
            |length| {
                alone(
                    json!({"oneOf": items(length, |it| json!({"type": "object", "title": format!("One {it}"),
                "properties": {"a": {"type": "string"}, "b": {"type": "integer", "minimum": it}}}))}),
                )
            },
        ),
        List::json("oneOf of named schemas", |length| {
            one(
                json!({"oneOf": items(length, named)}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
    ]
}

fn of_tags() -> Vec<List> {
    vec![
        List::json("oneOf with a tag", |length| {
            alone(json!({"oneOf": items(length, kind)}))
        }),
        List::json("oneOf with a discriminator", |length| {
            one(
                json!({"oneOf": items(length, named), "discriminator": {"propertyName": "kind"}}),
                numbered(length, kind),
            )
        }),
        List::json("mappings of a discriminator", |length| {
            let mapping = members(length, |it| {
                (
                    format!("tag{it}"),
                    json!(format!("#/components/schemas/S{it}")),
                )
            });
            one(
                json!({"oneOf": items(length, named), "discriminator": {"propertyName": "kind", "mapping": mapping}}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("mappings to one schema", |length| {
            let mapping = members(length, |it| (format!("tag{it}"), json!("S0")));
            one(
                json!({"oneOf": [named(0), named(1)], "discriminator": {"propertyName": "kind", "mapping": mapping}}),
                numbered(2, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("mappings to one schema that has the tag", |length| {
            let mapping = members(length, |it| (format!("tag{it}"), json!("S0")));
            one(
                json!({"oneOf": [named(0), named(1)], "discriminator": {"propertyName": "kind", "mapping": mapping}}),
                numbered(2, |it| {
                    json!({"type": "object", "required": ["kind"],
                    "properties": {"kind": {"type": "string"}, format!("p{it}"): {"type": "string"}}})
                }),
            )
        }),
        List::json("values of a tag", |length| {
            let both = |side: usize| {
                json!({"type": "object", "required": ["kind"], "properties": {"kind":
                {"type": "string", "enum": items(length, |it| json!(format!("{side}v{it}")))}}})
            };
            alone(json!({"oneOf": [both(0), both(1)]}))
        }),
        List::json("values of a tag with a discriminator", |length| {
            let values = items(length, |it| json!(format!("v{it}")));
            let mapping = members(length, |it| (format!("v{it}"), json!("S0")));
            one(
                json!({"oneOf": [named(0), named(1)], "discriminator": {"propertyName": "kind", "mapping": mapping}}),
                [
                    (
                        "S0".to_owned(),
                        json!({"type": "object", "required": ["kind"],
                    "properties": {"kind": {"type": "string", "enum": values}}}),
                    ),
                    ("S1".to_owned(), kind(0)),
                ],
            )
        }),
    ]
}

fn of_unions() -> Vec<List> {
    vec![
        List::json("oneOf of constants", |length| {
            alone(
                json!({"oneOf": items(length, |it| json!({"const": format!("v{it}"), "description": "One."}))}),
            )
        }),
        List::json("oneOf of enums", |length| {
            alone(json!({"oneOf": items(length, |it|
                json!({"type": "string", "enum": [format!("v{it}"), format!("w{it}")]}))}))
        }),
        List::json("anyOf of texts with a pattern", |length| {
            alone(
                json!({"anyOf": items(length, |it| json!({"type": "string", "pattern": format!("^{it}")}))}),
            )
        }),
        List::json("anyOf of lists", |length| {
            one(
                json!({"anyOf": items(length, |it| json!({"type": "array", "items": named(it)}))}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("anyOf of maps", |length| {
            one(
                json!({"anyOf": items(length, |it| json!({"type": "object", "additionalProperties": named(it)}))}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("anyOf of integers, lists and texts in turns", |length| {
            alone(json!({"anyOf": items(length, |it| match it % 3 {
                0 => json!({"type": "integer", "minimum": it}),
                1 => json!({"type": "array", "items": {"type": "string", "enum": [format!("v{it}")]}}),
                _ => json!({"type": "string", "enum": [format!("v{it}")]}),
            })}))
        }),
        List::json("anyOf of unions", |length| {
            alone(
                json!({"anyOf": items(length, |it| json!({"oneOf": [object(&format!("p{it}")), {"type": "integer", "minimum": it}]}))}),
            )
        }),
        List::json("anyOf of named unions", |length| {
            one(
                json!({"anyOf": items(length, named)}),
                numbered(
                    length,
                    |it| json!({"oneOf": [object(&format!("p{it}")), kind(it)]}),
                ),
            )
        }),
        List::json("oneOf beside fields", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "string"}},
                "oneOf": items(length, |it| object(&format!("p{it}")))}),
            )
        })
        .at_most(64),
        List::json("oneOf beside fields, of more than there may be", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "string"}},
                "oneOf": items(length + 100, |it| object(&format!("p{it}")))}),
            )
        }),
        List::json("anyOf of what is required", |length| {
            alone(
                json!({"type": "object", "properties": members(length, |it| (format!("p{it}"), json!({"type": "string"}))),
                "anyOf": items(length, |it| json!({"required": [format!("p{it}")]}))}),
            )
        }),
    ]
}

fn of_members() -> Vec<List> {
    vec![
        List::json("allOf of objects", |length| {
            alone(json!({"allOf": items(length, |it| object(&format!("p{it}")))}))
        }),
        List::json("allOf of named schemas", |length| {
            one(
                json!({"allOf": items(length, named)}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("allOf of one property", |length| {
            alone(
                json!({"allOf": items(length, |it| json!({"type": "object", "properties":
                {"a": {"type": "string", "maxLength": it}}}))}),
            )
        }),
        List::json("allOf of one property that is an object", |length| {
            alone(
                json!({"allOf": items(length, |it| json!({"type": "object", "properties":
                {"a": object(&format!("p{it}"))}}))}),
            )
        }),
        List::json("allOf of one property with named schemas", |length| {
            one(
                json!({"allOf": items(length, |it| json!({"type": "object", "properties": {"a": named(it)}}))}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("allOf of one property with enums", |length| {
            alone(
                json!({"allOf": items(length, |it| json!({"type": "object", "properties":
                {"a": {"type": "string", "enum": ["a", format!("v{it}")]}}}))}),
            )
        }),
        List::json("allOf of texts", |length| {
            alone(json!({"allOf": items(length, |it| json!({"type": "string", "maxLength": it}))}))
        }),
        List::json("allOf of enums", |length| {
            alone(
                json!({"allOf": items(length, |it| json!({"type": "string", "enum": ["a", format!("v{it}")]}))}),
            )
        }),
        List::json("allOf of maps", |length| {
            one(
                json!({"allOf": items(length, |it| json!({"type": "object", "additionalProperties": named(it)}))}),
                numbered(length, |it| object(&format!("p{it}"))),
            )
        }),
        List::json("allOf of maps of texts", |length| {
            alone(json!({"allOf": items(length, |it| json!({"type": "object",
                "additionalProperties": {"type": "string", "maxLength": it}}))}))
        }),
        List::json("allOf of alternatives", |length| {
            alone(
                json!({"allOf": items(length, |it| json!({"oneOf": [object(&format!("p{it}")), object(&format!("q{it}"))]}))}),
            )
        }),
        List::json("allOf of single alternatives", |length| {
            alone(
                json!({"allOf": items(length, |it| json!({"oneOf": [object(&format!("p{it}"))]}))}),
            )
        }),
        List::json("allOf of what is required", |length| {
            alone(
                json!({"type": "object", "properties": members(length, |it| (format!("p{it}"), json!({"type": "string"}))),
                "allOf": items(length, |it| json!({"required": [format!("p{it}")]}))}),
            )
        }),
        List::json("conditions", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "string"}},
                "allOf": items(length, |it| json!({"if": {"properties": {"a": {"const": format!("v{it}")}}},
                    "then": object(&format!("p{it}"))}))}),
            )
        }),
        List::json("schemas that take over one", |length| {
            let wide: Map<String, Value> = (0..10)
                .map(|it| (format!("f{it}"), json!({"type": "string"})))
                .collect();
            one(
                json!({"type": "object", "properties": wide}),
                numbered(
                    length,
                    |it| json!({"allOf": [reference("schemas", "All"), object(&format!("p{it}"))]}),
                ),
            )
        }),
    ]
}
