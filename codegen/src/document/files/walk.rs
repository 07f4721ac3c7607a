//! The walk over all that is reached of a description, which finds the references in it.

use serde_json::{Map, Value};

use super::super::check::shape::{Kind, Want};
use super::load::{ENDINGS, Use, only_reference};
use super::{Copied, Joiner, Key, Part, Site, Target, Unfollowed};
use crate::pointer::{Place, get, local, push, split_last, target, tokens};

/// How many copies may be in one another.
const DEEPEST_COPY: usize = 8;

/// Where the walk is.
#[derive(Clone, Copy)]
pub(super) struct Here<'p> {
    pub(super) file: usize,
    /// In the file.
    pub(super) at: Place<'p>,
    /// In the joined document, while that is known.
    out: Option<Place<'p>>,
}

impl<'p> Here<'p> {
    fn key(&'p self, key: &'p str) -> Self {
        Self {
            file: self.file,
            at: self.at.key(key),
            out: self.out.as_ref().map(|out| out.key(key)),
        }
    }

    fn index(&'p self, index: usize) -> Self {
        Self {
            file: self.file,
            at: self.at.index(index),
            out: self.out.as_ref().map(|out| out.index(index)),
        }
    }
}

impl Joiner<'_> {
    /// Walks the description, and every part that is referred to.
    pub(super) fn walk_all(&mut self) {
        let root = self.value(0);
        let here = Here {
            file: 0,
            at: Place::new(""),
            out: Some(Place::new("")),
        };
        self.walk(&root, self.root_want(), here);
        let mut next = 0;
        while let Some(part) = self.parts.get(next) {
            self.walked = Some(next);
            next += 1;
            let Key {
                file,
                pointer,
                kind,
            } = part.key.clone();
            let value = self.value(file);
            if let Some(value) = get(&value, &pointer) {
                let here = Here {
                    file,
                    at: Place::new(&pointer),
                    out: (file == 0).then(|| Place::new(&pointer)),
                };
                self.walk(value, self.part_want(kind), here);
            }
        }
    }

    fn walk(&mut self, value: &Value, want: Want, here: Here<'_>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref")
                    && !matches!(want, Want::Any | Want::Text)
                {
                    self.reference(reference, want, here, only_reference(value).is_some());
                }
                if matches!(want, Want::Schema | Want::SchemaOrList) {
                    self.mapping(members, here);
                }
                self.uri(want.kind(), members, here);
                for (key, value) in members {
                    let is_inner = value.is_object() || value.is_array();
                    if let Some(want) = self.member(want, key).filter(|_| is_inner) {
                        self.walk(value, want, here.key(key));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(want) = self.member(want, &index.to_string()) {
                        self.walk(item, want, here.index(index));
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes what a `$ref` leads to.
    fn reference(&mut self, reference: &str, want: Want, here: Here<'_>, is_alone: bool) {
        let at = here.at.pointer();
        if self.sites.contains_key(&(here.file, at.clone())) {
            return;
        }
        let kind = want.kind();
        let used = Use {
            file: here.file,
            at: &at,
            reference,
            is_text: false,
            kind,
        };
        let Some(found) = self.files.follow(used) else {
            self.unfollowed(used);
            if let (0, Some(kind)) = (here.file, kind) {
                self.unknown_place(reference, kind);
            }
            return;
        };
        let Some(kind) = kind else {
            self.copy(used, (found.file, found.pointer), want, here);
            return;
        };
        let target = self.part(found.file, found.pointer, kind, found.name);
        if let (Target::Part(number), true, Some(out)) = (&target, is_alone, here.out) {
            let out = out.pointer();
            let is_host = self.is_host(&out, kind);
            let part = &mut self.parts[*number];
            if is_host && part.place.is_none() {
                part.place = Some(out);
            }
        }
        let is_text = false;
        self.sites.insert((here.file, at), Site { target, is_text });
    }

    /// Notes a reference of another file that can't be followed.
    fn unfollowed(&mut self, used: Use<'_>) {
        if used.file == 0 || self.unfollowed == Unfollowed::Refused {
            return;
        }
        let site = Site {
            target: Target::Unfollowed(self.files.as_in_root(used)),
            is_text: used.is_text,
        };
        self.sites.insert((used.file, used.at.to_owned()), site);
    }

    /// The part at a place.
    fn part(&mut self, file: usize, pointer: String, kind: Kind, name: Option<String>) -> Target {
        if file == 0 {
            let reference = format!("#{pointer}");
            self.unknown_place(&reference, kind);
            return Target::Root(pointer);
        }
        let key = Key {
            file,
            pointer,
            kind,
        };
        let number = self.number(key, name);
        match self.walked {
            Some(walked) => self.parts[walked].refers.push(number),
            None => self.first.push(number),
        }
        Target::Part(number)
    }

    fn number(&mut self, key: Key, name: Option<String>) -> usize {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.parts.len();
        self.numbers.insert(key.clone(), number);
        self.parts.push(Part {
            place: (key.file == 0).then(|| key.pointer.clone()),
            is_apart: false,
            refers: Vec::new(),
            key,
            name,
        });
        number
    }

    /// Walks what a reference of the document to itself leads to, where the tables don't.
    fn unknown_place(&mut self, reference: &str, kind: Kind) {
        let Some(pointer) = target(reference) else {
            return;
        };
        let known = tokens(&pointer).try_fold(self.root_want(), |want, token| {
            self.member(want, &token)
                .filter(|it| !matches!(it, Want::Any))
        });
        if known.is_none() && local(reference).is_some() {
            let key = Key {
                file: 0,
                pointer: pointer.into_owned(),
                kind,
            };
            self.number(key, None);
        }
    }

    /// Whether what is at a place of the document may be put there itself: a component, or the path item of a path.
    fn is_host(&self, out: &str, kind: Kind) -> bool {
        let Some((above, _)) = split_last(out) else {
            return false;
        };
        let is_path = kind == Kind::PathItem && matches!(above, "/paths" | "/webhooks");
        is_path || self.section(kind).is_some_and(|section| section == above)
    }

    /// Walks what is copied to the place of a reference.
    fn copy(&mut self, used: Use<'_>, target: (usize, String), want: Want, here: Here<'_>) {
        if self.copies.contains(&target) || self.copies.len() == DEEPEST_COPY {
            let reference = used.reference;
            let message = format!("the reference `{reference}` leads back to itself");
            let help = "an object without a kind, such as `properties`, is copied to where it is referred to; refer \
                        to a schema instead";
            self.files.report(used, message, Some(help.to_owned()));
            return;
        }
        let (file, pointer) = target.clone();
        let site = Site {
            target: Target::Copy {
                file,
                pointer: pointer.clone(),
            },
            is_text: false,
        };
        self.sites.insert((here.file, used.at.to_owned()), site);
        if let Some(out) = here.out {
            self.copied.push(Copied {
                file,
                pointer: pointer.clone(),
                want,
                out: out.pointer(),
            });
        }
        self.copies.push(target);
        let value = self.value(file);
        if let Some(value) = get(&value, &pointer) {
            let inside = Here {
                file,
                at: Place::new(&pointer),
                out: here.out,
            };
            self.walk(value, want, inside);
        }
        self.copies.pop();
    }

    /// The schemas that a discriminator maps to.
    fn mapping(&mut self, schema: &Map<String, Value>, here: Here<'_>) {
        let mapping = schema.get("discriminator").and_then(|it| it.get("mapping"));
        let Some(Value::Object(mapping)) = mapping else {
            return;
        };
        let above = push(&push(&here.at.pointer(), "discriminator"), "mapping");
        for (key, value) in mapping {
            let Some(value) = value.as_str() else {
                continue;
            };
            let Some(reference) = self.mapped(here.file, value) else {
                continue;
            };
            let at = push(&above, key);
            let used = Use {
                file: here.file,
                at: &at,
                reference: &reference,
                is_text: true,
                kind: Some(Kind::Schema),
            };
            let Some(found) = self.files.follow(used) else {
                self.unfollowed(used);
                continue;
            };
            let target = self.part(found.file, found.pointer, Kind::Schema, found.name);
            let is_text = true;
            self.sites.insert((here.file, at), Site { target, is_text });
        }
    }

    /// The reference that a value of a mapping is; `None` where it names a schema of the document.
    fn mapped(&self, file: usize, value: &str) -> Option<String> {
        let is_named = |file: usize, section: &str| {
            let pointer = push(section, value);
            get(&self.value(file), &pointer).map(|_| format!("#{pointer}"))
        };
        let sections = ["/components/schemas", "/definitions", "/$defs"];
        let own = sections.iter().find_map(|section| is_named(file, section));
        if own.is_some() {
            return own.filter(|_| file != 0);
        }
        let is_file = ENDINGS.iter().any(|ending| value.ends_with(ending));
        (is_file || value.contains(['/', '#'])).then(|| value.to_owned())
    }
}
