//! Operations grouped into resources, by tag, by path or as the configuration says.

use indexmap::IndexMap;

use crate::config;
use crate::diagnostic::{Diagnostic, Origin, push};
use crate::model::{Docs, Operation, Resource};
use crate::names::{FILES, Ident, PRELUDE, Scope, module_case, pascal_case, snake_case, words};

use super::operations::Found;
use super::operations::names::is_prefix;
use super::{Lowering, WaitNames};

/// Modules that every crate has beside those of its resources.
const MODULES: &[&str] = &["client", "codec", "runtime", "servers", "types"];

/// Methods of the client that no resource can be called by.
const CLIENT_METHODS: &[&str] = &[
    "builder",
    "clone",
    "fmt",
    "from_env",
    "new",
    "replace_basic",
    "replace_credential",
    "request",
    "set_api_key",
    "set_basic_auth",
];

/// What the module of a resource imports.
const IMPORTED: &[&str] = &[
    "BTreeMap",
    "Base64",
    "Call",
    "Client",
    "Date",
    "DateTime",
    "Endpoint",
    "Error",
    "EventFormat",
    "Method",
    "Operation",
    "Paged",
    "Paging",
    "Parameter",
    "Payload",
    "Request",
    "Streamed",
    "Style",
    "Waited",
    "Waiting",
];

/// Operations of one resource before they are lowered.
struct Group<'a> {
    tag: Option<String>,
    operations: Vec<Found<'a>>,
}

impl<'a> Lowering<'a> {
    /// Lowers all operations, resource by resource, in the order of their first operation.
    pub(super) fn resources(&mut self) -> Vec<Resource> {
        let mut groups: IndexMap<String, Group<'a>> = IndexMap::new();
        for found in self.find_operations() {
            let (key, tag) = self.resource_of(&found);
            self.met.tags.extend(found.operation.tags.iter().cloned());
            let group = groups.entry(key).or_insert_with(|| Group {
                tag,
                operations: Vec::new(),
            });
            group.operations.push(found);
        }
        let reserved: Vec<&str> = MODULES
            .iter()
            .chain(CLIENT_METHODS)
            .chain(FILES)
            .copied()
            .collect();
        let mut modules = Scope::new(&reserved);
        let mut resources = Vec::with_capacity(groups.len());
        for (key, group) in groups {
            let wanted = module_case(&key);
            let module = modules.name(&[&wanted, &format!("{wanted}_api")], "default");
            let docs = self.resource_docs(group.tag.as_deref());
            resources.push(self.resource(module, docs, group.operations));
        }
        resources
    }

    fn resource(&mut self, module: Ident, docs: Docs, found: Vec<Found<'a>>) -> Resource {
        let reserved: Vec<&str> = PRELUDE.iter().chain(IMPORTED).copied().collect();
        let mut items = Scope::new(&reserved);
        let pascal = pascal_case(module.as_str());
        let handle = items.name(&[&pascal, &format!("{pascal}Api")], "Resource");
        let mut methods = Scope::new(&["clone", "fmt", "new"]);
        self.name_waiters(&found, &mut methods, &mut items);
        let noun = words(module.as_str());
        let operations: Vec<Operation> = found
            .into_iter()
            .flat_map(|found| self.operation(&found, &noun, &mut methods, &mut items))
            .collect();
        Resource {
            module,
            handle,
            docs,
            operations,
            waiters: Vec::new(),
        }
    }

    /// Names the waiters of a resource. They go before operations: somebody chose their names.
    fn name_waiters(&mut self, found: &[Found<'a>], methods: &mut Scope, items: &mut Scope) {
        for (index, waiter) in self.config.waiters.iter().enumerate() {
            if found.iter().any(|found| found.is_called(&waiter.operation)) {
                let method = methods.name(&[&snake_case(&waiter.name)], "wait");
                let pascal = pascal_case(method.as_str());
                let request = items.name(&[&pascal, &format!("{pascal}Request")], "Wait");
                let endpoint = items.name(&[&format!("{pascal}Endpoint")], "WaitEndpoint");
                self.waits.insert(
                    index,
                    WaitNames {
                        method,
                        request,
                        endpoint,
                    },
                );
            }
        }
    }

    /// The name of the resource that an operation belongs to, and its tag if that gave it.
    fn resource_of(&self, found: &Found<'a>) -> (String, Option<String>) {
        let tag = found.operation.tags.first();
        let configured = found.config.and_then(|config| config.resource.as_deref());
        if let Some(name) = configured {
            return (
                name.to_owned(),
                tag.filter(|tag| self.tag_name(tag) == name).cloned(),
            );
        }
        match tag {
            Some(tag) => (self.tag_name(tag).to_owned(), Some(tag.clone())),
            None => (from_path(found.path).to_owned(), None),
        }
    }

    fn tag_name<'t>(&self, tag: &'t str) -> &'t str
    where
        'a: 't,
    {
        let configured = self.config.resources.get(tag);
        configured
            .and_then(|resource| resource.name.as_deref())
            .unwrap_or(tag)
    }

