//! Bodies that are XML, read and written by tables.
//!
//! The types of an emitted crate know JSON alone. What an API describes of its XML (OpenAPI 3.2, "XML Object") is in a
//! private table beside them, `wire/xml.rs`: the name of each element and attribute, and what its text is. XML becomes JSON by
//! such a table, which the types then decode as any other, and their JSON becomes XML.
//!
//! ```text
//! pub static PET: Element = Element::new("Pet", Kind::Object(&OF_PET));
//!
//! static OF_PET: Object = Object::new(&[
//!     Field::attribute("id", Kind::Number),
//!     Field::element("name", Kind::Text),
//!     Field::items("tags", Kind::Text).named("tag"),
//! ]);
//! ```

#[cfg(feature = "xml")]
mod document;
#[cfg(feature = "xml")]
mod nodes;
#[cfg(feature = "xml")]
mod reader;
mod request;
mod table;
mod writer;

use std::error::Error as StdError;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::request::request;
pub use self::table::{Element, Field, Kind, Name, Object};
use super::decode::{self, Decode, Place, tally};
use super::error::Error;
use super::error_kind::Kind as ErrorKind;
use super::error_text::{self, Context};
use super::no_retry::NoRetry;
use super::raw_response::RawResponse;
use super::reading::Reading;
use super::redact::Redactor;
use super::request_builder::Builder;
use super::response::Payload;
use super::tree::Tree;
use super::{header, json_path};

/// A type that errors of the API have in their body, as XML.
pub trait Document: DeserializeOwned {
    /// The elements that it is described as.
    const ROOTS: &'static [&'static Element];
}

/// Why XML can't be read or written, and the path of elements that lead there.
#[derive(Debug)]
pub(crate) struct Problem {
    /// Names of elements with `/` between them; empty where there is none.
    pub(crate) path: String,
    pub(crate) reason: String,
}

impl Problem {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl StdError for Problem {}

/// The JSON of an XML document whose root is one of these elements, and the name of the one that it should
/// have been, where it was another that has any of its fields.
///
/// # Errors
///
/// Where it isn't well-formed, exceeds a limit, or has another root.
#[cfg(feature = "xml")]
pub(crate) fn to_json(
    xml: &[u8],
    roots: &[&Element],
) -> Result<(String, Option<&'static str>), Problem> {
    reader::to_json(&document::Document::parse(xml)?, roots)
}

/// Reports that this crate reads no XML.
#[cfg(not(feature = "xml"))]
pub(crate) fn to_json(_: &[u8], _: &[&Element]) -> Result<(String, Option<&'static str>), Problem> {
    Err(Problem::new(
        "the crate is compiled without its feature `xml`, which reads XML",
    ))
}

/// The XML of a value, whose root is this element.
///
/// # Errors
///
/// Where a value has a character that XML can't have, or a key that no element can be called.
pub(crate) fn to_xml<T: Serialize + ?Sized>(value: &T, root: &Element) -> Result<String, Problem> {
    let tree = Tree::of(value).map_err(|error| Problem::new(error.to_string()))?;
    writer::to_xml(&tree, root)
}

impl Payload {
    /// Decodes the body as XML with this root, whatever its `Content-Type`.
    pub fn xml<T: Decode>(&self, root: &'static Element) -> Result<T, Error> {
        let mut value = T::blank();
        match self.xml_into(&mut value, root) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }

    /// Decodes the body into a place of any type, so that it is compiled once.
    fn xml_into(&self, place: &mut dyn Place, root: &'static Element) -> Result<(), Error> {
        let response = &self.response;
        let (json, other) = match to_json(&response.body, &[root]) {
            Ok((json, other)) => (json, other),
            Err(problem) => return Err(self.xml_error(not_xml(response, problem))),
        };
        // The error is made here: `decode` would speak of JSON.
        let decoded = self.decode(|| {
            if let Some(name) = other {
                let expected = format!("the element `{name}`");
                if tally::level() == Reading::Strict {
                    return Ok(Err(serde::de::Error::custom(format!(
                        "the root isn't {expected}"
                    ))));
                }
                tally::report(&&*expected, "another element");
            }
            let mut deserializer = serde_json::Deserializer::from_str(&json);
            let result = decode::fill(place, &mut deserializer);
            Ok(result.and_then(|()| deserializer.end()))
        })?;
        decoded.map_err(|error| self.xml_error(not_of_type(response, &json, error)))
    }

