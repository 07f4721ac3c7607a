//! All keys of a configuration, each with its values and its meaning.

use super::{Key, Kind, Table};

/// The whole file.
pub(super) const ROOT: Table = &[
    Key(
        "only",
        Kind::Texts,
        "Tags, operationIds, paths, or methods and paths of the operations to generate; a trailing `*` matches any text. All without it.",
    ),
    Key(
        "overlays",
        Kind::Texts,
        "OpenAPI Overlays 1.0 or 1.1, applied in order. Paths are relative to this file.",
    ),
    Key(
        "limits",
        Kind::Table(LIMITS),
        "What a large description from a trusted source may need.",
    ),
    Key("package", Kind::Table(PACKAGE), "Metadata of the crate."),
    Key(
        "manifest",
        Kind::Any,
        "What Cargo.toml has beside what is generated: new keys, items of arrays, settings of dependencies.",
    ),
    Key("client", Kind::Table(CLIENT), "The client as a whole."),
    Key(
        "docs",
        Kind::Table(DOCS),
        "What the documentation of the crate shows.",
    ),
    Key(
        "names",
        Kind::Table(NAMES),
        "The source of the names of resources and methods.",
    ),
    Key(
        "servers",
        Kind::Tables(SERVER),
        "Servers that the description lacks.",
    ),
    Key(
        "credentials",
        Kind::Entries("SCHEME", CREDENTIAL),
        "A security scheme by its name in `components`, or one that the description lacks.",
    ),
    Key(
        "resources",
        Kind::Entries("TAG", RESOURCE),
        "A tag by its name.",
    ),
    Key(
        "operations",
        Kind::Entries("KEY", OPERATION),
        "An operation by its operationId, or by method and path as in `\"GET /pets/{id}\"`.",
    ),
    Key(
        "pages",
        Kind::Table(PAGES),
        "Pagination of all lists without a table of their own, where parameters and fields fit.",
    ),
    Key(
        "formats",
        Kind::TextsOrTables("FORMAT", EXTERNAL),
        "The Rust type for a `format`: `string`, `date-time`, `date`, `base64` or `base64url` for strings; `i64`, `u64`, `i128` or `decimal` for integers; `f64` or `decimal` for numbers; or the path of any other type.",
    ),
    Key(
        "types",
        Kind::SettingsAndEntries(TYPES, "SCHEMA", TYPE),
        "Settings of all types, and of a schema by its name or JSON pointer.",
    ),
    Key(
        "warnings",
        Kind::Table(WARNINGS),
        "Warnings that are not reported.",
    ),
    Key(
        "waiters",
        Kind::Tables(WAITER),
        "Methods that poll an operation until it reaches a final state.",
    ),
];

const LIMITS: Table = &[
    Key(
        "megabytes",
        Kind::Integer,
        "Size of the description, overlays applied; 64 is the default.",
    ),
    Key(
        "paths",
        Kind::Integer,
        "Number of paths; 16000 is the default.",
    ),
    Key(
        "fields",
        Kind::Integer,
        "Number of fields of all types; 300000 is the default.",
    ),
];

const PACKAGE: Table = &[
    Key("name", Kind::Text, "Name of the crate. Required."),
    Key(
        "version",
        Kind::Text,
        "SemVer version of the crate. Required.",
    ),
    Key("description", Kind::Text, "One sentence."),
    Key(
        "license",
        Kind::Text,
        "SPDX expression; `MIT OR Apache-2.0` is the default.",
    ),
    Key("authors", Kind::Texts, "As in `Jo <jo@example.com>`."),
    Key("repository", Kind::Text, "URL of the source."),
    Key("homepage", Kind::Text, "URL of the product."),
    Key("documentation", Kind::Text, "URL of the documentation."),
    Key("keywords", Kind::Texts, "At most five."),
    Key(
        "categories",
        Kind::Texts,
        "At most five, of those of crates.io.",
    ),
    Key(
        "rust-version",
        Kind::Text,
        "The minimum supported Rust version; `1.88` is the default.",
    ),
    Key(
        "resource-features",
        Kind::Flag,
        "Whether each resource has a Cargo feature; the default for big crates.",
    ),
    Key(
        "modules",
        Kind::Texts,
        "Custom modules, in `src/NAME/` or `src/NAME.rs`: the root of the crate declares them, and no run changes their files.",
    ),
    Key(
        "runtime",
        Kind::Words(&["vendored", "crate"]),
        "Where the crate has its runtime: in modules of its own, which is the default, or in the crate `clientsmith-runtime`, which the crates of several APIs share.",
    ),
    Key(
        "form",
        Kind::Words(&["crate", "module"]),
        "What is generated: a crate, which is the default, or `NAME.rs`, a module for your own crate with the shared runtime.",
    ),
];

