//! Resources: what operations are grouped by.

use std::time::Duration;

use crate::names::Ident;

use super::{Docs, Operation, TypeId};

/// A group of operations: `client.dishes()`.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Module, and method of the client or of the resource that leads to it.
    pub module: Ident,
    /// The modules of the resources that lead to it, outermost first; none for most.
    pub parents: Vec<Ident>,
    /// The handle's type of the resource that leads to it; none where that is the client.
    pub parent_handle: Option<Ident>,
    /// Whether its operations are methods of the client itself, and the module has their requests alone.
    pub is_client: bool,
    /// The Cargo feature that it is compiled with, where not always.
    pub feature: Option<String>,
    /// The handle's type.
    pub handle: Ident,
    /// `description` of the Tag Object, or what the configuration says instead.
    pub docs: Docs,
    /// Whether the Tag Object or its extensions mark it as deprecated, experimental, beta or a preview.
    pub unstable: bool,
    /// Its operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// Operations that are polled until a final state, as the configuration names them.
    pub waiters: Vec<Waiter>,
}

/// A tag: a group of operations in the documentation (Tag Object).
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its `name`.
    pub name: String,
    /// Its `summary` and `description`, or what the configuration says instead.
    pub docs: Docs,
    /// Its `parent`, if that is a tag.
    pub parent: Option<String>,
    /// Its `kind`, if that isn't one that operations are grouped by.
    pub kind: Option<String>,
}

/// Where the names of operations come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamedBy {
    /// Paths and HTTP methods.
    #[default]
    Path,
    /// `operationId`s that are paths of names themselves, as `repos/list-tags`.
    OperationId,
    /// The first of the `tags`, and the `operationId`.
    Tag,
}

impl NamedBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Path, Self::OperationId, Self::Tag];

    /// The word for it in a configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::OperationId => "operation-id",
            Self::Tag => "tag",
        }
    }
}

impl Resource {
    /// How users get to it: `client.dishes()`, or `client` for the operations of the client itself.
    pub fn way(&self) -> String {
        if self.is_client {
            return "client".to_owned();
        }
        format!("client.{}()", self.path_joined("()."))
    }

    /// The modules that lead to it, its own the last.
    pub fn path(&self) -> impl Iterator<Item = &Ident> {
        self.parents.iter().chain([&self.module])
    }

    /// The modules that lead to it, with this between two of them.
    pub fn path_joined(&self, separator: &str) -> String {
        let path: Vec<&str> = self.path().map(Ident::as_str).collect();
        path.join(separator)
    }
}

/// An operation that is polled until a field of its response has a final value.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// The method of the resource.
    pub method: Ident,
    /// The struct of its poller.
    pub request: Ident,
    /// Index of the operation that reads the state, in the waiter's resource.
    pub operation: usize,
    /// Index of the operation that starts the job.
    pub start: Option<usize>,
    /// Path of the state in the response.
    pub field: Vec<Ident>,
    /// The state's type, an open enum.
    pub state: TypeId,
    /// States that end polling with success.
    pub done: Vec<Ident>,
    /// States that end polling with an error.
    pub failed: Vec<Ident>,
    /// The first pause between two polls, where a program sets none.
    pub interval: Option<Duration>,
    /// Time limit of all polls together, where a program sets none.
    pub timeout: Option<Duration>,
}
