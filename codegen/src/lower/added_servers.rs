//! Servers that the description lacks, as the configuration adds them.

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::names::{Scope, constant_case};
use crate::pointer::push;

use super::Lowering;
use super::servers::Candidate;

impl Lowering<'_> {
    /// The server of the configuration that is the default.
    pub(super) fn added_default(&self) -> Option<&str> {
        let default = self.config.servers.iter().find(|it| it.default);
        default.map(|it| it.url.as_str())
    }

    /// Puts the servers of the configuration behind those of the description, save for the one that is
    /// the default, which comes before all others.
    pub(super) fn add_servers(&mut self, found: &mut Vec<Candidate>) {
        let config = self.config;
        for (index, server) in config.servers.iter().enumerate() {
            let at = push("/servers", &index.to_string());
            if found
                .iter()
                .any(|it| it.url.as_deref() == Some(&server.url))
            {
                let message = format!("the client has the server `{}` already", server.url);
                let help = if server.default {
                    "remove the entry; `base-url` of `[client]` makes a server of the description the \
                     default"
                } else {
                    "remove the entry: it has no effect"
                };
                let problem = Diagnostic::error(Origin::Config, push(&at, "url"), message);
                self.report(problem.help(help));
                continue;
            }
            let candidate = Candidate {
                url: Some(server.url.clone()),
                template: server.url.clone(),
                name: None,
                description: server.description.clone(),
                variables: Vec::new(),
                at: String::new(),
                chosen: server.name.clone().map(|name| (name, push(&at, "name"))),
            };
            if server.default {
                found.insert(0, candidate);
            } else {
                found.push(candidate);
            }
        }
    }

    /// The constants that the configuration names, by the positions of their servers: the names are
    /// taken before any other. `default` is the position of the default, whose constant has its own name.
    pub(super) fn chosen_constants(
        &mut self,
        found: &[Candidate],
        default: usize,
        names: &mut Scope,
    ) -> Vec<Option<crate::names::Ident>> {
        let mut chosen = Vec::with_capacity(found.len());
        for (index, candidate) in found.iter().enumerate() {
            let Some((name, at)) = &candidate.chosen else {
                chosen.push(None);
                continue;
            };
            if index == default {
                let message =
                    "`name` has no effect: the constant of the default server is `DEFAULT`";
                let help = "remove it, or add another server with `default = true`";
                self.report(
                    Diagnostic::warning(WarningCode::UnusedSetting, Origin::Config, at, message)
                        .at_key()
                        .help(help),
                );
                chosen.push(None);
                continue;
            }
            let wanted = constant_case(name);
            let mut others = found.iter().enumerate();
            let other = others.find(|(other, it)| {
                *other != default && it.chosen.is_none() && called(it) == wanted
            });
            let ident = names.name(&[&wanted], "SERVER");
            let clash = match other {
                Some((_, it)) => {
                    let url = it.url.as_ref().unwrap_or(&it.template);
                    Some(format!("`{url}`"))
                }
                None if wanted == "DEFAULT" => Some("the default server".to_owned()),
                None if ident.as_str() != wanted => Some("another server".to_owned()),
                None => None,
            };
            if let Some(clash) = clash {
                let message = format!("`{wanted}` is the name of {clash}");
                let problem = Diagnostic::error(Origin::Config, at, message);
                self.report(problem.help("choose another name"));
            }
            chosen.push(Some(ident));
        }
        chosen
    }
}

fn called(candidate: &Candidate) -> String {
    let url = candidate.url.as_deref().unwrap_or(&candidate.template);
    candidate.constant(url)
}
