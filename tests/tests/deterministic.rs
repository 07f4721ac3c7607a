//! The same texts give the same bytes.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{GeneratedFile, Source};
use support::fixture::{self, Fixture};

#[test]
fn two_runs_give_the_same_bytes() {
    for name in fixture::names() {
        let fixture = Fixture::read(&name);
        let (first, second) = (fixture.generate(), fixture.generate());
        assert_eq!(first.files, second.files, "{}", fixture.name);
        assert_eq!(
            fixture.render(&first.warnings),
            fixture.render(&second.warnings)
        );
    }
}

#[test]
fn no_two_files_have_one_path() {
    for name in fixture::names() {
        let mut paths: Vec<String> = Fixture::read(&name)
            .generate()
            .files
            .into_iter()
            .map(|file| file.path.to_lowercase())
            .collect();
        paths.sort();
        let twice: Vec<&[String]> = paths.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
    }
}

#[test]
fn every_text_ends_in_one_line_end_and_holds_no_hidden_characters() {
    for name in fixture::names() {
        for GeneratedFile { path, text } in Fixture::read(&name).generate().files {
            if path.starts_with("LICENSE") {
                continue;
            }
            assert!(
                text.ends_with('\n') && !text.ends_with("\n\n"),
                "{name}: the end of {path}"
            );
            let hidden = text
                .chars()
                .find(|&it| it != '\n' && (it.is_control() || is_bidi(it)));
            assert_eq!(hidden, None, "{name}: {path}");
        }
    }
}

/// Characters that change the order in which a line is shown (Unicode Standard Annex 9).
fn is_bidi(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn the_crate_in_the_repository_is_what_its_description_gives() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(house.join(path)).expect("a text of the repository");
    let (spec, config) = (read("spec/batches.yaml"), read("spec/sdk.toml"));
    let generated = codegen::generate(
        Source {
            name: "spec/batches.yaml",
            text: &spec,
        },
        Source {
            name: "spec/sdk.toml",
            text: &config,
        },
    );
    let generated = generated.expect("the description of the repository is sound");
    let expected: BTreeMap<PathBuf, String> = generated
        .files
        .into_iter()
        .map(|file| (PathBuf::from(file.path), file.text))
        .collect();
    let mut found = BTreeMap::new();
    collect(&house.join("generated"), Path::new(""), &mut found);
    let differing: Vec<&PathBuf> = expected
        .keys()
        .chain(found.keys())
        .filter(|path| expected.get(*path) != found.get(*path))
        .collect();
    assert!(
        differing.is_empty(),
        "run `cargo xtask codegen`; these differ: {differing:?}"
    );
}

/// All files of the crate but those that Cargo or `xtask` keep for themselves, and the changelog, which
/// has what descriptions of before said. The crates of other APIs have folders of their own in it.
fn collect(folder: &Path, below: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let entry = entry.expect("a readable entry");
        let path = below.join(entry.file_name());
        let name = entry.file_name();
        if entry.path().is_dir() {
            if name != "target" && !entry.path().join("Cargo.toml").exists() {
                collect(&entry.path(), &path, found);
            }
        } else if ![".codegen-manifest", "Cargo.lock", "CHANGELOG.md"]
            .contains(&&*name.to_string_lossy())
        {
            let text = fs::read_to_string(entry.path()).expect("a readable file");
            found.insert(path, text);
        }
    }
}
