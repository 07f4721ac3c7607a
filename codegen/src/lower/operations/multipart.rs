//! Bodies of several parts: forms with files, and other kinds of `multipart`.

use std::collections::HashMap;

use openapiv3::{Encoding, ReferenceOr, Schema};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::model::{
    BodyContent, Field, MultipartForm, Part, PartHeader, PartKind, PartWriting, Struct, Style, Type,
};
use crate::names::{Ident, Scope, snake_case};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::{Form, Primitive, SchemaRef};
use super::media::{Bytes, Content, is_json, is_textual};

/// The kind of `multipart` that forms are.
pub(super) const FORM_DATA: &str = "multipart/form-data";

/// As many references are followed to what a schema says of its content.
const LONGEST_CHAIN: usize = 32;

/// What a property of a form is, beside its type.
#[derive(Clone, Default)]
struct Property {
    /// Whether it is bytes by its schema.
    bytes: Option<Bytes>,
    /// Whether its schema, or that of its items, says nothing of a type.
    untyped: Option<Bytes>,
    /// The media type of a string (JSON Schema 2020-12, `contentMediaType`).
    media_type: Option<String>,
}

/// A form under way: the names in it, and what is said of its parts.
struct Draft<'c> {
    scope: Scope,
    content: &'c Content<'c>,
    /// Where the content stands.
    at: &'c str,
    writings: HashMap<String, PartWriting>,
}

