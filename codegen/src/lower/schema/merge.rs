//! `allOf`: one type out of several schemas that must all hold.

use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema};

use crate::diagnostic::WarningCode;
use crate::model::{JsonKind, Shape, Type};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schemas::Schemas;
use super::branches::{Optional, has_branches};
use super::object::Property;
use super::overlap::{Description, PropertySchema};
use super::rest::Additional;
use super::schema_kind::{Seen, ValueKind};
use super::{Form, Primitive, SchemaRef, without_guess};

/// A member of `allOf` that says something about the type.
struct Member<'s> {
    schema: Cow<'s, Schema>,
    pointer: Cow<'s, str>,
    /// The reference that led there.
    reference: Option<&'s str>,
}

/// All that several schemas say together.
#[derive(Clone, Default)]
pub(super) struct Parts {
    /// What they say of objects.
    pub(super) merged: Merged,
    /// The alternatives, of which one each has to hold as well.
    pub(super) choices: VecDeque<Rc<Choice>>,
    /// Those that are no objects.
    pub(super) others: Vec<(ReferenceOr<Schema>, String)>,
}

/// How much was said at some time: what can be gone back to.
pub(super) struct Mark {
    descriptions: usize,
    required: usize,
    additional: usize,
    choices: usize,
    others: usize,
    optional: Optional,
}

impl Parts {
    /// What there is now.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            descriptions: self.merged.described.len(),
            required: self.merged.required.len(),
            additional: self.merged.additional.len(),
            choices: self.choices.len(),
            others: self.others.len(),
            // Few schemas have any.
            optional: self.merged.optional.clone(),
        }
    }

    /// Takes out what was added since. Choices that were there may not have been taken out.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        self.merged.back_to(mark);
        self.choices.truncate(mark.choices);
        self.others.truncate(mark.others);
    }
}

/// An `oneOf` or `anyOf` among schemas that must all hold.
pub(super) struct Choice {
    pub(super) members: Vec<ReferenceOr<Schema>>,
    /// Pointer of the list.
    pub(super) base: String,
    pub(super) discriminator: Option<Discriminator>,
}

impl Choice {
    /// The pointer of a member.
    pub(super) fn place(&self, index: usize) -> String {
        push(&self.base, &index.to_string())
    }
}

impl<'a> Lowering<'a> {
    /// The shape of a schema with `allOf`, or with alternatives beside fields of its own.
    ///
    /// One member that bears on the type makes the schema another name for that member; several
    /// are merged when they are objects. Alternatives among them take over what the others say.
    pub(super) fn merged(&mut self, schema: &Schema, form: &Form<'_>, pointer: &str) -> Shape {
        let mut members = Vec::new();
        self.members(form.all_of, pointer, &IndexSet::new(), &mut members);
        if let [only] = members.as_slice()
            && !self.adds(schema, form, only)
            // An object without a name has that of the schema around it.
            && (only.reference.is_some() || !Form::of(&only.schema).has_object_keywords())
            && !self.is_child(pointer, &only.pointer)
        {
            let schema = match only.reference {
                Some(reference) => SchemaRef::Reference(reference),
                None => SchemaRef::Item(&only.schema),
            };
            return Shape::Alias(self.type_of(schema, &only.pointer));
        }
        let mut parts = Parts::default();
        let mut seen = IndexSet::new();
        self.gather(schema, pointer, &mut seen, &mut parts);
        if !parts.choices.is_empty() {
            return self.distributed(parts, seen, pointer);
        }
        if !parts.others.is_empty() {
            return self.narrowest(&parts, pointer);
        }
        self.shape_of(&parts.merged, pointer)
    }

    /// Whether a schema says more of the type than its only member does. `type: object` beside one that
    /// is an object is nothing more, nor is it that no other members are allowed, or that those are
    /// required which are anyway.
    fn adds(&self, schema: &Schema, form: &Form<'_>, only: &Member<'_>) -> bool {
        let only = match only.reference {
            Some(reference) => SchemaRef::Reference(reference),
            None => SchemaRef::Item(&only.schema),
        };
        let is_closed = |it| matches!(it, &AdditionalProperties::Any(false));
        let has_fields = form.properties.is_some_and(|own| !own.is_empty());
        has_fields
            || form.has_branches
            || form.alternatives().is_some()
            || form.additional.is_some_and(|it| !is_closed(it))
            || schema.schema_data.discriminator.is_some()
            || form.primitive == Some(Primitive::Object)
                && !self.schemas.value_kind(only).is(JsonKind::Object)
            || form.required.iter().any(|wire| !self.requires(only, wire))
    }

    /// Whether an object of a schema must have a member.
    fn requires(&self, schema: SchemaRef<'_>, wire: &str) -> bool {
        self.requires_at(schema, wire, &mut Seen::new())
    }

    fn requires_at(&self, schema: SchemaRef<'_>, wire: &str, seen: &mut Seen) -> bool {
        let Some(item) = self.schemas.resolve_once(schema, seen) else {
            return false;
        };
        let form = Form::of(&item);
        let mut members = form.all_of.iter();
        form.required.iter().any(|it| it == wire)
            || members.any(|member| self.requires_at(member.into(), wire, seen))
    }

