//! `[types]`, `[formats]` and `[limits]`: what is taken as it comes unless somebody says otherwise.

use crate::config::Limits;
use crate::document::Document;
use crate::model::{Api, Shape, TypeDef};
use crate::source::Source;

use super::text::{aligned, key, string};

/// How large a description is.
pub(super) struct Sizes {
    bytes: usize,
    paths: usize,
    fields: usize,
}

impl Sizes {
    pub(super) fn of(spec: Source<'_>, document: &Document, api: &Api) -> Self {
        let fields = |definition: &TypeDef| match &definition.shape {
            Shape::Struct(shape) => shape.fields.len(),
            _ => 0,
        };
        Self {
            bytes: spec.text.len(),
            paths: document.api.paths.paths.len(),
            fields: api.types.iter().map(fields).sum(),
        }
    }
}

/// What can be said about types.
pub(super) fn section(api: &Api) -> String {
    let name = |definition: &TypeDef| {
        let name = definition.pointer.strip_prefix("/components/schemas/")?;
        let is_plain = !name.contains(['/', '~']);
        is_plain.then(|| (name.to_owned(), definition.name.to_string()))
    };
    let (schema, type_name) = api
        .declared()
        .find_map(name)
        .unwrap_or_else(|| ("Pet".to_owned(), "Pet".to_owned()));
    let line = |line: &str, comment: &str| (format!("# {line}"), comment.to_owned());
    let lines = [
        line("[types]", ""),
        line(
            "keep-unknown-fields = true",
            "structs keep additional properties",
        ),
        line(
            "keep-unused = true",
            "types that no operation uses are generated too",
        ),
        line(
            "reading = \"strict\"",
            "missing required fields are errors; or \"lenient\", \"tolerant\"",
        ),
    ];
    let key = key(&schema);
    let own = [
        line(
            &format!("[types.{key}]"),
            "a schema, by its name or its JSON pointer",
        ),
        line(&format!("name = {}", string(&type_name)), ""),
        line("keep-unknown-fields = true", "for this type only"),
        line(
            "fields.type.name = \"kind\"",
            "the property `type` becomes the field `kind`",
        ),
        line(
            "values.\"1\".name = \"Active\"",
            "for an enum: the value 1 becomes the variant `Active`",
        ),
        line(
            "fields.type.required = false",
            "the field is optional, whatever the description says; or `true`",
        ),
    ];
    let formats = [
        line(
            "[formats]",
            "\"string\", \"date-time\", \"date\", \"base64\", \"base64url\"; \"i64\", \"u64\", \"i128\", \"decimal\"; \"f64\", \"decimal\"",
        ),
        line("date = \"string\"", ""),
    ];
    format!(
        "# Types are named after their schemas, or after the location of inline \
         ones.\n{}#\n{}#\n# Rust types of values with a `format`.\n{}",
        aligned(&lines),
        aligned(&own),
        aligned(&formats)
    )
}

/// What the description may ask for.
pub(super) fn limits(limits: Limits, sizes: &Sizes) -> String {
    let line = |key: &str, most: u64, has: String| (format!("# {key} = {most}"), has);
    // Of a size in tenths of a megabyte, the last digit is behind the point.
    let tenths = sizes.bytes.div_ceil(100_000);
    let lines = [
        line(
            "megabytes",
            limits.megabytes,
            format!("the description has {}.{}", tenths / 10, tenths % 10),
        ),
        line(
            "paths",
            limits.paths,
            format!("the description has {}", sizes.paths),
        ),
        line(
            "fields",
            limits.fields,
            format!("the description has {}", sizes.fields),
        ),
    ];
    format!(
        "# Limits on the size of the description.\n# [limits]\n{}",
        aligned(&lines)
    )
}
