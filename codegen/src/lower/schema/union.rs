//! `oneOf` and `anyOf`: one type out of several schemas of which one holds.

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use crate::diagnostic::push;
use crate::model::{JsonKind, Shape, TagWriter, Told, Type, Union, UnionVariant};

use super::super::Lowering;
use super::nature::Nature;
use super::{Form, SchemaRef};

/// A schema that a value may be of.
pub(super) struct Member<'s> {
    /// What the document says of it.
    pub schema: SchemaRef<'s>,
    /// Where it stands in the union.
    pub place: String,
    /// Its type, where that isn't the schema's own.
    pub ty: Option<Type>,
}

/// How the objects of a union are told apart: a property, and which of its values stand for each
/// of the members.
struct Tags {
    property: String,
    values: Vec<Vec<Value>>,
}

impl<'a> Lowering<'a> {
    /// The shape of a schema that is `oneOf` or `anyOf` and nothing else.
    pub(super) fn alternatives(
        &mut self,
        schema: &Schema,
        keyword: &str,
        members: &[ReferenceOr<Schema>],
        pointer: &str,
    ) -> Shape {
        let mut found = Vec::new();
        flatten(members, &push(pointer, keyword), &mut found);
        found.retain(|member| self.nature(member.schema) != Nature::Nothing);
        let discriminator = schema.schema_data.discriminator.as_ref();
        self.unite(found, discriminator, pointer)
    }

    /// One type for all members.
    pub(super) fn unite(
        &mut self,
        members: Vec<Member<'_>>,
        discriminator: Option<&Discriminator>,
        pointer: &str,
    ) -> Shape {
        if members.is_empty() {
            return Shape::Alias(Type::Value);
        }
        let tags = self.tags(&members, discriminator);
        let union = self.name_at(pointer);
        let hints = self.hints(&members, tags.as_ref().map(|it| &*it.values), &union);
        let natures: Vec<Nature> = members.iter().map(|it| self.nature(it.schema)).collect();
        let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(members.len());
        for kind in [JsonKind::String, JsonKind::Integer] {
            let is_kind = |nature: &Nature| matches!(nature, Nature::Kind(it, _) if *it == kind);
            if natures.iter().all(is_kind) && natures.len() > 1 {
                return self.scalar_of(kind, &members, &natures, pointer);
            }
        }
        for (index, member) in members.iter().enumerate() {
            let same = |other: &Nature| match (other, &natures[index]) {
                (Nature::Kind(one, _), Nature::Kind(other, _)) => one == other,
                _ => false,
            };
            let kind = match &natures[index] {
                Nature::Kind(kind @ (JsonKind::String | JsonKind::Integer), _) => Some(*kind),
                _ => None,
            };
            let ty = match (kind, &member.ty) {
                (_, Some(ty)) => ty.clone(),
                // All texts are one variant: nothing in JSON tells them apart.
                (Some(kind), None) if natures.iter().filter(|it| same(it)).count() > 1 => {
                    if natures[..index].iter().any(same) {
                        continue;
                    }
                    let of_kind = |at: &usize| same(&natures[*at]);
                    let chosen: Vec<usize> = (0..members.len()).filter(of_kind).collect();
                    let texts: Vec<Member<'_>> = chosen
                        .iter()
                        .map(|&at| Member {
                            schema: members[at].schema,
                            place: members[at].place.clone(),
                            ty: None,
                        })
                        .collect();
                    let natures: Vec<Nature> =
                        chosen.iter().map(|&at| natures[at].clone()).collect();
                    let at = format!("{}/{}", member.place, kind_word(kind));
                    self.places
                        .insert(&at, &format!("{union} {}", kind_word(kind)));
                    let shape = self.scalar_of(kind, &texts, &natures, &at);
                    self.shape_at(shape, &at)
                }
                _ => {
                    if let Some(hint) = &hints[index] {
                        self.places
                            .insert(&member.place, &format!("{union} {hint}"));
                    }
                    self.type_of(member.schema, &member.place)
                }
            };
            let draft = |tags: Vec<Value>| Draft {
                schema: member.schema,
                hint: hints[index].clone(),
                tags,
                ty: ty.clone(),
            };
            match &tags {
                Some(Tags { property, values })
                    if values[index].len() > 1
                        && !self.property_names(member.schema).contains(property) =>
                {
                    // Nothing in the type says which of the tags it was, so the variant does.
                    drafts.extend(values[index].iter().map(|value| draft(vec![value.clone()])));
                }
                Some(Tags { values, .. }) => drafts.push(draft(values[index].clone())),
                None => drafts.push(draft(Vec::new())),
            }
        }
        self.finish_union(drafts, tags.map(|it| it.property), &union)
    }

