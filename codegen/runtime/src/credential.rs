//! The credential of a security scheme: a key that can be replaced, or tokens from a provider.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use tokio::time::Instant;

use super::basic;
use super::cause::{Cause, SharedCause};
use super::error_kind::Kind;
use super::header;
use super::profile::{Auth, Scheme};
use super::shared_future::{Slot, Work};

/// A token that a token provider returns, with its lifetime.
///
/// A string converts into a token that is used until the server rejects it.
#[derive(Clone)]
pub struct Token {
    secret: String,
    lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token that is used until the server rejects it (401).
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            lifetime: None,
        }
    }

    /// Sets the lifetime of the token, from now. Once it has expired, the provider is called for another
    /// one before the next request is sent. Choose a little less than the server's lifetime.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl From<String> for Token {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl From<&str> for Token {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

/// Shows the lifetime, not the token.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

type TokenFuture = Pin<Box<dyn Future<Output = Result<Token, Cause>> + Send>>;

/// A token provider.
pub(super) type Provider = Arc<dyn Fn() -> TokenFuture + Send + Sync>;

/// Boxes a token provider of any type.
pub(super) fn provider<F, T, E, A>(call: F) -> Provider
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<Token>,
    E: Into<Cause>,
{
    Arc::new(move || {
        let token = call();
        Box::pin(async move { token.await.map(Into::into).map_err(Into::into) })
    })
}

/// A credential as it is sent in a request.
pub(crate) struct Credential {
    scheme: &'static Scheme,
    secret: String,
    /// The header, if the scheme uses one.
    pub(super) header: Option<(HeaderName, HeaderValue)>,
    expires: Option<Instant>,
}

impl Credential {
    /// Validates a secret. The message never contains it.
    pub(super) fn new(scheme: &'static Scheme, secret: String) -> Result<Self, &'static str> {
        check(scheme.auth, &secret)?;
        let (name, text) = match scheme.auth {
            Auth::Bearer => ("authorization", format!("Bearer {secret}")),
            Auth::Http(word) => ("authorization", format!("{word} {secret}")),
            Auth::Basic => (
                "authorization",
                format!("Basic {}", basic::encode(&secret)?),
            ),
            Auth::Header(name) => (name, secret.clone()),
            Auth::Query(_) | Auth::Cookie(_) => ("", String::new()),
        };
        let mut header = None;
        if !name.is_empty() {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| "belongs in a header whose name is invalid")?;
            let mut value = header::value(&text)?;
            value.set_sensitive(true);
            header = Some((name, value));
        }
        Ok(Self {
            scheme,
            secret,
            header,
            expires: None,
        })
    }

    /// The security scheme.
    pub(super) fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    /// The secret itself, as it is sent in a query parameter or a cookie.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// What must be redacted: the secret, and its encoded form in a header.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let secret = match self.scheme.auth {
            Auth::Basic => basic::secret(&self.secret),
            _ => &self.secret,
        };
        let value = self.header.as_ref().and_then(|it| it.1.to_str().ok());
        let encoded = value.and_then(|value| value.strip_prefix("Basic "));
        [secret].into_iter().chain(encoded)
    }

    fn is_valid(&self) -> bool {
        self.expires.is_none_or(|moment| Instant::now() < moment)
    }
}

/// Validates a key. The message never contains it.
pub(super) fn check(auth: Auth, key: &str) -> Result<(), &'static str> {
    let blank = match auth {
        Auth::Basic => key.trim() == ":",
        _ => key.trim().is_empty(),
    };
    if blank {
        return Err("is blank");
    }
    if auth == Auth::Basic {
        return basic::encode(key).map(drop);
    }
    header::value(key)?;
    // HTTP ignores whitespace around a value, so the server would receive another key.
    if key.trim() != key {
        return Err("has leading or trailing whitespace");
    }
    Ok(())
}

/// The credential of a client for one scheme, shared by its clones.
pub(crate) struct Credentials {
    scheme: &'static Scheme,
    /// `None` before the first token, and if the user set none.
    now: Arc<RwLock<Option<Arc<Credential>>>>,
    provider: Option<Provider>,
    /// The provider's running future, which concurrent requests share. Each of them drives it, so that a
    /// request that is no longer polled doesn't block the others.
    refresh: Slot<Refreshed>,
}

