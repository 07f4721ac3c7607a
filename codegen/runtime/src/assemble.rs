//! Building the HTTP request.

use std::fmt::Write as _;

use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};

use super::argument::Argument;
use super::call::Call;
use super::content_length;
use super::header;
use super::operation::{Parameter, Place, Style};
use super::path;
use super::profile::Auth;
use super::query;

/// The maximum length of a URL that the HTTP library sends, in bytes.
pub(super) const MAX_URL: usize = 65_534;

/// The message about a URL that is longer, with the parameter that makes it so.
pub(super) fn too_long(url: &Url) -> String {
    let mut message = format!(
        "the URL has {} bytes, and the maximum is {MAX_URL}",
        url.as_str().len()
    );
    let longest = url.query_pairs().max_by_key(|(_, value)| value.len());
    if let Some((name, value)) = longest.filter(|(_, value)| value.len() > MAX_URL / 8) {
        let name: String = name.escape_debug().take(100).collect();
        // Writing to a String can't fail.
        let _ = write!(
            message,
            ": the value of `{name}` has {} of them",
            value.len()
        );
    }
    message
}

impl Call {
    /// Builds the HTTP request; the message says what can't be sent.
    pub(crate) fn request(&self) -> Result<reqwest::Request, String> {
        if let Some(message) = &self.refused {
            return Err(message.clone());
        }
        let url = self.target()?;
        if url.as_str().len() > MAX_URL {
            return Err(too_long(&url));
        }
        let mut request = reqwest::Request::new(self.method.clone(), url);
        *request.headers_mut() = self.headers()?;
        if let Some(body) = &self.body {
            *request.body_mut() = Some(body.content.open()?);
        }
        Ok(request)
    }

    /// The URL of the request.
    pub(super) fn target(&self) -> Result<Url, String> {
        if let Some(url) = &self.at {
            return Ok(self.extended(url.clone()));
        }
        let mut query = self.constant_query()?;
        for (parameter, argument) in self.arguments(Place::Query) {
            self.check(&parameter, argument)?;
            if parameter.style.is_whole_query() || !self.replaces(parameter.name) {
                query::push(&mut query, &parameter, argument);
            }
        }
        self.add_undocumented(&mut query);
        let base = self.base_url();
        let path = self.expanded_path(base.prefix())?;
        Ok(base.join(&path, &query))
    }

    /// Rejects an object whose members would be read differently by the server.
    fn check(&self, parameter: &Parameter, argument: &Argument) -> Result<(), String> {
        query::check(parameter, argument)?;
        let Argument::Object(fields) = argument else {
            return Ok(());
        };
        if !(parameter.explode && parameter.style == Style::Form) {
            return Ok(());
        }
        // Such a member is sent like a parameter of its own, and could be taken for the credential.
        let is_credential = |key: &str| {
            let mut schemes = self.client.inner.profile.schemes.iter();
            schemes.any(|scheme| match (parameter.place, scheme.auth) {
                (Place::Query, Auth::Query(name)) | (Place::Cookie, Auth::Cookie(name)) => {
                    name == key
                }
                _ => false,
            })
        };
        match fields.iter().find(|(key, _)| is_credential(key)) {
            Some((key, _)) => Err(format!(
                "`{}` has a member `{key}`, which is the name of the API's credential parameter",
                parameter.name
            )),
            None => Ok(()),
        }
    }

    /// The URL without its query, which may contain secrets.
    pub(crate) fn shown_url(&self) -> String {
        if let Some(url) = &self.at {
            let mut url = url.clone();
            url.set_query(None);
            return url.into();
        }
        let base = self.base_url().as_str();
        self.expanded_path(base)
            .unwrap_or_else(|_| [base, self.operation.path].concat())
    }

    /// An absolute URL, with the query parameters that it doesn't have yet.
    fn extended(&self, mut url: Url) -> Url {
        let mut query = url.query().unwrap_or_default().to_owned();
        self.add_undocumented(&mut query);
        url.set_query(if query.is_empty() { None } else { Some(&query) });
        url
    }

    /// Adds the undocumented query parameters: the client's, the credential, and the caller's, which
    /// replace all others of the same name.
    ///
    /// As with headers, options of the request take precedence over those of the client.
    fn add_undocumented(&self, query: &mut String) {
        for (name, _) in &self.options.query {
            query::remove(query, name);
        }
        for (name, value) in &self.client.inner.query {
            if !self.has_query(query, name) {
                query::push_pair(query, name, value);
            }
        }
        for credential in self.credentials.iter() {
            if let Auth::Query(name) = credential.scheme().auth
                && !self.has_query(query, name)
            {
                query::push_pair(query, name, credential.secret());
            }
        }
        for (name, value) in &self.options.query {
            query::push_pair(query, name, value);
        }
    }

