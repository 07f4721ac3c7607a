//! The other files of a description: which of them may be read, and how.
//!
//! A description can come from anybody, and its references name files. So what is outside of the description's own folder
//! isn't read unless the command line names it, and neither is a URL. A file is inside if it is there once symbolic
//! links are followed.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use codegen::{FileError, FileText, Resolver, nearest};

use crate::encoding;

/// What may be read beside the description's own folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Allowed {
    /// Folders.
    pub(crate) paths: Vec<PathBuf>,
    /// What URLs begin with.
    pub(crate) urls: Vec<String>,
}

/// Set once, where a program starts.
static ALLOWED: OnceLock<Allowed> = OnceLock::new();

impl Allowed {
    /// Says once what the command line names.
    #[cfg(feature = "cli")]
    pub(crate) fn set(self) {
        ALLOWED.get_or_init(|| self);
    }

    pub(crate) fn of_process() -> Self {
        ALLOWED.get().cloned().unwrap_or_default()
    }

    fn has_url(&self, url: &str) -> bool {
        self.urls.iter().any(|prefix| {
            let rest = url.strip_prefix(prefix.as_str());
            let is_whole = |rest: &str| {
                prefix.ends_with('/') || rest.is_empty() || rest.starts_with(['/', '?'])
            };
            rest.is_some_and(is_whole)
        })
    }

    fn has_path(&self, path: &Path) -> bool {
        let path = plain(path);
        self.paths.iter().any(|allowed| {
            let allowed = std::path::absolute(allowed).unwrap_or_else(|_| allowed.clone());
            let linked = allowed.canonicalize();
            path.starts_with(plain(&allowed))
                || linked.is_ok_and(|allowed| path.starts_with(allowed))
        })
    }
}

/// What reads the other files of a description; none for a text that refers to none.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpecFiles(Option<Arc<Resolver<'static>>>);

impl PartialEq for SpecFiles {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Eq for SpecFiles {}

impl SpecFiles {
    /// Those of a description in a file, of so many bytes together at most; `shown` is what messages call a path.
    pub(crate) fn of_file(
        spec: &Path,
        most: u64,
        shown: impl Fn(&Path) -> String + Send + Sync + 'static,
    ) -> Self {
        let folder = match spec.parent() {
            Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) => parent.to_owned(),
            None => spec.to_owned(),
        };
        let bounds = Bounds::new(most);
        Self::new(move |path| match scheme(path) {
            Some(scheme) => bounds.url(path, scheme),
            None => bounds.file(&folder, path, &shown),
        })
    }

    /// Those of a description that isn't in a folder: that of standard input, or at a URL.
    #[cfg(feature = "cli")]
    pub(crate) fn of_no_folder(most: u64) -> Self {
        let bounds = Bounds::new(most);
        Self::new(move |path| match scheme(path) {
            Some(scheme) => bounds.url(path, scheme),
            None => Err(error(
                "a description on standard input isn't in a folder".to_owned(),
                "pass the path of the description",
            )),
        })
    }

    /// Those of a description in a revision, read by `text`: a path from the folder of the description gives
    /// the name of the file and its text.
    #[cfg(feature = "cli")]
    pub(crate) fn of_revision(
        most: u64,
        folder: PathBuf,
        text: impl Fn(&str) -> Result<Option<FileText>, String> + Send + Sync + 'static,
    ) -> Self {
        let bounds = Bounds::new(most);
        Self::new(move |path| {
            if let Some(scheme) = scheme(path) {
                return bounds.url(path, scheme);
            }
            if leads_out(path) && !bounds.allowed.has_path(&folder.join(path)) {
                return Err(outside(path, &folder.join(path)));
            }
            let found = text(path).map_err(|message| FileError {
                message,
                help: None,
            })?;
            let found = found.ok_or_else(|| FileError {
                message: format!("the revision has no `{path}`"),
                help: None,
            })?;
            bounds.take(found.text.len(), &found.name)?;
            Ok(found)
        })
    }

