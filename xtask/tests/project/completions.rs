//! `cargo xtask completions`: what a shell makes of the scripts.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::{Project, err, out};

/// Another completion of cargo, such as its own.
const OTHERS: &str = "_others() { COMPREPLY=(build \"$2\"); }\ncomplete -F _others cargo\n";

/// What bash offers for the last of some words, in a shell that has read these lines. None where
/// there is no bash.
fn offered(before: &str, words: &[&str]) -> Option<Vec<String>> {
    let script = out(&Project::new().run(&["completions", "bash"]));
    let (last, rest) = words.split_last()?;
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    // The shell calls the function that `complete` names, with these variables and arguments.
    let ask = format!(
        "f=$(complete -p cargo | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n\
         COMP_WORDS=({})\nCOMP_CWORD={}\nCOMPREPLY=()\n\
         \"$f\" cargo '{last}' '{}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        quoted.join(" "),
        rest.len(),
        rest.last()?,
    );
    let mut bash = Command::new("bash")
        .args(["--noprofile", "--norc", "-s"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let text = format!("set -u\n{before}\n{script}\n{ask}");
    let mut input = bash.stdin.take()?;
    input.write_all(text.as_bytes()).expect("bash reads it");
    drop(input);
    let output = bash.wait_with_output().expect("bash ends");
    assert_eq!(err(&output), "", "{words:?}");
    Some(out(&output).lines().map(str::to_owned).collect())
}

fn assert_offered(words: &[&str], expected: &[&str]) {
    let Some(offered) = offered("", words) else {
        return;
    };
    for word in expected {
        assert!(
            offered.iter().any(|it| it == word),
            "{words:?}: {offered:?}"
        );
    }
}

#[test]
fn bash_completes_what_stands_behind_cargo_xtask() {
    assert_offered(
        &["cargo", "xtask", ""],
        &["new", "codegen", "bench", "completions"],
    );
    assert_offered(
        &["cargo", "xtask", "co"],
        &["codegen", "corpus", "completions"],
    );
    assert_offered(&["cargo", "+nightly", "xtask", "codeg"], &["codegen"]);
    assert_offered(
        &["cargo", "xtask", "codegen", "--"],
        &["--watch", "--check", "--stats"],
    );
    assert_offered(
        &["cargo", "xtask", "completions", ""],
        &["bash", "zsh", "fish"],
    );
    if let Some(all) = offered("", &["cargo", "xtask", ""]) {
        assert!(!all.contains(&"corpus-worker".to_owned()), "{all:?}");
    }
}

#[test]
fn bash_completes_the_rest_of_cargo_as_before() {
    let words = ["cargo", "bu"];
    if let Some(own) = offered(OTHERS, &words) {
        assert_eq!(own, ["build", "bu"]);
    }
    // With bash-completion, what completes a command is loaded when it is first asked for.
    let lazy = format!("_completion_loader() {{\n{OTHERS}return 124\n}}\n");
    if let Some(loaded) = offered(&lazy, &words) {
        assert_eq!(loaded, ["build", "bu"]);
    }
    if let Some(none) = offered("", &words) {
        assert_eq!(none, [""]);
    }
    // Reading the script twice changes nothing.
    let script = out(&Project::new().run(&["completions", "bash"]));
    if let Some(own) = offered(&format!("{OTHERS}{script}"), &words) {
        assert_eq!(own, ["build", "bu"]);
    }
}

#[test]
fn zsh_and_fish_get_what_their_completions_of_cargo_look_for() {
    let project = Project::new();
    let zsh = out(&project.run(&["completions", "zsh"]));
    assert!(zsh.starts_with("#compdef cargo-xtask\n"));
    assert!(zsh.contains("\n_cargo-xtask() {\n"));
    let fish = out(&project.run(&["completions", "fish"]));
    assert!(fish.contains("test \"$cmd[1]\" = xtask\n"));
    let lines: Vec<&str> = fish
        .lines()
        .filter(|line| line.starts_with("complete"))
        .collect();
    assert!(lines.len() > 20);
    for line in lines {
        assert!(
            line.starts_with("complete -c cargo -n \"__fish_xtask_"),
            "{line}"
        );
    }
    for (shell, script) in [("zsh", zsh), ("fish", fish)] {
        // Where the shell is there, it can read it.
        let checked = Command::new(shell)
            .args(["-n", "/dev/stdin"])
            .stdin(Stdio::piped())
            .spawn();
        if let Ok(mut child) = checked {
            let mut input = child.stdin.take().expect("it is piped");
            input.write_all(script.as_bytes()).expect("it is read");
            drop(input);
            assert!(child.wait().expect("it ends").success(), "{shell}");
        }
    }
}