    /// Puts members of equal types together, and gives each a variant.
    fn finish_union(&mut self, drafts: Vec<Draft<'_>>, tag: Option<String>, union: &str) -> Shape {
        let mut any = false;
        let mut distinct: Vec<Draft<'_>> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if draft.ty == Type::Value {
                any = true;
                continue;
            }
            let same = |it: &&mut Draft<'_>| it.ty == draft.ty && it.tags == draft.tags;
            if distinct.iter_mut().find(same).is_none() {
                distinct.push(draft);
            }
        }
        match distinct.as_slice() {
            [] => return Shape::Alias(Type::Value),
            [only] if !any => return Shape::Alias(only.ty.clone()),
            _ => {}
        }
        // Beside "anything", only what has a type of its own is worth a name.
        if any && !distinct.iter().any(|it| is_structured(&it.ty)) {
            return Shape::Alias(Type::Value);
        }
        let names = self.variant_names(&distinct, union);
        let variants = distinct
            .into_iter()
            .zip(names)
            .map(|(draft, name)| UnionVariant {
                name,
                // The rest is settled once all types are known.
                told: if draft.tags.is_empty() {
                    Told::Nested
                } else {
                    Told::Tag {
                        values: draft.tags,
                        written: TagWriter::Type,
                    }
                },
                boxed: false,
                docs: self.docs_of(draft.schema),
                ty: draft.ty,
            });
        let variants = variants.collect();
        Shape::Union(Union { tag, variants, any })
    }

    /// The type for schemas of one kind, texts or whole numbers: an enum of all values where they
    /// are listed, else the wider type.
    fn scalar_of(
        &mut self,
        kind: JsonKind,
        members: &[Member<'_>],
        natures: &[Nature],
        pointer: &str,
    ) -> Shape {
        let mut listed: Vec<Value> = Vec::new();
        let mut lists = Vec::new();
        for (member, nature) in members.iter().zip(natures) {
            if let Nature::Kind(_, Some(values)) = nature {
                lists.push(member.schema);
                for value in values.iter().filter(|it| !it.is_null()) {
                    if !listed.contains(value) {
                        listed.push(value.clone());
                    }
                }
            }
        }
        match (lists.as_slice(), members) {
            ([], []) => Shape::Alias(Type::Value),
            ([], [first, rest @ ..]) => {
                let mut ty = self.type_of(first.schema, &first.place);
                for member in rest {
                    let other = self.type_of(member.schema, &member.place);
                    if self.behind_aliases(&other) != self.behind_aliases(&ty) {
                        ty = match kind {
                            JsonKind::String => Type::String,
                            _ => Type::I64,
                        };
                    }
                }
                Shape::Alias(ty)
            }
            // All enums are open, so one takes whatever the others do.
            ([only @ SchemaRef::Reference(_)], _) => Shape::Alias(self.type_of(*only, pointer)),
            _ => self.enumeration(
                &Form {
                    values: listed,
                    ..Form::default()
                },
                pointer,
            ),
        }
    }

    /// The type of a shape that was made for a place.
    fn shape_at(&mut self, shape: Shape, pointer: &str) -> Type {
        match shape {
            Shape::Alias(ty) => ty,
            shape => {
                let id = self.reserve(pointer);
                self.define(id, shape, crate::model::Docs::default());
                Type::Named(id)
            }
        }
    }

    /// The property that tells the objects among the members apart.
    fn tags(&self, members: &[Member<'_>], discriminator: Option<&Discriminator>) -> Option<Tags> {
        let is_object = |member: &&Member<'_>| {
            matches!(
                self.nature(member.schema),
                Nature::Kind(JsonKind::Object, _) | Nature::Several | Nature::Any
            )
        };
        let objects: Vec<&Member<'_>> = members.iter().filter(is_object).collect();
        if let Some(discriminator) = discriminator {
            let property = discriminator.property_name.clone();
            let values = members
                .iter()
                .map(|member| match is_object(&member) {
                    true => self.named_by(member, discriminator),
                    false => Vec::new(),
                })
                .collect();
            return Some(Tags { property, values });
        }
        let mut tried: Vec<String> = Vec::new();
        let mut best: Option<(usize, String)> = None;
        for member in &objects {
            for property in self.property_names(member.schema) {
                if tried.contains(&property) {
                    continue;
                }
                let tagged = self.told_apart(&objects, &property).unwrap_or(0);
                if tagged > best.as_ref().map_or(1, |(most, _)| *most) {
                    best = Some((tagged, property.clone()));
                }
                tried.push(property);
            }
        }
        let (_, property) = best?;
        let values = members
            .iter()
            .map(|it| self.values_of(it.schema, &property).unwrap_or_default())
            .collect();
        Some(Tags { property, values })
    }

    /// How many of the objects have a value of the property for themselves; none where two share
    /// one.
    fn told_apart(&self, objects: &[&Member<'_>], property: &str) -> Option<usize> {
        let mut taken: Vec<Value> = Vec::new();
        let mut tagged = 0;
        for member in objects {
            let Some(values) = self.values_of(member.schema, property) else {
                continue;
            };
            if values.iter().any(|value| taken.contains(value)) {
                return None;
            }
            taken.extend(values);
            tagged += 1;
        }
        Some(tagged)
    }

    /// The values of a discriminator that stand for a member (OpenAPI 3.0.3, "Discriminator
    /// Object"): those that are mapped to it, those that its schema lists, else its name.
    fn named_by(&self, member: &Member<'_>, discriminator: &Discriminator) -> Vec<Value> {
        let target = self.target(member.schema);
        let mapped = discriminator.mapping.iter().filter(|(_, mapped)| {
            let mapped = self.mapped(mapped);
            mapped.is_some() && mapped == target
        });
        let mut values: Vec<Value> = mapped
            .map(|(value, _)| Value::String(value.clone()))
            .collect();
        let listed = self.values_of(member.schema, &discriminator.property_name);
        for value in listed.into_iter().flatten() {
            // A text in a mapping stands for a number, too: keys are texts.
            let is_there = |it: &Value| *it == value || it.as_str() == Some(&*text_of(&value));
            match values.iter_mut().find(|it| is_there(it)) {
                Some(known) => *known = value,
                None => values.push(value),
            }
        }
        if values.is_empty() {
            let name = target.as_deref().and_then(|it| it.rsplit('/').next());
            values.extend(name.map(|it| Value::String(it.replace("~1", "/").replace("~0", "~"))));
        }
        values
    }

    /// The pointer that a mapping leads to: a reference, or the name of a schema.
    fn mapped(&self, mapped: &str) -> Option<String> {
        let named = format!("#{}", push("/components/schemas", mapped));
        let target = |reference: &str| self.document.schema(reference).map(|(target, _)| target);
        target(&named).or_else(|| mapped.contains('#').then(|| target(mapped)).flatten())
    }
}

/// A variant in the making.
pub(super) struct Draft<'s> {
    pub schema: SchemaRef<'s>,
    /// What an inline schema would best be called.
    pub hint: Option<String>,
    pub tags: Vec<Value>,
    pub ty: Type,
}

/// Adds the members of a list, those of lists within in their place: a union without a name is
/// part of the one around it.
fn flatten<'s>(members: &'s [ReferenceOr<Schema>], base: &str, found: &mut Vec<Member<'s>>) {
    for (index, member) in members.iter().enumerate() {
        let place = push(base, &index.to_string());
        if let ReferenceOr::Item(item) = member
            && let form = Form::of(item)
            && let Some((keyword, inner)) = form.alternatives()
            && form.is_alternatives()
            && item.schema_data.discriminator.is_none()
        {
            flatten(inner, &push(&place, keyword), found);
            continue;
        }
        let schema = SchemaRef::from(member);
        if found.iter().all(|it| it.schema != schema) {
            found.push(Member {
                schema,
                place,
                ty: None,
            });
        }
    }
}

/// Whether a type has parts.
fn is_structured(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is_structured(inner),
        _ => false,
    }
}

/// A text without quotes, all else as JSON writes it.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What values of a kind are called.
pub(super) fn kind_word(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::String => "text",
        JsonKind::Integer => "integer",
        JsonKind::Number => "number",
        JsonKind::Boolean => "boolean",
        JsonKind::Array => "list",
        JsonKind::Object => "object",
    }
}
