//! What a description says, seen as pages say it.
//!
//! It is looked at as it was written, so that every place is one of the text; a schema is looked into
//! only where a page has something to hold against it, so recursion is no problem.

use serde_json::Value;

use crate::facts::ParameterLocation;
use codegen::pointer::push;
use codegen::pointer::{get as value_at, local as pointer_of};

/// A description, checked and as it was written.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) root: Value,
}

/// An operation of a description.
#[derive(Clone, Debug)]
pub(super) struct SpecOperation {
    /// In upper case.
    pub(super) method: String,
    pub(super) path: String,
    pub(super) pointer: String,
    /// The path item that it belongs to.
    item: String,
    pub(super) tags: Vec<String>,
}

/// A parameter of a description.
#[derive(Clone, Debug)]
pub(super) struct SpecParameter {
    pub(super) name: String,
    pub(super) place: ParameterLocation,
    pub(super) required: bool,
    pub(super) pointer: String,
    pub(super) schema: Option<String>,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub(super) struct SpecMember {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) pointer: String,
}

/// What a schema says.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) kind: SpecKind,
    /// The place that says it.
    pub(super) pointer: String,
    pub(super) nullable: bool,
}

#[derive(Clone, Debug)]
pub(super) enum SpecKind {
    /// Text, and the format of it.
    String(Option<String>),
    Integer,
    Number,
    Boolean,
    Null,
    Any,
    /// Values with their places.
    Enum(Vec<(Value, String)>),
    /// The items' schema.
    Array(Option<String>),
    /// The values' schema.
    Map(Option<String>),
    /// The members, and whether there may be others.
    Object(Vec<SpecMember>, bool),
    Union(Vec<View>),
}

/// Schemas that say together what one is, at most.
const MOST_PARTS: usize = 200;

/// References in a row, and unions within unions.
const DEEPEST: usize = 32;

impl Spec {
    pub(super) fn get(&self, pointer: &str) -> Option<&Value> {
        value_at(&self.root, pointer)
    }

    fn text(&self, pointer: &str, key: &str) -> Option<&str> {
        self.get(pointer)?.get(key)?.as_str()
    }

    fn flag(&self, pointer: &str, key: &str) -> bool {
        let value = self.get(pointer).and_then(|it| it.get(key));
        value.and_then(Value::as_bool).unwrap_or_default()
    }

    /// The place that a chain of references ends at.
    fn resolved(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for _ in 0..DEEPEST {
            let Some(target) = self.text(&pointer, "$ref").and_then(pointer_of) else {
                break;
            };
            pointer = target.into_owned();
        }
        pointer
    }

    /// All operations, in the order of the text.
    pub(super) fn operations(&self) -> Vec<SpecOperation> {
        const METHODS: [&str; 8] = [
            "get", "put", "post", "delete", "options", "head", "patch", "trace",
        ];
        let mut operations = Vec::new();
        let paths = self.get("/paths").and_then(Value::as_object);
        for path in paths.into_iter().flat_map(serde_json::Map::keys) {
            let item = self.resolved(&push("/paths", path));
            let members = self.get(&item).and_then(Value::as_object);
            for (key, operation) in members.into_iter().flatten() {
                if !METHODS.contains(&key.as_str()) {
                    continue;
                }
                let tags = operation.get("tags").and_then(Value::as_array);
                let tags = tags.into_iter().flatten().filter_map(Value::as_str);
                operations.push(SpecOperation {
                    method: key.to_ascii_uppercase(),
                    path: path.clone(),
                    pointer: push(&item, key),
                    item: item.clone(),
                    tags: tags.map(str::to_owned).collect(),
                });
            }
        }
        operations
    }

