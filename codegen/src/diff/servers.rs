//! Servers.

use crate::model::Server;

use super::change::{ChangeKind, Consequence, Subject};
use super::pairs::pair;
use super::{ChangeText, Comparison};

impl Comparison<'_> {
    /// Compares the servers.
    pub(super) fn servers(&mut self) {
        let (old, new) = (&self.old.api.profile.servers, &self.new.api.profile.servers);
        let key = |server: &Server| server.name.clone();
        let pairs = pair(old, new, key, key);
        self.default_server(old, new);
        for (was, is) in &pairs.both {
            self.server_function(was, is);
            // Another default is told for itself.
            let is_default = old.first() == Some(was) && new.first() == Some(is);
            if was.url.is_some() != is.url.is_some() {
                self.constant(was, is);
            } else if was.url != is.url && !is_default {
                self.about_server(
                    ChangeKind::Changed,
                    format!(
                        "`servers::{}` is `{}` instead of `{}`",
                        is.name,
                        url_of(is),
                        url_of(was)
                    ),
                    Consequence::none(),
                    Consequence::breaking("existing clients use the old server"),
                );
            }
        }
        for added in &pairs.added {
            self.about_server(
                ChangeKind::Added,
                format!("the server `{}` was added", url_of(added)),
                Consequence::additive(format!("`servers::{}`", item_of(added))),
                Consequence::none(),
            );
        }
        for gone in &pairs.gone {
            let (text, wire) = if new.iter().any(|it| url_of(it) == url_of(gone)) {
                let text = format!("the server `{}` has another name", url_of(gone));
                (text, Consequence::none())
            } else {
                let text = format!("the server `{}` was removed", url_of(gone));
                (text, Consequence::breaking("existing clients may use it"))
            };
            let rust = Consequence::breaking(format!("`servers::{}` was removed", item_of(gone)));
            self.about_server(ChangeKind::Removed, text, rust, wire);
        }
    }

    /// The server that calls go to when nothing else is said.
    fn default_server(&mut self, old: &[Server], new: &[Server]) {
        let default = |servers: &[Server]| servers.first().and_then(|it| it.url.clone());
        let (before, after) = (default(old), default(new));
        if before != after {
            // Without one, users have set it, and still do.
            let wire = match before {
                Some(_) => Consequence::breaking("existing clients use the old server"),
                None => Consequence::none(),
            };
            let shown = |url: Option<String>| {
                url.map_or_else(|| "one that users set".to_owned(), |it| format!("`{it}`"))
            };
            let text = format!(
                "the default server is {} instead of {}",
                shown(after),
                shown(before)
            );
            self.about_server(ChangeKind::Changed, text, Consequence::none(), wire);
        }
    }

    /// A constant that there was and isn't any more, or the other way round.
    fn constant(&mut self, was: &Server, is: &Server) {
        let (text, rust) = if is.url.is_some() {
            (
                format!("the server `{}` has defaults for its variables", url_of(is)),
                Consequence::additive(format!("`servers::{}`", is.name)),
            )
        } else {
            (
                format!(
                    "the server `{}` has no defaults for its variables",
                    url_of(is)
                ),
                Consequence::breaking(format!("`servers::{}` was removed", was.name)),
            )
        };
        self.about_server(ChangeKind::Changed, text, rust, Consequence::none());
    }

    /// The function that makes the URL of a server with other values.
    fn server_function(&mut self, was: &Server, is: &Server) {
        let makers = |it: &Server| {
            let template = it.template.as_ref();
            template.map(|it| {
                let arguments: Vec<String> =
                    it.variables.iter().map(|it| it.name.to_string()).collect();
                format!("{}({})", it.function, arguments.join(", "))
            })
        };
        let (before, after) = (makers(was), makers(is));
        if before != after {
            let rust = match &before {
                Some(before) => Consequence::breaking(format!("`servers::{before}` was removed")),
                None => Consequence::none(),
            };
            let added = match &after {
                Some(after) => Consequence::additive(format!("`servers::{after}`")),
                None => Consequence::none(),
            };
            let text = format!("the server `{}` has other variables", is.name);
            self.about_server(
                ChangeKind::Changed,
                text,
                rust.and(added),
                Consequence::none(),
            );
        }
    }

    fn about_server(
        &mut self,
        kind: ChangeKind,
        text: String,
        rust: Consequence,
        wire: Consequence,
    ) {
        let place = "/servers".to_owned();
        let change = ChangeText::new(kind, Subject::Server, "servers", text)
            .old(self.old.existing(place.clone()))
            .new_at(self.new.existing(place));
        self.note(change, rust, wire);
    }
}

/// The URL of a server, or how it is made.
fn url_of(server: &Server) -> &str {
    let template = server.template.as_ref().map(|it| it.url.as_str());
    server.url.as_deref().or(template).unwrap_or_default()
}

/// What a program calls a server by.
fn item_of(server: &Server) -> &str {
    match (&server.url, &server.template) {
        (None, Some(template)) => template.function.as_str(),
        _ => server.name.as_str(),
    }
}