    /// Collects the members that bear on the type, save those at these pointers.
    fn members<'s>(
        &mut self,
        all_of: &'s [ReferenceOr<Schema>],
        pointer: &str,
        known: &IndexSet<String>,
        members: &mut Vec<Member<'s>>,
    ) where
        'a: 's,
    {
        let document: &'a crate::document::Document = self.document;
        let mut seen: HashSet<Cow<'s, str>> = HashSet::new();
        for (index, member) in all_of.iter().enumerate() {
            let (schema, at, reference) = match member {
                ReferenceOr::Item(item) if Form::of(item).is_annotation() => continue,
                ReferenceOr::Item(item) => {
                    let at = push(&push(pointer, "allOf"), &index.to_string());
                    (Cow::Borrowed(item), Cow::Owned(at), None)
                }
                ReferenceOr::Reference { .. } if !self.schemas.may_go_on() => return,
                ReferenceOr::Reference { reference } => match document.follow(reference) {
                    Some((target, schema)) => (schema, target, Some(reference.as_str())),
                    None => continue,
                },
            };
            // Schemas that all lead to one another lead to known ones again and again.
            if known.contains(&*at) || !seen.insert(at.clone()) {
                continue;
            }
            members.push(Member {
                schema,
                pointer: at,
                reference,
            });
        }
    }

    /// Adds what a schema says, after what the members of its `allOf` say.
    pub(super) fn gather(
        &mut self,
        schema: &Schema,
        pointer: &str,
        seen: &mut IndexSet<String>,
        parts: &mut Parts,
    ) {
        if seen.contains(pointer) {
            return;
        }
        seen.insert(pointer.to_owned());
        let form = Form::of(schema);
        self.mention_unchecked(&form, pointer);
        // What is gathered is copied, which takes longer than to follow a reference.
        let properties = form.properties.map_or(0, IndexMap::len);
        let copied = properties + form.one_of.len() + form.any_of.len();
        if !self.schemas.may_go_on_by(2 * copied) {
            return;
        }
        let mut inner = Vec::new();
        self.members(form.all_of, pointer, seen, &mut inner);
        for member in &inner {
            self.gather(&member.schema, &member.pointer, seen, parts);
        }
        let discriminator = &schema.schema_data.discriminator;
        for (keyword, members) in [("oneOf", form.one_of), ("anyOf", form.any_of)] {
            if !members.is_empty() && !self.is_settled(members, seen) {
                parts.choices.push_back(Rc::new(Choice {
                    members: members.to_vec(),
                    base: push(pointer, keyword),
                    discriminator: discriminator.clone(),
                }));
            }
        }
        if has_branches(schema) {
            self.schemas
                .gather_branches(schema, pointer, seen, &mut parts.merged.optional);
        }
        let value_kind = match form.primitive {
            _ if form.has_object_keywords() && form.values.is_empty() => None,
            _ if !form.values.is_empty() || form.items.is_some() => Some(()),
            primitive => primitive.map(|_| ()),
        };
        if value_kind.is_some() {
            let schema = ReferenceOr::Item(schema.clone());
            parts.others.push((schema, pointer.to_owned()));
        } else {
            parts.merged.take(&form, pointer);
        }
    }

    /// Whether alternatives add nothing to the type: because one of them is the schema that is
    /// being merged, which is how a parent lists its children, or because they only say which
    /// properties go together.
    fn is_settled(&self, members: &[ReferenceOr<Schema>], seen: &IndexSet<String>) -> bool {
        let is_child = |member: &ReferenceOr<Schema>| {
            let target = self.schemas.target_pointer(member.into());
            target.is_some_and(|target| seen.contains(&target))
        };
        let narrows = |member: &ReferenceOr<Schema>| {
            self.schemas
                .resolve(member.into())
                .is_some_and(|item| Form::of(&item).only_narrows())
        };
        members.iter().any(is_child) || members.iter().all(narrows)
    }

    /// A struct of all properties, or a map.
    pub(super) fn shape_of(&mut self, merged: &Merged, pointer: &str) -> Shape {
        if merged.is_empty() {
            // Nothing is asked of values at all.
            return Shape::Alias(Type::Value);
        }
        let described = self.with_optional(merged, pointer);
        let settled: Vec<(&str, PropertySchema<'_>)> = described
            .iter()
            .filter_map(|(wire, all)| {
                Some((wire.as_str(), self.property_schema(wire, all, pointer)?))
            })
            .collect();
        let properties: Vec<Property<'_>> = settled
            .iter()
            .map(|(wire, settled)| Property {
                wire,
                schema: (&*settled.schema).into(),
                pointer: settled.pointer.clone(),
                all: settled.all,
            })
            .collect();
        let mut required: Vec<&str> = merged.required.iter().map(String::as_str).collect();
        let mut once = HashSet::new();
        required.retain(|wire| once.insert(*wire));
        let additional: Vec<Additional<'_>> = merged
            .additional
            .iter()
            .filter_map(|(keyword, pointer)| Additional::of(Some(keyword), pointer))
            .collect();
        if properties.is_empty() && required.is_empty() && !additional.is_empty() {
            return Shape::Alias(self.map(&additional, pointer));
        }
        Shape::Struct(self.structure(&properties, &required, &additional, pointer))
    }

    /// All properties, those behind the others that only branches describe.
    fn with_optional<'m>(
        &self,
        merged: &'m Merged,
        pointer: &str,
    ) -> Cow<'m, IndexMap<String, Vec<Description>>> {
        if merged.optional.is_empty() {
            return Cow::Borrowed(&merged.properties);
        }
        let mut described = merged.properties.clone();
        for (wire, branches) in &merged.optional {
            let place = push(&push(&push(pointer, "allOf"), "then"), "properties");
            let place = push(&place, wire);
            match described.get_mut(wire) {
                None => {
                    let any = Schemas::any_of_branches(branches, &place);
                    described.insert(wire.clone(), vec![any]);
                }
                // What holds always says more than what holds sometimes.
                Some(always) => {
                    if let Some(together) = self.schemas.with_branches(always, branches, &place) {
                        *always = vec![together];
                    }
                }
            }
        }
        Cow::Owned(described)
    }

    /// The type of schemas that are no objects and must all hold: the one that says most.
    fn narrowest(&mut self, parts: &Parts, pointer: &str) -> Shape {
        let mut best: Option<(ValueKind, usize)> = None;
        let mut fits = parts.merged.is_empty();
        for (index, (schema, _)) in parts.others.iter().enumerate() {
            let value_kind = self.schemas.value_kind(schema.into());
            best = match (best, value_kind) {
                (None, value_kind) => Some((value_kind, index)),
                (Some((ValueKind::Kind(one, listed), at)), ValueKind::Kind(other, values)) => {
                    let whole = |it| matches!(it, JsonKind::Integer | JsonKind::Number);
                    fits &= one == other || whole(one) && whole(other);
                    let narrower = values.is_some() || other == JsonKind::Integer && one != other;
                    if narrower || listed.is_none() && self.has_format(schema) {
                        Some((ValueKind::Kind(other, values), index))
                    } else {
                        Some((ValueKind::Kind(one, listed), at))
                    }
                }
                (best, _) => best,
            };
        }
        match best {
            Some((ValueKind::Kind(..), index)) if fits => {
                let (schema, at) = &parts.others[index];
                match schema {
                    // What several schemas say is no guess.
                    ReferenceOr::Item(item) if parts.others.len() > 1 => {
                        let item = without_guess(item);
                        Shape::Alias(self.type_of(SchemaRef::Item(&item), at))
                    }
                    schema => Shape::Alias(self.type_of(schema.into(), at)),
                }
            }
            _ => {
                self.warning(
                    WarningCode::AllOfConflict,
                    pointer,
                    "the members of `allOf` have different types; any value is accepted",
                )
                .help = Some("only objects are merged; write the merged schema explicitly".into());
                Shape::Alias(Type::Value)
            }
        }
    }

    fn has_format(&self, schema: &ReferenceOr<Schema>) -> bool {
        let item = self.schemas.resolve(schema.into());
        item.is_some_and(|item| {
            let form = Form::of(&item);
            form.format.is_some() || form.items.is_some()
        })
    }
}

