//! What was found, each once.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Origin, Severity};

use super::inferred::Inferred;
use super::secrets::Secrets;

/// What isn't as the description says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviationKind {
    /// A required field is missing.
    MissingField,
    /// `null`, where the description doesn't allow it.
    NullValue,
    /// A field that the description doesn't have.
    UnknownField,
    /// A value that an enum doesn't list.
    UnknownValue,
    /// A value that no variant of a union accepts.
    UnknownVariant,
    /// A value of another type.
    WrongType,
    /// A body that isn't of its own media type, such as invalid JSON.
    InvalidBody,
    /// A status that the operation doesn't document.
    UndocumentedStatus,
    /// A media type that the request or the response doesn't document.
    UndocumentedMediaType,
    /// A query parameter that the operation doesn't have.
    UndocumentedParameter,
    /// A required parameter that wasn't sent.
    MissingParameter,
    /// A method and path that no operation has.
    UndocumentedOperation,
}

impl DeviationKind {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::MissingField,
        Self::NullValue,
        Self::UnknownField,
        Self::UnknownValue,
        Self::UnknownVariant,
        Self::WrongType,
        Self::InvalidBody,
        Self::UndocumentedStatus,
        Self::UndocumentedMediaType,
        Self::UndocumentedParameter,
        Self::MissingParameter,
        Self::UndocumentedOperation,
    ];

    /// Its name, as reports have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingField => "missing-field",
            Self::NullValue => "null-value",
            Self::UnknownField => "unknown-field",
            Self::UnknownValue => "unknown-value",
            Self::UnknownVariant => "unknown-variant",
            Self::WrongType => "wrong-type",
            Self::InvalidBody => "invalid-body",
            Self::UndocumentedStatus => "undocumented-status",
            Self::UndocumentedMediaType => "undocumented-media-type",
            Self::UndocumentedParameter => "undocumented-parameter",
            Self::MissingParameter => "missing-parameter",
            Self::UndocumentedOperation => "undocumented-operation",
        }
    }
}

/// A deviation of recorded exchanges from the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficDeviation {
    /// What isn't as described.
    pub kind: DeviationKind,
    /// What and where it is. Its place is that in the description, or in the overlay that has it.
    pub diagnostic: Diagnostic,
    /// How often it was found.
    pub count: u64,
    /// The exchange in which it was found first.
    pub first: String,
    /// The value, with all that could be a secret replaced.
    pub example: Option<String>,
}

/// What corrects the description.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// What is known of values that aren't described.
    pub(super) schema: Inferred,
    /// The value that an enum doesn't list, if it may be shown.
    pub(super) value: Option<Value>,
    /// The name of a tag.
    pub(super) tag: Option<String>,
    /// The schemas that have to be changed: those whose `required` has the field.
    pub(super) owners: Vec<String>,
    /// The responses of an operation that isn't described, or one response: what each status has,
    /// by its media type.
    pub(super) responses: BTreeMap<u16, BTreeMap<String, Option<Inferred>>>,
    /// A schema of the description that the body of a response is valid for.
    pub(super) reference: Option<Value>,
    /// The parameters that were sent, with their schemas.
    pub(super) parameters: BTreeMap<String, Value>,
}

/// A deviation before its place in the text is looked up.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) message: String,
    pub(super) at_key: bool,
    pub(super) count: u64,
    pub(super) first: String,
    pub(super) example: Option<String>,
    pub(super) evidence: Evidence,
}

/// What is the same deviation: its kind, its pointer, and the name or the value that it is about.
pub(super) type Key = (DeviationKind, String, String);

/// Most deviations that are kept; further ones are counted.
const MOST: usize = 2_000;

/// All deviations, each once.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) found: IndexMap<Key, Found>,
    /// How many were found beyond those that are kept.
    pub(super) dropped: u64,
}

impl Findings {
    /// Notes a deviation; what is known of it is made only if it is new.
    pub(super) fn note(
        &mut self,
        key: Key,
        first: &str,
        make: impl FnOnce() -> Found,
    ) -> Option<&mut Evidence> {
        if let Some(index) = self.found.get_index_of(&key) {
            let (_, found) = self.found.get_index_mut(index)?;
            found.count += 1;
            return Some(&mut found.evidence);
        }
        if self.found.len() >= MOST {
            self.dropped += 1;
            return None;
        }
        let mut found = make();
        found.count = 1;
        first.clone_into(&mut found.first);
        Some(&mut self.found.entry(key).or_insert(found).evidence)
    }

    /// The deviations as they are reported, without their places in the texts.
    pub(super) fn reported(&self) -> Vec<TrafficDeviation> {
        let found = self.found.iter();
        let reported = found.map(|((kind, pointer, _), found)| TrafficDeviation {
            kind: *kind,
            diagnostic: Diagnostic {
                severity: Severity::Warning,
                at_key: found.at_key,
                ..Diagnostic::error(Origin::Spec, pointer.clone(), found.message.clone())
            },
            count: found.count,
            first: found.first.clone(),
            example: found.example.clone(),
        });
        reported.collect()
    }
}

impl Found {
    pub(super) fn new(message: String) -> Self {
        Self {
            message,
            at_key: false,
            count: 0,
            first: String::new(),
            example: None,
            evidence: Evidence::default(),
        }
    }

    pub(super) fn at_key(mut self) -> Self {
        self.at_key = true;
        self
    }

    /// Shows a value from which secrets are removed already.
    pub(super) fn example(mut self, value: &Value) -> Self {
        const LONGEST: usize = 160;
        let mut text = value.to_string();
        if let Some((end, _)) = text.char_indices().nth(LONGEST) {
            text.truncate(end);
            text.push_str("...");
        }
        self.example = Some(text);
        self
    }
}

impl Evidence {
    /// Adds a response, and the JSON in its body.
    pub(super) fn response(
        &mut self,
        status: u16,
        media: Option<&str>,
        body: Option<&Value>,
        secrets: &Secrets,
    ) {
        let contents = self.responses.entry(status).or_default();
        let Some(media) = media else { return };
        let known = contents.entry(media.to_owned()).or_default();
        if let Some(body) = body {
            known.get_or_insert_default().add(body, secrets);
        }
    }
}

/// Which exchanges were compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrafficCounts {
    /// Exchanges in the recordings.
    pub exchanges: u64,
    /// Those of operations of the description.
    pub compared: u64,
    /// Operations that were called.
    pub called: u64,
    /// Operations of the description.
    pub operations: u64,
    /// Exchanges without a response.
    pub without_response: u64,
    /// Bodies that were compared.
    pub bodies: u64,
    /// Bodies of XML, which aren't compared.
    pub xml_bodies: u64,
    /// Exchanges with other hosts, by their names.
    pub other_hosts: BTreeMap<String, u64>,
    /// Deviations beyond those that are listed.
    pub unlisted: u64,
    /// Operations that were called, by resource and number.
    pub(super) seen: BTreeSet<(usize, usize)>,
}
