//! Which redirects are followed: only those that leave the request, and who gets it, the same.

use reqwest::header::LOCATION;
use reqwest::{Method, StatusCode, Url};

use super::base_url::BaseUrl;
use super::call::Call;

/// How many redirects one try follows.
pub(crate) const MOST: u32 = 10;

/// What an answer says about going elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Redirect {
    /// It isn't a redirect.
    No,
    /// The same request goes to this URL.
    To(Url),
    /// It is one that isn't followed, and why.
    Refused(String),
}

/// Reads an answer that came `from` there to a request of `method` below `base`, after `followed` redirects.
///
/// Only the same origin (RFC 6454) is gone to, because credentials must not leave it. 307 and 308
/// keep method and body (RFC 9110, 15.4.8); 301, 302 and 303 may turn the request into a GET, so
/// they are followed only where it is a GET or HEAD already. One that is documented as a response of
/// the operation is what the caller asks for, and isn't followed at all.
pub(crate) fn read(
    response: &reqwest::Response,
    from: &Url,
    base: &BaseUrl,
    method: &Method,
    followed: u32,
    is_documented: bool,
) -> Redirect {
    if !base.is_origin_of(from) {
        return Redirect::Refused(format!(
            "the custom HTTP client followed a redirect to another origin ({}); build it with \
             `redirect(Policy::none())`",
            from.origin().ascii_serialization()
        ));
    }
    if is_documented {
        return Redirect::No;
    }
    let keeps_method = match response.status().as_u16() {
        301..=303 => false,
        307 | 308 => true,
        _ => return Redirect::No,
    };
    // Without a place to go to it is an error like others.
    let Some(location) = response.headers().get(LOCATION) else {
        return Redirect::No;
    };
    let Ok(mut to) = from.join(&String::from_utf8_lossy(location.as_bytes())) else {
        return Redirect::Refused("its Location is not a valid URL".to_owned());
    };
    if !base.is_origin_of(&to) {
        return Redirect::Refused(format!(
            "it points to another origin ({}), and credentials are only sent to the base URL's origin; \
             check the base URL",
            to.origin().ascii_serialization()
        ));
    }
    if !keeps_method && !matches!(*method, Method::GET | Method::HEAD) {
        return Redirect::Refused(format!(
            "following it could turn the {} into a GET; check the base URL",
            method.as_str()
        ));
    }
    if followed >= MOST {
        return Redirect::Refused(format!("too many redirects: {MOST} were followed"));
    }
    // A user name in the URL would become an Authorization header. An http URL can always lose its own.
    let _ = to.set_username("");
    let _ = to.set_password(None);
    Redirect::To(to)
}

impl Call {
    /// Takes the redirects that are documented as responses.
    pub(crate) fn set_redirects(&mut self, statuses: &'static [u16]) {
        self.redirects = statuses;
    }

    /// Whether the call ends with a response of this status, rather than with an error: any 2xx, and
    /// the redirects that are documented.
    pub(crate) fn ends_with(&self, status: StatusCode) -> bool {
        status.is_success() || self.documents_redirect(status)
    }

    /// Whether a redirect of this status is documented as a response.
    pub(crate) fn documents_redirect(&self, status: StatusCode) -> bool {
        let status = status.as_u16();
        let mut documented = self.redirects.iter();
        documented.any(|&known| known == status || known == status / 100)
    }
}
