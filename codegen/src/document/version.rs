//! Which version of OpenAPI a document says it is written in.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Origin, WarningCode};

/// Checks the version, and gives a warning where it is newer than what is known.
///
/// Conversion goes by what a document holds and not by this line: many documents say 3.0 and use forms of 3.1.
pub(crate) fn check(root: &Map<String, Value>) -> Result<Option<Diagnostic>, Box<Diagnostic>> {
    if let Some(swagger) = root.get("swagger")
        && !root.contains_key("openapi")
    {
        let version = swagger
            .as_str()
            .map_or_else(|| swagger.to_string(), str::to_owned);
        return Err(error(
            "/swagger",
            format!("this is Swagger {version}, which is not supported"),
        )
        .label("expected `swagger: \"2.0\"`, or `openapi: 3.0.x`, `3.1.x` or `3.2.x`")
        .help("convert it to a newer version first")
        .into());
    }
    if let Some(error) = other_format(root) {
        return Err(Box::new(error));
    }
    let Some(openapi) = root.get("openapi") else {
        return Err(error(
            "",
            "`openapi` is missing: this is not an OpenAPI description",
        )
        .label("expected the key `openapi` with a version")
        .help("add a first line such as `openapi: 3.1.0`")
        .into());
    };
    // YAML makes a number of `3.1` without quotes.
    let text = match openapi {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let mut parts = text.trim().split('.');
    match (parts.next(), parts.next().map(minor)) {
        (Some("3"), Some("0" | "1" | "2") | None) => Ok(None),
        (Some("3"), Some(newer)) => Ok(Some(
            Diagnostic::warning(
                WarningCode::NewerVersion,
                Origin::Spec,
                "/openapi",
                format!("OpenAPI 3.{newer} is read as 3.2"),
            )
            .label(format!("new keywords of 3.{newer} are ignored")),
        )),
        _ => Err(
            error("/openapi", format!("unknown OpenAPI version `{text}`"))
                .label("expected 3.0.x, 3.1.x or 3.2.x")
                .into(),
        ),
    }
}

/// Formats that are easily taken for OpenAPI, by a key of their own.
fn other_format(root: &Map<String, Value>) -> Option<Diagnostic> {
    if root.contains_key("openapi") {
        return None;
    }
    let is_postman = root
        .get("info")
        .and_then(|it| it.get("_postman_id"))
        .is_some();
    let (pointer, name, help) = if root.contains_key("asyncapi") {
        (
            "/asyncapi",
            "an AsyncAPI document",
            "AsyncAPI describes messages, not HTTP requests",
        )
    } else if root.contains_key("arazzo") {
        (
            "/arazzo",
            "an Arazzo document",
            "pass the description that it refers to",
        )
    } else if root.contains_key("overlay") {
        (
            "/overlay",
            "an OpenAPI Overlay",
            "list it under `overlays` in the configuration, or pass it as `--overlay`",
        )
    } else if is_postman {
        (
            "/info/_postman_id",
            "a Postman collection",
            "export it as OpenAPI first",
        )
    } else {
        return None;
    };
    let message = format!("this is {name}, not an OpenAPI description");
    Some(
        error(pointer, message)
            .label("expected the key `openapi`")
            .help(help),
    )
}

/// The minor version without what a release candidate adds: `0-rc1` is `0`.
fn minor(part: &str) -> &str {
    part.split(['-', '+']).next().unwrap_or(part)
}

fn error(pointer: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Origin::Spec, pointer, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn outcome(value: &Value) -> String {
        match check(value.as_object().unwrap()) {
            Ok(None) => "known".to_owned(),
            Ok(Some(warning)) => warning.message,
            Err(error) => error.message,
        }
    }

    #[test]
    fn versions() {
        assert_eq!(outcome(&json!({"openapi": "3.0.3"})), "known");
        assert_eq!(outcome(&json!({"openapi": "3.1.0"})), "known");
        assert_eq!(outcome(&json!({"openapi": 3.1})), "known");
        assert_eq!(outcome(&json!({"openapi": "3.0-rc1"})), "known");
        assert_eq!(outcome(&json!({"openapi": 3})), "known");
        assert_eq!(outcome(&json!({"openapi": "3.2.0"})), "known");
        assert!(outcome(&json!({"openapi": "3.3.0"})).contains("is read as 3.2"));
        assert!(outcome(&json!({"openapi": "4.0.0"})).contains("unknown OpenAPI version `4.0.0`"));
        assert!(outcome(&json!({"openapi": null})).contains("unknown OpenAPI version"));
        assert!(outcome(&json!({"swagger": "1.2"})).contains("this is Swagger 1.2"));
        assert!(outcome(&json!({"overlay": "1.0.0"})).contains("this is an OpenAPI Overlay"));
        assert!(outcome(&json!({"info": {}})).contains("`openapi` is missing"));
    }
}
