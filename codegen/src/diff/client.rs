//! The crate itself: its name, the compiler that it needs, its features, what the environment says.

use crate::model::{Feature, Profile};

use super::change::{ChangeKind, Consequence, Subject};
use super::pairs::pair;
use super::{ChangeText, Comparison};

impl Comparison<'_> {
    /// Compares what isn't an operation or a type.
    pub(super) fn client(&mut self) {
        self.package();
        self.features();
        self.servers();
        self.credentials();
        self.webhooks();
    }

    fn package(&mut self) {
        let (old, new) = (&self.old.api.package, &self.new.api.package);
        if old.name != new.name {
            self.about_crate(
                ChangeKind::Renamed,
                format!(
                    "the crate is named `{}` instead of `{}`",
                    new.name, old.name
                ),
                Consequence::breaking(format!("`{}` instead of `{}`", new.library, old.library)),
            );
        }
        if old.rust_version != new.rust_version {
            // Cargo picks an older release of the crate for an older compiler.
            self.about_crate(
                ChangeKind::Changed,
                format!(
                    "the crate requires Rust {} instead of {}",
                    new.rust_version, old.rust_version
                ),
                Consequence::additive("a newer compiler may be required"),
            );
        }
        let variables = |profile: &Profile| profile.base_url_env.clone();
        let (before, after) = (
            variables(&self.old.api.profile),
            variables(&self.new.api.profile),
        );
        if before != after {
            self.variable("base URL", before.as_deref(), after.as_deref());
        }
        let (before, after) = (self.old.api.profile.reading, self.new.api.profile.reading);
        if before != after {
            self.about_crate(
                ChangeKind::Changed,
                format!(
                    "the default decoding level is `{}` instead of `{}`",
                    after.as_str(),
                    before.as_str()
                ),
                Consequence::none(),
            );
        }
        let header = |profile: &Profile| profile.idempotency_header.clone();
        let (before, after) = (header(&self.old.api.profile), header(&self.new.api.profile));
        if before != after {
            let name =
                |it: Option<String>| it.map_or_else(|| "none".to_owned(), |it| format!("`{it}`"));
            self.about_crate(
                ChangeKind::Changed,
                format!(
                    "the idempotency header is {} instead of {}",
                    name(after),
                    name(before)
                ),
                Consequence::none(),
            );
        }
    }

    /// Another environment variable, which is in nobody's code.
    pub(super) fn variable(&mut self, what: &str, before: Option<&str>, after: Option<&str>) {
        let text = match (before, after) {
            (_, Some(after)) => format!("`Client::from_env` reads the {what} from `{after}`"),
            (_, None) => format!("`Client::from_env` no longer reads the {what}"),
        };
        let rust = match before {
            Some(before) => Consequence::breaking(format!("`{before}` is no longer read")),
            None => Consequence::additive("it can be set by an environment variable"),
        };
        self.about_crate(ChangeKind::Changed, text, rust);
    }

    fn features(&mut self) {
        let key = |feature: &Feature| feature.name.clone();
        let (old, new) = (&self.old.api.features, &self.new.api.features);
        let pairs = pair(old, new, key, key);
        if old.is_empty() && !new.is_empty() {
            self.about_crate(
                ChangeKind::Added,
                "each resource has its own feature".to_owned(),
                Consequence::breaking(
                    "users without default features must enable the resources they use",
                ),
            );
            return;
        }
        for added in &pairs.added {
            self.about_crate(
                ChangeKind::Added,
                format!("the crate has the feature `{}`", added.name),
                Consequence::additive("it is enabled by default"),
            );
        }
        for gone in &pairs.gone {
            self.about_crate(
                ChangeKind::Removed,
                format!("the feature `{}` was removed", gone.name),
                Consequence::breaking("crates that enable it no longer build"),
            );
        }
    }

    pub(super) fn about_crate(&mut self, kind: ChangeKind, text: String, rust: Consequence) {
        let name = self.new.api.package.name.clone();
        self.note(
            ChangeText::new(kind, Subject::Package, &name, text),
            rust,
            Consequence::none(),
        );
    }
}
