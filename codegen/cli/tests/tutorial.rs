//! `TUTORIAL.md` is carried out: its files are written, its commands are run, and what they print is compared.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A block of code of the page.
struct Block<'p> {
    language: &'p str,
    text: String,
    /// The line above it that isn't empty.
    above: &'p str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut above = "";
    let mut open: Option<Block<'_>> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Block {
                    language,
                    text: String::new(),
                    above,
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) if !line.is_empty() => above = line,
            (None, None) => {}
        }
    }
    blocks
}

/// The file that a line names, and whether it is one to be written.
fn named(line: &str) -> Option<(&str, bool)> {
    let (name, rest) = line.strip_prefix('`')?.split_once('`')?;
    match rest {
        ":" => Some((name, true)),
        " contains:" => Some((name, false)),
        _ => None,
    }
}

/// Runs a command; returns what it prints, with its status where that isn't success.
fn run(folder: &Path, command: &str) -> String {
    let mut words = command.split(' ');
    let program = match words.next() {
        Some("clientsmith") => env!("CARGO_BIN_EXE_clientsmith"),
        Some("git") => "git",
        _ => panic!("{command}"),
    };
    let output = Command::new(program)
        .current_dir(folder)
        .envs(["AUTHOR", "COMMITTER"].into_iter().flat_map(|who| {
            let key = |what: &str| format!("GIT_{who}_{what}");
            [(key("NAME"), "Jo"), (key("EMAIL"), "jo@example.com")]
        }))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(words)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if let Some(code) = output.status.code().filter(|code| *code != 0) {
        text += "exit status: ";
        text += &code.to_string();
        text.push('\n');
    }
    text
}

/// Compares lines; `...` stands for any number of them.
fn compare(command: &str, printed: &str, expected: &[&str]) {
    let mut rest: Vec<&str> = printed.lines().collect();
    let mut may_skip = false;
    for line in expected {
        if *line == "..." {
            may_skip = true;
            continue;
        }
        let at = rest.iter().position(|it| it.trim_end() == line.trim_end());
        match at {
            Some(at) if at == 0 || may_skip => drop(rest.drain(..=at)),
            _ => panic!("{command} doesn't print\n{line}\nbut\n{printed}"),
        }
        may_skip = false;
    }
    assert!(
        rest.is_empty() || may_skip,
        "{command} prints more:\n{printed}"
    );
}

#[test]
fn the_tutorial_is_true() {
    let page = include_str!("../TUTORIAL.md");
    let folder = tempfile::tempdir().expect("a folder");
    let mut commands = 0;
    for block in blocks(page) {
        if block.language == "console" {
            for part in block.text.split("$ ").skip(1) {
                let mut lines = part.lines();
                let command = lines.next().expect("a command");
                let printed = run(folder.path(), command);
                compare(command, &printed, &lines.collect::<Vec<&str>>());
                commands += 1;
            }
            continue;
        }
        let (name, is_written) = named(block.above).expect("a file is named above its text");
        let path = folder.path().join(name);
        if is_written {
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(&path, &block.text).expect("it can be written");
        } else {
            let text = fs::read_to_string(&path).expect("it is there");
            assert!(text.contains(&block.text), "{name}:\n{text}");
        }
    }
    assert!(commands >= 5, "{commands} commands");
    // A second run leaves the custom module alone.
    let custom = folder.path().join("generated/shop/src/custom/mod.rs");
    assert!(
        fs::read_to_string(custom)
            .expect("it is there")
            .contains("pub struct Cents")
    );
}