    fn new(read: impl Fn(&str) -> Result<FileText, FileError> + Send + Sync + 'static) -> Self {
        Self::of(Resolver::new(read))
    }

    /// Those that somebody else reads.
    pub(crate) fn of(resolver: Resolver<'static>) -> Self {
        Self(Some(Arc::new(resolver)))
    }

    /// What the generator reads files by.
    pub(crate) fn resolver(&self) -> Option<&Resolver<'static>> {
        self.0.as_deref()
    }

    /// The paths that were requested, from the folder of the description; URLs aren't among them.
    #[cfg(feature = "cli")]
    pub(crate) fn paths(&self) -> Vec<String> {
        let paths = self.0.iter().flat_map(|resolver| resolver.paths());
        let paths = paths.filter(|path| scheme(path).is_none());
        paths.map(str::to_owned).collect()
    }
}

/// The text of the description in a file, with what it refers to in other files; the text itself where something can't be
/// followed, and in that of a description in one file.
#[cfg(feature = "cli")]
#[must_use]
pub fn joined(spec: &Path, text: String) -> String {
    let most = codegen::Limits::default().bytes();
    let files = SpecFiles::of_file(spec, most, |path| path.display().to_string());
    let name = spec.display().to_string();
    let source = codegen::Source {
        name: &name,
        text: &text,
    };
    let joined = codegen::bundle(codegen::Description {
        resolver: files.resolver(),
        ..codegen::Description::from(source)
    });
    joined.unwrap_or(text)
}

/// What may be read, and how much of it.
struct Bounds {
    allowed: Allowed,
    most: u64,
    left: AtomicU64,
}

impl Bounds {
    fn new(most: u64) -> Self {
        Self {
            allowed: Allowed::of_process(),
            most,
            left: AtomicU64::new(most),
        }
    }

    /// Takes room for a file.
    fn take(&self, length: usize, name: &str) -> Result<(), FileError> {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        let take = |left: u64| left.checked_sub(length);
        match self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
        {
            Ok(_) => Ok(()),
            Err(_) => Err(self.too_large(name)),
        }
    }

    fn too_large(&self, name: &str) -> FileError {
        let megabytes = self.most / 1_000_000;
        error(
            format!("with `{name}`, the files of the description have more than {megabytes} MB"),
            "if this is intended, raise `megabytes` under `[limits]` in the configuration",
        )
    }

    fn file(
        &self,
        folder: &Path,
        path: &str,
        shown: &dyn Fn(&Path) -> String,
    ) -> Result<FileText, FileError> {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let full = folder.join(path);
        // Whether there is a file outside is nobody's business, so this comes before anything is looked at.
        let may_be =
            |full: &Path| plain(full).starts_with(plain(&folder)) || self.allowed.has_path(full);
        if !may_be(&full) {
            return Err(outside(path, &full));
        }
        let name = shown(&plain(&full));
        let Ok(linked) = full.canonicalize() else {
            return Err(missing(&full, &name));
        };
        let inside = folder.canonicalize().ok().and_then(|folder| {
            let below = linked.strip_prefix(folder).ok()?;
            Some(below.to_owned())
        });
        let (name, path) = match inside {
            Some(below) => {
                let names = below.iter().map(|name| name.to_string_lossy());
                let path = names.collect::<Vec<_>>().join("/");
                (shown(&plain(&folder.join(below))), Some(path))
            }
            None if self.allowed.has_path(&linked) => (name, None),
            None => {
                let message =
                    format!("`{name}` is a symbolic link out of the folder of the description");
                return Err(error(message, &allow_path(&linked)));
            }
        };
        let cannot = |reason: &str| FileError {
            message: format!("can't read `{name}`: {reason}"),
            help: None,
        };
        let kind = fs::metadata(&linked).map_err(|error| cannot(&error.to_string()))?;
        if !kind.is_file() {
            return Err(cannot("it isn't a regular file"));
        }
        if kind.len() > self.most {
            return Err(self.too_large(&name));
        }
        let mut bytes = Vec::new();
        let file = File::open(&linked).map_err(|error| cannot(&error.to_string()))?;
        let limited = file
            .take(self.most.saturating_add(1))
            .read_to_end(&mut bytes);
        limited.map_err(|error| cannot(&error.to_string()))?;
        self.take(bytes.len(), &name)?;
        let text = encoding::text(bytes).map_err(|_| cannot("it isn't UTF-8"))?;
        Ok(FileText { name, text, path })
    }

