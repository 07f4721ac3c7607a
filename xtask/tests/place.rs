//! A copy of the program acts where it is run, and not in the checkout in which it was compiled.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn a_copied_program_does_not_write_into_the_checkout() {
    let place = tempfile::tempdir().expect("a folder for the test");
    let copy = place
        .path()
        .join(format!("program{}", std::env::consts::EXE_SUFFIX));
    fs::copy(env!("CARGO_BIN_EXE_xtask"), &copy).expect("a copy");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/minimal/openapi.yaml");
    let spec = spec.canonicalize().expect("the fixture is there");
    for arguments in [
        vec!["codegen"],
        vec!["codegen", "--spec", spec.to_str().expect("UTF-8")],
        vec!["bench", "counts"],
    ] {
        let output = Command::new(&copy)
            .current_dir(place.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .args(&arguments)
            .stdin(Stdio::null())
            .output()
            .expect("the program can be started");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("no `clientsmith.toml` in `"), "{told}");
        assert!(
            told.contains("`cargo xtask init` makes a project"),
            "{told}"
        );
    }
}
