//! HTTP methods.

use std::fmt;

/// HTTP methods that a path item can hold (OpenAPI 3.2.0, "Path Item Object").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// `QUERY`
    Query,
    /// Any other: `additionalOperations`.
    Other(MethodToken),
}

impl HttpMethod {
    /// Those that have a name here.
    const NAMED: [Self; 9] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
        Self::Query,
    ];

    /// The method that goes over the wire as this token; none where it is too long.
    pub fn of(token: &str) -> Option<Self> {
        let named = Self::NAMED.into_iter().find(|it| it.as_str() == token);
        named.or_else(|| Some(Self::Other(MethodToken::new(token)?)))
    }

    /// The method as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(token) => token.as_str(),
        }
    }
}

/// A method without a field of its own in a path item, by its token (RFC 9110 section 9.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MethodToken {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl MethodToken {
    /// The most bytes that one has.
    const LONGEST: usize = 32;

    fn new(token: &str) -> Option<Self> {
        let mut bytes = [0; Self::LONGEST];
        bytes
            .get_mut(..token.len())?
            .copy_from_slice(token.as_bytes());
        Some(Self {
            bytes,
            length: token.len(),
        })
    }

    fn as_str(&self) -> &str {
        let token = self.bytes.get(..self.length).unwrap_or_default();
        // It was made of text.
        std::str::from_utf8(token).unwrap_or_default()
    }
}

impl fmt::Debug for MethodToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_what_is_sent() {
        for named in HttpMethod::NAMED {
            assert_eq!(HttpMethod::of(named.as_str()), Some(named));
        }
        for token in ["LINK", "M-SEARCH", "get", "updateredirectref"] {
            let other = HttpMethod::of(token).unwrap();
            assert_eq!(other.as_str(), token);
            assert!(matches!(other, HttpMethod::Other(_)), "{other:?}");
        }
        assert_eq!(HttpMethod::of(&"X".repeat(33)), None);
    }
}
