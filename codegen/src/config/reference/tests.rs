//! The reference has the keys that are read, no more and no less.

use crate::config::Config;
use crate::source::Source;

use super::{Key, Kind, Table, keys};

/// The keys that a table takes, as the message for another key lists them.
fn known(header: &str) -> Vec<String> {
    let text = format!("{header}\nno-such-key-at-all = 1\n");
    let source = Source {
        name: "sdk.toml",
        text: &text,
    };
    let problems = Config::read(source).expect_err("the key is unknown");
    let problem = problems
        .iter()
        .find(|it| it.pointer.ends_with("no-such-key-at-all"));
    let problem = problem.unwrap_or_else(|| panic!("{header}: {problems:?}"));
    let help = problem.help.clone().unwrap_or_default();
    let names = help.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

fn check(header: &str, table: Table, tried: &mut usize) {
    let listed: Vec<&str> = table.iter().map(|Key(name, ..)| *name).collect();
    let mut known = known(header);
    known.sort();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, known, "{header}");
    *tried += 1;
    let path = header.trim_matches(['[', ']']);
    for Key(name, kind, _) in table {
        let path = if path.is_empty() {
            (*name).to_owned()
        } else {
            format!("{path}.{name}")
        };
        match kind {
            Kind::Table(keys) => check(&format!("[{path}]"), keys, tried),
            Kind::Tables(keys) => check(&format!("[[{path}]]"), keys, tried),
            Kind::Entries(_, keys)
            | Kind::TextsOrTables(_, keys)
            | Kind::SettingsAndEntries(_, _, keys) => check(&format!("[{path}.x]"), keys, tried),
            _ => {}
        }
    }
}

#[test]
fn the_reference_has_the_keys_that_are_read() {
    let mut tried = 0;
    check("", keys::ROOT, &mut tried);
    assert_eq!(tried, 20, "tables");
}

/// The example of all keys in the documentation of the configuration.
fn example() -> toml::Table {
    let lines = include_str!("../mod.rs").lines();
    let text: String = lines
        .skip_while(|line| *line != "//! ```toml")
        .skip(1)
        .take_while(|line| *line != "//! ```")
        .map(|line| line.trim_start_matches("//!").trim_start().to_owned() + "\n")
        .collect();
    text.parse().expect("the example is TOML")
}

fn missing(table: Table, value: &toml::Table, path: &str, found: &mut Vec<String>) {
    for (name, value) in value {
        let path = format!("{path}.{name}");
        let Some(Key(_, kind, _)) = table.iter().find(|Key(own, ..)| own == name) else {
            found.push(path);
            continue;
        };
        let entries = value.as_table().into_iter().flat_map(toml::Table::values);
        let tables = entries.filter_map(toml::Value::as_table);
        match (kind, value) {
            (Kind::Table(keys), toml::Value::Table(value)) => missing(keys, value, &path, found),
            (Kind::Tables(keys), toml::Value::Array(items)) => {
                let items = items.iter().filter_map(toml::Value::as_table);
                items.for_each(|item| missing(keys, item, &path, found));
            }
            (Kind::Entries(_, keys) | Kind::TextsOrTables(_, keys), _) => {
                tables.for_each(|entry| missing(keys, entry, &path, found));
            }
            (Kind::SettingsAndEntries(_, _, keys), _) => {
                tables.for_each(|entry| missing(keys, entry, &path, found));
            }
            _ => {}
        }
    }
}

#[test]
fn the_example_has_known_keys_alone() {
    let mut found = Vec::new();
    missing(keys::ROOT, &example(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
}
