//! `clientsmith review`: all APIs of a project are looked at. What needs git says so where there is none, and ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A description with these paths.
fn spec(title: &str, paths: &[&str]) -> String {
    let paths: Vec<String> = paths
        .iter()
        .map(|path| {
            format!("  {path}: {{get: {{responses: {{'204': {{description: None.}}}}}}}}\n")
        })
        .collect();
    format!(
        "openapi: 3.0.3\ninfo: {{title: {title}, version: '1'}}\n\
         servers: [{{url: 'https://example.com'}}]\npaths:\n{}",
        paths.concat()
    )
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

/// Runs git; whether there is any.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Jo", "-c", "user.email=jo@example.com"])
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) => assert!(output.status.success(), "{arguments:?}: {output:?}"),
        Err(_) => {
            println!("git isn't there: not tried");
            return false;
        }
    }
    true
}

fn clientsmith(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started")
}

fn review(folder: &Path, arguments: &[&str]) -> String {
    let output = clientsmith(
        folder,
        &[&["review", "HEAD", "--no-build"], arguments].concat(),
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_api_of_the_project_is_reviewed() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = &place.path().canonicalize().expect("it is there");
    put(
        folder,
        "clientsmith.toml",
        "[apis.pets]\nspec = \"pets.yaml\"\nout = \"pets\"\n",
    );
    put(folder, "pets.yaml", &spec("Pets", &["/pets", "/toys"]));
    put(folder, "spec/farm/openapi.yaml", &spec("Farm", &["/cows"]));
    put(
        folder,
        "spec/zoo/openapi.yaml",
        &spec("Zoo", &["/cages", "/keepers"]),
    );
    for api in ["pets", "farm", "zoo"] {
        let output = clientsmith(folder, &["codegen", api]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    if !git(folder, &["init", "--quiet"]) {
        return;
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "all"]);
    let nothing = review(folder, &[]);
    assert_eq!(nothing.matches("No changes.").count(), 3, "{nothing}");

    // The first API stays, the second loses an operation, the third goes, and a fourth comes.
    put(folder, "spec/zoo/openapi.yaml", &spec("Zoo", &["/cages"]));
    fs::remove_dir_all(folder.join("spec/farm")).expect("it is there");
    put(
        folder,
        "spec/bank/openapi.yaml",
        &spec("Bank", &["/accounts"]),
    );
    let text = review(folder, &[]);
    let sections: Vec<&str> = text.split("\n# `").skip(1).collect();
    let names: Vec<&str> = sections
        .iter()
        .filter_map(|it| it.split('`').next())
        .collect();
    assert_eq!(names, ["pets", "bank", "zoo", "farm"], "{text}");
    assert!(sections[0].contains("No changes."), "{text}");
    assert!(
        sections[1].contains("The API is new: `HEAD` doesn't have it."),
        "{text}"
    );
    assert!(
        sections[2].contains("### Breaking") && sections[2].contains("/keepers"),
        "{text}"
    );
    assert!(
        sections[3].contains("**breaking**: the API was removed."),
        "{text}"
    );
    // One alone has no heading of its name.
    let one = review(folder, &["--api", "pets"]);
    assert!(
        !one.contains("# `pets`") && one.contains("No changes."),
        "{one}"
    );
}
