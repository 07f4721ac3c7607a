//! Requests that pages show against a description.

use crate::facts::{Curl, Operation};
use crate::report::DifferenceKind;
use crate::spec::SpecOperation;

use super::{Comparison, unnamed};

impl Comparison<'_> {
    /// Holds the request that a page shows against the operation.
    pub(super) fn call(&mut self, page: &Operation, spec: &SpecOperation) {
        let Some(curl) = &page.curl else { return };
        self.findings.counts.examples += 1;
        let default = if curl.body.is_some() { "POST" } else { "GET" };
        let method = curl.method.as_deref().unwrap_or(default);
        // `-G` and `-F` say a method, too; what is shown wins where it says one.
        if curl.method.is_some() && method != page.method {
            let message = format!(
                "the example request of {} has the method {method}",
                page.name()
            );
            self.wrong(curl, DifferenceKind::Example, message, &spec.pointer);
        }
        let Some((origin, rest)) = split(&curl.url) else {
            return;
        };
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let Some(prefix) = prefix(path, &page.path).or_else(|| prefix(path, &spec.path)) else {
            let message = format!("the example request of {} is sent to `{path}`", page.name());
            self.wrong(curl, DifferenceKind::Example, message, &spec.pointer);
            return;
        };
        let server = format!("{origin}{prefix}");
        let servers = self.servers();
        let is_known = |it: &String| {
            let it = it.trim_end_matches('/');
            it.contains('{') || it == server || it.starts_with('/') || it.is_empty()
        };
        if !servers.is_empty() && !servers.iter().any(is_known) {
            let message = format!(
                "example requests are sent to `{server}`, which is not a server of the description"
            );
            self.wrong(curl, DifferenceKind::Access, message, "/servers");
        }
        self.credentials(curl);
        self.query(curl, rest, page, spec);
    }

    fn servers(&self) -> Vec<String> {
        let list = self.spec.get("/servers").and_then(|it| it.as_array());
        let urls = list
            .into_iter()
            .flatten()
            .filter_map(|it| it.get("url")?.as_str());
        urls.map(str::to_owned).collect()
    }

    fn credentials(&mut self, curl: &Curl) {
        let bearer = |(name, value): &&(String, String)| {
            name.eq_ignore_ascii_case("authorization")
                && value.to_ascii_lowercase().starts_with("bearer ")
        };
        if curl.headers.iter().find(bearer).is_none() {
            return;
        }
        let schemes = self.spec.get("/components/securitySchemes");
        let mut schemes = schemes.and_then(|it| it.as_object()).into_iter().flatten();
        let is_bearer = schemes.any(|(_, scheme)| {
            let text = |key: &str| {
                scheme
                    .get(key)
                    .and_then(|it| it.as_str())
                    .unwrap_or_default()
            };
            let kind = text("type");
            text("scheme").eq_ignore_ascii_case("bearer")
                || matches!(kind, "oauth2" | "openIdConnect")
                || scheme.get("$ref").is_some()
                || kind == "apiKey" && text("name").eq_ignore_ascii_case("authorization")
        });
        if !is_bearer {
            let message = "example requests have a bearer token, but the description has no \
                security scheme for it"
                .to_owned();
            self.wrong(curl, DifferenceKind::Access, message, "/components");
        }
    }

    fn query(&mut self, curl: &Curl, rest: &str, page: &Operation, spec: &SpecOperation) {
        let Some((_, query)) = rest.split_once('?') else {
            return;
        };
        let known = self.spec.parameters(spec);
        let query = query.split('#').next().unwrap_or_default();
        for pair in query.split('&').filter(|it| !it.is_empty()) {
            let name = pair.split('=').next().unwrap_or_default();
            let base = name.split(['[', '%']).next().unwrap_or_default();
            let on_page = page.parameters.iter().any(|it| it.member.name == base);
            if !on_page && !known.iter().any(|it| it.name == name || it.name == base) {
                let message = format!(
                    "the example request of {} has the parameter `{name}`, but the description doesn't",
                    page.name()
                );
                self.wrong(curl, DifferenceKind::Example, message, &spec.pointer);
            }
        }
    }

    fn wrong(&mut self, curl: &Curl, kind: DifferenceKind, message: String, pointer: &str) {
        let about = vec![(pointer.to_owned(), message.clone())];
        self.findings.tell(
            kind,
            message,
            (curl.at, "shown here".to_owned()),
            (pointer.to_owned(), "described here".to_owned()),
            about,
        );
    }
}

/// Scheme and host of a URL, and what is behind them.
pub(crate) fn split(url: &str) -> Option<(&str, &str)> {
    let start = url.find("://")? + 3;
    let end = url[start..].find('/').map_or(url.len(), |it| start + it);
    Some(url.split_at(end))
}

/// What stands before an operation's path in the path of a URL, whose parameters are variables of the shell or
/// values; nothing where the path isn't that of the operation.
pub(crate) fn prefix<'u>(url: &'u str, path: &str) -> Option<&'u str> {
    let template = unnamed(path);
    let wanted: Vec<&str> = template.split('/').skip(1).collect();
    let found: Vec<&str> = url.split('/').skip(1).collect();
    let before = found.len().checked_sub(wanted.len())?;
    let fits =
        found[before..]
            .iter()
            .zip(&wanted)
            .all(|(found, wanted)| match wanted.split_once("{}") {
                None => found == wanted,
                Some((start, end)) => {
                    let end = end.rsplit("{}").next().unwrap_or_default();
                    found.starts_with(start)
                        && found.ends_with(end)
                        && found.len() > start.len() + end.len()
                }
            });
    let length: usize = found[..before].iter().map(|it| it.len() + 1).sum();
    fits.then(|| url.split_at(length).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_the_path_of_its_operation() {
        assert_eq!(
            split("https://a.example/v1/x"),
            Some(("https://a.example", "/v1/x"))
        );
        assert_eq!(split("/v1"), None);
        assert_eq!(prefix("/v1/cats/$CAT_ID", "/cats/{cat_id}"), Some("/v1"));
        assert_eq!(prefix("/cats/7:purr", "/cats/{id}:purr"), Some(""));
        assert_eq!(prefix("/dogs/7", "/cats/{id}"), None);
        assert_eq!(prefix("/cats", "/v1/cats"), None);
    }
}
