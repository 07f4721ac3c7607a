//! Exchanges as fixtures for tests: the first of each operation and status, without secrets.

use serde_json::Value;

use crate::model::{Api, BodyContent, Operation};

use super::bodies::{Expected, expected};
use super::exchange::{Exchange, RecordedBody, UrlParts, is_json, pairs};
use super::routes::Match;
use super::secrets::{REDACTED, Secrets, redacted};
use super::{Traffic, operation};

/// An exchange without secrets, with values that have the types of those that were recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficExample {
    /// A name for a file: the id of the operation and the status.
    pub name: String,
    /// The exchange.
    pub exchange: Exchange,
}

impl Traffic<'_> {
    /// The exchange as a fixture, if it is one of an operation. Of a body, names of fields and values that an enum has are
    /// kept; all other strings and numbers are replaced by others of their kind. Headers are left out, except for the media
    /// types.
    pub fn example(&self, exchange: &Exchange) -> Option<TrafficExample> {
        if exchange.status < 100 {
            return None;
        }
        let Match::Operation(id) = self.routes.find(exchange) else {
            return None;
        };
        let operation = operation(&self.api, id)?;
        let secrets = Secrets::of(exchange, &self.credentials);
        let letters = operation.id.chars();
        let name = letters.map(|it| if it.is_ascii_alphanumeric() { it } else { '-' });
        Some(TrafficExample {
            name: format!("{}-{}", name.collect::<String>(), exchange.status),
            exchange: Exchange {
                method: operation.http.as_str().to_owned(),
                url: url(operation, exchange),
                status: exchange.status,
                request_body: request_body(&self.api, operation, exchange, &secrets),
                response_body: response_body(&self.api, operation, exchange, &secrets),
                ..Exchange::default()
            },
        })
    }
}

/// The URL of an operation with other values: its host is one that never exists (RFC 2606 section 3).
fn url(operation: &Operation, exchange: &Exchange) -> String {
    let template = crate::path_template::PathTemplate::of(&operation.path);
    let mut url = String::from("https://example.com");
    let mut rest = template.path;
    while let Some((before, inside)) = rest.split_once('{')
        && let Some((_, behind)) = inside.split_once('}')
    {
        url.push_str(before);
        url.push_str(REDACTED);
        rest = behind;
    }
    url.push_str(rest);
    let sent: Vec<String> = UrlParts::of(&exchange.url)
        .pairs()
        .map(|(name, _)| name)
        .collect();
    let parameters = operation.parameters.iter();
    let mut query: Vec<String> = template.pairs().map(str::to_owned).collect();
    query.extend(
        parameters
            .filter(|it| it.place == crate::model::ParameterLocation::Query)
            .filter(|it| sent.contains(&it.wire))
            .map(|it| format!("{}={REDACTED}", it.wire)),
    );
    if !query.is_empty() {
        url.push('?');
        url.push_str(&query.join("&"));
    }
    url
}

fn request_body(
    api: &Api,
    operation: &Operation,
    exchange: &Exchange,
    secrets: &Secrets,
) -> Option<RecordedBody> {
    let recorded = exchange.request_body.as_ref()?;
    let essence = recorded.essence();
    let ty = match operation.body.as_ref().map(|it| &it.content) {
        Some(BodyContent::Json(ty)) => Some(ty),
        _ => None,
    };
    let text = if is_json(&essence) {
        let value: Value = serde_json::from_str(&recorded.text).ok()?;
        redacted(api, ty, &value, secrets).to_string()
    } else if essence == "application/x-www-form-urlencoded" {
        let names = pairs(&recorded.text).filter(|(name, _)| secrets.allow(name));
        let pairs = names.map(|(name, _)| format!("{name}={REDACTED}"));
        pairs.collect::<Vec<_>>().join("&")
    } else {
        return None;
    };
    Some(RecordedBody {
        media_type: essence,
        text,
    })
}

fn response_body(
    api: &Api,
    operation: &Operation,
    exchange: &Exchange,
    secrets: &Secrets,
) -> Option<RecordedBody> {
    let recorded = exchange.response_body.as_ref()?;
    let essence = recorded.essence();
    if !is_json(&essence) {
        let is_text = essence.starts_with("text/") && !recorded.text.is_empty();
        return is_text.then(|| RecordedBody {
            media_type: essence,
            text: REDACTED.to_owned(),
        });
    }
    let ty = match expected(operation, exchange.status, &essence) {
        Expected::Json(ty) | Expected::String(ty) => Some(ty),
        Expected::Untyped => None,
    };
    // A body that is no JSON could be anything.
    let value: Value = serde_json::from_str(&recorded.text).ok()?;
    Some(RecordedBody {
        text: redacted(api, ty, &value, secrets).to_string(),
        media_type: essence,
    })
}
