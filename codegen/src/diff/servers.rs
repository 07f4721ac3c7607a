//! Servers.

use crate::model::Server;

use super::change::{ChangeKind, Consequence, Subject};
use super::pairs::pair;
use super::{Comparison, Said};

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
            if was.url != is.url && !is_default {
                self.about_server(
                    ChangeKind::Changed,
                    format!(
                        "`servers::{}` is `{}` instead of `{}`",
                        is.name, is.url, was.url
                    ),
                    Consequence::none(),
                    Consequence::breaking("programs of before go to the old server"),
                );
            }
        }
        for added in &pairs.added {
            self.about_server(
                ChangeKind::Added,
                format!("there is the server `{}`", added.url),
                Consequence::additive(format!("`servers::{}`", added.name)),
                Consequence::none(),
            );
        }
        for gone in &pairs.gone {
            let (text, wire) = if new.iter().any(|it| it.url == gone.url) {
                let text = format!("the server `{}` has another name", gone.url);
                (text, Consequence::none())
            } else {
                let text = format!("there is no server `{}`", gone.url);
                (
                    text,
                    Consequence::breaking("programs of before may go there"),
                )
            };
            let rust = Consequence::breaking(format!("`servers::{}` is gone", gone.name));
            self.about_server(ChangeKind::Removed, text, rust, wire);
        }
    }

    /// The server that calls go to when nothing else is said.
    fn default_server(&mut self, old: &[Server], new: &[Server]) {
        let default = |servers: &[Server]| servers.first().map(|it| it.url.clone());
        let (before, after) = (default(old), default(new));
        if before != after {
            let shown = |url: Option<String>| {
                url.map_or_else(|| "one that users name".to_owned(), |it| format!("`{it}`"))
            };
            let text = format!(
                "the server is {} instead of {}",
                shown(after),
                shown(before)
            );
            self.about_server(
                ChangeKind::Changed,
                text,
                Consequence::none(),
                Consequence::breaking("programs of before go to the old server"),
            );
        }
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
                Some(before) => Consequence::breaking(format!("`servers::{before}` is gone")),
                None => Consequence::none(),
            };
            let added = match &after {
                Some(after) => Consequence::additive(format!("`servers::{after}`")),
                None => Consequence::none(),
            };
            let text = format!("the server `{}` is made with other values", is.name);
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
        let said = Said::new(kind, Subject::Server, "servers", text)
            .old(self.old.existing(place.clone()))
            .new_at(self.new.existing(place));
        self.note(said, rust, wire);
    }
}
