//! Servers, and what a client is made with.

use crate::diagnostic::WarningCode;
use crate::model::{Profile, Resource, Server, ServerTemplate, ServerVariable};
use crate::names::{Scope, constant_case};
use crate::pointer::push;

use super::Lowering;
use super::operations::Found;
use super::server_url::{Reached, is_origin, reach, relative_path, template, variables};

/// Words of a description that are not part of a name: `EU region` is `EU`.
const FILLERS: [&str; 5] = ["SERVER", "REGION", "ENDPOINT", "API", "THE"];

impl Lowering<'_> {
    pub(super) fn profile(&mut self, resources: &[Resource]) -> Profile {
        let security = self.security_of_others(resources);
        let schemes = self.named_schemes(resources);
        let reserved: Vec<&str> = schemes.iter().map(|it| it.name.as_str()).collect();
        let parameters = self.named_client_parameters(&reserved);
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
            reading: self.config.reading,
            parameters,
        }
    }

    /// The servers of the document, behind the one that the configuration names. Variables stand at
    /// their defaults (OpenAPI 3.0.3, "Server Variable Object").
    pub(super) fn find_servers(&mut self) {
        let document = self.document;
        let mut found = Vec::new();
        for (index, server) in document.api.servers.iter().enumerate() {
            let at = push("/servers", &index.to_string());
            self.add(server, &at, &mut found);
        }
        self.put_configured_first(&mut found);
        self.add_servers(&mut found);
        if found.is_empty() {
            self.add_first_of_paths(&mut found);
        }
        self.name_servers(found);
    }

    fn add(&mut self, server: &openapiv3::Server, at: &str, found: &mut Vec<Candidate>) {
        let first = found.iter().find_map(|it| it.url.clone());
        let configured = self.config.client.base_url.as_deref();
        let configured = configured.or(self.added_default());
        let base = configured.map(str::to_owned).or(first);
        let reached = reach(server, base.as_deref());
        let url = match &reached {
            Reached::Url(url) => Some(url.clone()),
            Reached::Unfilled(_) => None,
            Reached::Relative(_) | Reached::Unusable(_) => {
                self.say_not_called(&reached, at);
                return;
            }
        };
        found.push(Candidate {
            url,
            template: template(server, base.as_deref()),
            name: self.server_text(at, "name"),
            description: match &server.description {
                Some(description) => description.clone(),
                None => self.server_text(at, "name").unwrap_or_default(),
            },
            variables: variables(server),
            at: at.to_owned(),
            chosen: None,
        });
    }

    fn server_text(&self, at: &str, field: &str) -> Option<String> {
        let text = self.document.value(&push(at, field))?.as_str()?;
        Some(text.to_owned())
    }

    /// Puts the server that the configuration names before all others, unless it completes the path
    /// that the first of the document is.
    fn put_configured_first(&self, found: &mut Vec<Candidate>) {
        let Some(configured) = &self.config.client.base_url else {
            return;
        };
        let configured = configured.trim_end_matches('/');
        let is_of_first = |it: &Candidate| it.at == push("/servers", "0");
        let first = self.document.api.servers.first();
        if let Some(path) = first.and_then(relative_path)
            && found.first().is_some_and(is_of_first)
        {
            if is_origin(configured) || !path.starts_with('/') {
                return;
            }
            // A whole URL says more than a path.
            found.remove(0);
        }
        let is_same = |it: &Candidate| it.url.as_deref() == Some(configured);
        let server = match found.iter().position(is_same) {
            Some(index) => found.remove(index),
            None => Candidate {
                url: Some(configured.to_owned()),
                template: configured.to_owned(),
                name: None,
                description: String::new(),
                variables: Vec::new(),
                at: String::new(),
                chosen: None,
            },
        };
        found.insert(0, server);
    }

    /// A document may name its one server on every path instead of once.
    fn add_first_of_paths(&mut self, found: &mut Vec<Candidate>) {
        let document = self.document;
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
                self.add(&servers[0], &at, found);
                return;
            }
        }
    }

    /// Names them. The first that can be called as it stands is the default.
    fn name_servers(&mut self, found: Vec<Candidate>) {
        let default = found.iter().position(|it| it.url.is_some()).unwrap_or(0);
        let (mut names, mut functions) = (Scope::new(&[]), Scope::new(&[]));
        // Its name is nobody else's, wherever it stands.
        let default_name = names.name(&["DEFAULT"], "SERVER");
        let chosen = self.chosen_constants(&found, default, &mut names);
        for (index, (candidate, chosen)) in found.into_iter().zip(chosen).enumerate() {
            let url = candidate.url.as_deref().unwrap_or(&candidate.template);
            let name = if index == default {
                default_name.clone()
            } else if let Some(chosen) = chosen {
                chosen
            } else {
                let wanted = candidate.constant(url);
                names.name(&[&wanted, &ascii_constant(host(url))], "SERVER")
            };
            let template = (!candidate.variables.is_empty()).then(|| ServerTemplate {
                function: functions.name(
                    &[&format!("{}_with", name.as_str().to_lowercase())],
                    "server_with",
                ),
                url: candidate.template,
                variables: candidate.variables,
            });
            if candidate.url.is_none()
                && let Some(template) = &template
            {
                self.say_unfilled(template, &candidate.at);
            }
            self.servers.push(Server {
                name,
                url: candidate.url,
                description: candidate.description,
                template,
            });
        }
        // What is called where nothing else is said comes first.
        self.servers[..].sort_by_key(|server| server.url.is_none());
    }

    fn say_unfilled(&mut self, template: &ServerTemplate, at: &str) {
        let message = format!(
            "the URL of the server `{}` is invalid with the defaults of its variables",
            template.url
        );
        self.warning(WarningCode::InvalidServer, &push(at, "url"), message)
            .help = Some(format!(
            "users expand its URL with `servers::{}`; to provide a default, describe each \
             variable in `variables` with a default, or set the server in sdk.toml (`[client] \
             base-url`)",
            template.function
        ));
    }

    /// Says why a server is not among those that calls can go to.
    fn say_not_called(&mut self, reached: &Reached, at: &str) {
        let (message, help) = match reached {
            Reached::Url(_) => return,
            Reached::Relative(url) => (
                format!("the server URL `{url}` is relative"),
                "users must set a base URL with this suffix; to provide a default, write the \
                 absolute URL, or set the server in sdk.toml (`[client] base-url`)",
            ),
            Reached::Unfilled(url) => (
                format!("the server URL `{url}` is invalid"),
                "describe each variable in `variables` with a default; until then requests are \
                 sent to the client's server",
            ),
            Reached::Unusable(url) => (
                format!("the server URL `{url}` is invalid"),
                "a server URL can't have a query or fragment",
            ),
        };
        self.warning(WarningCode::InvalidServer, &push(at, "url"), message)
            .help = Some(help.into());
    }

    /// The server of an operation, where it, or its path, names one that isn't the default
    /// (OpenAPI 3.0.3, "Operation Object", `servers`). Of several it is the first.
    pub(super) fn server_of(&mut self, found: &Found<'_>) -> Option<String> {
        let own = [
            (&found.operation.servers, &found.pointer),
            (&found.item.servers, &found.item_pointer),
        ];
        let (servers, pointer) = own.into_iter().find(|(servers, _)| !servers.is_empty())?;
        let at = push(&push(pointer, "servers"), "0");
        let configured = self.config.client.base_url.as_deref();
        let default = self.servers.first().and_then(|it| it.url.as_deref());
        let reached = reach(&servers[0], configured.or(default));
        let Reached::Url(url) = reached else {
            // What calls need a base URL for anyway was said of the client's servers.
            if !matches!(&reached, Reached::Unfilled(url) if self.is_needed(url)) {
                self.say_not_called(&reached, &at);
            }
            return None;
        };
        (default != Some(&url)).then_some(url)
    }

    /// Whether users make the base URL of every client of this template.
    fn is_needed(&self, template: &str) -> bool {
        let first = self.servers.first().filter(|it| it.url.is_none());
        let needed = first.and_then(|it| it.template.as_ref());
        needed.is_some_and(|it| it.url == template.trim_end_matches('/'))
    }
}

