//! The headers of responses, as far as they tell about pages.

use serde_json::Value;

use crate::pointer::push;

use super::super::operations::Found;
use super::Paging;

impl Paging<'_, '_> {
    /// Whether a success is documented to have the header `Link` (RFC 8288).
    pub(super) fn documents_links(&self, found: &Found<'_>) -> bool {
        let headers = self.response_headers(found);
        headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("link"))
    }

    /// The headers of successes, each with what the document says about it.
    pub(super) fn response_headers(&self, found: &Found<'_>) -> Vec<(String, String)> {
        let responses = self
            .schemas
            .document
            .value(&push(&found.pointer, "responses"));
        let responses = responses.and_then(Value::as_object).into_iter().flatten();
        let successes = responses.filter(|(status, _)| status.starts_with('2'));
        let headers = successes.filter_map(|(_, response)| {
            self.schemas.followed(response)?.get("headers")?.as_object()
        });
        headers
            .flatten()
            .map(|(name, header)| {
                let docs = self.schemas.followed(header);
                let docs = docs.and_then(|it| it.get("description")?.as_str());
                (name.clone(), docs.unwrap_or_default().to_lowercase())
            })
            .collect()
    }
}
