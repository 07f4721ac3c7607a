//! What is found out once for all files of a crate.

use std::collections::{HashMap, HashSet};

use crate::model::{Resource, Security};
use crate::names::Ident;

/// What most operations have in common, and what several files ask for. Plain data: see
/// [`error_docs::common`](super::error_docs::common).
pub(super) struct Common<'a> {
    /// The Security Requirement Objects that most operations have.
    pub(super) security: &'a Security,
    /// The error responses that most operations document, as a list in Markdown.
    pub(super) failures: Option<String>,
    /// The names of the types.
    pub(super) types: HashSet<&'a str>,
    /// Whether a type, or a field of one, is deprecated.
    pub(super) deprecated: bool,
    /// The resources that others lead to, by the paths of these.
    pub(super) nested: HashMap<&'a [Ident], Vec<&'a Resource>>,
}

impl<'a> Common<'a> {
    /// The resources that this one leads to.
    pub(super) fn children(&self, parent: &Resource) -> &[&'a Resource] {
        let path: Vec<Ident> = parent.path().cloned().collect();
        self.nested.get(path.as_slice()).map_or(&[], Vec::as_slice)
    }
}
