//! Downloads a description.

use std::io::Read as _;
use std::time::Duration;

use ureq::http::{Response, StatusCode, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, ResponseExt as _};

use crate::encoding;
use crate::failure::Failure;

use super::origin::public;

/// Most redirects that are followed of a URL that the command line names.
const REDIRECTS: u32 = 10;

/// What a download may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Bytes, decompressed.
    bytes: u64,
    /// Time until there is a connection, and until there is a response.
    response: Duration,
    /// Time for all of it.
    all: Duration,
    /// Most redirects that are followed.
    redirects: u32,
}

impl Bounds {
    /// So many bytes, within the time that the slowest of lines takes for them.
    pub(super) fn new(bytes: u64) -> Self {
        Self {
            bytes,
            response: Duration::from_secs(30),
            all: Duration::from_secs(600),
            redirects: REDIRECTS,
        }
    }

    /// Redirects aren't followed: where they lead may not be allowed.
    pub(super) fn without_redirects(self) -> Self {
        Self {
            redirects: 0,
            ..self
        }
    }
}

/// The description at a URL, as it is.
pub(super) fn text(url: &str, bounds: Bounds) -> Result<String, Failure> {
    let uri: Uri = url.parse().map_err(|error| {
        let url = url.escape_debug();
        Failure::usage(format!("`{url}` is not a valid URL: {error}"))
    })?;
    let response = agent(bounds).get(&uri).call();
    let response = response.map_err(|error| broken(url, &error))?;
    let place = Provenance::of(url, &uri, &response);
    place.check(&uri, &response)?;
    let is_page = response.body().mime_type() == Some("text/html");
    let bytes = bytes(response, bounds).map_err(|error| broken(url, &error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > bounds.bytes) {
        let megabytes = bounds.bytes / 1_000_000;
        return Err(place
            .wrong(&format!("returned more than {megabytes} MB"))
            .help("if this is intended, download the file, and pass it to --spec"));
    }
    let text = encoding::text(bytes).map_err(|_| place.wrong("returned text that is not UTF-8"))?;
    if is_page && !is_description(&text) || is_html(&text) {
        return Err(place
            .wrong("returned a web page, not an OpenAPI description")
            .help(page_help(url)));
    }
    if text.trim().is_empty() {
        return Err(place.wrong("returned an empty body"));
    }
    Ok(text)
}

fn agent(bounds: Bounds) -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .max_redirects(bounds.redirects)
        .timeout_connect(Some(bounds.response))
        .timeout_recv_response(Some(bounds.response))
        .timeout_global(Some(bounds.all))
        // Many servers have both forms of a description at one address.
        .accept("application/json, application/yaml;q=0.9, */*;q=0.5")
        .build()
        .into()
}

/// The body, but no more than shows that there is too much of it: a server can send for ever.
fn bytes(response: Response<Body>, bounds: Bounds) -> Result<Vec<u8>, ureq::Error> {
    let mut bytes = Vec::new();
    let body = response.into_body().into_reader();
    body.take(bounds.bytes.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where a response came from, for messages.
struct Provenance {
    asked: String,
    /// Where redirects led to, if there were any.
    redirected: Option<String>,
}

impl Provenance {
    fn of(url: &str, asked: &Uri, response: &Response<Body>) -> Self {
        let end = response.get_uri();
        Self {
            asked: public(url),
            redirected: (end != asked).then(|| public(&end.to_string())),
        }
    }

    /// Refuses a response that is no success, and one that came over an open line where a safe one was
    /// asked for.
    fn check(&self, asked: &Uri, response: &Response<Body>) -> Result<(), Failure> {
        if asked.scheme_str() == Some("https") && response.get_uri().scheme_str() != Some("https") {
            return Err(self.wrong("redirects to a URL without TLS"));
        }
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let failure = self.wrong(&format!("returned {status}"));
        Err(match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                failure.help("download the file where you are logged in, and pass it to --spec")
            }
            _ if status.is_redirection() => failure.help(redirection(response)),
            _ if status.is_server_error() => failure.help("retry later"),
            _ => failure.help("open the URL in a browser to verify it"),
        })
    }

    fn wrong(&self, what: &str) -> Failure {
        let failure = Failure::work(format!("`{}` {what}", self.asked.escape_debug()));
        match &self.redirected {
            Some(redirected) => {
                failure.note(format!("redirected to {}", redirected.escape_debug()))
            }
            None => failure,
        }
    }
}

/// What to do about a redirect that isn't followed.
fn redirection(response: &Response<Body>) -> String {
    let location = response.headers().get("location");
    match location.and_then(|it| it.to_str().ok()) {
        Some(to) => format!(
            "it redirects to `{}`: refer to that URL, and allow it",
            public(to).escape_debug()
        ),
        None => "open the URL in a browser to verify it".to_owned(),
    }
}

fn broken(url: &str, error: &ureq::Error) -> Failure {
    let url = public(url);
    let failure = Failure::work(format!("can't download `{}`: {error}", url.escape_debug()));
    match error {
        ureq::Error::HostNotFound => {
            failure.help("verify the host name and the network connection")
        }
        ureq::Error::TooManyRedirects => failure.help("pass the final URL to --spec"),
        _ => failure.help("or download the file by other means, and pass it to --spec"),
    }
}

/// Whether a text begins as web pages do (HTML, "Writing HTML documents").
fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = start.chars().take(16).collect();
    let start = start.to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<!--"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// Whether a text says that it is a description, whatever its server calls it.
fn is_description(text: &str) -> bool {
    !is_html(text) && (text.contains("openapi") || text.contains("swagger"))
}

/// How to get from a page to the file that it shows.
fn page_help(url: &str) -> String {
    let raw = public(url);
    let raw = raw
        .strip_prefix("https://github.com/")
        .filter(|path| path.contains("/blob/"))
        .map(|path| path.replacen("/blob/", "/", 1));
    match raw {
        Some(path) => format!("pass --spec https://raw.githubusercontent.com/{path}"),
        None => "pass the URL of the file itself to --spec, as linked by \"Raw\" or \"Download\""
            .to_owned(),
    }
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;
