//! Which files a run is about, and their texts.

mod api;
pub(crate) mod overlays;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use codegen::{Config, Source};

use crate::cli;
use crate::failure::Failure;

pub(crate) use api::Api;
pub(crate) use overlays::Overlays;

/// The files and the folder of a run.
#[derive(Debug)]
pub(crate) struct Paths {
    /// The OpenAPI description.
    pub(crate) spec: PathBuf,
    /// Its configuration.
    pub(crate) config: PathBuf,
    /// Whether the configuration was asked for by name, so that it must be there.
    pub(crate) config_is_given: bool,
    /// Overlays beside those that the configuration lists.
    pub(crate) overlays: Vec<PathBuf>,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
}

impl Paths {
    /// What was asked for, and the files of the named API, or of the first, for the rest.
    pub(crate) fn new(arguments: &cli::Codegen, workspace: &Path) -> Result<Self, Failure> {
        let api = Api::of(workspace, arguments.name.as_deref())?;
        let spec = match &arguments.spec {
            Some(spec) => spec.clone(),
            None => api.spec,
        };
        let config = match &arguments.config {
            Some(config) => config.clone(),
            None => spec.with_file_name("sdk.toml"),
        };
        let out = match &arguments.out {
            // A slash at the end would lead through a symbolic link, which is to be seen.
            Some(out) => out.components().collect(),
            None => api.out,
        };
        Ok(Self {
            spec,
            config,
            config_is_given: arguments.config.is_some(),
            overlays: arguments.overlay.clone(),
            out,
        })
    }
}

impl From<Api> for Paths {
    fn from(api: Api) -> Self {
        Self {
            spec: api.spec,
            config: api.config,
            config_is_given: false,
            overlays: Vec::new(),
            out: api.out,
        }
    }
}

/// The folder of the workspace that this command belongs to.
pub(crate) fn workspace() -> PathBuf {
    // Cargo tells where the package is now, which may not be where it was compiled.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    match package.parent() {
        Some(workspace) => workspace.to_owned(),
        None => package,
    }
}

/// How messages call a file: from the folder of the workspace, as cargo does, so that they are
/// the same wherever the command is run; files elsewhere as they were given.
pub(crate) fn shown(path: &Path, workspace: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match absolute.strip_prefix(workspace) {
        Ok(below) if !below.as_os_str().is_empty() => slashed(below),
        _ => path.display().to_string(),
    }
}

/// A relative path with the separator that it has in git and in messages on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let names = path.iter().map(|name| name.to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}

/// What a file is for, in messages.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
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
pub(crate) fn config(path: &Path) -> Result<String, Failure> {
    read(path, Purpose::Config, CONFIG)
}

/// The text of a description, which may be as long as its configuration says.
pub(crate) fn spec(path: &Path, config: Source<'_>) -> Result<String, Failure> {
    // What is wrong with the configuration is told with all that is wrong with the description.
    let limits = Config::read(config).unwrap_or_default().limits;
    read(path, Purpose::Spec, limits.bytes())
}

/// The text of a file of so many bytes at most.
fn read(path: &Path, purpose: Purpose, most: u64) -> Result<String, Failure> {
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
    String::from_utf8(bytes).map_err(|error| {
        let before = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..before]
            .split(|byte| *byte == b'\n')
            .count();
        let name = purpose.name();
        let is = match error.as_bytes() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16, not UTF-8",
            _ => "not UTF-8",
        };
        Failure::usage(format!("the {name} `{}` is {is}", path.display()))
            .note(format!(
                "the first invalid byte is on line {line}, at offset {before}"
            ))
            .help("save the file as UTF-8")
    })
}

/// The bytes of a file, if there are no more than that: a device has no end.
fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
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

    fn paths(spec: Option<&str>, config: Option<&str>) -> Paths {
        let arguments = cli::Codegen {
            name: None,
            all: false,
            spec: spec.map(PathBuf::from),
            config: config.map(PathBuf::from),
            overlay: Vec::new(),
            out: config.map(|_| PathBuf::from("crate/")),
            only: Vec::new(),
            check: false,
            watch: false,
            stats: None,
        };
        Paths::new(&arguments, Path::new("/project")).unwrap()
    }

    #[test]
    fn defaults_are_in_the_workspace_and_the_configuration_beside_the_description() {
        let none = paths(None, None);
        assert_eq!(none.spec, Path::new("/project/spec/batches.yaml"));
        assert_eq!(none.config, Path::new("/project/spec/sdk.toml"));
        assert_eq!(none.out, Path::new("/project/generated"));
        assert!(!none.config_is_given);
        let spec = paths(Some("apis/pets.json"), None);
        assert_eq!(spec.config, Path::new("apis/sdk.toml"));
        assert_eq!(paths(Some("pets.json"), None).config, Path::new("sdk.toml"));
        let both = paths(Some("apis/pets.json"), Some("other.toml"));
        assert_eq!(both.config, Path::new("other.toml"));
        assert!(both.config_is_given);
        assert_eq!(both.out.as_os_str(), "crate");
    }

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
        fs::write(&path, b"\xff\xfea\0").unwrap();
        let failure = spec(&path, NO_CONFIG).unwrap_err();
        assert!(failure.message.ends_with("is UTF-16, not UTF-8"));
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
