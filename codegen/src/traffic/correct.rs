//! What each deviation changes in the description.

use serde_json::{Map, Value, json};

use crate::names::Scope;
use crate::pointer::{push, split_last};

use super::bodies::schema_of;
use super::corrections::Corrections;
use super::finding::{DeviationKind, Evidence, Findings, Found, Key};
use super::places::Places;

/// The overlay that corrects what was found, and what it doesn't correct; none if it corrects nothing.
pub(super) fn overlay(root: &Value, findings: &Findings, title: &str) -> Option<String> {
    let mut corrector = Corrector {
        is_3_0: Places { root }.is_3_0(),
        done: Corrections::new(root.clone()),
    };
    let mut found: Vec<(&Key, &Found)> = findings.found.iter().collect();
    // A schema that is replaced takes along what was changed in it before.
    found.sort_by_key(|((kind, pointer, _), _)| {
        let is_last = matches!(
            kind,
            DeviationKind::WrongType | DeviationKind::UnknownVariant
        );
        let depth = pointer.matches('/').count();
        (is_last, if is_last { usize::MAX - depth } else { 0 })
    });
    for ((kind, pointer, about), found) in found {
        let is_done = corrector.correct(*kind, pointer, about, found);
        if !is_done {
            corrector.done.by_hand.push(found.message.clone());
        }
    }
    let done = corrector.done;
    (!done.is_empty()).then(|| done.overlay(title))
}

struct Corrector {
    is_3_0: bool,
    done: Corrections,
}

impl Corrector {
    fn correct(&mut self, kind: DeviationKind, pointer: &str, about: &str, found: &Found) -> bool {
        let (why, evidence) = (found.message.as_str(), &found.evidence);
        match kind {
            DeviationKind::MissingField => {
                for owner in &evidence.owners {
                    self.done.remove_item(&push(owner, "required"), about, why);
                }
                !evidence.owners.is_empty()
            }
            DeviationKind::NullValue => self.nullable(pointer, why),
            DeviationKind::UnknownField => {
                let is_shown = about != super::secrets::REDACTED;
                if is_shown {
                    let schema = evidence.schema.schema(self.is_3_0);
                    self.done
                        .update(pointer, json!({"properties": {about: schema}}), why);
                }
                is_shown
            }
            DeviationKind::UnknownValue => match &evidence.value {
                Some(value) => self.value(pointer, value, why),
                None => false,
            },
            DeviationKind::UnknownVariant => self.variant(pointer, evidence, why),
            DeviationKind::WrongType => self.other_type(pointer, evidence, why),
            DeviationKind::InvalidBody => false,
            DeviationKind::UndocumentedStatus => {
                self.done.update(pointer, self.responses(evidence), why);
                true
            }
            DeviationKind::UndocumentedMediaType => {
                let contents = evidence.responses.values();
                for (media, inferred) in contents.flatten() {
                    let schema = schema_of(inferred.as_ref(), media, self.is_3_0);
                    let content = json!({"content": {media: {"schema": schema}}});
                    self.done.update(pointer, content, why);
                }
                true
            }
            DeviationKind::UndocumentedParameter => {
                for (name, schema) in &evidence.parameters {
                    let parameter = json!({"name": name, "in": "query", "schema": schema});
                    let update = json!({"parameters": [parameter]});
                    self.done.update(pointer, update, why);
                }
                !evidence.parameters.is_empty()
            }
            DeviationKind::MissingParameter => {
                self.done.update(pointer, json!({"required": false}), why);
                true
            }
            DeviationKind::UndocumentedOperation => self.operation(about, evidence, why),
        }
    }

    /// Makes `null` one of the values of the schema at a pointer.
    fn nullable(&mut self, pointer: &str, why: &str) -> bool {
        let Some(schema) = self.done.get(pointer).and_then(Value::as_object).cloned() else {
            return false;
        };
        let null_type = json!({"type": "null"});
        if let Some(reference) = schema.get("$ref") {
            let reference = json!({"$ref": reference});
            self.done.remove(&push(pointer, "$ref"), why);
            let update = if self.is_3_0 {
                json!({"allOf": [reference], "nullable": true})
            } else {
                json!({"anyOf": [reference, null_type]})
            };
            self.done.update(pointer, update, why);
            return true;
        }
        if self.is_3_0 {
            self.done.update(pointer, json!({"nullable": true}), why);
            return true;
        }
        if let Some(kind) = schema.get("type") {
            let kinds = match kind {
                Value::Array(kinds) => kinds.iter().cloned().chain([json!("null")]).collect(),
                kind => vec![kind.clone(), json!("null")],
            };
            self.done.remove(&push(pointer, "type"), why);
            self.done.update(pointer, json!({"type": kinds}), why);
            if schema.get("enum").is_some_and(Value::is_array) {
                self.done.update(pointer, json!({"enum": [null]}), why);
            }
            return true;
        }
        for keyword in ["oneOf", "anyOf"] {
            if schema.contains_key(keyword) {
                self.done
                    .update(pointer, json!({keyword: [null_type]}), why);
                return true;
            }
        }
        let update = json!({"anyOf": [schema, null_type]});
        self.done.replace(pointer, update, why)
    }

