//! The descriptions to measure with.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::bench::Setting;
use crate::bench::report::{self, Unit};
use crate::corpus::documents::find;
use crate::failure::Failure;

/// Sizes that descriptions are made in, in bytes.
const MADE: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// Of the descriptions of a folder, the one nearest to each of these sizes, in bytes.
const WANTED: [u64; 7] = [
    10_000, 30_000, 100_000, 300_000, 1_000_000, 3_500_000, 10_000_000,
];

/// So many kinds of things share a tag.
const KINDS_PER_TAG: usize = 10;

/// A description to measure with.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    /// Whether it was made for this, as one of several sizes.
    pub(super) made: bool,
}

impl Document {
    /// The file that it is converted to, in its own format.
    pub(super) fn converted_name(&self) -> &'static str {
        match self.path.extension() {
            Some(ending) if ending == "json" => "converted.json",
            _ => "converted.yaml",
        }
    }

    /// Its size, for people.
    pub(super) fn size(&self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
        let bytes = self.bytes as f64;
        report::shown(Unit::Bytes, bytes)
    }
}

/// The project's own description, those made in several sizes, and some of the folder that was given.
pub(super) fn all(setting: &Setting, work: &Path) -> Result<Vec<Document>, Failure> {
    let own = crate::input::workspace().join("spec/batches.yaml");
    let mut documents = vec![document("batches".to_owned(), own, false)?];
    for bytes in MADE {
        let name = format!("made-{bytes}");
        let path = work.join(&name).with_extension("json");
        let text = made(bytes).to_string();
        fs::write(&path, text).map_err(|error| super::cannot("write", &path, &error))?;
        documents.push(document(name, path, true)?);
    }
    if let Some(folder) = &setting.documents {
        documents.extend(spread(folder)?);
    }
    Ok(documents)
}

fn document(name: String, path: PathBuf, made: bool) -> Result<Document, Failure> {
    let metadata = fs::metadata(&path).map_err(|error| super::cannot("read", &path, &error))?;
    Ok(Document {
        name,
        path,
        bytes: metadata.len(),
        made,
    })
}

/// Descriptions of all sizes from a folder.
fn spread(folder: &Path) -> Result<Vec<Document>, Failure> {
    let mut all = Vec::new();
    for found in find(folder)? {
        all.push(document(found.name.replace('/', "-"), found.spec, false)?);
    }
    let mut taken: Vec<Document> = Vec::new();
    for wanted in WANTED {
        // How many times as large, whichever is the larger one.
        let apart = |it: &&Document| it.bytes.max(wanted) * 1_000 / it.bytes.min(wanted).max(1);
        if let Some(nearest) = all.iter().min_by_key(apart)
            && taken.iter().all(|it| it.name != nearest.name)
        {
            taken.push(nearest.clone());
        }
    }
    Ok(taken)
}

/// A description of about so many bytes: as many kinds of things as it takes, each with its operations
/// and types, none of which knows another kind.
pub(super) fn made(bytes: usize) -> Value {
    let one = paths(0).into_iter().chain(schemas(0));
    let size: usize = one.map(|(key, value)| key.len() + value.to_string().len() + 4).sum();
    let kinds = 0..(bytes / size).max(1);
    let paths: Map<String, Value> = kinds.clone().flat_map(paths).collect();
    let schemas: Map<String, Value> = kinds.flat_map(schemas).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Made", "version": "1.0.0" },
        "servers": [{ "url": "https://api.example.com" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } }
        }
    })
}