impl Lowering<'_> {
    /// A form with files: its parts are set one by one where they have names.
    pub(super) fn multipart(
        &mut self,
        content: &Content<'_>,
        at: &str,
        request: &str,
        items: &mut Scope,
    ) -> BodyContent {
        let at_schema = push(at, "schema");
        let name = |items: &mut Scope| items.name(&[&format!("{request}Form")], "Form");
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let described = schema.and_then(|it| Some((it, self.fields_of_form(it, &at_schema)?)));
        let is_empty = described
            .as_ref()
            .is_some_and(|(_, it)| it.fields.is_empty());
        let Some((schema, Struct { fields, rest, .. })) = described.filter(|_| !is_empty) else {
            let other = schema.filter(|_| !is_empty);
            return match other.and_then(|it| self.members_of_form(it, content, at)) {
                Some(ty) => BodyContent::Members(ty),
                None => self.form_without_names(schema, content, at, name(items)),
            };
        };
        let properties = self.properties_of_form(schema, &at_schema);
        let styles = self.encodings(content, at).into_iter().map(|it| {
            let (style, explode) = (it.style, it.explode);
            (it.wire, PartWriting::Style { style, explode })
        });
        let mut draft = Draft {
            scope: scope_of_form(),
            content,
            at,
            writings: styles.collect(),
        };
        let mut with_files = self.properties_with_files(schema);
        let mut parts = Vec::new();
        for field in fields {
            let property = properties.get(&field.wire).cloned().unwrap_or_default();
            let own = with_files.remove(&field.wire);
            match own.and_then(|own| self.members_with_files(&own, &at_schema, &field, &draft)) {
                Some(members) => {
                    for (member, property) in members {
                        parts.push(self.part(&mut draft, member, &property));
                    }
                }
                None => parts.push(self.part(&mut draft, field, &property)),
            }
        }
        let values = rest.as_ref().map(|it| &it.ty);
        BodyContent::Multipart(MultipartForm {
            name: name(items),
            parts,
            additional: self.additional_parts(schema, values, &mut draft.scope),
            is_list: false,
        })
    }

    fn part(&mut self, draft: &mut Draft<'_>, field: Field, property: &Property) -> Part {
        let encodings = &draft.content.media.encoding;
        let encoding = encodings.get(&field.wire);
        let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let kind = match self.bytes_of(property, content_type, &field.ty) {
            Some(Bytes::One) => PartKind::File,
            Some(Bytes::Many) => PartKind::Files,
            None => PartKind::Value(field.ty),
        };
        let writing = match draft.writings.get(&field.wire) {
            Some(style) => *style,
            // What a string holds may be JSON already.
            None if content_type.is_some_and(is_json) && property.media_type.is_none() => {
                PartWriting::Json
            }
            None => PartWriting::Usual,
        };
        let media_type = content_type.or(property.media_type.as_deref());
        let name = draft.scope.name(
            &[field.name.as_str(), &format!("{}_part", field.name)],
            "part",
        );
        let at = push(&push(draft.at, "encoding"), &field.wire);
        self.mention_nested_encoding(&at);
        if let (PartKind::Value(ty), Some(media_type)) = (&kind, media_type) {
            self.mention_xml_part(&field.wire, media_type, ty, &at);
        }
        Part {
            headers: self.part_headers(encoding, &name, &at, &mut draft.scope),
            name,
            wire: field.wire,
            kind,
            media_type: media_type.filter(|it| is_one(it)).map(str::to_owned),
            writing,
            required: field.required && !field.nullable,
            constant: field.constant,
            docs: field.docs,
        }
    }

    /// Whether a part is a file, by its schema, or by its media type where the schema says nothing
    /// (OpenAPI 3.1.1, "Encoding Object", `contentType`).
    fn bytes_of(
        &self,
        property: &Property,
        content_type: Option<&str>,
        ty: &Type,
    ) -> Option<Bytes> {
        if property.bytes.is_some() {
            return property.bytes;
        }
        let is_old = self.document.api.openapi.starts_with("3.0");
        match (content_type, property.untyped) {
            (Some(content_type), Some(untyped)) => {
                let is_file = !is_json(content_type) && (!is_old || can_be_bytes(content_type));
                is_file.then_some(untyped)
            }
            (None, Some(untyped)) if !is_old => Some(untyped),
            (Some(content_type), None) if can_be_bytes(content_type) => match ty {
                Type::String => Some(Bytes::One),
                Type::Array(item) if matches!(**item, Type::String | Type::Value) => {
                    Some(Bytes::Many)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The headers of a part. `Content-Type` is said elsewhere, and what leads to the part by its name
    /// follows from that.
    pub(super) fn part_headers(
        &mut self,
        encoding: Option<&Encoding>,
        part: &Ident,
        at: &str,
        scope: &mut Scope,
    ) -> Vec<PartHeader> {
        let mut headers = Vec::new();
        for (wire, header) in encoding.into_iter().flat_map(|it| &it.headers) {
            let at = push(&push(at, "headers"), wire);
            if wire.eq_ignore_ascii_case("content-type") {
                continue;
            }
            if wire.eq_ignore_ascii_case("content-disposition") {
                let message = "the header `Content-Disposition` of a part can't be set";
                let warning = self.warning(WarningCode::MultipartForm, &at, message.to_owned());
                "it is derived from the names of the part and of the file"
                    .clone_into(&mut warning.label);
                continue;
            }
            let document = self.document;
            let Some((at, header)) = document.item(&at, header) else {
                continue;
            };
            let content_type = self.header(wire, &header, &at);
            let name = format!("{part}_{}", snake_case(wire));
            headers.push(PartHeader {
                name: scope.name(&[&name], "header"),
                wire: wire.clone(),
                ty: content_type.ty,
                constant: self
                    .constant_of(&push(&at, "schema"))
                    .filter(|_| header.required),
                docs: content_type.docs,
            });
        }
        headers
    }

    /// The one value that a schema allows, as text.
    fn constant_of(&self, at: &str) -> Option<String> {
        let schema = self.raw_schema(at)?;
        let values = schema.get("enum").and_then(Value::as_array)?;
        let [only] = values.as_slice() else {
            return None;
        };
        match only {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(only.to_string()),
            _ => None,
        }
    }

    /// The fields of a form: those of an object or, where it is one of several and there are files in
    /// them, those of all.
    fn fields_of_form(&mut self, schema: SchemaRef<'_>, at: &str) -> Option<Struct> {
        let Some(members) = self.forms_with_files(schema, at) else {
            return self.members_of(schema, at);
        };
        let mut fields: Vec<Field> = Vec::new();
        for (index, (pointer, member)) in members.iter().enumerate() {
            let own = self.members_of(SchemaRef::from(member), pointer)?.fields;
            for known in &mut fields {
                known.required &= own.iter().any(|it| it.wire == known.wire && it.required);
            }
            for mut field in own {
                match fields.iter_mut().find(|it| it.wire == field.wire) {
                    Some(known) if known.ty != field.ty => {
                        known.ty = self.either(&known.ty, &field.ty);
                    }
                    Some(_) => {}
                    None => {
                        field.required &= index == 0;
                        fields.push(field);
                    }
                }
            }
        }
        let warning = self.warning(
            WarningCode::MultipartForm,
            at,
            "the form is a union of forms with files".to_owned(),
        );
        "the parts of all variants can be set".clone_into(&mut warning.label);
        Some(Struct {
            fields,
            ..Struct::default()
        })
    }

    /// The type of a part that is of one type or of another.
    fn either(&self, one: &Type, other: &Type) -> Type {
        let is_text = |ty: &Type| match self.types.behind_aliases(ty) {
            Type::String => true,
            Type::Named(id) => {
                let shape = self.types.shape(id);
                matches!(shape, Some(crate::model::Shape::StringEnum(_)))
            }
            _ => false,
        };
        if is_text(one) && is_text(other) {
            Type::String
        } else {
            Type::Value
        }
    }

    /// The members of a form that is one of several objects, with where they stand, if one of them has
    /// a file.
    fn forms_with_files(
        &self,
        schema: SchemaRef<'_>,
        at: &str,
    ) -> Option<Vec<(String, ReferenceOr<Schema>)>> {
        let item = self.schemas.schema_behind(schema)?;
        let form = Form::of(&item);
        let (keyword, members) = form.alternatives().filter(|_| form.is_alternatives())?;
        let mut has_file = false;
        for member in members {
            self.schemas
                .for_properties(member.into(), &mut |_, property| {
                    has_file |= self.schemas.bytes_in(property).is_some()
                        || self.untyped(property).is_some();
                });
        }
        let at = push(&self.pointer_behind(schema, at), keyword);
        let members = members.iter().enumerate();
        let members = members.map(|(index, it)| (push(&at, &index.to_string()), it.clone()));
        has_file.then(|| members.collect())
    }

    fn pointer_behind(&self, schema: SchemaRef<'_>, at: &str) -> String {
        match schema {
            SchemaRef::Item(_) => at.to_owned(),
            SchemaRef::Reference(reference) => {
                let found = self.document.schema(reference);
                found.map_or_else(|| at.to_owned(), |(pointer, _)| pointer)
            }
        }
    }

    /// What the properties of a form are.
    fn properties_of_form(&self, schema: SchemaRef<'_>, at: &str) -> HashMap<String, Property> {
        let mut found: HashMap<String, Property> = HashMap::new();
        let forms = self.forms_with_files(schema, at);
        let mut show = |pointer: &str, schema: SchemaRef<'_>| {
            self.schemas.for_properties(schema, &mut |wire, property| {
                let known = found.entry(wire.to_owned()).or_default();
                known.bytes = known.bytes.or_else(|| self.schemas.bytes_in(property));
                known.untyped = known.untyped.or_else(|| self.untyped(property));
                let own = known.media_type.take();
                known.media_type = own.or_else(|| self.content_media_type(pointer, wire));
            });
        };
        match forms {
            Some(forms) => {
                for (pointer, form) in &forms {
                    show(pointer, form.into());
                }
            }
            None => show(at, schema),
        }
        found
    }

    /// Whether a schema, or that of the items of a list, says nothing of a type. An example that is no
    /// text says something.
    pub(super) fn untyped(&self, property: SchemaRef<'_>) -> Option<Bytes> {
        let schema = self.schemas.schema_behind(property)?;
        let form = Form::of(&schema);
        let data = &schema.schema_data;
        let mut shown = [&data.example, &data.default].into_iter().flatten();
        if form.is_annotation() {
            return shown.all(Value::is_string).then_some(Bytes::One);
        }
        if form.primitive == Some(Primitive::Array) {
            return self.untyped(form.items?).map(|_| Bytes::Many);
        }
        None
    }

    /// The properties of a form of which one of the members is a file.
    fn properties_with_files(&self, schema: SchemaRef<'_>) -> HashMap<String, ReferenceOr<Schema>> {
        let mut with_files = HashMap::new();
        self.schemas.for_properties(schema, &mut |wire, property| {
            let mut has_file = with_files.contains_key(wire);
            self.schemas.for_properties(property, &mut |_, member| {
                has_file |= self.schemas.bytes_in(member).is_some();
            });
            if has_file {
                let own = match property {
                    SchemaRef::Item(item) => ReferenceOr::Item(item.clone()),
                    SchemaRef::Reference(reference) => ReferenceOr::Reference {
                        reference: reference.to_owned(),
                    },
                };
                with_files.insert(wire.to_owned(), own);
            }
        });
        with_files
    }

    /// The members of a property that is written `name[member]`, where one of them is a file: parts of
    /// their own, for in a text there is no place for it.
    fn members_with_files(
        &mut self,
        own: &ReferenceOr<Schema>,
        at: &str,
        field: &Field,
        draft: &Draft<'_>,
    ) -> Option<Vec<(Field, Property)>> {
        let own = SchemaRef::from(own);
        let is_deep = matches!(
            draft.writings.get(&field.wire),
            Some(PartWriting::Style {
                style: Style::DeepObject,
                ..
            })
        );
        let at = push(&push(at, "properties"), &field.wire);
        if !is_deep {
            let message = format!("the part `{}` is JSON and contains a file", field.wire);
            let warning = self.warning(WarningCode::MultipartForm, &at, message);
            "the file is sent as a string".clone_into(&mut warning.label);
            warning.help = Some("make the file a separate part, or use `style: deepObject`".into());
            return None;
        }
        let members = self.members_of(own, &at)?.fields;
        let properties = self.properties_of_form(own, &at);
        let members = members.into_iter().map(|mut member| {
            let property = properties.get(&member.wire).cloned().unwrap_or_default();
            member.wire = format!("{}[{}]", field.wire, member.wire);
            let name = format!("{}_{}", field.name, member.name);
            member.name = Scope::new(&[]).name(&[&name], "part");
            member.required &= field.required;
            (member, property)
        });
        Some(members.collect())
    }

    /// `contentMediaType` of a property of the schema at a pointer, or of the items of a list.
    fn content_media_type(&self, at: &str, wire: &str) -> Option<String> {
        let property = self
            .schemas
            .property(self.raw_schema(at)?, wire, LONGEST_CHAIN)?;
        let own = |schema: &Value| {
            let media_type = schema.get("contentMediaType").and_then(Value::as_str);
            media_type.map(str::to_owned)
        };
        let below = |schema: &Value| {
            let items = schema
                .get("items")
                .and_then(|items| self.schemas.followed(items));
            own(schema).or_else(|| own(items?))
        };
        let alternatives = ["anyOf", "oneOf", "allOf"].into_iter();
        let mut alternatives = alternatives
            .filter_map(|keyword| property.get(keyword)?.as_array())
            .flatten()
            .filter_map(|member| self.schemas.followed(member));
        below(property).or_else(|| alternatives.find_map(below))
    }

    /// The schema at a pointer as the document has it, references followed.
    pub(super) fn raw_schema(&self, at: &str) -> Option<&Value> {
        self.schemas.followed(self.document.value(at)?)
    }

    /// Says where a body has parts that nothing describes by their names: they are bytes, and where one
    /// part ends is in them.
    pub(super) fn mention_boundary(&mut self, content: &Content<'_>, at: &str) {
        let media_type = content.media_type.to_ascii_lowercase();
        if !media_type.starts_with("multipart/") || media_type.contains("boundary=") {
            return;
        }
        let message = format!("the parts of `{}` have no names", content.media_type);
        let warning = self.warning(WarningCode::MultipartForm, at, message);
        "users provide the whole body, and its boundary in the media type"
            .clone_into(&mut warning.label);
        warning.help = Some("describe the parts as `properties` of an object".into());
    }
}

/// The names of a form, apart from those that it has of its own.
pub(super) fn scope_of_form() -> Scope {
    Scope::new(&["clone", "fmt", "new"])
}

/// Whether one of some media types is neither text nor JSON.
fn can_be_bytes(media_types: &str) -> bool {
    media_types.split(',').any(|it| !is_textual(it.trim()))
}

/// Whether it is one media type, not several or a range of them.
pub(super) fn is_one(media_type: &str) -> bool {
    !media_type.contains(['*', ',']) && media_type.contains('/')
}
