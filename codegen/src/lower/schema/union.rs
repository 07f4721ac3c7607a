//! `oneOf` and `anyOf`: one type out of several schemas of which one holds.

use std::collections::HashSet;

use indexmap::IndexSet;
use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::model::{Discriminant, Docs, JsonKind, Shape, TagWriter, Type, Union, UnionVariant};
use crate::pointer::push;

use super::super::Lowering;
use super::enumeration::Enumeration;
use super::schema_kind::{Seen, ValueKind};
use super::tags::name_in;
use super::{Form, Primitive, SchemaRef, clearable, without_guess};

/// Kinds of which a union has one type at most, since nothing tells several apart.
const ONE_TYPE: [JsonKind; 2] = [JsonKind::String, JsonKind::Integer];

/// A schema that a value may be of.
pub(in super::super) struct Member<'s> {
    /// What the document says of it.
    pub schema: SchemaRef<'s>,
    /// Where it stands in the union.
    pub place: String,
    /// Its type, where that isn't the schema's own.
    pub ty: Option<Type>,
}

impl Lowering<'_> {
    /// The shape of a schema that is `oneOf` or `anyOf` and nothing else.
    pub(super) fn alternatives(
        &mut self,
        schema: &Schema,
        keyword: &str,
        members: &[ReferenceOr<Schema>],
        pointer: &str,
    ) -> Shape {
        let mut found = Vec::new();
        let mut texts = HashSet::new();
        flatten(members, &push(pointer, keyword), &mut texts, &mut found);
        found.retain(|member| self.schemas.value_kind(member.schema) != ValueKind::Nothing);
        if clearable::is_in_form(pointer) && self.schemas.is_clearable(schema) {
            found.retain(|member| !self.schemas.is_empty_text(member.schema));
        }
        if let Some(shape) = self.shape_beside(schema, &found, pointer) {
            return shape;
        }
        let discriminator = schema.schema_data.discriminator.as_ref();
        match self.unite(&found, discriminator, pointer) {
            Shape::Union(union) => Shape::Union(Union {
                overlapping: keyword == "anyOf",
                ..union
            }),
            shape => shape,
        }
    }

    /// The shape by the `type` beside alternatives of which one allows any value: the `type` applies to all of
    /// them. Values that the others list are those of an open enum.
    fn shape_beside(
        &mut self,
        schema: &Schema,
        members: &[Member<'_>],
        pointer: &str,
    ) -> Option<Shape> {
        let form = Form::of(schema);
        let primitive = form.primitive.filter(|it| *it != Primitive::Object)?;
        let own = primitive.kind();
        let (mut has_any, mut differs, mut listed) = (false, false, Vec::new());
        for member in members {
            match self.schemas.value_kind(member.schema) {
                ValueKind::Any | ValueKind::Nothing => has_any = true,
                ValueKind::Kind(kind, Some(_)) if kind == own => listed.push(member),
                ValueKind::Kind(kind, _) => differs |= kind != own,
                ValueKind::Several => differs = true,
            }
        }
        if !has_any {
            return None;
        }
        for member in members {
            if matches!(member.schema, SchemaRef::Item(item) if Form::of(item).has_not) {
                self.warning(
                    WarningCode::NotValidated,
                    &member.place,
                    "not validated: `not`",
                );
            }
        }
        if differs {
            let message = "some alternatives are of another type than the `type` beside them";
            let help = "the `type` applies to all of them and is used; leave it out if it is wrong";
            self.warning(WarningCode::MismatchedAlternatives, pointer, message)
                .help = Some(help.into());
        }
        Some(if !listed.is_empty() && ONE_TYPE.contains(&own) {
            self.scalar_of(own, &listed, pointer)
        } else if primitive == Primitive::Array {
            Shape::Alias(self.array(&form, pointer))
        } else {
            Shape::Alias(self.scalar(primitive, &form))
        })
    }

    /// One type for all members.
    pub(in super::super) fn unite(
        &mut self,
        members: &[Member<'_>],
        discriminator: Option<&Discriminator>,
        pointer: &str,
    ) -> Shape {
        if members.is_empty() {
            let message = "none of the alternatives allows a value; any value is accepted";
            self.warning(WarningCode::ImpossibleSchema, pointer, message);
            return Shape::Alias(Type::Value);
        }
        let value_kinds: Vec<ValueKind> = members
            .iter()
            .map(|it| self.schemas.value_kind(it.schema))
            .collect();
        for kind in ONE_TYPE {
            if members.len() > 1 && value_kinds.iter().all(|value_kind| value_kind.is(kind)) {
                let all: Vec<&Member<'_>> = members.iter().collect();
                return self.scalar_of(kind, &all, pointer);
            }
        }
        let union = self.name_at(pointer);
        let default = discriminator.and_then(|it| self.schemas.default_mapping(it));
        let targets = members
            .iter()
            .map(|it| self.schemas.target_pointer(it.schema));
        let targets: Vec<String> = targets.flatten().collect();
        self.mention_default(
            discriminator,
            |it| targets.iter().any(|to| to == it),
            pointer,
        );
        let tags = self.schemas.tags(members, discriminator);
        let hints = self.hints(members, tags.as_ref().map(|it| &*it.values), &union);
        let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(members.len());
        let same = ONE_TYPE.map(|kind| of_kind(members, &value_kinds, kind));
        for (index, member) in members.iter().enumerate() {
            if let Some(hint) = &hints[index] {
                let name = match members {
                    // It is what the union is.
                    [_] => union.clone(),
                    _ => format!("{union} {hint}"),
                };
                self.inline_names.insert(&member.place, &name);
            }
            let Some(ty) = self.member_type(members, &same, index, &union) else {
                continue;
            };
            let is_mapped = |tag: &Value| {
                let mapping = discriminator.map(|it| &it.mapping);
                mapping.is_some_and(|it| it.contains_key(&text_of(tag)))
            };
            let takes_others =
                default.is_some() && self.schemas.target_pointer(member.schema) == default;
            let draft = |tags: Vec<Value>| Draft {
                schema: member.schema,
                takes_others,
                hint: hints[index].clone(),
                is_called_after_schema: !tags.iter().any(is_mapped)
                    && self.is_called_after_schema(member, &tags, discriminator),
                tags,
                ty: ty.clone(),
            };
            let own = tags
                .as_ref()
                .map(|tags| (&tags.property, &tags.values[index]));
            // What takes all other objects needs no value that stands for it.
            let is_implied = |values: &[Value]| {
                takes_others && self.is_called_after_schema(member, values, discriminator)
            };
            let own = own.filter(|(_, values)| !is_implied(values));
            match own {
                // Nothing in the type says which of the tags it was, so the variant does.
                Some((property, values))
                    if values.len() > 1
                        && !self
                            .schemas
                            .property_names(member.schema)
                            .contains(property)
                        && !self.schemas.tells_itself(
                            member.schema,
                            property,
                            &mut Seen::new(),
                        ) =>
                {
                    drafts.extend(values.iter().map(|value| draft(vec![value.clone()])));
                }
                Some((_, values)) => drafts.push(draft(values.clone())),
                None => drafts.push(draft(Vec::new())),
            }
        }
        self.finish_union(drafts, tags.map(|it| it.property), &union)
    }

    /// Whether the only tag of a member is the name of its schema, and no value that a property lists.
    fn is_called_after_schema(
        &self,
        member: &Member<'_>,
        tags: &[Value],
        discriminator: Option<&Discriminator>,
    ) -> bool {
        let ([Value::String(tag)], Some(discriminator)) = (tags, discriminator) else {
            return false;
        };
        let target = self.schemas.target_pointer(member.schema);
        let property = &discriminator.property_name;
        target.as_deref().and_then(name_in).as_ref() == Some(tag)
            && self.schemas.values_of(member.schema, property).is_none()
    }

    /// The type of a member; none where an earlier one stands for it, too. `same` has those of each kind
    /// of which a union has one type at most.
    fn member_type(
        &mut self,
        members: &[Member<'_>],
        same: &[SameKind],
        index: usize,
        union: &str,
    ) -> Option<Type> {
        let member = &members[index];
        if let Some(ty) = &member.ty {
            return Some(ty.clone());
        }
        // Nothing in JSON tells texts apart, so all of them are one variant.
        let of_its_kind = same.iter().find(|(_, at)| at.binary_search(&index).is_ok());
        let Some((kind, same)) = of_its_kind.filter(|(_, at)| at.len() > 1) else {
            return Some(match member.schema {
                // The other members say what else there may be.
                SchemaRef::Item(item) if members.len() > 1 => {
                    let item = without_guess(item);
                    self.type_of(SchemaRef::Item(&item), &member.place)
                }
                schema => self.type_of(schema, &member.place),
            });
        };
        if same.first() != Some(&index) {
            return None;
        }
        let kind = *kind;
        let word = kind_word(kind);
        let at = format!("{}/{word}", member.place);
        self.inline_names.insert(&at, &format!("{union} {word}"));
        let all: Vec<&Member<'_>> = same.iter().map(|&at| &members[at]).collect();
        Some(match self.scalar_of(kind, &all, &at) {
            Shape::Alias(ty) => ty,
            shape => self.define_at(shape, &at),
        })
    }

    /// Puts members of equal types together, and gives each a variant.
    pub(super) fn finish_union(
        &mut self,
        drafts: Vec<Draft<'_>>,
        tag: Option<String>,
        union: &str,
    ) -> Shape {
        let mut any = false;
        let mut distinct: Vec<Draft<'_>> = Vec::with_capacity(drafts.len());
        let mut met = HashSet::with_capacity(drafts.len());
        for draft in drafts {
            if draft.ty == Type::Value {
                any = true;
                continue;
            }
            if met.insert((draft.ty.clone(), draft.tags.clone())) {
                distinct.push(draft);
            }
        }
        match distinct.as_slice() {
            [] => return Shape::Alias(Type::Value),
            [only] if !any => return Shape::Alias(only.ty.clone()),
            _ => {}
        }
        if self.is_all_of_json(&distinct) {
            return Shape::Alias(Type::Value);
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
                discriminant: if draft.tags.is_empty() {
                    Discriminant::Nested
                } else {
                    Discriminant::Tag {
                        values: draft.tags,
                        written: TagWriter::Type,
                    }
                },
                boxed: false,
                takes_others: draft.takes_others,
                docs: self.schemas.docs_of(draft.schema),
                ty: draft.ty,
            });
        let variants = variants.collect();
        Shape::Union(Union {
            tag,
            variants,
            any,
            overlapping: false,
        })
    }

    /// Whether there is a variant for each kind of JSON, none of which asks for anything: a long way
    /// to say that any value is fine.
    fn is_all_of_json(&self, drafts: &[Draft<'_>]) -> bool {
        let types: Vec<Type> = drafts
            .iter()
            .map(|it| self.types.behind_aliases(&it.ty))
            .collect();
        let any = || Box::new(Type::Value);
        let kinds = [
            Type::String,
            Type::Bool,
            Type::F64,
            Type::Array(any()),
            Type::Map(any()),
        ];
        let is_plain = |ty: &Type| kinds.contains(ty) || *ty == Type::I64;
        kinds.iter().all(|kind| types.contains(kind)) && types.iter().all(is_plain)
    }

    /// The type for schemas of one kind: an enum of all values where they are listed, else the
    /// wider type.
    fn scalar_of(&mut self, kind: JsonKind, members: &[&Member<'_>], pointer: &str) -> Shape {
        let mut listed: IndexSet<Value> = IndexSet::new();
        let mut lists = Vec::new();
        for member in members {
            if let ValueKind::Kind(_, Some(values)) = self.schemas.value_kind(member.schema) {
                lists.push(member.schema);
                listed.extend(values.into_iter().filter(|value| !value.is_null()));
            }
        }
        match lists.as_slice() {
            [] => Shape::Alias(self.wider(kind, members)),
            // All enums are open, so one takes whatever the others do.
            [only @ SchemaRef::Reference(_)] => Shape::Alias(self.type_of(*only, pointer)),
            _ => {
                let labels = self.labels_of_members(members);
                let listed: Vec<Value> = listed.into_iter().collect();
                let form = Form {
                    values: Enumeration::Any(&listed),
                    ..Form::default()
                };
                self.enumeration(&form, &labels, pointer)
            }
        }
    }

    /// The type that takes the values of all members.
    fn wider(&mut self, kind: JsonKind, members: &[&Member<'_>]) -> Type {
        let mut wider: Option<Type> = None;
        for member in members {
            let ty = self.type_of(member.schema, &member.place);
            wider = Some(match wider {
                Some(so_far)
                    if self.types.behind_aliases(&so_far) != self.types.behind_aliases(&ty) =>
                {
                    match kind {
                        JsonKind::String => Type::String,
                        _ if so_far == Type::Decimal || ty == Type::Decimal => Type::Decimal,
                        // The types of integers are at odds about what is beyond 63 bits.
                        _ => Type::I128,
                    }
                }
                Some(so_far) => so_far,
                None => ty,
            });
        }
        wider.unwrap_or(Type::Value)
    }

    /// Defines a type for a place that no schema stands at.
    pub(in super::super) fn define_at(&mut self, shape: Shape, pointer: &str) -> Type {
        self.define_with(shape, pointer, Docs::default())
    }

    /// The same, with documentation.
    pub(super) fn define_with(&mut self, shape: Shape, pointer: &str, docs: Docs) -> Type {
        let id = self.reserve(pointer, Some(&shape));
        self.types.define(id, shape, docs);
        Type::Named(id)
    }
}

/// A kind, and the indices of the members that are of it, in their order.
type SameKind = (JsonKind, Vec<usize>);

fn of_kind(members: &[Member<'_>], value_kinds: &[ValueKind], kind: JsonKind) -> SameKind {
    let of_it = (0..members.len()).filter(|&at| value_kinds[at].is(kind));
    (kind, of_it.collect())
}

/// A variant in the making.
pub(super) struct Draft<'s> {
    pub schema: SchemaRef<'s>,
    /// What an inline schema would best be called.
    pub hint: Option<String>,
    /// Whether its tag is the name of its schema, for nothing says another one.
    pub is_called_after_schema: bool,
    pub tags: Vec<Value>,
    /// Whether it is the `defaultMapping` of the discriminator.
    pub takes_others: bool,
    pub ty: Type,
}

/// Adds the members of a list, those of lists within in their place: a union without a name is
/// part of the one around it.
fn flatten<'s>(
    members: &'s [ReferenceOr<Schema>],
    base: &str,
    texts: &mut HashSet<String>,
    found: &mut Vec<Member<'s>>,
) {
    for (index, member) in members.iter().enumerate() {
        let place = push(base, &index.to_string());
        if let ReferenceOr::Item(item) = member
            && let form = Form::of(item)
            && let Some((keyword, inner)) = form.alternatives()
            && form.is_alternatives()
            && item.schema_data.discriminator.is_none()
        {
            flatten(inner, &push(&place, keyword), texts, found);
            continue;
        }
        let schema = SchemaRef::from(member);
        // What can't be written as text is like no other.
        if serde_json::to_string(member).map_or(true, |text| texts.insert(text)) {
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
