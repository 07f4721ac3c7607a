//! What a document has to keep beyond the shape of its objects: names, paths and parameters.

mod media_types;

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexSet;
use serde_json::{Map, Value};

use crate::path_template::PathTemplate;

use super::operations::operations;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::pointer::push;
use crate::pointer::{canonical, get, local};

/// Checks the operations of a document whose objects and references are right.
pub(crate) fn check(root: &Value) -> Vec<Diagnostic> {
    let mut checks = Semantics {
        root,
        diagnostics: Vec::new(),
        ids: BTreeMap::new(),
        paths: BTreeMap::new(),
        fragments: 0,
        invalid_media_types: HashSet::new(),
    };
    if let Some(Value::Object(paths)) = root.get("paths") {
        for (template, item) in paths {
            if template.starts_with('/') {
                checks.path(template, item);
            }
        }
    }
    for (name, item) in root
        .get("webhooks")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        checks.webhook(name, item);
    }
    checks.further_fragments();
    checks.client_certificates();
    checks.diagnostics
}

struct Semantics<'d> {
    root: &'d Value,
    diagnostics: Vec<Diagnostic>,
    /// The first operation of each `operationId`.
    ids: BTreeMap<&'d str, String>,
    /// The path templates by what is left of them without the names of their parameters.
    paths: BTreeMap<String, Vec<(&'d str, &'d Value)>>,
    /// How many paths have a fragment.
    fragments: usize,
    /// Where keys of `content` are no media types.
    invalid_media_types: HashSet<String>,
}

/// So many mistakes of a kind are told, of one path (each repeats the path) or of all.
const MOST_TOLD: usize = 20;

/// A parameter by what tells it from others (OpenAPI 3.0 section 4.7.12).
struct Declared<'d> {
    name: &'d str,
    location: &'d str,
    pointer: String,
}

impl<'d> Declared<'d> {
    fn key(&self) -> (&'d str, &'d str) {
        (self.name, self.location)
    }
}

impl<'d> Semantics<'d> {
    fn path(&mut self, template: &'d str, item: &'d Value) {
        let pointer = push("/paths", template);
        let (target, item) = self.resolve(item, pointer.clone());
        let parts = PathTemplate::of(template);
        self.beyond_path(template, parts, &pointer);
        let names = self.template(parts.path, &pointer);
        let in_query = self.template(parts.query.unwrap_or_default(), &pointer);
        let all: IndexSet<&str> = names.iter().chain(&in_query).copied().collect();
        self.clash(template, item, &pointer);
        let shared = self.parameters(item, &target);
        let mut used_anywhere = vec![false; shared.len()];
        let mut count = 0;
        for (way, value) in operations(item) {
            let Value::Object(operation) = value else {
                continue;
            };
            count += 1;
            let place = format!("{target}{way}");
            self.operation_id(operation, &place);
            self.media_types(value, &place);
            let own = self.parameters(value, &place);
            let replaced: HashSet<(&str, &str)> = own.iter().map(Declared::key).collect();
            let used: Vec<&Declared<'_>> = shared
                .iter()
                .filter(|shared| !replaced.contains(&shared.key()))
                .chain(&own)
                .collect();
            // A parameter of the query is declared where it belongs.
            let is_elsewhere = |name: &str| {
                let mut declared = used.iter();
                declared.any(|found| found.location == "query" && found.name == name)
            };
            let in_query = in_query.iter().filter(|name| !is_elsewhere(name));
            let asked: IndexSet<&str> = names.iter().chain(in_query).copied().collect();
            self.beside_whole_query(&used);
            self.undeclared(&asked, &used, template, &place);
            self.not_in_template(&all, own.iter(), template);
            for (index, parameter) in shared.iter().enumerate() {
                used_anywhere[index] |= all.contains(parameter.name);
            }
        }
        if count > 0 {
            let unused = shared.iter().zip(used_anywhere).filter(|(_, used)| !used);
            self.not_in_template(&all, unused.map(|(parameter, _)| parameter), template);
        }
    }

