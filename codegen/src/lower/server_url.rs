//! The URL of a server: what its variables make of it, and what it is relative to.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::ServerVariable;
use crate::names::{Scope, snake_case};

/// Where the URL of a server leads with its variables at their defaults.
pub(super) enum Reached {
    /// To a server, by an absolute URL without a slash at its end.
    Url(String),
    /// To one that values have to be given for. The URL is that of the document.
    Unfilled(String),
    /// To a path of a server that nothing names.
    Relative(String),
    /// To nothing that paths could be put behind.
    Unusable(String),
}

/// Where a server leads; its URL may be relative to another.
pub(super) fn reach(server: &openapiv3::Server, base: Option<&str>) -> Reached {
    let (url, is_whole) = filled(server);
    let url = url.trim();
    if url.contains(['?', '#']) {
        return Reached::Unusable(url.to_owned());
    }
    if !is_whole || begins_with_host_variable(server) && !is_absolute(url) {
        return Reached::Unfilled(server.url.clone());
    }
    let url = beside(base, url);
    if !is_absolute(&url) {
        return Reached::Relative(url.into_owned());
    }
    if url.contains(['{', '}']) {
        return Reached::Unusable(url.into_owned());
    }
    if !has_whole_parts(&url) && server.url.contains('{') {
        return Reached::Unfilled(server.url.clone());
    }
    Reached::Url(url.trim_end_matches('/').to_owned())
}

/// The URL with its variables in it, absolute where the other one is there that it may be relative to.
pub(super) fn template(server: &openapiv3::Server, base: Option<&str>) -> String {
    let url = server.url.trim();
    let whole = if matches!(pieces(server).next(), Some(Piece::Variable(_))) {
        // Either it is the whole address, or a path from the root.
        match base {
            Some(base) if !begins_with_host_variable(server) => {
                Cow::from([origin(base), url].concat())
            }
            _ => Cow::from(url),
        }
    } else {
        beside(base, url)
    };
    whole.trim_end_matches('/').to_owned()
}

/// The path that the server of a document is, with its variables at their defaults; none where it is a
/// whole URL.
pub(super) fn relative_path(server: &openapiv3::Server) -> Option<String> {
    let (url, _) = filled(server);
    let is_path =
        !is_absolute(&url) && !url.starts_with("//") && !begins_with_host_variable(server);
    is_path.then_some(url)
}

/// The variables in the URL, in its order; those that the document doesn't describe have no default.
pub(super) fn variables(server: &openapiv3::Server) -> Vec<ServerVariable> {
    let described = server.variables.as_ref();
    let mut arguments = Scope::new(&["format"]);
    let mut known = HashSet::new();
    let names = pieces(server).filter_map(|piece| match piece {
        Piece::Variable(wire) => known.insert(wire).then_some(wire),
        Piece::Text(_) => None,
    });
    let variables = names.map(|wire| {
        let variable = described.and_then(|all| all.get(wire));
        ServerVariable {
            name: arguments.name(&[&snake_case(wire)], "value"),
            wire: wire.to_owned(),
            default: variable.map(|it| it.default.clone()).unwrap_or_default(),
            values: variable
                .map(|it| it.enumeration.clone())
                .unwrap_or_default(),
            description: variable
                .and_then(|it| it.description.clone())
                .unwrap_or_default(),
        }
    });
    variables.collect()
}

/// A part of a URL.
enum Piece<'a> {
    Text(&'a str),
    /// The name between two braces.
    Variable(&'a str),
}

/// The parts of a server's URL, in order. What is between two braces is a variable if it is described,
/// or looks like a name.
fn pieces(server: &openapiv3::Server) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = server.url.trim();
    let is_described = |name: &str| {
        let variables = server.variables.as_ref();
        variables.is_some_and(|all| all.contains_key(name))
    };
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let variable = rest.strip_prefix('{').and_then(|inner| {
            let (name, behind) = inner.split_once('}')?;
            let is_name = !name.is_empty() && !name.contains(['{', '/', '?', '#']);
            (is_name || is_described(name)).then_some((name, behind))
        });
        if let Some((name, behind)) = variable {
            rest = behind;
            return Some(Piece::Variable(name));
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find('{').map_or(rest.len(), |at| first + at);
        let (text, behind) = rest.split_at(end);
        rest = behind;
        Some(Piece::Text(text))
    })
}

/// The URL with its variables at their defaults, and whether each of them has one that can be taken.
fn filled(server: &openapiv3::Server) -> (String, bool) {
    let mut url = String::with_capacity(server.url.len());
    let mut is_whole = true;
    for piece in pieces(server) {
        let name = match piece {
            Piece::Text(text) => {
                url.push_str(text);
                continue;
            }
            Piece::Variable(name) => name,
        };
        match server.variables.as_ref().and_then(|all| all.get(name)) {
            Some(variable) => {
                url.push_str(&variable.default);
                // "If the enum is defined, the value MUST exist in the enum's values" (OpenAPI 3.1,
                // Server Variable Object): a blank one that doesn't stands for none.
                let values = &variable.enumeration;
                is_whole &= !variable.default.is_empty()
                    || values.is_empty()
                    || values.contains(&variable.default);
            }
            None => is_whole = false,
        }
    }
    (url, is_whole)
}

/// Whether a URL begins with a variable that is no path: what it holds is not below another server.
fn begins_with_host_variable(server: &openapiv3::Server) -> bool {
    let Some(Piece::Variable(name)) = pieces(server).next() else {
        return false;
    };
    let variable = server.variables.as_ref().and_then(|all| all.get(name));
    !variable.is_some_and(|it| it.default.starts_with('/'))
}

/// Whether a URL has a host without gaps, and no gaps in its path.
fn has_whole_parts(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.split(':').next().unwrap_or_default();
    let is_host = host.split('.').all(|label| !label.is_empty()) || host.starts_with('[');
    is_host && !path.trim_end_matches('/').contains("//") && !path.starts_with('/')
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether a URL names no path.
pub(super) fn is_origin(url: &str) -> bool {
    origin(url) == url
}

/// Scheme and host of a URL.
fn origin(url: &str) -> &str {
    let scheme_end = url.find("://").map_or(0, |at| at + 3);
    let path = url[scheme_end..].find('/');
    path.map_or(url, |at| &url[..scheme_end + at])
}

/// A relative reference beside an absolute URL (RFC 3986 section 5.2); one that names no path
/// from the root stands behind the URL's own.
fn beside<'a>(base: Option<&str>, url: &'a str) -> Cow<'a, str> {
    let Some(base) = base.filter(|_| !is_absolute(url)) else {
        return url.into();
    };
    if url.starts_with("//") {
        let scheme = base.split_once("//").map_or("", |(scheme, _)| scheme);
        return format!("{scheme}{url}").into();
    }
    if url.starts_with('/') {
        return [origin(base), url].concat().into();
    }
    let (base, url) = (
        base.trim_end_matches('/'),
        url.strip_prefix("./").unwrap_or(url),
    );
    format!("{base}/{url}").into()
}
