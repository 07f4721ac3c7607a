//! Operations grouped into resources, by tag, by path or as the configuration says.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::Tag;

use crate::config;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Docs, NamedBy, Operation, Resource};
use crate::names::reserved::{CLIENT_METHODS, IMPORTED, IMPORTED_MODULES, MODULES, PRIMITIVES};
use crate::names::{DEEPEST, Ident, PRELUDE, Scope, module_case, pascal_case, snake_case, words};
use crate::path_template::PathTemplate;
use crate::pointer::push;

use super::naming::{self, Call, is_prefix};
use super::operations::Found;
use super::tags::DeclaredTags;
use super::{Lowering, WaitNames, stability};

/// The module of the requests that the client's own methods return.
const OF_CLIENT: &str = "operations";

/// Operations of one resource before they are lowered.
#[derive(Default)]
struct Group<'a> {
    /// The tags that say what it is about: that of all its operations, or the names that lead to it.
    tags: IndexSet<String>,
    operations: Vec<Found<'a>>,
}

impl Group<'_> {
    /// The one tag of its operations; of several none says what the resource is.
    fn tag(&self) -> Option<&str> {
        let only = self.tags.first().filter(|_| self.tags.len() == 1);
        only.map(String::as_str)
    }
}

impl<'a> Lowering<'a> {
    /// Lowers all operations, resource by resource, in the order of their first operation; says what their
    /// names come from.
    pub(super) fn resources(&mut self) -> (NamedBy, Vec<Resource>) {
        let found = self.find_operations();
        let subjects = naming::subjects(self.document, &found);
        let (named_by, calls) = naming::calls(&subjects, self.config.names.by);
        if named_by == NamedBy::OperationId && !naming::are_hierarchical(&subjects) {
            self.report(ids_are_no_paths());
        }
        let shared_words = naming::shared_words(&subjects);
        let groups = self.grouped(found, calls, shared_words);
        let paths = module_paths(&groups);
        let mut within: HashMap<&[Ident], Vec<&str>> = HashMap::new();
        for (module, parents) in paths.iter().filter_map(|path| path.split_last()) {
            within.entry(parents).or_default().push(module.as_str());
        }
        let mut resources = Vec::with_capacity(groups.len());
        let mut handles: HashMap<&[Ident], Ident> = HashMap::new();
        let mut unstable: HashSet<&[Ident]> = HashSet::new();
        let mut described = HashSet::new();
        let declared = self.declared_tags();
        let tags = DeclaredTags::of(self.document);
        for ((names, group), path) in groups.into_iter().zip(&paths) {
            let tag = group.tag();
            // Of several resources with one tag the first one is what it describes.
            let declared = tag
                .filter(|tag| described.insert((*tag).to_owned()))
                .and_then(|tag| declared.get(tag).copied());
            let docs = self.resource_docs(tag, declared, &tags);
            let is_unstable = unstable.contains(&path[..path.len() - 1])
                || is_unstable(path, tag, declared, &docs);
            if is_unstable {
                unstable.insert(path);
            }
            let is_client = names.is_empty();
            let leads_to = if is_client { &[][..] } else { path.as_slice() };
            let nested = within.get(leads_to).map_or(&[][..], Vec::as_slice);
            let mut resource = self.resource(path, nested, docs, group.operations, is_client);
            resource.unstable = is_unstable;
            // What leads to a resource comes before it.
            resource.parent_handle = handles.get(&path[..path.len() - 1]).cloned();
            handles.insert(path, resource.handle.clone());
            resources.push(resource);
        }
        (named_by, with_children_behind(resources))
    }

