//! Servers and credentials, from the requests that pages show.

use serde_json::{Map, Value, json};

use crate::compare::calls::{prefix, split};
use crate::facts::{At, Operation};

use super::schemas::Schemas;
use super::yaml::COMMENT;

/// Where requests go, and what they prove to be allowed with.
#[derive(Debug, Default)]
pub(super) struct Access {
    servers: Vec<(String, At)>,
    bearer: Option<At>,
    /// Headers with a secret in them.
    keys: Vec<(String, At)>,
}

impl Access {
    pub(super) fn of<'p>(operations: impl Iterator<Item = &'p Operation>) -> Self {
        let mut access = Self::default();
        for operation in operations {
            let Some(curl) = &operation.curl else {
                continue;
            };
            if let Some((origin, rest)) = split(&curl.url) {
                let path = rest.split(['?', '#']).next().unwrap_or_default();
                let before = prefix(path, &operation.path).unwrap_or_default();
                let server = format!("{origin}{before}");
                if access.servers.iter().all(|(known, _)| *known != server) {
                    access.servers.push((server, curl.at));
                }
            }
            for (name, value) in &curl.headers {
                let is_bearer = value.to_ascii_lowercase().starts_with("bearer ");
                if name.eq_ignore_ascii_case("authorization") {
                    if is_bearer {
                        access.bearer.get_or_insert(curl.at);
                    }
                } else if value.starts_with('$') && is_secret(name) {
                    let is_known = |it: &(String, At)| it.0.eq_ignore_ascii_case(name);
                    if !access.keys.iter().any(is_known) {
                        access.keys.push((name.clone(), curl.at));
                    }
                }
            }
        }
        access
    }

    pub(super) fn servers(&self, root: &mut Map<String, Value>, schemas: &Schemas<'_>) {
        let servers = self.servers.iter().map(|(url, at)| {
            let comment = format!("from {}", schemas.place(*at));
            json!({COMMENT: comment, "url": url})
        });
        let servers: Vec<Value> = servers.collect();
        if !servers.is_empty() {
            root.insert("servers".to_owned(), servers.into());
        }
    }

    pub(super) fn schemes(
        &self,
        root: &mut Map<String, Value>,
        components: &mut Map<String, Value>,
        made: &Schemas<'_>,
    ) {
        let mut schemes = Map::new();
        let mut asked = Vec::new();
        if let Some(at) = self.bearer {
            let comment = format!("from {}", made.place(at));
            let scheme = json!({COMMENT: comment, "type": "http", "scheme": "bearer"});
            schemes.insert("bearerAuth".to_owned(), scheme);
            asked.push(json!({"bearerAuth": []}));
        }
        for (index, (name, at)) in self.keys.iter().enumerate() {
            let comment = format!("from {}", made.place(*at));
            let scheme = json!({COMMENT: comment, "type": "apiKey", "in": "header", "name": name});
            let id = match index {
                0 => "apiKeyAuth".to_owned(),
                more => format!("apiKeyAuth{}", more + 1),
            };
            asked.push(json!({id.clone(): []}));
            schemes.insert(id, scheme);
        }
        if schemes.is_empty() {
            return;
        }
        root.insert("security".to_owned(), asked.into());
        components.insert("securitySchemes".to_owned(), schemes.into());
    }
}

/// Whether a header with this name holds a secret.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["key", "token", "secret", "auth"]
        .iter()
        .any(|it| name.contains(it))
}
