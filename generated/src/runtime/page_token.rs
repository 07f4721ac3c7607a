//! Page tokens: where they come from, and how a request is changed to that of their page.

use reqwest::header::HeaderMap;

use super::call::Call;

/// A page token that comes from a header, goes into one, or has to be asked for.
#[derive(Clone, Copy, Debug)]
pub struct OtherToken {
    /// The query parameter or header that it is sent as.
    pub parameter: &'static str,
    /// Whether that is a header.
    pub is_header: bool,
    /// The path of the token in the page, for messages, unless it is in a header.
    pub field: &'static str,
    /// The response header with the token, if it isn't in the page.
    pub from_header: Option<&'static str>,
    /// The query parameter that has to be `true` for responses to have tokens.
    pub switch: Option<&'static str>,
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
    let given = if by.is_header {
        call.header_value(by.parameter)
    } else {
        call.query_value(by.parameter)
    };
    given.filter(|it| !it.is_empty())
}

/// Changes the request to that of a page, by its token.
pub(crate) fn set_token(call: &mut Call, by: OtherToken, token: &str) {
    if by.is_header {
        call.options.headers.remove(by.parameter);
        call.header::<String>(by.parameter, token);
    } else {
        set_parameter(call, by.parameter, token);
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