/// The provider's result, shared by all requests that need it.
type Refreshed = Result<Arc<Credential>, SharedCause>;

impl Credentials {
    /// With a key, with a provider, or with neither until a key is set.
    pub(super) fn new(
        scheme: &'static Scheme,
        key: Option<Credential>,
        provider: Option<Provider>,
    ) -> Self {
        Self {
            scheme,
            now: Arc::new(RwLock::new(key.map(Arc::new))),
            provider,
            refresh: Slot::empty(|| Err(SharedCause::new("the token provider panicked"))),
        }
    }

    /// The security scheme.
    pub(super) fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    /// Replaces the key, for requests that are sent after this.
    pub(super) fn replace(&self, key: String) -> Result<(), &'static str> {
        put(&self.now, Arc::new(Credential::new(self.scheme, key)?));
        Ok(())
    }

    /// The credential for an attempt.
    pub(crate) async fn current(&self) -> Result<Option<Arc<Credential>>, Kind> {
        let now = self.stored();
        let Some(provider) = &self.provider else {
            return Ok(now);
        };
        if now.as_ref().is_some_and(|now| now.is_valid()) {
            return Ok(now);
        }
        let token = self.refreshed(provider, now.as_ref()).await;
        token.map(Some).map_err(Kind::Token)
    }

    /// Another credential in place of one that the server rejected; `None` if there is no other.
    pub(crate) async fn renewed(
        &self,
        refused: &Arc<Credential>,
    ) -> Result<Option<Arc<Credential>>, Cause> {
        let new = match &self.provider {
            Some(provider) => Some(self.refreshed(provider, Some(refused)).await?),
            // The key may have been replaced while the request was in flight.
            None => self.stored(),
        };
        Ok(new.filter(|new| new.secret != refused.secret))
    }

    /// Requests a token in place of `old`, unless another request has just done so or is doing it.
    async fn refreshed(
        &self,
        provider: &Provider,
        old: Option<&Arc<Credential>>,
    ) -> Result<Arc<Credential>, Cause> {
        let is_new =
            |now: &Arc<Credential>| now.is_valid() && old.is_none_or(|old| !Arc::ptr_eq(old, now));
        let known = || self.stored().filter(is_new);
        match self.refresh.join(known, || self.start(provider)) {
            Ok(refresh) => Ok(refresh.await?),
            Err(now) => Ok(now),
        }
    }

    /// Calls the provider; the future stores the token before it completes.
    fn start(&self, provider: &Provider) -> Work<Refreshed> {
        let (scheme, now, provider) = (self.scheme, Arc::clone(&self.now), Arc::clone(provider));
        Box::pin(async move {
            let token = provider().await.map_err(SharedCause::new)?;
            let mut credential = Credential::new(scheme, token.secret)
                .map_err(|problem| SharedCause::new(format!("the token {problem}")))?;
            credential.expires = token
                .lifetime
                .and_then(|lifetime| Instant::now().checked_add(lifetime));
            let credential = Arc::new(credential);
            put(&now, Arc::clone(&credential));
            Ok(credential)
        })
    }

    /// Abandons the running call of the provider: later requests call it again, and those that wait for
    /// it already continue until they time out.
    pub(super) fn abandon(&self) {
        self.refresh.clear();
    }

    /// The stored credential, whether it has expired or not.
    pub(super) fn stored(&self) -> Option<Arc<Credential>> {
        self.read().clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Arc<Credential>>> {
        // Nothing can panic while the lock is held, so the value behind a poisoned lock is intact.
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is a credential to send.
    pub(super) fn is_set(&self) -> bool {
        self.has_provider() || self.read().is_some()
    }

    /// Whether the credential comes from a provider.
    pub(super) fn has_provider(&self) -> bool {
        self.provider.is_some()
    }
}

fn put(now: &RwLock<Option<Arc<Credential>>>, credential: Arc<Credential>) {
    *now.write().unwrap_or_else(PoisonError::into_inner) = Some(credential);
}
