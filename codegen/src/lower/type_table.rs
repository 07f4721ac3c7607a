//! The types that schemas become: each has its name before it has its definition, so that cycles are no problem.

use std::collections::{HashMap, HashSet};

use crate::model::{Docs, Field, Shape, Struct, Type, TypeDef, TypeId, Usage};
use crate::names::{Ident, Scope};

/// Most required fields that a constructor takes by position.
pub(super) const POSITIONAL: usize = 4;

/// The type that the schema at a pointer became, for each place that was lowered.
pub(crate) type Typed = Vec<(String, Type)>;

/// Component or operation that a type stands in, then when it was met there: the order in which types are emitted.
pub(super) type Order = (usize, usize);

/// A type whose definition may still be under way.
#[derive(Debug)]
struct Slot {
    /// Whether another type stands in its place.
    is_left_out: bool,
    name: Ident,
    pointer: String,
    order: Order,
    definition: Option<TypeDef>,
}

/// All types of a document.
pub(super) struct TypeTable {
    names: Scope,
    slots: Vec<Slot>,
    by_pointer: HashMap<String, TypeId>,
    /// The names of components.
    components: HashSet<String>,
    /// Inline schemas that are being lowered right now.
    open: HashMap<String, Order>,
    /// Index of the component or operation that is being lowered, and how many inline schemas were met so far.
    owner: usize,
    entered: usize,
    /// What each schema became, where somebody wants to know.
    record: Option<Typed>,
}

impl TypeTable {
    pub(super) fn new() -> Self {
        Self {
            names: Scope::new(&[]),
            slots: Vec::new(),
            by_pointer: HashMap::new(),
            components: HashSet::new(),
            open: HashMap::new(),
            owner: 0,
            entered: 0,
            record: None,
        }
    }

    /// Keeps account of what each schema becomes.
    pub(super) fn record(&mut self) {
        self.record = Some(Typed::new());
    }

    /// Notes what a schema became.
    pub(super) fn became(&mut self, pointer: &str, ty: &Type) {
        if let Some(record) = &mut self.record {
            record.push((pointer.to_owned(), ty.clone()));
        }
    }

    /// What each schema became, as far as it was recorded.
    pub(super) fn recorded(&mut self) -> Typed {
        self.record.take().unwrap_or_default()
    }

    /// Begins with a component, by its index.
    pub(super) fn enter_component(&mut self, index: usize) {
        self.owner = index;
    }

    /// Begins with an operation, or a webhook.
    pub(super) fn enter_operation(&mut self) {
        self.owner += 1;
    }

    /// Names a component of the document.
    pub(super) fn declare(&mut self, wanted: &str, pointer: String) -> TypeId {
        let order = (self.slots.len(), 0);
        let id = self.add(&[wanted], pointer, order);
        self.components.insert(self.name(id).to_string());
        id
    }

    /// Names the inline schema at a pointer by the first of these names that is free.
    pub(super) fn reserve(&mut self, wanted: &[&str], pointer: &str) -> TypeId {
        let open = self.open.get(pointer).copied();
        let order = open.unwrap_or((self.owner, self.entered));
        self.add(wanted, pointer.to_owned(), order)
    }

    fn add(&mut self, wanted: &[&str], pointer: String, order: Order) -> TypeId {
        let id = TypeId(self.slots.len());
        self.by_pointer.insert(pointer.clone(), id);
        self.slots.push(Slot {
            name: self.names.name(wanted, "Type"),
            pointer,
            order,
            is_left_out: false,
            definition: None,
        });
        id
    }

    /// Defines a type that has a name.
    pub(super) fn define(&mut self, id: TypeId, shape: Shape, docs: Docs) {
        let slot = &mut self.slots[id.0];
        slot.definition = Some(TypeDef {
            name: slot.name.clone(),
            pointer: slot.pointer.clone(),
            docs,
            shape,
            usage: Usage::default(),
            derives: Vec::new(),
            attributes: Vec::new(),
        });
    }

    /// The type of the schema at a pointer, if it has a name already.
    pub(super) fn at(&self, pointer: &str) -> Option<TypeId> {
        self.by_pointer.get(pointer).copied()
    }

    /// Notes that the inline schema at a pointer is being lowered.
    pub(super) fn begin(&mut self, pointer: &str) {
        self.entered += 1;
        self.open
            .insert(pointer.to_owned(), (self.owner, self.entered));
    }