    /// The parameters of an operation, with those of its path item.
    pub(super) fn parameters(&self, operation: &SpecOperation) -> Vec<SpecParameter> {
        let mut found: Vec<SpecParameter> = Vec::new();
        for owner in [&operation.pointer, &operation.item] {
            let list = push(owner, "parameters");
            let count = self
                .get(&list)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..count {
                let pointer = self.resolved(&push(&list, &index.to_string()));
                let Some(parameter) = self.parameter(pointer) else {
                    continue;
                };
                let is_same =
                    |it: &SpecParameter| it.name == parameter.name && it.place == parameter.place;
                if !found.iter().any(is_same) {
                    found.push(parameter);
                }
            }
        }
        found
    }

    fn parameter(&self, pointer: String) -> Option<SpecParameter> {
        let place = match self.text(&pointer, "in")? {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            "cookie" => ParameterLocation::Cookie,
            _ => return None,
        };
        let name = self.text(&pointer, "name")?.to_owned();
        // OpenAPI 3.1, "Parameter Object": definitions of these are ignored.
        let ignored = ["accept", "content-type", "authorization"];
        if place == ParameterLocation::Header
            && ignored.contains(&name.to_ascii_lowercase().as_str())
        {
            return None;
        }
        let own = push(&pointer, "schema");
        let schema = match self.get(&own) {
            Some(_) => Some(own),
            None => self.content(&pointer).and_then(|(_, schema)| schema),
        };
        Some(SpecParameter {
            required: self.flag(&pointer, "required"),
            name,
            place,
            schema,
            pointer,
        })
    }

    /// What is sent: its place, its media type and its schema.
    pub(super) fn body(
        &self,
        operation: &SpecOperation,
    ) -> Option<(String, String, Option<String>)> {
        let pointer = push(&operation.pointer, "requestBody");
        self.get(&pointer)?;
        let pointer = self.resolved(&pointer);
        let (media, schema) = self.content(&pointer)?;
        Some((pointer, media, schema))
    }

    /// What the first success returns: its place, its media type and its schema.
    pub(super) fn response(
        &self,
        operation: &SpecOperation,
    ) -> Option<(String, String, Option<String>)> {
        let responses = push(&operation.pointer, "responses");
        let keys = self.get(&responses)?.as_object()?.keys();
        let mut statuses: Vec<&String> = keys.filter(|it| it.starts_with('2')).collect();
        statuses.sort();
        for status in statuses {
            let pointer = self.resolved(&push(&responses, status));
            if let Some((media, schema)) = self.content(&pointer) {
                return Some((pointer, media, schema));
            }
        }
        None
    }

    /// The media type that counts of a `content`, JSON before others, and its schema.
    fn content(&self, pointer: &str) -> Option<(String, Option<String>)> {
        let content = push(pointer, "content");
        let types = self.get(&content)?.as_object()?;
        let json = types.keys().find(|it| is_json(it));
        let media = json.or_else(|| types.keys().next())?;
        let schema = push(&push(&content, media), "schema");
        let schema = self.get(&schema).is_some().then_some(schema);
        Some((media.clone(), schema))
    }

    /// The pointers of the named schemas, with their names.
    pub(super) fn components(&self) -> Vec<(String, String)> {
        let schemas = self.get("/components/schemas").and_then(Value::as_object);
        let names = schemas.into_iter().flat_map(serde_json::Map::keys);
        names
            .map(|name| (name.clone(), push("/components/schemas", name)))
            .collect()
    }

    /// Whether a field never goes this way.
    pub(super) fn goes_the_other_way(&self, pointer: &str, sent: bool) -> bool {
        let keyword = if sent { "readOnly" } else { "writeOnly" };
        self.flag(pointer, keyword) || self.flag(&self.resolved(pointer), keyword)
    }

    /// What the schema at a pointer says.
    pub(super) fn view(&self, pointer: &str) -> View {
        self.view_at(pointer, 0)
    }

    fn view_at(&self, pointer: &str, depth: usize) -> View {
        let mut parts = Parts::default();
        self.gather(pointer, &mut parts, depth);
        let kind = self.kind(&mut parts, pointer, depth);
        let place = parts.place.take();
        View {
            kind,
            pointer: place.unwrap_or_else(|| pointer.to_owned()),
            nullable: parts.nullable,
        }
    }