    /// The error of a body that can't be decoded.
    #[cold]
    fn xml_error(&self, kind: ErrorKind) -> Error {
        let (call, attempts, elapsed) = (&self.call, self.attempts, self.elapsed);
        let no_retry = NoRetry::of_kind(&kind);
        self.trace.fail_late(call, attempts, &kind, elapsed);
        let redactor = call.redactor();
        let kind = kind.redacted(&redactor);
        let context = Context {
            attempts,
            elapsed,
            no_retry,
            retry_after: None,
        };
        let text = error_text::render(&kind, call, &redactor, &context);
        let text = text.replacen("not the documented JSON", "not the documented XML", 1);
        Error::new(kind, text, attempts, None, redactor)
    }
}

impl Builder {
    /// Sets an XML body with this root, which is serialized once for all attempts.
    pub fn xml<T: Serialize + Decode>(
        mut self,
        media_type: &'static str,
        root: &'static Element,
        body: &T,
    ) -> Self {
        self.call.check_floats("the body", body);
        match to_xml(body, root) {
            Ok(xml) => self.call.bytes(xml.into(), header::fixed(media_type)),
            Err(problem) => self
                .call
                .refuse(format!("the body can't be written as XML: {problem}")),
        }
        self
    }
}

impl Error {
    /// Decodes the body of the response as a documented error type that is XML.
    ///
    /// # Errors
    ///
    /// Returns an error with [`is_decode`](Self::is_decode) if the body isn't of this type, and one with
    /// [`is_invalid_input`](Self::is_invalid_input) if no response was received.
    pub fn xml_as<T: Document>(&self) -> Result<T, Self> {
        let (Some(status), Some(headers)) = (self.status(), self.headers()) else {
            return Err(Self::invalid_input(
                "there is no body to read: no response was received",
            ));
        };
        let response = RawResponse {
            status,
            headers: headers.clone(),
            body: self.body().to_vec().into(),
        };
        let kind = match to_json(&response.body, T::ROOTS) {
            Ok((json, _)) => match serde_json::from_str(&json) {
                Ok(value) => return Ok(value),
                Err(error) => not_of_type(&response, &json, error),
            },
            Err(problem) => not_xml(&response, problem),
        };
        Err(self.unreadable(kind))
    }

    /// The error of an error's body. Its text has nothing of the response, in which secrets may be: the
    /// redactor of the request isn't at hand here.
    #[cold]
    fn unreadable(&self, kind: ErrorKind) -> Self {
        let at = match kind.json_path() {
            Some(path) if !path.is_empty() => format!(" at {path}"),
            _ => String::new(),
        };
        let text = format!("response body is not the documented XML{at}");
        let retry_after = self.retry_after();
        Self::new(
            kind,
            text,
            self.attempts(),
            retry_after,
            Redactor::default(),
        )
    }
}

#[cold]
fn not_xml(response: &RawResponse, problem: Problem) -> ErrorKind {
    ErrorKind::Decode {
        response: Box::new(response.clone()),
        path: problem.path.clone(),
        cause: Box::new(problem),
    }
}

/// A value that isn't of its type, with its path among the fields of the types.
#[cold]
fn not_of_type(response: &RawResponse, json: &str, error: serde_json::Error) -> ErrorKind {
    ErrorKind::Decode {
        response: Box::new(response.clone()),
        path: json_path::locate(json.as_bytes(), error.line(), error.column()),
        cause: Box::new(error),
    }
}
