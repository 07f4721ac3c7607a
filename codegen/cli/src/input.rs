//! The texts that a command reads, and what messages call their files.

pub(crate) mod overlays;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use codegen::{Config, Source};

use crate::encoding;
use crate::failure::Failure;
use crate::program;
use crate::spec_files::SpecFiles;

pub(crate) use overlays::Overlays;

/// What stands for standard input in place of a description.
const STDIN: &str = "-";

/// Whether a path is that of standard input; a file of this name is `./-`.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// Whether a path is the URL of a web page.
pub(crate) fn is_url(path: &str) -> bool {
    let scheme = path.split_once("://").map_or("", |(scheme, _)| scheme);
    ["http", "https"]
        .iter()
        .any(|it| scheme.eq_ignore_ascii_case(it))
}

/// How messages call a file: from the folder of the workspace, as cargo does, so that they are
/// the same wherever the command is run; files elsewhere as they were given.
pub fn shown(path: &Path, workspace: &Path) -> String {
    if is_stdin(path) {
        return "<stdin>".to_owned();
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match absolute.strip_prefix(workspace) {
        Ok(below) if !below.as_os_str().is_empty() => slashed(below),
        _ => path.display().to_string(),
    }
}

/// A relative path with the separator that it has in git and in messages on every system.
pub fn slashed(path: &Path) -> String {
    let names = path.iter().map(|name| name.to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}

/// What a file is for, in messages.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// The OpenAPI description.
    Spec,
    /// Its configuration.
    Config,
    /// A document of changes to the description.
    Overlay,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Spec => "OpenAPI description",
            Self::Config => "configuration",
            Self::Overlay => "overlay",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Self::Spec => "--spec",
            Self::Config => "--config",
            Self::Overlay => "--overlay",
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Spec | Self::Overlay => &["yaml", "yml", "json"],
            Self::Config => &["toml"],
        }
    }
}

/// Most bytes of a configuration: it is written by hand.
const CONFIG: u64 = 8_000_000;

/// The text of a configuration.
pub fn config(path: &Path) -> Result<String, Failure> {
    read(path, Purpose::Config, CONFIG)
}

/// The text of a description, which may be as long as its configuration says.
pub fn spec(path: &Path, config: Source<'_>) -> Result<String, Failure> {
    // What is wrong with the configuration is told with all that is wrong with the description.
    let limits = Config::read(config).unwrap_or_default().limits;
    read(path, Purpose::Spec, limits.bytes())
}

/// What reads the files that a description refers to.
pub(crate) fn files(path: &Path, config: Source<'_>, workspace: &Path) -> SpecFiles {
    let limits = Config::read(config).unwrap_or_default().limits;
    if is_stdin(path) {
        return SpecFiles::of_no_folder(limits.bytes());
    }
    let workspace = workspace.to_owned();
    SpecFiles::of_file(path, limits.bytes(), move |path| shown(path, &workspace))
}

/// The text of a file of so many bytes at most.
fn read(path: &Path, purpose: Purpose, most: u64) -> Result<String, Failure> {
    if path.to_str().is_some_and(is_url) {
        return Err(is_address(path, purpose));
    }
    if path.is_dir() {
        return Err(is_folder(path, purpose));
    }
    let bytes = bytes(path, most).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => not_found(path, purpose),
        ErrorKind::FileTooLarge => too_large(path, purpose, most),
        _ => {
            let name = purpose.name();
            Failure::usage(format!(
                "can't read the {name} `{}`: {error}",
                path.display()
            ))
        }
    })?;
    if let Some(compressed) = compressed(&bytes) {
        let name = purpose.name();
        return Err(
            Failure::usage(format!("the {name} `{}` is {compressed}", path.display()))
                .help("decompress it first, and pass the file in it"),
        );
    }
    encoding::text(bytes).map_err(|error| {
        let before = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..before]
            .split(|byte| *byte == b'\n')
            .count();
        let name = purpose.name();
        let is = match error.as_bytes() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "neither UTF-8 nor valid UTF-16",
            _ => "not UTF-8",
        };
        Failure::usage(format!("the {name} `{}` is {is}", path.display()))
            .note(format!(
                "the first invalid byte is on line {line}, at offset {before}"
            ))
            .help("save the file as UTF-8")
    })
}

/// What a compressed file is, by its first bytes (RFC 1952 section 2.3.1, APPNOTE.TXT section 4.3.7).
fn compressed(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x1F, 0x8B, ..] => Some("compressed with gzip"),
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive"),
        _ => None,
    }
}