    /// The operations of each resource, by the names that lead to it; those of the client itself by none.
    fn grouped(
        &mut self,
        found: Vec<Found<'a>>,
        calls: Vec<Option<Call>>,
        shared_words: usize,
    ) -> IndexMap<Vec<String>, Group<'a>> {
        let declared = DeclaredTags::of(self.document);
        for problem in declared.problems() {
            self.report(problem);
        }
        let above = declared.by_path(|tag| self.path_of_tag(tag, &declared));
        let mut groups: IndexMap<Vec<String>, Group<'a>> = IndexMap::new();
        for (mut found, call) in found.into_iter().zip(calls) {
            let path = self.resource_of(&found, call.as_ref(), &declared);
            self.unusable_names(&found);
            found.shared_words = shared_words;
            found.named = naming::method_by_extension(&found.operation.extensions)
                .or(call.map(|call| call.method));
            let tags = &found.operation.tags;
            self.used_configuration.tags.extend(tags.iter().cloned());
            // What leads to a resource is one itself, with operations or without.
            for depth in 1..path.len() {
                let tag = || match above.get(&path[..depth]) {
                    Some(tag) => (*tag).to_owned(),
                    None => path[..depth].join("/"),
                };
                groups
                    .entry(path[..depth].to_vec())
                    .or_insert_with(|| Group {
                        tags: IndexSet::from([tag()]),
                        operations: Vec::new(),
                    });
            }
            let group = groups.entry(path).or_default();
            if group.operations.is_empty() {
                group.tags.clear();
            }
            group.tags.insert(tags.first().cloned().unwrap_or_default());
            group.operations.push(found);
        }
        groups
    }

    /// Says which extensions of an operation would name it, and don't.
    fn unusable_names(&mut self, found: &Found<'a>) {
        for key in naming::unusable_extensions(&found.operation.extensions) {
            let message = format!("the value of `{key}` is not a name");
            self.warning(
                WarningCode::InvalidName,
                &push(&found.pointer, key),
                message,
            )
            .help = Some("write letters, digits and separators; until then it is ignored".into());
        }
    }

    /// The tags that the document describes, by name; of two with one name, the first.
    fn declared_tags(&self) -> HashMap<&'a str, &'a Tag> {
        let document = self.document;
        let tags = document.api.tags.iter().rev();
        tags.map(|tag| (tag.name.as_str(), tag)).collect()
    }

    /// Lowers the operations of a resource, whose methods also lead to `nested` ones.
    fn resource(
        &mut self,
        path: &[Ident],
        nested: &[&str],
        docs: Docs,
        found: Vec<Found<'a>>,
        is_client: bool,
    ) -> Resource {
        let (module, parents) = path.split_last().expect("no path is empty");
        let reserved: Vec<&str> = PRELUDE.iter().chain(IMPORTED).copied().collect();
        let mut items = Scope::new(&reserved);
        let pascal = pascal_case(module.as_str());
        let handle = if is_client {
            Scope::default().name(&["Client"], "Client")
        } else {
            items.name(&[&pascal, &format!("{pascal}Api")], "Resource")
        };
        let own: &[&str] = if is_client {
            CLIENT_METHODS
        } else {
            &["clone", "fmt", "new"]
        };
        let reserved = [own, nested].concat();
        let mut methods = Scope::new(&reserved);
        self.name_waiters(&found, &mut methods, &mut items);
        let all: Vec<String> = path.iter().flat_map(|it| words(it.as_str())).collect();
        let nouns = if is_client {
            [Vec::new(), Vec::new()]
        } else {
            [all, words(module.as_str())]
        };
        // Somebody chose these names: no operation takes one away that comes before in the document.
        let chosen: Vec<Option<Ident>> = found
            .iter()
            .map(|found| found.chosen().map(|_| found.method(&nouns, &mut methods)))
            .collect();
        if chosen.iter().any(Option::is_some) {
            self.clashes_of_operations(&found, &chosen, &nouns);
        }
        let operations: Vec<Operation> = found
            .into_iter()
            .zip(chosen)
            .flat_map(|(found, chosen)| {
                self.operation(&found, chosen, &nouns, &mut methods, &mut items)
            })
            .collect();
        Resource {
            module: module.clone(),
            parents: parents.to_vec(),
            parent_handle: None,
            is_client,
            feature: None,
            handle,
            docs,
            unstable: false,
            operations,
            waiters: Vec::new(),
        }
    }

    /// Names the waiters of a resource. They go before operations: somebody chose their names.
    fn name_waiters(&mut self, found: &[Found<'a>], methods: &mut Scope, items: &mut Scope) {
        let mut named = Vec::new();
        for (index, waiter) in self.config.waiters.iter().enumerate() {
            if found.iter().any(|found| found.is_called(&waiter.operation)) {
                let method = methods.name(&[&snake_case(&waiter.name)], "wait");
                let pascal = pascal_case(method.as_str());
                let request = items.name(&[&pascal, &format!("{pascal}Request")], "Wait");
                named.push((index, method.clone()));
                self.waits.insert(index, WaitNames { method, request });
            }
        }
        self.clashes_of_waiters(&named);
    }

    /// The names that lead to the resource that an operation belongs to; none for the client itself. In the
    /// configuration a dot stands between two, in a tag a slash.
    fn resource_of(
        &self,
        found: &Found<'a>,
        call: Option<&Call>,
        declared: &DeclaredTags<'_>,
    ) -> Vec<String> {
        let configured = found.config.and_then(|config| config.resource.as_deref());
        if let Some(name) = configured {
            return dotted(name);
        }
        let tag = found.operation.tags.first();
        let renamed = tag.and_then(|tag| self.config.resources.get(tag)?.name.as_deref());
        if let Some(name) = renamed {
            return dotted(name);
        }
        naming::resource_by_extension(&found.operation.extensions)
            .or_else(|| call.map(|call| call.resource.clone()))
            .unwrap_or_else(|| match tag {
                Some(tag) => self.path_of_tag(tag, declared),
                None => vec![from_path(found.path).to_owned()],
            })
    }

    /// The names that lead to the resource of a tag, by way of those that it is below.
    fn path_of_tag(&self, tag: &str, declared: &DeclaredTags<'_>) -> Vec<String> {
        let mut path = Vec::new();
        for tag in declared.line(tag) {
            match self
                .config
                .resources
                .get(tag)
                .and_then(|it| it.name.as_deref())
            {
                Some(renamed) => path = dotted(renamed),
                None => path.extend(path_of_tag(tag)),
            }
        }
        path.truncate(DEEPEST);
        path
    }

    fn resource_docs(
        &self,
        tag: Option<&str>,
        declared: Option<&Tag>,
        tags: &DeclaredTags<'_>,
    ) -> Docs {
        let Some(tag) = tag else {
            return Docs::default();
        };
        let configured = self
            .config
            .resources
            .get(tag)
            .and_then(|it| it.description.clone());
        let described = || tags.text(&declared?.name);
        Docs::text(configured.or_else(described).unwrap_or_default())
    }
}