/// Properties gathered so far.
#[derive(Clone, Default)]
pub(super) struct Merged {
    /// By name on the wire, each with all that is said of it.
    pub(super) properties: IndexMap<String, Vec<Description>>,
    /// Those that schemas describe of which it depends on the object whether they hold.
    pub(super) optional: Optional,
    /// The index of the property that each description is of, in the order in which they were gathered.
    described: Vec<usize>,
    required: Vec<String>,
    /// `additionalProperties`, each with the pointer of its schema.
    additional: Vec<(AdditionalProperties, String)>,
}

impl Merged {
    /// Whether nothing is said of objects.
    pub(super) fn is_empty(&self) -> bool {
        self.properties.is_empty()
            && self.optional.is_empty()
            && self.required.is_empty()
            && self.additional.is_empty()
    }

    /// Takes out what was added since.
    fn back_to(&mut self, mark: &Mark) {
        for index in self.described.drain(mark.descriptions..).rev() {
            let Some((_, all)) = self.properties.get_index_mut(index) else {
                continue;
            };
            all.pop();
            if all.is_empty() {
                // Properties that were met after it are out already.
                self.properties.pop();
            }
        }
        self.optional.clone_from(&mark.optional);
        self.required.truncate(mark.required);
        self.additional.truncate(mark.additional);
    }

    fn take(&mut self, form: &Form<'_>, pointer: &str) {
        let base = push(pointer, "properties");
        for (wire, schema) in form.properties.into_iter().flatten() {
            let entry = self.properties.entry(wire.clone());
            self.described.push(entry.index());
            let all = entry.or_default();
            all.push((schema.clone(), push(&base, wire)));
        }
        self.required.extend(form.required.iter().cloned());
        let additional = form.additional.cloned();
        self.additional
            .extend(additional.map(|it| (it, pointer.to_owned())));
    }
}