    fn resource_docs(&self, tag: Option<&str>) -> Docs {
        let Some(tag) = tag else {
            return Docs::default();
        };
        let configured = self
            .config
            .resources
            .get(tag)
            .and_then(|it| it.description.clone());
        let described = || {
            let tags = &self.document.api.tags;
            tags.iter()
                .find(|it| it.name == tag)
                .and_then(|it| it.description.clone())
        };
        Docs::text(configured.or_else(described).unwrap_or_default())
    }

    /// Reports what the configuration speaks of and the document hasn't.
    pub(super) fn unknown_config_names(&mut self) {
        let (document, config) = (self.document, self.config);
        let mut unknown = Vec::new();
        for tag in config.resources.keys() {
            let declared = document
                .api
                .tags
                .iter()
                .any(|declared| declared.name == *tag);
            if !declared && !self.met.tags.contains(tag) {
                unknown.push((
                    push("/resources", tag),
                    format!("no operation has the tag `{tag}`"),
                ));
            }
        }
        for key in config.credentials.keys() {
            if !self.met.credentials.contains(key) {
                let message = format!("no operation takes the security scheme `{key}`");
                unknown.push((push("/credentials", key), message));
            }
        }
        for key in config.operations.keys() {
            if !self.met.operations.contains(key) {
                let message = format!("the document has no operation `{key}`");
                unknown.push((push("/operations", key), message));
            }
        }
        for format in config.formats.keys() {
            if !self.met.formats.contains(format) {
                let message = format!("no schema that this type suits has the format `{format}`");
                unknown.push((push("/formats", format), message));
            }
        }
        for (key, configured) in &config.types {
            unknown.extend(self.unknown_of_type(key, configured));
        }
        for (pointer, message) in unknown {
            let help = "correct the name, or take the entry out: it does nothing";
            self.report(
                Diagnostic::error(Origin::Config, pointer, message)
                    .at_key()
                    .help(help),
            );
        }
    }

    /// What an entry of the configuration says about a schema to no effect: pointers and messages.
    fn unknown_of_type(&self, key: &str, configured: &config::Type) -> Vec<(String, String)> {
        let at = push("/types", key);
        let pointer = if key.starts_with('/') {
            key.to_owned()
        } else {
            push("/components/schemas", key)
        };
        if self.document.value(&pointer).is_none() {
            return vec![(at, format!("the document has no schema `{key}`"))];
        }
        let mut unknown = Vec::new();
        if configured.keep_unknown_fields.is_some()
            && let Some(message) = match self.met.structs.get(key) {
                Some(false) => None,
                Some(true) => Some(format!(
                    "the document describes what `{key}` holds beside its named fields, and that \
                     is kept"
                )),
                None => Some(format!("`{key}` is no object with named fields")),
            }
        {
            unknown.push((push(&at, "keep-unknown-fields"), message));
        }
        for property in configured.fields.keys() {
            let met = (key.to_owned(), property.clone());
            if !self.met.fields.contains(&met) {
                let message = format!("`{key}` has no property `{property}`");
                unknown.push((push(&push(&at, "fields"), property), message));
            }
        }
        unknown
    }
}

/// The first word of a path that tells what it is about: neither a version nor `api`.
fn from_path(path: &str) -> &str {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let telling = segments.find(|segment| !segment.starts_with('{') && !is_prefix(segment));
    telling.unwrap_or("default")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_resource() {
        assert_eq!(from_path("/api/v2/dishes/{dish_id}"), "dishes");
        assert_eq!(from_path("/{id}/pets"), "pets");
        assert_eq!(from_path("/"), "default");
    }
}
