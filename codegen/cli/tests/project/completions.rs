//! `clientsmith completions`: what a shell makes of the scripts.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::{Project, err, out};

/// The script of a shell for `cargo clientsmith`, as cargo runs it.
fn script(shell: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-clientsmith"))
        .args(["clientsmith", "completions", shell])
        .output()
        .expect("the command can be started");
    out(&output)
}

/// Another completion of cargo, such as its own.
const OTHERS: &str = "_others() { COMPREPLY=(build \"$2\"); }\ncomplete -F _others cargo\n";

/// What bash offers for the last of some words, in a shell that has read these lines. None where
/// there is no bash.
fn offered(before: &str, words: &[&str]) -> Option<Vec<String>> {
    let script = script("bash");
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
fn bash_completes_what_stands_behind_cargo_clientsmith() {
    assert_offered(
        &["cargo", "clientsmith", ""],
        &["init", "new", "codegen", "completions"],
    );
    assert_offered(&["cargo", "clientsmith", "co"], &["codegen", "completions"]);
    assert_offered(&["cargo", "+nightly", "clientsmith", "codeg"], &["codegen"]);
    assert_offered(
        &["cargo", "clientsmith", "codegen", "--"],
        &["--watch", "--check", "--stats"],
    );
    assert_offered(
        &["cargo", "clientsmith", "completions", ""],
        &["bash", "zsh", "fish"],
    );
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
    let script = script("bash");
    if let Some(own) = offered(&format!("{OTHERS}{script}"), &words) {
        assert_eq!(own, ["build", "bu"]);
    }
}

#[test]
fn zsh_and_fish_get_what_their_completions_of_cargo_look_for() {
    let zsh = script("zsh");
    assert!(zsh.starts_with("#compdef cargo-clientsmith\n"));
    assert!(zsh.contains("\n_cargo-clientsmith() {\n"));
    let fish = script("fish");
    assert!(fish.contains("test \"$cmd[1]\" = clientsmith\n"));
    let lines: Vec<&str> = fish
        .lines()
        .filter(|line| line.starts_with("complete"))
        .collect();
    assert!(lines.len() > 20);
    for line in lines {
        assert!(
            line.starts_with("complete -c cargo -n \"__fish_clientsmith_"),
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

#[test]
fn the_program_by_itself_is_completed_by_its_own_name() {
    let project = Project::new();
    let bash = out(&project.run(&["completions", "bash"]));
    assert!(bash.contains(" clientsmith\n"), "{bash}");
    assert!(!bash.contains("_cargo_or_"), "{bash}");
    let zsh = out(&project.run(&["completions", "zsh"]));
    assert!(zsh.starts_with("#compdef clientsmith\n"));
    let help = out(&project.run(&["completions", "--help"]));
    assert!(help.contains("~/.zfunc/_clientsmith\n"), "{help}");
}
