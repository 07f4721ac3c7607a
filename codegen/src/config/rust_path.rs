//! Paths of Rust, as far as a configuration has them: `uuid::Uuid`, `chrono::DateTime<chrono::Utc>`.
//!
//! The Rust Reference, "Paths". Only what can become nothing but a path is one: it is written into code.

use crate::names::Scope;

/// What is wrong with the path of a type.
pub(super) fn wrong_with_type(text: &str) -> Option<&'static str> {
    let mut rest = text;
    let count = match path(&mut rest, 0) {
        Ok(count) => count,
        Err(wrong) => return Some(wrong),
    };
    if !rest.is_empty() {
        return Some("has something behind the path of a type");
    }
    (count < 2).then_some("doesn't begin with a crate, or with `crate`")
}

/// What is wrong with the path of a function, derive or attribute.
pub(super) fn wrong_with_plain(text: &str) -> Option<&'static str> {
    if text.contains('<') {
        return Some("has type parameters");
    }
    wrong_with_type(text)
}

/// How deep type parameters are within others.
const DEEPEST: usize = 8;

/// Takes a path, and counts its segments.
fn path(rest: &mut &str, depth: usize) -> Result<usize, &'static str> {
    let mut count = 0;
    loop {
        let is_first = count == 0;
        segment(rest, is_first)?;
        count += 1;
        if let Some(behind) = rest.strip_prefix('<') {
            if depth == DEEPEST {
                return Err("has type parameters too deep within others");
            }
            *rest = behind;
            parameters(rest, depth + 1)?;
        }
        match rest.strip_prefix("::") {
            Some(behind) => *rest = behind,
            None => return Ok(count),
        }
    }
}

/// Takes type parameters with the sign behind them.
fn parameters(rest: &mut &str, depth: usize) -> Result<(), &'static str> {
    loop {
        *rest = rest.trim_start();
        path(rest, depth)?;
        *rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('>') {
            *rest = behind;
            return Ok(());
        }
        *rest = rest
            .strip_prefix(',')
            .ok_or("has type parameters that don't end")?;
    }
}

/// Takes an identifier (The Rust Reference, "Identifiers"), of ASCII alone.
fn segment(rest: &mut &str, is_first: bool) -> Result<(), &'static str> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        return Err("is not a path, such as `uuid::Uuid`");
    }
    let is_root = is_first && name == "crate";
    if !is_root && Scope::default().name(&[name], "").as_str() != name {
        return Err("contains a Rust keyword");
    }
    *rest = behind;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_types() {
        for path in [
            "uuid::Uuid",
            "crate::custom::Money",
            "chrono::DateTime<chrono::Utc>",
            "std::collections::HashMap<String, crate::custom::Money>",
            "a::b<c::d<e::f>, g>",
        ] {
            assert_eq!(wrong_with_type(path), None, "{path}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for path in [
            "",
            "Uuid",
            "uuid::",
            "::uuid::Uuid",
            "uuid::Uuid;",
            "uuid::Uuid<",
            "uuid::Uuid<a",
            "uuid:: Uuid",
            "self::Uuid",
            "a::fn",
            "a::1",
            "a::b<>",
            "a::b()",
            "a::b{}",
            "a::\u{e9}",
            "a::b<c>d",
            "a::b /* c */",
            "&a::b",
            "a::b<'c>",
        ] {
            assert!(wrong_with_type(path).is_some(), "{path}");
        }
        let deep = format!("a::{}b{}", "c<".repeat(100_000), ">".repeat(100_000));
        assert!(wrong_with_type(&deep).is_some());
        assert!(wrong_with_plain("a::b<c>").is_some());
        assert_eq!(wrong_with_plain("schemars::JsonSchema"), None);
    }
}
