//! Statuses of responses.

/// A key of the responses object (OpenAPI 3.0.3, "Responses Object").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statuses {
    /// One status: `404`.
    One(u16),
    /// All statuses with this first digit: `4XX`.
    Range(u16),
    /// `default`: every status that has no key of its own.
    Default,
}

impl Statuses {
    /// What failures with these statuses are called (RFC 9110, sections 15.5 and 15.6, and the IANA registry), in
    /// the words of the crate `http`.
    pub fn word(self) -> String {
        let status = match self {
            Self::One(status) => status,
            Self::Range(4) => return "ClientError".to_owned(),
            Self::Range(5) => return "ServerError".to_owned(),
            Self::Range(_) | Self::Default => return "Other".to_owned(),
        };
        match WORDS.binary_search_by_key(&status, |(known, _)| *known) {
            Ok(at) => WORDS[at].1.to_owned(),
            Err(_) => format!("Status{status}"),
        }
    }
}

const WORDS: [(u16, &str); 39] = [
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "PayloadTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableEntity"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (506, "VariantAlsoNegotiates"),
    (507, "InsufficientStorage"),
    (508, "LoopDetected"),
    (510, "NotExtended"),
    (511, "NetworkAuthenticationRequired"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_have_words() {
        assert!(WORDS.is_sorted());
        assert_eq!(Statuses::One(404).word(), "NotFound");
        assert_eq!(Statuses::One(418).word(), "Status418");
        assert_eq!(Statuses::Range(5).word(), "ServerError");
        assert_eq!(Statuses::Default.word(), "Other");
    }
}
