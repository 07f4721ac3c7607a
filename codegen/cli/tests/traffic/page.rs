//! `TRAFFIC.md`: its files are written, its commands are run, and what they print is compared. Its Rust is compiled here.

use llama_cloud::{Client, Error, Recording};

use crate::Folder;

const PAGE: &str = include_str!("../../../TRAFFIC.md");

/// The client of the page.
fn recorded(url: &str) -> Result<(Client, Recording), Error> {
    let recording = Recording::new();
    let client = Client::builder()
        .api_key("swordfish-key")
        .base_url(url)
        .wrap_transport({
            let recording = recording.clone();
            move |inner| recording.transport(inner)
        })
        .build()?;
    Ok((client, recording))
}

/// The blocks of code, each with its language and the line above it that isn't empty.
fn blocks() -> Vec<(String, String, String)> {
    let mut blocks = Vec::new();
    let mut above = String::new();
    let mut open: Option<(String, String)> = None;
    for line in PAGE.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some((language, text)), Some(_)) => blocks.push((language, text, above.clone())),
            (Some((language, text)), None) => open = Some((language, text + line + "\n")),
            (None, None) if !line.is_empty() => line.clone_into(&mut above),
            (None, None) => {}
        }
    }
    blocks
}

/// Compares lines; `...` is any number of them.
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
    assert!(rest.is_empty(), "{command} prints more:\n{printed}");
}

/// The text without the spaces that lines begin with.
fn flat(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

#[test]
fn the_page_is_true() {
    let folder = Folder::new();
    let mut commands = 0;
    for (language, text, above) in blocks() {
        if language == "rust" {
            assert!(
                flat(include_str!("page.rs")).contains(&flat(&text)),
                "{text}"
            );
            continue;
        }
        if language == "console" {
            let mut lines = text.lines();
            let command = lines
                .next()
                .and_then(|it| it.strip_prefix("$ clientsmith traffic "));
            let command = command.expect("a command");
            let run = folder.traffic(&command.split(' ').collect::<Vec<_>>());
            let mut printed = run.err + &run.out;
            if run.code != Some(0) {
                printed = format!("{printed}exit status: {}\n", run.code.expect("a status"));
            }
            compare(command, &printed, &lines.collect::<Vec<_>>());
            commands += 1;
            continue;
        }
        let (name, rest) = above[1..]
            .split_once('`')
            .expect("a file is named above its text");
        if rest == ":" {
            folder.put(name, &text);
        } else {
            assert!(
                folder.text(name).contains(&text),
                "{name}:\n{}",
                folder.text(name)
            );
        }
    }
    assert_eq!(commands, 2);
    let fixture = folder.text("recorded/getPet-200.har");
    assert!(
        fixture.contains("reserved") && !fixture.contains("ann@example.com"),
        "{fixture}"
    );
    let _ = llama_cloud::MockTransport::from_har(&fixture);
}

#[test]
fn the_page_lists_all_kinds() {
    for kind in codegen::DeviationKind::ALL {
        let row = format!("\n| `{}` |", kind.as_str());
        assert!(PAGE.contains(&row), "{row}");
    }
    assert!(recorded("http://127.0.0.1:1").is_ok());
}
