//! Webhooks and callbacks.

use std::fmt::Write as _;

use crate::model::Webhook;

use super::Page;
use crate::emit::docs;

impl Page<'_> {
    /// Webhooks and callbacks, if there are any.
    pub(super) fn webhooks(&mut self) {
        let Some(webhooks) = &self.api.webhooks else {
            return;
        };
        let module = &webhooks.module;
        let mut text = format!("\n## Webhooks\n\n[src/{module}.rs](src/{module}.rs)\n\n");
        if let Some(event) = &webhooks.event {
            let event = self.spelling.shown(event);
            let _ = writeln!(
                text,
                "- `{module}::decode(body) -> {event}` decodes the body of any webhook"
            );
        }
        let _ = writeln!(
            text,
            "- `{module}::decode_as::<T>(body) -> T` decodes the body of a webhook of a known type"
        );
        for (list, what) in [(&webhooks.offered, ""), (&webhooks.callbacks, "callback ")] {
            for webhook in list {
                text.push_str(&self.webhook(webhook, what));
            }
        }
        self.add(&text);
    }

    fn webhook(&self, webhook: &Webhook, what: &str) -> String {
        let ty = self.spelling.shown(&webhook.ty);
        let name = docs::code(&webhook.name);
        let mut line = format!("- {what}{name}: `{ty}`");
        let about = docs::paragraph(&webhook.docs, "");
        if !about.is_empty() {
            let _ = write!(line, ". {about}");
        }
        line.push('\n');
        line
    }
}
