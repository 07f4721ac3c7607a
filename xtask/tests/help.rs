//! What somebody reads who asks for help, or mistypes something.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs the command in the folder of the project.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(root())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_way_of_a_maintainer_is_shown_first() {
    let short = out(&run(&["-h"]));
    let long = out(&run(&["--help"]));
    let nothing = run(&[]);
    assert_eq!(nothing.status.code(), Some(2));
    for text in [&short, &long, &err(&nothing)] {
        for line in [
            "Usage: cargo xtask [OPTIONS] <COMMAND>\n",
            "  cargo xtask codegen --watch ",
            "  cargo xtask diff HEAD ",
            "  cargo xtask codegen --all --check ",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let order = [
            "  new  ",
            "  codegen  ",
            "  diff  ",
            "  release  ",
            "  corpus  ",
        ];
        let places = order.map(|name| text.find(name).unwrap_or_else(|| panic!("{name}\n{text}")));
        assert!(places.is_sorted(), "{text}");
        assert!(!text.contains("corpus-worker"));
    }
}

/// The commands that the help names.
fn commands() -> Vec<String> {
    let all = out(&run(&["--help"]));
    let list = all.split_once("Commands:\n").expect("they are listed").1;
    let names: Vec<String> = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 5, "{names:?}");
    names
}

#[test]
fn each_command_has_examples_and_tells_its_exit_statuses() {
    for name in commands() {
        let help = out(&run(&[&name, "--help"]));
        assert!(help.contains("Exit status:\n  0  "), "{name}\n{help}");
        let examples = help
            .lines()
            .filter(|line| line.trim_start().starts_with("cargo xtask"));
        assert!(examples.count() > 0, "{name}\n{help}");
    }
}

/// Tries whether each `cargo xtask` of a text names a command, and options that it has; gives how many
/// options were seen.
fn commands_are_known(text: &str) -> usize {
    let mut tried = 0;
    for line in text.lines() {
        for example in line.split("cargo xtask ").skip(1) {
            let end = ["`", "#", "|", " > ", "  ", "\"", ")", ", "];
            let end = end.iter().filter_map(|mark| example.find(mark)).min();
            let example = &example[..end.unwrap_or(example.len())];
            let (command, options) = example.split_once(' ').unwrap_or((example, ""));
            if command.is_empty() || command.starts_with(|first: char| !first.is_lowercase()) {
                continue;
            }
            let usage = run(&[command, "--help"]);
            assert!(
                usage.status.success(),
                "there is no command `{command}`: {line}"
            );
            let usage = out(&usage);
            for option in options.split(' ').filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap_or_default();
                assert!(usage.contains(option), "{example}: no {option}");
                tried += 1;
            }
        }
    }
    tried
}

#[test]
fn examples_of_the_help_are_commands() {
    let mut helps = vec![out(&run(&["--help"]))];
    for name in commands() {
        helps.push(out(&run(&[&name, "--help"])));
    }
    let tried = commands_are_known(&helps.join("\n"));
    assert!(tried > 10, "only {tried} options were seen");
}

#[test]
fn what_the_project_says_of_its_commands_is_true() {
    for (file, least) in [
        ("README.md", 6),
        ("CONTRIBUTING.md", 2),
        ("SECURITY.md", 1),
        (".ci/run", 1),
        (".github/workflows/ci.yml", 1),
    ] {
        let text = fs::read_to_string(root().join(file)).expect(file);
        let tried = commands_are_known(&text);
        assert!(tried >= least, "{file}: only {tried} options were seen");
    }
}

#[test]
fn a_slip_is_told_with_what_was_probably_meant() {
    for (arguments, told) in [
        (
            &["codgen"][..],
            "tip: a similar subcommand exists: 'codegen'",
        ),
        (
            &["codegen", "--wacth"],
            "tip: a similar argument exists: '--watch'",
        ),
        (
            &["codegen", "--stats=jsno"],
            "tip: a similar value exists: 'json'",
        ),
        (
            &["codegen", "llama-clout"],
            "help: did you mean `llama-cloud`?",
        ),
        (
            &["codegen", "--watch", "--check"],
            "cannot be used with '--check'",
        ),
        (
            &["codegen", "--all", "--stats=json"],
            "help: specify one API: `cargo xtask codegen NAME --stats=json`",
        ),
        (&["new", "zoo"], "--spec <FILE|URL>"),
        (
            &["completions", "bahs"],
            "tip: a similar value exists: 'bash'",
        ),
    ] {
        let run = run(arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert!(err(&run).contains(told), "{arguments:?}: {}", err(&run));
    }
}

#[test]
fn completions_have_the_commands_of_this_project_too() {
    let script = out(&run(&["completions", "bash"]));
    for name in ["codegen", "corpus", "bench"] {
        assert!(script.contains(&format!("xtask,{name})")), "{name}");
    }
    assert!(script.contains("complete -F _cargo_or_xtask "));
    assert!(!script.contains("corpus-worker"));
}