    /// A parameter that is the whole query has no other of the query beside it (OpenAPI 3.2.0, "Parameter
    /// Locations").
    fn beside_whole_query(&mut self, used: &[&Declared<'_>]) {
        let mut whole = used.iter().filter(|it| it.location == "querystring");
        let Some(first) = whole.next() else { return };
        let others = used.iter().filter(|it| it.location == "query");
        for other in whole.chain(others).take(MOST_TOLD) {
            let message = format!(
                "`{}` is beside a parameter that is the whole query",
                other.name
            );
            let code = WarningCode::DuplicateParameter;
            self.diagnostics.push(
                Diagnostic::warning(code, Origin::Spec, &other.pointer, message)
                    .label("both are sent, one after the other")
                    .help("describe it as a part of the whole query")
                    .related(&first.pointer, "this is the whole query"),
            );
        }
    }

    /// Says how many paths have a fragment beside those that were named.
    fn further_fragments(&mut self) {
        let further = self.fragments.saturating_sub(MOST_TOLD);
        if further > 0 {
            let message = format!("{further} more paths have a fragment, which is not sent");
            self.diagnostics.push(
                Diagnostic::warning(WarningCode::PathFragment, Origin::Spec, "/paths", message)
                    .at_key(),
            );
        }
    }

    /// Client certificates belong to the connection, which is the HTTP client's matter.
    fn client_certificates(&mut self) {
        let list = "/components/securitySchemes";
        let schemes = self.root.pointer(list).and_then(Value::as_object);
        for (name, scheme) in schemes.into_iter().flatten() {
            if scheme.get("type").and_then(Value::as_str) != Some("mutualTLS") {
                continue;
            }
            let message = format!(
                "no credential is sent for `{name}`, which is a client \
                certificate (mutual TLS)"
            );
            self.diagnostics.push(
                Diagnostic::warning(
                    WarningCode::ClientCertificate,
                    Origin::Spec,
                    push(list, name),
                    message,
                )
                .help("users of the crate set it with `identity` on the client builder"),
            );
        }
    }

    /// Follows references; the references are known to lead somewhere and not in a loop.
    fn resolve(&self, value: &'d Value, pointer: String) -> (String, &'d Value) {
        let mut found = (pointer, value);
        for _ in 0..100 {
            let reference = found.1.get("$ref").and_then(Value::as_str);
            let Some(target) = reference.and_then(local) else {
                break;
            };
            let pointer = canonical(&target);
            let Some(value) = get(self.root, &pointer) else {
                break;
            };
            found = (pointer, value);
        }
        found
    }

    /// A path has neither a query nor a fragment (OpenAPI 3.1.1, "Paths Object").
    fn beyond_path(&mut self, template: &str, parts: PathTemplate<'_>, pointer: &str) {
        if let Some(query) = parts.query {
            let message = format!("the path `{template}` has a query");
            self.diagnostics.push(
                Diagnostic::warning(WarningCode::PathQuery, Origin::Spec, pointer, message)
                    .at_key()
                    .label(format!("`{query}` is sent with each request"))
                    .help("describe it as a parameter with `in: query` and one value"),
            );
        }
        let Some(fragment) = parts.fragment else {
            return;
        };
        self.fragments += 1;
        if self.fragments <= MOST_TOLD {
            let message = format!("the path `{template}` has a fragment, which is not sent");
            self.diagnostics.push(
                Diagnostic::warning(WarningCode::PathFragment, Origin::Spec, pointer, message)
                    .at_key()
                    .label(format!("`#{fragment}` is only used for names"))
                    .help("escape a `#` of the path as `%23`"),
            );
        }
    }

    /// The names between braces in a path template.
    fn template(&mut self, template: &'d str, pointer: &str) -> IndexSet<&'d str> {
        let mut names = IndexSet::new();
        let mut twice = 0;
        let mut rest = template;
        while let Some(start) = rest.find(['{', '}']) {
            let Some(name) = braced(&rest[start..]) else {
                self.diagnostics.push(
                    Diagnostic::warning(
                        WarningCode::PathBraces,
                        Origin::Spec,
                        pointer,
                        format!("unbalanced braces in the path `{template}`"),
                    )
                    .at_key()
                    .label("text outside of parameters is sent literally")
                    .help("write each parameter as `{name}`"),
                );
                return names;
            };
            let again = !names.insert(name);
            twice += usize::from(again);
            if again && twice <= MOST_TOLD {
                let message = format!("duplicate parameter `{name}` in the path");
                self.diagnostics.push(
                    Diagnostic::warning(
                        WarningCode::DuplicateParameter,
                        Origin::Spec,
                        pointer,
                        message,
                    )
                    .at_key()
                    .label("both places get the same value")
                    .help("give each a different name"),
                );
            }
            rest = &rest[start + name.len() + 2..];
        }
        names
    }

    /// Two templates that differ in nothing but names match the same requests (OpenAPI 3.0 section 4.7.8.1).
    fn clash(&mut self, template: &'d str, item: &'d Value, pointer: &str) {
        let others = self.paths.entry(without_names(template)).or_default();
        let methods =
            |value: &Value| -> Vec<String> { operations(value).map(|(way, _)| way).collect() };
        let own = methods(item);
        let overlaps = |found: &Value| methods(found).iter().any(|method| own.contains(method));
        let worst = others
            .iter()
            .take(MOST_TOLD)
            .find(|(_, found)| overlaps(found));
        if let Some((other, _)) = worst.or(others.first()) {
            let message = format!("the paths `{template}` and `{other}` match the same requests");
            let label = match worst {
                Some(_) => "the server can't distinguish their operations; both are generated",
                None => "only the names of the parameters differ",
            };
            let mut diagnostic =
                Diagnostic::warning(WarningCode::EqualPaths, Origin::Spec, pointer, message)
                    .at_key()
                    .label(label)
                    .help("merge their operations into one path")
                    .related(push("/paths", other), "the other one");
            diagnostic.related[0].at_key = true;
            self.diagnostics.push(diagnostic);
        }
        others.push((template, item));
    }

    fn operation_id(&mut self, operation: &'d Map<String, Value>, place: &str) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            return;
        };
        let pointer = push(place, "operationId");
        let Some(first) = self.ids.get(id) else {
            self.ids.insert(id, pointer);
            return;
        };
        if *first == pointer {
            // Two paths that refer to one path item.
            return;
        }
        self.diagnostics.push(
            Diagnostic::warning(
                WarningCode::DuplicateOperationId,
                Origin::Spec,
                &pointer,
                format!("duplicate operationId `{id}`"),
            )
            .label("used again here; both operations are generated")
            .help("give each operation a unique operationId")
            .related(first, "first used here"),
        );
    }

    /// The parameters of a path item or an operation; of two equal ones the second is reported.
    fn parameters(&mut self, owner: &'d Value, place: &str) -> Vec<Declared<'d>> {
        let mut found: Vec<Declared<'d>> = Vec::new();
        let mut known: HashMap<(&str, &str), usize> = HashMap::new();
        let list = push(place, "parameters");
        let items = owner.get("parameters").and_then(Value::as_array);
        for (index, parameter) in items.into_iter().flatten().enumerate() {
            let pointer = push(&list, &index.to_string());
            let (_, resolved) = self.resolve(parameter, pointer.clone());
            let text = |field: &str| resolved.get(field).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let declared = Declared {
                name,
                location,
                pointer,
            };
            if let Some(&first) = known.get(&declared.key()) {
                let first = &found[first];
                let message = format!("duplicate {location} parameter `{name}`");
                self.diagnostics.push(
                    Diagnostic::warning(
                        WarningCode::DuplicateParameter,
                        Origin::Spec,
                        &declared.pointer,
                        message,
                    )
                    .label("declared again here; this one is used")
                    .help("remove one of them")
                    .related(&first.pointer, "first declared here"),
                );
                continue;
            }
            known.insert(declared.key(), found.len());
            found.push(declared);
        }
        found
    }

    fn undeclared(
        &mut self,
        names: &IndexSet<&str>,
        declared: &[&Declared<'_>],
        template: &str,
        place: &str,
    ) {
        let paths = declared.iter().filter(|found| found.location == "path");
        let in_path: HashSet<&str> = paths.map(|found| found.name).collect();
        let undeclared = names.iter().filter(|name| !in_path.contains(*name));
        for name in undeclared.take(MOST_TOLD) {
            let elsewhere = declared.iter().find(|found| found.name == *name);
            let help = match elsewhere {
                Some(found) => format!(
                    "`{name}` is declared with `in: {}`: write `in: path`",
                    found.location
                ),
                None => {
                    format!("add a parameter with `name: {name}`, `in: path`, `required: true`")
                }
            };
            let message = format!("the path parameter `{name}` of `{template}` is not declared");
            self.diagnostics.push(
                Diagnostic::warning(
                    WarningCode::UndeclaredPathParameter,
                    Origin::Spec,
                    place,
                    message,
                )
                .at_key()
                .label(format!("`{name}` is treated as a string"))
                .help(help),
            );
        }
    }

    fn not_in_template<'p>(
        &mut self,
        names: &IndexSet<&str>,
        declared: impl Iterator<Item = &'p Declared<'p>>,
        template: &str,
    ) {
        let of_path = declared.filter(|found| found.location == "path");
        let homeless = of_path.filter(|found| !names.contains(found.name));
        for parameter in homeless.take(MOST_TOLD) {
            let name = parameter.name;
            let meant = crate::nearest::nearest(name, names.iter().copied());
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("put `{{{name}}}` into the path, or remove the parameter"),
            };
            let message = format!("the path parameter `{name}` is not in the path `{template}`");
            self.diagnostics.push(
                Diagnostic::warning(
                    WarningCode::UnusedPathParameter,
                    Origin::Spec,
                    &parameter.pointer,
                    message,
                )
                .label("it can't be sent, and is left out")
                .help(help),
            );
        }
    }
}

/// The name in the braces that a text begins with.
fn braced(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['{', '}', '/'])?;
    (end > 0 && inside[end..].starts_with('}')).then(|| &inside[..end])
}

/// The template with the names of its parameters left out: `/a/{b}` becomes `/a/{}`.
fn without_names(template: &str) -> String {
    let mut bare = String::with_capacity(template.len());
    let mut inside = false;
    for character in template.chars() {
        if character == '}' {
            inside = false;
        }
        if !inside {
            bare.push(character);
        }
        if character == '{' {
            inside = true;
        }
    }
    bare
}

#[cfg(test)]
mod tests;
