//! `codegen/CONFIGURATION.md` has all keys of a configuration.

use std::fs;
use std::path::Path;

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/CONFIGURATION.md");
    let page = fs::read_to_string(path).expect("the page is there");
    assert!(
        page == codegen::configuration_page(),
        "write it again: `cargo xtask schema --markdown > codegen/CONFIGURATION.md`"
    );
}
