//! The credentials of a client, one for each security scheme of the API.

use std::mem;
use std::ops::{Deref, DerefMut};
use std::slice;
use std::sync::Arc;

use reqwest::header::HeaderName;

use super::cause::Cause;
use super::credential::{Credential, Credentials};
use super::error_kind::Kind;
use super::profile::Profile;

/// The security requirements of an operation; see
/// [`Operation::security`](super::operation::Operation::security).
pub(crate) type Security = &'static [&'static [usize]];

/// The credentials of one attempt; the usual single one is stored without a list.
#[derive(Clone, Default)]
pub(crate) enum Secrets {
    #[default]
    None,
    One(Arc<Credential>),
    Many(Vec<Arc<Credential>>),
}

impl Secrets {
    fn push(&mut self, secret: Arc<Credential>) {
        *self = match mem::take(self) {
            Self::None => Self::One(secret),
            Self::One(first) => Self::Many(vec![first, secret]),
            Self::Many(mut secrets) => {
                secrets.push(secret);
                Self::Many(secrets)
            }
        };
    }
}

impl Deref for Secrets {
    type Target = [Arc<Credential>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::None => &[],
            Self::One(secret) => slice::from_ref(secret),
            Self::Many(secrets) => secrets,
        }
    }
}

impl DerefMut for Secrets {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::None => &mut [],
            Self::One(secret) => slice::from_mut(secret),
            Self::Many(secrets) => secrets,
        }
    }
}

fn is_same(name: &HeaderName, header: &str) -> bool {
    name.as_str().eq_ignore_ascii_case(header)
}

/// The credentials of a client by security scheme, shared by its clones.
pub(crate) struct Keyring {
    profile: &'static Profile,
    /// One for each scheme of the profile, in the same order.
    credentials: Vec<Credentials>,
}

impl Keyring {
    pub(super) fn new(profile: &'static Profile, credentials: Vec<Credentials>) -> Self {
        Self {
            profile,
            credentials,
        }
    }

    /// The credentials of one scheme, whether they are set or not.
    pub(super) fn of_scheme(&self, index: usize) -> Option<&Credentials> {
        self.credentials.get(index)
    }

    fn has(&self, index: usize) -> bool {
        self.of_scheme(index).is_some_and(Credentials::is_set)
    }

    /// The credentials for an attempt: those of the first security requirement that the client can
    /// meet. The description leaves the choice among several requirements to the client (Security
    /// Requirement Object).
    ///
    /// A credential whose header the request omits is neither required nor requested from a provider.
    pub(crate) async fn current(
        &self,
        security: Security,
        left_out: &[HeaderName],
    ) -> Result<Secrets, Kind> {
        let is_left_out = |index: usize| {
            let header = self
                .of_scheme(index)
                .and_then(|it| it.scheme().auth.header());
            header.is_some_and(|header| left_out.iter().any(|it| is_same(it, header)))
        };
        let there = |set: &&&[usize]| set.iter().all(|&index| self.has(index));
        let enough = |set: &&&[usize]| set.iter().all(|&it| self.has(it) || is_left_out(it));
        let mut sets = security.iter();
        let Some(set) = sets.find(there).or_else(|| security.iter().find(enough)) else {
            return if security.is_empty() {
                Ok(Secrets::None)
            } else {
                Err(Kind::InvalidInput(self.missing(security)))
            };
        };
        let mut secrets = Secrets::None;
        let wanted = set.iter().filter(|&&index| !is_left_out(index));
        for credentials in wanted.filter_map(|&index| self.of_scheme(index)) {
            if let Some(secret) = credentials.current().await? {
                secrets.push(secret);
            }
        }
        Ok(secrets)
    }

    /// Other credentials in place of those that the server rejected; `None` if there are no others.
    pub(crate) async fn renewed(&self, refused: &Secrets) -> Result<Option<Secrets>, Cause> {
        let mut secrets = refused.clone();
        let mut changed = false;
        for secret in secrets.iter_mut() {
            let mut all = self.credentials.iter();
            let Some(credentials) = all.find(|it| it.scheme().is(secret.scheme())) else {
                continue;
            };
            if let Some(other) = credentials.renewed(secret).await? {
                *secret = other;
                changed = true;
            }
        }
        Ok(changed.then_some(secrets))
    }

    /// Abandons the running calls of token providers: later requests call them again.
    pub(crate) fn abandon(&self) {
        self.credentials.iter().for_each(Credentials::abandon);
    }

    /// All stored credentials, whether they have expired or not.
    pub(super) fn stored(&self) -> impl Iterator<Item = Arc<Credential>> {
        self.credentials.iter().filter_map(Credentials::stored)
    }

    /// Whether a credential comes from a provider.
    pub(super) fn has_provider(&self) -> bool {
        self.credentials.iter().any(Credentials::has_provider)
    }

    /// The error of a missing credential, which names the builder's methods.
    fn missing(&self, security: Security) -> String {
        let sets: Vec<String> = security.iter().map(|set| self.methods(set)).collect();
        format!(
            "the operation requires a credential that the client doesn't have: set {}",
            sets.join(", or ")
        )
    }

    /// The builder's methods for the missing credentials of a security requirement.
    fn methods(&self, set: &[usize]) -> String {
        let missing = set.iter().filter(|&&index| !self.has(index));
        let names: Vec<String> = missing
            .filter_map(|&index| self.profile.schemes.get(index))
            .map(|scheme| format!("`{}`", scheme.name))
            .collect();
        names.join(" and ")
    }
}
