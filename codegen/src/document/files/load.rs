//! The files that are referred to, and where references lead in them.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;
use url::Url;

use super::super::check::shape::Kind;
use super::super::read;
use super::super::references::{Ids, may_be};
use super::{UNFOLLOWED, Unfollowed, uri};
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::nearest::nearest;
use crate::pointer::{canonical, get, local, push, split_last};
use crate::resolver::Resolver;
use crate::source::Source;

/// How the names of files end.
pub(super) const ENDINGS: [&str; 3] = [".yaml", ".yml", ".json"];

/// How many references may lead from one to the next.
const LONGEST_CHAIN: usize = 64;

/// A file that was read.
struct File<'a> {
    /// Its path from the folder of the description, or its URL.
    path: String,
    name: &'a str,
    origin: Origin,
    value: Rc<Value>,
    ids: Ids<'a>,
    is_dynamic: bool,
}

/// The files that were read; the first is the description.
pub(super) struct Files<'a> {
    resolver: Option<&'a Resolver<'a>>,
    all: Vec<File<'a>>,
    /// Their numbers by their paths; `None` where one can't be read.
    by_path: BTreeMap<String, Option<usize>>,
    /// Their numbers by their `$self` or `$id`.
    by_uri: BTreeMap<String, usize>,
    unfollowed: Unfollowed,
    pub(super) found: Vec<Diagnostic>,
}

/// A reference, with its place.
#[derive(Clone, Copy)]
pub(super) struct Use<'r> {
    pub(super) file: usize,
    /// The pointer of the object that has it, or of the text that it is.
    pub(super) at: &'r str,
    pub(super) reference: &'r str,
    pub(super) is_text: bool,
    /// What has to be there; `None` for an object without a kind, such as `properties`.
    pub(super) kind: Option<Kind>,
}

impl Use<'_> {
    /// Whether something can take the place of what isn't there.
    fn has_stand_in(self) -> bool {
        self.kind.is_some_and(|kind| kind != Kind::PathItem)
    }
}