/// A server of the document before it has a name.
pub(super) struct Candidate {
    /// Its URL with its variables at their defaults, where that can be called.
    pub(super) url: Option<String>,
    /// Its URL with the variables in it.
    pub(super) template: String,
    /// Its name in the document (OpenAPI 3.2).
    pub(super) name: Option<String>,
    pub(super) description: String,
    pub(super) variables: Vec<ServerVariable>,
    /// Its place in the document; none of those that the configuration names.
    pub(super) at: String,
    /// Its name as the configuration gives it, and the place of that.
    pub(super) chosen: Option<(String, String)>,
}

impl Candidate {
    /// The name of its constant: its own, else one from the description or the URL.
    pub(super) fn constant(&self, url: &str) -> String {
        let own = self.name.as_deref().map(ascii_constant);
        own.filter(|it| !it.is_empty())
            .unwrap_or_else(|| server_name(&self.description, url))
    }
}

/// A short name from the description, else from the host.
fn server_name(description: &str, url: &str) -> String {
    let name = ascii_constant(description);
    let words: Vec<&str> = name
        .split('_')
        .filter(|word| !word.is_empty() && !FILLERS.contains(word))
        .collect();
    match words.as_slice() {
        [] | [_, _, _, _, ..] => ascii_constant(host(url)),
        few => few.join("_"),
    }
}

/// The name of a constant in one script, as rustc wants it (`mixed_script_confusables`).
fn ascii_constant(text: &str) -> String {
    constant_case(&deunicode::deunicode(text))
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