    /// Gathers the schemas that hold together with the one at a pointer.
    fn gather(&self, pointer: &str, parts: &mut Parts, depth: usize) {
        let is_there = parts.pointers.iter().any(|it| it == pointer);
        if is_there || depth > DEEPEST || parts.pointers.len() > MOST_PARTS {
            return;
        }
        parts.pointers.push(pointer.to_owned());
        let Some(schema) = self.get(pointer) else {
            return;
        };
        parts.nullable |= schema.get("nullable") == Some(&Value::Bool(true));
        if let Some(target) = self.text(pointer, "$ref").and_then(pointer_of) {
            self.gather(&target, parts, depth + 1);
        }
        let members = |keyword: &str| -> Vec<String> {
            let list = push(pointer, keyword);
            let count = schema.get(keyword).and_then(Value::as_array);
            let indices = 0..count.map_or(0, Vec::len);
            indices.map(|it| push(&list, &it.to_string())).collect()
        };
        for member in members("allOf") {
            self.gather(&member, parts, depth + 1);
        }
        for keyword in ["anyOf", "oneOf"] {
            let all = members(keyword);
            let (nulls, others): (Vec<String>, Vec<String>) =
                all.into_iter().partition(|it| self.is_null(it));
            parts.nullable |= !nulls.is_empty();
            match &others[..] {
                [] => {}
                [only] => self.gather(only, parts, depth + 1),
                _ => parts.unions.push((push(pointer, keyword), others)),
            }
        }
    }

    fn is_null(&self, pointer: &str) -> bool {
        let pointer = self.resolved(pointer);
        let schema = self.get(&pointer);
        schema.is_some_and(|it| {
            it.get("type").and_then(Value::as_str) == Some("null")
                || it.get("const") == Some(&Value::Null)
                || it.get("enum") == Some(&Value::Array(vec![Value::Null]))
        })
    }

    fn kind(&self, parts: &mut Parts, pointer: &str, depth: usize) -> SpecKind {
        let pointers = std::mem::take(&mut parts.pointers);
        let first = |keyword: &str| {
            let mut all = pointers.iter();
            all.find(|it| self.get(it).is_some_and(|it| it.get(keyword).is_some()))
        };
        if let Some(at) = first("const")
            && let Some(value) = self.get(at).and_then(|it| it.get("const"))
        {
            parts.place = Some(at.clone());
            return SpecKind::Enum(vec![(value.clone(), push(at, "const"))]);
        }
        if let Some(at) = first("enum") {
            parts.place = Some(at.clone());
            return self.values(at, parts);
        }
        let types = self.types(&pointers, parts);
        let is = |name: &str| types.iter().any(|(_, it)| it == name);
        let object = first("properties").filter(|_| types.is_empty() || is("object"));
        if let Some(at) = object {
            parts.place = Some(at.clone());
            return self.object(&pointers);
        }
        if let Some((at, alternatives)) = parts.unions.first() {
            parts.place = Some(at.clone());
            let views = alternatives.iter().map(|it| self.view_at(it, depth + 1));
            let mut flat = Vec::new();
            for view in views {
                parts.nullable |= view.nullable;
                match view.kind {
                    SpecKind::Union(inner) => flat.extend(inner),
                    _ => flat.push(view),
                }
            }
            return joined(flat);
        }
        if let [(at, _), _, ..] = &types[..] {
            parts.place = Some(at.clone());
            let views = types.iter().map(|(at, name)| View {
                kind: self.simple(name, &pointers),
                pointer: at.clone(),
                nullable: false,
            });
            return SpecKind::Union(views.collect());
        }
        let place = match types.first() {
            Some((at, _)) => Some(at.clone()),
            None => first("items")
                .or_else(|| first("additionalProperties"))
                .cloned(),
        };
        parts.place = Some(place.unwrap_or_else(|| pointer.to_owned()));
        match types.first() {
            Some((_, name)) => self.simple(name, &pointers),
            None if first("items").is_some() => self.simple("array", &pointers),
            None if first("additionalProperties").is_some() => self.simple("object", &pointers),
            None => SpecKind::Any,
        }
    }

