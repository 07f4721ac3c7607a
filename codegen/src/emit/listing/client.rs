//! Client construction: constructors, credentials, servers, environment variables.

use std::fmt::Write as _;

use crate::model::{Auth, Docs, Scheme, Server};

use super::{Page, cell};
use crate::emit::{docs, needs};

impl Page<'_> {
    /// The client itself.
    pub(super) fn client(&mut self) {
        let mut text = String::from("\n## Client\n\n[src/client.rs](src/client.rs)\n\n");
        text.push_str(&self.constructors());
        text.push_str(&self.credentials());
        text.push_str(&self.servers());
        self.add(&text);
    }

    fn constructors(&self) -> String {
        let profile = &self.api.profile;
        let mut text = String::new();
        if needs::environment(self.api) {
            text.push_str("- `Client::from_env()`, from environment variables\n");
        }
        if profile.default_url().is_some() {
            match profile.usual().as_slice() {
                [] => text.push_str("- `Client::new()`\n"),
                [only] => {
                    let _ = writeln!(text, "- `Client::new({})`", arguments(only));
                }
                _ => {}
            }
        }
        text.push_str("- `Client::builder()`, for all settings");
        if needs::environment(self.api) {
            text.push_str("; `.from_env()` reads settings that aren't given explicitly from environment variables");
        }
        text.push('\n');
        text
    }

    /// The settings of the builder that environment variables can provide.
    fn credentials(&self) -> String {
        let profile = &self.api.profile;
        if profile.schemes.is_empty() && profile.base_url_env.is_none() {
            return String::new();
        }
        let mut text = String::from(
            "\n| Setting of `Client::builder()` | Sent as | Environment variable |\n| --- | --- | --- |\n",
        );
        for scheme in &profile.schemes {
            let _ = writeln!(
                text,
                "| `.{}({})` | {} | {} |",
                scheme.name,
                arguments(scheme),
                cell(&place(&scheme.auth)),
                variable(scheme.env.as_deref())
            );
        }
        let env = variable(profile.base_url_env.as_deref());
        let _ = writeln!(
            text,
            "| `.base_url(url)` | replaces the default server | {env} |"
        );
        text
    }

    fn servers(&self) -> String {
        let servers = &self.api.profile.servers;
        if servers.is_empty() {
            return "\nThe API's description has no server: a base URL is required.\n".to_owned();
        }
        let mut text = String::from("\n[src/servers.rs](src/servers.rs)\n\n");
        if self.api.profile.default_url().is_none() {
            text.push_str("A base URL is required; a function below expands its template.\n\n");
        }
        for (index, server) in servers.iter().enumerate() {
            let default = if index == 0 { " (default)" } else { "" };
            text.push_str(&line(server, default));
        }
        text
    }
}

fn arguments(scheme: &Scheme) -> &str {
    match scheme.auth {
        Auth::Basic => "user, password",
        _ => scheme.name.as_str(),
    }
}

fn place(auth: &Auth) -> String {
    match auth {
        Auth::Bearer => "`Authorization: Bearer`".to_owned(),
        Auth::Basic => "`Authorization: Basic`".to_owned(),
        Auth::Http(scheme) => docs::code(&format!("Authorization: {scheme}")),
        Auth::Header(name) => format!("header {}", docs::code(name)),
        Auth::Query(name) => format!("query parameter {}", docs::code(name)),
        Auth::Cookie(name) => format!("cookie {}", docs::code(name)),
    }
}

fn variable(name: Option<&str>) -> String {
    name.map(docs::code).unwrap_or_default()
}

/// A server on a line, and the function of its URL template.
fn line(server: &Server, default: &str) -> String {
    let about = docs::paragraph(&Docs::text(&*server.description), "");
    let about = if about.is_empty() {
        about
    } else {
        format!(". {about}")
    };
    let mut lines = String::new();
    if let Some(url) = &server.url {
        let _ = writeln!(
            lines,
            "- `servers::{}`{default}: {}{about}",
            server.name,
            docs::code(url)
        );
    }
    if let Some(template) = &server.template {
        let names: Vec<&str> = template
            .variables
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        let about = if server.url.is_some() { "" } else { &about };
        let _ = writeln!(
            lines,
            "- `servers::{}({})`: {}{about}",
            template.function,
            names.join(", "),
            docs::code(&template.url)
        );
    }
    lines
}
