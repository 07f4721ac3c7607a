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
            "structs keep what the description doesn't name",
        ),
        line(
            "keep-unused = true",
            "types that no operation reaches are there, too",
        ),
        line(
            "reading = \"strict\"",
            "what a response lacks is an error; or \"lenient\", \"tolerant\"",
        ),
    ];
    let key = key(&schema);
    let own = [
        line(
            &format!("[types.{key}]"),
            "a schema, by its name or its JSON pointer",
        ),
        line(&format!("name = {}", string(&type_name)), ""),
        line("keep-unknown-fields = true", "of this one alone"),
        line(
            "fields.type.name = \"kind\"",
            "the property `type` becomes the field `kind`",
        ),
        line(
            "values.\"1\".name = \"Active\"",
            "of an enum: the value 1 becomes the variant `Active`",
        ),
        line(
            "fields.type.required = false",
            "it may be missing, whatever the description says; or `true`",
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
        "# Types are called after their schemas, or after where those stand.\n{}#\n{}#\n\
         # The types of values of a `format`.\n{}",
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
            format!("there are {}.{}", tenths / 10, tenths % 10),
        ),
        line("paths", limits.paths, format!("there are {}", sizes.paths)),
        line(
            "fields",
            limits.fields,
            format!("there are {}", sizes.fields),
        ),
    ];
    format!(
        "# How much the description may have: more than this is refused.\n# [limits]\n{}",
        aligned(&lines)
    )
}