    fn url(&self, url: &str, scheme: &str) -> Result<FileText, FileError> {
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            let message = format!(
                "`{}` is a URL with the scheme `{scheme}`, which isn't read",
                url.escape_debug()
            );
            return Err(error(
                message,
                "refer to a file by its path, relative to the file that refers to it",
            ));
        }
        let url = url.split('#').next().unwrap_or_default();
        if !self.allowed.has_url(url) {
            let folder = url.rfind('/').map_or(url, |at| &url[..=at]);
            let message = format!(
                "`{}` is a URL, and isn't downloaded unless that is allowed",
                url.escape_debug()
            );
            return Err(error(
                message,
                &format!(
                    "`--allow-url {}` allows it; or download it, and refer to the file",
                    folder.escape_debug()
                ),
            ));
        }
        let text = download(url, self.left.load(Ordering::Relaxed))?;
        self.take(text.len(), url)?;
        Ok(FileText::new(url, text))
    }
}

#[cfg(any(all(test, feature = "cli"), feature = "fetch"))]
fn download(url: &str, most: u64) -> Result<String, FileError> {
    crate::new::download_without_redirects(url, most).map_err(|failure| FileError {
        message: failure.message,
        help: failure.help,
    })
}

#[cfg(not(any(all(test, feature = "cli"), feature = "fetch")))]
fn download(url: &str, _most: u64) -> Result<String, FileError> {
    Err(error(
        format!(
            "can't download `{}`: this program was built without the feature `fetch`",
            url.escape_debug()
        ),
        "download the file by other means, and refer to it by its path",
    ))
}

/// The scheme of a URL; the letter of a drive isn't one.
fn scheme(path: &str) -> Option<&str> {
    let (scheme, _) = path.split_once(':')?;
    let is_scheme = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_scheme.then_some(scheme)
}

/// A path without `.` and `..`, whatever is there.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a path from a folder is one of something outside.
#[cfg(feature = "cli")]
fn leads_out(path: &str) -> bool {
    path.starts_with('/')
        || path == ".."
        || path.starts_with("../")
        || Path::new(path).is_absolute()
}

fn error(message: String, help: &str) -> FileError {
    FileError {
        message,
        help: Some(help.to_owned()),
    }
}

fn outside(path: &str, full: &Path) -> FileError {
    let message = format!(
        "`{}` is outside of the folder of the description",
        path.escape_debug()
    );
    error(message, &allow_path(&plain(full)))
}

/// How to have a file read.
fn allow_path(file: &Path) -> String {
    let folder = file.parent().unwrap_or(file).display().to_string();
    format!("`--allow-path {}` allows it", folder.escape_debug())
}

fn missing(full: &Path, name: &str) -> FileError {
    let message = format!("no such file: `{}`", name.escape_debug());
    let path = plain(full);
    let wanted = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let names = entries.into_iter().flatten().filter_map(|entry| {
        let name = entry.ok()?.file_name();
        name.into_string().ok()
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    let near = nearest(
        &wanted.unwrap_or_default(),
        names.iter().map(String::as_str),
    );
    FileError {
        message,
        help: near.map(|near| {
            let folder = name
                .rsplit_once('/')
                .map_or(String::new(), |(folder, _)| format!("{folder}/"));
            format!(
                "did you mean `{}`?",
                format!("{folder}{near}").escape_debug()
            )
        }),
    }
}
