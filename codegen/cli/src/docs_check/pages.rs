//! Which pages a run is about, and their texts.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::input;

/// Most bytes of a page.
const MOST: u64 = 16_000_000;

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// What messages call it.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether it was asked for by name, and not as one of a folder.
    pub(super) is_named: bool,
}

/// Reads the files that were asked for, and those of folders in the order of their names.
pub(super) fn read(paths: &[PathBuf], workspace: &Path) -> Result<Vec<Page>, Failure> {
    let mut pages: Vec<Page> = Vec::new();
    for path in paths {
        let (files, is_named) = if path.is_dir() {
            (files_of(path)?, false)
        } else {
            (vec![path.clone()], true)
        };
        for file in files {
            let name = input::shown(&file, workspace);
            if pages.iter().any(|it| it.name == name) {
                continue;
            }
            let text = text(&file)?;
            pages.push(Page {
                name,
                text,
                is_named,
            });
        }
    }
    Ok(pages)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let wrong = |error: std::io::Error| {
        Failure::usage(format!(
            "can't read the folder `{}`: {error}",
            folder.display()
        ))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|it| it == "md") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        let message = format!("the folder `{}` contains no .md file", folder.display());
        return Err(
            Failure::usage(message).help("pass the path of a page, or of a folder of pages")
        );
    }
    Ok(files)
}

fn text(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    read.map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Failure::usage(format!("no such page: `{shown}`"))
                .help("pass the path of a Markdown page, or of a folder of pages")
        }
        _ => Failure::usage(format!("can't read the page `{shown}`: {error}")),
    })?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
        let message = format!("the page `{shown}` has more than {} MB", MOST / 1_000_000);
        return Err(Failure::usage(message).help("split it into pages of fewer operations"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..before].split(|it| *it == b'\n').count();
        Failure::usage(format!("the page `{shown}` is not UTF-8"))
            .note(format!(
                "the first invalid byte is on line {line}, at offset {before}"
            ))
            .help("save the file as UTF-8")
    })
}