/// What is said where the configuration wants names by operation ids that have none of resources in them.
fn ids_are_no_paths() -> Diagnostic {
    let message = "the operation ids don't name resources, so names come from paths";
    Diagnostic::warning(WarningCode::NamesBy, Origin::Config, "/names/by", message).help(
        "ids name them as in `pets/list`, `pets.list` or `Pets_List`; use `path` or `tag` otherwise",
    )
}

/// Whether the document calls a resource deprecated, experimental, beta or a preview.
fn is_unstable(path: &[Ident], tag: Option<&str>, declared: Option<&Tag>, docs: &Docs) -> bool {
    path.iter().any(|it| stability::in_name(it.as_str()))
        || tag.is_some_and(stability::in_name)
        || stability::in_text(&docs.text)
        || declared.is_some_and(|it| stability::in_extensions(&it.extensions))
}

/// The resources, each with those that it leads to right behind it: lists of them are read from top to
/// bottom, and what stands below a resource is taken for its own.
fn with_children_behind(mut resources: Vec<Resource>) -> Vec<Resource> {
    let path = |resource: &Resource| resource.path().cloned().collect::<Vec<Ident>>();
    let places = resources.iter().map(path).enumerate();
    let places: HashMap<Vec<Ident>, usize> = places.map(|(at, path)| (path, at)).collect();
    resources.sort_by_cached_key(|resource| {
        let path = path(resource);
        let ways = (1..=path.len()).map(|length| places.get(&path[..length]).copied());
        ways.collect::<Vec<Option<usize>>>()
    });
    resources
}