    /// Whether the caller set a query parameter that replaces others of this name.
    fn replaces(&self, name: &str) -> bool {
        self.options.query.iter().any(|(known, _)| known == name)
    }

    /// Whether the query has, or will have, a parameter of this name, which may be an empty array.
    fn has_query(&self, query: &str, name: &str) -> bool {
        let is_whole = self.at.is_some();
        let given = self.arguments(Place::Query).filter(|_| !is_whole);
        let mut given = given.filter(|(parameter, _)| !parameter.style.is_whole_query());
        self.replaces(name)
            || given.any(|(parameter, _)| parameter.name == name)
            || query::has(query, name)
    }

    /// The query of the operation's path template, without parameters that the request sets itself.
    fn constant_query(&self) -> Result<String, String> {
        let (_, template) = path::parts(self.operation.path);
        if template.is_empty() {
            return Ok(String::new());
        }
        let mut query = path::expand_query(template, &|name| self.path_value(name))?;
        for (parameter, _) in self.arguments(Place::Query) {
            query::remove(&mut query, parameter.name);
        }
        Ok(query)
    }

    fn path_value(&self, name: &str) -> Option<(Parameter, &Argument)> {
        self.arguments(Place::Path)
            .find(|(parameter, _)| parameter.name == name)
    }

    /// The path, after the path of the base URL.
    fn expanded_path(&self, prefix: &str) -> Result<String, String> {
        let mut path = String::with_capacity(prefix.len() + self.operation.path.len() + 64);
        path.push_str(prefix);
        for (parameter, argument) in self.arguments(Place::Path) {
            self.check(&parameter, argument)?;
        }
        let (template, _) = path::parts(self.operation.path);
        path::expand(&mut path, template, &|name| self.path_value(name))?;
        Ok(path)
    }

    /// The headers: the client's, replaced by documented ones, replaced by the caller's, without those that
    /// the caller omits.
    fn headers(&self) -> Result<HeaderMap, String> {
        let defaults = &self.client.inner.headers;
        let mut headers = HeaderMap::with_capacity(defaults.len() + self.options.headers.len() + 4);
        if !self.accept.is_empty() {
            headers.insert(ACCEPT, header::fixed(self.accept)?);
        }
        for (name, value) in self.credentials.iter().filter_map(|it| it.header.as_ref()) {
            headers.insert(name, value.clone());
        }
        for (name, value) in defaults {
            headers.insert(name, value.clone());
        }
        for (parameter, argument) in self.arguments(Place::Header) {
            self.check(&parameter, argument)?;
            let (name, value) = header::parse(parameter.name, &query::plain(&parameter, argument))?;
            headers.insert(name, value);
        }
        if let Some(body) = &self.body {
            headers.insert(CONTENT_TYPE, body.media_type.clone());
        }
        if self.has_no_content() && content_length::is_expected(&self.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for name in &self.options.left_out {
            headers.remove(name);
        }
        for (name, value) in &self.options.headers {
            headers.insert(name, value.clone());
        }
        for scheme in self.client.inner.profile.schemes {
            if let Auth::Header(name) = scheme.auth
                && let Some(value) = headers.get_mut(name)
            {
                value.set_sensitive(true);
            }
        }
        if !self.leaves_out(COOKIE.as_str()) {
            self.add_cookies(&mut headers)?;
        }
        Ok(headers)
    }

    /// Whether the request has no content. The HTTP library sets the length of other content itself.
    fn has_no_content(&self) -> bool {
        self.body
            .as_ref()
            .is_none_or(|body| body.content.is_empty())
    }

    /// Joins all cookies in one header (RFC 6265, 5.4).
    fn add_cookies(&self, headers: &mut HeaderMap) -> Result<(), String> {
        let mut cookies = String::new();
        for credential in self.credentials.iter() {
            if let Auth::Cookie(name) = credential.scheme().auth {
                query::push_cookie_pair(&mut cookies, name, credential.secret());
            }
        }
        for (parameter, argument) in self.arguments(Place::Cookie) {
            self.check(&parameter, argument)?;
            query::push_cookie(&mut cookies, &parameter, argument);
        }
        if cookies.is_empty() {
            return Ok(());
        }
        if let Some(given) = headers.get(COOKIE) {
            let given = given
                .to_str()
                .map_err(|_| "the header `cookie` isn't text".to_owned())?;
            cookies = format!("{given}; {cookies}");
        }
        let (_, value) = header::parse(COOKIE.as_str(), &cookies)?;
        headers.insert(COOKIE, value);
        Ok(())
    }
}
