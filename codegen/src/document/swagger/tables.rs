//! The objects of Swagger 2.0 (section 4.4) as tables.
//!
//! What OpenAPI 3 has in the same form is any value here: it is checked after conversion, and reported once.

use crate::document::check::shape::Want::{Any, Flag, List, Map, Object, OneOf, OrReference, Text};
use crate::document::check::shape::{Field, Kind, Need, Rest, Shape, may, must};

/// The methods that a Path Item Object of Swagger 2.0 has fields for.
pub(super) const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Keywords that parameters, items and headers have in common with schemas.
pub(super) const KEYWORDS: [&str; 16] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "pattern",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "uniqueItems",
];

const SCHEMES: &[&str] = &["http", "https", "ws", "wss"];

const fn shape(name: &'static str, kind: Option<Kind>, fields: &'static [Field]) -> Shape {
    Shape {
        name,
        kind,
        fields,
        rest: Rest::Nothing,
    }
}

/// The root, Swagger Object.
pub(super) static SWAGGER: Shape = shape(
    "a Swagger 2.0 description",
    None,
    &[
        must("swagger", Text),
        may("info", Any),
        may("host", Text),
        may("basePath", Text),
        may("schemes", List(&OneOf(SCHEMES))),
        may("consumes", List(&Text)),
        may("produces", List(&Text)),
        Field {
            name: "paths",
            want: Object(&PATHS),
            need: Need::Right,
        },
        may("definitions", Any),
        may("parameters", Map(&OrReference(&PARAMETER))),
        may("responses", Map(&OrReference(&RESPONSE))),
        may("securityDefinitions", Map(&Object(&SECURITY))),
        may("security", Any),
        may("tags", Any),
        may("externalDocs", Any),
    ],
);

static PATHS: Shape = Shape {
    name: "the paths",
    kind: None,
    fields: &[],
    rest: Rest::Paths(OrReference(&PATH_ITEM)),
};

static PATH_ITEM: Shape = shape(
    "a path item",
    Some(Kind::PathItem),
    &[
        may("get", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("delete", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("parameters", List(&OrReference(&PARAMETER))),
    ],
);

static OPERATION: Shape = shape(
    "an operation",
    None,
    &[
        may("tags", Any),
        may("summary", Any),
        may("description", Any),
        may("externalDocs", Any),
        may("operationId", Any),
        may("consumes", List(&Text)),
        may("produces", List(&Text)),
        may("parameters", List(&OrReference(&PARAMETER))),
        may("responses", Object(&RESPONSES)),
        may("schemes", List(&OneOf(SCHEMES))),
        may("deprecated", Any),
        may("security", Any),
    ],
);

/// The places that a parameter can be in.
const PLACES: &[&str] = &["query", "header", "path", "formData", "body"];

static PARAMETER: Shape = shape(
    "a parameter",
    Some(Kind::Parameter),
    &[
        must("name", Text),
        must("in", OneOf(PLACES)),
        may("description", Any),
        may("required", Flag),
        may("schema", Any),
        may("allowEmptyValue", Any),
        may(
            "collectionFormat",
            OneOf(&["csv", "ssv", "tsv", "pipes", "multi"]),
        ),
        may("type", Any),
        may("format", Any),
        may("items", Any),
        may("default", Any),
        may("enum", Any),
        may("pattern", Any),
        may("multipleOf", Any),
        may("maximum", Any),
        may("exclusiveMaximum", Any),
        may("minimum", Any),
        may("exclusiveMinimum", Any),
        may("maxLength", Any),
        may("minLength", Any),
        may("maxItems", Any),
        may("minItems", Any),
        may("uniqueItems", Any),
    ],
);

static RESPONSES: Shape = Shape {
    name: "the responses",
    kind: None,
    fields: &[may("default", OrReference(&RESPONSE))],
    rest: Rest::Statuses(OrReference(&RESPONSE)),
};

static RESPONSE: Shape = shape(
    "a response",
    Some(Kind::Response),
    &[
        may("description", Any),
        may("schema", Any),
        may("headers", Map(&Object(&HEADER))),
        may("examples", Map(&Any)),
    ],
);

static HEADER: Shape = shape(
    "a header",
    None,
    &[
        may("description", Any),
        may("collectionFormat", OneOf(&["csv", "ssv", "tsv", "pipes"])),
        may("type", Any),
        may("format", Any),
        may("items", Any),
        may("default", Any),
        may("enum", Any),
        may("pattern", Any),
        may("multipleOf", Any),
        may("maximum", Any),
        may("exclusiveMaximum", Any),
        may("minimum", Any),
        may("exclusiveMinimum", Any),
        may("maxLength", Any),
        may("minLength", Any),
        may("maxItems", Any),
        may("minItems", Any),
        may("uniqueItems", Any),
    ],
);

static SECURITY: Shape = shape(
    "a security scheme",
    None,
    &[
        must("type", OneOf(&["basic", "apiKey", "oauth2"])),
        may("description", Any),
        may("name", Text),
        may("in", OneOf(&["query", "header"])),
        may(
            "flow",
            OneOf(&["implicit", "password", "application", "accessCode"]),
        ),
        may("authorizationUrl", Text),
        may("tokenUrl", Text),
        may("scopes", Map(&Any)),
    ],
);
