//! What a program that uses the crate may and may not write.
//!
//! A message of the compiler that changed is taken over with `TRYBUILD=overwrite`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn programs_that_should_compile_do_and_the_others_say_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile/pass/*.rs");
    cases.compile_fail("tests/compile/fail/*.rs");
    cases.compile_fail("tests/compile/messages/*.rs");
}

/// The messages of the compiler by the names of their programs, which the test above keeps as they are.
fn messages() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile/messages");
    let entries = fs::read_dir(folder).expect("a folder of programs");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let messages = paths.filter(|path| path.extension().is_some_and(|it| it == "stderr"));
    let named = messages.map(|path| {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, fs::read_to_string(&path).expect("a message"))
    });
    named.collect()
}

/// How many lines more a message may have than the one about the same mistake in code by hand.
const MORE: usize = 3;

#[test]
fn messages_are_as_short_as_those_about_types_written_by_hand() {
    let messages = messages();
    let mut compared = 0;
    for (name, message) in &messages {
        let Some(by_hand) = messages.get(&format!("{name}_by_hand")) else {
            assert!(name.ends_with("_by_hand"), "{name} has no twin");
            continue;
        };
        let (lines, most) = (message.lines().count(), by_hand.lines().count() + MORE);
        assert!(
            lines <= most,
            "{name} has {lines} lines, {most} are the most:\n{message}"
        );
        compared += 1;
    }
    assert!(compared >= 5, "{compared} messages were compared");
}

#[test]
fn messages_show_nothing_of_macros() {
    for (name, message) in messages() {
        assert!(!message.contains("in the macro"), "{name}:\n{message}");
        assert!(!message.contains("in this macro"), "{name}:\n{message}");
        // What trybuild puts for folders.
        let shown = message.replace("$WORKSPACE", "").replace("$RUST", "");
        assert!(!shown.contains('$'), "{name}:\n{message}");
    }
}

/// `compile/pass/readme.rs` is the README's program within a function.
#[test]
fn the_program_in_the_readme_is_one_that_compiles() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme
        .split_once("```rust\n")
        .expect("the README has a program");
    let (program, _) = rest.split_once("```").expect("the program ends");
    let compiled = include_str!("compile/pass/readme.rs");
    let lines: Vec<&str> = compiled.lines().map(str::trim).collect();
    for line in program.lines().map(str::trim) {
        assert!(
            lines.contains(&line),
            "not in compile/pass/readme.rs: {line}"
        );
    }
}