/// The bytes of a file, if there are no more than that: a device has no end.
fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let source: Box<dyn Read> = if is_stdin(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path)?)
    };
    let mut bytes = Vec::new();
    source
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > most) {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

fn too_large(path: &Path, purpose: Purpose, most: u64) -> Failure {
    let (name, megabytes) = (purpose.name(), most / 1_000_000);
    let path = path.display();
    let failure = Failure::usage(format!("the {name} `{path}` has more than {megabytes} MB"));
    match purpose {
        Purpose::Config => failure,
        Purpose::Spec | Purpose::Overlay => failure
            .help("if this is intended, raise `megabytes` under `[limits]` in the configuration"),
    }
}

fn not_found(path: &Path, purpose: Purpose) -> Failure {
    let name = purpose.name();
    let mut failure = Failure::usage(format!("no such {name}: `{}`", path.display()));
    if let Ok(absolute) = std::path::absolute(path)
        && absolute != path
    {
        failure = failure.note(format!("looked for {}", absolute.display()));
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return failure.help(format!(
            "the folder `{}` doesn't exist either",
            folder.display()
        ));
    }
    let option = purpose.option();
    match candidates(&folder, purpose) {
        files if files.is_empty() => {
            let endings = purpose.endings().join(" or .");
            failure.help(format!("pass the path of a .{endings} file to {option}"))
        }
        files => failure.help(format!("that folder contains {}", files.join(", "))),
    }
}

/// The network is used where a command says so, and nowhere else.
fn is_address(path: &Path, purpose: Purpose) -> Failure {
    let (name, option) = (purpose.name(), purpose.option());
    let failure = Failure::usage(format!(
        "the {name} `{}` is a URL, and {option} needs a file",
        path.display()
    ));
    match purpose {
        Purpose::Config | Purpose::Overlay => failure.help("download it, and pass the file"),
        Purpose::Spec => failure.help(format!(
            "`{}` downloads a description and adds its API to the project; or download it, and pass the \
             file, or `-` for standard input",
            program::command("new NAME --spec URL")
        )),
    }
}

fn is_folder(path: &Path, purpose: Purpose) -> Failure {
    let option = purpose.option();
    let failure = Failure::usage(format!(
        "{option} needs a file, but `{}` is a folder",
        path.display()
    ));
    match candidates(path, purpose) {
        files if files.is_empty() => failure,
        files => failure.help(format!("it contains {}", files.join(", "))),
    }
}

/// The folder that a file is in; the current one for a bare name.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_owned(),
        None => path.to_owned(),
    }
}

/// A few files of a folder that could be meant, by their endings.
fn candidates(folder: &Path, purpose: Purpose) -> Vec<String> {
    const MOST: usize = 5;
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| purpose.endings().contains(&ending)) && path.is_file()
        })
        .map(|path| format!("`{}`", path.display().to_string().escape_debug()))
        .collect();
    files.sort();
    files.truncate(MOST);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_CONFIG: Source<'_> = Source { name: "", text: "" };

    #[test]
    fn a_wrong_path_is_told_with_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pets.yaml"), "").unwrap();
        fs::write(folder.path().join("notes.txt"), "").unwrap();
        let told = |path: &str| spec(&folder.path().join(path), NO_CONFIG).unwrap_err();
        let missing = told("pets.yml");
        assert!(missing.message.ends_with("pets.yml`"), "{missing:?}");
        assert!(
            missing
                .message
                .starts_with("no such OpenAPI description: `")
        );
        let help = missing.help.unwrap();
        assert!(
            help.contains("pets.yaml`") && !help.contains("notes"),
            "{help}"
        );
        assert!(told("a/b.yaml").help.unwrap().starts_with("the folder"));
        let folder = told("");
        assert!(
            folder.message.starts_with("--spec needs a file"),
            "{folder:?}"
        );
        assert!(folder.help.unwrap().contains("pets.yaml"));
    }

    #[test]
    fn text_that_is_not_utf_8_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, b"a: 1\nb: \xff\n").unwrap();
        let failure = spec(&path, NO_CONFIG).unwrap_err();
        assert_eq!(
            failure.notes,
            ["the first invalid byte is on line 2, at offset 8"]
        );
        fs::write(&path, b"\xff\xfea\0\0").unwrap();
        let failure = spec(&path, NO_CONFIG).unwrap_err();
        let is = "is neither UTF-8 nor valid UTF-16";
        assert!(failure.message.ends_with(is), "{failure:?}");
        fs::write(&path, b"\xff\xfea\0").unwrap();
        assert!(spec(&path, NO_CONFIG).is_ok_and(|text| text == "a"));
    }

    #[test]
    fn compressed_files_are_called_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        for (bytes, is) in [
            (&b"\x1f\x8b\x08\x00"[..], "is compressed with gzip"),
            (b"PK\x03\x04\x14", "is a ZIP archive"),
        ] {
            fs::write(&path, bytes).unwrap();
            let failure = spec(&path, NO_CONFIG).unwrap_err();
            assert!(failure.message.ends_with(is), "{failure:?}");
            assert!(failure.help.unwrap().starts_with("decompress it"));
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, vec![b'#'; 1_000_001]).unwrap();
        let read = |text: &str| {
            let name = "sdk.toml";
            spec(&path, Source { name, text })
        };
        let failure = read("limits.megabytes = 1").unwrap_err();
        assert!(failure.message.ends_with("has more than 1 MB"));
        assert!(failure.help.unwrap().contains("`[limits]`"));
        assert!(read("limits.megabytes = 2").is_ok());
    }

    #[test]
    fn files_are_called_from_the_workspace() {
        // With the letter of a drive, where a path has one.
        let at = |path: &str| std::path::absolute(path).unwrap();
        let shown = |path: &Path| shown(path, &at("/project"));
        assert_eq!(shown(&at("/project/spec/a.yaml")), "spec/a.yaml");
        for elsewhere in [at("/elsewhere/a.yaml"), at("/project"), "a.yaml".into()] {
            assert_eq!(shown(&elsewhere), elsewhere.display().to_string());
        }
    }
}
