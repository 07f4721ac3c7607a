use std::borrow::Cow;

use openapiv3::{SchemaKind, Type};

use crate::document::Document;
use crate::document::tests::read;

fn document() -> Document {
    let text = r"
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a/{id}:
    parameters:
      - {$ref: '#/components/parameters/Id'}
    get:
      requestBody: {$ref: '#/components/requestBodies/Body'}
      responses:
        '200':
          description: fine
          headers:
            h: {$ref: '#/components/headers/H'}
          content:
            application/json:
              schema: {type: [string, 'null']}
        default: {$ref: '#/components/responses/Bad'}
  /b: {$ref: '#/components/pathItems/Item'}
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/a~1b%20c'}
    a/b c: {type: integer}
    Inline: {$ref: '#/components/schemas/Choice/anyOf/0'}
    Choice: {anyOf: [{type: [boolean, 'null']}, {type: 'null'}]}
    Inner: {$ref: '#/components/schemas/Holder/$defs/In'}
    Holder: {$defs: {In: {const: x}}}
    Extern: {$ref: '#/x-defs/E'}
    Chain: {$ref: '#/x-defs/C'}
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  requestBodies:
    Body: {content: {}}
  headers:
    H: {schema: {type: string}}
  responses:
    Bad: {description: bad}
  examples:
    E: {value: 1}
  securitySchemes:
    key: {type: http, scheme: bearer}
  pathItems:
    Item: {get: {operationId: viaItem, responses: {}, callbacks: {c: {$ref: '#/x'}}}}
x-defs:
  E: {type: ['null', number]}
  C: {$ref: '#/components/schemas/B'}
";
    read(text).0
}

/// Where a reference to a schema ends, and the type there.
fn schema(document: &Document, reference: &str) -> Option<(String, &'static str, bool)> {
    let (pointer, schema) = document.schema(reference)?;
    let name = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(_)) => "integer",
        SchemaKind::Type(Type::Number(_)) => "number",
        SchemaKind::Type(Type::Boolean(_)) => "boolean",
        SchemaKind::Type(Type::String(_)) => "string",
        _ => "other",
    };
    Some((pointer, name, schema.schema_data.nullable))
}

#[test]
fn schemas_by_any_pointer() {
    let document = document();
    let table = [
        (
            "#/components/schemas/A",
            "/components/schemas/a~1b c",
            "integer",
            false,
        ),
        (
            "#/components/schemas/a~1b c",
            "/components/schemas/a~1b c",
            "integer",
            false,
        ),
        (
            "#/components/schemas/Inline",
            "/components/schemas/Choice/anyOf/0",
            "boolean",
            true,
        ),
        (
            "#/components/schemas/Inner",
            "/components/schemas/Holder/$defs/In",
            "string",
            false,
        ),
        ("#/components/schemas/Extern", "/x-defs/E", "number", true),
        (
            "#/components/schemas/Chain",
            "/components/schemas/a~1b c",
            "integer",
            false,
        ),
        (
            "#/paths/~1a~1{id}/get/responses/200/content/application~1json/schema",
            "/paths/~1a~1{id}/get/responses/200/content/application~1json/schema",
            "string",
            true,
        ),
    ];
    for (reference, pointer, name, nullable) in table {
        let found = schema(&document, reference);
        assert_eq!(
            found,
            Some((pointer.to_owned(), name, nullable)),
            "{reference}"
        );
    }
    assert_eq!(schema(&document, "#/components/schemas/None"), None);
    assert_eq!(schema(&document, "other.yaml#/A"), None);
    assert_eq!(schema(&document, "#"), None);
}

#[test]
fn every_kind_of_component() {
    let document = document();
    assert_eq!(
        document
            .parameter("#/components/parameters/Id")
            .unwrap()
            .1
            .parameter_data_ref()
            .name,
        "id"
    );
    assert_eq!(
        document
            .response("#/components/responses/Bad")
            .unwrap()
            .1
            .description,
        "bad"
    );
    assert!(
        document
            .request_body("#/components/requestBodies/Body")
            .is_some()
    );
    assert!(document.header("#/components/headers/H").is_some());
    assert!(document.example("#/components/examples/E").is_some());
    assert!(
        document
            .security_scheme("#/components/securitySchemes/key")
            .is_some()
    );
    let item = document.api.paths.paths.get("/b").unwrap();
    let (pointer, item) = document.item("/paths/~1b", item).unwrap();
    assert_eq!(pointer, "/components/pathItems/Item");
    assert!(matches!(item, Cow::Borrowed(_)));
    assert_eq!(
        item.get.as_ref().unwrap().operation_id.as_deref(),
        Some("viaItem")
    );
    assert_eq!(document.parameter("#/components/responses/Bad"), None);
}