    fn values(&self, at: &str, parts: &mut Parts) -> SpecKind {
        let list = push(at, "enum");
        let values = self.get(&list).and_then(Value::as_array);
        let mut found = Vec::new();
        for (index, value) in values.into_iter().flatten().enumerate() {
            if value.is_null() {
                parts.nullable = true;
            } else {
                found.push((value.clone(), push(&list, &index.to_string())));
            }
        }
        SpecKind::Enum(found)
    }

    /// The types that the parts allow, `null` left aside, each with the part that says so.
    fn types(&self, pointers: &[String], parts: &mut Parts) -> Vec<(String, String)> {
        for pointer in pointers {
            let names: Vec<&str> = match self.get(pointer).and_then(|it| it.get("type")) {
                Some(Value::String(name)) => vec![name],
                Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            parts.nullable |= names.len() > 1 && names.contains(&"null");
            let types = names
                .iter()
                .filter(|it| **it != "null" || names.len() == 1)
                .map(|it| (pointer.clone(), (*it).to_owned()));
            return types.collect();
        }
        Vec::new()
    }

    fn simple(&self, name: &str, pointers: &[String]) -> SpecKind {
        let found = |keyword: &str| {
            let mut all = pointers.iter().map(|it| push(it, keyword));
            all.find(|it| self.get(it).is_some())
        };
        match name {
            "string" => {
                let format = pointers.iter().find_map(|it| self.text(it, "format"));
                SpecKind::String(format.map(str::to_owned))
            }
            "integer" => SpecKind::Integer,
            "number" => SpecKind::Number,
            "boolean" => SpecKind::Boolean,
            "null" => SpecKind::Null,
            "array" => SpecKind::Array(found("items")),
            "object" => {
                let values = found("additionalProperties");
                SpecKind::Map(values.filter(|it| self.get(it).is_some_and(Value::is_object)))
            }
            _ => SpecKind::Any,
        }
    }

    fn object(&self, pointers: &[String]) -> SpecKind {
        let mut members: Vec<SpecMember> = Vec::new();
        let mut required: Vec<&str> = Vec::new();
        let mut open = false;
        for pointer in pointers {
            let Some(schema) = self.get(pointer) else {
                continue;
            };
            let names = schema.get("required").and_then(Value::as_array);
            required.extend(names.into_iter().flatten().filter_map(Value::as_str));
            open |= schema
                .get("additionalProperties")
                .is_some_and(|it| *it != Value::Bool(false));
            let own = push(pointer, "properties");
            let properties = schema.get("properties").and_then(Value::as_object);
            for name in properties.into_iter().flat_map(serde_json::Map::keys) {
                if members.iter().all(|it| it.name != *name) {
                    members.push(SpecMember {
                        name: name.clone(),
                        required: false,
                        pointer: push(&own, name),
                    });
                }
            }
        }
        for member in &mut members {
            member.required = required.contains(&member.name.as_str());
        }
        SpecKind::Object(members, open)
    }
}

/// Values of several alternatives are values of one.
fn joined(views: Vec<View>) -> SpecKind {
    let is_enum = |it: &View| matches!(it.kind, SpecKind::Enum(_));
    if !views.iter().all(is_enum) {
        return SpecKind::Union(views);
    }
    let values = views.into_iter().flat_map(|view| match view.kind {
        SpecKind::Enum(values) => values,
        _ => Vec::new(),
    });
    SpecKind::Enum(values.collect())
}

/// The schemas that say together what one is.
#[derive(Default)]
struct Parts {
    pointers: Vec<String>,
    /// Alternatives of which one holds, too.
    unions: Vec<(String, Vec<String>)>,
    nullable: bool,
    place: Option<String>,
}

/// Whether a media type is JSON (RFC 6839 section 3.1).
pub(super) fn is_json(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/json") || media.ends_with("+json")
}
