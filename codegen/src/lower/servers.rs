//! Servers, and what a client is made with.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use crate::diagnostic::push;
use crate::model::{Profile, Resource, Server, ServerTemplate, ServerVariable};
use crate::names::{Ident, Scope, constant_case, snake_case};

use super::Lowering;
use super::operations::Found;

/// Words of a description that are not part of a name: `EU region` is `EU`.
const FILLERS: [&str; 5] = ["SERVER", "REGION", "ENDPOINT", "API", "THE"];

impl Lowering<'_> {
    pub(super) fn profile(&mut self, resources: &[Resource]) -> Profile {
        let security = self.security_of_others(resources);
        let schemes = self.named_schemes(resources);
        let client = &self.config.client;
        let mut operations = resources.iter().flat_map(|resource| &resource.operations);
        Profile {
            servers: self.servers.clone(),
            security,
            // What takes no credential at all takes an empty set of them too.
            anonymous: operations.any(|operation| {
                let mut sets = operation.security.iter();
                operation.security.is_empty() || sets.any(Vec::is_empty)
            }),
            schemes,
            base_url_env: client.base_url_env.clone(),
            idempotency_header: client.idempotency_header.clone(),
        }
    }

    /// The servers of the document, the default first. Variables stand at their defaults
    /// (OpenAPI 3.0.3, "Server Variable Object").
    pub(super) fn find_servers(&mut self) {
        let document = self.document;
        let mut scope = Scope::new(&[]);
        let mut functions = Scope::new(&[]);
        for (index, server) in document.api.servers.iter().enumerate() {
            let at = push("/servers", &index.to_string());
            self.add_server(server, &at, &mut scope, &mut functions);
        }
        if self.servers.is_empty()
            && let Some(url) = &self.config.client.base_url
        {
            self.servers.push(Server {
                name: scope.name(&["DEFAULT"], "SERVER"),
                url: url.trim_end_matches('/').to_owned(),
                description: String::new(),
                template: None,
            });
        }
        if !self.servers.is_empty() {
            return;
        }
        // A document may name its one server on every path instead of once.
        for (path, item) in document.api.paths.iter() {
            let Some(item) = item.as_item() else { continue };
            let at = push("/paths", path);
            let operations = item
                .iter()
                .map(|(method, operation)| (push(&at, method), operation));
            let mut lists = vec![(at.clone(), &item.servers)];
            lists.extend(operations.map(|(at, operation)| (at, &operation.servers)));
            if let Some((at, servers)) = lists.iter().find(|(_, servers)| !servers.is_empty()) {
                let at = push(&push(at, "servers"), "0");
                self.add_server(&servers[0], &at, &mut scope, &mut functions);
                return;
            }
        }
    }

    fn add_server(
        &mut self,
        server: &openapiv3::Server,
        at: &str,
        names: &mut Scope,
        functions: &mut Scope,
    ) {
        let Some(url) = self.absolute(server, at) else {
            return;
        };
        let description = server.description.clone().unwrap_or_default();
        let wanted = if self.servers.is_empty() {
            "DEFAULT".to_owned()
        } else {
            server_name(&description, &url)
        };
        let name = names.name(&[&wanted, &constant_case(host(&url))], "SERVER");
        let template = self.template(server, &name, functions);
        self.servers.push(Server {
            name,
            url,
            description,
            template,
        });
    }

    /// The URL of a server with its variables at their defaults, made absolute; `None`, with a
    /// warning, where it can't be.
    fn absolute(&mut self, server: &openapiv3::Server, at: &str) -> Option<String> {
        let url = at_defaults(server);
        let at = push(at, "url");
        let url = self.resolved(&url);
        if !is_absolute(&url) {
            self.warning(&at, format!("the server `{url}` is relative"))
                .help = Some(
                "users have to name a base URL that ends so; write the whole URL, or name the \
                 server in sdk.toml (`[client] base-url`), to spare them"
                    .into(),
            );
            return None;
        }
        if url.contains(['{', '}', '?', '#']) {
            self.warning(
                &at,
                format!("the server `{url}` can't be called as it stands"),
            )
            .help = Some("describe each variable in `variables`, with a default".into());
            return None;
        }
        Some(url.trim_end_matches('/').to_owned())
    }

    /// A URL beside the server that the configuration names, or else the first of the document.
    fn resolved(&self, url: &str) -> String {
        let configured = self.config.client.base_url.as_deref();
        let base = configured.or(self.servers.first().map(|server| server.url.as_str()));
        match base {
            Some(base) if !is_absolute(url) => beside(base, url),
            _ => url.to_owned(),
        }
    }

    /// How the URL of a server is made with other values than the defaults.
    fn template(
        &self,
        server: &openapiv3::Server,
        name: &Ident,
        functions: &mut Scope,
    ) -> Option<ServerTemplate> {
        let described: &IndexMap<_, _> = server.variables.as_ref()?;
        let mut arguments = Scope::new(&["format"]);
        let mut places = BTreeMap::new();
        let braces = braces(&server.url);
        let variables = described.iter().filter_map(|(wire, variable)| {
            let place = match braces.get(wire.as_str()) {
                Some(place) => *place,
                // A name can have braces itself.
                None if wire.contains(['{', '}']) => server.url.find(&format!("{{{wire}}}"))?,
                None => return None,
            };
            let argument = ServerVariable {
                name: arguments.name(&[&snake_case(wire)], "value"),
                wire: wire.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                description: variable.description.clone().unwrap_or_default(),
            };
            Some((place, argument))
        });
        places.extend(variables);
        if places.is_empty() {
            return None;
        }
        let wanted = format!("{}_with", name.as_str().to_lowercase());
        Some(ServerTemplate {
            function: functions.name(&[&wanted], "server_with"),
            url: self.resolved(&server.url).trim_end_matches('/').to_owned(),
            variables: places.into_values().collect(),
        })
    }

    /// The server of an operation, where it, or its path, names one that isn't the default
    /// (OpenAPI 3.0.3, "Operation Object", `servers`). Of several it is the first.
    pub(super) fn server_of(&mut self, found: &Found<'_>) -> Option<String> {
        let own = [
            (&found.operation.servers, &found.pointer),
            (&found.item.servers, &found.item_pointer),
        ];
        let (servers, pointer) = own.into_iter().find(|(servers, _)| !servers.is_empty())?;
        let url = self.absolute(&servers[0], &push(&push(pointer, "servers"), "0"))?;
        let default = self.servers.first().map(|server| &server.url);
        (default != Some(&url)).then_some(url)
    }
}

