//! Rules of the project that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All Rust files below a folder of the project.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// Every line below a folder that holds one of these words.
fn lines_with(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources(folder) {
        for (index, line) in text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{}: {}", path.display(), index + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn the_generator_and_the_runtime_know_no_api() {
    let words = ["batch", "Batch", "llama", "Llama", "parse_v2", "extract_v2"];
    for folder in [
        "codegen/src",
        "codegen/cli/src",
        "codegen/reference-pages/src",
        "codegen/runtime/src",
    ] {
        assert_eq!(lines_with(folder, &words), [""; 0]);
    }
}

#[test]
fn libraries_read_and_write_nothing() {
    for folder in ["codegen/src", "codegen/reference-pages/src"] {
        assert_eq!(lines_with(folder, &["std::fs", "std::net"]), [""; 0]);
    }
}

#[test]
fn no_file_of_the_generator_is_too_long_to_be_read() {
    for (folder, most) in [
        ("codegen/src", 500),
        ("codegen/reference-pages/src", 500),
        ("codegen/runtime/src", 400),
        ("codegen/cli/src", 500),
        ("xtask/src", 500),
    ] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= most, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn published_packages_have_the_licenses() {
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let text = fs::read_to_string(root().join(name)).expect("the license is there");
        for package in ["", "cli", "reference-pages", "runtime"] {
            let path = root().join("codegen").join(package).join(name);
            let copy = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(copy, text, "{}", path.display());
        }
    }
}

fn workflow() -> String {
    let path = root().join(".github/workflows/ci.yml");
    fs::read_to_string(path).expect("the workflow is there")
}

/// The steps of the workflow, each from its dash to the next one's.
fn steps(workflow: &str) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for line in workflow.lines() {
        if line.starts_with("      - ") {
            steps.push(String::new());
        }
        if let Some(step) = steps.last_mut() {
            step.push_str(line);
            step.push('\n');
        }
    }
    steps
}

#[test]
fn ci_takes_actions_by_their_commit() {
    let workflow = workflow();
    let uses = workflow
        .lines()
        .filter_map(|line| line.split_once("uses: "));
    let uses: Vec<&str> = uses.map(|(_, action)| action).collect();
    assert!(!uses.is_empty());
    for action in uses {
        let (_, pinned) = action.split_once('@').expect("an action has a version");
        let (commit, version) = pinned.split_once(" # v").unwrap_or((pinned, ""));
        let is_commit = commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit());
        assert!(is_commit && !version.is_empty(), "{action}");
    }
}

#[test]
fn ci_leaves_no_credentials_in_a_checkout_and_installs_fixed_versions() {
    let workflow = workflow();
    let steps = steps(&workflow);
    let checkouts = steps.iter().filter(|it| it.contains("actions/checkout@"));
    let checkouts: Vec<&String> = checkouts.collect();
    assert!(checkouts.len() > 1);
    for step in checkouts {
        assert!(step.contains("persist-credentials: false"), "{step}");
    }
    for line in workflow.lines().filter(|it| it.contains("cargo install ")) {
        assert!(
            line.contains("--version \"=$") && line.contains("--locked"),
            "{line}"
        );
    }
    // Those that may write run nothing of what was pushed.
    for job in workflow.split("\n\n") {
        if job.contains("pull-requests: write") {
            assert!(
                !job.contains("checkout") && !job.contains("cargo "),
                "{job}"
            );
        }
    }
}

#[test]
fn files_have_the_same_ends_of_lines_on_every_system() {
    let attributes = fs::read_to_string(root().join(".gitattributes"));
    let attributes = attributes.expect("the file is there");
    assert!(attributes.lines().any(|line| line == "* text=auto eol=lf"));
}
