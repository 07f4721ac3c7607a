//! Redirects that an operation documents as its responses.

use crate::diagnostic::WarningCode;
use crate::model::{Parameter, ParameterLocation, ResponseContent, Statuses};
use crate::pointer::push;

use super::super::Lowering;
use super::media::json_of;
use super::responses::{Alternative, Case, Raw};

/// The status of a response to a conditional request whose condition didn't hold.
const NOT_MODIFIED: u16 = 304;

/// The request headers that make a GET conditional (RFC 9110 section 13.1).
const CONDITIONS: [&str; 2] = ["if-none-match", "if-modified-since"];

pub(super) fn is_redirect(statuses: Statuses) -> bool {
    match statuses {
        Statuses::One(status) => (300..400).contains(&status),
        Statuses::Range(hundred) => hundred == 3,
        Statuses::Default => false,
    }
}

/// The redirects that are responses: each a status, or the first digit of a hundred of them.
pub(super) fn statuses(cases: &[Case]) -> Vec<u16> {
    let statuses = cases.iter().map(|case| case.statuses);
    let redirects = statuses.filter(|it| is_redirect(*it));
    redirects
        .filter_map(|it| match it {
            Statuses::One(status) => Some(status),
            Statuses::Range(hundred) => Some(hundred),
            Statuses::Default => None,
        })
        .collect()
}

impl Lowering<'_> {
    /// What a redirect is given as; none where it isn't a response.
    ///
    /// A 304 responds to a condition in the request (RFC 9110 section 15.4.5). Where no parameter states
    /// one, none comes, and the type of the success needn't make room for it.
    pub(super) fn redirection(
        &mut self,
        raw: &Raw<'_>,
        has_success: bool,
        parameters: &[Parameter],
    ) -> Option<Vec<Alternative>> {
        if raw.statuses == Statuses::One(NOT_MODIFIED) {
            let states_condition = parameters.iter().any(|parameter| {
                let name = parameter.wire.to_ascii_lowercase();
                parameter.place == ParameterLocation::Header && CONDITIONS.contains(&name.as_str())
            });
            if has_success && !states_condition {
                let message = "no parameter of this operation can cause 304, so it remains an \
                    error with that status: describe `If-None-Match` or `If-Modified-Since` to \
                    make it a response";
                self.warning(WarningCode::UntypedRedirect, &raw.pointer, message);
                return None;
            }
            return Some(Vec::new());
        }
        let described = json_of(&raw.response.content).and_then(|(_, media)| media.schema.as_ref());
        if described.is_some_and(|schema| !self.schemas.says_nothing(schema.into())) {
            let message = "only status and `Location` of a redirect are typed; read its content \
                with `send_with_response` and `Response::json`";
            self.warning(
                WarningCode::UntypedRedirect,
                &push(&raw.pointer, "content"),
                message,
            );
        }
        Some(vec![Alternative {
            content: ResponseContent::Redirection,
            media_types: Vec::new(),
            accept: Vec::new(),
        }])
    }
}
