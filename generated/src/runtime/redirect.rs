//! Which redirects are followed: only those that keep the request and its origin.

use reqwest::header::LOCATION;
use reqwest::{Method, StatusCode, Url};

use super::base_url::BaseUrl;
use super::call::Call;

/// The maximum number of redirects of one attempt.
pub(crate) const MAX_REDIRECTS: u32 = 10;

/// Whether and how a response is a redirect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Redirect {
    /// Not a redirect.
    No,
    /// The same request is sent to this URL.
    To(Url),
    /// A redirect that isn't followed, and why.
    Refused(String),
}

/// Reads the response of the URL `from` to a request of `method` below `base`, after `followed` redirects.
///
/// Redirects are followed to the same origin (RFC 6454) only, because credentials are sent nowhere else.
/// 307 and 308 keep method and body (RFC 9110, 15.4.8); 301, 302 and 303 may turn the request into a GET,
/// so they are followed only if it is a GET or HEAD. A redirect that is documented as a response of the
/// operation isn't followed.
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
    // Without a `Location` it is an error response like others.
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
    if followed >= MAX_REDIRECTS {
        return Redirect::Refused(format!("too many redirects: {MAX_REDIRECTS} were followed"));
    }
    // A user name in the URL would become an Authorization header. For an http URL this can't fail.
    let _ = to.set_username("");
    let _ = to.set_password(None);
    Redirect::To(to)
}

impl Call {
    /// Sets the redirects that are documented as responses.
    pub(crate) fn set_redirects(&mut self, statuses: &'static [u16]) {
        self.redirects = statuses;
    }

    /// Whether a response of this status is a success: any 2xx, and documented redirects.
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
