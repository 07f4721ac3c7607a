//! Tags: the groups of operations in the documentation, whatever their methods are called.

use indexmap::IndexMap;

use crate::config::Config;
use crate::document::Document;
use crate::model::{Docs, Resource, Tag};

/// The tags of all operations, those that the document declares first (Tag Object), each with its description.
pub(super) fn of_operations(
    document: &Document,
    config: &Config,
    resources: &[Resource],
) -> Vec<Tag> {
    let mut described: IndexMap<&str, &str> = IndexMap::new();
    for tag in &document.api.tags {
        let description = tag.description.as_deref().unwrap_or_default();
        described.entry(&tag.name).or_insert(description);
    }
    let operations = resources.iter().flat_map(|it| &it.operations);
    for name in operations.filter_map(|it| it.tag.as_deref()) {
        described.entry(name).or_default();
    }
    let tag = |(name, description): (&str, &str)| {
        let configured = config.resources.get(name);
        let configured = configured.and_then(|it| it.description.as_deref());
        Tag {
            name: name.to_owned(),
            docs: Docs::text(configured.unwrap_or(description).to_owned()),
        }
    };
    described.into_iter().map(tag).collect()
}
