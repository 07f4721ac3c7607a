//! Pages that are asked for by their URLs.

use reqwest::Url;

use super::call::Call;
use super::profile::Auth;
use super::query;

/// Has the call ask for a page by its URL, whose query holds all that the call's did, but for a
/// credential of the caller's own, which servers don't repeat.
pub(crate) fn turn_to_url(call: &mut Call, url: Url) {
    let profile = call.client.inner.profile;
    let query = &mut call.options.query;
    query.retain(|(name, _)| profile.has_query_credential(name));
    call.at = Some(url);
}

/// The URL that a page, or a caller, names relative to the call's own (RFC 3986, 5); else what is
/// wrong with it.
///
/// It has the same origin, because credentials must not leave that, and holds none itself.
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
    // What `is_origin_of` lets through is http or https, so these can always be taken away.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    for scheme in call.client.inner.profile.schemes {
        if let Auth::Query(name) = scheme.auth {
            take_from_query(&mut url, name);
        }
    }
    Ok(url)
}

/// Takes the pairs of one name out of a URL's query.
fn take_from_query(url: &mut Url, name: &str) {
    let mut query = url.query().unwrap_or_default().to_owned();
    if query::has(&query, name) {
        query::remove(&mut query, name);
        url.set_query((!query.is_empty()).then_some(&*query));
    }
}
