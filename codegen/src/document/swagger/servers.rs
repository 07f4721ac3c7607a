//! `host`, `basePath` and `schemes`: the URLs of the servers.

use serde_json::{Value, json};

use super::{Conversion, Object};
use crate::diagnostic::WarningCode;
use crate::pointer::push;

/// Longer ones than this are not repeated at operations.
const LONGEST: usize = 2_048;

/// The extension for hosts that each customer has.
const PARAMETERIZED_HOST: &str = "x-ms-parameterized-host";

/// A host with variables.
struct Host<'d> {
    /// `hostTemplate`: the host, its variables in braces.
    template: &'d str,
    /// Whether the template begins with the scheme.
    has_scheme: bool,
    /// `parameters`, as the variables of a server.
    variables: Object,
}

impl<'d> Conversion<'d> {
    /// The servers of the description: one for each scheme, those with TLS first.
    pub(super) fn servers(&mut self) -> Vec<Value> {
        if let Some(host) = self.parameterized_host() {
            return self.servers_with_variables(&host);
        }
        let (host, path) = (self.text("host"), self.base_path());
        if host.is_empty() {
            self.moves.made_of("/basePath", "/servers/0");
            let relative = (!path.is_empty()).then(|| json!({ "url": path }));
            return relative.into_iter().collect();
        }
        let mut schemes = self.schemes(self.root, "");
        if schemes.is_empty() {
            if !host.contains("://") {
                let message = "`host` has no `schemes`".to_owned();
                let label = "treated as `https`";
                self.warn(WarningCode::MissingScheme, "/host", message, label);
            }
            schemes.push("https");
        }
        for index in 0..schemes.len() {
            self.moves.made_of("/host", format!("/servers/{index}"));
        }
        let urls = schemes.iter().map(|scheme| url(scheme, host, path));
        urls.map(|url| json!({ "url": url })).collect()
    }

    /// A host with variables (the extension `x-ms-parameterized-host`).
    fn parameterized_host(&self) -> Option<Host<'d>> {
        let host = self.root.get(PARAMETERIZED_HOST)?;
        let template = host.get("hostTemplate")?.as_str()?.trim();
        let parameters = host.get("parameters").and_then(Value::as_array);
        let parameters = parameters.into_iter().flatten();
        let variables = parameters.filter_map(|parameter| self.server_variable(parameter));
        Some(Host {
            template,
            has_scheme: host.get("useSchemePrefix") == Some(&Value::Bool(false)),
            variables: variables.collect(),
        })
    }

    /// The servers of a host with variables: one for each scheme, unless the variables say it.
    fn servers_with_variables(&mut self, host: &Host<'d>) -> Vec<Value> {
        let path = self.base_path();
        let urls = if host.has_scheme {
            vec![url("", host.template, path)]
        } else {
            let mut schemes = self.schemes(self.root, "");
            if schemes.is_empty() {
                schemes.push("https");
            }
            let urls = schemes
                .iter()
                .map(|scheme| url(scheme, host.template, path));
            urls.collect()
        };
        for index in 0..urls.len() {
            let at = push("", PARAMETERIZED_HOST);
            let (template, server) = (push(&at, "hostTemplate"), format!("/servers/{index}"));
            self.moves.note(template, format!("{server}/url"));
            self.moves.made_of(at, server);
        }
        let urls = urls.into_iter();
        urls.map(|url| json!({ "url": url, "variables": host.variables }))
            .collect()
    }

    /// A parameter of the host, or the one that it refers to, as a variable of the server.
    fn server_variable(&self, parameter: &'d Value) -> Option<(String, Value)> {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|it| self.root.pointer(it.strip_prefix('#')?));
        let parameter = if reference.is_some() {
            target?
        } else {
            parameter
        };
        let name = parameter.get("name")?.as_str()?;
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let mut variable = Object::new();
        let default = text("default").unwrap_or_default();
        variable.insert("default".to_owned(), default.into());
        for key in ["description", "enum"] {
            if let Some(value) = parameter.get(key) {
                variable.insert(key.to_owned(), value.clone());
            }
        }
        Some((name.to_owned(), variable.into()))
    }

    /// The servers of an operation that has other schemes than the description.
    pub(super) fn servers_of(&mut self, operation: &'d Value, at: &str) -> Vec<Value> {
        let (host, path) = (self.text("host"), self.base_path());
        if operation.get("schemes").is_none() || host.is_empty() {
            return Vec::new();
        }
        let own = self.schemes(operation, at);
        let is_long = host.len() + path.len() > LONGEST;
        if own.is_empty() || is_long || own == known_schemes(self.root) {
            return Vec::new();
        }
        for index in 0..own.len() {
            let new = format!("{at}/servers/{index}");
            self.moves.made_of(push(at, "schemes"), new);
        }
        let urls = own.iter().map(|scheme| url(scheme, host, path));
        urls.map(|url| json!({ "url": url })).collect()
    }

    /// The schemes of HTTP that an object names.
    fn schemes(&mut self, owner: &'d Value, at: &str) -> Vec<&'d str> {
        let at = push(at, "schemes");
        let all = owner.get("schemes").and_then(Value::as_array);
        for (index, scheme) in all.into_iter().flatten().enumerate() {
            if let Some(scheme @ ("ws" | "wss")) = scheme.as_str() {
                let message = format!("requests are not sent by `{scheme}`");
                let at = push(&at, &index.to_string());
                self.warn(WarningCode::IgnoredValue, at, message, "ignored");
            }
        }
        known_schemes(owner)
    }

    fn text(&self, key: &str) -> &'d str {
        let text = self.root.get(key).and_then(Value::as_str);
        text.map_or("", str::trim)
    }

    fn base_path(&self) -> &'d str {
        self.text("basePath").trim_end_matches('/')
    }
}

/// The schemes of HTTP, that with TLS first: a client sends credentials to the first.
fn known_schemes(owner: &Value) -> Vec<&str> {
    let all = owner.get("schemes").and_then(Value::as_array);
    let all = all.into_iter().flatten().filter_map(Value::as_str);
    let mut known: Vec<&str> = Vec::new();
    for scheme in all.filter(|it| matches!(*it, "http" | "https")) {
        if !known.contains(&scheme) {
            known.push(scheme);
        }
    }
    known.sort_by_key(|scheme| *scheme != "https");
    known
}

/// A URL; a host that has a scheme keeps it.
fn url(scheme: &str, host: &str, path: &str) -> String {
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let host = host.trim_end_matches('/');
    if scheme.is_empty() || host.contains("://") {
        return format!("{host}{slash}{path}");
    }
    format!("{scheme}://{host}{slash}{path}")
}