/// Of so many variables, one may be in the default of another.
const FEW: usize = 100;

/// The URL of a server with its variables at their defaults.
fn at_defaults(server: &openapiv3::Server) -> String {
    let mut url = server.url.clone();
    let variables: Vec<_> = server.variables.iter().flatten().collect();
    let is_plain = |text: &str| !text.contains(['{', '}']);
    let plain = |(name, variable): &(&String, &openapiv3::ServerVariable)| {
        is_plain(name) && is_plain(&variable.default)
    };
    if variables.len() <= FEW && !variables.iter().all(plain) {
        // One default can hold another variable.
        for (name, variable) in variables {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        return url;
    }
    let defaults: HashMap<&str, &str> = variables
        .into_iter()
        .map(|(name, variable)| (name.as_str(), variable.default.as_str()))
        .collect();
    let mut filled = String::with_capacity(url.len());
    let mut rest = url.as_str();
    while let Some(start) = rest.find('{') {
        let (before, braced) = rest.split_at(start);
        filled.push_str(before);
        let end = braced[1..]
            .find(['{', '}'])
            .map_or(braced.len(), |at| at + 1);
        let default = defaults.get(&braced[1..end]);
        match default.filter(|_| braced[end..].starts_with('}')) {
            Some(default) => {
                filled.push_str(default);
                rest = &braced[end + 1..];
            }
            None => {
                filled.push('{');
                rest = &braced[1..];
            }
        }
    }
    filled + rest
}

/// Where the texts in braces stand in a URL first.
fn braces(url: &str) -> HashMap<&str, usize> {
    let mut found = HashMap::new();
    for (start, _) in url.match_indices('{') {
        let inside = &url[start + 1..];
        if let Some(end) = inside
            .find(['{', '}'])
            .filter(|&end| inside[end..].starts_with('}'))
        {
            found.entry(&inside[..end]).or_insert(start);
        }
    }
    found
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A relative reference beside an absolute URL (RFC 3986 section 5.2); one that names no path
/// from the root stands behind the URL's own.
fn beside(base: &str, url: &str) -> String {
    let scheme_end = base.find("://").map_or(0, |at| at + 3);
    if url.starts_with("//") {
        return format!("{}{url}", &base[..scheme_end.saturating_sub(2)]);
    }
    if url.starts_with('/') {
        let origin_end = base[scheme_end..]
            .find('/')
            .map_or(base.len(), |at| scheme_end + at);
        return format!("{}{url}", &base[..origin_end]);
    }
    let url = url.strip_prefix("./").unwrap_or(url);
    format!("{}/{url}", base.trim_end_matches('/'))
}

/// A short name from the description, else from the host.
fn server_name(description: &str, url: &str) -> String {
    let name = constant_case(description);
    let words: Vec<&str> = name
        .split('_')
        .filter(|word| !word.is_empty() && !FILLERS.contains(word))
        .collect();
    match words.as_slice() {
        [] | [_, _, _, _, ..] => constant_case(host(url)),
        few => few.join("_"),
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
