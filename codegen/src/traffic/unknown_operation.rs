//! Requests to the API that no operation has.

use serde_json::Value;

use crate::pointer::push;

use super::Traffic;
use super::bodies::unknown;
use super::exchange::{Exchange, UrlParts, is_json};
use super::finding::{DeviationKind, Found};
use super::inferred;
use super::places::Places;
use super::secrets::Secrets;

/// Methods that a description can have (OpenAPI 3.1.1, "Path Item Object"); browsers send `OPTIONS` by themselves.
const METHODS: [&str; 7] = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "TRACE"];

impl Traffic<'_> {
    /// Notes an operation that isn't described, by its path with parameters in place of what looks like an identifier.
    pub(super) fn unknown_operation(
        &mut self,
        path: &[String],
        exchange: &Exchange,
        secrets: &Secrets,
        place: &str,
    ) {
        /// Longer paths are of nothing that anybody describes.
        const MOST_SEGMENTS: usize = 32;
        let method = exchange.method.to_ascii_uppercase();
        if !METHODS.contains(&method.as_str()) || path.len() > MOST_SEGMENTS {
            return;
        }
        let places = Places { root: &self.root };
        let template = template(path, secrets, &places.keys("/paths"));
        let own = push("/paths", &template);
        let others = METHODS.iter().filter(|it| {
            let operation = push(&own, &it.to_ascii_lowercase());
            crate::pointer::get(&self.root, &operation).is_some()
        });
        let others: Vec<&str> = others.copied().collect();
        let route = format!("{method} {template}");
        let mut message = format!("no operation is described for {route}");
        if !others.is_empty() {
            message.extend(["; the path has ", &others.join(", ")]);
        }
        let at = places.existing(own);
        let key = (DeviationKind::UndocumentedOperation, at, route);
        let noted = self
            .findings
            .note(key, place, || Found::new(message).at_key());
        let Some(evidence) = noted else { return };
        let body = exchange.response_body.as_ref();
        let body = body.filter(|it| !it.text.trim().is_empty());
        let media = body.map(super::exchange::RecordedBody::essence);
        let media = media.filter(|it| secrets.allow(it) && it.split('/').count() == 2);
        let json = body.and_then(unknown);
        evidence.response(exchange.status, media.as_deref(), json.as_ref(), secrets);
        for (name, value) in UrlParts::of(&exchange.url).pairs() {
            if secrets.allow(&name) && !super::secrets::is_secret_name(&name) {
                evidence
                    .parameters
                    .entry(name)
                    .or_insert_with(|| inferred::of_text(&value));
            }
        }
        let sent = exchange.request_body.as_ref();
        let sent = sent.filter(|it| is_json(&it.essence()));
        let sent: Option<Value> = sent.and_then(|it| serde_json::from_str(&it.text).ok());
        if let Some(sent) = sent {
            evidence.schema.add(&sent, secrets);
        }
    }
}

/// A path template: one that the description has, or one whose parameters replace whatever isn't a word.
fn template(path: &[String], secrets: &Secrets, known: &[&str]) -> String {
    let is_same = |template: &&&str| {
        let own: Vec<&str> = template.split('/').skip(1).collect();
        let mut pairs = own.iter().zip(path);
        own.len() == path.len() && pairs.all(|(own, part)| own == part || own.starts_with('{'))
    };
    if let Some(known) = known.iter().find(is_same) {
        return (*known).to_owned();
    }
    let mut parameters = 0;
    let mut template = String::new();
    for part in path {
        template.push('/');
        // Versions and formats have digits, and so have identifiers.
        let is_word = secrets.allow(part) && !part.contains(['@', ':', ' ', '{', '}', '$']);
        if part.is_empty() || is_word {
            template.push_str(part);
        } else {
            parameters += 1;
            let number = if parameters == 1 {
                String::new()
            } else {
                parameters.to_string()
            };
            template.extend(["{id", &number, "}"]);
        }
    }
    template
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_become_parameters() {
        let of = |path: &[&str]| {
            let path: Vec<String> = path.iter().map(|it| (*it).to_owned()).collect();
            template(&path, &Secrets::default(), &["/pets/{pet}"])
        };
        assert_eq!(of(&["pets", "7"]), "/pets/{pet}");
        assert_eq!(
            of(&["v2", "pets", "7", "toys", "5f8d0d55b54764421b7156c5"]),
            "/v2/pets/{id}/toys/{id2}"
        );
    }
}