    /// Adds a value to the enum at a pointer, or to the values of a schema there.
    fn value(&mut self, pointer: &str, value: &Value, why: &str) -> bool {
        let list = |value: &Value| json!([value]);
        if self.done.get(pointer).is_some_and(Value::is_array) {
            self.done.update(pointer, list(value), why);
            return true;
        }
        let places = Places {
            root: self.done.root(),
        };
        if let Some(listed) = places.keyword(pointer, "enum") {
            self.done.update(&listed, list(value), why);
            return true;
        }
        if let Some(constant) = places.keyword(pointer, "const") {
            let old = self.done.get(&constant).cloned();
            let Some((schema, _)) = split_last(&constant) else {
                return false;
            };
            let schema = schema.to_owned();
            self.done.remove(&constant, why);
            self.done
                .update(&schema, json!({"enum": [old, value]}), why);
            return true;
        }
        false
    }

    /// Adds a variant to the union at a pointer.
    fn variant(&mut self, pointer: &str, evidence: &Evidence, why: &str) -> bool {
        let places = Places {
            root: self.done.root(),
        };
        let found = ["oneOf", "anyOf"].map(|keyword| places.keyword(pointer, keyword));
        let Some(list) = found.into_iter().flatten().next() else {
            return false;
        };
        let Some((union, _)) = split_last(&list) else {
            return false;
        };
        let union = union.to_owned();
        let mut schema = evidence.schema.schema(self.is_3_0);
        let (Some(tag), Some(value)) = (&evidence.tag, &evidence.value) else {
            if evidence.tag.is_some() {
                return false;
            }
            self.done.update(&list, json!([schema]), why);
            return true;
        };
        if let Some(property) = schema.pointer_mut(&push("/properties", tag)) {
            *property = json!({"type": property.get("type"), "enum": [value]});
        }
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("required".to_owned(), json!([tag]));
        }
        let discriminator = push(&union, "discriminator");
        if self.done.get(&discriminator).is_none() {
            self.done.update(&list, json!([schema]), why);
            return true;
        }
        // A discriminator names components.
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let schemas = self.done.get("/components/schemas");
        let taken = schemas.and_then(Value::as_object);
        let taken: Vec<&str> = taken
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        let mut scope = Scope::new(&taken);
        let name = scope.name(
            &[&capitalized(&text), &capitalized(&format!("other {text}"))],
            "Variant",
        );
        let name = name.as_str().to_owned();
        let reference = format!("#/components/schemas/{name}");
        self.done
            .update("/components/schemas", json!({&name: schema}), why);
        self.done.update(&list, json!([{"$ref": &reference}]), why);
        self.done
            .update(&discriminator, json!({"mapping": {&text: &reference}}), why);
        true
    }

    /// Makes values of another type some of those of the schema at a pointer.
    fn other_type(&mut self, pointer: &str, evidence: &Evidence, why: &str) -> bool {
        let Some(old) = self.done.get(pointer).cloned() else {
            return false;
        };
        if old.get("type").is_some_and(|it| it == "integer") && evidence.schema.is_number() {
            if old.get("format").is_some() {
                self.done.remove(&push(pointer, "format"), why);
            }
            self.done.update(pointer, json!({"type": "number"}), why);
            return true;
        }
        let new = evidence.schema.schema(self.is_3_0);
        // Another type was added before.
        if let Some(variants) = old.get("oneOf").filter(|_| old.get("type").is_none())
            && old.as_object().is_some_and(|it| it.len() == 1)
        {
            if variants.as_array().is_some_and(|it| it.contains(&new)) {
                return true;
            }
            self.done.update(pointer, json!({"oneOf": [new]}), why);
            return true;
        }
        self.done
            .replace(pointer, json!({"oneOf": [old, new]}), why)
    }

    /// Responses that aren't described.
    fn responses(&self, evidence: &Evidence) -> Value {
        let mut responses = Map::new();
        for (status, contents) in &evidence.responses {
            let mut response = json!({"description": "Found in recorded traffic."});
            for (media, inferred) in contents {
                let schema = match &evidence.reference {
                    Some(reference) => reference.clone(),
                    None => schema_of(inferred.as_ref(), media, self.is_3_0),
                };
                response["content"][media] = json!({"schema": schema});
            }
            responses.insert(status.to_string(), response);
        }
        responses.into()
    }

    /// Adds an operation, whose method and path these are.
    fn operation(&mut self, route: &str, evidence: &Evidence, why: &str) -> bool {
        let Some((method, path)) = route.split_once(' ') else {
            return false;
        };
        let method = method.to_ascii_lowercase();
        let in_path = crate::path_template::names_in(path).into_iter();
        let in_path = in_path.map(|name| {
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
        });
        let in_query = evidence.parameters.iter();
        let in_query =
            in_query.map(|(name, schema)| json!({"name": name, "in": "query", "schema": schema}));
        let parameters: Vec<Value> = in_path.chain(in_query).collect();
        let mut operation = Map::new();
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), parameters.into());
        }
        let body = evidence.schema.schema(self.is_3_0);
        if body.as_object().is_some_and(|it| !it.is_empty()) {
            let content = json!({"content": {"application/json": {"schema": body}}});
            operation.insert("requestBody".to_owned(), content);
        }
        operation.insert("responses".to_owned(), self.responses(evidence));
        let update = json!({path: {method: operation}});
        self.done.update("/paths", update, why);
        true
    }
}

/// Words as one name, as schemas are named: `bank_transfer` gives `BankTransfer`.
fn capitalized(text: &str) -> String {
    let words = text.split(|it: char| !it.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}
