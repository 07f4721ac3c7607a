//! What the server sends by itself.

use crate::model::{Api, Webhook};
use crate::pointer::push;
use crate::spelling::outside;

use super::change::{ChangeKind, Consequence, Subject};
use super::pairs::pair;
use super::types::undecodable;
use super::{ChangeText, Comparison};

impl Comparison<'_> {
    /// Compares the webhooks.
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (&self.old.api, &self.new.api);
        let all = |api: &'_ Api| -> Vec<(String, Webhook)> {
            let webhooks = api.webhooks.iter();
            let both = webhooks.flat_map(|it| it.offered.iter().chain(&it.callbacks));
            both.map(|it| (it.name.clone(), it.clone())).collect()
        };
        let (olds, news) = (all(old), all(new));
        let key = |webhook: &(String, Webhook)| webhook.0.clone();
        let pairs = pair(&olds, &news, key, key);
        for (was, is) in &pairs.both {
            let before = self.as_new(&outside(old, &was.1.ty));
            let after = outside(new, &is.1.ty);
            if before != after {
                let wire = undecodable(self.unread_response(&was.1.ty, &is.1.ty));
                let text = format!(
                    "the webhook `{}` sends `{after}` instead of `{before}`",
                    is.0
                );
                // Its type stands in documentation alone: `decode_as` takes whatever is asked for.
                self.about_webhook(ChangeKind::Changed, &is.0, text, Consequence::none(), wire);
            }
        }
        for is in &pairs.added {
            let text = format!("the webhook `{}` is new", is.0);
            let wire = Consequence::additive("existing clients don't know it");
            self.about_webhook(ChangeKind::Added, &is.0, text, Consequence::none(), wire);
        }
        for was in &pairs.gone {
            let text = format!("the webhook `{}` was removed", was.0);
            self.about_webhook(
                ChangeKind::Removed,
                &was.0,
                text,
                Consequence::none(),
                Consequence::none(),
            );
        }
        self.webhook_module();
    }

    /// The module for those who serve them.
    fn webhook_module(&mut self) {
        let (old, new) = (&self.old.api, &self.new.api);
        let module = |api: &Api| {
            let webhooks = api.webhooks.as_ref();
            webhooks.map(|it| {
                (
                    it.module.to_string(),
                    it.event.as_ref().map(|ty| outside(api, ty)),
                )
            })
        };
        let before = module(old).map(|(module, event)| (module, event.map(|it| self.as_new(&it))));
        let after = module(new);
        if before != after {
            let rust = match (&before, &after) {
                (None, Some((module, _))) => {
                    Consequence::additive(format!("the module `{module}`"))
                }
                (Some((module, None)), Some((other, Some(_)))) if module == other => {
                    Consequence::additive(format!("`{module}::decode`"))
                }
                (Some((module, _)), _) => {
                    Consequence::breaking(format!("`{module}::decode` has another type"))
                }
                (None, None) => Consequence::none(),
            };
            let text = "webhooks are decoded differently".to_owned();
            self.about_webhook(
                ChangeKind::Changed,
                "webhooks",
                text,
                rust,
                Consequence::none(),
            );
        }
    }

    fn about_webhook(
        &mut self,
        kind: ChangeKind,
        name: &str,
        text: String,
        rust: Consequence,
        wire: Consequence,
    ) {
        let place = push("/webhooks", name);
        let mut change = ChangeText::new(kind, Subject::Webhook, name, text);
        change.old = (kind != ChangeKind::Added).then(|| self.old.existing(place.clone()));
        change.new = (kind != ChangeKind::Removed).then(|| self.new.existing(place));
        self.note(change, rust, wire);
    }
}
