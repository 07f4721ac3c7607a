//! Pages that are requested by URL.

use reqwest::Url;

use super::call::Call;
use super::profile::Auth;
use super::query;

/// Changes the request to that of a page's URL, whose query replaces that of the request except for a
/// credential that the caller set, which servers don't repeat.
pub(crate) fn set_url(call: &mut Call, url: Url) {
    let profile = call.client.inner.profile;
    let query = &mut call.options.query;
    query.retain(|(name, _)| profile.has_query_credential(name));
    call.at = Some(url);
}

/// Resolves the URL of a page relative to that of the request (RFC 3986, 5); the error says what is wrong
/// with it.
///
/// It must have the same origin, because credentials are sent nowhere else, and contains none itself.
pub(crate) fn resolve(call: &Call, text: &str) -> Result<Url, String> {
    let mut url = call
        .target()?
        .join(text)
        .map_err(|_| "is not a valid URL".to_owned())?;
    if !call.base_url().is_origin_of(&url) {
        return Err(format!(
            "points to another origin ({}), and credentials are only sent to the base URL's origin",
            url.origin().ascii_serialization()
        ));
    }
    // The URL is http or https, so this can't fail.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    for scheme in call.client.inner.profile.schemes {
        if let Auth::Query(name) = scheme.auth {
            remove_from_query(&mut url, name);
        }
    }
    Ok(url)
}

/// Removes a parameter from the query of a URL.
fn remove_from_query(url: &mut Url, name: &str) {
    let mut query = url.query().unwrap_or_default().to_owned();
    if query::has(&query, name) {
        query::remove(&mut query, name);
        url.set_query((!query.is_empty()).then_some(&*query));
    }
}
