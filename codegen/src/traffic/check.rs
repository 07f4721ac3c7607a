//! An exchange of an operation, compared with what the description says of it.

use serde_json::Value;

use crate::model::{BodyContent, Type};
use crate::pointer::push;

use super::bodies::{Body, Expected, Scene, expected, has_text, is_of, unknown};
use super::compare::fits;
use super::exchange::{Exchange, RecordedBody, is_json};
use super::finding::{DeviationKind, Found};

/// Statuses of failures begin here: what led to one is not evidence of what the server accepts.
const FIRST_FAILURE: u16 = 400;

impl Scene<'_> {
    /// Compares an exchange; returns how many bodies were compared.
    pub(super) fn check(&mut self, exchange: &Exchange) -> u64 {
        let mut bodies = 0;
        if exchange.status < FIRST_FAILURE {
            self.parameters(exchange);
            bodies += u64::from(self.request_body(exchange));
        }
        bodies + u64::from(self.response(exchange))
    }

    /// The pointer of the operation.
    pub(super) fn at(&self) -> String {
        self.places
            .operation(&self.operation.path, self.operation.http)
    }

    fn request_body(&mut self, exchange: &Exchange) -> bool {
        let Some(recorded) = exchange.request_body.as_ref().filter(|it| has_text(it)) else {
            return false;
        };
        let operation = self.operation;
        let name = format!("the request of {}", operation.route());
        let owner = self.places.follow(push(&self.at(), "requestBody"));
        let essence = recorded.essence();
        let content = push(&owner, "content");
        let key = self.media_key(&content, &essence);
        let Some(key) = key else {
            self.undocumented_media_type(&owner, &name, recorded, None);
            return false;
        };
        let place = push(&push(&content, key), "schema");
        let body = Body {
            name: &name,
            place: &place,
        };
        match operation.body.as_ref().map(|it| &it.content) {
            Some(BodyContent::Json(ty)) if is_json(&essence) => {
                if let Some(value) = self.parsed(&recorded.text, body) {
                    self.json(ty, &value, body);
                }
            }
            Some(BodyContent::Form { ty, .. })
                if essence == "application/x-www-form-urlencoded" =>
            {
                self.form(ty, &recorded.text, body);
            }
            _ => return false,
        }
        true
    }

    fn response(&mut self, exchange: &Exchange) -> bool {
        let (operation, status) = (self.operation, exchange.status);
        let name = format!("the response of {}", operation.route());
        let responses = push(&self.at(), "responses");
        let recorded = exchange.response_body.as_ref().filter(|it| has_text(it));
        let Some(key) = self.status_key(&responses, status) else {
            self.undocumented_status(&responses, status, recorded);
            return false;
        };
        let Some(recorded) = recorded else {
            return false;
        };
        let owner = self.places.follow(push(&responses, &key));
        let content = push(&owner, "content");
        let essence = recorded.essence();
        let Some(key) = self.media_key(&content, &essence) else {
            self.undocumented_media_type(&owner, &name, recorded, Some(status));
            return false;
        };
        let media = push(&content, key);
        let place = push(&media, "schema");
        let body = Body {
            name: &name,
            place: &place,
        };
        if let Some(events) = &operation.events
            && is_of(&events.accept, &essence)
            && (200..300).contains(&status)
        {
            let item = push(&media, "itemSchema");
            let has_item = self.places.existing(item.clone()) == item;
            let place = if has_item { item } else { place.clone() };
            let body = Body {
                place: &place,
                ..body
            };
            if let Some(ty) = events.item.ty() {
                self.events(events.format, ty, &recorded.text, body);
            }
            return true;
        }
        match expected(operation, status, &essence) {
            Expected::Json(ty) if is_json(&essence) => self.read(ty, recorded, body),
            Expected::String(ty) if is_json(&essence) => self.read(ty, recorded, body),
            Expected::String(ty) => {
                let text = recorded.text.as_str();
                self.json(ty, &Value::from(text), body);
            }
            _ if is_json(&essence) => drop(self.parsed(&recorded.text, body)),
            _ => return false,
        }
        true
    }

    fn read(&mut self, ty: &Type, recorded: &RecordedBody, body: Body<'_>) {
        if let Some(value) = self.parsed(&recorded.text, body) {
            self.json(ty, &value, body);
        }
    }

    /// The key of the Responses Object for a status.
    fn status_key(&self, responses: &str, status: u16) -> Option<String> {
        let keys = self.places.keys(responses);
        let range = format!("{}XX", status / 100);
        let own = status.to_string();
        let names = [own.as_str(), &range, "default"];
        // A redirect that is followed, and a response from a cache, aren't documented by anybody.
        let found = names
            .iter()
            .find_map(|name| keys.iter().find(|it| it.eq_ignore_ascii_case(name)));
        found.map(|key| (*key).to_owned())
    }

    /// The key of a `content` object for a media type: the most precise one.
    fn media_key(&self, content: &str, essence: &str) -> Option<&str> {
        let keys = self.places.keys(content).into_iter();
        let fitting = keys.filter(|key| is_of(key, essence));
        fitting.max_by_key(|key| !key.contains('*'))
    }

    fn undocumented_status(
        &mut self,
        responses: &str,
        status: u16,
        recorded: Option<&RecordedBody>,
    ) {
        let place = self.places.existing(responses.to_owned());
        let message = format!(
            "{} returns the status {status}, which isn't documented",
            self.operation.route()
        );
        let reference = recorded.and_then(|it| self.same_body(status, it));
        let media = recorded.map(|it| self.shown_media(it));
        let body = recorded.and_then(unknown);
        let key = (DeviationKind::UndocumentedStatus, place, status.to_string());
        let secrets = self.secrets;
        let noted = self.findings.note(key, self.exchange, || {
            let mut found = Found::new(message).at_key();
            found.evidence.reference.clone_from(&reference);
            found
        });
        if let Some(evidence) = noted {
            if evidence.reference != reference {
                evidence.reference = None;
            }
            evidence.response(status, media.as_deref(), body.as_ref(), secrets);
        }
    }

    /// The schema of another response of the operation, if the body is valid for its type: a reference, so that both have
    /// the same type.
    fn same_body(&self, status: u16, recorded: &RecordedBody) -> Option<Value> {
        let value = unknown(recorded)?;
        let responses = push(&self.at(), "responses");
        let is_failure = |status: u16| status >= FIRST_FAILURE;
        for key in self.places.keys(&responses) {
            let Some(other) = key.get(..1).and_then(|it| it.parse::<u16>().ok()) else {
                continue;
            };
            let other = key.parse().unwrap_or(other * 100);
            if is_failure(other) != is_failure(status) {
                continue;
            }
            let content = push(&self.places.follow(push(&responses, key)), "content");
            let essence = recorded.essence();
            let Some(media) = self.media_key(&content, &essence) else {
                continue;
            };
            let schema = push(&push(&content, media), "schema");
            let reference = crate::pointer::get(self.places.root, &push(&schema, "$ref"));
            let Expected::Json(ty) = expected(self.operation, other, &essence) else {
                continue;
            };
            if let Some(reference) = reference
                && fits(self.api, ty, &value)
            {
                return Some(serde_json::json!({"$ref": reference}));
            }
        }
        None
    }

    /// The media type of a body, if it may be shown.
    fn shown_media(&self, recorded: &RecordedBody) -> String {
        let essence = recorded.essence();
        let is_media_type = essence.split('/').count() == 2;
        if is_media_type && self.secrets.allow(&essence) {
            return essence;
        }
        "application/octet-stream".to_owned()
    }

    fn undocumented_media_type(
        &mut self,
        owner: &str,
        name: &str,
        recorded: &RecordedBody,
        status: Option<u16>,
    ) {
        let place = self.places.existing(owner.to_owned());
        let media = self.shown_media(recorded);
        let message = match status {
            Some(status) => {
                format!("{name} with the status {status} is `{media}`, which isn't documented")
            }
            None => format!("{name} is `{media}`, which isn't documented"),
        };
        let body = unknown(recorded);
        let key = (DeviationKind::UndocumentedMediaType, place, media.clone());
        let noted = self
            .findings
            .note(key, self.exchange, || Found::new(message).at_key());
        if let Some(evidence) = noted {
            let status = status.unwrap_or_default();
            evidence.response(status, Some(&media), body.as_ref(), self.secrets);
        }
    }
}