fn paths(kind: usize) -> Vec<(String, Value)> {
    let tag = format!("group{}", kind / KINDS_PER_TAG);
    let answer = |schema: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}{kind}") });
        json!({
            "200": { "description": "It worked.",
                "content": { "application/json": { "schema": schema } } },
            "404": { "description": "There is no such thing." }
        })
    };
    let body = json!({ "required": true, "content": { "application/json": {
        "schema": { "$ref": format!("#/components/schemas/NewThing{kind}") } } } });
    let id = json!({ "name": "thing_id", "in": "path", "required": true,
        "description": "Which of them.", "schema": { "type": "string" } });
    let limit = json!({ "name": "limit", "in": "query",
        "description": "How many there may be on a page.",
        "schema": { "type": "integer", "maximum": 100, "default": 20 } });
    vec![
        (
            format!("/things{kind}"),
            json!({
                "get": { "operationId": format!("listThings{kind}"), "tags": [tag],
                    "summary": "Lists things, the newest first.",
                    "parameters": [limit], "responses": answer("ThingPage") },
                "post": { "operationId": format!("createThing{kind}"), "tags": [tag],
                    "summary": "Makes a thing.", "requestBody": body,
                    "responses": answer("Thing") }
            }),
        ),
        (
            format!("/things{kind}/{{thing_id}}"),
            json!({
                "parameters": [id],
                "get": { "operationId": format!("getThing{kind}"), "tags": [tag],
                    "summary": "Looks a thing up.",
                    "responses": answer("Thing") },
                "patch": { "operationId": format!("updateThing{kind}"), "tags": [tag],
                    "summary": "Changes what is given, and leaves all else.", "requestBody": body,
                    "responses": answer("Thing") },
                "delete": { "operationId": format!("deleteThing{kind}"), "tags": [tag],
                    "summary": "Removes a thing.",
                    "responses": { "204": { "description": "It is gone." } } }
            }),
        ),
    ]
}

fn schemas(kind: usize) -> Vec<(String, Value)> {
    let named = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}{kind}") });
    let text = |description: &str| json!({ "type": "string", "description": description });
    let time = json!({ "type": "string", "format": "date-time",
        "description": "When it was made, as the server's clock had it." });
    let labels = json!({ "type": "object", "additionalProperties": { "type": "string" },
        "description": "Words of its owner's, by **name**." });
    let part = |of: &str| {
        json!({ "type": "object", "required": ["kind"], "properties": {
            "kind": { "type": "string", "enum": [of] },
            "width": { "type": "number" }, "height": { "type": "number" } } })
    };
    vec![
        (
            format!("Thing{kind}"),
            json!({ "type": "object", "description": "A thing, and what is known of it.",
                "required": ["id", "name", "status", "created_at"],
                "properties": {
                    "id": text("What it is told apart by."), "name": text("What people call it."),
                    "status": named("Status"), "created_at": time, "labels": labels,
                    "note": { "type": "string", "nullable": true, "maxLength": 1000 },
                    "parts": { "type": "array", "items": named("Part"), "description": "In order." },
                    "total": { "type": "integer", "format": "int64", "minimum": 0 },
                    "open": { "type": "boolean", "default": true },
                    "owner": { "type": "object", "required": ["name"],
                        "properties": { "name": text("The first and the last."), "mail": text("") } }
                } }),
        ),
        (
            format!("NewThing{kind}"),
            json!({ "type": "object", "required": ["name"], "properties": {
                "name": text("What people are to call it."), "labels": labels,
                "parts": { "type": "array", "items": named("Part") } } }),
        ),
        (
            format!("ThingPage{kind}"),
            json!({ "type": "object", "required": ["items"], "properties": {
                "items": { "type": "array", "items": named("Thing") },
                "next_page_token": { "type": "string", "nullable": true } } }),
        ),
        (
            format!("Status{kind}"),
            json!({ "type": "string", "enum": ["waiting", "running", "done", "failed"],
                "description": "How far it is." }),
        ),
        (
            format!("Part{kind}"),
            json!({ "oneOf": [named("Round"), named("Square")], "discriminator": {
                "propertyName": "kind", "mapping": {
                    "round": format!("#/components/schemas/Round{kind}"),
                    "square": format!("#/components/schemas/Square{kind}") } } }),
        ),
        (format!("Round{kind}"), part("round")),
        (format!("Square{kind}"), part("square")),
    ]
}

#[cfg(test)]
mod tests {
    use super::{MADE, made};

    #[test]
    fn what_is_made_has_the_size_that_was_asked_for() {
        for wanted in &MADE[..3] {
            let bytes = made(*wanted).to_string().len();
            assert!(bytes > wanted / 2 && bytes < wanted * 3 / 2, "{bytes}");
        }
    }
}
