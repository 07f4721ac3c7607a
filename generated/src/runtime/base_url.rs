//! The base URL of requests.

use reqwest::Url;

/// A validated base URL: `http` or `https`, a host, and optionally a path.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    /// The URL without a trailing slash.
    text: String,
    url: Url,
}

impl BaseUrl {
    /// Validates a base URL. The error says what is wrong and how to fix it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let shown = shown(text);
        let url = Url::parse(text).map_err(|error| {
            format!("the base URL `{shown}` is invalid ({error}): expected a URL such as `https://api.example.com`")
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!(
                "the base URL `{shown}` must start with `http://` or `https://`"
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(format!(
                "the base URL `{shown}` must not contain a user name or a password: send them in a header"
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "the base URL `{shown}` must not contain a query (`?`) or a fragment (`#`): requests add their own query"
            ));
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, url })
    }

    /// The URL without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The URL of a path, which includes that of the base URL, and of a query, which may be empty. The base
    /// URL isn't parsed again.
    pub(crate) fn join(&self, path: &str, query: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        if !query.is_empty() {
            url.set_query(Some(query));
        }
        url
    }

    /// The path of the base URL, without a trailing slash.
    pub(crate) fn prefix(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// Whether the scheme is `https`.
    pub(crate) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether a URL has the same scheme, host and port (RFC 6454, 5).
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.url.scheme() == url.scheme()
            && self.url.host_str() == url.host_str()
            && self.url.port_or_known_default() == url.port_or_known_default()
    }
}

/// The part of an invalid URL that contains no secrets: no user name, password, query and fragment.
fn shown(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let text = match text.rsplit_once('@') {
        Some((_, host)) => format!("...@{host}"),
        None => text.to_owned(),
    };
    text.chars()
        .filter(|character| !character.is_control())
        .take(200)
        .collect()
}
