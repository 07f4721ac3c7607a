//! Shapes to schemas: one named schema for each that objects and lists of values have in common.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::declared::Declared;
use crate::facts::{At, Form, Kind, Literal, Member, Object, Shape};
use crate::{Note, NoteKind, PagePlace, Pages};
use codegen::names::{pascal_case, snake_case};

use super::evidence::{Evidence, Known, innermost, structure};
use super::naming::singular;
use super::yaml::COMMENT;

/// The named schemas of a draft, while they are made.
pub(super) struct Schemas<'p> {
    pages: &'p Pages<'p>,
    known: &'p Known,
    declared: Declared<'p>,
    /// Names that a page has for what looks like this, where it has one alone.
    titles: HashMap<String, Option<&'p str>>,
    /// In the order in which they were met.
    pub(super) named: Vec<(String, Value)>,
    by_text: HashMap<String, String>,
    /// By what pages call them, and the names of their fields.
    by_page_name: HashMap<String, String>,
    taken: HashSet<String>,
    /// Schemas of types that are described elsewhere, by name and by whether they are in responses; nothing while one is
    /// being made.
    elsewhere: HashMap<(String, bool), Option<Value>>,
    pub(super) notes: Vec<Note>,
}

/// Where a schema is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asker<'h> {
    /// What to call it, if it gets a name.
    pub(super) hint: &'h str,
    pub(super) form: Form,
    /// Whether it is in a response, and not in a request.
    pub(super) is_response: bool,
    /// What to call the items of its list, if it has one.
    pub(super) items: Option<&'h str>,
}

impl<'p> Schemas<'p> {
    pub(super) fn new(pages: &'p Pages<'p>, known: &'p Known) -> Self {
        let mut titles: HashMap<String, Option<&'p str>> = HashMap::new();
        for shape in pages.facts.iter().flat_map(|it| &it.types) {
            if let Some(name) = shape.name.as_deref() {
                let found = titles.entry(structure(shape)).or_insert(Some(name));
                if *found != Some(name) {
                    *found = None;
                }
            }
        }
        Self {
            pages,
            known,
            declared: Declared::of(pages),
            titles,
            named: Vec::new(),
            by_text: HashMap::new(),
            by_page_name: HashMap::new(),
            taken: HashSet::new(),
            elsewhere: HashMap::new(),
            notes: Vec::new(),
        }
    }

    /// The place of a line, in words.
    pub(super) fn place(&self, at: At) -> String {
        let page = self.pages.sources.get(at.page).map_or("", |it| it.name);
        format!("{page}:{}", at.line)
    }

    pub(super) fn note(&mut self, at: At, message: String, help: &str) {
        let page = self.pages.sources.get(at.page).map_or("", |it| it.name);
        self.notes.push(Note {
            kind: NoteKind::Warning,
            message,
            help: help.to_owned(),
            place: Some(PagePlace {
                page: page.to_owned(),
                line: at.line,
            }),
        });
    }

    /// The schema of a shape.
    pub(super) fn schema(&mut self, shape: &Shape, asker: Asker<'_>, evidence: Evidence) -> Value {
        match &shape.kind {
            Kind::String | Kind::Time => self.text(shape, evidence),
            Kind::Integer => json!({"type": "integer"}),
            Kind::Number => self.number(asker.form, evidence),
            Kind::Boolean => json!({"type": "boolean"}),
            Kind::Null => json!({"type": "null"}),
            Kind::Any => json!({}),
            Kind::File => json!({"type": "string", "format": "binary"}),
            Kind::Array(item) => {
                let hint = asker
                    .items
                    .map_or_else(|| singular(asker.hint), str::to_owned);
                let asker = Asker {
                    hint: &hint,
                    items: None,
                    ..asker
                };
                json!({"type": "array", "items": self.schema(item, asker, evidence)})
            }
            Kind::Map(value) => {
                let hint = singular(asker.hint);
                let asker = Asker {
                    hint: &hint,
                    items: None,
                    ..asker
                };
                json!({"type": "object", "additionalProperties": self.schema(value, asker, evidence)})
            }
            Kind::Enum(literals) => self.values(shape, literals, asker),
            Kind::Object(object) if object.members.is_empty() => {
                json!({"type": "object", "additionalProperties": true})
            }
            Kind::Object(object) => self.object(shape, object, asker),
            Kind::Union(all) => self.union(shape, all, asker, evidence),
            Kind::Opaque => self.opaque(shape, asker),
        }
    }

    fn text(&self, shape: &Shape, evidence: Evidence) -> Value {
        let described = matches!(shape.kind, Kind::Time).then_some(shape.at);
        match described.or(evidence.time) {
            None => json!({"type": "string"}),
            Some(at) => {
                let comment = format!("inferred: a date-time, from {}", self.place(at));
                json!({COMMENT: comment, "type": "string", "format": "date-time"})
            }
        }
    }

