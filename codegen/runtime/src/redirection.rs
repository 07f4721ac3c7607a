//! Redirects that an API documents as responses.

use std::fmt;

use reqwest::{StatusCode, Url};

use super::error::Error;
use super::requests::Several;
use super::response::Payload;

/// A redirect (3xx) that the API documents as the response of an operation. It isn't followed, and isn't an
/// error.
///
/// It often leads to a file storage of another origin, with a URL that contains a credential of its own:
/// fetch it with another HTTP client, without this API's credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirection {
    status: StatusCode,
    location: Option<String>,
    url: Option<Url>,
}

impl Redirection {
    /// Returns the status, such as 302.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the header `Location` as received, which may be relative; `None` if there is none, or it
    /// isn't valid text.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// Returns the URL of `Location`, resolved against that of the request (RFC 9110, 10.2.2).
    #[must_use]
    pub fn url(&self) -> Option<&Url> {
        self.url.as_ref()
    }
}

/// Shows the location without its query, which often contains a signature.
impl fmt::Debug for Redirection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = self.location.as_deref().unwrap_or_default();
        let shown = location.split(['?', '#']).next().unwrap_or_default();
        let shown = match shown.split_once('@') {
            Some((_, behind)) => behind,
            None => shown,
        };
        f.debug_struct("Redirection")
            .field("status", &self.status.as_u16())
            .field("location", &shown)
            .finish_non_exhaustive()
    }
}

impl Several for Redirection {
    fn read(payload: &Payload) -> Result<Self, Error> {
        Ok(payload.redirection())
    }
}

impl Payload {
    /// The redirect of the response.
    pub fn redirection(&self) -> Redirection {
        let location = self.location();
        let base = match &self.redirected {
            Some(url) => Some((**url).clone()),
            None => self.call.target().ok(),
        };
        let url = location.zip(base).and_then(|(to, from)| from.join(to).ok());
        Redirection {
            status: self.status(),
            location: location.map(str::to_owned),
            url,
        }
    }
}