const CLIENT: Table = &[
    Key(
        "api-key-env",
        Kind::Text,
        "Environment variable of the credential.",
    ),
    Key(
        "base-url",
        Kind::Text,
        "URL that overrides the servers of the description.",
    ),
    Key(
        "base-url-env",
        Kind::Text,
        "Environment variable of the base URL.",
    ),
    Key(
        "idempotency-header",
        Kind::Text,
        "Header whose value makes a repeated request harmless.",
    ),
    Key(
        "parameters",
        Kind::TextsOrTables("NAME", CLIENT_PARAMETER),
        "A header or query parameter of nearly all operations: a setting of the client instead of an argument. A string is its default.",
    ),
];

const CLIENT_PARAMETER: Table = &[
    Key(
        "default",
        Kind::Text,
        "The value that is sent unless a program sets another one.",
    ),
    Key("env", Kind::Text, "Environment variable of the value."),
    Key("name", Kind::Text, "Name of the method of the builder."),
    Key(
        "credential",
        Kind::Flag,
        "Whether it is a credential, and redacted.",
    ),
];

const DOCS: Table = &[Key(
    "first-call",
    Kind::Text,
    "The operation of the first example, as `listPets` or `GET /pets`.",
)];

const NAMES: Table = &[Key(
    "by",
    Kind::Words(&["path", "operation-id", "tag"]),
    "See NAMES.md.",
)];

const SERVER: Table = &[
    Key("url", Kind::Text, "Its URL. Required."),
    Key(
        "name",
        Kind::Text,
        "Name of its constant; made from description or host without it.",
    ),
    Key("description", Kind::Text, "Its documentation."),
    Key("default", Kind::Flag, "Whether it comes before all others."),
];

const CREDENTIAL: Table = &[
    Key("name", Kind::Text, "Name of the method of the builder."),
    Key("env", Kind::Text, "Environment variable of the credential."),
    Key(
        "scheme",
        Kind::Words(&["bearer", "basic", "header", "query", "cookie"]),
        "How the credential of a scheme that the description lacks is sent.",
    ),
    Key(
        "parameter",
        Kind::Text,
        "The header, query parameter or cookie that it is sent in.",
    ),
    Key(
        "operations",
        Kind::Texts,
        "The operations that it is for, of those without security; all of them without it.",
    ),
];

const RESOURCE: Table = &[
    Key(
        "name",
        Kind::Text,
        "Name of the resource; `beta.pets` is `client.beta().pets()`.",
    ),
    Key(
        "description",
        Kind::Text,
        "Text that replaces the description of the tag.",
    ),
];

const OPERATION: Table = &[
    Key("name", Kind::Text, "Name of the method."),
    Key(
        "resource",
        Kind::Text,
        "The resource of the method; `client` for the client itself.",
    ),
    Key("skip", Kind::Flag, "Whether the operation is omitted."),
    Key(
        "timeout",
        Kind::Seconds,
        "Timeout of one attempt, in seconds.",
    ),
    Key("max-retries", Kind::Integer, "Number of retries."),
    Key(
        "parameters",
        Kind::Entries("NAME", PARAMETER),
        "A parameter by its name, or as `query:NAME` where two have the same name.",
    ),
    Key(
        "pages",
        Kind::Table(PAGES),
        "Pagination; missing keys are inferred from the response.",
    ),
];

const PARAMETER: Table = &[
    Key("name", Kind::Text, "Name of the argument or setter."),
    Key(
        "default",
        Kind::Any,
        "The value that is sent unless another one is set: a string, a number or a boolean.",
    ),
    Key(
        "skip",
        Kind::Flag,
        "Whether there is no setter: it is never sent, or always as its `default`.",
    ),
];

