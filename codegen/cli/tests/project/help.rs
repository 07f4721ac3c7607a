//! What somebody reads who asks for help, or mistypes something.

use std::fs;
use std::path::Path;

use crate::{Project, err, out};

#[test]
fn the_way_of_a_maintainer_is_shown_first() {
    let project = Project::new();
    let short = out(&project.run(&["-h"]));
    let long = out(&project.run(&["--help"]));
    let nothing = project.run(&[]);
    assert_eq!(nothing.status.code(), Some(2));
    for text in [&short, &long, &err(&nothing)] {
        for line in [
            "Usage: clientsmith [OPTIONS] <COMMAND>\n",
            "  clientsmith codegen --watch ",
            "  clientsmith diff HEAD ",
            "  clientsmith codegen --all --check ",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let order = [
            "  new  ",
            "  codegen  ",
            "  diff  ",
            "  release  ",
            "  completions  ",
        ];
        let places = order.map(|name| text.find(name).unwrap_or_else(|| panic!("{name}\n{text}")));
        assert!(places.is_sorted(), "{text}");
    }
}

#[test]
fn editors_get_the_schema_of_configurations() {
    let project = Project::new();
    let text = out(&project.run(&["schema"]));
    let schema: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let keys = &schema["properties"]["package"]["properties"];
    assert_eq!(keys["name"]["type"], "string");
    assert!(out(&project.run(&["schema", "--markdown"])).starts_with("# Configuration\n"));
}

/// The commands that the help names.
fn commands(project: &Project) -> Vec<String> {
    let all = out(&project.run(&["--help"]));
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
    let project = Project::new();
    for name in commands(&project) {
        let help = out(&project.run(&[&name, "--help"]));
        assert!(help.contains("Exit status:\n  0  "), "{name}\n{help}");
        let examples = help
            .lines()
            .filter(|line| line.trim_start().starts_with("clientsmith"));
        assert!(examples.count() > 0, "{name}\n{help}");
    }
}

/// Tries whether each `clientsmith` of a text names a command, and options that it has; gives how many
/// options were seen.
fn commands_are_known(project: &Project, text: &str) -> usize {
    let mut tried = 0;
    for line in text.lines() {
        for example in line.split("clientsmith ").skip(1) {
            let end = ["`", "#", "|", " > ", "  ", "\"", ")", ", "];
            let end = end.iter().filter_map(|mark| example.find(mark)).min();
            let example = &example[..end.unwrap_or(example.len())];
            let (command, options) = example.split_once(' ').unwrap_or((example, ""));
            if command.is_empty() || command.starts_with(|first: char| !first.is_lowercase()) {
                continue;
            }
            let usage = project.run(&[command, "--help"]);
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
    let project = Project::new();
    let mut helps = vec![out(&project.run(&["--help"]))];
    for name in commands(&project) {
        helps.push(out(&project.run(&[&name, "--help"])));
    }
    let tried = commands_are_known(&project, &helps.join("\n"));
    assert!(tried > 10, "only {tried} options were seen");
}

#[test]
fn what_the_project_says_of_its_commands_is_true() {
    let project = Project::new();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (file, least) in [("README.md", 1), ("codegen/cli/README.md", 3)] {
        let text = fs::read_to_string(house.join(file)).expect(file);
        let tried = commands_are_known(&project, &text);
        assert!(tried >= least, "{file}: only {tried} options were seen");
    }
}

#[test]
fn a_slip_is_told_with_what_was_probably_meant() {
    let project = Project::new();
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
        (&["codegen", "pets-apy"], "help: did you mean `pets-api`?"),
        (
            &["codegen", "--watch", "--check"],
            "cannot be used with '--check'",
        ),
        (
            &["codegen", "--all", "--stats=json"],
            "help: specify one API: `clientsmith codegen NAME --stats=json`",
        ),
        (&["new", "zoo"], "--spec <FILE|URL>"),
        (
            &["completions", "bahs"],
            "tip: a similar value exists: 'bash'",
        ),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert!(err(&run).contains(told), "{arguments:?}: {}", err(&run));
    }
}
