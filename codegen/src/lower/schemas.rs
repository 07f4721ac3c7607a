//! What is asked of schemas before they are typed: what they refer to, and what values they describe.
//!
//! It takes the document alone. Each subject stands in a file of its own: [`super::schema`] has those on kinds and branches,
//! `docs.rs` those on documentation, `operations/media.rs` those on media types.

use std::cell::Cell;

use serde_json::Value;

use crate::document::Document;

use super::schema::Families;

/// References that may be followed for each field that there may be.
const STEPS: u64 = 12;

/// The schemas of a document.
pub(super) struct Schemas<'a> {
    pub(super) document: &'a Document,
    /// Schemas that others take over, and that a discriminator tells apart.
    pub(super) families: Families,
    /// How many more references may be followed to find out what schemas are.
    steps_left: Cell<u64>,
}

impl<'a> Schemas<'a> {
    /// The schemas of a document whose structs may have so many fields together.
    pub(super) fn new(document: &'a Document, most_fields: u64) -> Self {
        Self {
            document,
            families: Families::new(),
            steps_left: Cell::new(most_fields.saturating_mul(STEPS)),
        }
    }

    /// Whether all questions could be answered.
    pub(super) fn is_within_budget(&self) -> bool {
        self.steps_left.get() > 0
    }

    /// Counts a reference that is followed to find out what schemas are; says whether there may be more. Schemas that
    /// all lead to one another take the square of their number, for each of them.
    pub(super) fn may_go_on(&self) -> bool {
        self.may_go_on_by(1)
    }

    /// The same, for so many steps.
    pub(super) fn may_go_on_by(&self, steps: usize) -> bool {
        let left = self.steps_left.get();
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.steps_left.set(left.saturating_sub(steps));
        left > 0
    }

    /// The schema of a property, also where a part of `allOf` has it.
    pub(super) fn property<'v>(
        &'v self,
        schema: &'v Value,
        wire: &str,
        deepest: usize,
    ) -> Option<&'v Value> {
        let schema = self.followed(schema)?;
        let own = schema.get("properties").and_then(|it| it.get(wire));
        if let Some(own) = own {
            return self.followed(own);
        }
        let parts = schema.get("allOf").and_then(Value::as_array)?;
        let deeper = deepest.checked_sub(1)?;
        parts
            .iter()
            .find_map(|part| self.property(part, wire, deeper))
    }

    /// What a value that may be a reference leads to.
    pub(super) fn followed<'v>(&'v self, mut value: &'v Value) -> Option<&'v Value> {
        // Chains of references are no loops; the document was checked for that.
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            value = self.document.value(reference.strip_prefix('#')?)?;
        }
        Some(value)
    }
}
