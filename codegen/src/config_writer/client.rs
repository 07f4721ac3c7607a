//! `[client]` and `[credentials]`: what a client is made with.

use std::fmt::Write as _;

use crate::model::{Api, Auth, ParameterLocation, Scheme};

use super::text::{aligned, key, shown, string};
use super::{client_parameters, entry, variable};

/// What holds for the client as a whole.
pub(super) fn section(api: &Api) -> String {
    let mut text = String::from("# Settings of the client.\n[client]\n");
    text.push_str(&environment(api));
    let servers = &api.profile.servers;
    let has_default = api.profile.default_url().is_some();
    if !has_default {
        text.push_str(
            "# The description has no absolute server URL: without one here, users must set \
             it.\n# base-url = \"https://api.example.com\"\n",
        );
    }
    if !servers.is_empty() && !has_default {
        text.push_str("# Servers of the description; their URLs have variables.\n");
    } else if has_default {
        text.push_str("# Servers of the description; the first is the default.\n");
    }
    for server in servers {
        let (name, url) = match (&server.url, &server.template) {
            (None, Some(template)) => (template.function.as_str(), template.url.as_str()),
            (url, _) => (server.name.as_str(), url.as_deref().unwrap_or_default()),
        };
        // Writing to a string can't fail.
        let _ = writeln!(text, "#   {name}: {}", shown(url));
    }
    text.push_str(&idempotency(api));
    text.push_str(&client_parameters::suggestions(api));
    text
}

/// The variables that `Client::from_env` could read.
fn environment(api: &Api) -> String {
    let mut lines = Vec::new();
    if let [only] = api.profile.schemes.as_slice() {
        let line = format!(
            "# api-key-env = {}",
            string(&variable(api, only.name.as_str()))
        );
        lines.push((line, place(&only.auth)));
    }
    let line = format!("# base-url-env = {}", string(&variable(api, "base_url")));
    lines.push((line, "the base URL".to_owned()));
    format!(
        "# Environment variables that `Client::from_env` reads; without any it is not generated.\n{}",
        aligned(&lines)
    )
}

/// The header that makes a repeated call harmless, where some operation takes one that sounds so.
fn idempotency(api: &Api) -> String {
    let parameters = api
        .operations()
        .flat_map(|(_, operation)| &operation.parameters);
    let header = parameters
        .filter(|parameter| parameter.place == ParameterLocation::Header)
        .find(|parameter| parameter.wire.to_ascii_lowercase().contains("idempot"));
    let (name, why) = match header {
        Some(header) => (
            header.wire.as_str(),
            "Operations have this header: with it here",
        ),
        None => (
            "Idempotency-Key",
            "If the server supports such a header: with it",
        ),
    };
    format!(
        "# {why}, non-idempotent requests are retried too.\n# idempotency-header = {}\n",
        string(name)
    )
}

/// What is said about the credentials, a table each.
pub(super) fn credentials(api: &Api) -> String {
    let schemes = &api.profile.schemes;
    if schemes.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "# Credentials, by the names of their security schemes: `name` is the method that sets \
         one,\n# `Client::builder().NAME(..)`.\n[credentials]\n",
    );
    let is_only = schemes.len() == 1;
    let named = schemes.iter().filter(|scheme| !scheme.key.is_empty());
    let lines: Vec<_> = named
        .flat_map(|scheme| credential(api, scheme, is_only))
        .collect();
    text.push_str(&aligned(&lines));
    text
}

/// What is said about a credential, each line with its comment.
fn credential(api: &Api, scheme: &Scheme, is_only: bool) -> Vec<(String, String)> {
    let key = key(&scheme.key);
    let name = scheme.name.as_str();
    let mut lines = vec![(
        entry(&format!("{key}.name"), name).trim_end().to_owned(),
        place(&scheme.auth),
    )];
    if !is_only {
        let env = string(&variable(api, name));
        let says = match scheme.auth {
            Auth::Basic => "user name and password, separated by a colon",
            _ => "",
        };
        lines.push((format!("# {key}.env = {env}"), says.to_owned()));
    }
    lines
}

/// Where a credential goes, in words.
fn place(auth: &Auth) -> String {
    match auth {
        Auth::Bearer => "sent as `Authorization: Bearer`".to_owned(),
        Auth::Basic => "sent as `Authorization: Basic`".to_owned(),
        Auth::Http(scheme) => format!("sent as `Authorization: {}`", shown(scheme)),
        Auth::Header(name) => format!("sent in the header `{}`", shown(name)),
        Auth::Query(name) => format!("sent in the query parameter `{}`", shown(name)),
        Auth::Cookie(name) => format!("sent in the cookie `{}`", shown(name)),
    }
}
