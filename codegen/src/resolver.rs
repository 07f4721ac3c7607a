//! The files that a description refers to, which the caller of the generator reads.

use std::fmt::{self, Debug, Formatter};
use std::sync::OnceLock;

use crate::source::Source;

/// Most files that one description may refer to.
const MOST: usize = 2000;

/// A file that a description refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// What messages call it, usually its path. Two paths that lead to one name are one file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The path that references in it are relative to, from the folder of the description, where that isn't the
    /// path that was requested: a symbolic link can lead to another folder.
    pub path: Option<String>,
}

impl FileText {
    /// A file whose references are relative to the path that was requested.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            path: None,
        }
    }
}

/// Why a file isn't read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
}

type Read<'a> = dyn Fn(&str) -> Result<FileText, FileError> + Send + Sync + 'a;

/// Reads the files that a description refers to by `$ref`, each once, and keeps them.
///
/// The generator reads no files itself: it asks for a path, which is relative to the folder of the description and
/// has `/` between names, such as `schemas/pet.yaml` or `../common.yaml`; or for an absolute path or a URL, where the
/// description has one. Whether that may be read is for the caller to decide. References are resolved by RFC 3986
/// section 5, relative to the file that has them, or to its `$self` or `$id` (OpenAPI 3.2.0, "Base URI").
///
/// # Examples
///
/// ```
/// use codegen::{Description, FileError, FileText, Resolver, Source, generate};
///
/// let spec = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
///     servers: [{url: 'https://pets.example.com'}]\npaths:\n  /pet:\n    get:\n      responses:\n        '200':\n          \
///     description: A pet.\n          content: {application/json: {schema: {$ref: schemas/pet.yaml}}}\n";
/// let resolver = Resolver::new(|path| match path {
///     "schemas/pet.yaml" => {
///         Ok(FileText::new(path, "type: object\nproperties: {name: {type: string}}\n"))
///     }
///     _ => Err(FileError { message: format!("no such file: `{path}`"), help: None }),
/// });
/// let description = Description {
///     resolver: Some(&resolver),
///     ..Description::from(Source { name: "openapi.yaml", text: spec })
/// };
/// let generated = generate(description, Source { name: "sdk.toml", text: "" })
///     .map_err(|found| found[0].message.clone())?;
/// assert!(generated.files.iter().any(|file| file.text.contains("pub struct Pet ")));
/// assert_eq!(resolver.files().count(), 1);
/// # Ok::<(), String>(())
/// ```
pub struct Resolver<'a> {
    read: Box<Read<'a>>,
    slots: OnceLock<Box<[OnceLock<Slot>]>>,
}

/// A path that was requested, and what is there.
struct Slot {
    path: String,
    found: Result<FileText, FileError>,
}

impl<'a> Resolver<'a> {
    /// Of what reads a file by its path. It is called once for each path.
    pub fn new(read: impl Fn(&str) -> Result<FileText, FileError> + Send + Sync + 'a) -> Self {
        Self {
            read: Box::new(read),
            slots: OnceLock::new(),
        }
    }

    /// The files that were read so far, in the order of the references to them.
    pub fn files(&self) -> impl Iterator<Item = Source<'_>> {
        let slots = self.slots.get().into_iter().flatten();
        slots.filter_map(|slot| source(slot.get()?))
    }

    /// The paths that were requested so far, whether they could be read or not: a file that is added later is
    /// at one of them.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let slots = self.slots.get().into_iter().flatten();
        slots.filter_map(|slot| Some(&*slot.get()?.path))
    }

    /// The file of a number, as [`Origin::File`](crate::Origin::File) has it.
    pub fn file(&self, number: usize) -> Option<Source<'_>> {
        source(self.slots.get()?.get(number)?.get()?)
    }

    /// The file at a path, and its number.
    pub(crate) fn get(&self, path: &str) -> Result<(usize, &FileText), FileError> {
        let fresh = || (0..MOST).map(|_| OnceLock::new()).collect();
        let slots = self.slots.get_or_init(fresh);
        for (number, slot) in slots.iter().enumerate() {
            let slot = slot.get_or_init(|| Slot {
                path: path.to_owned(),
                found: (self.read)(path),
            });
            if slot.path == path {
                return match &slot.found {
                    Ok(file) => Ok((number, file)),
                    Err(error) => Err(error.clone()),
                };
            }
        }
        Err(FileError {
            message: format!("the description refers to more than {MOST} files"),
            help: Some("join some of them".to_owned()),
        })
    }
}

fn source(slot: &Slot) -> Option<Source<'_>> {
    let FileText { name, text, .. } = slot.found.as_ref().ok()?;
    Some(Source { name, text })
}

impl Debug for Resolver<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let names = self.files().map(|file| file.name);
        formatter.debug_list().entries(names).finish()
    }
}
