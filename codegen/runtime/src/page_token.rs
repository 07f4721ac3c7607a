//! Page tokens: where they come from, and how a request is changed to that of their page.

use reqwest::header::HeaderMap;

use super::call::Call;
use super::page_body;

/// A page token that comes from a header, goes into one, or has to be asked for.
#[derive(Clone, Copy, Debug)]
pub struct OtherToken {
    /// The query parameter, header or member of the body that it is sent as.
    pub parameter: &'static str,
    /// Which of these it is.
    pub place: TokenPlace,
    /// The path of the token in the page, for messages, unless it is in a header.
    pub field: &'static str,
    /// The response header with the token, if it isn't in the page.
    pub from_header: Option<&'static str>,
    /// The query parameter that has to be `true` for responses to have tokens.
    pub switch: Option<&'static str>,
}

/// Where a request has its page token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A string in the JSON body.
    BodyString,
    /// A number in the JSON body.
    BodyNumber,
}

impl OtherToken {
    /// Whether the token is where a page ends, and not by its name what comes next.
    pub(crate) fn is_position(&self) -> bool {
        let name = self.from_header.unwrap_or(self.field);
        !name.to_ascii_lowercase().contains("next")
    }

    /// Where the token comes from, for messages.
    pub(crate) fn source(&self) -> String {
        match self.from_header {
            Some(header) => format!("the header `{header}`"),
            None => format!("`{}`", self.field),
        }
    }
}

/// The token that the request begins with; what makes the server respond with tokens is set.
pub(crate) fn start_token(call: &mut Call, by: OtherToken) -> Option<String> {
    if let Some(switch) = by.switch
        && call.query_value(switch).is_none()
    {
        set_parameter(call, switch, "true");
    }
    let given = match by.place {
        TokenPlace::Query => call.query_value(by.parameter),
        TokenPlace::Header => call.header_value(by.parameter),
        TokenPlace::BodyString | TokenPlace::BodyNumber => page_body::member(call, by.parameter),
    };
    given.filter(|it| !it.is_empty())
}

/// Changes the request to that of a page, by its token.
pub(crate) fn set_token(call: &mut Call, by: OtherToken, token: &str) {
    match by.place {
        TokenPlace::Query => set_parameter(call, by.parameter, token),
        TokenPlace::Header => {
            call.options.headers.remove(by.parameter);
            call.header::<String>(by.parameter, token);
        }
        TokenPlace::BodyString => page_body::set_member(call, by.parameter, token, false),
        TokenPlace::BodyNumber => page_body::set_member(call, by.parameter, token, true),
    }
}

/// The value of a response header, if it is text.
pub(crate) fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.trim().to_owned())
}

/// Changes the request to that of a page, by a query parameter.
pub(crate) fn set_parameter(call: &mut Call, parameter: &'static str, token: &str) {
    call.options.query.retain(|(name, _)| name != parameter);
    call.query::<String>(parameter, token);
}
