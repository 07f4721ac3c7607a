//! The media types that hold for an operation: its own, or those of the description (Swagger 2.0 section 4.4.1).

use serde_json::Value;

use super::Conversion;
use crate::diagnostic::WarningCode;
use crate::pointer::push;

/// Most media types of one body or response. Each has a copy of the schema.
const MOST: usize = 8;

/// The longest of them: longer ones are none (RFC 6838 section 4.2 has 127 characters for each half).
const LONGEST: usize = 256;

/// Media types, each once, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MediaTypes<'d>(Vec<&'d str>);

impl<'d> MediaTypes<'d> {
    /// Those that an object names, as far as there is room, and how many more there are.
    pub(super) fn of(owner: &'d Value, key: &str) -> (Self, usize) {
        let list = owner.get(key).and_then(Value::as_array);
        let mut left_out = 0_usize;
        let mut found: Vec<&str> = Vec::new();
        for media_type in list.into_iter().flatten().filter_map(Value::as_str) {
            let media_type = media_type.trim();
            if found.contains(&media_type) || media_type.is_empty() {
                continue;
            }
            if media_type.len() <= LONGEST && found.len() < MOST {
                found.push(media_type);
                continue;
            }
            left_out += 1;
            // What is best to work with is kept.
            let is_first = is_json(media_type) && !found.iter().any(|it| is_json(it));
            if let Some(last) = found
                .last_mut()
                .filter(|_| is_first && media_type.len() <= LONGEST)
            {
                *last = media_type;
            }
        }
        (Self(found), left_out)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'d str> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds those of another that are new, as long as there is room.
    pub(super) fn add(&mut self, other: &Self) {
        for media_type in other.iter() {
            if self.0.len() < MOST && !self.0.contains(&media_type) {
                self.0.push(media_type);
            }
        }
    }

    /// These, or another if there are none.
    pub(super) fn or(mut self, other: &'static str) -> Self {
        if self.0.is_empty() {
            self.0.push(other);
        }
        self
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

impl<'d> Conversion<'d> {
    /// The media types that an object names.
    pub(super) fn media_types(&mut self, owner: &'d Value, key: &str, at: &str) -> MediaTypes<'d> {
        let (found, left_out) = MediaTypes::of(owner, key);
        if left_out > 0 {
            let message = format!("`{key}` has more media types than are used");
            let label = format!("{left_out} are not: the first {MOST} are, and one that is JSON");
            self.warn(
                WarningCode::IgnoredMediaType,
                push(at, key),
                message,
                &label,
            );
        }
        found
    }

    /// The media types that an operation names, an empty list among them, or those of the description.
    pub(super) fn media_types_or(
        &mut self,
        operation: &'d Value,
        key: &str,
        at: &str,
        others: &MediaTypes<'d>,
    ) -> MediaTypes<'d> {
        match operation.get(key) {
            Some(_) => self.media_types(operation, key, at),
            None => others.clone(),
        }
    }
}
