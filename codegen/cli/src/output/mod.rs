//! Brings a folder in line with what was generated, without touching what isn't generated.
//!
//! A manifest in the folder lists the files that were written there. From it and the new files
//! a plan is made, which is all that `--check` needs; carrying it out is a step of its own.

mod manifest;
mod module;
mod plan;
#[cfg(feature = "cli")]
pub mod whole;
mod write;

#[cfg(feature = "cli")]
pub use plan::Entry;
pub use plan::{Change, Plan};

#[cfg(test)]
mod tests;
