//! Identifiers: from the words of a document to names that Rust takes.
//!
//! An [`Ident`] comes from a [`Scope`] and from nowhere else, so every name in emitted code is
//! valid, is no keyword, and differs from all others of its scope.

mod acronyms;
mod case;
mod letters;
pub mod reserved;
mod scope;

pub use case::{constant_case, module_case, pascal_case, snake_case, variable_case, words};
pub use reserved::{DEEPEST, PRELUDE};
pub(crate) use scope::shortened;
pub use scope::{Ident, Scope};
