//! A secret that calls are made with: a key that can be changed, or tokens from a provider.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use tokio::time::Instant;

use super::basic;
use super::error_kind::Kind;
use super::header;
use super::profile::{Auth, Scheme};
use super::scrub::{Cause, SharedCause};
use super::shared_future::{Slot, Work};

/// A token that a provider gives, and how long it holds.
///
/// A text becomes one that holds until the server refuses it.
#[derive(Clone)]
pub struct Token {
    secret: String,
    lifetime: Option<Duration>,
}

impl Token {
    /// A token that holds until the server refuses it (401).
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            lifetime: None,
        }
    }

    /// The same token, which holds for this long from now: after it the provider is asked for
    /// another one before a call goes out. Say a little less than the server does.
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

/// Shows how long the token holds, not what it is.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

type Asking = Pin<Box<dyn Future<Output = Result<Token, Cause>> + Send>>;

/// A function that is asked for tokens.
pub(super) type Provider = Arc<dyn Fn() -> Asking + Send + Sync>;

/// Makes one function of whatever a user gives.
pub(super) fn provider<F, T, E, A>(ask: F) -> Provider
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<Token>,
    E: Into<Cause>,
{
    Arc::new(move || {
        let asking = ask();
        Box::pin(async move { asking.await.map(Into::into).map_err(Into::into) })
    })
}

/// A secret in the form in which a request holds it.
pub(crate) struct Credential {
    scheme: &'static Scheme,
    secret: String,
    /// The header, where the secret goes into one.
    pub(super) header: Option<(HeaderName, HeaderValue)>,
    expires: Option<Instant>,
}

impl Credential {
    /// Checks a secret and makes it ready. The message never shows it.
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

    /// What it is a credential of.
    pub(super) fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    /// The secret itself, as a query or a cookie holds it.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// The texts that nobody else may read: the secret, and what it looks like in a header.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let secret = match self.scheme.auth {
            Auth::Basic => basic::secret(&self.secret),
            _ => &self.secret,
        };
        let value = self.header.as_ref().and_then(|it| it.1.to_str().ok());
        let encoded = value.and_then(|value| value.strip_prefix("Basic "));
        [secret].into_iter().chain(encoded)
    }

    fn holds(&self) -> bool {
        self.expires.is_none_or(|moment| Instant::now() < moment)
    }
}

/// What is wrong with a key that can't be sent, without showing it.
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
    // HTTP drops blanks around a value, so the server would see another key.
    if key.trim() != key {
        return Err("has leading or trailing whitespace");
    }
    Ok(())
}

/// The secret of a client for one scheme, shared by its clones.
pub(crate) struct Credentials {
    scheme: &'static Scheme,
    /// None before the first token, and where the user gave none.
    now: Arc<RwLock<Option<Arc<Credential>>>>,
    provider: Option<Provider>,
    /// The question that a provider is asked, so that calls which run at once ask once. Each of them
    /// drives it: a call that nobody polls any more holds up no other.
    asking: Slot<Asked>,
}

/// What a provider gave to all who waited for it.
type Asked = Result<Arc<Credential>, SharedCause>;

impl Credentials {
    /// Of a key, of a provider, or of neither as long as nobody gives one.
    pub(super) fn new(
        scheme: &'static Scheme,
        key: Option<Credential>,
        provider: Option<Provider>,
    ) -> Self {
        Self {
            scheme,
            now: Arc::new(RwLock::new(key.map(Arc::new))),
            provider,
            asking: Slot::empty(|| Err(SharedCause::new("the token provider panicked"))),
        }
    }

    /// What the secret is for, and where it goes.
    pub(super) fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    /// Replaces the key, for requests that are sent after this.
    pub(super) fn replace(&self, key: String) -> Result<(), &'static str> {
        put(&self.now, Arc::new(Credential::new(self.scheme, key)?));
        Ok(())
    }

    /// The secret for a try.
    pub(crate) async fn current(&self) -> Result<Option<Arc<Credential>>, Kind> {
        let now = self.at_hand();
        let Some(provider) = &self.provider else {
            return Ok(now);
        };
        if now.as_ref().is_some_and(|now| now.holds()) {
            return Ok(now);
        }
        let token = self.ask(provider, now.as_ref()).await;
        token.map(Some).map_err(Kind::Token)
    }

    /// Another secret in place of one that the server refused; none where there is no other.
    pub(crate) async fn renewed(
        &self,
        refused: &Arc<Credential>,
    ) -> Result<Option<Arc<Credential>>, Cause> {
        let new = match &self.provider {
            Some(provider) => Some(self.ask(provider, Some(refused)).await?),
            // The key may have been replaced while the call was under way.
            None => self.at_hand(),
        };
        Ok(new.filter(|new| new.secret != refused.secret))
    }

    /// Asks for a token in place of `old`, unless another call has just done so, or is about it.
    async fn ask(
        &self,
        provider: &Provider,
        old: Option<&Arc<Credential>>,
    ) -> Result<Arc<Credential>, Cause> {
        let is_new =
            |now: &Arc<Credential>| now.holds() && old.is_none_or(|old| !Arc::ptr_eq(old, now));
        let known = || self.at_hand().filter(is_new);
        match self.asking.join(known, || self.begin(provider)) {
            Ok(asking) => Ok(asking.await?),
            Err(now) => Ok(now),
        }
    }

    /// The question, which doesn't end before its result is at hand.
    fn begin(&self, provider: &Provider) -> Work<Asked> {
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

    /// Gives up waiting for the provider: calls that come later ask it anew, and those that wait for
    /// it already go on until their own limits of time.
    pub(super) fn abandon(&self) {
        self.asking.clear();
    }

    /// The secret that there is, whether it still holds or not.
    pub(super) fn at_hand(&self) -> Option<Arc<Credential>> {
        self.read().clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Arc<Credential>>> {
        // Nothing can panic while the lock is held, so what a poisoned one holds is whole.
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether calls can be made with it.
    pub(super) fn is_there(&self) -> bool {
        self.has_provider() || self.read().is_some()
    }

    /// Whether secrets come from a provider.
    pub(super) fn has_provider(&self) -> bool {
        self.provider.is_some()
    }
}

fn put(now: &RwLock<Option<Arc<Credential>>>, credential: Arc<Credential>) {
    *now.write().unwrap_or_else(PoisonError::into_inner) = Some(credential);
}
