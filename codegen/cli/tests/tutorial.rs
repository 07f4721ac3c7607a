//! `TUTORIAL.md` is carried out: its files are written, its commands are run, and what they print is compared.
//!
//! Commands that compile the crates take minutes. They are run by a test that is ignored unless it is asked for, as
//! `.ci/run` does: `cargo test --package clientsmith --test tutorial -- --ignored`.

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

/// Whether a command compiles crates.
fn compiles(command: &str) -> bool {
    command.starts_with("cargo ") || command.starts_with("clientsmith package ")
}

/// Runs a command; returns what it prints, with its status where that isn't success.
fn run(folder: &Path, command: &str) -> String {
    let mut words = command.split(' ');
    let clientsmith = Path::new(env!("CARGO_BIN_EXE_clientsmith"));
    let program = match words.next() {
        Some("clientsmith") => clientsmith.into(),
        Some("git") => "git".into(),
        Some("cargo") => std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        _ => panic!("{command}"),
    };
    let target = clientsmith.ancestors().nth(2);
    let mut command = Command::new(program);
    // As a shell runs it. With what cargo says of the package that is tested, it would build dependencies again whose
    // build scripts read that, and so would the next run without it.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    let output = command
        .current_dir(folder)
        .envs(["AUTHOR", "COMMITTER"].into_iter().flat_map(|who| {
            let key = |what: &str| format!("GIT_{who}_{what}");
            [(key("NAME"), "Jo"), (key("EMAIL"), "jo@example.com")]
        }))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        // The versions of the project's own lock file are on this machine.
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", target.expect("a target folder"))
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
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
    }
    text
}

/// A line without what depends on how well a package is compressed: its size.
fn comparable(line: &str) -> &str {
    let line = line.trim_end();
    let size = line.strip_suffix(" KiB");
    size.map_or(line, |it| {
        it.trim_end_matches(|it: char| it.is_ascii_digit())
    })
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
        let is_it = |it: &&str| comparable(it) == comparable(line);
        let at = rest.iter().position(is_it);
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

/// Carries out the page in a folder: the commands that `is_run` selects, and all else. Returns how many commands were run.
fn carry_out(folder: &Path, is_run: fn(&str) -> bool) -> usize {
    let mut commands = 0;
    for block in blocks(include_str!("../TUTORIAL.md")) {
        if block.language == "console" {
            for part in block.text.split("$ ").skip(1) {
                let mut lines = part.lines();
                let command = lines.next().expect("a command");
                if is_run(command) {
                    let printed = run(folder, command);
                    compare(command, &printed, &lines.collect::<Vec<&str>>());
                    commands += 1;
                }
            }
            continue;
        }
        let (name, is_written) = named(block.above).expect("a file is named above its text");
        let path = folder.join(name);
        if is_written {
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(&path, &block.text).expect("it can be written");
        } else {
            let text = fs::read_to_string(&path).expect("it is there");
            assert!(text.contains(&block.text), "{name}:\n{text}");
        }
    }
    commands
}

#[test]
fn the_tutorial_is_true() {
    let folder = tempfile::tempdir().expect("a folder");
    let commands = carry_out(folder.path(), |command| !compiles(command));
    assert!(commands >= 5, "{commands} commands");
    // A second run leaves the custom module alone.
    let custom = folder.path().join("generated/shop/src/custom/mod.rs");
    assert!(
        fs::read_to_string(custom)
            .expect("it is there")
            .contains("pub struct Cents")
    );
}

/// Beside the project is the clone, as on the page.
#[cfg(unix)]
#[test]
#[ignore = "compiles the crates of the page with all that they depend on, twice"]
fn the_crates_of_the_tutorial_compile() {
    let clone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().expect("a folder");
    let project = folder.path().join("project");
    fs::create_dir(&project).expect("it can be made");
    std::os::unix::fs::symlink(&clone, folder.path().join("clientsmith")).expect("a link");
    fs::copy(clone.join("Cargo.lock"), project.join("Cargo.lock")).expect("it can be copied");
    carry_out(&project, |_| true);
}