/// The modules of resources, each by the names that lead to it.
fn module_paths(groups: &IndexMap<Vec<String>, Group<'_>>) -> Vec<Vec<Ident>> {
    let of_client = [MODULES, CLIENT_METHODS].concat();
    let of_resource = [
        MODULES,
        IMPORTED_MODULES,
        PRIMITIVES,
        &["clone", "fmt", "new"],
    ]
    .concat();
    let mut scopes: HashMap<&[String], Scope> = HashMap::new();
    let mut named: HashMap<&[String], Vec<Ident>> = HashMap::new();
    // The module of the client's own requests is called last: the name of no resource depends on it.
    let (own, others): (Vec<_>, Vec<_>) = groups.keys().partition(|names| names.is_empty());
    for names in others.into_iter().chain(own) {
        let (name, parents) = match names.split_last() {
            Some((name, parents)) => (name.as_str(), parents),
            None => (OF_CLIENT, &[][..]),
        };
        let reserved = if parents.is_empty() {
            &of_client
        } else {
            &of_resource
        };
        let scope = scopes
            .entry(parents)
            .or_insert_with(|| Scope::of_modules(reserved));
        let wanted = module_case(name);
        let module = scope.name(&[&wanted, &format!("{wanted}_api")], "default");
        let mut path = match parents {
            [] => Vec::new(),
            _ => named.get(parents).cloned().unwrap_or_default(),
        };
        path.push(module);
        named.insert(names.as_slice(), path);
    }
    let path = |names: &Vec<String>| named.remove(names.as_slice()).unwrap_or_default();
    groups.keys().map(path).collect()
}

/// The names in a configured path; none where it is the client itself.
fn dotted(name: &str) -> Vec<String> {
    if name == config::CLIENT {
        return Vec::new();
    }
    name.split('.').map(str::to_owned).collect()
}

fn path_of_tag(tag: &str) -> Vec<String> {
    if is_path(tag) {
        tag.split('/').map(str::to_owned).collect()
    } else {
        vec![tag.to_owned()]
    }
}

/// Whether a tag is a path, as in `system/networking`. Prose has slashes too: `Import / export`.
fn is_path(tag: &str) -> bool {
    let is_name = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|it| matches!(it, 'a'..='z' | '0'..='9' | '-' | '_'))
    };
    tag.contains('/') && tag.split('/').all(is_name) && tag.split('/').count() <= DEEPEST
}

/// The first word of a path that tells what it is about: neither a version nor `api`.
fn from_path(path: &str) -> &str {
    // What stands behind the path tells operations apart, not resources.
    let path = PathTemplate::of(path).path;
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let telling = segments.find(|segment| !segment.starts_with('{') && !is_prefix(segment));
    telling.unwrap_or("default")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_in_a_name_makes_a_path_and_one_in_prose_does_not() {
        assert!(is_path("system/ip-pools"));
        for prose in [
            "system",
            "Import/export",
            "lists / items",
            "a//b",
            "/a",
            "n/2",
        ] {
            assert!(!is_path(prose), "{prose}");
        }
        assert!(is_path("a/b/c/d/e/f/g/h"));
        assert!(!is_path("a/b/c/d/e/f/g/h/i"), "too deep for folders");
    }

    #[test]
    fn a_path_names_a_resource() {
        assert_eq!(from_path("/api/v2/dishes/{dish_id}"), "dishes");
        assert_eq!(from_path("/{id}/pets"), "pets");
        assert_eq!(from_path("/"), "default");
    }
}
