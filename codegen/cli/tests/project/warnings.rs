//! `clientsmith codegen --deny-warnings`.

use crate::{PETS, Project, err, out};

/// A description with a warning: a field that no Response Object has.
fn with_warning() -> String {
    PETS.replace("{description: None.}", "{description: None., $extra: 1}")
}

#[test]
fn denied_warnings_fail_and_nothing_is_written() {
    let project = Project::new();
    project.run(&["codegen", "--deny-warnings"]);
    project.put(
        "spec/batches.yaml",
        &with_warning().replace("/pets", "/animals"),
    );
    let before = project.all();
    for arguments in [
        &["codegen", "--deny-warnings"][..],
        &["codegen", "--check", "--deny-warnings"],
        &["codegen", "--all", "--deny-warnings"],
    ] {
        let run = project.run(arguments);
        assert_eq!(run.status.code(), Some(1), "{arguments:?}: {}", err(&run));
        assert!(
            err(&run).contains("warning[unknown-field]: "),
            "{}",
            err(&run)
        );
        assert!(
            err(&run).contains("error: 1 warning with `--deny-warnings`; nothing was written\n"),
            "{}",
            err(&run)
        );
        assert_eq!(out(&run), "", "{arguments:?}");
        assert_eq!(project.all(), before, "{arguments:?}");
    }
    // Without the option it is written.
    let run = project.run(&["codegen"]);
    assert!(run.status.success(), "{}", err(&run));
    assert!(out(&run).contains("; 1 warning\n"), "{}", out(&run));
    let check = project.run(&["codegen", "--check", "--deny-warnings"]);
    assert_eq!(
        check.status.code(),
        Some(1),
        "up to date, and still with a warning"
    );
}

#[test]
fn without_warnings_nothing_is_denied() {
    let project = Project::new();
    for arguments in [
        &["codegen", "--deny-warnings"][..],
        &["codegen", "--check", "--deny-warnings"],
    ] {
        let run = project.run(arguments);
        assert!(run.status.success(), "{arguments:?}: {}", err(&run));
    }
}

#[test]
fn custom_modules_without_a_file_are_noted() {
    let project = Project::new();
    let config = project.text("spec/sdk.toml");
    let config = config.replacen("[package]\n", "[package]\nmodules = [\"custom\"]\n", 1);
    project.put("spec/sdk.toml", &config);
    let noted = "note: `generated/src/custom/mod.rs` doesn't exist yet";
    let run = project.run(&["codegen"]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    assert!(err(&run).contains(noted), "{}", err(&run));
    project.put("generated/src/custom.rs", "//! Custom code.\n");
    let run = project.run(&["codegen"]);
    assert!(!err(&run).contains(noted), "{}", err(&run));
    assert_eq!(
        project.text("generated/src/custom.rs"),
        "//! Custom code.\n"
    );
}