    fn number(&self, form: Form, evidence: Evidence) -> Value {
        match evidence.whole {
            Some(at) => {
                let comment = format!("inferred: an integer, from {}", self.place(at));
                json!({COMMENT: comment, "type": "integer"})
            }
            None if form == Form::Go => json!({"type": "number"}),
            None => {
                let comment = "the pages also use this word for integers: change it to `integer` \
                    if it is one";
                json!({COMMENT: comment, "type": "number"})
            }
        }
    }

    fn values(&mut self, shape: &Shape, literals: &[Literal], asker: Asker<'_>) -> Value {
        let values: Vec<Value> = literals.iter().map(|it| it.value.clone()).collect();
        let of = |is: fn(&Value) -> bool| values.iter().all(is);
        let ty = if of(Value::is_string) {
            Some("string")
        } else if of(Value::is_boolean) {
            Some("boolean")
        } else if of(|it| it.is_i64() || it.is_u64()) {
            Some("integer")
        } else {
            None
        };
        let mut schema = Map::new();
        schema.extend(ty.map(|ty| ("type".to_owned(), Value::from(ty))));
        let is_constant = values.len() == 1;
        schema.insert("enum".to_owned(), Value::Array(values));
        let schema = Value::Object(schema);
        if is_constant || ty == Some("boolean") {
            return schema;
        }
        self.name(shape, schema, asker.hint)
    }

    fn object(&mut self, shape: &Shape, object: &Object, asker: Asker<'_>) -> Value {
        let name = shape.name.as_deref().filter(|it| is_name(it));
        // A list of names alone is no description where there is another.
        let full = name.filter(|_| object.partial);
        if let Some(full) = full.and_then(|name| self.declared.get(asker.form, name)) {
            return self.schema(full, asker, Evidence::default());
        }
        if let Some(name) = name.filter(|_| asker.form == Form::Http) {
            let fields: Vec<&str> = object.members.iter().map(|it| it.name.as_str()).collect();
            let key = format!("{name}\n{}", fields.join("\n"));
            if let Some(known) = self.by_page_name.get(&key) {
                return reference(known);
            }
            // The name is taken before its members are looked into: one of them may be the same again.
            let own = self.unique(&pascal_case(name));
            self.by_page_name.insert(key, own.clone());
            let index = self.named.len();
            self.named.push((own.clone(), Value::Null));
            let schema = self.members(
                shape,
                object,
                Asker {
                    hint: &own,
                    ..asker
                },
            );
            self.by_text
                .entry(uncommented(&schema).to_string())
                .or_insert_with(|| own.clone());
            self.named[index].1 = schema;
            return reference(&own);
        }
        let title = self.titles.get(&structure(shape)).copied().flatten();
        let hint = title.map_or_else(|| asker.hint.to_owned(), pascal_case);
        let schema = self.members(
            shape,
            object,
            Asker {
                hint: &hint,
                ..asker
            },
        );
        self.name(shape, schema, &hint)
    }

    fn members(&mut self, shape: &Shape, object: &Object, asker: Asker<'_>) -> Value {
        let owner = structure(shape);
        let mut properties = Map::new();
        let mut required = Vec::new();
        for member in &object.members {
            let (name, guessed) = self.wire_name(&owner, member, asker.form);
            let inner = format!("{}{}", asker.hint, pascal_case(&name));
            let evidence = self.known.field(&owner, &member.name);
            let items = asker.items.filter(|_| is_list(&member.shape));
            let inner = Asker {
                hint: &inner,
                items,
                ..asker
            };
            let mut schema = self.schema(&member.shape, inner, evidence);
            if member.optional == Some(false) {
                required.push(Value::from(name.clone()));
            } else if asker.is_response && !self.known.tells_null {
                schema = nullable(schema);
            }
            if guessed {
                let comment = format!(
                    "the name is a guess: {} calls it `{}`",
                    self.place(member.at),
                    member.name
                );
                comment_on(&mut schema, comment);
            }
            properties.insert(name, schema);
        }
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        schema.insert("properties".to_owned(), properties.into());
        Value::Object(schema)
    }

    /// The name on the wire, and whether it is a guess.
    fn wire_name(&self, owner: &str, member: &Member, form: Form) -> (String, bool) {
        if form == Form::Http {
            return (member.name.clone(), false);
        }
        match self.known.name(owner, &member.name) {
            Some(name) => (name.to_owned(), false),
            None => (snake_case(&member.name), true),
        }
    }

