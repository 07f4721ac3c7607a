//! Where a description holds examples, and of which schema each is one.

use codegen::pointer::push;
use codegen::{Survey, TypedSchema};
use serde_json::{Map, Value};

/// An example of a schema.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Example {
    /// JSON pointer (RFC 6901) of the example.
    pub(super) pointer: String,
    /// The example itself.
    pub(super) value: Value,
}

/// The schemas that have examples, with these: those in the schema itself (`example`, `examples` of
/// JSON Schema, and the text of an `example` in the extension `x-oaiMeta`), and those of the JSON media type whose schema it is.
pub(super) fn by_schema<'s>(
    document: &Value,
    survey: &'s Survey,
) -> Vec<(&'s TypedSchema, Vec<Example>)> {
    let mut found = Vec::new();
    for schema in &survey.schemas {
        let mut examples = Vec::new();
        if let Some(node) = document.pointer(&schema.pointer).and_then(Value::as_object) {
            own(node, &schema.pointer, &mut examples);
            of_extension(node, &schema.pointer, &mut examples);
        }
        if let Some(at) = schema.pointer.strip_suffix("/schema")
            && is_json_content(at)
            && let Some(node) = document.pointer(at).and_then(Value::as_object)
        {
            own(node, at, &mut examples);
            named(document, node, at, &mut examples);
        }
        if !examples.is_empty() {
            found.push((schema, examples));
        }
    }
    found
}

/// `example`, and `examples` where it is a list.
fn own(node: &Map<String, Value>, at: &str, examples: &mut Vec<Example>) {
    if let Some(value) = node.get("example") {
        examples.push(Example {
            pointer: push(at, "example"),
            value: value.clone(),
        });
    }
    let list = node.get("examples").and_then(Value::as_array);
    for (index, value) in list.into_iter().flatten().enumerate() {
        examples.push(Example {
            pointer: push(&push(at, "examples"), &index.to_string()),
            value: value.clone(),
        });
    }
}

/// The example in the extension `x-oaiMeta`, where its text is JSON.
fn of_extension(node: &Map<String, Value>, at: &str, examples: &mut Vec<Example>) {
    let text = node.get("x-oaiMeta").and_then(|meta| meta.get("example"));
    let value = text.and_then(Value::as_str).map(serde_json::from_str);
    if let Some(Ok(value)) = value {
        examples.push(Example {
            pointer: push(&push(at, "x-oaiMeta"), "example"),
            value,
        });
    }
}

/// The Example Objects of a media type (OpenAPI 3.0.3, "Example Object").
fn named(document: &Value, node: &Map<String, Value>, at: &str, examples: &mut Vec<Example>) {
    let map = node.get("examples").and_then(Value::as_object);
    for (name, mut example) in map.into_iter().flatten() {
        let mut pointer = push(&push(at, "examples"), name);
        if let Some(target) = example.get("$ref").and_then(Value::as_str) {
            let Some(local) = target.strip_prefix('#') else {
                continue;
            };
            let Some(found) = document.pointer(local) else {
                continue;
            };
            local.clone_into(&mut pointer);
            example = found;
        }
        if let Some(value) = example.get("value") {
            examples.push(Example {
                pointer: push(&pointer, "value"),
                value: value.clone(),
            });
        }
    }
}

/// Whether a pointer is that of a media type which is JSON (RFC 6839 section 3.1 for `+json`).
fn is_json_content(pointer: &str) -> bool {
    let Some((before, media_type)) = pointer.rsplit_once('/') else {
        return false;
    };
    // The slash of the media type is escaped.
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    before.ends_with("/content") && (essence == "application~1json" || essence.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn examples_are_found_in_schemas_and_media_types() {
        let document = json!({
            "components": {
                "examples": {"shared": {"value": 4}},
                "schemas": {
                    "A": {"example": 1, "examples": [2, null], "x-oaiMeta": {"example": "5\n"}},
                    "B": {"x-oaiMeta": {"example": "data: {}"}},
                },
            },
            "content": {
                "application/json": {"schema": {}, "examples": {
                    "x": {"value": 3}, "y": {"$ref": "#/components/examples/shared"},
                    "z": {"externalValue": "https://example.com"}, "w": {"$ref": "else.json"},
                }},
                "application/xml": {"schema": {}, "example": "<a/>"},
            },
        });
        let pointers = [
            "/components/schemas/A",
            "/components/schemas/B",
            "/content/application~1json/schema",
            "/content/application~1xml/schema",
            "/not/there/schema",
        ];
        let survey = Survey {
            schemas: pointers
                .map(|pointer| TypedSchema {
                    pointer: pointer.to_owned(),
                    rust: String::new(),
                    resolved: String::new(),
                })
                .into(),
            ..Survey::default()
        };
        let found = by_schema(&document, &survey);
        let found: Vec<(String, Value)> = found
            .into_iter()
            .flat_map(|(_, examples)| examples)
            .map(|example| (example.pointer, example.value))
            .collect();
        let expected = [
            ("/components/schemas/A/example", json!(1)),
            ("/components/schemas/A/examples/0", json!(2)),
            ("/components/schemas/A/examples/1", json!(null)),
            ("/components/schemas/A/x-oaiMeta/example", json!(5)),
            ("/content/application~1json/examples/x/value", json!(3)),
            ("/components/examples/shared/value", json!(4)),
        ];
        let expected = expected.map(|(pointer, value)| (pointer.to_owned(), value));
        assert_eq!(found, expected);
    }
}
