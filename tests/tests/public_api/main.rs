//! The public API of the emitted crate, an item a line, so that a reviewer sees what a change
//! means for those who depend on it.
//!
//! The listing is read from the source: it follows `pub use`, and it finds impls wherever they
//! stand. Impls that a macro makes are not in it.

mod edits;
mod listing;
mod mentions;
mod page;
mod programs;
mod requests;
mod semver;
mod spelling;
mod tables;
mod tree;
mod verdicts;

use std::path::Path;

#[test]
fn the_public_api_of_the_emitted_crate() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let tree = tree::Tree::read(&source);
    insta::assert_snapshot!(listing::list(&tree, "llama_cloud"));
}