    /// Whether the inline schema at a pointer is being lowered.
    pub(super) fn is_open(&self, pointer: &str) -> bool {
        self.open.contains_key(pointer)
    }

    /// Notes that the inline schema at a pointer has been lowered.
    pub(super) fn end(&mut self, pointer: &str) {
        self.open.remove(pointer);
    }

    /// The name of a type.
    pub(super) fn name(&self, id: TypeId) -> &Ident {
        &self.slots[id.0].name
    }

    /// The JSON pointer of a type's schema.
    pub(super) fn pointer(&self, id: TypeId) -> &str {
        &self.slots[id.0].pointer
    }

    /// The definition of a type, unless it is still under way.
    pub(super) fn definition(&self, id: TypeId) -> Option<&TypeDef> {
        self.slots[id.0].definition.as_ref()
    }

    /// What a type is, unless it is still under way.
    pub(super) fn shape(&self, id: TypeId) -> Option<&Shape> {
        self.definition(id).map(|it| &it.shape)
    }

    /// The type behind other names for it.
    pub(super) fn behind_aliases(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        // Every step follows another definition, and there are only so many.
        for _ in 0..=self.slots.len() {
            let Type::Named(id) = &ty else { break };
            match self.shape(*id) {
                Some(Shape::Alias(target)) => ty = target.clone(),
                _ => break,
            }
        }
        ty
    }

    /// The fields of a type that is a struct.
    pub(super) fn fields(&self, id: TypeId) -> Option<&[Field]> {
        match self.shape(id)? {
            Shape::Struct(Struct { fields, .. }) => Some(fields),
            _ => None,
        }
    }

    /// All types, in the order of the document.
    pub(super) fn order(&self) -> Vec<TypeId> {
        let mut order: Vec<TypeId> = (0..self.slots.len()).map(TypeId).collect();
        order.sort_by_key(|id| self.slots[id.0].order);
        order.retain(|id| !self.slots[id.0].is_left_out);
        order
    }

    /// All definitions, by their ids; none where something stood in the way of one.
    pub(super) fn definitions(&self) -> Option<Vec<TypeDef>> {
        let slots = self.slots.iter();
        slots.map(|slot| slot.definition.clone()).collect()
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a component has this name.
    pub(super) fn has_component(&self, name: &str) -> bool {
        self.components.contains(name)
    }

    /// Gives a type another name.
    pub(super) fn rename(&mut self, id: TypeId, wanted: &str) {
        let name = self.names.name(&[wanted], "Type");
        let slot = &mut self.slots[id.0];
        slot.name.clone_from(&name);
        if let Some(definition) = &mut slot.definition {
            definition.name = name;
        }
    }

    /// Takes from a type the words that another one, which it stands for, doesn't have.
    pub(super) fn forget_differing_docs(&mut self, id: TypeId, other: TypeId) {
        let others = self.definition(other).map(|it| it.docs.clone());
        if let Some(definition) = &mut self.slots[id.0].definition
            && others.is_none_or(|others| others.text != definition.docs.text)
        {
            definition.docs = Docs::default();
        }
    }

    /// Changes the definitions of all types.
    pub(super) fn replace(&mut self, mut change: impl FnMut(&mut Shape)) {
        let definitions = self
            .slots
            .iter_mut()
            .filter_map(|it| it.definition.as_mut());
        definitions.for_each(|it| change(&mut it.shape));
    }

    /// Leaves a type out of the crate.
    pub(super) fn leave_out(&mut self, id: TypeId) {
        self.slots[id.0].is_left_out = true;
    }

    /// The definitions, and the order to emit them in: the document's.
    pub(super) fn finish(mut self) -> (Vec<TypeDef>, Vec<TypeId>) {
        self.name_parts();
        let order = self.order();
        let slots = self.slots.into_iter();
        (slots.filter_map(|slot| slot.definition).collect(), order)
    }

    /// Names the structs of required fields, once all types of the document have theirs.
    fn name_parts(&mut self) {
        for slot in self.slots.iter_mut().filter(|it| !it.is_left_out) {
            if let Some(TypeDef {
                shape: Shape::Struct(shape),
                ..
            }) = &mut slot.definition
                && shape.fields.iter().filter(|it| it.is_asked_for()).count() > POSITIONAL
            {
                let wanted = format!("{}Parts", slot.name);
                shape.parts = Some(self.names.name(&[&wanted], "Parts"));
            }
        }
    }
}
