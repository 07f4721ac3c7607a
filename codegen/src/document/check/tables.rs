//! The OpenAPI objects (OpenAPI 3.0.4 section 4.7, 3.1.1 section 4.8, 3.2.0 section 4) as tables.

mod security;

use super::shape::Want::{
    Any, Count, Flag, FlagOrNumber, List, Map, Number, Object, OneOf, OrReference, Schema,
    SchemaOrList, Text, TypeNames,
};
use super::shape::{Field, Kind, Need, Rest, Shape, may, must};

pub(crate) use security::SECURITY_SCHEME;

const fn shape(name: &'static str, fields: &'static [Field]) -> Shape {
    Shape {
        name,
        kind: None,
        fields,
        rest: Rest::Nothing,
    }
}

const fn component(name: &'static str, kind: Kind, fields: &'static [Field]) -> Shape {
    Shape {
        name,
        kind: Some(kind),
        fields,
        rest: Rest::Nothing,
    }
}

/// The root, OpenAPI Object.
pub(crate) static OPENAPI: Shape = shape(
    "an OpenAPI description",
    &[
        must("openapi", Text),
        Field {
            name: "info",
            want: Object(&INFO),
            need: Need::Empty,
        },
        may("servers", List(&Object(&SERVER))),
        // Required in 3.0, optional since 3.1; an API without paths has no operations in either.
        Field {
            name: "paths",
            want: Object(&PATHS),
            need: Need::Right,
        },
        may("components", Object(&COMPONENTS)),
        may("security", List(&Map(&List(&Text)))),
        may("tags", List(&Object(&TAG))),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("webhooks", Map(&OrReference(&PATH_ITEM))),
        may("jsonSchemaDialect", Text),
        may("$self", Text),
    ],
);

static INFO: Shape = shape(
    "the info object",
    &[
        Field {
            name: "title",
            want: Text,
            need: Need::Text("API"),
        },
        Field {
            name: "version",
            want: Text,
            need: Need::Text("0.1.0"),
        },
        may("summary", Text),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Object(&CONTACT)),
        may("license", Object(&LICENSE)),
    ],
);

static CONTACT: Shape = shape(
    "the contact",
    &[may("name", Text), may("url", Text), may("email", Text)],
);

static LICENSE: Shape = shape(
    "the license",
    &[
        must("name", Text),
        may("url", Text),
        may("identifier", Text),
    ],
);

static SERVER: Shape = shape(
    "a server",
    &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(&Object(&SERVER_VARIABLE))),
        may("name", Text),
    ],
);

static SERVER_VARIABLE: Shape = shape(
    "a server variable",
    &[
        must("default", Text),
        may("enum", List(&Text)),
        may("description", Text),
    ],
);

static TAG: Shape = shape(
    "a tag",
    &[
        must("name", Text),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("summary", Text),
        may("parent", Text),
        may("kind", Text),
    ],
);

static EXTERNAL_DOCS: Shape = shape(
    "a link to other documentation",
    &[must("url", Text), may("description", Text)],
);

static PATHS: Shape = Shape {
    name: "the paths",
    kind: None,
    fields: &[],
    rest: Rest::Paths(OrReference(&PATH_ITEM)),
};

/// The HTTP methods that a Path Item Object has fields for.
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The field of a Path Item Object that has all other methods (OpenAPI 3.2).
pub(crate) const ADDITIONAL_OPERATIONS: &str = "additionalOperations";

static PATH_ITEM: Shape = component(
    "a path item",
    Kind::PathItem,
    &[
        may("get", Object(&OPERATION)),
        may("put", Object(&OPERATION)),
        may("post", Object(&OPERATION)),
        may("delete", Object(&OPERATION)),
        may("options", Object(&OPERATION)),
        may("head", Object(&OPERATION)),
        may("patch", Object(&OPERATION)),
        may("trace", Object(&OPERATION)),
        may("query", Object(&OPERATION)),
        may(ADDITIONAL_OPERATIONS, Object(&OTHER_OPERATIONS)),
        may("parameters", List(&OrReference(&PARAMETER))),
        may("servers", List(&Object(&SERVER))),
        may("summary", Text),
        may("description", Text),
    ],
);

