//! Brings a folder in line with what was generated, without touching what isn't generated.
//!
//! A manifest in the folder lists the files that were written there. From it and the new files
//! a plan is made, which is all that `--check` needs; carrying it out is a step of its own.

mod manifest;
mod plan;
pub(crate) mod whole;
mod write;

pub(crate) use plan::{Change, Entry, Plan};

#[cfg(test)]
mod tests;
