//! The types and items of the Go form: `Results []CatResult`, `const CatKindBig CatKind = "big"`.

use serde_json::Value;

use super::item::Parsed;
use super::types::{Written, shortened};

/// Lists within lists that are followed.
const DEEPEST: usize = 16;

/// Reads the text of an item.
///
/// # Errors
///
/// What was expected, in words.
pub(super) fn parse(text: &str) -> Result<Parsed, String> {
    if let Some(constant) = text.strip_prefix("const ") {
        let Some((_, value)) = constant.split_once(" = ") else {
            return Err("`= VALUE` after a constant".to_owned());
        };
        return match serde_json::from_str::<Value>(value) {
            Ok(value) if !value.is_object() && !value.is_array() => Ok(Parsed::Literal(value)),
            _ => Err(format!("a string or a number, not `{}`", shortened(value))),
        };
    }
    if let Some(declared) = text.strip_prefix("type ") {
        let Some((name, definition)) = declared.split_once(' ') else {
            return Err("a definition after the name of a type".to_owned());
        };
        let ty = match definition.trim() {
            it if it.starts_with("struct") => Written::Object(Vec::new(), None),
            it if it.starts_with("interface") => Written::Named(name.to_owned()),
            it => type_of(it, 0)?,
        };
        return Ok(Parsed::Type(Some(name.to_owned()), ty));
    }
    match text.split_once(' ') {
        Some((name, ty)) if !text.starts_with("map[") => Ok(Parsed::Member {
            name: name.to_owned(),
            optional: None,
            ty: type_of(ty.trim(), 0)?,
        }),
        _ => Ok(Parsed::Type(None, type_of(text, 0)?)),
    }
}

fn type_of(text: &str, depth: usize) -> Result<Written, String> {
    if depth > DEEPEST {
        return Err(format!("at most {DEEPEST} nested types"));
    }
    let inner = |text: &str| type_of(text.trim(), depth + 1);
    if let Some(rest) = text.strip_prefix("[]") {
        return Ok(Written::Array(Box::new(inner(rest)?)));
    }
    if let Some(rest) = text.strip_prefix('*') {
        return inner(rest);
    }
    if let Some(rest) = text.strip_prefix("param.Field[") {
        let field = rest.strip_suffix(']');
        return inner(field.ok_or("`]` after the type of a parameter")?);
    }
    if let Some(rest) = text.strip_prefix("map[") {
        let split = match rest.split_once(',') {
            Some((_, value)) => value.trim().strip_suffix(']'),
            None => rest.split_once(']').map(|(_, value)| value),
        };
        let value = split.ok_or("a map as in `map[string]Cat`")?;
        return Ok(Written::Map(Box::new(inner(value)?)));
    }
    Ok(match text {
        "string" => Written::String,
        "Time" | "time.Time" => Written::Time,
        "int" | "int32" | "int64" | "uint64" => Written::Integer,
        "float32" | "float64" => Written::Number,
        "bool" => Written::Boolean,
        "any" | "unknown" | "interface{}" | "interface{\u{2026}}" => Written::Any,
        "Reader" | "io.Reader" | "File" => Written::File,
        name if !name.is_empty() && name.chars().all(in_name) => Written::Named(name.to_owned()),
        other => return Err(format!("a Go type, not `{}`", shortened(other))),
    })
}

fn in_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_the_go_form() {
        assert_eq!(
            parse("Names param.Field[[]string]"),
            Ok(Parsed::Member {
                name: "Names".to_owned(),
                optional: None,
                ty: Written::Array(Box::new(Written::String))
            })
        );
        let literal = parse("const CatKindBig CatKind = \"big\"");
        assert_eq!(literal, Ok(Parsed::Literal("big".into())));
        let map = Written::Map(Box::new(Written::Integer));
        for text in ["map[string, int64]", "map[string]int64"] {
            assert_eq!(parse(text), Ok(Parsed::Type(None, map.clone())));
        }
        assert!(parse("const X").is_err());
        assert!(parse("A b{c").is_err());
        assert!(parse(&format!("A {}", "[]".repeat(10_000))).is_err());
    }
}