static OTHER_OPERATIONS: Shape = Shape {
    name: "the additional operations",
    kind: None,
    fields: &[],
    rest: Rest::Methods(Object(&OPERATION)),
};

static OPERATION: Shape = shape(
    "an operation",
    &[
        may("operationId", Text),
        may("tags", List(&Text)),
        may("parameters", List(&OrReference(&PARAMETER))),
        may("requestBody", OrReference(&REQUEST_BODY)),
        Field {
            name: "responses",
            want: Object(&RESPONSES),
            need: Need::Empty,
        },
        may("deprecated", Flag),
        may("security", List(&Map(&List(&Text)))),
        may("servers", List(&Object(&SERVER))),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("callbacks", Map(&OrReference(&CALLBACK))),
    ],
);

/// The places that a parameter can be in.
const PLACES: &[&str] = &["query", "path", "header", "cookie", "querystring"];

/// The `style` values of each place.
pub(crate) const STYLES: [(&str, &[&str]); 4] = [
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("path", &["simple", "label", "matrix"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

static PARAMETER: Shape = component(
    "a parameter",
    Kind::Parameter,
    &[
        must("name", Text),
        must("in", OneOf(PLACES)),
        may("required", Flag),
        may("schema", Schema),
        may("content", Map(&OrReference(&MEDIA_TYPE))),
        may("style", Text),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("allowEmptyValue", Flag),
        may("deprecated", Flag),
        may("description", Text),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
    ],
);

static HEADER: Shape = component(
    "a header",
    Kind::Header,
    &[
        may("required", Flag),
        may("schema", Schema),
        may("content", Map(&OrReference(&MEDIA_TYPE))),
        may("style", Text),
        may("explode", Flag),
        may("deprecated", Flag),
        may("allowReserved", Flag),
        may("allowEmptyValue", Flag),
        may("description", Text),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
    ],
);

static REQUEST_BODY: Shape = component(
    "a request body",
    Kind::RequestBody,
    &[
        Field {
            name: "content",
            want: Map(&OrReference(&MEDIA_TYPE)),
            need: Need::Empty,
        },
        may("required", Flag),
        may("description", Text),
    ],
);

static MEDIA_TYPE: Shape = component(
    "a media type",
    Kind::MediaType,
    &[
        may("schema", Schema),
        may("itemSchema", Schema),
        // Not in 3.2.0, but in examples of its authors.
        may("description", Text),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("encoding", Map(&Object(&ENCODING))),
        may("prefixEncoding", List(&Object(&ENCODING))),
        may("itemEncoding", Object(&ENCODING)),
    ],
);

static ENCODING: Shape = shape(
    "an encoding",
    &[
        may("contentType", Text),
        may("headers", Map(&OrReference(&HEADER))),
        may("style", OneOf(STYLES[0].1)),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("encoding", Map(&Object(&ENCODING))),
        may("prefixEncoding", List(&Object(&ENCODING))),
        may("itemEncoding", Object(&ENCODING)),
    ],
);

static RESPONSES: Shape = Shape {
    name: "the responses",
    kind: None,
    fields: &[may("default", OrReference(&RESPONSE))],
    rest: Rest::Statuses(OrReference(&RESPONSE)),
};

static RESPONSE: Shape = component(
    "a response",
    Kind::Response,
    &[
        Field {
            name: "description",
            want: Text,
            need: Need::Text(""),
        },
        may("headers", Map(&OrReference(&HEADER))),
        may("content", Map(&OrReference(&MEDIA_TYPE))),
        may("links", Map(&OrReference(&LINK))),
        may("summary", Text),
    ],
);

static CALLBACK: Shape = Shape {
    name: "a callback",
    kind: Some(Kind::Callback),
    fields: &[],
    rest: Rest::Expressions(OrReference(&PATH_ITEM)),
};

static EXAMPLE: Shape = component(
    "an example",
    Kind::Example,
    &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
        may("dataValue", Any),
        may("serializedValue", Text),
    ],
);

static LINK: Shape = component(
    "a link",
    Kind::Link,
    &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", Text),
        may("server", Object(&SERVER)),
    ],
);

/// The Components Object.
pub(crate) static COMPONENTS: Shape = shape(
    "the components",
    &[
        may("schemas", Map(&Schema)),
        may("responses", Map(&OrReference(&RESPONSE))),
        may("parameters", Map(&OrReference(&PARAMETER))),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("requestBodies", Map(&OrReference(&REQUEST_BODY))),
        may("headers", Map(&OrReference(&HEADER))),
        may("securitySchemes", Map(&OrReference(&SECURITY_SCHEME))),
        may("links", Map(&OrReference(&LINK))),
        may("callbacks", Map(&OrReference(&CALLBACK))),
        may("pathItems", Map(&OrReference(&PATH_ITEM))),
        may("mediaTypes", Map(&OrReference(&MEDIA_TYPE))),
    ],
);

/// The Schema Object of OpenAPI 3.0 together with the keywords of JSON Schema 2020-12 and its forerunners.
pub(crate) static SCHEMA: Shape = Shape {
    name: "a schema",
    kind: Some(Kind::Schema),
    rest: Rest::Keywords,
    fields: &[
        may("type", TypeNames),
        may("format", Text),
        may("enum", List(&Any)),
        may("const", Any),
        may("default", Any),
        may("nullable", Flag),
        may("properties", Map(&Schema)),
        may("required", List(&Text)),
        may("additionalProperties", Schema),
        may("patternProperties", Map(&Schema)),
        may("unevaluatedProperties", Schema),
        may("items", SchemaOrList),
        may("prefixItems", List(&Schema)),
        may("additionalItems", Schema),
        may("unevaluatedItems", Schema),
        may("allOf", List(&Schema)),
        may("anyOf", List(&Schema)),
        may("oneOf", List(&Schema)),
        may("not", Schema),
        may("if", Schema),
        may("then", Schema),
        may("else", Schema),
        may("contains", Schema),
        may("propertyNames", Schema),
        may("dependentSchemas", Map(&Schema)),
        may("contentSchema", Schema),
        // What is kept here counts only where something refers to it, and is checked then.
        may("$defs", Any),
        may("definitions", Any),
        may("discriminator", Object(&DISCRIMINATOR)),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("deprecated", Flag),
        may("contentEncoding", Text),
        may("contentMediaType", Text),
        may("title", Text),
        may("description", Text),
        may("example", Any),
        may("examples", Any),
        may("externalDocs", Object(&EXTERNAL_DOCS)),
        may("xml", Any),
        may("pattern", Text),
        may("multipleOf", Number),
        may("minimum", Number),
        may("maximum", Number),
        may("exclusiveMinimum", FlagOrNumber),
        may("exclusiveMaximum", FlagOrNumber),
        may("minLength", Count),
        may("maxLength", Count),
        may("minItems", Count),
        may("maxItems", Count),
        may("uniqueItems", Flag),
        may("minContains", Count),
        may("maxContains", Count),
        may("minProperties", Count),
        may("maxProperties", Count),
        may("dependentRequired", Any),
        may("dependencies", Any),
        may("$comment", Any),
        may("$id", Any),
        may("$schema", Any),
        may("$anchor", Any),
        may("$dynamicAnchor", Any),
        may("$dynamicRef", Any),
        may("$vocabulary", Any),
        may("id", Any),
    ],
};

static DISCRIMINATOR: Shape = shape(
    "a discriminator",
    &[
        must("propertyName", Text),
        may("mapping", Map(&Text)),
        may("defaultMapping", Text),
    ],
);