const PAGES: Table = &[
    Key(
        "by",
        Kind::Words(&["token", "item", "page", "offset", "link", "url", "none"]),
        "What leads to the next page.",
    ),
    Key(
        "parameter",
        Kind::Text,
        "The query parameter that a page is requested with; for tokens also a header, or a property of the JSON body.",
    ),
    Key(
        "next",
        Kind::Text,
        "Dotted path of the token or URL in a page, or of the token in an item.",
    ),
    Key(
        "next-header",
        Kind::Text,
        "The response header with the page token, instead of `next`.",
    ),
    Key(
        "switch",
        Kind::Text,
        "The boolean query parameter without which responses have no token.",
    ),
    Key(
        "items",
        Kind::Text,
        "Dotted path of the array; empty if the response is the array.",
    ),
    Key(
        "more",
        Kind::Text,
        "Dotted path of a boolean: whether there are more pages.",
    ),
    Key(
        "done",
        Kind::Text,
        "Dotted path of a boolean: whether this is the last page.",
    ),
    Key(
        "first",
        Kind::Integer,
        "Number or offset of the first page.",
    ),
    Key(
        "total-pages",
        Kind::Text,
        "Dotted path of the number of pages.",
    ),
    Key(
        "total-items",
        Kind::Text,
        "Dotted path of the number of items of all pages.",
    ),
];

const EXTERNAL: Table = &[
    Key(
        "type",
        Kind::Text,
        "Path of a type that implements serde's traits, as in `uuid::Uuid`. A value that it rejects is an error.",
    ),
    Key(
        "blank",
        Kind::Text,
        "Path of the function that returns the value of a missing required field; `Default::default` without it.",
    ),
];

const TYPES: Table = &[
    Key(
        "keep-unknown-fields",
        Kind::Flag,
        "Whether structs keep additional properties in `unknown_fields`.",
    ),
    Key(
        "keep-unused",
        Kind::Flag,
        "Whether types that no operation and no webhook uses are generated.",
    ),
    Key(
        "reading",
        Kind::Words(&["strict", "lenient", "tolerant"]),
        "How deviations of responses from the description are treated; `lenient` is the default.",
    ),
    Key(
        "derive",
        Kind::Attributes,
        "Derives of all types that support them: `Eq`, `PartialOrd`, `Ord`, `Hash`, `Copy`, `Default`, or paths.",
    ),
];

const TYPE: Table = &[
    Key("name", Kind::Text, "Name of the type."),
    Key(
        "keep-unknown-fields",
        Kind::Flag,
        "Whether the struct keeps additional properties.",
    ),
    Key(
        "type",
        Kind::Text,
        "Path of a type that replaces the generated one, as in `crate::custom::Money`.",
    ),
    Key(
        "blank",
        Kind::Text,
        "Path of the function that returns the value of a missing required field; `Default::default` without it.",
    ),
    Key("derive", Kind::Attributes, "Derives of the type."),
    Key(
        "attributes",
        Kind::Attributes,
        "Attributes of the type, without `#[` and `]`.",
    ),
    Key(
        "fields",
        Kind::Entries("PROPERTY", FIELD),
        "A property by its name.",
    ),
    Key(
        "values",
        Kind::Entries("VALUE", VALUE),
        "A value of an enum.",
    ),
];

const FIELD: Table = &[
    Key("name", Kind::Text, "Name of the field."),
    Key("required", Kind::Flag, "Whether it always has a value."),
    Key(
        "type",
        Kind::Text,
        "Path of the type of the field, as in `uuid::Uuid`.",
    ),
    Key(
        "blank",
        Kind::Text,
        "Path of the function that returns the value of a missing required field; `Default::default` without it.",
    ),
    Key(
        "skip",
        Kind::Flag,
        "Whether the struct has no field for it.",
    ),
];

const VALUE: Table = &[Key("name", Kind::Text, "Name of the variant.")];

const WARNINGS: Table = &[Key(
    "allow",
    Kind::Texts,
    "Codes of warnings: see WARNINGS.md.",
)];

const WAITER: Table = &[
    Key(
        "resource",
        Kind::Text,
        "The resource of the method; that of `operation` without it.",
    ),
    Key(
        "name",
        Kind::Text,
        "Name of the method; `wait` is the default.",
    ),
    Key(
        "operation",
        Kind::Text,
        "The operation that is polled. Required.",
    ),
    Key(
        "start",
        Kind::Text,
        "The operation that creates what is polled.",
    ),
    Key(
        "field",
        Kind::Text,
        "Dotted path of the state in the response. Required.",
    ),
    Key("done", Kind::Texts, "States that mean success. Required."),
    Key("failed", Kind::Texts, "States that mean failure."),
    Key(
        "interval",
        Kind::Seconds,
        "Seconds of the first pause between two polls; 1 is the default.",
    ),
    Key(
        "timeout",
        Kind::Seconds,
        "Seconds of all polls together; an hour is the default.",
    ),
];
