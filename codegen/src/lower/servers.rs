//! Servers, and what a client is made with.

use crate::diagnostic::push;
use crate::model::{Auth, Profile, Server};
use crate::names::{Scope, constant_case};

use super::Lowering;

/// Words of a description that are not part of a name: `EU region` is `EU`.
const FILLERS: [&str; 5] = ["SERVER", "REGION", "ENDPOINT", "API", "THE"];

impl Lowering<'_> {
    pub(super) fn profile(&mut self) -> Profile {
        let servers = self.servers();
        let auth = self.auth();
        let client = &self.config.client;
        Profile {
            servers,
            api_key_env: client.api_key_env.clone().filter(|_| auth != Auth::None),
            auth,
            base_url_env: client.base_url_env.clone(),
            idempotency_header: client.idempotency_header.clone(),
        }
    }

    /// The servers with absolute URLs, the default first. Variables stand at their defaults
    /// (OpenAPI 3.0.3, "Server Variable Object").
    fn servers(&mut self) -> Vec<Server> {
        let document = self.document;
        let mut scope = Scope::new(&[]);
        let mut servers = Vec::new();
        for (index, server) in document.api.servers.iter().enumerate() {
            let at = push("/servers", &index.to_string());
            let mut url = server.url.clone();
            for (name, variable) in server.variables.iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), &variable.default);
            }
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                self.warning(&push(&at, "url"), format!("the server `{url}` is relative"))
                    .help =
                    Some("users have to name a base URL; write the whole URL to spare them".into());
                continue;
            }
            let description = server.description.clone().unwrap_or_default();
            let wanted = if servers.is_empty() {
                "DEFAULT".to_owned()
            } else {
                server_name(&description, &url)
            };
            servers.push(Server {
                name: scope.name(&[&wanted, &constant_case(host(&url))], "SERVER"),
                url: url.trim_end_matches('/').to_owned(),
                description,
            });
        }
        servers
    }
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