/// Where a reference leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) file: usize,
    pub(super) pointer: String,
    /// The name of the first component on the way there.
    pub(super) name: Option<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(description: Description<'a>, root: Value, unfollowed: Unfollowed) -> Self {
        let mut files = Self {
            resolver: description.resolver,
            all: Vec::new(),
            by_path: BTreeMap::new(),
            by_uri: BTreeMap::new(),
            unfollowed,
            found: Vec::new(),
        };
        let name = description.source.name;
        let path = match uri::absolute(name) {
            Some(url) if matches!(url.scheme(), "http" | "https") => name,
            _ => name.rsplit(['/', '\\', ':']).next().unwrap_or_default(),
        };
        files.add(path.to_owned(), description.source, Origin::Spec, root);
        files
    }

    fn add(&mut self, path: String, source: Source<'a>, origin: Origin, value: Value) -> usize {
        let name = source.name;
        let number = self.all.len();
        let mut ids = Ids::of(name);
        if let Some(own) = ids.base(&value, "") {
            self.by_uri.entry(own.into()).or_insert(number);
        }
        self.by_path.insert(path.clone(), Some(number));
        self.all.push(File {
            path,
            name,
            origin,
            value: Rc::new(value),
            ids,
            is_dynamic: source.text.contains("$dynamic"),
        });
        number
    }

    pub(super) fn value(&self, file: usize) -> Rc<Value> {
        Rc::clone(&self.all[file].value)
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// Whether a schema of a file can have dynamic references, which lead to wherever a schema is used.
    pub(super) fn is_dynamic(&self, file: usize) -> bool {
        self.all[file].is_dynamic
    }

    pub(super) fn path(&self, file: usize) -> &str {
        &self.all[file].path
    }

    pub(super) fn origin(&self, file: usize) -> Origin {
        self.all[file].origin
    }

    /// The document, which is empty afterwards.
    pub(super) fn take_root(&mut self) -> Value {
        let root = std::mem::take(&mut self.all[0].value);
        Rc::try_unwrap(root).unwrap_or_else(|root| (*root).clone())
    }

    /// The end of the chain of references that begins with one. `None` where it is one of the document to
    /// itself, or can't be followed, which is noted.
    pub(super) fn follow(&mut self, used: Use<'_>) -> Option<Found> {
        let kind = used.kind;
        let mut found = self.step(used)?;
        let mut name = component_name(&found.1);
        for _ in 0..LONGEST_CHAIN {
            let value = self.value(found.0);
            let next = get(&value, &found.1).and_then(only_reference);
            let Some(reference) = next else {
                let (file, pointer) = found;
                return Some(Found {
                    file,
                    pointer,
                    name,
                });
            };
            let next = Use {
                file: found.0,
                at: &found.1,
                reference,
                is_text: false,
                kind,
            };
            let Some(step) = self.step(next) else {
                if found.0 == 0 {
                    // The document refers to itself there.
                    let (file, pointer) = found;
                    return Some(Found {
                        file,
                        pointer,
                        name,
                    });
                }
                return None;
            };
            name = name.or_else(|| component_name(&step.1));
            found = step;
        }
        let message = format!("the reference `{}` leads back to itself", used.reference);
        self.report(used, message, None);
        None
    }

    /// Where a reference leads, which can be another reference.
    fn step(&mut self, used: Use<'_>) -> Option<(usize, String)> {
        let Use {
            file,
            at,
            reference,
            ..
        } = used;
        let value = self.value(file);
        // Nearly all references of a description are these.
        if file == 0 && reference.starts_with('#') {
            return None;
        }
        let own = self.all[file].ids.find(&value, reference, at);
        if file == 0 && own.is_some() {
            return None;
        }
        let is_there = own
            .as_ref()
            .is_some_and(|pointer| get(&value, pointer).is_some());
        let plain = local(reference).map(|pointer| canonical(&pointer));
        if let Some(pointer) = plain.filter(|_| !is_there).or(own) {
            return self.existing(used, file, pointer);
        }
        let (uri, fragment) = uri::split(reference);
        let target = if uri.is_empty() {
            file
        } else {
            let path = self.path_of(used, uri);
            self.load(&path, used)?
        };
        let pointer = match fragment {
            "" => String::new(),
            _ => match local(&format!("#{fragment}")) {
                Some(pointer) => canonical(&pointer),
                None => {
                    let value = self.value(target);
                    let anchor = format!("#{fragment}");
                    let found = self.all[target].ids.find(&value, &anchor, "");
                    let Some(pointer) = found else {
                        let name = self.all[target].name;
                        let message = format!("no schema in `{name}` has the anchor `{anchor}`");
                        self.report(used, message, None);
                        return None;
                    };
                    pointer
                }
            },
        };
        self.existing(used, target, pointer)
    }

    /// A pointer that leads to something of the right kind.
    fn existing(&mut self, used: Use<'_>, file: usize, pointer: String) -> Option<(usize, String)> {
        let value = self.value(file);
        let name = self.all[file].name;
        if get(&value, &pointer).is_none() {
            let near = suggestion(&value, &pointer);
            let message = format!(
                "the target of the reference `{}` does not exist: `{name}` has no `{pointer}`",
                used.reference
            );
            let help = near.map(|near| format!("did you mean `#{near}`?"));
            self.report(used, message, help);
            return None;
        }
        let is_document = value.get("openapi").is_some();
        if let Some(kind) = used
            .kind
            .filter(|kind| is_document && !may_be(&pointer, *kind))
        {
            let message = format!("`{}` is not {}", used.reference, kind.name());
            self.report(used, message, None);
            return None;
        }
        Some((file, pointer))
    }

    /// The path of the file that a URI names.
    fn path_of(&mut self, used: Use<'_>, uri: &str) -> String {
        let value = self.value(used.file);
        let ids = &mut self.all[used.file].ids;
        let absolute = uri::absolute(uri);
        let target: Option<Url> = match absolute {
            Some(url) => Some(url),
            None => {
                let base = ids.base(&value, used.at);
                base.and_then(|base| base.join(uri).ok())
            }
        };
        let own = ids.base(&value, "");
        let path = &self.all[used.file].path;
        let Some(target) = target else {
            return uri::join(path, uri);
        };
        if let Some(file) = self.by_uri.get(target.as_str()) {
            return self.all[*file].path.clone();
        }
        let beside = own.and_then(|own| uri::beside(path, &own, &target));
        beside.unwrap_or_else(|| target.to_string())
    }

    /// A reference as the description itself would write it.
    pub(super) fn as_in_root(&mut self, used: Use<'_>) -> String {
        let (uri, fragment) = uri::split(used.reference);
        let path = if uri.is_empty() {
            self.path(used.file).to_owned()
        } else {
            self.path_of(used, uri)
        };
        format!("{path}#{fragment}")
    }

    /// The file and the pointer that a reference leads to, if that file was read.
    pub(super) fn known(&mut self, used: Use<'_>) -> Option<(usize, String)> {
        let (uri, fragment) = uri::split(used.reference);
        let file = if uri.is_empty() {
            used.file
        } else {
            let path = self.path_of(used, uri);
            self.by_path.get(&path).copied().flatten()?
        };
        let pointer = local(&format!("#{fragment}")).map(|pointer| canonical(&pointer))?;
        Some((file, pointer))
    }

    /// The number of the file at a path, which is read if it wasn't yet.
    fn load(&mut self, path: &str, used: Use<'_>) -> Option<usize> {
        if let Some(known) = self.by_path.get(path).copied() {
            if known.is_none() {
                self.unreadable(path, used);
            }
            return known;
        }
        let number = self.read(path, used);
        self.by_path.insert(path.to_owned(), number);
        number
    }

    fn read(&mut self, path: &str, used: Use<'_>) -> Option<usize> {
        let Ok((number, file)) = self.resolver?.get(path) else {
            self.unreadable(path, used);
            return None;
        };
        let source = Source {
            name: &file.name,
            text: &file.text,
        };
        let path = file.path.as_deref().unwrap_or(path);
        let is_same = |known: &File<'_>| known.name == source.name || known.path == path;
        let same = self.all.iter().position(is_same);
        if same.is_some() {
            return same;
        }
        let origin = Origin::File(number);
        match read::read_file(source, origin) {
            Ok((value, warnings)) => {
                self.found.extend(warnings);
                Some(self.add(path.to_owned(), source, origin, value))
            }
            Err(errors) => {
                let (from, at) = (self.origin(used.file), place(used));
                let errors = errors.into_iter();
                let errors =
                    errors.map(|it| it.related_in(from, &at, "the file is referred to here"));
                self.found.extend(errors);
                None
            }
        }
    }

    /// Reports each reference to a file that isn't read.
    fn unreadable(&mut self, path: &str, used: Use<'_>) {
        let found = self.resolver.map(|resolver| resolver.get(path));
        if let Some(Err(error)) = found {
            self.report(used, error.message, error.help);
        }
    }

    pub(super) fn report(&mut self, used: Use<'_>, message: String, help: Option<String>) {
        let error = Diagnostic::error(self.origin(used.file), place(used), message);
        let mut error = error.label(UNFOLLOWED);
        error.help = help;
        if self.unfollowed == Unfollowed::Warned && used.has_stand_in() {
            error.demote(WarningCode::InvalidReference);
        }
        self.found.push(error);
    }
}

/// Where a reference is written.
fn place(used: Use<'_>) -> String {
    if used.is_text {
        used.at.to_owned()
    } else {
        push(used.at, "$ref")
    }
}

/// The reference that a value consists of.
pub(super) fn only_reference(value: &Value) -> Option<&str> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    members.get("$ref")?.as_str()
}

/// The name of what is at `/components/SECTION/NAME`, or among the definitions of a schema.
fn component_name(pointer: &str) -> Option<String> {
    let (above, name) = split_last(pointer)?;
    let (above, parent) = split_last(above)?;
    let is_component = split_last(above).is_some_and(|(_, it)| it == "components");
    let is_named = is_component || matches!(&*parent, "definitions" | "$defs");
    is_named.then(|| name.into_owned())
}

/// A pointer like one that leads to nothing.
fn suggestion(value: &Value, pointer: &str) -> Option<String> {
    let (parent, name) = split_last(pointer)?;
    let members = get(value, parent)?.as_object()?;
    let found = nearest(&name, members.keys().map(String::as_str))?;
    Some(push(parent, found))
}
