//! Pages that are asked for by their URLs.

use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::call::Call;
use super::profile::Auth;

/// Has the call ask for a page by its URL, whose query holds all that the call's did.
pub(crate) fn turn_to_url(call: &mut Call, url: Url) {
    call.options.query.clear();
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
        .map_err(|_| "is not a URL".to_owned())?;
    if !call.client.inner.base_url.is_origin_of(&url) {
        return Err(format!(
            "leads to another origin ({}), and credentials stay on their own",
            url.origin().ascii_serialization()
        ));
    }
    // What `is_origin_of` lets through is http or https, so these can always be taken away.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    if let Auth::Query(name) = call.client.inner.profile.auth {
        take_from_query(&mut url, name);
    }
    Ok(url)
}

/// Takes the pairs of one name out of a query, and leaves the others as they are written.
fn take_from_query(url: &mut Url, name: &str) {
    let is_named = |pair: &&str| {
        let written = pair.split('=').next().unwrap_or_default();
        percent_decode_str(written).eq(name.bytes())
    };
    let query = url.query().unwrap_or_default();
    if query.split('&').any(|pair| is_named(&pair)) {
        let others: Vec<&str> = query.split('&').filter(|pair| !is_named(pair)).collect();
        let others = others.join("&");
        url.set_query((!others.is_empty()).then_some(&*others));
    }
}
