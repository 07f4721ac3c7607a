//! The request that a call makes.

use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};

use super::call::Call;
use super::content_length;
use super::header;
use super::operation::Place;
use super::path;
use super::profile::Auth;
use super::query;

impl Call {
    /// The request; the message says what can't be sent.
    pub(crate) fn request(&self) -> Result<reqwest::Request, String> {
        if let Some(message) = &self.refused {
            return Err(message.clone());
        }
        let mut request = reqwest::Request::new(self.method.clone(), self.target()?);
        *request.headers_mut() = self.headers()?;
        if let Some(body) = &self.body {
            *request.body_mut() = Some(body.content.open()?);
        }
        Ok(request)
    }

    /// The URL that the call goes to.
    pub(super) fn target(&self) -> Result<Url, String> {
        if let Some(url) = &self.at {
            return Ok(self.extended(url.clone()));
        }
        let mut query = String::new();
        for (parameter, argument) in self.arguments(Place::Query) {
            query::push(&mut query, &parameter, argument);
        }
        self.add_further(&mut query);
        let base = self.base_url();
        let path = self.expanded_path(base.prefix())?;
        Ok(base.join(&path, &query))
    }

    /// The URL without its query, which may hold what nobody else should read.
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

    /// A URL that is given whole, with the credential and the caller's own pairs behind its query.
    fn extended(&self, mut url: Url) -> Url {
        let mut query = url.query().unwrap_or_default().to_owned();
        self.add_further(&mut query);
        url.set_query(if query.is_empty() { None } else { Some(&query) });
        url
    }

    /// What of the query no parameter documents.
    fn add_further(&self, query: &mut String) {
        for credential in self.credentials.iter() {
            if let Auth::Query(name) = credential.auth() {
                query::push_pair(query, name, credential.secret());
            }
        }
        for (name, value) in &self.options.query {
            query::push_pair(query, name, value);
        }
    }

    /// The path behind a prefix.
    fn expanded_path(&self, prefix: &str) -> Result<String, String> {
        let mut path = String::with_capacity(prefix.len() + self.operation.path.len() + 64);
        path.push_str(prefix);
        path::expand(&mut path, self.operation.path, &|name| {
            self.arguments(Place::Path)
                .find(|(parameter, _)| parameter.name == name)
        })?;
        Ok(path)
    }

    /// The headers: the client's, the documented ones over them, the caller's over all.
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
            let (name, value) = header::parse(parameter.name, &query::plain(&parameter, argument))?;
            headers.insert(name, value);
        }
        if let Some(body) = &self.body {
            headers.insert(CONTENT_TYPE, body.media_type.clone());
        }
        if self.has_no_content() && content_length::is_expected(&self.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in &self.options.headers {
            headers.insert(name, value.clone());
        }
        self.add_cookies(&mut headers)?;
        Ok(headers)
    }

    /// Whether nothing comes behind the headers. The HTTP library tells the length of all else itself.
    fn has_no_content(&self) -> bool {
        self.body
            .as_ref()
            .is_none_or(|body| body.content.is_empty())
    }

    /// Joins all cookies in one header: servers don't take two (RFC 6265, 5.4).
    fn add_cookies(&self, headers: &mut HeaderMap) -> Result<(), String> {
        let mut cookies = String::new();
        for credential in self.credentials.iter() {
            if let Auth::Cookie(name) = credential.auth() {
                query::push_cookie_pair(&mut cookies, name, credential.secret());
            }
        }
        for (parameter, argument) in self.arguments(Place::Cookie) {
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
