//! The types that aren't generated: their own `Deserialize` and `Serialize` decode and encode them.

use std::fmt::Write as _;

use indexmap::IndexMap;
use quote::quote;

use crate::model::{Api, External, JsonKind};
use crate::print;
use crate::spelling::{external_path, is_own};

use super::super::needs;

/// `wire/external.rs`
///
/// # Errors
///
/// As [`print::file`].
pub(in crate::emit) fn module(api: &Api) -> Result<String, String> {
    let mut text = print::file(quote! {
        //! Types that aren't generated: their own `Deserialize` and `Serialize` decode and encode them.

        use crate::runtime::{external, tables};
    })?;
    text.push('\n');
    for external in all(api).into_values() {
        let ty = external_path(api, &external.path);
        let (kind, name) = (word(external.kind), &external.path);
        let _ = write!(text, "external::external!({ty}: {kind}, \"{name}\"");
        if let Some(blank) = &external.blank {
            let _ = write!(text, ", blank {}", external_path(api, blank));
        }
        text.push_str(");\n");
    }
    Ok(text)
}

/// Each of them once, by its path; of values of several kinds where they are used so.
fn all(api: &Api) -> IndexMap<String, External> {
    let mut all: IndexMap<String, External> = IndexMap::new();
    needs::any_type_that(api, &mut |ty| {
        if let Some(external) = needs::external(ty).filter(|it| !is_known(&it.path)) {
            let known = all
                .entry(external.path.clone())
                .or_insert_with(|| external.clone());
            if known.kind != external.kind {
                known.kind = None;
            }
            if known.blank.is_none() {
                known.blank.clone_from(&external.blank);
            }
        }
        false
    });
    all
}

/// Whether the crate can decode and encode a type anyway: one of its own, or of those that its fields have.
fn is_known(path: &str) -> bool {
    is_own(path) || STANDARD.contains(&path)
}

/// Types of other crates that fields have.
const STANDARD: [&str; 2] = ["std::string::String", "serde_json::Value"];

/// The word for a kind of values in the table of the runtime. Numbers come with all their digits.
fn word(kind: Option<JsonKind>) -> &'static str {
    match kind {
        Some(JsonKind::String) => "string",
        Some(JsonKind::Integer | JsonKind::Number) => "number",
        Some(JsonKind::Boolean) => "boolean",
        Some(JsonKind::Array | JsonKind::Object) | None => "json",
    }
}