    fn union(
        &mut self,
        shape: &Shape,
        all: &[Shape],
        asker: Asker<'_>,
        evidence: Evidence,
    ) -> Value {
        if let [inner, null] = all
            && matches!(null.kind, Kind::Null)
        {
            return nullable(self.schema(inner, asker, evidence));
        }
        let mut schemas = Vec::new();
        for (index, shape) in all.iter().enumerate() {
            let hint = format!("{}{}", asker.hint, index + 1);
            let asker = Asker {
                hint: &hint,
                items: None,
                ..asker
            };
            schemas.push(self.schema(shape, asker, evidence));
        }
        let schema = json!({"anyOf": schemas});
        let has_object = |it: &Shape| matches!(innermost(it).kind, Kind::Object(_));
        let has_name = shape.name.as_deref().is_some_and(is_name);
        if has_name || all.iter().any(has_object) {
            self.name(shape, schema, asker.hint)
        } else {
            schema
        }
    }

    fn opaque(&mut self, shape: &Shape, asker: Asker<'_>) -> Value {
        let name = shape.name.clone().unwrap_or_default();
        let Some(declared) = self.declared.get(asker.form, &name) else {
            let message = match &shape.name {
                Some(name) => format!("the pages don't describe `{name}`"),
                None => "the page doesn't describe this".to_owned(),
            };
            return self.anything(shape.at, message);
        };
        let key = (name, asker.is_response);
        match self.elsewhere.get(&key) {
            Some(Some(known)) => return known.clone(),
            // Objects that are called by their names in the form for HTTP find themselves.
            Some(None) if !matches!(declared.kind, Kind::Object(_)) || asker.form != Form::Http => {
                let message = format!("`{}` contains itself", key.0);
                return self.anything(shape.at, message);
            }
            _ => {}
        }
        self.elsewhere.insert(key.clone(), None);
        let schema = self.schema(declared, asker, Evidence::default());
        self.elsewhere.insert(key, Some(schema.clone()));
        schema
    }

    fn anything(&mut self, at: At, message: String) -> Value {
        let comment = format!("any value: {message}, at {}", self.place(at));
        self.note(at, message, "the draft allows any value");
        json!({COMMENT: comment})
    }

    /// Names a schema, or finds the name that one of the same text has.
    fn name(&mut self, shape: &Shape, schema: Value, hint: &str) -> Value {
        let text = uncommented(&schema).to_string();
        if let Some(name) = self.by_text.get(&text) {
            return reference(name);
        }
        let wanted = shape.name.as_deref().filter(|it| is_name(it));
        let wanted = wanted.map(pascal_case);
        let name = self.unique(wanted.as_deref().unwrap_or(hint));
        self.by_text.insert(text, name.clone());
        self.named.push((name.clone(), schema));
        reference(&name)
    }

    fn unique(&mut self, wanted: &str) -> String {
        let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
        let mut wanted: String = wanted.chars().filter(|it| allowed(*it)).collect();
        if wanted.is_empty() {
            wanted.push_str("Type");
        }
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }
}

/// Whether pages give this name to one type alone, and not to what a union has at some place.
fn is_name(name: &str) -> bool {
    !name.starts_with("UnionMember")
}

/// Whether a type is a list of objects.
fn is_list(shape: &Shape) -> bool {
    match &shape.kind {
        Kind::Array(item) => matches!(item.kind, Kind::Object(_)),
        _ => false,
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A schema without what is said of it.
fn uncommented(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| *key != COMMENT)
            .map(|(key, value)| (key.clone(), uncommented(value)))
            .collect(),
        Value::Array(items) => items.iter().map(uncommented).collect(),
        simple => simple.clone(),
    }
}

/// Says something of a schema.
pub(super) fn comment_on(schema: &mut Value, comment: String) {
    let Value::Object(members) = schema else {
        return;
    };
    let comment = match members.shift_remove(COMMENT) {
        Some(Value::String(before)) => format!("{before}\n{comment}"),
        _ => comment,
    };
    members.shift_insert(0, COMMENT.to_owned(), comment.into());
}

/// The same schema with `null` among its values.
fn nullable(schema: Value) -> Value {
    let Value::Object(mut members) = schema else {
        return schema;
    };
    let is_any = members.keys().all(|it| it == COMMENT);
    if is_any || members.get("type").is_some_and(|it| it == "null") {
        return Value::Object(members);
    }
    if let Some(Value::Array(all)) = members.get_mut("anyOf") {
        let null = json!({"type": "null"});
        if !all.contains(&null) {
            all.push(null);
        }
        return Value::Object(members);
    }
    let is_enum = members.contains_key("enum");
    match members.get_mut("type") {
        Some(ty) if ty.is_string() && !is_enum => {
            *ty = json!([ty.clone(), "null"]);
            Value::Object(members)
        }
        _ => json!({"anyOf": [Value::Object(members), {"type": "null"}]}),
    }
}
