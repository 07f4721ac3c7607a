//! Settings of the configuration that change nothing.

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::Profile;

use super::Lowering;

impl Lowering<'_> {
    /// Warns of settings of the client that have no effect.
    pub(super) fn unused_settings(&mut self, profile: &Profile) {
        let client = &self.config.client;
        let mut unused = Vec::new();
        if let Some(variable) = &client.api_key_env
            && !profile
                .schemes
                .iter()
                .any(|it| it.env.as_ref() == Some(variable))
        {
            let message = if profile.schemes.is_empty() {
                "`api-key-env` has no effect: the API has no credentials"
            } else {
                "`api-key-env` has no effect: no credential is left for it"
            };
            let help = "remove it; a credential that the description lacks is added with \
                        `[credentials.NAME] scheme = ..`";
            unused.push(("/client/api-key-env", message, help));
        }
        let first = self.document.api.servers.first();
        let own = first.map(|it| it.url.trim().trim_end_matches('/'));
        if let Some(url) = &client.base_url
            && own == Some(url.trim_end_matches('/'))
        {
            let message = "`base-url` has no effect: it is the first server of the description";
            unused.push(("/client/base-url", message, "remove it"));
        }
        for (pointer, message, help) in unused {
            let warning =
                Diagnostic::warning(WarningCode::UnusedSetting, Origin::Config, pointer, message);
            self.report(warning.at_key().help(help));
        }
    }
}
