//! `[[servers]]`: servers that the description lacks.

use super::rules;
use super::table::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin};

const SERVER: [&str; 4] = ["url", "name", "description", "default"];

/// A server that the description lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// Its URL, without a slash at its end.
    pub url: String,
    /// Name of its constant; made from its description or its host unless given.
    pub name: Option<String>,
    /// What it is.
    pub description: String,
    /// Whether clients use it where a program says nothing else.
    pub default: bool,
}

/// The servers of a configuration, whose `[client] base-url` this is.
pub(super) fn servers(
    reader: &mut Reader,
    root: &Section<'_>,
    base_url: Option<&str>,
) -> Vec<Server> {
    let sections = reader.sections(root, "servers", &SERVER);
    let mut servers: Vec<Server> = Vec::with_capacity(sections.len());
    for section in &sections {
        let server = server(reader, section);
        if servers.iter().any(|it| it.url == server.url) && !server.url.is_empty() {
            let message = format!("duplicate server `{}`", server.url);
            let problem = Diagnostic::error(Origin::Config, section.pointer_to("url"), message);
            reader.report(problem.help("remove one of the two"));
        }
        if server.default {
            one_default(reader, section, &servers, base_url);
        }
        servers.push(server);
    }
    servers
}

fn server(reader: &mut Reader, section: &Section<'_>) -> Server {
    let help = "add the URL of the server, as in `url = \"https://eu.example.com\"`";
    let server = Server {
        url: reader.required(section, "url", rules::SERVER_URL, help),
        name: reader.text(section, "name", rules::NAME),
        description: reader
            .text(section, "description", rules::TEXT)
            .unwrap_or_default(),
        default: reader.flag(section, "default"),
    };
    if server.default && server.name.is_some() {
        let message = "`name` has no effect beside `default`: the constant of the default server is `DEFAULT`";
        let problem = Diagnostic::error(Origin::Config, section.pointer_to("name"), message);
        reader.report(problem.at_key().help("remove one of the two"));
    }
    Server {
        url: server.url.trim_end_matches('/').to_owned(),
        ..server
    }
}

/// Complains about another server that is the default.
fn one_default(
    reader: &mut Reader,
    section: &Section<'_>,
    before: &[Server],
    base_url: Option<&str>,
) {
    let other = match base_url {
        Some(_) => Some("`base-url` of `[client]`"),
        None => before
            .iter()
            .any(|it| it.default)
            .then_some("another server"),
    };
    if let Some(other) = other {
        let message = format!("both this server and {other} are the default");
        let problem = Diagnostic::error(Origin::Config, section.pointer_to("default"), message);
        reader.report(problem.at_key().help("remove `default`, or the other one"));
    }
}
